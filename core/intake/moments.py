"""SQL that takes the text of dates apart: the forms in which the world writes moments, and times of day."""

from __future__ import annotations

from dataclasses import dataclass

from core.intake import zones
from core.intake.formats.source import quote

_TIME = r"(\d{1,2})[:h.](\d{2})(?:[:m.](\d{2})(?:[.,]\d+)?)?s?(?: ?Uhr)?\s*([AaPp]\.? ?[Mm]\.?)?"
_CLOCK = r"(?:[T,\s]+(?:um |at |à |a las |às )?" + _TIME + ")?"
_END = _CLOCK + zones.ZONE + "$"
# What a cell is called inside the query that takes it apart.
_TEXT = "cell"
_YEAR = r"(\d{4}|\d{2})"
_DAY = r"(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?"
_WEEKDAY = r"(?:\p{L}+\.?,? +)?"
# Form -> patterns of the date, and what their groups are.
PATTERNS: dict[str, tuple[tuple[str, str], ...]] = {
    "iso": ((r"(\d{4})[-/. ] ?(\d{1,2})[-/. ] ?(\d{1,2})\.?", "ymd"),),
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
NUMBERS = {
    "serial": "timestamp '1899-12-30' + to_microseconds(round({0} * 86400)::bigint * 1000000)",
    "seconds": "make_timestamp(round({0})::bigint * 1000000)",
    "millis": "make_timestamp(round({0})::bigint * 1000)",
    "micros": "make_timestamp(round({0})::bigint)",
}
# The numbers that a form may hold: days from 1927 to 2173, moments from 1973 to 2199.
RANGES = {"serial": (1e4, 1e5), "seconds": (1e8, 7.3e9), "millis": (1e11, 7.3e12), "micros": (1e14, 7.3e15)}
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
        if self.form in NUMBERS:
            low, high = RANGES[self.form]
            number = f"try_cast({column} as double)"
            cast = f"case when {number} between {low} and {high} then {NUMBERS[self.form].format(number)} end"
            return self.shift.instant(cast)
        slow = _bounded([_slow(_TEXT, pattern, groups, self.shift) for pattern, groups in self._forms()], column)
        fast = self._fast(column)
        return f"case when {fast} {_YEARS} then {fast} else {slow} end" if fast else slow

    def _forms(self) -> tuple[tuple[str, str], ...]:
        return PATTERNS[self.form]

    def _fast(self, column: str) -> str:
        if self.shift.moves:
            return ""
        if self.form == "iso" and self.halves:
            return ""
        if self.form == "iso":
            # DuckDB reads "1:28 PM" as 1:28, and so is not asked where there is an m.
            return f"case when not contains(lower({column}), 'm') then try_cast({column} as timestamp) end"
        return f"try_strptime(trim({column}), [{', '.join(map(quote, self.formats))}])" if self.formats else ""


def clock(column: str) -> str:
    """SQL: a column of times of day as an interval, null where it is none."""
    part = f"regexp_extract({column}, {quote(_TIME)}, ['h', 'i', 's', 'half'])"
    share = f"try_cast({column} as double)"
    return (
        f"case when {part}.h <> '' then {_hours(part)} when {share} < 1 then"
        f" to_microseconds(round({share} * 86400)::bigint * 1000000) end"
    )


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
    if pattern == PATTERNS["compact"][0][0]:
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
