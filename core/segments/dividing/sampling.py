"""Seeded samples of customers, and how many of them differ at all."""

from __future__ import annotations

import numpy as np

EXACT_UP_TO = 10_000
SAMPLE = 5_000


def draw(customers: int, most: int, seed: int = 42) -> np.ndarray:
    """Positions of at most ``most`` customers, ascending; of all where they are no more than that.

    Examples
    --------
    >>> draw(3, 10)
    array([0, 1, 2])
    >>> len(draw(50_000, 1_000))
    1000
    """
    if customers <= most:
        return np.arange(customers)
    return np.sort(np.random.default_rng(seed).choice(customers, most, replace=False))


def study(customers: int, seed: int) -> np.ndarray:
    """Positions of the customers whom a closer look is taken at: all up to 10,000, else a sample of 5,000.

    Distances between all pairs grow with the square: half the sample is a quarter of the work.

    Examples
    --------
    >>> len(study(10_000, 42)), len(study(10_001, 42))
    (10000, 5000)
    """
    return draw(customers, customers if customers <= EXACT_UP_TO else SAMPLE, seed)


def distinct(values: np.ndarray, enough: int = 64) -> int:
    """How many rows differ; counting may stop at ``enough``.

    Examples
    --------
    >>> distinct(np.array([[1.0, 2.0], [1.0, 2.0], [3.0, 4.0]]))
    2
    """
    first = len(np.unique(values[:1000], axis=0))
    return first if first >= enough or len(values) <= 1000 else len(np.unique(values, axis=0))


def varied(values: np.ndarray, k: int, seed: int, most: int = SAMPLE) -> np.ndarray:
    """Positions of a sample in which at least ``k`` customers differ, ascending.

    Examples
    --------
    >>> rows = np.array([[0.0]] * 99_999 + [[1.0]])
    >>> len(np.unique(rows[varied(rows, 2, seed=42)]))
    2
    """
    rows = draw(len(values), most, seed)
    if len(rows) == len(values) or distinct(values[rows]) >= min(k, 64):
        return rows
    return np.union1d(rows, np.unique(values, axis=0, return_index=True)[1][:k])
