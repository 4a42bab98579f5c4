"""Dates as they are written in a column: their form, which of the first two numbers is the day, the time zone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.intake.columns.headers import fold
from core.intake.columns.values import Contents

DATE_ORDERS = {"dmy": "day-month-year", "mdy": "month-day-year", "ymd": "year-month-day"}
_ZONE = r"(?:\s*(?:Z|(?:UTC|GMT)?\s?[+-]\d{1,2}(?::?\d{2})?|[A-Z]{2,5}))?"
_CLOCK = r"\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,:]\d+)?)?\s*(?:[AaPp]\.?\s?[Mm]\.?)?"
_AFTER = rf"(?:[\sT,]+(?:at\s+|um\s+|-\s+)?{_CLOCK}{_ZONE})?\s*"
_DAY_NAME = r"(?:[^\W\d]{2,10}\.?,?\s+)?"
_NUMERIC = re.compile(rf"{_DAY_NAME}(\d{{1,2}})\s?([./\-])\s?(\d{{1,2}})\s?[./\-]\s?(\d{{4}}|\d{{2}})\.?{_AFTER}")
_ISO = re.compile(rf"(\d{{4}})[-/.] ?(\d{{1,2}})[-/.] ?(\d{{1,2}})\.?{_AFTER}")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:[ T]?\d{4,6})?")
_NAMED = re.compile(
    rf"{_DAY_NAME}(?:\d{{1,2}}(?:st|nd|rd|th|\.)?[\s\-/.]*(?:de\s+|of\s+)?([^\W\d]{{3,12}})\.?[\s\-/.,]*(?:de\s+)?(?:\d{{4}}|\d{{2}})"
    rf"|([^\W\d]{{3,12}})\.?[\s\-]+\d{{1,2}}(?:st|nd|rd|th)?[\s,\-]+(?:\d{{4}}|\d{{2}})"
    rf"|\d{{4}}[\s\-]([^\W\d]{{3,12}})[\s\-]\d{{1,2}}){_AFTER}"
)
_MONTH = re.compile(r"(?:19|20)\d{2}[-/](?:0[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])/(?:19|20)\d{2}")
_SERIAL = re.compile(r"[2-6]\d{4}(?:[.,]\d+)?")
_EPOCH = re.compile(r"[89]\d{8}(?:\.\d+)?|[12]\d{9}(?:\.\d+)?|[12]\d{12}")
_OFFSET = re.compile(r"(?:(Z|UTC|GMT)|(?:UTC|GMT)?\s?([+-])(\d{1,2}):?(\d{2})?)$")
_MONTHS = frozenset(
    re.findall(
        r"\w+",
        """jan feb mar apr may jun jul aug sep oct nov dec mrz mai okt dez fev avr juin juil aout ene abr ago
        dic set out gen mag giu lug ott maa mei maj sty lut kwi cze lip sie wrz paz lis gru led uno bre kve
        cer srp zar rij pro oca sub nis haz tem agu eyl eki kas ara des sept""",
    )
)
_LEAST_TO_TELL_BY_ORDER = 4


@dataclass(frozen=True)
class Dates:
    """How a column writes dates.

    ``form`` is iso, numeric, compact, named, month, serial or epoch; ``order`` is empty where the values leave it open;
    ``sure`` says whether the column itself decides it; ``offset`` such as ``+05:30`` or ``UTC`` where all have one.
    """

    form: str
    share: float
    order: str = "ymd"
    why: str = ""
    sure: bool = True
    offset: str = ""
    example: str = ""


def look(contents: Contents, named_so: bool = False, more: Sequence[str] = ()) -> Dates | None:
    """How a column writes dates; None where it has none.

    Parameters
    ----------
    contents : Contents
    named_so : bool
        Whether the header speaks of a date, so that bare numbers may be days or seconds since a fixed day.
    more : sequence of str
        Values from elsewhere in the file, which may decide the order.
    """
    forms = {"iso": _ISO, "numeric": _NUMERIC, "compact": _COMPACT, "named": _NAMED}
    if named_so:
        forms |= {"month": _MONTH, "serial": _SERIAL, "epoch": _EPOCH}
    if not contents.filled or (
        contents.worded < 0.5 and contents.distinct == 1 and not named_so and contents.whole == 1
    ):
        return None
    shares = {form: _share(contents, form, pattern) for form, pattern in forms.items()}
    form = max(shares, key=lambda each: shares[each])
    if shares[form] < 0.7:
        return None
    found = Dates(form, shares[form], offset=_offset(contents), example=contents.filled[0])
    return _ordered(found, contents, more) if form == "numeric" else found


def _share(contents: Contents, form: str, pattern: re.Pattern[str]) -> float:
    kept = 0
    for value, count in contents.counts.items():
        match = pattern.fullmatch(value)
        if match and (form not in ("compact", "iso") or _real(*map(int, match.groups()[:3]))):
            kept += count if form != "named" or fold(next(filter(None, match.groups())))[:3] in _MONTHS else 0
    return kept / len(contents.filled)


def _real(year: int, month: int, day: int) -> bool:
    return 1800 <= year < 2200 and 1 <= month <= 12 and 1 <= day <= 31


def _ordered(found: Dates, contents: Contents, more: Sequence[str]) -> Dates:
    parts = [match for value in (*contents.counts, *more) if (match := _NUMERIC.fullmatch(value))]
    first = sum(int(match[1]) > 12 >= int(match[3]) for match in parts)
    second = sum(int(match[3]) > 12 >= int(match[1]) for match in parts)
    if first or second:
        order = "dmy" if first >= second else "mdy"
        words = f"{max(first, second):,} of the values looked at cannot be read otherwise"
        return replace(found, order=order, why=words)
    if all(match[2] == "." for match in parts):
        return replace(found, order="dmy", why="as is usual with points", sure=False)
    order = _by_row_order(contents)
    return replace(found, order=order, why="only so are the rows in order of time" if order else "", sure=False)


def _by_row_order(contents: Contents) -> str:
    """The order in which the rows stand in order of time, where only one does that."""
    rows = [match for value in contents.filled if (match := _NUMERIC.fullmatch(value))]
    steps = [(int(m[4]), int(m[1]), int(m[3])) for m in rows]
    if len(set(steps)) < _LEAST_TO_TELL_BY_ORDER:
        return ""
    fits = []
    for order, key in (("dmy", (0, 2, 1)), ("mdy", (0, 1, 2))):
        days = [tuple(step[place] for place in key) for step in steps]
        if days in (sorted(days), sorted(days, reverse=True)):
            fits.append(order)
    return fits[0] if len(fits) == 1 else ""


def _offset(contents: Contents) -> str:
    found = {match[0] for value in list(contents.counts)[:200] if (match := _OFFSET.search(value[10:]))}
    if len(found) != 1 or not all(_OFFSET.search(value[10:]) for value in list(contents.counts)[:50]):
        return ""
    match = _OFFSET.search(found.pop())
    assert match
    if match[1] or int(match[3]) + int(match[4] or 0) == 0:
        return "UTC"
    return f"{match[2]}{int(match[3]):02}:{match[4] or '00'}"
