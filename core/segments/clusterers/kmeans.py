"""K-Means: each customer belongs to the nearest of k averages."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from sklearn.cluster import KMeans as Lloyd

from core.segments.dividing.clusterer import Fit, nearest
from core.segments.dividing.sampling import EXACT_UP_TO, distinct, draw
from core.segments.dividing.threads import limited

STARTS, HASTY_STARTS = 10, 3
ONE_THREAD_UP_TO = 50_000


@dataclass(frozen=True)
class KMeans:
    """scikit-learn's K-Means with ten starts.

    Notes
    -----
    Above 10,000 customers a seeded sample of that size finds the centres, and one fit on everybody starts there.
    """

    slug: str = "kmeans"
    label: str = "K-Means"
    order: int = 10
    chooses_k: bool = False
    places: bool = True
    weighs: bool = True
    says: str = "Each customer belongs to the segment whose average lies nearest: round groups of similar spread."
    term: str = "K-Means (Lloyd 1982), best of ten k-means++ starts."
    starts: int = STARTS

    def fit(self, values: np.ndarray, k: int, seed: int, owner: np.ndarray | None = None) -> Fit:
        """Divide customers into ``k`` groups.

        Parameters
        ----------
        values : array, customers × features, prepared
        k : int
            No more than there are rows that differ.
        seed : int
            The same seed gives the same labels.
        owner : int array, optional
            Not looked at: every column is a number.

        Examples
        --------
        >>> rows = np.array([[0.0], [0.1], [9.0], [9.1]])
        >>> fit = CLUSTERER.fit(rows, 2, seed=42)
        >>> bool(fit.labels[0] == fit.labels[1] != fit.labels[2] == fit.labels[3]), round(fit.inertia, 4)
        (True, 0.01)
        """
        rows = draw(len(values), EXACT_UP_TO, seed)
        # Starting threads costs more than they save on a few thousand rows.
        with limited(1 if len(values) <= ONE_THREAD_UP_TO else None):
            if len(rows) < len(values) and distinct(values[rows]) >= k:
                rough = Lloyd(k, n_init=self.starts, random_state=seed).fit(values[rows])
                found = Lloyd(k, init=rough.cluster_centers_, n_init=1).fit(values)
            else:
                found = Lloyd(k, n_init=self.starts, random_state=seed).fit(values)
        return Fit(found.labels_.astype(np.int64), found.cluster_centers_, float(found.inertia_))

    def place(self, fit: Fit, values: np.ndarray) -> np.ndarray:
        """The nearest centre."""
        return nearest(fit.centres, values)

    def hasty(self) -> KMeans:
        """With fewer starts."""
        return replace(self, starts=HASTY_STARTS)


CLUSTERER = KMeans()
