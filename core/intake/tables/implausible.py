"""Values that nobody can have, or that stand wildly apart from all others."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

import duckdb

from core.intake.tables.typed import name
from core.warehouse.columns import Column

YOUNGEST, OLDEST = 10, 100
# Beyond this many quartile ranges as they are, and this many of their logarithms; more than so many are no slips.
FAR, FAR_IN_LOGS, MOST_SHARE = 10, 3, 0.01
LEAST_VALUES = 20
SHOWN = 5


@dataclass(frozen=True)
class Bounds:
    """What is plausible in a column; how many cells lie outside, and the first of them in words."""

    low: float
    high: float
    cells: int
    words: str

    def within(self, cell: str) -> str:
        """SQL: the cell where it is plausible."""
        return f"case when {cell} between {self.low!r} and {self.high!r} then {cell} end"


def find(
    cursor: duckdb.DuckDBPyConnection, rows: str, columns: tuple[Column, ...], as_of: dt.date | None
) -> dict[str, Bounds]:
    """The columns of numbers that hold implausible values: slug -> bounds.

    Notes
    -----
    Ages are from 10 to 100. Of other columns a value is implausible that lies ten quartile ranges beyond the
    quartiles and, where values are above 0, three quartile ranges of the logarithms too: long tails of spending stay.
    """
    found = {}
    for column in columns:
        if column.scale in ("number", "amount") and (span := _span(cursor, rows, column, as_of)):
            cell, (low, high) = name(column.slug), span
            outside = f"{cell} is not null and {cell} not between {low!r} and {high!r}"
            count, known = cursor.execute(f"select count_if({outside}), count({cell}) from {rows}").fetchall()[0]
            if count and (column.role in ("age", "birth_year") or count <= max(1, MOST_SHARE * known)):
                found[column.slug] = Bounds(low, high, count, _words(cursor, rows, column, outside, count))
    return found


def _span(
    cursor: duckdb.DuckDBPyConnection, rows: str, column: Column, as_of: dt.date | None
) -> tuple[float, float] | None:
    if column.role == "age":
        return float(YOUNGEST), float(OLDEST)
    if column.role == "birth_year" and as_of:
        return float(as_of.year - OLDEST), float(as_of.year - YOUNGEST)
    cell = name(column.slug)
    quartiles, logs, least, largest, known = cursor.execute(
        f"""select quantile_cont({cell}, [0.25, 0.75]), quantile_cont(case when {cell} > 0 then ln({cell}) end,
        [0.25, 0.75]), min({cell}), max({cell}), count({cell}) from {rows}"""
    ).fetchall()[0]
    if known < LEAST_VALUES or quartiles[0] == quartiles[1]:
        return None
    reach = FAR * (quartiles[1] - quartiles[0])
    low, high = quartiles[0] - reach, quartiles[1] + reach
    if logs and largest > high:
        high = max(high, math.exp(min(logs[1] + FAR_IN_LOGS * (logs[1] - logs[0]), 700)))
    return (low, high) if least < low or largest > high else None


def _words(cursor: duckdb.DuckDBPyConnection, rows: str, column: Column, outside: str, count: int) -> str:
    cell = name(column.slug)
    values = cursor.execute(
        f"select distinct {cell} from {rows} where {outside} order by {cell} limit {SHOWN}"
    ).fetchall()
    plain = "{:.0f}" if column.role in ("age", "birth_year") else "{:,.6g}"
    shown = ", ".join(plain.format(value) if value != round(value) or column.role else f"{value:,.0f}"
                      for (value,) in values)  # fmt: skip
    return f"{column.name} {shown}{' …' if count > SHOWN else ''}"
