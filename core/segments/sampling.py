"""Seeded samples of customers, and how many of them differ at all."""

from __future__ import annotations

import numpy as np

EXACT_UP_TO = 10_000


def draw(customers: int, most: int = EXACT_UP_TO, seed: int = 42) -> np.ndarray:
    """Positions of at most ``most`` customers, ascending; of all where they are no more than that.

    Examples
    --------
    >>> draw(3)
    array([0, 1, 2])
    >>> len(draw(50_000, 1_000))
    1000
    """
    if customers <= most:
        return np.arange(customers)
    return np.sort(np.random.default_rng(seed).choice(customers, most, replace=False))


def distinct(values: np.ndarray, enough: int = 64) -> int:
    """How many rows differ; counting may stop at ``enough``.

    Examples
    --------
    >>> distinct(np.array([[1.0, 2.0], [1.0, 2.0], [3.0, 4.0]]))
    2
    """
    first = len(np.unique(values[:1000], axis=0))
    return first if first >= enough or len(values) <= 1000 else len(np.unique(values, axis=0))
