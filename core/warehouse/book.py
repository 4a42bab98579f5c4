"""What the books of the database have in common: short ids, the history of each thing, a trash that empties itself."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, column, delete, insert, select, table, update

from core.errors import ExpiredError, ParameterError
from core.typed import one_line
from core.warehouse.database import Database, now

KEPT_DAYS = 7
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


@dataclass(frozen=True)
class Event:
    """Something that was done to a thing, ``words`` without their full stop; ``undone`` if it was taken back."""

    what: str
    who: str
    when: str
    detail: Mapping[str, Any]
    words: str
    undone: bool = False


@dataclass(frozen=True)
class Book:
    """Things that people keep, a row each, and what happened to them.

    Parameters
    ----------
    things : table
        With ``id``, ``name``, ``revision``, which grows with every change, and ``deleted``, when it went to the trash.
    events : table
        What happened, by the id in ``owner``.
    kind, where : str
        What a thing is called, and where it can be looked for.
    said : mapping
        What to say of each kind of event.
    """

    things: Any
    events: Any
    owner: str
    kind: str
    where: str
    said: Mapping[str, str]

    def row(self, connection: Connection, id: str, *, living: bool = False) -> Any:
        """A thing as it is written down; ``living``: not from the trash, and to be changed.

        Raises
        ------
        ExpiredError
            If there is none.
        """
        found = select(self.things).where(self.things.c.id == id)
        # Two who change the same one wait for each other, also where the database is shared.
        row = connection.execute(found.with_for_update() if living else found).one_or_none()
        if row is None or (living and row.deleted):
            raise self.missing(id)
        return row

    def history(self, connection: Connection, id: str) -> tuple[Event, ...]:
        """What happened to a thing, the latest first."""
        mine = select(self.events).where(self.events.c[self.owner] == id).order_by(self.events.c.id.desc())
        return tuple(self._event(row) for row in connection.execute(mine))

    def tell(self, connection: Connection, id: str, what: str, who: str, detail: Mapping[str, Any]) -> None:
        """Add a line to the history."""
        told = {self.owner: id, "happened": now(), "who": one_line(who)[:80], "what": what, "undone": 0}
        connection.execute(insert(self.events).values(**told, detail=json.dumps(detail, ensure_ascii=False)))

    def take_back(self, connection: Connection, id: str, what: str, *, every: bool = False) -> None:
        """Mark the last event of a kind, or every one, as undone."""
        events = self.events.c
        mine = (events[self.owner] == id) & (events.what == what) & (events.undone == 0)
        numbers = connection.execute(select(events.id).where(mine).order_by(events.id.desc())).scalars().all()
        chosen = numbers if every else numbers[:1]
        connection.execute(update(self.events).where(events.id.in_(chosen)).values(undone=1))

    def touch(self, connection: Connection, id: str, **fields: Any) -> None:
        """Change what is said of a thing, and its revision with it."""
        changed = {**fields, "revision": self.things.c.revision + 1}
        connection.execute(update(self.things).where(self.things.c.id == id).values(**changed))

    def purge(self, database: Database, id: str) -> None:
        """Remove a thing for good; only from the trash.

        Raises
        ------
        ParameterError
            If it is not there.
        """
        with database.write() as connection:
            row = self.row(connection, id)
            if not row.deleted:
                raise ParameterError(f"“{row.name}” is not in the trash.", "Delete it first.")
            connection.execute(delete(self.things).where(self.things.c.id == id))
        database.shrink()

    def sweep(self, database: Database) -> None:
        """Remove for good what has waited too long in the trash."""
        with database.read() as connection:
            ids = expired(connection, self.things.c.id, self.things.c.deleted)
        for id in ids:
            # Another process may have been quicker.
            with suppress(ExpiredError, ParameterError):
                self.purge(database, id)

    def missing(self, id: str) -> ExpiredError:
        """What to say where there is none."""
        return ExpiredError(f"There is no {self.kind} {id[:20]!r} here.", self.where)

    def _event(self, row: Any) -> Event:
        detail = json.loads(row.detail)
        return Event(row.what, row.who, row.happened, detail, self.said[row.what].format(**detail), bool(row.undone))


def expired(connection: Connection, ids: Any, since: Any) -> list[Any]:
    """What is longer in the trash than it is kept; ``ids`` and ``since`` are columns of its table."""
    old = (dt.datetime.now(dt.UTC) - dt.timedelta(days=KEPT_DAYS)).isoformat(timespec="seconds")
    return list(connection.execute(select(ids).where(since < old)).scalars())


def fresh_id() -> str:
    """Eight letters that nobody takes for others."""
    return "".join(secrets.choice(LETTERS) for _ in range(8))


def table_of(name: str, *columns: str) -> Any:
    """A table by the names of its columns; see :mod:`core.warehouse.migrations`."""
    return table(name, *map(column, columns))
