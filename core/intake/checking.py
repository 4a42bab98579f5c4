"""A waiting file as it is checked before anything is stored: what was found, what is asked, how rows will look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from core.currencies import SYMBOLS
from core.errors import ParameterError
from core.intake import kinds
from core.intake.answers import Answers
from core.intake.arrivals import Waiting
from core.intake.columns import plainly
from core.intake.roles import CONTACT_ROLES, MEASURE_ROLES, ORDER_ROLES, ROLES
from core.intake.understanding import Note, Question, Understanding
from core.registry import discover
from core.warehouse.columns import SCALES, Column

_PLAIN = ("kind", "encoding", "delimiter", "header", "sheet", "decimal", "date_order", "time_zone", "currency", "money",
          "country")  # fmt: skip
# Of an order log, what says something of a customer in a table of customers or answers too.
_SHARED = ("customer", "country", "currency", "channel")

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Checked:
    """What the page shows of a waiting file: what was found and may be changed, and what is asked first."""

    waiting: Waiting
    kind: str
    label: str
    columns: tuple[Column, ...]
    notes: tuple[Note, ...]
    questions: tuple[Question, ...]
    roles: Choices
    scales: Choices
    answers: Answers
    remembered: bool


def check(waiting: Waiting, understood: Understanding, usual_currency: str) -> Checked:
    """Put together what was understood and what the import asked since."""
    known = discover(kinds, "KIND")
    asked = [*understood.questions]
    if waiting.question and all(each.slug != waiting.question.slug for each in asked):
        asked.append(waiting.question)
    return Checked(
        waiting=waiting,
        kind=understood.kind,
        label=known[understood.kind].label if understood.kind in known else understood.kind,
        columns=tuple(map(Column.masked, understood.columns)),
        notes=tuple(_notes(understood, usual_currency)),
        questions=tuple(plainly.question(each, understood) for each in asked),
        roles=fitting(understood.kind),
        scales=tuple(SCALES.items()),
        answers=understood.answers,
        remembered=understood.remembered,
    )


def renewed(checked: Checked, waiting: Waiting) -> Checked:
    """The same with the waiting file as it stands now: its job and problem change without a new version."""
    return replace(checked, waiting=waiting)


def fitting(kind: str) -> Choices:
    """The roles that a column of a kind of table can have, with their words."""
    roles = [*ORDER_ROLES, *CONTACT_ROLES]
    if kind != "transactions":
        roles = [*(ROLES[slug] for slug in _SHARED), *MEASURE_ROLES, *CONTACT_ROLES]
    return tuple((role.slug, role.label) for role in roles)


def answered(checked: Checked, slug: str, value: str) -> Answers:
    """The answers with one change.

    Parameters
    ----------
    slug : str
        A field of :class:`Answers`, ``role:x`` (the value is a column), ``column:Name`` (the value is a role, empty
        for none) or ``scale:Name`` (the value is a scale).

    Raises
    ------
    ParameterError
        If there is no such thing to say, or it is none of the choices.

    Examples
    --------
    >>> from pathlib import Path
    >>> column = Column("Email", "", "", "", "")
    >>> waiting = Waiting("", "", Path("a.csv"), 0, "")
    >>> checked = Checked(waiting, "transactions", "", (column,), (), (), fitting("transactions"), (), Answers(), False)
    >>> answered(checked, "column:Email", "customer").roles
    (('customer', 'Email'),)
    """
    said = checked.waiting.answers
    what, _, name = slug.partition(":")
    if what == "role" and name in ROLES:
        _one_of(value, [column.name for column in checked.columns])
        return replace(said, roles=_meaning(said.roles, value, name))
    if what == "column" and any(column.name == name for column in checked.columns):
        _one_of(value, ["", *(role for role, _ in checked.roles)])
        return replace(said, roles=_meaning(said.roles, name, value))
    if what == "scale" and any(column.name == name for column in checked.columns):
        _one_of(value, [scale for scale, _ in checked.scales])
        return replace(said, scales=(*(pair for pair in said.scales if pair[0] != name), (name, value)))
    if slug in _PLAIN:
        _one_of(value, _offered(checked, slug))
        return said.but(**{slug: value})
    raise ParameterError(f"Nothing is called {slug[:60]!r} here.", "Choose from what the page offers.")


def _notes(understood: Understanding, usual_currency: str) -> Iterable[Note]:
    """What was found, and of an order log what can always be said."""
    slugs = {note.slug for note in understood.notes}
    for note in understood.notes:
        yield plainly.zones(note) if note.slug == "time_zone" else note
    if understood.kind != "transactions":
        return
    if "currency" not in slugs:
        now = understood.answers.currency or usual_currency
        said = "you chose it; the file has none" if understood.answers.currency else "usual here; the file has none"
        codes = dict.fromkeys([now, *SYMBOLS])
        yield Note("currency", "Currency", now, said, tuple((code, code) for code in codes), now)
    if "time_zone" not in slugs:
        now = understood.answers.time_zone
        why = "you chose it" if now else "the file names none; days are cut as they are written"
        yield plainly.zones(Note("time_zone", "Time zone", now or "as written", why, (), now))


def _offered(checked: Checked, slug: str) -> list[str]:
    offers: list[Note | Question] = [*checked.notes, *checked.questions]
    return [value for offer in offers if offer.slug == slug for value, _ in offer.choices]


def _one_of(value: str, choices: Iterable[str]) -> None:
    if value not in choices:
        raise ParameterError(f"{value[:60]!r} is none of the choices.", "Choose from what the page offers.")


def _meaning(roles: Choices, column: str, role: str) -> Choices:
    """One role, or none, for one column; whoever was said to have it loses it."""
    single = role and not ROLES[role].several
    kept = (pair for pair in roles if pair[1] != column and not (single and pair[0] == role))
    return (*kept, (role, column))
