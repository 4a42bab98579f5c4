"""What was said about a file, put beside what is known of its shape and held against its columns."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field

from core.errors import ParameterError
from core.intake.answers import Answers
from core.intake.columns.dating import DATE_ORDERS
from core.intake.columns.kind_of import KINDS
from core.intake.formats.source import Source
from core.intake.logs.money import BASES
from core.intake.roles import ROLES
from core.warehouse.columns import SCALES

YOU, LAST = "you chose it", "as in the last file of this shape"
_CHOICES = {
    "kind": tuple(KINDS), "date_order": tuple(DATE_ORDERS), "decimal": ("point", "comma"), "money": tuple(BASES),
}  # fmt: skip


def check(said: Answers) -> None:
    """Refuse what makes no sense for any file.

    Raises
    ------
    ParameterError
        If a value is none of the choices, or a role or a scale is unknown.
    """
    for name, choices in _CHOICES.items():
        if (value := getattr(said, name)) and value not in choices:
            flag = f"--{name.replace('_', '-')}"
            raise ParameterError(f"{flag} {value!r} is unknown.", f"Give one of {', '.join(choices)}.")
    for role, _ in said.roles:
        if role and role not in ROLES:
            raise ParameterError(f"There is no role {role[:40]!r}.", f"Choose of {', '.join(ROLES)}.")
    for _, scale in said.scales:
        if scale not in SCALES:
            raise ParameterError(f"There is no scale {scale[:40]!r}.", f"Choose of {', '.join(SCALES)}.")


@dataclass(frozen=True)
class Said:
    """What was said: of this file, of it or of earlier ones of its shape, and what those showed by themselves."""

    now: Answers
    all: Answers
    shown: Answers = field(default_factory=Answers)

    def why(self, name: str) -> str:
        """Where an answer comes from."""
        return YOU if getattr(self.now, name) else LAST


def merge(now: Answers, known: Answers, source: Source) -> Answers:
    """What was said now, and where nothing was, what is known of files of this shape."""
    changes = {
        each.name: getattr(known, each.name)
        for each in dataclasses.fields(Answers)
        if not getattr(now, each.name) and each.name not in ("roles", "scales")
    }
    placed = {_place(source, column) for _, column in now.roles if column}
    taken = {role for role, _ in now.roles if role and not (role in ROLES and ROLES[role].several)}
    roles = tuple(
        (role, column)
        for role, column in known.roles
        if role not in taken and (not column or (_place(source, column) not in placed and _place(source, column) >= 0))
    )
    scaled = {column for column, _ in now.scales}
    kept = tuple(pair for pair in known.scales if pair[0] not in scaled and _place(source, pair[0]) >= 0)
    return dataclasses.replace(now, **changes, roles=(*now.roles, *roles), scales=(*now.scales, *kept))


def roles(said: Answers, source: Source) -> tuple[dict[int, str], list[str]]:
    """The roles that were said, by position, and those that nothing is to have.

    Raises
    ------
    ParameterError
        If there is no such column.
    """
    found: dict[int, str] = {}
    off = []
    for role, column in said.roles:
        if not column:
            off.append(role)
            continue
        place = _place(source, column)
        if place < 0:
            raise _missing(source, column)
        found[place] = role
    return found, off


def scales(said: Answers, source: Source) -> dict[int, str]:
    """The scales that were said, by position."""
    found = {}
    for column, scale in said.scales:
        place = _place(source, column)
        if place < 0:
            raise _missing(source, column)
        found[place] = scale
    return found


def _place(source: Source, column: str) -> int:
    """Where a column stands: by its name, or, where no other is alike, by its name in any case, or by its number."""
    names = list(source.columns)
    if column in names:
        return names.index(column)
    alike = [place for place, name in enumerate(names) if name.strip().lower() == column.strip().lower()]
    if len(alike) == 1:
        return alike[0]
    if column.isascii() and column.isdigit() and 1 <= int(column) <= len(names):
        return int(column) - 1
    return -1


def _missing(source: Source, column: str) -> ParameterError:
    have = ", ".join(name[:40] for name in source.columns[:12])
    more = f" and {len(source.columns) - 12} more" if len(source.columns) > 12 else ""
    return ParameterError(f"{source.name} has no column {column[:60]!r}.", f"It has: {have}{more}.")
