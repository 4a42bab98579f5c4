"""Ward: customers are merged step by step, always the two groups that lie closest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.cluster import AgglomerativeClustering

from core.segments.dividing import neighbours
from core.segments.dividing.clusterer import Fit, summarise
from core.segments.dividing.sampling import varied


@dataclass(frozen=True)
class Ward:
    """scikit-learn's agglomerative clustering with Ward's linkage.

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
        rows = varied(values, k, seed)
        known = values[rows]
        labels = AgglomerativeClustering(k, linkage="ward").fit_predict(known).astype(np.int64)
        memory = {"known": known, "groups": labels}
        return summarise(values, neighbours.spread(known, labels, rows, values), memory)

    def place(self, fit: Fit, values: np.ndarray) -> np.ndarray:
        """The group of the nearest known customers."""
        return neighbours.place(fit.memory["known"], fit.memory["groups"], values)


CLUSTERER = Ward()
