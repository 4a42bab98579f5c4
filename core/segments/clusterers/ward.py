"""Ward: customers are merged step by step, always the two groups that lie closest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.cluster import hierarchy
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from core.segments.dividing import neighbours
from core.segments.dividing.clusterer import Fit, summarise
from core.segments.dividing.sampling import varied


@dataclass(frozen=True)
class Ward:
    """SciPy's hierarchical clustering with Ward's linkage.

    Notes
    -----
    Distances between all pairs are needed, so above 5,000 customers a seeded sample of that size is merged; everybody
    else goes with their nearest neighbours in it.
    """

    slug: str = "ward"
    label: str = "Ward"
    order: int = 30
    chooses_k: bool = False
    places: bool = False
    weighs: bool = True
    says: str = (
        "Starts with every customer alone and keeps merging the two groups that differ least, until as many are left "
        "as you want: a family tree of customers, cut once."
    )
    term: str = (
        "Agglomerative hierarchical clustering with Ward’s minimum variance linkage (Ward 1963); up to 5,000 customers "
        "are merged, any other goes with the vote of the five nearest of them."
    )

    def fit(self, values: np.ndarray, k: int, seed: int, owner: np.ndarray | None = None) -> Fit:
        """Divide customers into ``k`` groups; see :meth:`core.segments.dividing.clusterer.Clusterer.fit`.

        Examples
        --------
        >>> rows = np.array([[0.0], [0.1], [9.0], [9.1], [20.0]])
        >>> np.bincount(CLUSTERER.fit(rows, 3, seed=42).labels).tolist()
        [2, 2, 1]
        """
        return self.fits(values, [k], seed, owner)[k]

    def fits(
        self, values: np.ndarray, numbers: Sequence[int], seed: int, owner: np.ndarray | None = None
    ) -> dict[int, Fit]:
        """One tree, cut at each number."""
        rows = varied(values, max(numbers), seed)
        known, found = values[rows], dict[int, Fit]()
        merged = hierarchy.ward(known)[:, :2].astype(np.int64)
        for number in numbers:
            labels = cut(merged, number)
            memory = {"known": known, "groups": labels}
            found[number] = summarise(values, neighbours.spread(known, labels, rows, values), memory)
        return found

    def place(self, fit: Fit, values: np.ndarray) -> np.ndarray:
        """The group of the nearest known customers."""
        return neighbours.place(fit.memory["known"], fit.memory["groups"], values)


def cut(merged: np.ndarray, number: int) -> np.ndarray:
    """The groups of a tree before its last merges.

    Parameters
    ----------
    merged : int array, merges × 2
        What is joined at each step: a row, or (from the number of rows on) what came of an earlier step.

    Examples
    --------
    >>> cut(np.array([[0, 1], [2, 3], [4, 5]]), 2).tolist()
    [0, 0, 1, 1]
    """
    rows, steps = len(merged) + 1, len(merged) + 1 - number
    joined = np.repeat(rows + np.arange(steps), 2)
    links = coo_array((np.ones(2 * steps, dtype=np.int8), (joined, merged[:steps].ravel())), shape=(2 * rows, 2 * rows))
    groups: np.ndarray = np.unique(connected_components(links, directed=False)[1][:rows], return_inverse=True)[1]
    return groups.astype(np.int64)


CLUSTERER = Ward()
