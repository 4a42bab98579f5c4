"""A file's rows into Parquet, typed; where DuckDB cannot read the file as it stands, through a plain copy of it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from core.errors import InputError
from core.intake.formats import decoding, packed, plain, reading, records, workbooks
from core.intake.formats.source import Fact
from core.warehouse import engine

Progress = Callable[[str, float], None]
Query = Callable[[str], tuple[Any, ...]]
Make = Callable[[reading.Source, Query], str]
# One row may run over this many lines before an open quote is taken to have swallowed others.
MOST_LINES_A_ROW = 100
# DuckDB cuts the rejected rows that it shows at this length.
_LONGEST_SHOWN = 10_000


@dataclass(frozen=True)
class Loaded:
    """A file as it was read: how, its unpacked size, how many rows fit the header and how many do not."""

    source: reading.Source
    size: int
    rows: int
    misfit: int


class _NeedsCopyError(Exception):
    """DuckDB cannot read the file as it stands: it needs a plain copy."""


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
    chosen = source.why("encoding") == decoding.CHOSEN
    try:
        if source.compression != "none":
            source = packed.unpack(source, unpacked, lambda share: tell("Unpacking the file", 0.1 * share))
        if source.form == "workbook":
            source = workbooks.convert(source, copied, lambda share: tell("Reading the sheets", 0.1 + 0.1 * share))
        elif source.form == "json object":
            source = records.convert(source, copied, lambda share: tell("Reading the objects", 0.1 + 0.1 * share))
        elif plain.needed(source):
            source = _copy(source, copied, chosen, lambda share: tell("Converting the file", 0.1 + 0.1 * share))
        try:
            return _load(source, make, raw, lambda share: tell("Reading the lines", 0.2 + 0.6 * share))
        except _NeedsCopyError as error:
            if source.path == copied:
                raise _unreadable(source) from error
            source = _copy(source, copied, chosen, lambda share: tell("Converting the file", 0.8 + 0.05 * share))
        try:
            return _load(source, make, raw, lambda share: tell("Reading it again", 0.85 + 0.05 * share))
        except _NeedsCopyError as error:
            raise _unreadable(source) from error
    finally:
        unpacked.unlink(missing_ok=True)
        copied.unlink(missing_ok=True)


def _copy(source: reading.Source, target: Path, chosen: bool, tell: Callable[[float], None]) -> reading.Source:
    """A plain copy; unless the encoding was chosen, what begins as UTF-8 may turn out not to be."""
    if source.codec not in ("", "utf-8") or chosen:
        return plain.copy(source, (source.codec,), target, tell)
    return plain.copy(source, (*(["utf-8"] if source.codec else []), *plain.WESTERN), target, tell)


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
            raise _NeedsCopyError from error
        misfit, foreign = _rejected(cursor, source) if source.form == "text" else (0, 0)
        if foreign:
            raise _NeedsCopyError
        if count := reading.beyond(source):
            misfit += query(count)[0]
    return Loaded(source, source.path.stat().st_size, rows, misfit)


def _rejected(cursor: duckdb.DuckDBPyConnection, source: reading.Source) -> tuple[int, int]:
    """How many rows do not fit, and how many are not UTF-8; rows of nothing but delimiters are not counted."""
    blank = rf'[\s"{re.escape(source.delimiter.strip()) if len(source.delimiter) == 1 else ""}]*'
    misfit, foreign = cursor.execute(
        """select count(distinct line) filter (not regexp_full_match(csv_line, $1)),
        count_if(error_type = 'INVALID ENCODING') from reject_errors""",
        [blank],
    ).fetchall()[0]
    swallowed = cursor.execute(
        """select line from reject_errors where error_type = 'UNQUOTED VALUE' and length(csv_line)
        - length(regexp_replace(csv_line, '[\n\r]', '', 'g')) > if(length(csv_line) < $1, $2, $2 / 5)
        order by line limit 1""",
        [_LONGEST_SHOWN, MOST_LINES_A_ROW],
    ).fetchone()
    if swallowed:
        raise InputError(
            f'{source.name}: a quotation mark (") in line {swallowed[0]:,} is never closed and swallows those below.',
            "Remove it, or double it inside a quoted field, and bring the file again.",
        )
    return misfit, foreign


def check(read: Loaded, path: Path, before: os.stat_result) -> None:
    """Refuse a file that gave nothing, lost lines on the way, or is no longer the one that was opened."""
    name, after = read.source.name, os.stat(path)
    if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise InputError(f"{name} changed while it was read.", "Wait until it is written, then bring it again.")
    if not read.rows + read.misfit:
        raise InputError(f"{name} has a header and no rows.", "Export it again and check that it holds rows.")
    if not read.rows:
        raise InputError(
            f"None of the {read.misfit:,} rows of {name} has {len(read.source.columns)} fields as its header has.",
            "Check that the header and the rows have the same separator.",
        )


def notes(read: Loaded) -> tuple[Fact, ...]:
    """What was found over the whole file: its encoding, and whatever else is worth a line."""
    encoding = [("Encoding", read.source.encoding, "all of it valid")] if read.source.encoding else []
    return (*encoding, *read.source.facts)


def _unreadable(source: reading.Source) -> InputError:
    return InputError(
        f"{source.name} could not be read as CSV.", "Export it again as CSV UTF-8 with one row for each line."
    )


def explain(error: duckdb.Error, source: reading.Source) -> InputError:
    """What a user can do about a file on which DuckDB gave up."""
    if not source.path.exists():
        return InputError(f"{source.name} vanished while it was read.", "Bring it again. Nothing was stored.")
    if source.form != "text":
        return InputError(
            f"{source.name} could not be read as {source.format}.", "Export it again. Nothing was stored."
        )
    return InputError(
        f"{source.name} could not be read as CSV with {source.separator} as separator.",
        "Export it again as CSV UTF-8 with one row for each line. Nothing was stored.",
    )
