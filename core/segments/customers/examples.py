"""Customers worth looking at: the most typical of each segment, and some between two segments."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.codec import cacheable
from core.segments.dividing.sampling import study
from core.segments.dividing.segmentation import Segmentation
from core.segments.inputs import features
from core.segments.inputs.features import Recipe, Source
from core.stages import stage
from core.warehouse.people import People

BETWEEN = 6


@cacheable
@dataclass(frozen=True)
class Examples:
    """Customers to begin with.

    ``typical``: customer (row), customer_id, segment: the one nearest to the centre of each segment. ``between``: the
    same with runner_up and margin, the smallest margin first and of no pair of segments more than two. ``sampled``:
    among how many they were looked for, 0 for all.
    """

    typical: pd.DataFrame
    between: pd.DataFrame
    sampled: int


@stage(version=1)
def examples(source: Source, recipe: Recipe, k: int, seed: int, *, found: Segmentation) -> Examples:
    """Find customers to begin with.

    Parameters
    ----------
    source : Slice or People
        Those whom the segments were learned from.
    recipe, k, seed
        Name the segmentation ``found``.
    """
    frame = features.frame(source)
    rows = study(len(frame), seed)
    placed = found.model.place(found.model.values(frame.iloc[rows]))
    told = pd.DataFrame(
        {
            "customer": rows, "customer_id": ids(source).iloc[rows].to_numpy(), "segment": found.labels[rows],
            "runner_up": placed.runner_up, "margin": placed.margin, "distance": placed.distance,
        }
    )  # fmt: skip
    told = told[(told["segment"] != found.apart) & (placed.segment == found.labels[rows])]
    typical = told.sort_values(["distance", "customer"]).drop_duplicates("segment").sort_values("segment")
    near = told[told["runner_up"] > 0].sort_values(["margin", "customer"])
    pair = np.sort(near[["segment", "runner_up"]].to_numpy(), axis=1)
    turn = near.assign(low=pair[:, 0], high=pair[:, 1]).groupby(["low", "high"]).cumcount()
    between = near[(turn < 2).to_numpy()].head(BETWEEN)
    return Examples(
        typical=typical[["customer", "customer_id", "segment"]].reset_index(drop=True),
        between=between[["customer", "customer_id", "segment", "runner_up", "margin"]].reset_index(drop=True),
        sampled=len(rows) if len(rows) < len(frame) else 0,
    )


def ids(source: Source) -> pd.Series:
    """The id of each customer whom segments are learned from."""
    people = source.frame() if isinstance(source, People) else features.customers(source)
    return people["customer_id"].astype(str)
