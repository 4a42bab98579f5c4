"""How the text in a column becomes moments: its form is decided once for the whole column, never row by row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from core.errors import InputError, ParameterError
from core.intake import zones
from core.intake.reading import Source, quote, relation

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
_TIME = r"(\d{1,2})[:h.](\d{2})(?:[:m.](\d{2})(?:[.,]\d+)?)?s?(?: ?Uhr)?\s*([AaPp]\.? ?[Mm]\.?)?"
_CLOCK = r"(?:[T,\s]+(?:um |at |à |a las |às )?" + _TIME + ")?"
_HALF = re.compile(r"\d ?[AaPp]\.? ?[Mm]\b")
_END = _CLOCK + zones.ZONE + "$"
# What a cell is called inside the query that takes it apart.
_TEXT = "cell"
_YEAR = r"(\d{4}|\d{2})"
_DAY = r"(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?"
_WEEKDAY = r"(?:\p{L}+\.?,? +)?"
# Form -> patterns of the date, and what their groups are.
_PATTERNS: dict[str, tuple[tuple[str, str], ...]] = {
    "iso": ((r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})", "ymd"),),
    "ymd": ((r"(\d{4}|\d{2})[-/. ](\d{1,2})[-/. ](\d{1,2})", "ymd"),),
    "dmy": ((r"(\d{1,2})[-/. ](\d{1,2})[-/. ]" + _YEAR, "dmy"),),
    "mdy": ((r"(\d{1,2})[-/. ](\d{1,2})[-/. ]" + _YEAR, "mdy"),),
    "named": (
        (_WEEKDAY + _DAY + r"[-/., ]*(?:de |of )?(\p{L}{3,})\.?(?: de | of |[-/., ])+'?" + _YEAR, "dmy"),
        (_WEEKDAY + r"(\p{L}{3,})\.?[-/. ]+" + _DAY + r"[-/., ]+'?" + _YEAR, "mdy"),
        (r"(\d{4})[-/. ](\p{L}{3,})\.?[-/. ](\d{1,2})", "ymd"),
    ),
    "compact": ((r"(\d{4})(\d{2})(\d{2})", "ymd"),),
}
_NUMBERS = {
    "serial": "timestamp '1899-12-30' + to_microseconds(round({0} * 86400)::bigint * 1000000)",
    "seconds": "make_timestamp(round({0})::bigint * 1000000)",
    "millis": "make_timestamp(round({0})::bigint * 1000)",
    "micros": "make_timestamp(round({0})::bigint)",
}
# The numbers that a form may hold: days from 1927 to 2173, moments from 1973 to 2199.
_RANGES = {"serial": (1e4, 1e5), "seconds": (1e8, 7.3e9), "millis": (1e11, 7.3e12), "micros": (1e14, 7.3e15)}
_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
# Outside these years a date is a slip of the keyboard, and would stretch every chart.
_YEARS = "between timestamp '1900-01-01' and timestamp '2199-12-31'"
_MONTHS = (
    "jan ene gen", "feb fev", "mar mrt maa", "apr avr abr", "may mai mei mag", "jun juin giu",
    "jul juil lug", "aug ago aou", "sep set", "oct okt out ott", "nov", "dec dez dic",
)  # fmt: skip


@dataclass(frozen=True)
class Dates:
    """How to read a column of dates.

    Parameters
    ----------
    form : str
        One of :data:`WORDS`.
    why : str
        What decided it, in words.
    formats : tuple of str
        The commonest formats, tried first for their speed.
    shift : zones.Shift
        What is done about offsets from UTC.
    halves : bool
        Whether hours are told by AM and PM: DuckDB's own cast reads over them.
    """

    form: str = "iso"
    why: str = "year first"
    formats: tuple[str, ...] = ()
    shift: zones.Shift = zones.AS_WRITTEN
    halves: bool = False

    def moment(self, column: str) -> str:
        """SQL: the column as timestamps, null where it is none."""
        if self.form in _NUMBERS:
            low, high = _RANGES[self.form]
            number = f"try_cast({column} as double)"
            cast = f"case when {number} between {low} and {high} then {_NUMBERS[self.form].format(number)} end"
            return self.shift.instant(cast)
        slow = _bounded([_slow(_TEXT, pattern, groups, self.shift) for pattern, groups in self._forms()], column)
        fast = self._fast(column)
        return f"case when {fast} {_YEARS} then {fast} else {slow} end" if fast else slow

    def _forms(self) -> tuple[tuple[str, str], ...]:
        return _PATTERNS[self.form]

    def _fast(self, column: str) -> str:
        if self.shift.moves:
            return ""
        if self.form == "iso" and self.halves:
            return ""
        if self.form == "iso":
            # DuckDB reads "1:28 PM" as 1:28, and so is not asked where there is an m.
            return f"case when not contains(lower({column}), 'm') then try_cast({column} as timestamp) end"
        return f"try_strptime(trim({column}), [{', '.join(map(quote, self.formats))}])" if self.formats else ""


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
        dates, halves=halves, shift=zones.decide(source, column, first, dates.form in _NUMBERS, time_zone, query)
    )


def form_of(values: Iterable[str]) -> str:
    """The form that most of some values have; ``numeric`` where day or month may come first, empty for none.

    Examples
    --------
    >>> form_of(["2011-12-09 12:50"]), form_of(["9/12/11"]), form_of(["4-Sep-12"]), form_of(["40886.5"]), form_of(["x"])
    ('iso', 'numeric', 'named', 'serial', '')
    """
    cells = [" ".join(value.split()) for value in values]
    counts = {form: sum(map(_looks(form), cells)) for form in ("iso", "dmy", "named", "compact", *_NUMBERS)}
    best = max(counts, key=lambda form: counts[form])
    return "" if not counts[best] else "numeric" if best == "dmy" else best


def clock(column: str) -> str:
    """SQL: a column of times of day as an interval, null where it is none."""
    part = f"regexp_extract({column}, {quote(_TIME)}, ['h', 'i', 's', 'half'])"
    share = f"try_cast({column} as double)"
    return (
        f"case when {part}.h <> '' then {_hours(part)} when {share} < 1 then"
        f" to_microseconds(round({share} * 86400)::bigint * 1000000) end"
    )


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
    if form in _NUMBERS:
        low, high = _RANGES[form]
        return lambda cell: bool(re.fullmatch(r"\d+(\.\d+)?", cell)) and low <= float(cell) < high
    if form == "compact":
        return lambda cell: bool(
            re.match(r"(19|20|21)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(\D|\d{4}|\d{6}|$)", cell)
        )
    patterns = [re.compile(pattern.replace(r"\p{L}", r"[^\W\d_]") + r"(?=[\sT,]|$)") for pattern, _ in _PATTERNS[form]]
    return lambda cell: any(pattern.match(cell) for pattern in patterns)


def _bounded(casts: list[str], column: str) -> str:
    """SQL: the first of some casts of a cell's text that gives a moment, null where it is out of range.

    A lambda names what it is given: spelled out anew in every place, planning the query would take seconds.
    """
    text = f"trim(regexp_replace({column}, '\\p{{Z}}+', ' ', 'g'))"
    first = f"list_transform([{text}], lambda {_TEXT}: coalesce({', '.join(casts)}, null::timestamp))"
    return f"list_transform({first}, lambda moment: case when moment {_YEARS} then moment end)[1]"


def _slow(text: str, pattern: str, groups: str, shift: zones.Shift) -> str:
    names = [*groups, "h", "i", "s", "half", "zone"]
    end = _END
    if pattern == _PATTERNS["compact"][0][0]:
        end = r"(?:[T ]?(\d{2}):?(\d{2}):?(\d{2})?)?()" + zones.ZONE + "$"
    parts = f"regexp_extract({text}, {quote('^' + pattern + end)}, [{', '.join(map(quote, names))}])"
    month = "part.m"
    if r"\p{L}" in pattern.removeprefix(_WEEKDAY):
        month = _month(month)
    year = "case when len(part.y) = 2 then if(part.y < '69', '20', '19') || part.y else part.y end"
    day = f"try_cast(concat({year}, '-', {month}, '-', part.d) as timestamp)"
    moment = shift.apply(f"{day} + coalesce({_hours('part')}, interval 0 second)", "part.zone")
    return f"list_transform([{parts}], lambda part: {moment})[1]"


def _hours(part: str) -> str:
    """SQL: the interval that hour, minute, second and half of the day make; null where they are none."""
    hour = f"try_cast({part}.h as integer)"
    hour = (
        f"case when {part}.half = '' then {hour} when lower({part}.half[1]) = 'p' then {hour} % 12 + 12"
        f" else {hour} % 12 end"
    )
    seconds = f"({hour}) * 3600 + try_cast({part}.i as integer) * 60 + coalesce(try_cast({part}.s as integer), 0)"
    return f"to_seconds(case when ({hour}) < 25 then {seconds} end)"


def _month(name: str) -> str:
    """SQL: the number of a month's name in English, German, French, Spanish, Portuguese, Italian or Dutch."""
    plain = f"strip_accents(lower({name}))"
    key = f"left({plain}, if(starts_with({plain}, 'jui'), 4, 3))"
    known = {stem: number for number, stems in enumerate(_MONTHS, 1) for stem in stems.split()}
    return f"case {key} {' '.join(f'when {quote(stem)} then {number}' for stem, number in known.items())} end"
