"""How the text in a column becomes dates and numbers: decided once for the whole column, never row by row."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.errors import InputError, ParameterError
from core.intake.reading import Source, quote, relation

DATE_ORDERS = {"dmy": "day-month-year", "mdy": "month-day-year"}
# Up to this share of dates in the other order are strays: counted as not readable, never turned round.
MOST_STRAYS = 0.01
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
    iso, other = (sum(map(bool, map(form.match, first))) for form in (_ISO, re.compile(_DATE)))
    if iso and iso >= other:
        return Cells(comma=comma)
    decided = _date_order(source, roles["ts"], date_order, query)
    if decided is None:
        return Cells(comma=comma)
    order, why, separator, short = decided
    day = {"dmy": "%d{0}%m{0}", "mdy": "%m{0}%d{0}"}[order].format(separator) + ("%y" if short else "%Y")
    return Cells(order, why, tuple(day + clock for clock in _CLOCKS), comma)


def _date_order(source: Source, column: int, wanted: str, query: Query) -> tuple[str, str, str, bool] | None:
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
