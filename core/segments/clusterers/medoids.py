"""Medoids: each customer belongs to the most similar of k real customers, whatever their columns are measured in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import kmedoids
import numpy as np
from scipy.spatial.distance import cdist

from core.segments.dividing.clusterer import BLOCK, Fit, summarise
from core.segments.dividing.sampling import varied

# More take seconds for each number of segments, and bring the distances down by less than 1 %.
SEARCHED = 3_000


@dataclass(frozen=True)
class Medoids:
    """Partitioning around medoids on Gower's distance.

    Notes
    -----
    Gower's distance is the sum over features of the difference by the range of the feature; two categories of one
    feature are either the same or differ by 1. As a sum of absolute differences it takes no table of all pairs, but
    where medoids are searched: above 3,000 customers, in a seeded sample of that size.
    """

    slug: str = "medoids"
    label: str = "Medoids"
    order: int = 50
    chooses_k: bool = False
    places: bool = True
    weighs: bool = False
    says: str = (
        "Each segment gathers around a real, typical customer. Numbers, ordered answers and categories each count up "
        "to one whole difference, so mixed tables and surveys are taken as they are."
    )
    term: str = (
        "Partitioning around medoids (Kaufman and Rousseeuw 1987; FasterPAM, Schubert and Rousseeuw 2021) on Gower’s "
        "distance (1971) over prepared values; placed by the nearest medoid."
    )

    def fit(self, values: np.ndarray, k: int, seed: int, owner: np.ndarray | None = None) -> Fit:
        """Divide customers into ``k`` groups; see :meth:`core.segments.dividing.clusterer.Clusterer.fit`.

        Examples
        --------
        >>> rows = np.array([[0.0], [1.0], [2.0], [7.0], [8.0], [9.0]])
        >>> (9 * CLUSTERER.fit(rows, 2, seed=42).memory["medoids"]).round(6).tolist()
        [[1.0], [8.0]]
        """
        return self.fits(values, [k], seed, owner)[k]

    def fits(
        self, values: np.ndarray, numbers: Sequence[int], seed: int, owner: np.ndarray | None = None
    ) -> dict[int, Fit]:
        """Distances are computed once, and first medoids chosen once: the greedy choice for k goes on from k − 1."""
        unit, found = units(values, owner), dict[int, Fit]()
        sample = values[varied(values, max(numbers), seed, SEARCHED)] / unit
        pairs = cdist(sample, sample, "cityblock").astype(np.float32)
        first = kmedoids.pam_build(pairs, max(numbers)).medoids
        for number in numbers:
            chosen = kmedoids.fasterpam(pairs, first[:number], init="first", n_cpu=1).medoids
            medoids = sample[np.sort(chosen.astype(np.int64))]
            memory = {"medoids": medoids, "unit": unit}
            found[number] = summarise(values, _nearest(medoids, unit, values), memory)
        return found

    def place(self, fit: Fit, values: np.ndarray) -> np.ndarray:
        """The nearest medoid."""
        return _nearest(fit.memory["medoids"], fit.memory["unit"], values)


def units(values: np.ndarray, owner: np.ndarray | None = None) -> np.ndarray:
    """What each column is divided by, so that sums of absolute differences are Gower's distance.

    Parameters
    ----------
    values : array, customers × columns
    owner : int array, optional
        The feature that each column belongs to. Where the columns of one are its categories, a customer of another
        category differs in two of them: each counts half.

    Examples
    --------
    >>> rows = np.array([[0.0, 1.0, 0.0], [10.0, 0.0, 1.0], [5.0, 0.0, 1.0]])
    >>> units(rows, np.array([0, 1, 1])).tolist()
    [10.0, 2.0, 2.0]
    """
    low, span = values.min(axis=0), np.ptp(values, axis=0)
    span = np.where(span > 0, span, 1.0)
    owner = np.arange(values.shape[1]) if owner is None else owner
    shares = np.ones(values.shape[1])
    for feature in np.flatnonzero(np.bincount(owner) > 1):
        mine = owner == feature
        # Exactly one of them is on: categories, and not a number beside a column that says whether it is known.
        if np.allclose(((values[:, mine] - low[mine]) / span[mine]).sum(axis=1), 1):
            shares[mine] = 2.0
    unit: np.ndarray = span * shares
    return unit


def _nearest(medoids: np.ndarray, unit: np.ndarray, values: np.ndarray) -> np.ndarray:
    found = np.empty(len(values), dtype=np.int64)
    for start in range(0, len(values), BLOCK):
        here = slice(start, start + BLOCK)
        found[here] = cdist(values[here] / unit, medoids, "cityblock").argmin(axis=1)
    return found


CLUSTERER = Medoids()
