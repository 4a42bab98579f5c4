"""Whether segments come back when other customers had happened to be there."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from core.codec import cacheable
from core.errors import NotEnoughDataError
from core.segments.choosing.arguments import DOUBTFUL, HIGHLY, STABLE
from core.segments.choosing.selection import in_order
from core.segments.clusterers.kmeans import KMeans
from core.segments.dividing import clusterer, sampling
from core.segments.dividing.clusterer import Clusterer
from core.segments.dividing.threads import limited
from core.segments.inputs import features
from core.segments.inputs.features import Recipe, Source
from core.stages import stage

# Of the segments in use; and of every number, where there are many times as many to divide.
SAMPLE, RESAMPLES = 5_000, 100
SWEEP_RESAMPLES = 30
# Methods that look at all pairs of customers, or at every customer many times.
SLOW_SAMPLE, SLOW_RESAMPLES, SLOW_SWEEP_RESAMPLES = 1_000, 25, 10
STARTS = 3
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


@stage(version=2)
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


@stage(version=2)
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
    found = []
    for k in range(max(k_range[0], 2), last + 1):
        groups = way.fit(values, k, seed, table.owner).labels
        overlaps = resampled(values, groups, k, way, k, seed, times, table.owner)
        means = pd.Series([summary(column)["jaccard"] for column in overlaps.T])
        found.append({"k": k, "least": means.min(), "mean": means.mean(), "band": band(means.min())})
    rows = pd.DataFrame(found, columns=["k", "least", "mean", "band"])
    return Stabilities(rows, times, customers, len(values) if len(values) < customers else 0)


def resampled(
    values: np.ndarray, groups: np.ndarray, count: int, way: Clusterer, k: int, seed: int, times: int,
    owner: np.ndarray | None = None,
) -> np.ndarray:  # fmt: skip
    """Overlap of each of ``count`` groups with the most similar new one: resamples × groups, missing if none was drawn.

    Parameters
    ----------
    values : array, customers × prepared columns
    groups : int array
        From 0; −1 for none.
    """
    way = _hasty(way)
    threads = min(os.cpu_count() or 1, 8)

    def once(number: int) -> np.ndarray:
        rng = np.random.default_rng([seed, number])
        drawn = np.unique(rng.integers(0, len(values), len(values)))
        mine = values[drawn]
        if not way.chooses_k and sampling.distinct(mine) < k:
            return np.full(count, np.nan)
        found = np.full(len(drawn), -1)
        # Each of our threads would start threads of its own; and a method may find no group at all.
        with limited(1), suppress(NotEnoughDataError):
            found = way.fit(mine, k, seed + number, owner).labels
        return overlap(groups[drawn], found, count)

    with limited(1), ThreadPoolExecutor(threads) as pool:
        return np.stack(list(pool.map(once, range(1, times + 1))))


def overlap(groups: np.ndarray, found: np.ndarray, count: int) -> np.ndarray:
    """Jaccard of each group with the most similar of another division of the same customers.

    Examples
    --------
    >>> overlap(np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 1, 1, 1, 1]), 2)
    array([0.66666667, 0.75      ])
    """
    new = int(found.max()) + 1 if len(found) else 0
    sizes = np.bincount(groups[groups >= 0], minlength=count).astype(float)
    both = (groups >= 0) & (found >= 0)
    shared = np.bincount(groups[both] * new + found[both], minlength=count * new).reshape(count, new)
    either = sizes[:, None] + np.bincount(found[found >= 0], minlength=new) - shared
    most = (shared / np.maximum(either, 1)).max(axis=1, initial=0.0)
    return np.where(sizes > 0, most, np.nan)


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


def _hasty(way: Clusterer) -> Clusterer:
    """The same method with fewer starts, where it has any: a hundred fits need not be the best there are."""
    return replace(way, starts=STARTS) if isinstance(way, KMeans) else way
