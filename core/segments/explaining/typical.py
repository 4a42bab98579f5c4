"""Typical customers of a segment: those nearest to its centre."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.codec import cacheable
from core.segments.describing.comparing import ordered, shown
from core.segments.inputs import features
from core.segments.inputs.features import Feature, Recipe, Source
from core.stages import stage
from core.warehouse.people import People

MOST = 5


@cacheable
@dataclass(frozen=True)
class Typical:
    """``rows``: id, rank (1 is nearest), customer (number), customer_id, distance (to the centre, in prepared units).

    ``cells``: id, rank, feature, label, unit, value (money in cents; NaN where it is not known or no number), said (a
    level or category in words; empty for numbers).
    """

    rows: pd.DataFrame
    cells: pd.DataFrame


@stage(version=1)
def typical(source: Source, recipe: Recipe, k: int, seed: int, *, labels: np.ndarray) -> Typical:
    """Find the five customers nearest to the centre of each segment.

    Parameters
    ----------
    source : Slice or People
        The whole dataset.
    recipe, k, seed
        Name the segmentation that ``labels`` come from.
    labels : int array
        Segment of each customer.

    Notes
    -----
    The centre is the average of the segment's customers in prepared units, also where the algorithm knows none; of
    equally near ones the smaller number comes first.
    """
    values = features.values(source, recipe)
    frame = source.frame() if isinstance(source, People) else features.customers(source)
    found = nearest(values, labels)
    rows = found.assign(customer_id=frame["customer_id"].to_numpy()[found["customer"]])
    return Typical(rows, _cells(features.frame(source), features.chosen(source, recipe), found))


def nearest(values: np.ndarray, labels: np.ndarray, most: int = MOST) -> pd.DataFrame:
    """Who lies nearest to the average of each segment: id, rank, customer, distance.

    Examples
    --------
    >>> nearest(np.array([[0.0], [4.0], [5.0], [9.0]]), np.array([1, 1, 1, 2]), most=1)["customer"].tolist()
    [1, 3]
    """
    rows = []
    for segment in np.unique(labels):
        mine = np.flatnonzero(labels == segment)
        away = np.linalg.norm(values[mine] - values[mine].mean(axis=0), axis=1)
        order = np.argsort(away.round(12), kind="stable")[:most]
        rows += [
            (int(segment), rank, int(mine[place]), float(away[place])) for rank, place in enumerate(order, start=1)
        ]
    return pd.DataFrame(rows, columns=["id", "rank", "customer", "distance"])


def _cells(frame: pd.DataFrame, told: Sequence[Feature], found: pd.DataFrame) -> pd.DataFrame:
    parts = []
    for feature in told:
        mine = frame[feature.slug].iloc[found["customer"]].reset_index(drop=True)
        category = feature.scale == "nominal"
        words = mine if category else ordered(mine, feature)
        parts.append(
            found[["id", "rank"]].assign(
                feature=feature.slug,
                label=feature.label,
                unit=feature.unit,
                value=np.nan if category else shown(mine, feature),
                said="" if words is None else words.fillna("").astype(str),
            )
        )
    return pd.concat(parts, ignore_index=True).sort_values(["id", "rank"], kind="stable", ignore_index=True)
