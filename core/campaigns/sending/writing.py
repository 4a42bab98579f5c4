"""The file of a destination, the rejected rows and the record, from the rows that :func:`decide` wrote."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from core.campaigns.sending import workbook
from core.campaigns.sending.destination import Audience
from core.campaigns.sending.normalising import guard
from core.intake.formats.reading import quote

Cursor = duckdb.DuckDBPyConnection
# Where a person opens the file: spreadsheets read accents right only with it.
MARK = "\ufeff"
RECORD = ("customer_id", "campaign", "segment", "arm", "state", "reason")
REJECTED = ("customer_id", "segment", "reason")


def write(cursor: Cursor, rows: Path, destination: Audience, path: Path, where: str = "outcome = 'sent'") -> None:
    """Write the rows of which ``where`` holds in the destination's own format."""
    if destination.ending == "xlsx":
        workbook.write(cursor, f"from {_parquet(rows / '*.parquet')} where {where}", destination, path)
        return
    numbers = dict(destination.kinds)
    cells: list[str] = []
    for header, value in destination.columns:
        safe = guard(f"({value})") if destination.guarded and header not in numbers else value
        mark = MARK if destination.guarded and not cells else ""
        cells.append(f"{safe} as {_name(mark + header)}")
    _copy(cursor, rows, cells, where, path)


def write_record(cursor: Cursor, rows: Path, path: Path) -> None:
    """Every member with arm and state, for reading results later."""
    _copy(cursor, rows, _guarded(RECORD), "true", path)


def write_rejected(cursor: Cursor, rows: Path, path: Path) -> None:
    """Whoever was rejected, with the reason."""
    _copy(cursor, rows, _guarded(REJECTED), "outcome = 'rejected'", path)


def _guarded(names: tuple[str, ...]) -> list[str]:
    return [f"{guard('outcome' if name == 'state' else name)} as {name}" for name in names]


def _copy(cursor: Cursor, rows: Path, cells: list[str], where: str, path: Path) -> None:
    """Part after part, so that memory does not grow with the file."""
    piece = path.with_name(f"{path.name}.part")
    with path.open("wb") as whole:
        for number, part in enumerate(sorted(rows.glob("*.parquet"))):
            query = f"select {', '.join(cells)} from {_parquet(part)} where {where}"
            form = f"format csv, header {number == 0}, delimiter ',', quote '\"'"
            cursor.execute(f"copy ({query}) to {quote(str(piece))} ({form})")
            with piece.open("rb") as copied:
                shutil.copyfileobj(copied, whole)
    piece.unlink(missing_ok=True)


def _parquet(path: Path) -> str:
    return f"read_parquet({quote(str(path))})"


def _name(header: str) -> str:
    return f'"{header}"'
