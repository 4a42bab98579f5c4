"""Customers divided into every number of groups of a range, once for all questions about that number."""

from __future__ import annotations

import os
from dataclasses import dataclass

import numpy as np

from core.codec import cacheable
from core.errors import NotEnoughDataError
from core.segments.dividing import clusterer, sampling
from core.segments.dividing.sampling import distinct
from core.segments.inputs import features
from core.segments.inputs.features import Recipe, Source
from core.stages import stage
from core.warehouse.people import People

FEWEST = 10


@cacheable
@dataclass(frozen=True)
class Divisions:
    """Divisions of the same customers.

    Parameters
    ----------
    numbers : list of int
        How many groups, ascending.
    labels : int array, numbers × customers who took part
        From 0, in no particular order.
    inertias : list of float
        Sums of squared distances to the own centre, in prepared units.
    customers : int
        In all.
    note : str
        Says where the range was shortened.
    """

    numbers: list[int]
    labels: np.ndarray
    inertias: list[float]
    customers: int
    note: str = ""


@stage(version=1)
def divisions(source: Source, recipe: Recipe, k_range: tuple[int, int], seed: int) -> Divisions:
    """Divide the customers into each number of groups of a range; see :func:`divide`."""
    table, values = learned(source, recipe)
    return divide(values, k_range, seed, str(table), recipe.method, table.owner)


def learned(source: Source, recipe: Recipe) -> tuple[features.FeatureTable, np.ndarray]:
    """The features of a recipe, and the prepared values of those who are learned from, in their own order."""
    table = features.table(source, recipe)
    return table, in_order(source, features.prepared(table, recipe).values[~features.aside(table, recipe)])


def divide(
    values: np.ndarray,
    k_range: tuple[int, int],
    seed: int,
    told: str = "what is known of them",
    method: str = "kmeans",
    owner: np.ndarray | None = None,
) -> Divisions:
    """Divide rows into each number of groups; ``told`` names their features in a sentence.

    Raises
    ------
    NotEnoughDataError
        If there are fewer than ten customers, or too few that differ.

    Notes
    -----
    All up to 10,000 customers, else a seeded sample of 5,000. K-Means stands in for an algorithm that finds the number
    of groups itself, which has nothing to sweep.
    """
    way = clusterer.of(method)
    way = clusterer.of("kmeans") if way.chooses_k else way
    sample = values[sampling.study(len(values), seed)]
    low, high = k_range
    last, note = _reach(sample, low, high, told)
    numbers = list(range(low, last + 1))
    fits = clusterer.fits(way, sample, numbers, seed, owner, threads=min(os.cpu_count() or 1, 8))
    labels = np.stack([fits[number].labels for number in numbers]).astype(np.int16)
    return Divisions(numbers, labels, [fits[number].inertia for number in numbers], len(values), note)


def in_order(source: Source, values: np.ndarray) -> np.ndarray:
    """Rows in an order that is their own: those of a table may come in any, those of a log come by customer id."""
    return values[np.lexsort(values.T)] if isinstance(source, People) else values


def check(values: np.ndarray, k: int, told: str) -> None:
    """Refuse to make more segments than there are customers who differ.

    Raises
    ------
    NotEnoughDataError
        Naming how many there are.
    """
    different = distinct(values)
    if len(values) < FEWEST:
        raise NotEnoughDataError(
            f"{len(values):,} {'customer is' if len(values) == 1 else 'customers are'} too few to find segments in.",
            f"Use a file with at least {FEWEST} customers, or switch cleaning rules off on the Data tab.",
        )
    if different < 3:
        raise NotEnoughDataError(
            f"The {len(values):,} customers hardly differ in {told}: there is nothing to divide.",
            "Choose other features, or bring more data.",
        )
    if k > different:
        raise NotEnoughDataError(
            f"{k} segments were asked for, and only {different} customers differ in {told}.",
            f"Choose at most {different} segments.",
        )


def _reach(values: np.ndarray, low: int, high: int, told: str) -> tuple[int, str]:
    """The last k that makes sense, and a sentence where it is not the one asked for."""
    check(values, max(low, 2), told)
    # A silhouette needs at least two customers somewhere.
    most = min(distinct(values), len(values) - 1)
    if high <= most:
        return high, ""
    return most, f"Only up to {most} segments are shown: no more customers differ in {told}."
