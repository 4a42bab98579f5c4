"""What a file in :mod:`core.segments.clusterers` exports."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

import numpy as np
from scipy.spatial.distance import cdist

from core.codec import cacheable
from core.errors import ParameterError
from core.registry import discover
from core.segments.dividing.threads import pool

BLOCK = 100_000


@cacheable
@dataclass(frozen=True)
class Fit:
    """A division of customers.

    Parameters
    ----------
    labels : int array
        From 0, in no particular order; −1 for those whom the algorithm leaves without a group.
    centres : array, groups × columns
        The average of each group, whatever the algorithm.
    inertia : float
        Sum of squared distances to the own centre, of those who have a group.
    memory : mapping of arrays
        What the algorithm needs to place further customers.
    """

    labels: np.ndarray
    centres: np.ndarray
    inertia: float
    memory: Mapping[str, np.ndarray] = field(default_factory=dict)


class Clusterer(Protocol):
    """A way of dividing customers.

    ``chooses_k``: it finds the number of groups itself, and ``k`` is not looked at. ``places``: it says itself where a
    further customer belongs; otherwise the nearest known customers do. ``weighs``: the scale of a column, and so the
    weight of a feature, changes what it finds. ``says``: what it is, in a sentence for a marketer; ``term``: the exact
    term with its source.
    """

    slug: str
    label: str
    order: int
    chooses_k: bool
    places: bool
    weighs: bool
    says: str
    term: str

    def fit(self, values: np.ndarray, k: int, seed: int, owner: np.ndarray | None = None) -> Fit:
        """Divide customers, whose prepared features are ``values``, into ``k`` groups.

        ``owner`` is the feature that each column belongs to: the categories of one have several columns. The order of
        rows is no matter to the caller, who sorts them; the same seed gives the same labels.
        """
        ...

    def place(self, fit: Fit, values: np.ndarray) -> np.ndarray:
        """The group of further customers, or of the same, from 0; −1 for none."""
        ...


@runtime_checkable
class Sharing(Protocol):
    """An algorithm that divides into several numbers of groups for less than one after the other."""

    def fits(
        self, values: np.ndarray, numbers: Sequence[int], seed: int, owner: np.ndarray | None = None
    ) -> dict[int, Fit]:
        """By number of groups, what :meth:`Clusterer.fit` gives for each."""
        ...


@runtime_checkable
class Hasty(Protocol):
    """An algorithm that can do with less care where customers are divided a hundred times."""

    def hasty(self) -> Clusterer: ...


def fits(
    way: Clusterer,
    values: np.ndarray,
    numbers: Sequence[int],
    seed: int,
    owner: np.ndarray | None = None,
    threads: int = 1,
) -> dict[int, Fit]:
    """Divide customers into several numbers of groups: a fit each."""
    if isinstance(way, Sharing):
        return way.fits(values, numbers, seed, owner)
    with pool(threads) as several:
        made = several.map(lambda number: way.fit(values, number, seed, owner), numbers)
        return dict(zip(numbers, made, strict=True))


@functools.cache
def every() -> dict[str, Clusterer]:
    """All algorithms by slug, in the order in which the page lists them."""
    import core.segments.clusterers

    return discover(core.segments.clusterers, "CLUSTERER")


def of(slug: str) -> Clusterer:
    """The algorithm of a slug.

    Raises
    ------
    ParameterError
        If there is none; it names those there are.
    """
    found = every()
    if slug not in found:
        raise ParameterError(f"There is no method {slug[:40]!r}.", f"Choose one of {', '.join(found)}.")
    return found[slug]


def summarise(values: np.ndarray, labels: np.ndarray, memory: Mapping[str, np.ndarray] | None = None) -> Fit:
    """A fit from labels alone: centres are averages.

    Examples
    --------
    >>> summarise(np.array([[0.0], [2.0], [9.0]]), np.array([0, 0, 1])).centres.tolist()
    [[1.0], [9.0]]
    """
    grouped = labels >= 0
    sizes = np.bincount(labels[grouped])
    sums = [np.bincount(labels[grouped], weights=column) for column in values[grouped].T]
    centres = np.column_stack(sums) / np.maximum(sizes, 1)[:, None] if len(sizes) else np.empty((0, values.shape[1]))
    inertia = float(((values[grouped] - centres[labels[grouped]]) ** 2).sum())
    return Fit(labels, centres, inertia, memory or {})


def nearest(centres: np.ndarray, values: np.ndarray) -> np.ndarray:
    """The nearest centre of each row, a block of rows at a time."""
    found = np.empty(len(values), dtype=np.int64)
    for start in range(0, len(values), BLOCK):
        here = slice(start, start + BLOCK)
        found[here] = cdist(values[here], centres, "sqeuclidean").argmin(axis=1)
    return found
