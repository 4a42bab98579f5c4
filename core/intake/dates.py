"""How the text in a column becomes moments: its form is decided once for the whole column, never row by row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from core.errors import InputError, ParameterError
from core.intake import zones
from core.intake.formats.reading import Source, quote, relation
from core.intake.moments import NUMBERS, PATTERNS, RANGES, Dates, clock

__all__ = ["DATE_ORDERS", "WORDS", "Dates", "clock", "decide", "form_of"]
Query = Callable[[str], tuple[Any, ...]]
DATE_ORDERS = {"dmy": "day-month-year", "mdy": "month-day-year"}
WORDS = {
    "iso": "year-month-day", **DATE_ORDERS, "ymd": "year-month-day", "named": "with the month's name",
    "compact": "yyyymmdd", "serial": "Excel's day numbers", "seconds": "seconds since 1970",
    "millis": "milliseconds since 1970", "micros": "microseconds since 1970",
}  # fmt: skip
# Up to this share of dates in the other order are strays: counted as not readable, never turned round.
MOST_STRAYS = 0.01
_DATE = r"^\s*(\d{1,2})([./ -])(\d{1,2})[./ -](\d{4}|\d{2})([\s,T]|$)"
_HALF = re.compile(r"\d ?[AaPp]\.? ?[Mm]\b")
_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")


def decide(source: Source, column: int, query: Query, order: str = "", time_zone: str = "") -> Dates:
    """Find out how to read a column of dates.

    Parameters
    ----------
    source : Source
    column : int
        Its position.
    query : callable
        Runs SQL over the file and returns its one row; called only where the first rows do not settle it.
    order : str
        ``dmy``, ``mdy``, ``ymd``, or empty to let the column decide.
    time_zone : str
        A name such as ``Europe/Berlin`` to which moments with offsets are converted.

    Raises
    ------
    InputError
        If the column can be read both ways, or mixes them.
    ParameterError
        If the order or the time zone is unknown.
    """
    if order not in ("", "ymd", *DATE_ORDERS):
        raise ParameterError(f"The date order {order!r} is unknown.", f"Give {' or '.join(DATE_ORDERS)}.")
    first = [cell for row in source.sample if (cell := row[column].strip())]
    dates = _form(source, column, first, order, query)
    halves = any(map(_HALF.search, first))
    return replace(
        dates, halves=halves, shift=zones.decide(source, column, first, dates.form in NUMBERS, time_zone, query)
    )


def form_of(values: Iterable[str]) -> str:
    """The form that most of some values have; ``numeric`` where day or month may come first, empty for none.

    Examples
    --------
    >>> form_of(["2011-12-09 12:50"]), form_of(["9/12/11"]), form_of(["4-Sep-12"]), form_of(["40886.5"]), form_of(["x"])
    ('iso', 'numeric', 'named', 'serial', '')
    """
    cells = [" ".join(value.split()) for value in values]
    counts = {form: sum(map(_looks(form), cells)) for form in ("iso", "dmy", "named", "compact", *NUMBERS)}
    best = max(counts, key=lambda form: counts[form])
    return "" if not counts[best] else "numeric" if best == "dmy" else best


def _form(source: Source, column: int, first: list[str], order: str, query: Query) -> Dates:
    form = form_of(first)
    if form == "numeric" and order == "ymd":
        return Dates("ymd", "you chose it")
    if form == "numeric":
        decided = _day_first(source, column, order, query)
        if decided is None:
            return Dates()
        order, why, separator, short = decided
        day = {"dmy": "%d{0}%m{0}", "mdy": "%m{0}%d{0}"}[order].format(separator) + ("%y" if short else "%Y")
        return Dates(order, why, tuple(day + clock for clock in _CLOCKS))
    why = {"": "year first", "iso": "year first", "named": "months are written out"}.get(
        form, "by the size of the numbers"
    )
    return Dates(form or "iso", why)


def _day_first(source: Source, column: int, wanted: str, query: Query) -> tuple[str, str, str, bool] | None:
    name = source.columns[column].strip()
    example, day_first, month_first, separator, short = query(
        f"""select min(date), count_if(a > 12 and b <= 12), count_if(b > 12 and a <= 12), min(part.mark),
            max(len(part.y)) = 2
        from (select *, try_cast(part.a as integer) as a, try_cast(part.b as integer) as b
            from (select trim(c{column}) as date, regexp_extract(date, {quote(_DATE)}, ['a', 'mark', 'b', 'y']) as part
            from {relation(source)}))
        where part.a <> ''"""
    )
    if example is None:
        return None
    telling = {"dmy": day_first, "mdy": month_first}
    if min(telling.values()) > MOST_STRAYS * sum(telling.values()):
        raise InputError(
            f"{source.name}: the column {name} mixes {day_first:,} dates with the day first and {month_first:,} with "
            "the month first.",
            "Export it again with one form of date, best year-month-day.",
        )
    order = max(telling, key=lambda order: telling[order])
    if wanted and telling[wanted] < telling[order]:
        raise InputError(
            f"{source.name}: the column {name} has {telling[order]:,} values that cannot be {DATE_ORDERS[wanted]}.",
            f"Leave --date-order out, or give {order}.",
        )
    if telling[order]:
        return order, f"{telling[order]:,} of them cannot be read otherwise", separator, short
    if wanted or separator == ".":
        return wanted or "dmy", "you chose it" if wanted else "as is usual with points", separator, short
    raise InputError(
        f"{source.name}: dates in {name} can be read day first or month first ({example[:40]}); no value decides it.",
        "Say which with --date-order dmy or --date-order mdy.",
    )


def _looks(form: str) -> Callable[[str], bool]:
    if form in NUMBERS:
        low, high = RANGES[form]
        return lambda cell: bool(re.fullmatch(r"\d+(\.\d+)?", cell)) and low <= float(cell) < high
    if form == "compact":
        return lambda cell: bool(
            re.match(r"(19|20|21)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(\D|\d{4}|\d{6}|$)", cell)
        )
    patterns = [re.compile(pattern.replace(r"\p{L}", r"[^\W\d_]") + r"(?=[\sT,]|$)") for pattern, _ in PATTERNS[form]]
    return lambda cell: any(pattern.match(cell) for pattern in patterns)
