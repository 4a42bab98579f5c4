"""What runs the queries: DuckDB in memory over Parquet files, spoken to through Narwhals.

One in-memory connection a process and a cursor a thread: a ``.duckdb`` file could be opened by one
process only, Parquet is shared by all.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import narwhals as nw
import pandas as pd
import pyarrow as pa

from core.errors import ParameterError

R = TypeVar("R")
_guard = threading.Lock()
_local = threading.local()
_root: dict[int, duckdb.DuckDBPyConnection] = {}
_limits: dict[str, Any] = {"memory_limit": "2048MiB", "threads": 2}


def limit(memory_bytes: int, threads: int, spill: Path) -> None:
    """Set memory, threads and the folder to spill to.

    They are this process's: where a query has already run, the memory and threads change at once and the
    folder stays.
    """
    spill.mkdir(parents=True, exist_ok=True)
    memory = f"{memory_bytes // 1024**2}MiB"
    with _guard:
        _limits.update(memory_limit=memory, threads=threads, temp_directory=str(spill))
        if (root := _root.get(os.getpid())) is not None:
            root.execute(f"set memory_limit = '{memory}'")
            root.execute(f"set threads = {threads}")


def connection() -> duckdb.DuckDBPyConnection:
    """This thread's cursor on this process's connection."""
    pid = os.getpid()
    if getattr(_local, "pid", None) != pid:
        _local.pid, _local.cursor = pid, open_cursor()
    cursor: duckdb.DuckDBPyConnection = _local.cursor
    return cursor


def open_cursor() -> duckdb.DuckDBPyConnection:
    """A cursor of its own, with temporary tables of its own; the caller closes it."""
    pid = os.getpid()
    with _guard:
        if pid not in _root:
            config = {"autoinstall_known_extensions": "false", "preserve_insertion_order": "true", **_limits}
            _root[pid] = duckdb.connect(config={k: str(v) for k, v in config.items()})
        return _root[pid].cursor()


def run(cursor: duckdb.DuckDBPyConnection, sql: str, tell: Callable[[float], None]) -> list[tuple[Any, ...]]:
    """Run a long statement and tell the share that is done; what ``tell`` raises interrupts it."""
    cursor.execute("set enable_progress_bar = true; set enable_progress_bar_print = false")
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(lambda: cursor.execute(sql).fetchall())
        try:
            while not wait([future], timeout=0.1).done:
                tell(max(cursor.query_progress(), 0.0) / 100)
        except BaseException:
            # Again and again: an interrupt that comes before the query has begun is lost.
            while not wait([future], timeout=0.05).done:
                cursor.interrupt()
            raise
        return future.result()


def attend(work: Callable[[], R], tell: Callable[[], None]) -> R:
    """Do work in a thread of its own and call ``tell`` meanwhile; what that raises interrupts the work's queries."""
    with ThreadPoolExecutor(1) as pool:
        cursor = pool.submit(connection).result()
        future = pool.submit(work)
        try:
            while not wait([future], timeout=0.3).done:
                tell()
        except BaseException:
            while not wait([future], timeout=0.05).done:
                cursor.interrupt()
            raise
        return future.result()


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
    schema = [pa.field(f.name, pa.int64() if _whole_decimal(f.type) else f.type) for f in table.schema]
    result: pd.DataFrame = table.cast(pa.schema(schema)).to_pandas()
    return result


def write(frame: nw.LazyFrame[Any], path: Path) -> None:
    """Run a query into a Parquet file. Parquet knows no 128-bit integers: sums are stored as 64-bit ones."""
    relation = frame.to_native()
    columns = ", ".join(
        f'"{name}"::bigint as "{name}"' if str(kind) == "HUGEINT" else f'"{name}"'
        for name, kind in zip(relation.columns, relation.types, strict=True)
    )
    target = str(path).replace("'", "''")
    relation.query("q", f"copy (select {columns} from q) to '{target}' (format parquet, compression snappy)")


def explain(error: duckdb.Error) -> ParameterError | None:
    """What a user can do about an error of the engine's own: give it more memory. None for any other."""
    if not isinstance(error, duckdb.OutOfMemoryException):
        return None
    memory = _limits["memory_limit"].removesuffix("MiB")
    return ParameterError(
        f"{memory} MiB of memory do not suffice for this.", f"Set CLIENTELE_MEMORY_MIB to more than {memory}."
    )


def _whole_decimal(kind: pa.DataType) -> bool:
    return bool(pa.types.is_decimal(kind) and kind.scale == 0)
