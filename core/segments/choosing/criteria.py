"""How compact the groups of a division are and how far apart, from their centres alone."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.spatial.distance import cdist

from core.segments.dividing.clusterer import summarise


class Criteria(NamedTuple):
    """The higher Calinski–Harabasz the better, the lower Davies–Bouldin the better; missing where undefined."""

    calinski_harabasz: float
    davies_bouldin: float


NONE = Criteria(float("nan"), float("nan"))


def criteria(values: np.ndarray, labels: np.ndarray) -> Criteria:
    """Both criteria of a division.

    Parameters
    ----------
    values : array, customers × prepared columns
    labels : int array
        From 0, none of them empty; −1 for those without a group, who are left out.

    Notes
    -----
    Calinski and Harabasz (1974): spread between the groups per degree of freedom, k − 1, over that within them, n − k.
    Davies and Bouldin (1979): for each group the worst ratio, over all others, of the mean distances to the two
    centres to the distance between these; the mean over groups. Undefined for one group, for as many groups as
    customers, and where all members of each group are alike.

    Examples
    --------
    >>> found = criteria(np.array([[0.0], [2.0], [10.0], [12.0]]), np.array([0, 0, 1, 1]))
    >>> found.calinski_harabasz, found.davies_bouldin
    (50.0, 0.2)
    """
    grouped = labels >= 0
    values, labels = values[grouped], labels[grouped]
    groups = int(labels.max()) + 1 if len(labels) else 0
    if not 1 < groups < len(values):
        return NONE
    fit = summarise(values, labels)
    if fit.inertia <= 0:
        return NONE
    between = float(((values - values.mean(axis=0)) ** 2).sum()) - fit.inertia
    away = np.linalg.norm(values - fit.centres[labels], axis=1)
    wide = np.bincount(labels, away) / np.bincount(labels)
    apart = cdist(fit.centres, fit.centres)
    # Two groups with one centre would be infinitely alike: they do not count, as in scikit-learn.
    apart[apart == 0] = np.inf
    worst = ((wide[:, None] + wide) / apart).max(axis=1)
    return Criteria(between / (groups - 1) / (fit.inertia / (len(values) - groups)), float(worst.mean()))
