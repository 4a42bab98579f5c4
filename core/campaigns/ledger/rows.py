"""Rows of the book of campaigns: reading them as what they stand for, and writing them within a transaction."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, select

from core.campaigns.ledger.brief import Brief, of
from core.view import View
from core.warehouse.book import Book, Event, table_of

CAMPAIGNS = table_of(
    "campaigns", "id", "name", "note", "who", "made", "revision", "dataset", "dataset_name", "definition", "salt",
    "archived", "deleted",
)  # fmt: skip
EVENTS = table_of("campaign_events", "id", "campaign", "happened", "who", "what", "detail", "undone")
FILES = table_of("campaign_files", "campaign", "number", "destination", "dataset", "who", "made", "manifest", "members")
RESULTS = table_of("campaign_results", "campaign", "number", "digest", "source", "who", "made", "description",
                   "outcomes", "dropped")  # fmt: skip


BOOK = Book(
    CAMPAIGNS, EVENTS, "campaign", "campaign", "The list of campaigns shows those there are.",
    {
        "planned": "Planned", "changed": "Plan changed", "copied": "Copied from “{before}”",
        "archived": "Archived", "unarchived": "Taken out of the archive", "deleted": "Deleted",
        "restored": "Put back", "file": "File for {destination} made", "results": "Results of {source} read",
        "results dropped": "Results of {source} taken back", "results back": "Results of {source} put back",
    },
)  # fmt: skip


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
    row = BOOK.row(connection, id, living=living)
    files = connection.execute(select(FILES.c.number).where(FILES.c.campaign == id)).scalars().all()
    counting = (RESULTS.c.campaign == id) & RESULTS.c.dropped.is_(None)
    results = connection.execute(select(RESULTS.c.number).where(counting)).scalars().all()
    return Campaign(
        row.id, row.who, row.made, row.revision, row.dataset, row.dataset_name, *defined(row.definition),
        row.salt, row.archived or "", row.deleted or "", len(files), len(results), BOOK.history(connection, id),
    )  # fmt: skip


def define(view: View, brief: Brief) -> str:
    """What is planned, as it is written down."""
    return json.dumps({"view": replace(view, options=()).to_json(), "brief": brief.pairs}, ensure_ascii=False)


def defined(text: str) -> tuple[View, Brief]:
    """What :func:`define` wrote down."""
    said = json.loads(text)
    return View.from_json(said["view"]), of(said["brief"])
