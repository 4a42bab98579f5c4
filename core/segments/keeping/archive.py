"""Saved segmentations in the database: every change is a transaction with its line in the history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import delete, insert, select

from core.errors import ExpiredError, ParameterError
from core.segments.keeping import archive_rows as rows
from core.segments.keeping.archive_rows import BOOK, SEGMENTATIONS, VERSIONS
from core.segments.keeping.saved import Held, Saved, Version
from core.typed import name as named
from core.warehouse.book import fresh_id
from core.warehouse.database import Database, now


class Archive:
    """The saved segmentations of an installation.

    Parameters
    ----------
    database : Database
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    def save(self, name: str, note: str, version: Version, contents: rows.Contents) -> Saved:
        """Keep a segmentation for the first time."""
        id = fresh_id()
        row = {
            "id": id, "name": named(name, BOOK.kind), "note": rows.clean_note(note), "who": version.who, "made": now(),
            "version": 1, "revision": 1, "next_segment": rows.next_segment(version), "deleted": None,
        }  # fmt: skip
        with self.database.write() as connection:
            connection.execute(insert(SEGMENTATIONS).values(row))
            rows.add_version(connection, id, replace(version, number=1), contents)
            BOOK.tell(connection, id, "saved", version.who, {})
            return rows.read(connection, id)

    def get(self, id: str) -> Saved:
        """One that is not deleted.

        Raises
        ------
        ExpiredError
            If there is none.
        """
        with self.database.read() as connection:
            found = rows.read(connection, id)
        if found.deleted:
            raise ExpiredError(f"“{found.name}” was deleted.", "Put it back on the Saved page.")
        return found

    def token(self, id: str) -> str:
        """See :attr:`core.segments.keeping.saved.Saved.token`; quick, for it is asked with every question."""
        with self.database.read() as connection:
            row = connection.execute(
                select(SEGMENTATIONS.c.version, SEGMENTATIONS.c.revision, SEGMENTATIONS.c.deleted).where(
                    SEGMENTATIONS.c.id == id
                )
            ).one_or_none()
        if row is None or row.deleted:
            raise BOOK.missing(id)
        return f"{id}@{row.version}.{row.revision}"

    def all(self, *, deleted: bool = False) -> list[Saved]:
        """Those that are kept, or those in the trash; the latest first. What has waited too long there is removed."""
        BOOK.sweep(self.database)
        there = SEGMENTATIONS.c.deleted.is_not(None) if deleted else SEGMENTATIONS.c.deleted.is_(None)
        order = SEGMENTATIONS.c.deleted if deleted else SEGMENTATIONS.c.made
        with self.database.read() as connection:
            ids = connection.execute(select(SEGMENTATIONS.c.id).where(there).order_by(order.desc(), SEGMENTATIONS.c.id))
            return [rows.read(connection, id) for id in ids.scalars().all()]

    def contents(self, id: str, version: int) -> rows.Contents:
        """The heavy part of a version."""
        wanted = select(VERSIONS.c.model, VERSIONS.c.members, VERSIONS.c.baseline)
        with self.database.read() as connection:
            row = connection.execute(wanted.where(VERSIONS.c.segmentation == id, VERSIONS.c.version == version)).one()
        return rows.Contents(bytes(row.model), bytes(row.members), bytes(row.baseline))

    def rename(self, id: str, name: str, who: str = "") -> Saved:
        """Call it something else."""
        name = named(name, BOOK.kind)
        return self._change(id, "renamed", who, lambda saved: ({"name": name}, saved.name, name))

    def note(self, id: str, note: str, who: str = "") -> Saved:
        """Write something about it."""
        note = rows.clean_note(note)
        return self._change(id, "noted", who, lambda saved: ({"note": note}, saved.note, note))

    def rename_segment(self, id: str, segment: int, name: str, who: str = "") -> Saved:
        """Give a segment a name that no refit changes.

        Raises
        ------
        ParameterError
            If there is no such segment, or another one is called so.
        """
        name = named(name, "segment", 80)
        with self.database.write() as connection:
            saved = rows.read(connection, id, living=True)
            now_called = {each.id: each for each in saved.current.living}
            if segment not in now_called:
                raise ParameterError(f"“{saved.name}” has no segment {segment}.", "Choose one of those listed.")
            if any(each.name.casefold() == name.casefold() for each in now_called.values() if each.id != segment):
                raise ParameterError(f"Another segment is called “{name}”.", "Give it a name of its own.")
            before = now_called[segment]
            if before.name != name:
                rows.replace_segment(
                    connection, saved, replace(before, name=name, slug=rows.unused_slug(saved, name), named=True)
                )
                detail = {"before": before.name, "after": name, "version": saved.current.number, "was": asdict(before)}
                BOOK.tell(connection, id, "segment renamed", who, detail)
                BOOK.touch(connection, id)
            return rows.read(connection, id)

    def add_version(self, id: str, version: Version, contents: rows.Contents, *, token: str) -> Saved:
        """Keep a refit as a further version.

        Parameters
        ----------
        token : str
            What the refit was matched to.

        Raises
        ------
        ParameterError
            If somebody changed the saved segmentation in the meantime.
        """
        with self.database.write() as connection:
            saved = rows.read(connection, id, living=True)
            if saved.token != token:
                raise ParameterError(f"“{saved.name}” was changed in the meantime.", "Look at it again, then keep it.")
            number = max(saved.versions) + 1
            rows.add_version(connection, id, replace(version, number=number), contents)
            detail = {"before": saved.current.number, "after": number}
            BOOK.tell(connection, id, "refitted", version.who, detail)
            BOOK.touch(connection, id, version=number, next_segment=max(saved.next_segment, rows.next_segment(version)))
            return rows.read(connection, id)

    def undo(self, id: str) -> Saved:
        """Take back the last change.

        Raises
        ------
        ParameterError
            If there is none.
        """
        with self.database.write() as connection:
            saved = rows.read(connection, id, living=True)
            last = saved.undoable
            if last is None:
                raise ParameterError(f"Nothing was changed in “{saved.name}”.", "There is nothing to undo.")
            if last.what == "segment renamed":
                # Versions may have come or gone since: the name alone goes back.
                was = Held(**last.detail["was"])
                for mine in [each for each in saved.current.segments if each.id == was.id]:
                    back = replace(mine, name=was.name, slug=was.slug, named=was.named)
                    rows.replace_segment(connection, saved, back)
                fields = {}
            else:
                fields = {{"renamed": "name", "noted": "note", "refitted": "version"}[last.what]: last.detail["before"]}
            BOOK.take_back(connection, id, last.what)
            BOOK.touch(connection, id, **fields)
            return rows.read(connection, id)

    def delete(self, id: str, who: str = "") -> Saved:
        """Into the trash."""
        return self._change(id, "deleted", who, lambda saved: ({"deleted": now()}, "", ""))

    def restore(self, id: str, who: str = "") -> Saved:
        """Back from the trash."""
        with self.database.write() as connection:
            if rows.read(connection, id).deleted:
                BOOK.take_back(connection, id, "deleted")
                BOOK.tell(connection, id, "restored", who, {})
                BOOK.touch(connection, id, deleted=None)
            return rows.read(connection, id)

    def purge(self, id: str) -> None:
        """Gone for good; only from the trash."""
        BOOK.purge(self.database, id)

    def forget(self, datasets: Iterable[str]) -> None:
        """Remove for good whatever holds the people of datasets: versions, and what has none left."""
        gone = sorted(datasets)
        with self.database.write() as connection:
            hit = select(VERSIONS.c.segmentation).where(VERSIONS.c.dataset.in_(gone)).distinct()
            ids = connection.execute(hit).scalars().all()
            connection.execute(delete(VERSIONS).where(VERSIONS.c.dataset.in_(gone)))
            for id in ids:
                mine = select(VERSIONS.c.version).where(VERSIONS.c.segmentation == id)
                left = connection.execute(mine).scalars().all()
                if not left:
                    connection.execute(delete(SEGMENTATIONS).where(SEGMENTATIONS.c.id == id))
                    continue
                BOOK.take_back(connection, id, "refitted", every=True)
                current = connection.execute(
                    select(SEGMENTATIONS.c.version).where(SEGMENTATIONS.c.id == id)
                ).scalar_one()
                BOOK.touch(connection, id, version=current if current in left else max(left))
        if ids:
            self.database.shrink()

    def _change(self, id: str, what: str, who: str, how: Any) -> Saved:
        with self.database.write() as connection:
            fields, before, after = how(saved := rows.read(connection, id, living=True))
            if before != after or what == "deleted":
                BOOK.tell(connection, id, what, who, {"before": before, "after": after})
                BOOK.touch(connection, id, **fields)
                saved = rows.read(connection, id)
            return saved
