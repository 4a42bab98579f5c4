"""Placing customers with the nearest known ones, for methods that cannot place anybody themselves."""

from __future__ import annotations

import numpy as np
from sklearn.neighbors import NearestNeighbors

NEIGHBOURS = 5
BLOCK = 50_000


def place(known: np.ndarray, labels: np.ndarray, values: np.ndarray, reach: np.ndarray | None = None) -> np.ndarray:
    """The group that the five nearest known customers vote for.

    Parameters
    ----------
    known : array, known customers × columns
    labels : int array
        Their groups, −1 for none.
    values : array, customers × columns
    reach : float array, optional
        Of each group how far a customer may be from the nearest known one of it.

    Returns
    -------
    int array
        −1 where the vote says none, or where all of the group are out of reach; of equals the smaller number.

    Notes
    -----
    Votes weigh by the inverse of the distance, so who is known already keeps their group. Blocks of rows keep memory
    flat; work grows with customers × known.

    Examples
    --------
    >>> known, labels = np.array([[0.0], [1.0], [9.0], [10.0]]), np.array([0, 0, 1, 1])
    >>> place(known, labels, np.array([[2.0], [9.0]])).tolist()
    [0, 1]
    >>> place(known, labels, np.array([[2.0], [9.0]]), reach=np.array([0.5, 0.5])).tolist()
    [-1, 1]
    """
    index = NearestNeighbors(n_neighbors=min(NEIGHBOURS, len(known))).fit(known)
    found = np.empty(len(values), dtype=np.int64)
    for start in range(0, len(values), BLOCK):
        here = slice(start, start + BLOCK)
        away, who = index.kneighbors(values[here])
        found[here] = _vote(away, labels[who], reach)
    return found


def spread(
    known: np.ndarray, labels: np.ndarray, rows: np.ndarray, values: np.ndarray, reach: np.ndarray | None = None
) -> np.ndarray:
    """Groups of everybody, where ``rows`` are the positions of those who are known; see :func:`place`."""
    found = np.empty(len(values), dtype=np.int64)
    found[rows] = labels
    others = np.ones(len(values), dtype=bool)
    others[rows] = False
    if others.any():
        found[others] = place(known, labels, values[others], reach)
    return found


def _vote(away: np.ndarray, groups: np.ndarray, reach: np.ndarray | None) -> np.ndarray:
    # The first column of the tally is for no group.
    tally = np.zeros((len(away), int(groups.max()) + 2))
    # So near that it is the same customer, whose vote then decides.
    weights = 1 / np.maximum(away, 1e-9)
    for column in range(away.shape[1]):
        tally[np.arange(len(away)), groups[:, column] + 1] += weights[:, column]
    found: np.ndarray = tally.argmax(axis=1) - 1
    if reach is None:
        return found
    nearest = np.where(groups == found[:, None], away, np.inf).min(axis=1)
    return np.where((found >= 0) & (nearest > reach[found]), -1, found)
