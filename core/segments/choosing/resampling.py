"""Customers drawn again and again, divided again, and compared with the groups they were in."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TypeVar

import numpy as np

from core.errors import NotEnoughDataError
from core.segments.dividing import clusterer, sampling
from core.segments.dividing.clusterer import Clusterer, Hasty
from core.segments.dividing.threads import limited, pool

R = TypeVar("R")


def resampled(
    values: np.ndarray, groups: np.ndarray, count: int, way: Clusterer, k: int, seed: int, times: int,
    owner: np.ndarray | None = None,
) -> np.ndarray:  # fmt: skip
    """Overlap of each of ``count`` groups with the most similar new one: resamples × groups, missing if none was drawn.

    Parameters
    ----------
    values : array, customers × prepared columns
    groups : int array
        From 0; −1 for none.
    """
    way = way.hasty() if isinstance(way, Hasty) else way

    def once(drawn: np.ndarray, mine: np.ndarray, again: int) -> np.ndarray:
        if not way.chooses_k and sampling.distinct(mine) < k:
            return np.full(count, np.nan)
        found = np.full(len(drawn), -1)
        # A method may find no group at all.
        with suppress(NotEnoughDataError):
            found = way.fit(mine, k, again, owner).labels
        return overlap(groups[drawn], found, count)

    return np.stack(_drawn(values, once, seed, times))


def several(
    values: np.ndarray, groups: Mapping[int, np.ndarray], way: Clusterer, seed: int, times: int,
    owner: np.ndarray | None = None,
) -> dict[int, np.ndarray]:  # fmt: skip
    """The same for divisions into several numbers of groups, by number: what is drawn is divided into each of them."""
    way = way.hasty() if isinstance(way, Hasty) else way

    def once(drawn: np.ndarray, mine: np.ndarray, again: int) -> dict[int, np.ndarray]:
        different = sampling.distinct(mine)
        found = clusterer.fits(way, mine, [k for k in groups if k <= different], again, owner)
        none = {k: np.full(k, np.nan) for k in groups}
        return none | {k: overlap(groups[k][drawn], fit.labels, k) for k, fit in found.items()}

    told = _drawn(values, once, seed, times)
    return {k: np.stack([each[k] for each in told]) for k in groups}


def _drawn(values: np.ndarray, once: Callable[[np.ndarray, np.ndarray, int], R], seed: int, times: int) -> list[R]:
    """What ``once`` says of those who are drawn, their values and a seed, each time."""

    def draw(number: int) -> R:
        rng = np.random.default_rng([seed, number])
        drawn = np.unique(rng.integers(0, len(values), len(values)))
        # Each of our threads would start threads of its own.
        with limited(1):
            return once(drawn, values[drawn], seed + number)

    with pool(min(os.cpu_count() or 1, 8)) as threads:
        return list(threads.map(draw, range(1, times + 1)))


def overlap(groups: np.ndarray, found: np.ndarray, count: int) -> np.ndarray:
    """Jaccard of each group with the most similar of another division of the same customers.

    Examples
    --------
    >>> overlap(np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 1, 1, 1, 1]), 2)
    array([0.66666667, 0.75      ])
    """
    new = int(found.max()) + 1 if len(found) else 0
    sizes = np.bincount(groups[groups >= 0], minlength=count).astype(float)
    both = (groups >= 0) & (found >= 0)
    shared = np.bincount(groups[both] * new + found[both], minlength=count * new).reshape(count, new)
    either = sizes[:, None] + np.bincount(found[found >= 0], minlength=new) - shared
    most = (shared / np.maximum(either, 1)).max(axis=1, initial=0.0)
    return np.where(sizes > 0, most, np.nan)
