"""Rows of the book of campaigns: reading them as what they stand for, and writing them within a transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, column, insert, select, table, update

from core.campaigns.ledger.brief import Brief, of
from core.errors import ExpiredError
from core.view import View
from core.warehouse.database import now


def _table(name: str, *columns: str) -> Any:
    return table(name, *(column(each) for each in columns))


CAMPAIGNS = _table(
    "campaigns", "id", "name", "note", "who", "made", "revision", "dataset", "dataset_name", "definition", "salt",
    "archived", "deleted",
)  # fmt: skip
EVENTS = _table("campaign_events", "id", "campaign", "happened", "who", "what", "detail", "undone")
FILES = _table("campaign_files", "campaign", "number", "destination", "dataset", "who", "made", "manifest", "members")
RESULTS = _table("campaign_results", "campaign", "number", "digest", "source", "who", "made", "description", "outcomes",
                 "dropped")  # fmt: skip


@dataclass(frozen=True)
class Event:
    """Something that was done to a campaign; ``undone`` if it was taken back."""

    what: str
    who: str
    when: str
    detail: Mapping[str, Any]
    undone: bool = False

    @property
    def words(self) -> str:
        """What happened, in a sentence without its full stop."""
        said = {
            "planned": "Planned", "changed": "Plan changed", "copied": "Copied from “{before}”",
            "archived": "Archived", "unarchived": "Taken out of the archive", "deleted": "Deleted",
            "restored": "Put back", "file": "File for {destination} made", "results": "Results of {source} read",
            "results dropped": "Results of {source} taken back", "results back": "Results of {source} put back",
        }  # fmt: skip
        return said[self.what].format(**self.detail)


@dataclass(frozen=True)
class Campaign:
    """A campaign of the book.

    Parameters
    ----------
    view : View
        The analysis that it was planned on; its period and filters narrow the audience.
    salt : str
        With a customer's id it decides the arm, so no two campaigns hold back the same people.
    files, results : int
        How many were made and read.
    """

    id: str
    who: str
    made: str
    revision: int
    dataset: str
    dataset_name: str
    view: View
    brief: Brief
    salt: str
    archived: str = ""
    deleted: str = ""
    files: int = 0
    results: int = 0
    history: tuple[Event, ...] = field(default=())

    @property
    def name(self) -> str:
        return self.brief.name

    @property
    def undoable(self) -> Event | None:
        """The last change of the plan that can be taken back."""
        return next((each for each in self.history if each.what == "changed" and not each.undone), None)


def read(connection: Connection, id: str, *, living: bool = False) -> Campaign:
    """One with its history; ``living``: not from the trash, and to be changed."""
    found = select(CAMPAIGNS).where(CAMPAIGNS.c.id == id)
    row = connection.execute(found.with_for_update() if living else found).one_or_none()
    if row is None or (living and row.deleted):
        raise missing(id)
    files = connection.execute(select(FILES.c.number).where(FILES.c.campaign == id)).scalars().all()
    counting = (RESULTS.c.campaign == id) & RESULTS.c.dropped.is_(None)
    results = connection.execute(select(RESULTS.c.number).where(counting)).scalars().all()
    events = connection.execute(select(EVENTS).where(EVENTS.c.campaign == id).order_by(EVENTS.c.id.desc())).all()
    history = tuple(Event(e.what, e.who, e.happened, json.loads(e.detail), bool(e.undone)) for e in events)
    return Campaign(
        row.id, row.who, row.made, row.revision, row.dataset, row.dataset_name, *defined(row.definition),
        row.salt, row.archived or "", row.deleted or "", len(files), len(results), history,
    )  # fmt: skip


def define(view: View, brief: Brief) -> str:
    """What is planned, as it is written down."""
    return json.dumps({"view": replace(view, options=()).to_json(), "brief": brief.pairs}, ensure_ascii=False)


def defined(text: str) -> tuple[View, Brief]:
    """What :func:`define` wrote down."""
    said = json.loads(text)
    return View.from_json(said["view"]), of(said["brief"])


def tell(connection: Connection, id: str, what: str, who: str, detail: Mapping[str, Any]) -> None:
    """Add a line to the history."""
    plain = " ".join("".join(c for c in who if c.isprintable()).split())[:80]
    told = {"campaign": id, "happened": now(), "who": plain, "what": what, "undone": 0}
    connection.execute(insert(EVENTS).values(**told, detail=json.dumps(dict(detail), ensure_ascii=False)))


def touch(connection: Connection, id: str, **fields: Any) -> None:
    """Change what is said of it, and its revision with it."""
    changed = {**fields, "revision": CAMPAIGNS.c.revision + 1}
    connection.execute(update(CAMPAIGNS).where(CAMPAIGNS.c.id == id).values(**changed))


def missing(id: str) -> ExpiredError:
    """What to say where there is none."""
    return ExpiredError(f"There is no campaign {id[:20]!r} here.", "The list of campaigns shows those there are.")
