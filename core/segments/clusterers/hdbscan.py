"""HDBSCAN: groups are where customers crowd, whatever their shape; who stands between them is in none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn import cluster
from sklearn.neighbors import NearestNeighbors

from core.errors import NotEnoughDataError
from core.segments.dividing import neighbours
from core.segments.dividing.clusterer import Fit, summarise
from core.segments.dividing.sampling import varied

# A group has at least this share of the customers, large enough to write to, and never fewer than that many. Smaller
# ones are found in pure noise as well.
SMALLEST_SHARE, FEWEST = 0.05, 15


@dataclass(frozen=True)
class Hdbscan:
    """scikit-learn's HDBSCAN.

    Notes
    -----
    It compares all pairs, so above 5,000 customers it looks at a seeded sample of that size; everybody else goes with
    their nearest neighbours in it, unless they lie farther from the group than its own customers from one another.
    """

    slug: str = "hdbscan"
    label: str = "HDBSCAN"
    order: int = 40
    chooses_k: bool = True
    places: bool = False
    weighs: bool = True
    says: str = (
        "Looks for places where customers crowd, of any shape, finds itself how many there are, and leaves those who "
        "stand between them on their own."
    )
    term: str = (
        "HDBSCAN (Campello, Moulavi and Sander 2013), excess of mass; a group holds at least 5 % of the "
        "customers. Up to 5,000 of them are looked at, any other goes with the vote of the five nearest of them."
    )

    def fit(self, values: np.ndarray, k: int, seed: int, owner: np.ndarray | None = None) -> Fit:
        """Find the groups that there are; see :meth:`core.segments.dividing.clusterer.Clusterer.fit`.

        Raises
        ------
        NotEnoughDataError
            If there are fewer than two.

        Examples
        --------
        >>> crowd = np.linspace(0, 1, 20)[:, None]
        >>> np.bincount(CLUSTERER.fit(np.concatenate([crowd, crowd + 9]), 0, seed=42).labels).tolist()
        [20, 20]
        """
        rows = varied(values, 2, seed)
        known = values[rows]
        least = max(FEWEST, round(SMALLEST_SHARE * len(known)))
        # So many customers around one make a crowd. Fewer find groups in uniform noise, more cut thin shapes.
        crowd = least * 3 // 4
        found = cluster.HDBSCAN(min_cluster_size=least, min_samples=crowd, copy=True).fit(known)
        labels = found.labels_.astype(np.int64)
        if labels.max() < 1:
            raise NotEnoughDataError(
                f"HDBSCAN finds no groups: nowhere do {least:,} customers or more crowd apart from the others.",
                "They are a continuum: choose another method on the Methods page, or other features.",
            )
        reach = _reach(known, labels, crowd)
        memory = {"known": known, "groups": labels, "reach": reach}
        return summarise(values, neighbours.spread(known, labels, rows, values, reach), memory)

    def place(self, fit: Fit, values: np.ndarray) -> np.ndarray:
        """The group of the nearest known customers; none where they have none or are too far away."""
        return neighbours.place(fit.memory["known"], fit.memory["groups"], values, fit.memory["reach"])


def _reach(known: np.ndarray, labels: np.ndarray, crowd: int) -> np.ndarray:
    """Of each group the largest distance of a customer to so many others of it."""
    found = []
    for group in range(int(labels.max()) + 1):
        mine = known[labels == group]
        near = NearestNeighbors(n_neighbors=min(crowd, len(mine) - 1)).fit(mine)
        found.append(float(near.kneighbors()[0][:, -1].max()))
    return np.array(found)


CLUSTERER = Hdbscan()
