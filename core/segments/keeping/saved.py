"""What is kept of a saved segmentation: how it was made, who is in which segment, and what the segments are called."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from core.segments.dividing.segmentation import Segmentation
from core.view import View
from core.warehouse.book import Event

# What of a view decides who is in which segment, beside the dataset.
DEFINING = (
    "rules", "as_of", "features", "prepare", "own", "weights", "outliers", "missing", "method", "k", "k_range", "seed",
    "rfm_map", "rfm_edges",
)  # fmt: skip


@dataclass(frozen=True)
class Held:
    """A segment whose name is kept.

    ``named``: somebody gave the name by hand. ``retired``: it is no longer there, and its number is never given again.
    """

    id: int
    name: str
    slug: str
    colour: int
    archetype: str
    portrait: str
    customers: int
    named: bool = False
    retired: bool = False
    apart: bool = False


@dataclass(frozen=True)
class Version:
    """A segmentation as it was kept at one moment.

    ``definition``: the parameters of :data:`DEFINING`, with k as it was found. ``features``: what it was learned from,
    (slug, label) each. ``news``: what became of the segments of the version before. ``recipe``: that of
    :class:`core.segments.inputs.features.Recipe`, with k and seed.
    """

    number: int
    dataset: str
    dataset_name: str
    kind: str
    customers: int
    definition: Mapping[str, Any]
    features: tuple[tuple[str, str], ...]
    segments: tuple[Held, ...]
    news: tuple[str, ...]
    who: str
    made: str
    recipe: Mapping[str, Any] = field(default_factory=dict)

    @property
    def living(self) -> tuple[Held, ...]:
        """The segments that there are."""
        return tuple(segment for segment in self.segments if not segment.retired)


@dataclass(frozen=True)
class Saved:
    """A saved segmentation: its current version, how many there are, and what happened to it, the latest first.

    ``revision`` grows with every change, so that what is computed from it is never taken for what it was before.
    """

    id: str
    name: str
    note: str
    who: str
    made: str
    revision: int
    next_segment: int
    current: Version
    versions: tuple[int, ...] = ()
    history: tuple[Event, ...] = field(default=())
    deleted: str = ""

    @property
    def token(self) -> str:
        """Names it, its version and its names: results are kept under it."""
        return f"{self.id}@{self.current.number}.{self.revision}"

    @property
    def view(self) -> View:
        """The view that shows it as it was saved."""
        return View(self.current.dataset, **_tuples(self.current.definition), saved=self.id)

    @property
    def undoable(self) -> Event | None:
        """The last change that can be taken back."""
        changes = ("renamed", "noted", "segment renamed", "refitted")
        return next((each for each in self.history if each.what in changes and not each.undone), None)


def definition(view: View, k: int) -> dict[str, Any]:
    """What decides who is in which segment, with k as it was found."""
    return {**{name: getattr(view, name) for name in DEFINING}, "k": k}


def segments_of(found: Segmentation, before: Sequence[Held] = ()) -> tuple[Held, ...]:
    """The segments of a segmentation, with those of the version before that are no longer there."""
    known = {segment.id: segment for segment in before}
    made = [
        Held(
            int(row["id"]), str(row["name"]), str(row["slug"]), int(row["colour"]), str(row["archetype"]),
            str(row["portrait"]), int(row["customers"]), row["id"] in known and known[row["id"]].named,
            apart=bool(row["id"] == found.apart),
        )
        for row in found.segments.to_dict("records")
    ]  # fmt: skip
    there = {segment.id for segment in made}
    return (*made, *(replace(segment, retired=True) for segment in before if segment.id not in there))


def pack_members(customers: Iterable[str], labels: np.ndarray) -> bytes:
    """Who is in which segment, compressed: a few bytes a customer."""
    table = pa.table({"customer_id": pa.array(list(customers), pa.string()), "segment": pa.array(labels, pa.int32())})
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()


def unpack_members(data: bytes) -> pd.Series:
    """The segment of each customer by id, in the order in which they were saved.

    Examples
    --------
    >>> unpack_members(pack_members(["a", "b"], np.array([2, 1]))).to_dict()
    {'a': 2, 'b': 1}
    """
    frame = pq.read_table(io.BytesIO(data)).to_pandas()
    return pd.Series(frame["segment"].to_numpy(dtype="int64"), index=frame["customer_id"].astype(str), name="segment")


def to_json(value: Any) -> str:
    """Segments, a definition or news as they are written down."""
    return json.dumps(value, ensure_ascii=False, default=asdict)


def _tuples(definition: Mapping[str, Any]) -> dict[str, Any]:
    """JSON knows lists alone; a view holds tuples."""

    def tupled(value: Any) -> Any:
        return tuple(tupled(each) for each in value) if isinstance(value, list | tuple) else value

    return {name: tupled(value) for name, value in definition.items() if name in DEFINING}
