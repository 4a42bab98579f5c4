"""Rows of saved segmentations: reading them as what they stand for, and writing them within a transaction."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from core.errors import ParameterError
from core.segments.keeping.saved import Held, Saved, Version, to_json
from core.warehouse.book import Book, table_of
from core.warehouse.database import now

MOST_NOTE = 2000
SEGMENTATIONS = table_of(
    "segmentations", "id", "name", "note", "who", "made", "version", "revision", "next_segment", "deleted"
)
VERSIONS = table_of(
    "segmentation_versions", "segmentation", "version", "dataset", "dataset_name", "customers", "definition",
    "segments", "news", "who", "made", "baseline", "model", "members",
)  # fmt: skip
EVENTS = table_of("segmentation_events", "id", "segmentation", "happened", "who", "what", "detail", "undone")
LIGHT = [each for each in VERSIONS.c if each.name not in ("baseline", "model", "members")]
BOOK = Book(
    SEGMENTATIONS, EVENTS, "segmentation", "saved segmentation", "The Saved page lists those there are, and the trash.",
    {
        "saved": "Saved", "renamed": "Renamed from “{before}” to “{after}”", "noted": "Note changed",
        "segment renamed": "Segment “{before}” renamed to “{after}”", "refitted": "Refit kept as version {after}",
        "deleted": "Deleted", "restored": "Put back",
    },
)  # fmt: skip


@dataclass(frozen=True)
class Contents:
    """What is heavy of a version: the model, the members and the baseline, as bytes."""

    model: bytes
    members: bytes
    baseline: bytes


def read(connection: Connection, id: str, *, living: bool = False) -> Saved:
    """One with its current version and its history; ``living``: not from the trash, and to be changed."""
    row = BOOK.row(connection, id, living=living)
    mine = VERSIONS.c.segmentation == id
    numbers = connection.execute(select(VERSIONS.c.version).where(mine).order_by(VERSIONS.c.version)).scalars().all()
    version = connection.execute(select(*LIGHT).where(mine, VERSIONS.c.version == row.version)).one()
    return Saved(
        row.id, row.name, row.note, row.who, row.made, row.revision, row.next_segment, _version(version),
        tuple(numbers), BOOK.history(connection, id), row.deleted or "",
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


def next_segment(version: Version) -> int:
    """The first segment number that was never used."""
    return max((segment.id for segment in version.segments), default=0) + 1


def clean_note(text: str) -> str:
    """A note without what cannot be seen."""
    if len(text) > MOST_NOTE:
        raise ParameterError(f"The note has {len(text):,} characters.", f"Keep it to {MOST_NOTE:,}.")
    return "".join(c for c in text if c.isprintable() or c == "\n").strip()


def unused_slug(saved: Saved, name: str) -> str:
    """A slug that no segment of it has."""
    taken = {segment.slug for segment in saved.current.segments}
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "segment"
    return plain if plain not in taken else next(s for n in range(2, 99) if (s := f"{plain}-{n}") not in taken)
