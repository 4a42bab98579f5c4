"""Rows of saved segmentations: reading them as what they stand for, and writing them within a transaction."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, column, insert, select, table, update

from core.errors import ExpiredError, ParameterError
from core.segments.keeping.saved import Happening, Held, Saved, Version, to_json
from core.warehouse.database import now

MOST_NOTE = 2000


def _table(name: str, *columns: str) -> Any:
    return table(name, *(column(each) for each in columns))


SEGMENTATIONS = _table(
    "segmentations", "id", "name", "note", "who", "made", "version", "revision", "next_segment", "deleted"
)
VERSIONS = _table(
    "segmentation_versions", "segmentation", "version", "dataset", "dataset_name", "customers", "definition",
    "segments", "news", "who", "made", "baseline", "model", "members",
)  # fmt: skip
EVENTS = _table("segmentation_events", "id", "segmentation", "happened", "who", "what", "detail", "undone")
LIGHT = [each for each in VERSIONS.c if each.name not in ("baseline", "model", "members")]


@dataclass(frozen=True)
class Contents:
    """What is heavy of a version: the model, the members and the baseline, as bytes."""

    model: bytes
    members: bytes
    baseline: bytes


def read(connection: Connection, id: str, *, living: bool = False) -> Saved:
    """One with its current version and its history; ``living``: not from the trash, and to be changed."""
    found = select(SEGMENTATIONS).where(SEGMENTATIONS.c.id == id)
    # Two who change the same one wait for each other, also where the database is shared.
    row = connection.execute(found.with_for_update() if living else found).one_or_none()
    if row is None or (living and row.deleted):
        raise missing(id)
    mine = VERSIONS.c.segmentation == id
    numbers = connection.execute(select(VERSIONS.c.version).where(mine).order_by(VERSIONS.c.version)).scalars().all()
    version = connection.execute(select(*LIGHT).where(mine, VERSIONS.c.version == row.version)).one()
    events = connection.execute(select(EVENTS).where(EVENTS.c.segmentation == id).order_by(EVENTS.c.id.desc())).all()
    history = [Happening(e.what, e.who, e.happened, json.loads(e.detail), bool(e.undone)) for e in events]
    return Saved(
        row.id, row.name, row.note, row.who, row.made, row.revision, row.next_segment, _version(version),
        tuple(numbers), tuple(history), row.deleted or "",
    )  # fmt: skip


def _version(row: Any) -> Version:
    said = json.loads(row.definition)
    return Version(
        row.version, row.dataset, row.dataset_name, said["kind"], row.customers, said["view"],
        tuple((slug, label) for slug, label in said["features"]),
        tuple(Held(**each) for each in json.loads(row.segments)), tuple(json.loads(row.news)), row.who, row.made,
        said["recipe"],
    )  # fmt: skip


def add_version(connection: Connection, id: str, version: Version, contents: Contents) -> None:
    """Write a version down."""
    said = {"view": dict(version.definition), "features": version.features, "kind": version.kind,
            "recipe": dict(version.recipe)}  # fmt: skip
    connection.execute(
        insert(VERSIONS).values(
            segmentation=id, version=version.number, dataset=version.dataset, dataset_name=version.dataset_name,
            customers=version.customers, definition=to_json(said), segments=to_json(version.segments),
            news=to_json(version.news), who=version.who, made=now(), baseline=contents.baseline,
            model=contents.model, members=contents.members,
        )
    )  # fmt: skip


def replace_segment(connection: Connection, saved: Saved, segment: Held) -> None:
    """Give a segment of the current version another name."""
    segments = [segment if each.id == segment.id else each for each in saved.current.segments]
    here = (VERSIONS.c.segmentation == saved.id) & (VERSIONS.c.version == saved.current.number)
    connection.execute(update(VERSIONS).where(here).values(segments=to_json(segments)))


def tell(connection: Connection, id: str, what: str, who: str, detail: dict[str, Any]) -> None:
    """Add a line to the history."""
    told = {"segmentation": id, "happened": now(), "who": _who(who), "what": what, "undone": 0}
    connection.execute(insert(EVENTS).values(**told, detail=to_json(detail)))


def take_back(connection: Connection, id: str, what: str, *, every: bool = False) -> None:
    """Mark the last happening of a kind, or every one, as undone."""
    mine = (EVENTS.c.segmentation == id) & (EVENTS.c.what == what) & (EVENTS.c.undone == 0)
    numbers = connection.execute(select(EVENTS.c.id).where(mine).order_by(EVENTS.c.id.desc())).scalars().all()
    chosen = numbers if every else numbers[:1]
    connection.execute(update(EVENTS).where(EVENTS.c.id.in_(chosen)).values(undone=1))


def touch(connection: Connection, id: str, **fields: Any) -> None:
    """Change what is said of it, and its revision with it."""
    changed = {**fields, "revision": SEGMENTATIONS.c.revision + 1}
    connection.execute(update(SEGMENTATIONS).where(SEGMENTATIONS.c.id == id).values(**changed))


def next_segment(version: Version) -> int:
    """The first segment number that was never used."""
    return max((segment.id for segment in version.segments), default=0) + 1


def clean_note(text: str) -> str:
    """A note without what cannot be seen."""
    if len(text) > MOST_NOTE:
        raise ParameterError(f"The note has {len(text):,} characters.", f"Keep it to {MOST_NOTE:,}.")
    return "".join(c for c in text if c.isprintable() or c == "\n").strip()


def _who(text: str) -> str:
    return " ".join("".join(c for c in text if c.isprintable()).split())[:80]


def unused_slug(saved: Saved, name: str) -> str:
    """A slug that no segment of it has."""
    taken = {segment.slug for segment in saved.current.segments}
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "segment"
    return plain if plain not in taken else next(s for n in range(2, 99) if (s := f"{plain}-{n}") not in taken)


def missing(id: str) -> ExpiredError:
    """What to say where there is none."""
    return ExpiredError(
        f"There is no saved segmentation {id[:20]!r} here.", "The Saved page lists those there are, and the trash."
    )
