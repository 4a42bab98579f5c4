"""An order log and a customer table of the same shop, looked at together."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
from dataclasses import replace
from pathlib import Path

from core.errors import ParameterError
from core.warehouse import engine
from core.warehouse.store import Dataset, Store


def matched(store: Store, log: str, table: str) -> tuple[int, int]:
    """How many customers of an order log stand in a customer table, and how many the log has.

    Parameters
    ----------
    store : Store
    log, table : str
        Fingerprints of an order log and of a customer table.

    Raises
    ------
    ParameterError
        If they are of another kind.
    """
    _check(store.get(log), store.get(table))
    ids = engine.scan(store.raw(log)).to_native().filter("customer_id is not null").project("customer_id").distinct()
    known = engine.scan(store.raw(table)).to_native().project("customer_id").distinct()
    return ids.join(known, "customer_id", how="semi").shape[0], ids.shape[0]


def join(store: Store, log: str, table: str) -> Dataset:
    """Store an order log together with a customer table: a new dataset, both others stay as they are.

    Returns
    -------
    Dataset
        Its ``facts`` name both, ``log`` and ``joined``, and ``matched`` customers of ``of``.

    Raises
    ------
    ParameterError
        If the kinds do not fit, or not one customer of the log is in the table.
    """
    one, other = store.get(log), store.get(table)
    met, of = matched(store, log, table)
    if not met:
        raise ParameterError(
            f"None of the {of:,} customers of {one.name} is in {other.name}.",
            "Check which column is the customer in both: the ids have to be the same.",
        )
    print_ = hashlib.blake2b(f"join {log} {table}".encode(), digest_size=8).hexdigest()
    dataset = replace(
        one,
        fingerprint=print_,
        name=f"{one.name} with {other.name}",
        added=dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds"),
        notes=(*one.notes, ("Joined with", other.name, f"{met:,} of {of:,} customers are in it ({met / of:.1%})")),
        facts={**one.facts, "log": log, "joined": table, "matched": met, "of": of},
        previous="",
    )
    if not any(each.fingerprint == print_ for each in store.all()):
        with store.workspace() as folder:
            for path in store.raw(log).parent.glob("*.parquet"):
                _link(path, folder / path.name)
            store.add(dataset, folder)
    return store.get(print_)


def _check(log: Dataset, table: Dataset) -> None:
    if log.kind != "transactions":
        raise ParameterError(f"{log.name} is no order log.", "Join an order log with a customer table.")
    if table.kind == "transactions":
        raise ParameterError(f"{table.name} is an order log.", "Join an order log with a customer table.")


def _link(source: Path, target: Path) -> None:
    """Files are never changed, so both datasets can share one; a disk that cannot do that gets a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
