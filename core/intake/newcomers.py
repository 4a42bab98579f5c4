"""A file of further customers beside a stored table: its cells as they stand, its numbers, and derived columns."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from core.intake import dates
from core.intake.cells import Cells, decimals
from core.intake.formats import loading
from core.intake.formats.reading import Source, quote, relation
from core.intake.tables.people_cells import Cleaner
from core.intake.tables.typed import READ, UNREAD, expression, name
from core.warehouse import engine
from core.warehouse.columns import Column

BLANK = ("", "na", "n/a", "#n/a", "nan", "null", "<na>", "-", "–")
# Rules that look at all rows of a table, and so would judge a customer by who else is in the file.
TOGETHER = ("implausible", "odd_levels")


@dataclass(frozen=True)
class Newcomers:
    """Further customers.

    Parameters
    ----------
    frame : frame
        The file's columns under their headers, as text; None where a cell is blank.
    typed : mapping
        Of columns of numbers, by header: numbers, and the text of what is none.
    derived : frame
        Columns that are made from others as in the stored table, by slug.
    misfit : int
        Rows that do not fit the header, which could not be read.
    """

    frame: pd.DataFrame
    typed: Mapping[str, list[Any]]
    derived: pd.DataFrame
    misfit: int

    def column(self, header: str) -> list[Any]:
        """A column's values."""
        return self.typed[header] if header in self.typed else self.frame[header].tolist()


def bare(text: str) -> str:
    """What spellings of a header have in common.

    >>> bare("Year_Birth") == bare("year birth")
    True
    """
    return re.sub(r"[\W_]+", "", text.casefold())


def read(
    source: Source, numbers: Collection[str], known: Sequence[Column], rules: Collection[str], as_of: dt.date | None,
    folder: Path,
) -> Newcomers:  # fmt: skip
    """Read a file of further customers.

    Parameters
    ----------
    source : Source
    numbers : collection of str
        Headers of columns of numbers.
    known : sequence of Column
        The columns of the stored table's file, whose like in this file derived columns are made from; none for a log.
    rules : collection of str
        Its active switches.
    as_of : date, optional
        Its day, to which ages are counted.
    folder : path
        For what is written on the way.

    Raises
    ------
    InputError
        If the file cannot be read.
    """
    like = {bare(column.name): column for column in known}
    found = {place: like[bare(header)] for place, header in enumerate(source.columns) if bare(header) in like}

    def make(source: Source, query: loading.Query) -> str:
        told = {p for p, header in enumerate(source.columns) if header in numbers}
        told |= {p for p, column in found.items() if column.scale in ("number", "amount")}
        days = {p: dates.decide(source, p, query) for p, column in found.items() if column.scale == "date"}
        marks = decimals(source, sorted(told), query)
        cells = Cells(comma=marks.comma, commas=marks.commas, why=marks.why)
        read = {p: cells.number(f"c{p}") for p in told} | {p: how.moment(f"c{p}") for p, how in days.items()}
        texts = [f"c{place}::varchar as t{place}" for place in range(len(source.columns))]
        return f"select {', '.join([*texts, *(f'{sql} as v{p}' for p, sql in read.items())])} from {relation(source)}"

    try:
        before = source.path.stat()
        loaded = loading.load(source, make, folder, lambda words, share: None)
        loading.check(loaded, source.path, before)
    except duckdb.Error as error:
        raise loading.explain(error, source) from error
    raw = folder / "raw.parquet"
    with engine.open_cursor() as cursor:
        cells = cursor.execute(f"select * from read_parquet({quote(str(raw))})").df()
        derived = _derived(cursor, raw, found, known, rules, as_of)
    texts = {header: _texts(cells[f"t{place}"]) for place, header in enumerate(source.columns)}
    typed = {
        header: _numbers(cells[f"v{place}"], texts[header])
        for place, header in enumerate(source.columns)
        if f"v{place}" in cells and (place not in found or found[place].scale != "date")
    }
    return Newcomers(pd.DataFrame(texts, dtype=object), typed, derived, loaded.misfit)


def _texts(cells: pd.Series) -> list[str | None]:
    return [None if cell is None or cell != cell or not cell.strip() else cell for cell in cells.astype(object)]


def _numbers(numbers: pd.Series, texts: list[str | None]) -> list[Any]:
    """Numbers, where there is none the text, so that it can be told what it was; None where it is blank."""
    return [
        float(number) if number == number else None if (text or "").strip().casefold() in BLANK else text
        for number, text in zip(numbers.astype(float), texts, strict=True)
    ]


def _derived(
    cursor: duckdb.DuckDBPyConnection, raw: Path, found: Mapping[int, Column], known: Sequence[Column],
    rules: Collection[str], as_of: dt.date | None,
) -> pd.DataFrame:  # fmt: skip
    """What the stored table's derived columns would be, of those whose parts are all in the file."""
    places = {column.slug: place for place, column in found.items()}
    columns = tuple(column for column in known if column.slug in places)
    cells = [f"{_cell(column, places[column.slug])} as {name(column.slug)}" for column in columns]
    rows = f"(select file_row_number as row, '' as {UNREAD}, {', '.join(cells)} from {_parquet(raw)})" if cells else ""
    if not rows:
        return pd.DataFrame()
    fields, _ = Cleaner(cursor, rows, set(rules) - set(TOGETHER), as_of).fields(columns)
    cleaned = [f"{each.sql} as {name(each.column.slug)}" for each in fields if not each.derived]
    made = [each for each in fields if each.derived or each.column.slug not in places]
    if not made:
        return pd.DataFrame()
    sql = ", ".join(
        f"{each.sql if each.derived else name(each.column.slug)} as {name(each.column.slug)}" for each in made
    )
    query = f"select {sql} from (select row, {', '.join(cleaned)} from {rows}) order by row"
    return cursor.execute(query).df()


def _cell(column: Column, place: int) -> str:
    return f"v{place}" if column.scale in READ else expression(column, f"t{place}", str)


def _parquet(path: Path) -> str:
    return f"read_parquet({quote(str(path))}, file_row_number=true)"
