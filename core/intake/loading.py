"""A file's rows into Parquet, typed; where DuckDB cannot read the file as it stands, through a plain copy of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from core.errors import InputError
from core.intake import plain, reading
from core.warehouse import engine

Progress = Callable[[str, float], None]
Query = Callable[[str], tuple[Any, ...]]
Make = Callable[[reading.Source, Query], str]
# One row may run over this many lines before an open quote is taken to have swallowed others.
MOST_LINES_A_ROW = 100


@dataclass(frozen=True)
class Loaded:
    """A file as it was read: how, its unpacked size, how many rows fit the header and how many do not."""

    source: reading.Source
    size: int
    rows: int
    misfit: int


class _NeedsCopyError(Exception):
    """DuckDB cannot read the file as it stands: it needs a plain copy in one of these encodings."""

    def __init__(self, *encodings: str) -> None:
        super().__init__(*encodings)
        self.encodings = encodings


def load(source: reading.Source, make: Make, folder: Path, tell: Progress) -> Loaded:
    """Write the file's rows to ``raw.parquet``, as it stands or, where DuckDB cannot read it so, from a plain copy.

    Parameters
    ----------
    source : Source
    make : callable
        ``make(source, query)`` gives the SQL of the rows; ``query`` runs SQL and returns its first row. It is called
        again where the file has to be read another way.
    folder : path
        Where ``raw.parquet`` is written; copies are removed.
    tell : callable
        Words and a share from 0 to 1.
    """
    raw, unpacked, copied = folder / "raw.parquet", folder / "unpacked.csv", folder / "plain.csv"
    try:
        if source.compression == "gzip":
            source = plain.unpack(source, unpacked, lambda share: tell("Unpacking the file", 0.1 * share))
        try:
            if not source.encoding:
                raise _NeedsCopyError("cp1252", "latin-1")
            return _load(source, make, raw, lambda share: tell("Reading the lines", 0.1 + 0.7 * share))
        except _NeedsCopyError as wish:
            source = plain.copy(
                source, wish.encodings, copied, lambda share: tell("Converting the file", 0.8 + 0.05 * share)
            )
        try:
            return _load(source, make, raw, lambda share: tell("Reading it again", 0.85 + 0.05 * share))
        except _NeedsCopyError as error:
            raise InputError(
                f"{source.name} could not be read as CSV.", "Export it again as CSV UTF-8 with one row for each line."
            ) from error
    finally:
        unpacked.unlink(missing_ok=True)
        copied.unlink(missing_ok=True)


def _load(source: reading.Source, make: Make, raw: Path, tell: Callable[[float], None]) -> Loaded:
    with engine.open_cursor() as cursor:

        def query(sql: str) -> tuple[Any, ...]:
            return engine.run(cursor, sql, lambda share: tell(0.0))[0]

        try:
            sql = make(source, query)
            cursor.execute("drop table if exists reject_errors; drop table if exists reject_scans")
            rows = engine.run(
                cursor, f"copy ({sql}) to {reading.quote(str(raw))} (format parquet, compression snappy)", tell
            )[0][0]
        except duckdb.InvalidInputException as error:
            if "invalid state" not in str(error):
                raise
            # Line feeds and CRLF in one file, or junk.
            raise _NeedsCopyError("utf-8-sig", "cp1252", "latin-1") from error
        misfit, foreign, open_quote = cursor.execute(
            """select count(distinct line), count_if(error_type = 'INVALID ENCODING'),
            coalesce(min(line) filter (error_type = 'UNQUOTED VALUE'), 0) from reject_errors"""
        ).fetchall()[0]
        if foreign:
            raise _NeedsCopyError("cp1252", "latin-1")
    if open_quote:
        _refuse_lost_lines(source, open_quote, rows + misfit)
    return Loaded(source, source.path.stat().st_size, rows, misfit)


def check(read: Loaded, path: Path, before: os.stat_result) -> None:
    """Refuse a file that gave nothing, lost lines on the way, or is no longer the one that was opened."""
    name, after = read.source.name, os.stat(path)
    if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise InputError(f"{name} changed while it was read.", "Wait until it is written, then bring it again.")
    if not read.rows + read.misfit:
        raise InputError(f"{name} has a header and no rows.", "Export it again and check that it holds orders.")
    if not read.rows:
        raise InputError(
            f"None of the {read.misfit:,} rows of {name} has {len(read.source.columns)} fields as its header has.",
            "Check that the header and the rows have the same separator.",
        )


def _refuse_lost_lines(source: reading.Source, line: int, rows: int) -> None:
    """A quotation mark that is never closed makes one row of all lines up to the next one."""
    with source.path.open("rb") as file:
        lost = sum(block.count(b"\n") for block in iter(lambda: file.read(plain.BLOCK), b"")) - 1 - rows
    if lost > MOST_LINES_A_ROW:
        raise InputError(
            f'{source.name}: a quotation mark (") in line {line:,} is never closed and swallows {lost:,} lines.',
            "Remove it, or double it inside a quoted field, and bring the file again.",
        )


def explain(error: duckdb.Error, source: reading.Source) -> InputError:
    """What a user can do about a file on which DuckDB gave up."""
    if not source.path.exists():
        return InputError(f"{source.name} vanished while it was read.", "Bring it again. Nothing was stored.")
    return InputError(
        f"{source.name} could not be read as CSV with {reading.DELIMITERS[source.delimiter]} as separator.",
        "Export it again as CSV UTF-8 with one row for each line. Nothing was stored.",
    )
