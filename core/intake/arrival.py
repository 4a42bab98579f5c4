"""A file arrives: read, typed, searched for duplicates and stored under its fingerprint."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from pathlib import Path

from core.errors import InputError
from core.intake import cleaning, duplicates, reading, rules
from core.intake.kinds import transactions
from core.warehouse import engine
from core.warehouse.store import Dataset, Store
from core.warehouse.tables import Tables

Progress = Callable[[str, float], None]
READER = b"transactions 1"


def receive(path: Path, store: Store, *, name: str = "", currency: str = "GBP", progress: Progress | None = None) -> Dataset:
    """Store a file; one that is already stored is not read again.

    Parameters
    ----------
    path : path
        CSV or CSV.GZ.
    store : Store
    name : str
        How the dataset is called; the file's name by default.
    currency : str
        The file's currency: it has no column for it.
    progress : callable, optional
        Called with words and a share from 0 to 1; may raise to cancel.

    Raises
    ------
    InputError
        If the file cannot be read; it names the file, the column and what to do. Nothing is stored then.
    """
    tell = progress or (lambda words, share: None)
    tell("Looking at the file", 0.0)
    source = reading.inspect(path, name)
    select = transactions.KIND.select(source)
    fingerprint = _fingerprint(path)
    if any(d.fingerprint == fingerprint for d in store.all()):
        return store.get(fingerprint)
    with store.workspace() as folder:
        tell("Reading the lines", 0.1)
        raw = folder / "raw.parquet"
        rows = _read(source, select, raw)
        if not rows:
            raise InputError(f"{source.name} has a header and no rows.", "Export it again and check that it holds orders.")
        tell("Looking for duplicates", 0.7)
        engine.write(engine.lift(duplicates.find(raw)), folder / "duplicates.parquet")
        dataset = Dataset(
            fingerprint, name or _plain(path.name), path.name, "transactions", rows, len(source.columns),
            path.stat().st_size, currency, dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), (),
        )  # fmt: skip
        store.add(dataset, folder)
    tell("Stored", 1.0)
    return dataset


def tables(store: Store, fingerprint: str, ruleset: str, as_of: str = "") -> Tables:
    """The cleaned tables of a stored dataset under a set of rules, built on first use."""
    slugs = rules.active(ruleset)
    raw = store.raw(fingerprint)

    def build(folder: Path) -> Tables:
        return cleaning.clean(raw, raw.with_name("duplicates.parquet"), slugs, as_of, folder)

    return store.clean(fingerprint, f"{'+'.join(slugs)} {as_of}", build)


def _read(source: reading.Source, select: str, raw: Path) -> int:
    sql = select.format(relation=reading.relation(source))
    target = str(raw).replace("'", "''")
    done = engine.connection().sql(
        f"""copy (select * exclude epoch_day, epoch_day::integer as day,
        (year(ts) * 12 + month(ts) - 1)::integer as month,
        try_cast(round(quantity * price * 100) as bigint) as cents from ({sql}))
        to '{target}' (format parquet, compression zstd)"""
    )
    return int(done.fetchall()[0][0]) if done is not None else _rows(raw)


def _rows(raw: Path) -> int:
    import pyarrow.parquet as pq

    return int(pq.read_metadata(raw).num_rows)


def _fingerprint(path: Path) -> str:
    digest = hashlib.blake2b(READER, digest_size=8)
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _plain(name: str) -> str:
    for ending in (".gz", ".csv", ".tsv", ".txt"):
        name = name.removesuffix(ending)
    return name


