"""What runs the queries: DuckDB in memory over Parquet files, spoken to through Narwhals.

One in-memory connection a process and a cursor a thread: a ``.duckdb`` file could be opened by one
process only, Parquet is shared by all.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

import duckdb
import narwhals as nw
import pandas as pd
import pyarrow as pa

_guard = threading.Lock()
_local = threading.local()
_root: dict[int, duckdb.DuckDBPyConnection] = {}
_limits: dict[str, Any] = {"memory_limit": "2GB", "threads": 2}


def limit(memory_bytes: int, threads: int, spill: Path) -> None:
    """Set memory, threads and the folder to spill to, before the first query."""
    spill.mkdir(parents=True, exist_ok=True)
    _limits.update(memory_limit=f"{memory_bytes // 1024**2}MB", threads=threads, temp_directory=str(spill))


def connection() -> duckdb.DuckDBPyConnection:
    """This thread's cursor on this process's connection."""
    pid = os.getpid()
    if getattr(_local, "pid", None) != pid:
        with _guard:
            if pid not in _root:
                config = {"autoinstall_known_extensions": "false", "preserve_insertion_order": "true", **_limits}
                _root[pid] = duckdb.connect(config={k: str(v) for k, v in config.items()})
        _local.pid, _local.cursor = pid, _root[pid].cursor()
    cursor: duckdb.DuckDBPyConnection = _local.cursor
    return cursor


def scan(path: Path, *, row: bool = False) -> nw.LazyFrame[Any]:
    """A Parquet file as a lazy frame; with ``row`` also its row number in ``file_row_number``."""
    name = str(path).replace("'", "''")
    more = ", file_row_number=true" if row else ""
    return nw.from_native(connection().sql(f"select * from read_parquet('{name}'{more})"))


def lift(frame: pd.DataFrame | pa.Table) -> nw.LazyFrame[Any]:
    """A small frame as a lazy frame of the same engine, to join with."""
    table = pa.Table.from_pandas(frame, preserve_index=False) if isinstance(frame, pd.DataFrame) else frame
    return nw.from_native(connection().from_arrow(table))


def collect(frame: nw.LazyFrame[Any]) -> pd.DataFrame:
    """Run a query. Whole numbers stay whole: DuckDB's sums come as 128-bit decimals and are cast back."""
    table = frame.to_native().to_arrow_table()
    schema = pa.schema([pa.field(f.name, pa.int64() if _whole_decimal(f.type) else f.type) for f in table.schema])
    return table.cast(schema).to_pandas()


def write(frame: nw.LazyFrame[Any], path: Path) -> None:
    """Run a query into a Parquet file. Parquet knows no 128-bit integers: sums are stored as 64-bit ones."""
    relation = frame.to_native()
    columns = ", ".join(
        f'"{name}"::bigint as "{name}"' if str(kind) == "HUGEINT" else f'"{name}"'
        for name, kind in zip(relation.columns, relation.types, strict=True)
    )
    target = str(path).replace("'", "''")
    relation.query("q", f"copy (select {columns} from q) to '{target}' (format parquet, compression zstd)")


def _whole_decimal(kind: pa.DataType) -> bool:
    return pa.types.is_decimal(kind) and kind.scale == 0
