"""The book of campaigns in the database: every change is a transaction with its line in the history."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, insert, or_, select

from core.campaigns.ledger import rows, staying
from core.campaigns.ledger.brief import Brief
from core.campaigns.ledger.made import FileBook
from core.campaigns.ledger.rows import BOOK, CAMPAIGNS, EVENTS, FILES, RESULTS, Campaign
from core.errors import ExpiredError, ParameterError
from core.view import View
from core.warehouse.book import fresh_id
from core.warehouse.database import Database, now


class Ledger:
    """The campaigns of an installation.

    Parameters
    ----------
    database : Database
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.files = FileBook(database)

    def add(self, view: View, dataset_name: str, brief: Brief, who: str = "", copied: str = "") -> Campaign:
        """Keep a new campaign; its salt is drawn once and never changes.

        Raises
        ------
        ParameterError
            If it has no name.
        """
        _named(brief)
        id = fresh_id()
        row = {
            "id": id, "name": brief.name, "note": "", "who": who, "made": now(), "revision": 1, "dataset": view.dataset,
            "dataset_name": dataset_name, "definition": rows.define(view, brief), "salt": secrets.token_hex(8),
            "archived": None, "deleted": None,
        }  # fmt: skip
        with self.database.write() as connection:
            connection.execute(insert(CAMPAIGNS).values(row))
            BOOK.tell(connection, id, "copied" if copied else "planned", who, {"before": copied} if copied else {})
            return rows.read(connection, id)

    def get(self, id: str) -> Campaign:
        """One that is not deleted.

        Raises
        ------
        ExpiredError
            If there is none.
        """
        with self.database.read() as connection:
            found = rows.read(connection, id)
        if found.deleted:
            raise ExpiredError(f"“{found.name}” was deleted.", "Put it back from the trash of campaigns.")
        return found

    def all(self, *, archived: bool = False, deleted: bool = False) -> list[Campaign]:
        """Those in use, in the archive or in the trash, the latest first; what waited too long in the trash goes."""
        BOOK.sweep(self.database)
        there = [CAMPAIGNS.c.deleted.is_not(None) if deleted else CAMPAIGNS.c.deleted.is_(None)]
        if not deleted:
            there.append(CAMPAIGNS.c.archived.is_not(None) if archived else CAMPAIGNS.c.archived.is_(None))
        with self.database.read() as connection:
            found = select(CAMPAIGNS.c.id).where(*there).order_by(CAMPAIGNS.c.made.desc(), CAMPAIGNS.c.id)
            return [rows.read(connection, id) for id in connection.execute(found).scalars().all()]

    def change(self, id: str, view: View, brief: Brief, who: str = "") -> Campaign:
        """Plan it otherwise.

        Raises
        ------
        ParameterError
            If it has no name; or would be of other customers, or hold back other ones, although files were made of it.
        """
        _named(brief)
        with self.database.write() as connection:
            before = rows.read(connection, id, living=True)
            staying.check(before, view, brief)
            if rows.define(view, brief) != rows.define(before.view, before.brief):
                was = {"before": rows.define(before.view, before.brief)}
                BOOK.tell(connection, id, "changed", who, was)
                fields = {"name": brief.name, "dataset": view.dataset, "definition": rows.define(view, brief)}
                BOOK.touch(connection, id, **fields)
            return rows.read(connection, id)

    def undo(self, id: str) -> Campaign:
        """Take back the last change of its plan.

        Raises
        ------
        ParameterError
            If there is none.
        """
        with self.database.write() as connection:
            campaign = rows.read(connection, id, living=True)
            if (last := campaign.undoable) is None:
                raise ParameterError(f"Nothing was changed in “{campaign.name}”.", "There is nothing to undo.")
            staying.check(campaign, *rows.defined(last.detail["before"]))
            BOOK.take_back(connection, id, "changed")
            BOOK.touch(connection, id, definition=last.detail["before"])
            back = rows.read(connection, id)
            BOOK.touch(connection, id, name=back.brief.name, dataset=back.view.dataset)
            return rows.read(connection, id)

    def copy(self, id: str, who: str = "") -> Campaign:
        """The same plan as a new campaign, with arms of its own."""
        made = self.get(id)
        name = f"{made.name[:110]} (copy)"
        return self.add(made.view, made.dataset_name, made.brief.but(name=name), who, copied=made.name)

    def archive(self, id: str, who: str = "") -> Campaign:
        """Out of the way; it still counts where it ran."""
        return self._mark(id, "archived", who, archived=now())

    def unarchive(self, id: str, who: str = "") -> Campaign:
        """Back among those in use."""
        return self._mark(id, "unarchived", who, archived=None)

    def delete(self, id: str, who: str = "") -> Campaign:
        """Into the trash, for seven days."""
        return self._mark(id, "deleted", who, deleted=now())

    def restore(self, id: str, who: str = "") -> Campaign:
        """Back from the trash."""
        with self.database.write() as connection:
            if rows.read(connection, id).deleted:
                BOOK.tell(connection, id, "restored", who, {})
                BOOK.touch(connection, id, deleted=None)
            return rows.read(connection, id)

    def purge(self, id: str) -> None:
        """Gone for good; only from the trash.

        Raises
        ------
        ParameterError
            If it is not there.
        """
        BOOK.purge(self.database, id)

    def forget(self, datasets: Iterable[str]) -> None:
        """Remove for good whatever holds the people of datasets: their campaigns, with files and results."""
        gone = sorted(datasets)
        with self.database.write() as connection:
            mine = select(FILES.c.campaign).where(FILES.c.dataset.in_(gone))
            hit = select(CAMPAIGNS.c.id).where(or_(CAMPAIGNS.c.dataset.in_(gone), CAMPAIGNS.c.id.in_(mine)))
            ids = connection.execute(hit).scalars().all()
            for table in (RESULTS, FILES, EVENTS):
                connection.execute(delete(table).where(table.c.campaign.in_(ids)))
            connection.execute(delete(CAMPAIGNS).where(CAMPAIGNS.c.id.in_(ids)))
        if ids:
            self.database.shrink()

    def _mark(self, id: str, what: str, who: str, **fields: Any) -> Campaign:
        with self.database.write() as connection:
            rows.read(connection, id, living=True)
            BOOK.tell(connection, id, what, who, {})
            BOOK.touch(connection, id, **fields)
            return rows.read(connection, id)


def _named(brief: Brief) -> None:
    if not brief.name:
        raise ParameterError("A campaign needs a name.", "Give it one.")
