"""How the text in a column becomes numbers: the decimal mark is decided once for the whole column, never row by row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from core.errors import InputError, ParameterError
from core.intake.dates import DATE_ORDERS, MOST_STRAYS, Dates
from core.intake.dates import decide as decide_dates
from core.intake.formats.reading import Source, quote, relation

__all__ = ["DATE_ORDERS", "Cells", "Decimals", "decimals", "examine"]
Query = Callable[[str], tuple[Any, ...]]
MARKS = {"point": False, "comma": True}
_PLAIN = re.compile(r"\s*[-+]?\d+(\.\d+)?\s*")
_TELLING_POINT = re.compile(r"\d*\.(\d{1,2}|\d{4,})\s*\D{0,5}$")


def _telling(mark: str, other: str) -> str:
    """What can only be read with this decimal mark."""
    return (
        rf"({mark}(\d{{1,2}}|\d{{4,}})|(^|\D)0+{mark}\d+|\d{{4}}{mark}\d+|\d{other}\d{{3}}{mark}\d+"
        rf"|\d{other}\d{{3}}{other}\d{{3}})[^\d.,]*$"
    )


_COMMA, _POINT = _telling(",", r"\."), _telling(r"\.", ",")
_UNCLEAR = r"\d[.,]\d{3}[^\d.,]*$"
_MONEY = r"(?:\p{L}{0,4}\.?\p{Sc}?|\p{Sc}\p{L}{0,3})"
_POINTED = r"(\d{1,3}(?:[,'’]\d{2,3})+(?:\.\d*)?|\d+(?:\.\d*)?|\.\d+)"
_COMMAED = r"(\d{1,3}(?:[.'’]\d{3})+(?:,\d*)?|\d+(?:,\d*)?|,\d+)"
_WHOLE = rf"^[(+\-−]*{_MONEY}[(+\-−]?NUMBER(?:\p{{L}}{{1,4}}\.?|\p{{Sc}}\p{{L}}{{0,3}})?%?[)\-−]?$"
_BELOW = r"^\(.*\)$|^[^\d]*[-−]|[-−]$"


@dataclass(frozen=True)
class Cells:
    """How to read the cells of a file, or of one column of it.

    Parameters
    ----------
    dates : Dates
        How dates are read.
    comma : bool
        Whether numbers have a decimal comma.
    commas : tuple of (position, bool)
        The columns that decided for themselves.
    why : str
        What decided the decimal mark, in words.
    """

    dates: Dates = field(default_factory=Dates)
    comma: bool = False
    commas: tuple[tuple[int, bool], ...] = ()
    why: str = ""

    def moment(self, column: str) -> str:
        """SQL: the column as timestamps, null where it is none."""
        return self.dates.moment(column)

    def number(self, column: str) -> str:
        """SQL: the column as numbers, null where it is none.

        Currency signs and codes, blanks of all kinds and percent signs (a hundredth) are understood; numbers in
        brackets or with a minus behind them are negative.
        """
        own = dict(self.commas).get(int(column[1:]) if column[1:].isdigit() else -1)
        comma = self.comma if own is None else own
        text = f"regexp_replace({column}, '[\\s\\p{{Z}}\\p{{Cf}}]', '', 'g')"
        body = f"regexp_extract(cell, {quote(_WHOLE.replace('NUMBER', _COMMAED if comma else _POINTED))}, 1)"
        others, mark = (r"[.'’]", ",") if comma else (r"[,'’]", ".")
        plain = f"try_cast(replace(regexp_replace({body}, {quote(others)}, '', 'g'), '{mark}', '.') as double)"
        sign = f"if(regexp_matches(cell, {quote(_BELOW)}), -1, 1)"
        number = f"{plain} * {sign} * if(contains(cell, '%'), 0.01, 1)"
        # In a lambda, or DuckDB would work out what stands in it twice for every row, also where it is not needed.
        slow = f"list_transform([{text}], lambda cell: {number})[1]"
        return slow if comma else f"coalesce(try_cast({column} as double), {slow})"


@dataclass(frozen=True)
class Decimals:
    """Whether numbers have a decimal comma; the columns that differ from the file; and why, in words."""

    comma: bool
    commas: tuple[tuple[int, bool], ...]
    why: str


def examine(
    source: Source, roles: dict[str, int], date_order: str, query: Query, decimal: str = "", time_zone: str = ""
) -> Cells:
    """Find out how to read dates and numbers.

    Parameters
    ----------
    source : Source
    roles : dict
        ``ts`` -> position of the column of dates; all other names are columns of numbers.
    date_order, decimal, time_zone : str
        See :class:`core.intake.answers.Answers`; empty to let the column decide.
    query : callable
        Runs SQL over the file and returns its one row; called only where the first rows do not settle it.

    Raises
    ------
    InputError
        If the column of dates can be read both ways, or neither way; or decimal commas and points are mixed.
    ParameterError
        If an answer makes no sense.
    """
    numbers = [position for role, position in roles.items() if role != "ts" and position >= 0]
    found = decimals(source, numbers, query, decimal)
    dates = decide_dates(source, roles["ts"], query, date_order, time_zone) if roles.get("ts", -1) >= 0 else Dates()
    return Cells(dates, found.comma, found.commas, found.why)


def decimals(source: Source, columns: Iterable[int], query: Query, wanted: str = "") -> Decimals:
    """Find out the decimal mark of columns of numbers: each decides for itself, and the rest follow the most."""
    if wanted and wanted not in MARKS:
        raise ParameterError(f"The decimal mark {wanted!r} is unknown.", "Give point or comma.")
    if wanted:
        return Decimals(MARKS[wanted], (), "you chose it")
    places = list(dict.fromkeys(columns))
    cells = {place: [cell for row in source.sample if (cell := row[place].strip())] for place in places}
    plain = all(_PLAIN.fullmatch(cell) for some in cells.values() for cell in some)
    told = any(_TELLING_POINT.search(cell) for some in cells.values() for cell in some)
    if not places or (plain and (told or source.delimiter == ",")):
        return Decimals(False, (), "")
    counts = query(
        "select " + ", ".join(
            f"count_if(regexp_matches(c{place}, {quote(pattern)}))"
            for place in places for pattern in (_COMMA, _POINT, _UNCLEAR)
        ) + f" from {relation(source)}"
    )  # fmt: skip
    return _weigh(source, places, counts)


def _weigh(source: Source, places: list[int], counts: tuple[int, ...]) -> Decimals:
    own = {}
    for number, place in enumerate(places):
        comma, point = counts[3 * number], counts[3 * number + 1]
        if min(comma, point) > MOST_STRAYS * (comma + point):
            raise InputError(
                f"{source.name}: {source.columns[place].strip()} mixes decimal commas ({comma:,} rows) and decimal "
                f"points ({point:,} rows).",
                "Export it again with one decimal mark.",
            )
        if comma or point:
            own[place] = comma > point
    commas = sum(counts[::3])
    points = sum(counts[1::3])
    comma = commas > points or (not points and sum(counts[2::3]) > 0 and source.delimiter == ";")
    why = f"{max(commas, points):,} numbers cannot be read otherwise" if commas or points else ""
    return Decimals(comma, tuple((place, value) for place, value in own.items() if value != comma), why)
