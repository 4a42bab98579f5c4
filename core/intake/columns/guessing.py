"""Which column stands for what: the best of all assignments, by headers first, by contents where they are silent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.intake.columns import headers, structure
from core.intake.columns.fitting import NEVER, fit
from core.intake.columns.seen import Seen
from core.intake.roles import CONTACT_ROLES, MEASURE_ROLES, ORDER_ROLES, ROLES

LOG = tuple(role.slug for role in (*ORDER_ROLES, *CONTACT_ROLES))
TABLE = ("customer", "country", "currency", "channel", *(role.slug for role in (*CONTACT_ROLES, *MEASURE_ROLES)))
_ID = (frozenset({"id"}),)
LEAST, LEAST_OF_SEVERAL = 0.48, 0.66
# How much better a column may be at another role than at the one it gets; of amounts hardly, for they differ much.
_WORSE, _WORSE_MONEY = 0.3, 0.12
_MONEY = ("price", "amount", "subtotal", "total")
_CODE_LIKE = re.compile(r"#?[\w\-./]*\d[\w\-./]*")
# What content alone is worth: enough where headers say nothing, never against one that does.
_SILENT = 0.6


@dataclass(frozen=True)
class Guess:
    """A role for a column, how sure that is from 0 to 1, and why."""

    role: str
    sure: float
    why: str


def guess(seen: Sequence[Seen], kind: str, said: Mapping[int, str], off: Iterable[str] = ()) -> dict[int, Guess]:
    """Give roles to columns.

    Parameters
    ----------
    seen : sequence of Seen
        The columns.
    kind : str
        ``transactions``, ``customers`` or ``survey``: what roles there are.
    said : mapping
        Position -> role that somebody gave it, empty for none.
    off : iterable of str
        Roles that nothing is to have.
    """
    shut = {*off, *(role for role in said.values() if role and not ROLES[role].several)}
    roles = [role for role in (LOG if kind == "transactions" else TABLE) if role not in shut]
    roles = [role for role in roles if role != {"customers": "answered", "survey": "channel"}.get(kind)]
    free = [place for place in range(len(seen)) if place not in said]
    scores = {(role, place): score(role, seen[place], kind) for role in roles for place in free}
    found = _assign(roles, free, scores, seen)
    for role in (each for each in roles if ROLES[each].several):
        for place in free:
            sure = scores[role, place]
            if sure >= LEAST_OF_SEVERAL and sure >= max(scores[other, place] for other in roles):
                found[place] = _by_header(role, seen[place], sure)
    if kind == "transactions":
        taken = {*said.values(), *(each.role for each in found.values())}
        for place, role in structure.by_content(seen, [p for p in free if p not in found], taken).items():
            if role in roles:
                found[place] = Guess(role, _SILENT, structure.WHY[role])
    return found | {place: Guess(role, 1.0, "you said so") for place, role in said.items()}


def score(role: str, seen: Seen, kind: str) -> float:
    """How well a column fits a role by its header and not against its values."""
    spoken = seen.meaning.get(role, 0.0)
    if role == "order" and "name" in seen.meaning and set(seen.meaning) <= {"name", "product"} and _coded(seen):
        spoken = 0.9
    elif role in ("order", "customer") and headers.read(seen.header).ideas == _ID:
        # "id" alone: of an order in a log, of a customer in a table.
        spoken = 0.62 if (role == "order") == (kind == "transactions") else 0.0
        again = seen.contents.variety < 0.9
        if kind != "transactions" and again:
            spoken = 0.0
        elif kind == "transactions" and role == "customer" and again and len(seen.contents.filled) >= 10:
            spoken = 0.55
    if seen.is_email and role == "email":
        spoken = max(spoken, 0.9)
    elif seen.is_email and role == "customer" and not any("id" in ideas for ideas in headers.read(seen.header).ideas):
        spoken *= 0.8
    if spoken < 0.3:
        return 0.0
    suits = fit(role, seen)
    return 0.0 if suits == NEVER else spoken * (0.85 + 0.15 * suits) * (1 if seen.contents.filled else 0.8)


def _coded(seen: Seen) -> bool:
    return bool(seen.contents.filled) and seen.contents.share(_CODE_LIKE) > 0.9


def _assign(
    roles: Sequence[str], free: Sequence[int], scores: Mapping[tuple[str, int], float], seen: Sequence[Seen]
) -> dict[int, Guess]:
    """Surest first; a column that means another role much more does not get the one that is left over."""
    best = {place: max((scores[role, place] for role in roles), default=0.0) for place in free}
    shared = {place: max((scores[role, place] for role in roles if ROLES[role].several), default=0.0) for place in free}
    pairs = sorted(
        (-sure, place, role) for (role, place), sure in scores.items() if sure >= LEAST and not ROLES[role].several
    )
    found: dict[int, Guess] = {}
    taken: set[str] = set()
    for minus, place, role in pairs:
        worse = _WORSE_MONEY if role in _MONEY else _WORSE
        if place in found or role in taken or shared[place] > -minus:
            continue
        if -minus >= best[place] - worse:
            found[place] = _by_header(role, seen[place], -minus)
            taken.add(role)
    return found


def _by_header(role: str, seen: Seen, sure: float) -> Guess:
    values = "" if fit(role, seen) > 0 else ", though its values do not show it"
    return Guess(
        role, round(min(sure, 1.0), 2), f"the header{values}" if seen.contents.filled else "the header; it is blank"
    )
