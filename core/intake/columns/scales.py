"""On what scale a column measures, with the evidence, and whether it enters a segmentation unless somebody says so."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from core.intake.columns import headers, ladders, leaving
from core.intake.columns.seen import Seen
from core.intake.columns.written import number
from core.warehouse.columns import MEASURED

_CONTACTS = ("email", "phone", "name", "first_name", "last_name", "street", "zip")
_MONEYS = (
    "price", "amount", "subtotal", "total", "discount", "tax", "shipping", "refund", "income", "spend", "total_spend",
)  # fmt: skip
_KEYS = ("order", "customer", "code")
_DATES = ("date", "signup", "answered")
_LEVELS = ("status", "currency", "country", "channel", "category", "city", "state", "gender", "marital", "time_zone")
# Ideas in a header that are judged in points.
_OPINION = frozenset(("rating", "satisfaction", "reliance", "scored", "opinion"))
_MOST_POINTS = 11
_CHOICE = re.compile(r"\s*[;|]\s*")


@dataclass(frozen=True)
class Scale:
    """A scale, what shows it, the levels (ordered lowest first, else the most frequent first); why it stays out."""

    name: str
    why: str
    levels: tuple[str, ...] = ()
    aside: str = ""

    @property
    def enters(self) -> bool:
        """Whether it enters a segmentation."""
        return self.name in MEASURED and not self.aside


def scale(seen: Seen, role: str = "", said: str = "", survey: bool = False) -> Scale:
    """The scale of a column.

    Parameters
    ----------
    seen : Seen
    role : str
        What the column stands for.
    said : str
        A scale that somebody gave it.
    survey : bool
        Whether it stands among answers, where small whole numbers are points rather than counts.
    """
    found = _found(seen, role, survey)
    if said and said != found.name:
        found = Scale(said, "you said so", _levels_for(said, seen))
    return replace(found, aside=leaving.reason(seen, found.name))


def _found(seen: Seen, role: str, survey: bool) -> Scale:
    contents = seen.contents
    filled, distinct = len(contents.filled), contents.distinct
    frequent = tuple(value for value, _ in contents.counts.most_common(leaving.MOST_LEVELS))
    if not filled:
        return Scale("constant", "blank in the rows looked at")
    if role == "consent":
        return Scale("consent", "the header", frequent)
    if role in _CONTACTS or seen.is_email or (role == "customer" and contents.emails > 0.6):
        return Scale("contact", "e-mail addresses" if seen.is_email else "the header")
    if distinct == 1 and filled > 2:
        return Scale("constant", f"always {frequent[0][:40]}", frequent)
    if role in _KEYS:
        return Scale("identifier", f"{distinct:,} of {filled:,} differ")
    if seen.is_date and (role in (*_DATES, "birth_year", "") or (seen.dates and seen.dates.form != "compact")):
        return Scale("date", f"{contents.filled[0][:30]}")
    if contents.yes_no:
        return Scale("yes_no", f"nothing but {frequent[0]} and {frequent[-1]}", frequent)
    if order := ladders.order(frequent) if distinct <= leaving.MOST_LEVELS and not seen.is_number else None:
        return Scale("ordinal", order.why, order.levels)
    if role in _LEVELS and not seen.is_number:
        return Scale("nominal", f"{distinct} levels", frequent)
    if seen.is_number:
        return _number(seen, role, survey)
    if several := _several(seen):
        return several
    return _wording(seen, role, frequent)


def _number(seen: Seen, role: str, survey: bool) -> Scale:
    contents = seen.contents
    filled, distinct = len(contents.filled), contents.distinct
    spoken = headers.words(seen.header)
    judged = any(_OPINION & ideas for ideas in headers.read(seen.header).ideas)
    if seen.is_running and filled > 5 and not role:
        return Scale("identifier", "it counts the rows")
    if role in _MONEYS or contents.signs:
        signs = ", ".join(contents.signs)
        return Scale("amount", f"written with {signs}" if signs else "the header")
    points = (
        seen.is_whole
        and distinct <= _MOST_POINTS
        and {1.0} <= {*seen.numbers}
        and min(seen.numbers) >= 0
        and max(seen.numbers) <= 10
    )
    if not role.endswith(("purchases", "visits")) and role not in ("children", "orders", "age", "quantity", "recency"):
        if points and min(seen.numbers) == 1 and max(seen.numbers) >= 3 and (survey or judged):
            levels = tuple(sorted(contents.counts, key=lambda value: number(value) or 0.0))
            return Scale("ordinal", f"points from {levels[0]} to {levels[-1]}", levels)
        if role == "zip" or _is_identifier(seen, spoken):
            return Scale("identifier", f"{distinct:,} of {filled:,} differ")
    return Scale("number", f"from {min(seen.numbers):,g} to {max(seen.numbers):,g}")


def _is_identifier(seen: Seen, spoken: list[str]) -> bool:
    contents = seen.contents
    lead = sum(len(v) > 1 and v.startswith("0") and v.isdigit() for v in contents.filled) > 0.05 * len(contents.filled)
    ids = bool(
        {"id", "ids", "uid", "uuid", "guid", "number", "nummer", "no", "nr", "key", "index"}
        & {*spoken[-1:], *spoken[:1]}
    )
    return seen.is_whole and (lead or (ids and contents.variety > 0.5))


def _several(seen: Seen) -> Scale | None:
    """Several choices in one cell: joined, yet made of few."""
    contents = seen.contents
    joined = sum(count for value, count in contents.counts.items() if ";" in value or "|" in value)
    if joined < 0.05 * len(contents.filled) or joined < 2:
        return None
    choices: dict[str, int] = {}
    for value, count in contents.counts.items():
        for choice in filter(None, _CHOICE.split(value)):
            choices[choice] = choices.get(choice, 0) + count
    if len(choices) > 60 or (sum(choices.values()) < 3 * len(choices) and len(contents.filled) > 20):
        return None
    levels = tuple(sorted(choices, key=lambda choice: -choices[choice]))
    return Scale("multiple", f"{len(levels)} choices, several in one cell split by ;", levels)


def _wording(seen: Seen, role: str, frequent: tuple[str, ...]) -> Scale:
    contents = seen.contents
    filled, distinct = len(contents.filled), contents.distinct
    differ = f"{distinct:,} of {filled:,} differ"
    if role in ("time",) or contents.times > 0.9:
        return Scale("text", "times of day")
    if contents.variety > 0.5 and filled > 20:
        if contents.length >= 3:
            return Scale("text", f"{differ}, {contents.length:.0f} words each")
        spoken = sum(any(c.isdigit() for c in value) for value in contents.counts) / distinct
        return Scale("identifier", differ) if spoken > 0.5 else Scale("nominal", differ, frequent)
    if contents.length > 8 and distinct > 0.2 * filled:
        return Scale("text", f"{contents.length:.0f} words each")
    return Scale("nominal", f"{distinct:,} levels", frequent)


def _levels_for(said: str, seen: Seen) -> tuple[str, ...]:
    frequent = tuple(value for value, _ in seen.contents.counts.most_common(leaving.MOST_LEVELS))
    if said == "ordinal":
        if order := ladders.order(frequent):
            return order.levels
        return tuple(
            sorted(frequent, key=lambda value: (0, n, "") if (n := number(value)) is not None else (1, 0.0, value))
        )
    return frequent if said in ("nominal", "yes_no", "multiple") else ()
