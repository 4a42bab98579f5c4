"""Those who are never to be written to: lists as they were brought, of digests alone, so that no address lies here."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Connection, delete, insert, select, update

from core.campaigns.sending import suppression
from core.errors import ExpiredError
from core.warehouse.book import expired, table_of
from core.warehouse.database import Database, now

LISTS = table_of("suppression_lists", "id", "name", "who", "made", "entries", "digests", "removed")
HEADS = [each for each in LISTS.c if each.name != "digests"]


@dataclass(frozen=True)
class Listed:
    """A list that was brought.

    Parameters
    ----------
    name : str
        What its file was called.
    entries : dict
        How many of each kind: email, phone, customer, hash.
    removed : str
        When it was taken away; empty where it counts.
    """

    id: int
    name: str
    who: str
    made: str
    entries: dict[str, int]
    removed: str = ""

    @property
    def size(self) -> int:
        """How many entries it has."""
        return sum(self.entries.values())


class Suppressions:
    """The lists of an installation: wishes of people, so they stay whatever dataset is deleted.

    Parameters
    ----------
    database : Database
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    def add(self, name: str, entries: pa.Table, who: str = "") -> Listed:
        """Keep a list.

        Parameters
        ----------
        name : str
            What its file is called.
        entries : Table
            Of :func:`core.campaigns.sending.suppression.read`.
        who : str
            Who brought it.
        """
        kept = _digests(entries)
        sink = io.BytesIO()
        pq.write_table(kept, sink, compression="zstd")
        counts = {row["values"]: row["counts"] for row in kept["kind"].value_counts().to_pylist()}
        row = {"name": name, "who": who[:80], "made": now(), "entries": json.dumps(counts), "removed": None}
        with self.database.write() as connection:
            made = connection.execute(
                insert(LISTS).values(**row, digests=sink.getvalue()).returning(LISTS.c.id)
            ).scalar_one()
            return self._read(connection, made)

    def all(self, *, removed: bool = False) -> list[Listed]:
        """Those that count, or those that were taken away and can come back; the latest first."""
        self._sweep()
        there = LISTS.c.removed.is_not(None) if removed else LISTS.c.removed.is_(None)
        with self.database.read() as connection:
            found = connection.execute(select(*HEADS).where(there).order_by(LISTS.c.id.desc())).all()
        return [_listed(row) for row in found]

    def remove(self, id: int) -> Listed:
        """Take a list away; it can be put back for seven days."""
        return self._mark(id, now())

    def restore(self, id: int) -> Listed:
        """Put a list back."""
        return self._mark(id, None)

    def entries(self) -> pa.Table:
        """All that counts, as :attr:`core.campaigns.sending.task.Sending.suppressed` wants it: SHA-256, each once."""
        with self.database.read() as connection:
            found = connection.execute(select(LISTS.c.digests).where(LISTS.c.removed.is_(None))).scalars().all()
        if not found:
            return suppression.nobody()
        digests = pa.concat_tables(pq.read_table(io.BytesIO(bytes(each)), columns=["value"]) for each in found)
        values = digests["value"].unique()
        return pa.table([pa.array(["hash"] * len(values), pa.string()), values], suppression.SCHEMA)

    def state(self) -> tuple[int, ...]:
        """What counts now; equal states suppress the same people."""
        return tuple(sorted(each.id for each in self.all()))

    def _mark(self, id: int, removed: str | None) -> Listed:
        with self.database.write() as connection:
            self._read(connection, id)
            connection.execute(update(LISTS).where(LISTS.c.id == id).values(removed=removed))
            return self._read(connection, id)

    def _read(self, connection: Connection, id: int) -> Listed:
        row = connection.execute(select(*HEADS).where(LISTS.c.id == id)).one_or_none()
        if row is None:
            raise ExpiredError("This list is no longer here.", "Bring its file again.")
        return _listed(row)

    def _sweep(self) -> None:
        with self.database.read() as connection:
            gone = expired(connection, LISTS.c.id, LISTS.c.removed)
        if gone:
            with self.database.write() as connection:
                connection.execute(delete(LISTS).where(LISTS.c.id.in_(gone)))
            self.database.shrink()


def _digests(entries: pa.Table) -> pa.Table:
    """SHA-256 of each entry; of a telephone only as it is with its country."""
    rows = [
        (kind, value if kind == "hash" else hashlib.sha256(value.encode()).hexdigest())
        for kind, value in zip(entries["kind"].to_pylist(), entries["value"].to_pylist(), strict=True)
        if kind != "phone" or value.startswith("+")
    ]
    return pa.Table.from_pylist([{"kind": kind, "value": value} for kind, value in rows], suppression.SCHEMA)


def _listed(row: Any) -> Listed:
    return Listed(row.id, row.name, row.who, row.made, json.loads(row.entries), row.removed or "")
