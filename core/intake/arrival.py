"""A file arrives: read, typed, searched for duplicates and stored under its fingerprint."""

from __future__ import annotations

import datetime as dt
import logging
import os
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb

from core.errors import InputError, ParameterError
from core.intake import cleaning, duplicates, findings, loading, reading, rules
from core.intake.fingerprint import hashing
from core.intake.kinds import transactions
from core.warehouse import engine
from core.warehouse.store import Dataset, Store
from core.warehouse.tables import Tables

log = logging.getLogger(__name__)
Progress = Callable[[str, float], None]
READER = "transactions 2"


def receive(
    path: Path,
    store: Store,
    *,
    name: str = "",
    file: str = "",
    currency: str = "",
    usual_currency: str = "GBP",
    date_order: str = "",
    limit: int = 0,
    progress: Progress | None = None,
) -> Dataset:
    """Store a file; one that is already stored is not read again, only its name and currency are renewed.

    Parameters
    ----------
    path : path
        CSV or CSV.GZ.
    store : Store
    name : str
        How the dataset is called; the file's name by default.
    file : str
        What the file is called where it comes from; the path's own name by default.
    currency : str
        The file's currency, for it has no column for it: three letters.
    usual_currency : str
        What a new file gets where ``currency`` is empty; a stored one keeps its own.
    date_order : str
        ``dmy`` or ``mdy`` where the column of dates does not decide it.
    limit : int
        Most bytes that the file may have; 0 for no limit.
    progress : callable, optional
        Called with words and a share from 0 to 1; what it raises cancels, and nothing is stored.

    Raises
    ------
    InputError
        If the file cannot be read; it names the file, the column and what to do. Nothing is stored then.
    ParameterError
        If the currency or the date order is none.
    """
    if currency and not re.fullmatch(r"[A-Za-z]{3}", currency):
        raise ParameterError(f"{currency} is not a currency code.", "Give three letters such as GBP.")
    tell = progress or (lambda words, share: None)
    tell("Looking at the file", 0.0)
    file = file or path.name
    source = reading.inspect(path, file)
    transactions.KIND.columns(source)
    before = os.stat(path)
    if limit and before.st_size > limit:
        raise InputError(
            f"{file} has {before.st_size / 1e6:,.1f} MB; at most {limit / 1e6:,.1f} MB are read.",
            "Bring a part of it, or raise CLIENTELE_UPLOAD_MIB.",
        )
    currency = currency.upper()
    try:
        with hashing(path, f"{READER} {date_order}") as fingerprint, store.workspace() as folder:
            same_size = any(dataset.bytes == before.st_size for dataset in store.all())
            if same_size and (stored := _stored(store, fingerprint.result(), name, currency)):
                return stored
            read = loading.load(source, folder, date_order, tell)
            loading.check(read, path, before)
            tell("Looking for duplicates and describing the columns", 0.9)
            named = (name or _plain(file), currency or usual_currency)
            # Side by side: the search sorts in numpy, the description waits for DuckDB.
            with ThreadPoolExecutor(1) as beside:
                searched = beside.submit(_search, folder)
                dataset = _describe(read, fingerprint.result(), folder, before.st_size, file, *named)
                searched.result()
            store.add(dataset, folder)
    except duckdb.Error as error:
        log.info("reading %s", path, exc_info=error)
        raise loading.explain(error, source) from error
    except FileNotFoundError as error:
        raise InputError(f"{file} vanished while it was read.", "Bring it again. Nothing was stored.") from error
    tell("Stored", 1.0)
    return dataset


def tables(store: Store, fingerprint: str, ruleset: str, as_of: str = "") -> Tables:
    """The cleaned tables of a stored dataset under a set of rules, built on first use."""
    slugs = rules.active(ruleset)

    def build(folder: Path) -> Tables:
        raw, misfit = store.raw(fingerprint), store.get(fingerprint).misfit
        return cleaning.clean(raw, raw.with_name("duplicates.parquet"), slugs, as_of, folder, misfit)

    return store.clean(fingerprint, f"{'+'.join(slugs)} {as_of}", build)


def _stored(store: Store, fingerprint: str, name: str, currency: str) -> Dataset | None:
    if not any(dataset.fingerprint == fingerprint for dataset in store.all()):
        return None
    return store.relabel(fingerprint, name=name, currency=currency) if name or currency else store.get(fingerprint)


def _search(folder: Path) -> None:
    engine.write(engine.lift(duplicates.find(folder / "raw.parquet")), folder / "duplicates.parquet")


def _describe(
    read: loading.Loaded, fingerprint: str, folder: Path, size: int, file: str, name: str, currency: str
) -> Dataset:
    return Dataset(
        fingerprint=fingerprint,
        name=name,
        file=file,
        kind=transactions.KIND.slug,
        rows=read.rows + read.misfit,
        columns=len(read.source.columns),
        bytes=size,
        currency=currency,
        added=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        notes=findings.notes(read.source, read.cells, read.size, read.dates, read.rows, read.misfit, currency),
        misfit=read.misfit,
        columns_found=findings.columns(read.source, read.roles, folder / "raw.parquet"),
    )


def _plain(name: str) -> str:
    for ending in (".gz", ".csv", ".tsv", ".txt"):
        name = name.removesuffix(ending)
    return name
