"""Whether segments come back when other customers had happened to be there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from core.codec import cacheable
from core.segments.choosing.arguments import DOUBTFUL, HIGHLY, STABLE
from core.segments.choosing.divisions import in_order
from core.segments.choosing.resampling import resampled, several
from core.segments.dividing import clusterer, sampling
from core.segments.inputs import features
from core.segments.inputs.features import Recipe, Source
from core.stages import stage

# Of the segments in use; and of every number, where there are many times as many to divide.
SAMPLE, RESAMPLES = 5_000, 100
SWEEP_RESAMPLES = 30
# Methods that look at all pairs of customers, or at every customer many times.
SLOW_SAMPLE, SLOW_RESAMPLES, SLOW_SWEEP_RESAMPLES = 1_000, 25, 10
BANDS = ("unstable", "doubtful", "stable", "highly stable")


@cacheable
@dataclass(frozen=True)
class Stability:
    """How well each segment comes back.

    ``rows``: id, jaccard (mean overlap with the most similar group of a resample), low and high (its 5th and 95th
    percentile), spread (standard deviation), dissolved (share of resamples in which it overlapped half or less),
    band (one of :data:`BANDS`, empty where it was too small to be drawn). ``sampled``: 0 where all took part.
    """

    rows: pd.DataFrame
    resamples: int
    customers: int
    sampled: int

    @property
    def least(self) -> float:
        """The overlap of the least stable; missing where none could be told."""
        return float(self.rows["jaccard"].min())


@cacheable
@dataclass(frozen=True)
class Stabilities:
    """The same for every number of segments: ``rows`` with k, least, mean, and band of the least stable."""

    rows: pd.DataFrame
    resamples: int
    customers: int
    sampled: int


@stage(version=3)
def stability(source: Source, recipe: Recipe, k: int, seed: int, *, labels: np.ndarray) -> Stability:
    """Divide resampled customers again and see which segments come back.

    Parameters
    ----------
    source : Slice or People
        The whole dataset.
    recipe, k, seed
        Name the segmentation that ``labels`` come from.
    labels : int array
        Segment of each customer; below 1 those who are in none. Who is not learned from does not take part.

    Notes
    -----
    Hennig (2007), as clusterboot of the R package fpc does it: as many customers as there are, drawn with
    replacement; whoever was drawn at all is divided again, with the same method. A segment's Jaccard overlap with a
    new group is the share of the customers in both among those in either, over the customers who were drawn; the most
    similar group counts. The mean over resamples is under .60 unstable, under .75 doubtful, under .85 stable, above
    that highly stable. From a seeded sample where customers are many.
    """
    table = features.table(source, recipe)
    learned = ~features.aside(table, recipe)
    values, mine = features.prepared(table, recipe).values[learned], labels[learned]
    order = in_order(source, np.column_stack([values, mine]))
    values, mine = order[:, :-1], order[:, -1].astype(np.int64)
    way = clusterer.of(recipe.method)
    quick = recipe.method == "kmeans"
    most, times = (SAMPLE, RESAMPLES) if quick else (SLOW_SAMPLE, SLOW_RESAMPLES)
    rows = sampling.draw(len(values), most, seed)
    ids = np.unique(mine[mine > 0])
    groups = np.where(mine > 0, np.searchsorted(ids, mine), -1)[rows]
    overlaps = resampled(values[rows], groups, len(ids), way, k or len(ids), seed, times, table.owner)
    return Stability(
        pd.DataFrame([{"id": int(each), **summary(column)} for each, column in zip(ids, overlaps.T, strict=True)]),
        times, len(values), len(rows) if len(rows) < len(values) else 0,
    )  # fmt: skip


@stage(version=3)
def stabilities(source: Source, recipe: Recipe, k_range: tuple[int, int], seed: int) -> Stabilities:
    """The least stable segment, and the mean, for every number of a range from 2.

    Parameters
    ----------
    source, recipe, k_range, seed
        As of :func:`core.segments.choosing.selection.sweep`; an algorithm that finds the number itself has nothing to
        compare.
    """
    way = clusterer.of(recipe.method)
    table = features.table(source, recipe)
    values = features.prepared(table, recipe).values[~features.aside(table, recipe)]
    customers, quick = len(values), recipe.method == "kmeans"
    most, times = (SAMPLE, SWEEP_RESAMPLES) if quick else (SLOW_SAMPLE, SLOW_SWEEP_RESAMPLES)
    values = in_order(source, values)
    values = values[sampling.draw(customers, most, seed)]
    last = 1 if way.chooses_k else min(k_range[1], sampling.distinct(values), len(values) - 1)
    numbers = list(range(max(k_range[0], 2), last + 1))
    groups = {k: fit.labels for k, fit in clusterer.fits(way, values, numbers, seed, table.owner).items()}
    found = []
    for k, overlaps in several(values, groups, way, seed, times, table.owner).items():
        means = pd.Series([summary(column)["jaccard"] for column in overlaps.T])
        found.append({"k": k, "least": means.min(), "mean": means.mean(), "band": band(means.min())})
    rows = pd.DataFrame(found, columns=["k", "least", "mean", "band"])
    return Stabilities(rows, times, customers, len(values) if len(values) < customers else 0)


def summary(overlaps: np.ndarray) -> dict[str, Any]:
    """Mean, spread and band of the overlaps of one segment."""
    told = overlaps[~np.isnan(overlaps)]
    if not len(told):
        return {**dict.fromkeys(("jaccard", "low", "high", "spread", "dissolved"), np.nan), "band": ""}
    low, high = np.quantile(told, [0.05, 0.95])
    return {
        "jaccard": told.mean(), "low": low, "high": high, "spread": told.std(), "dissolved": (told <= 0.5).mean(),
        "band": band(told.mean()),
    }  # fmt: skip


def band(jaccard: float) -> str:
    """What a mean overlap is called.

    Examples
    --------
    >>> [band(x) for x in (0.59, 0.60, 0.75, 0.85, 0.86)]
    ['unstable', 'doubtful', 'stable', 'stable', 'highly stable']
    """
    if np.isnan(jaccard):
        return ""
    return BANDS[int(jaccard >= DOUBTFUL) + int(jaccard >= STABLE) + int(jaccard > HIGHLY)]
