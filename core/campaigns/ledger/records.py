"""The record of a file, who of an audience was in it: kept as Parquet, given back as the CSV that it came from."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow import csv

BATCH = 50_000
# What a spreadsheet would take for a formula; see core.spreadsheets.
RISKY = "[=+\\-@\t\r]"


def pack(path: Path) -> bytes:
    """The record of an export (``record.csv``) as it is kept: compressed, a few bytes a customer, ids as they are."""
    with path.open("rb") as file:
        names = file.readline().decode("utf-8-sig").strip().split(",")
    table = csv.read_csv(path, convert_options=csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())))
    sink = io.BytesIO()
    pq.write_table(_each(table, f"^'({RISKY})", "\\1"), sink, compression="zstd")
    return sink.getvalue()


def read(packed: bytes) -> pa.Table:
    """What :func:`pack` was given."""
    return pq.read_table(io.BytesIO(packed))


def text(record: pa.Table) -> Iterator[bytes]:
    """The record as CSV, piece by piece, safe to open in a spreadsheet."""
    options = csv.WriteOptions(include_header=False, quoting_style="needed")
    yield (",".join(record.column_names) + "\n").encode()
    for start in range(0, record.num_rows, BATCH):
        sink = io.BytesIO()
        csv.write_csv(_each(record.slice(start, BATCH), f"^({RISKY})", "'\\1"), sink, options)
        yield sink.getvalue()


def _each(table: pa.Table, pattern: str, become: str) -> pa.Table:
    cells = [pc.replace_substring_regex(table[name], pattern, become) for name in table.column_names]
    return pa.table(cells, table.column_names)
