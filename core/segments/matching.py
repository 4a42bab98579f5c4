"""Which of the new segments are the old ones: by the customers that they share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

SAME = 0.5


@dataclass(frozen=True)
class Matching:
    """New segments beside old ones, of the customers that both know.

    Parameters
    ----------
    kept : mapping of int to int
        New segment -> the old one that it still is.
    olds, news : list of int
        Every old and every new segment.
    shared : int array, olds × news
        How many customers they share.
    common : int
        Customers that both know.
    """

    kept: dict[int, int]
    olds: list[int]
    news: list[int]
    shared: np.ndarray
    common: int

    @property
    def gone(self) -> list[int]:
        """Old segments that no new one still is."""
        return [old for old in self.olds if old not in self.kept.values()]

    @property
    def fresh(self) -> list[int]:
        """New segments that are none of the old ones."""
        return [new for new in self.news if new not in self.kept]

    @property
    def stayed(self) -> int:
        """Customers who are where they were."""
        return sum(int(self.shared[self.olds.index(old), self.news.index(new)]) for new, old in self.kept.items())


def match(before: pd.Series, after: pd.Series, apart: tuple[int, int] = (0, 0)) -> Matching:
    """Find out which segments are still the same.

    Parameters
    ----------
    before, after : series of int
        The segment of each customer, by customer id.
    apart : (int, int)
        In both, the segment of those who are in no group, 0 for none: it is the same one whoever is in it.

    Returns
    -------
    Matching

    Notes
    -----
    Old and new segments are paired so that the sum of their overlaps is largest (Hungarian method); the overlap is the
    Jaccard index over the customers that both know: shared by both segments / in either of them. A pair counts from an
    overlap of one half on. Nothing but who is where is looked at: other numbers, another order of rows and another
    seed that finds the same groups give the same pairs.

    Examples
    --------
    >>> before = pd.Series({"ann": 1, "bob": 1, "cem": 2, "dee": 2})
    >>> match(before, pd.Series({"dee": 7, "cem": 7, "bob": 9, "ann": 9, "eve": 9})).kept
    {7: 2, 9: 1}
    """
    olds, news = np.unique(before), np.unique(after)
    here = before.index.get_indexer(after.index)
    known = here >= 0
    rows = np.searchsorted(olds, before.to_numpy()[here[known]])
    columns = np.searchsorted(news, after.to_numpy()[known])
    counts = np.bincount(rows * len(news) + columns, minlength=len(olds) * len(news)).reshape(len(olds), len(news))
    either = counts.sum(axis=1, keepdims=True) + counts.sum(axis=0, keepdims=True) - counts
    overlap = np.divide(counts, either, out=np.zeros(counts.shape), where=either > 0)
    was_apart, is_apart = olds == apart[0], news == apart[1]
    overlap[was_apart[:, None] != is_apart[None, :]] = 0
    overlap[np.ix_(was_apart, is_apart)] = 1
    kept = {
        int(news[column]): int(olds[row])
        for row, column in zip(*linear_sum_assignment(-overlap), strict=True)
        if overlap[row, column] >= SAME
    }
    return Matching(
        dict(sorted(kept.items())), [int(old) for old in olds], [int(new) for new in news], counts, int(known.sum())
    )
