"""Which segment each customer is in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from core.codec import cacheable
from core.segments import features, profiles, table_profiles
from core.segments.clusterers.kmeans import CLUSTERER, Fit
from core.segments.features import Recipe, Source
from core.segments.selection import check, in_order
from core.segments.silhouettes import average
from core.stages import stage
from core.warehouse.people import People


class SegmentName(NamedTuple):
    """A segment as a menu lists it."""

    id: int
    name: str
    slug: str
    colour: int
    customers: int


@cacheable
@dataclass(frozen=True)
class Segmentation:
    """The division of all customers.

    ``labels``: segment of each customer, from 1, in order of customer number. ``segments``: one row per segment
    with id, name, slug, archetype, colour, portrait and the columns of :func:`core.segments.traits.describe`.
    ``sampled``: how many customers the silhouette stands on, 0 for all. ``told``: what they were learned from, in a
    sentence.
    """

    k: int
    labels: np.ndarray
    segments: pd.DataFrame
    inertia: float
    silhouette: float
    sampled: int
    told: str

    @property
    def names(self) -> list[SegmentName]:
        columns = self.segments[["id", "name", "slug", "colour", "customers"]]
        return [SegmentName(*row) for row in zip(*(columns[c].tolist() for c in columns), strict=True)]


@stage(version=5)
def segmentation(source: Source, recipe: Recipe, k: int, seed: int) -> Segmentation:
    """Divide the customers into ``k`` segments and name them.

    Parameters
    ----------
    source : Slice or People
        The whole dataset.
    recipe : Recipe
    k, seed : int

    Raises
    ------
    NotEnoughDataError
        If fewer than ``k`` customers differ.

    Notes
    -----
    Ids follow falling mean spend, so that refits with another seed number the same segments alike; where a table
    knows no spend, income, and where it knows neither, size.
    """
    table = features.table(source, recipe)
    values = table.prepare(recipe.how).values
    check(values, k, str(table))
    fit = _divide(source, values, k, seed)
    labels = number(fit, _worth(source, len(values)))
    silhouette, sampled = average(values, labels, seed)
    rows = profiles.described(source, recipe, labels)
    return Segmentation(k, labels, rows[rows["id"] > 0], fit.inertia, silhouette, sampled, str(table))


def _divide(source: Source, values: np.ndarray, k: int, seed: int) -> Fit:
    fit = CLUSTERER.fit(in_order(source, values), k, seed)
    if not isinstance(source, People):
        return fit
    labels = np.empty_like(fit.labels)
    labels[np.lexsort(values.T)] = fit.labels
    return Fit(labels, fit.centres, fit.inertia)


def _worth(source: Source, customers: int) -> np.ndarray:
    if isinstance(source, People):
        worth = table_profiles.worth(source)
        return np.zeros(customers) if worth is None else worth
    cents: np.ndarray = features.customers(source)["cents"].to_numpy()
    return cents


def number(fit: Fit, cents: np.ndarray) -> np.ndarray:
    """Labels from 1 by falling mean spend.

    Examples
    --------
    >>> number(Fit(np.array([0, 1, 1]), np.zeros((2, 1)), 0.0), np.array([100, 900, 700]))
    array([2, 1, 1])
    """
    sizes = np.bincount(fit.labels)
    spend = np.bincount(fit.labels, weights=cents) / np.maximum(sizes, 1)
    ranks = np.empty(len(sizes), dtype=np.int64)
    ranks[np.lexsort((fit.centres[:, 0], -sizes, -spend))] = np.arange(1, len(sizes) + 1)
    labels: np.ndarray = ranks[fit.labels]
    return labels
