"""How the text in a column becomes dates and numbers: decided once for the whole column, never row by row."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.errors import InputError, ParameterError
from core.intake.reading import Source, quote, relation

DATE_ORDERS = {"dmy": "day-month-year", "mdy": "month-day-year"}
_ISO = re.compile(r"\s*\d{4}[-/]\d{1,2}[-/]\d{1,2}")
_DATE = r"^\s*(\d{1,2})([./-])(\d{1,2})[./-](\d{4}|\d{2})(\s|T|$)"
_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
# Outside these years a date is a slip of the keyboard, and would stretch every chart.
_YEARS = "between timestamp '1900-01-01' and timestamp '2199-12-31'"

Query = Callable[[str], tuple[Any, ...]]


@dataclass(frozen=True)
class Cells:
    """How to read the cells of a file.

    Parameters
    ----------
    dates : str
        ``iso``, ``dmy`` or ``mdy``.
    why : str
        What decided it, in words.
    formats : tuple of str
        Formats of dates that are not ISO.
    comma : bool
        Whether numbers have a decimal comma.
    """

    dates: str = "iso"
    why: str = "year first"
    formats: tuple[str, ...] = ()
    comma: bool = False

    def moment(self, column: str) -> str:
        """SQL: the column as timestamps, null where it is none."""
        if self.dates == "iso":
            cast = f"coalesce(try_cast({column} as timestamp), try_cast(trim({column}) as timestamp))"
        else:
            cast = f"try_strptime(trim({column}), [{', '.join(map(quote, self.formats))}])"
        return f"case when {cast} {_YEARS} then {cast} end"

    def number(self, column: str) -> str:
        """SQL: the column as numbers, null where it is none."""
        plain = f"replace(replace({column}, '.', ''), ',', '.')" if self.comma else column
        return f"try_cast({plain} as double)"


def examine(source: Source, roles: dict[str, int], date_order: str, query: Query) -> Cells:
    """Find out how to read dates and numbers.

    Parameters
    ----------
    source : Source
    roles : dict
        Canonical name -> position of the column.
    date_order : str
        ``dmy``, ``mdy``, or empty to let the column decide.
    query : callable
        Runs SQL over the file and returns its one row; called only where the first rows do not settle it.

    Raises
    ------
    InputError
        If the column of dates can be read both ways, or neither way; or decimal commas and points are mixed.
    """
    if date_order not in ("", *DATE_ORDERS):
        raise ParameterError(f"The date order {date_order!r} is unknown.", f"Give {' or '.join(DATE_ORDERS)}.")
    first = [row[roles["ts"]] for row in source.sample if row[roles["ts"]].strip()]
    comma = source.delimiter == ";" and _decimal_comma(source, roles, query)
    if not first or sum(map(bool, map(_ISO.match, first))) * 2 >= len(first):
        return Cells(comma=comma)
    order, why, separator, short = _date_order(source, roles["ts"], date_order, first[0], query)
    day = {"dmy": "%d{0}%m{0}", "mdy": "%m{0}%d{0}"}[order].format(separator) + ("%y" if short else "%Y")
    return Cells(order, why, tuple(day + clock for clock in _CLOCKS), comma)


def _date_order(source: Source, column: int, wanted: str, example: str, query: Query) -> tuple[str, str, str, bool]:
    name = source.columns[column]
    seen, first, second, separator, short = query(
        f"""select count(*), max(try_cast(part.a as integer)), max(try_cast(part.b as integer)),
            min(part.mark), max(len(part.y)) = 2
        from (select regexp_extract(c{column}, {quote(_DATE)}, ['a', 'mark', 'b', 'y']) as part from {relation(source)})
        where part.a <> ''"""
    )
    if not seen:
        raise InputError(
            f"{source.name}: the column {name} holds no dates that can be read; the first value is {example[:40]!r}.",
            "Write dates as 2011-12-31 14:05, 31/12/2011 14:05, 12/31/2011 14:05 or 31.12.2011.",
        )
    possible = {"dmy": first <= 31 and second <= 12, "mdy": first <= 12 and second <= 31}
    left = [order for order, fits in possible.items() if fits]
    if not left:
        raise InputError(
            f"{source.name}: the column {name} mixes dates with the day first and dates with the month first.",
            "Export it again with one form of date, best year-month-day.",
        )
    if wanted and wanted not in left:
        raise InputError(
            f"{source.name}: the column {name} has values that cannot be {DATE_ORDERS[wanted]}.",
            f"Leave --date-order out, or give {left[0]}.",
        )
    if len(left) == 1:
        return left[0], f"one part goes up to {max(first, second)}", separator, short
    if wanted or separator == ".":
        return wanted or "dmy", "you chose it" if wanted else "as is usual with points", separator, short
    raise InputError(
        f"{source.name}: dates in {name} can be read day first or month first ({example[:40]}); no value decides it.",
        "Say which with --date-order dmy or --date-order mdy.",
    )


def _decimal_comma(source: Source, roles: dict[str, int], query: Query) -> bool:
    columns = [f"c{roles[role]}" for role in ("price", "quantity")]
    commas = " + ".join(rf"count_if(regexp_matches({c}, ',\d+\s*$'))" for c in columns)
    points = " + ".join(rf"count_if(regexp_matches({c}, '\.(\d{{1,2}}|\d{{4,}})\s*$'))" for c in columns)
    with_comma, with_point = query(f"select {commas}, {points} from {relation(source)}")
    if with_comma and with_point:
        raise InputError(
            f"{source.name}: {source.columns[roles['price']]} mixes decimal commas ({with_comma:,} rows) and decimal "
            f"points ({with_point:,} rows).",
            "Export it again with one decimal mark.",
        )
    return bool(with_comma)
