"""Periods: a short text in a link, two dates in the data, and what to compare them with."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from core.errors import ParameterError

DAY = dt.timedelta(days=1)
COMPARISONS = {"before": "the time before", "year": "the year before", "none": "nothing"}
_FORMS = "Use all, 2011, 2011-Q3, 2011-11, last-90 or 2011-01-01..2011-03-31."


@dataclass(frozen=True)
class Span:
    """Days from ``start`` to ``end``, both included."""

    start: dt.date
    end: dt.date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def clip(self, other: Span) -> Span | None:
        """The days that both have, or None."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Span(start, end) if start <= end else None

    def __str__(self) -> str:
        return f"{self.start.isoformat()}..{self.end.isoformat()}"


@dataclass(frozen=True)
class Comparison:
    """Two spans that are set against each other."""

    current: Span
    base: Span


def check_period(text: str) -> str:
    """Return the text if it names a period.

    Raises
    ------
    ParameterError
        If it does not; the message says which forms there are.

    Examples
    --------
    >>> check_period("2011-Q3")
    '2011-Q3'
    """
    resolve(text, Span(dt.date(2000, 1, 1), dt.date(2000, 12, 31)))
    return text


def resolve(text: str, data: Span) -> Span:
    """Turn a period's text into dates; ``all`` and ``last-N`` depend on the data's own first and last day.

    Examples
    --------
    >>> str(resolve("last-30", Span(dt.date(2011, 1, 1), dt.date(2011, 12, 9))))
    '2011-11-10..2011-12-09'
    """
    if text == "all":
        return data
    try:
        if match := re.fullmatch(r"last-(\d{1,5})", text):
            return Span(data.end - (int(match[1]) - 1) * DAY, data.end) if int(match[1]) else _refuse(text)
        if match := re.fullmatch(r"(\d{4})", text):
            return Span(dt.date(int(text), 1, 1), dt.date(int(text), 12, 31))
        if match := re.fullmatch(r"(\d{4})-Q([1-4])", text):
            year, month = int(match[1]), int(match[2]) * 3
            return Span(dt.date(year, month - 2, 1), _month_end(year, month))
        if match := re.fullmatch(r"(\d{4})-(\d{2})", text):
            return Span(dt.date(int(match[1]), int(match[2]), 1), _month_end(int(match[1]), int(match[2])))
        if match := re.fullmatch(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})", text):
            start, end = dt.date.fromisoformat(match[1]), dt.date.fromisoformat(match[2])
            return Span(start, end) if start <= end else _refuse(text, "It ends before it starts.")
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        pass
    return _refuse(text)


def compare(text: str, how: str, data: Span) -> Comparison | None:
    """What to set a period against.

    A finished year, quarter or month is compared with the one before; an unfinished one, ``last-N`` and own
    dates with the equal number of days before. For ``all`` the last six full months (fewer in a short log)
    stand against those before. ``how="year"`` moves the same dates back by a year.

    Returns
    -------
    Comparison or None
        None where nothing is to be compared, or the data hold nothing that far back.
    """
    if how == "none":
        return None
    if text == "all":
        return _compare_all(how, data)
    current = resolve(text, data).clip(data)
    if current is None:
        return None
    base = year_before(current) if how == "year" else _before(text, current, resolve(text, data))
    # A base that the data cover only in part would make every change look like growth.
    return Comparison(current, base) if base.start >= data.start else None


def unfinished_month(span: Span, data: Span) -> str:
    """How to name the last month of a span where the data stop inside it, else nothing.

    >>> unfinished_month(*[Span(dt.date(2010, 12, 1), dt.date(2011, 12, 9))] * 2)
    'Dec, to 9th'
    """
    end = min(span.end, data.end)
    if span.end < data.end or end == _month_end(end.year, end.month):
        return ""
    ending = "th" if 11 <= end.day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(end.day % 10, "th")
    return f"{calendar.month_abbr[end.month]}, to {end.day}{ending}"


def year_before(span: Span) -> Span:
    """The same dates a year earlier; whole months stay whole, with or without a leap day.

    Examples
    --------
    >>> str(year_before(Span(dt.date(2013, 2, 1), dt.date(2013, 2, 28))))
    '2012-02-01..2012-02-29'
    """
    end = _add_months(span.end, -12)
    whole = span.start.day == 1 and span.end == _month_end(span.end.year, span.end.month)
    return Span(_add_months(span.start, -12), _month_end(end.year, end.month) if whole else end)


def _compare_all(how: str, data: Span) -> Comparison | None:
    first = data.start if data.start.day == 1 else _add_months(data.start.replace(day=1), 1)
    last = data.end if data.end == _month_end(data.end.year, data.end.month) else data.end.replace(day=1) - DAY
    full = (last.year - first.year) * 12 + last.month - first.month + 1
    months = min(12, full // 2) if how == "before" else 12
    months = 6 if how == "before" and months >= 6 else months
    back = 12 if how == "year" else months
    if months < 1 or full < months + back:
        return None
    start = _add_months(last.replace(day=1), 1 - months)
    base = _add_months(start, -back)
    return Comparison(Span(start, last), Span(base, _add_months(base, months) - DAY))


def _before(text: str, current: Span, whole: Span) -> Span:
    if re.fullmatch(r"\d{4}(-Q[1-4]|-\d{2})?", text):
        months = 12 if len(text) == 4 else 3 if "Q" in text else 1
        start = _add_months(whole.start, -months)
        end = whole.start - DAY if current == whole else min(start + (current.days - 1) * DAY, whole.start - DAY)
        return Span(start, end)
    return Span(current.start - current.days * DAY, current.start - DAY)


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _add_months(day: dt.date, months: int) -> dt.date:
    index = day.year * 12 + day.month - 1 + months
    return dt.date(index // 12, index % 12 + 1, min(day.day, calendar.monthrange(index // 12, index % 12 + 1)[1]))


def _refuse(text: str, why: str = "") -> Span:
    raise ParameterError(f"The period {text!r} cannot be understood. {why}".strip(), _FORMS)
