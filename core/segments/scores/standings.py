"""Who is in which RFM group or learned segment as of a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from core.codec import cacheable
from core.segments.dividing import segmentation
from core.segments.dividing.segmentation import Segmentation
from core.segments.inputs import features
from core.segments.inputs.features import Recipe
from core.segments.keeping.matching import match
from core.segments.scores import rfm, rfm_edges, rfm_maps
from core.segments.scores.dated import OF_LINES, Dated, dated, last_day
from core.segments.scores.rfm import Rfm
from core.stages import stage
from core.warehouse.tables import Slice

# Ids of segments that a refit found and that are none of those in use: one range a date, for they are not the same.
FRESH = 1000
PALETTE = 10


@cacheable
@dataclass(frozen=True)
class Standing:
    """Where customers stand as of the end of a day.

    ``people``: customer, id (of segment or group), recency_days, frequency, cents; who had not ordered by then is not
    in it. ``names``: id, name, colour. ``told``: sentences on what a refit found.
    """

    people: pd.DataFrame
    names: pd.DataFrame
    told: list[str] = field(default_factory=list)


@stage(version=1)
def grouped(source: Slice, day: str, drawn: str, thresholds: str, own: bool, *, scored: Rfm) -> Standing:
    """RFM groups as of the end of a day.

    Parameters
    ----------
    source : Slice
        The whole dataset.
    day : str
        ISO date.
    drawn, thresholds : str
        The map and the thresholds in use.
    own : bool
        Whether the edges of the scores are found anew among the customers of then, and not those of ``scored``.
    scored : Rfm
        Of the whole dataset.
    """
    then = dated(source, dt.date.fromisoformat(day)).people_then()
    cuts = rfm.found_edges(then, rfm_edges.read(thresholds)) if own else scored.edges
    drawn_map = rfm_maps.read(drawn)
    r, f, m = rfm.codes(then, cuts)
    ids = drawn_map.number(r, (f + m + 1) // 2)
    named = [(place, group.label, group.colour) for place, group in enumerate(drawn_map.groups, start=1)]
    names = pd.DataFrame(named, columns=["id", "name", "colour"])
    return Standing(_people(then, ids), names)


@stage(version=1)
def placed(source: Slice, recipe: Recipe, k: int, seed: int, day: str, refit: bool, *, found: Segmentation) -> Standing:
    """Learned segments as of the end of a day.

    Parameters
    ----------
    source : Slice
        The whole dataset.
    recipe, k, seed
        Name the segmentation ``found``, which is of the whole dataset.
    day : str
        ISO date.
    refit : bool
        Whether segments are learned anew from the customers of then. One of them is the same segment as one in use
        where both hold mostly the same customers of then (see :func:`core.segments.keeping.matching.match`).
    found : Segmentation

    Notes
    -----
    On the last day everybody is where the segmentation itself has put them. Before, its model places them by the
    figures of then.
    """
    moment = dt.date.fromisoformat(day)
    names = found.segments[["id", "name", "colour"]].reset_index(drop=True)
    if moment >= last_day(source.tables.meta):
        then = dated(source, moment).people_then()
        return Standing(_people(then, found.labels[then["customer"]]), names)
    told = features.chosen(source, recipe)
    asked = {feature.slug for feature in told}
    # A refit is named and described as well, and that takes all figures.
    behind = {"price", "items_per_order", "products", "returned_share"}
    needs = {*OF_LINES, "country"} if refit else {*(OF_LINES if asked & behind else ()), *(asked & {"country"})}
    past = dated(source, moment, needs)
    then, ids = past.people_then(), _placed(past, recipe, found)
    if not refit:
        return Standing(_people(then, ids), names)
    return _refitted(past, then, recipe, k, seed, ids, names)


def _placed(past: Dated, recipe: Recipe, found: Segmentation) -> np.ndarray:
    frame = features.frame(past).reset_index(drop=True)
    return found.model.place_all(frame, drop=recipe.missing == "drop").segment


def _refitted(
    past: Dated, then: pd.DataFrame, recipe: Recipe, k: int, seed: int, frozen: np.ndarray, names: pd.DataFrame
) -> Standing:
    again = segmentation.segmentation(past, recipe, k, seed)
    index = then["customer"]
    pairs = match(pd.Series(frozen, index), pd.Series(again.labels, index), (0, 0)).kept
    taken, told, fresh = set(names["colour"]), [], []
    year = f"{past.span.end:%b %Y}"
    for name in again.names:
        if name.id in pairs:
            continue
        colour = next((slot for slot in (name.colour, *range(PALETTE)) if slot not in taken), name.colour)
        taken.add(colour)
        pairs[name.id] = FRESH + past.span.end.toordinal() * 100 + name.id
        fresh.append((pairs[name.id], f"{name.name} ({year})", colour))
        told.append(f"{name.name}, {name.customers:,} customers, is none of the segments in use.")
    ids = np.array([pairs[int(label)] for label in again.labels], dtype=np.int64)
    more = pd.DataFrame(fresh, columns=["id", "name", "colour"])
    return Standing(_people(then, ids), pd.concat([names, more], ignore_index=True) if fresh else names, told)


def _people(then: pd.DataFrame, ids: np.ndarray) -> pd.DataFrame:
    columns = then[["customer", "recency_days", "frequency", "cents"]]
    return columns.assign(id=np.asarray(ids, dtype=np.int64)).astype({"customer": "int64"})
