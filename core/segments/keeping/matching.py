"""Which of the new segments are the old ones: by the customers that they share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

SAME = 0.5


@dataclass(frozen=True)
class Matching:
    """New segments beside old ones.

    Parameters
    ----------
    kept : mapping of int to int
        New segment -> the old one that it still is.
    olds, news : list of int
        Every old and every new segment.
    shared : int array, olds × news
        How many customers they share.
    sizes : int array
        Customers of each new segment, those among them whom the old ones did not know too.
    common : int
        Customers that both know.
    ruled : mapping of int to int
        New segment that is none of the old ones -> the old one that is gone and whose rules draw much the same today.
    """

    kept: dict[int, int]
    olds: list[int]
    news: list[int]
    shared: np.ndarray
    sizes: np.ndarray
    common: int
    ruled: dict[int, int]

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


def match(
    before: pd.Series, after: pd.Series, apart: tuple[int, int] = (0, 0), ruled: np.ndarray | None = None,
    *, alike: bool = True,
) -> Matching:  # fmt: skip
    """Find out which segments are still the same.

    Parameters
    ----------
    before, after : series of int
        The segment of each customer, by customer id.
    apart : (int, int)
        In both, the segment of those who are in no group, 0 for none: it is the same one whoever is in it, and never
        the same as a group.
    ruled : int array, optional
        The old segment of each customer of ``after``, by the rules of old.
    alike : bool
        Whether those in no group are so for the same reason in both; else they are never the same segment.

    Returns
    -------
    Matching

    Notes
    -----
    Old and new segments are paired so that the sum of their overlaps is largest (Hungarian method); the overlap is the
    Jaccard index over the customers that both know: shared by both segments / in either of them. Only pairs with an
    overlap of one half or more are looked at, or two small overlaps could outweigh a large one. Nothing but who is
    where counts: other numbers, another order of rows and another seed that finds the same groups give the same pairs.

    Customers move on: those who were new half a year ago are not new now, and the segment of newcomers has other
    people. It is a new one then; ``ruled`` tells whose rules would draw it much the same today.

    Examples
    --------
    >>> before = pd.Series({"ann": 1, "bob": 1, "cem": 2, "dee": 2})
    >>> match(before, pd.Series({"dee": 7, "cem": 7, "bob": 9, "ann": 9, "eve": 9})).kept
    {7: 2, 9: 1}
    """
    here = before.index.get_indexer(after.index)
    known = here >= 0
    olds, news = np.unique(before), np.unique(after)
    shared = _counts(before.to_numpy()[here[known]], after.to_numpy()[known], olds, news)
    others = olds[:, None] != apart[0], news[None, :] != apart[1]
    overlap = np.where(others[0] & others[1], _jaccard(shared), ~others[0] & ~others[1] & alike)
    kept = _pairs(overlap, olds, news)
    by_rules: dict[int, int] = {}
    if ruled is not None:
        free = np.isin(olds, list(kept.values()), invert=True)[:, None] & np.isin(news, list(kept), invert=True)
        overlap = _jaccard(_counts(ruled, after.to_numpy(), olds, news)) * (free & others[0] & others[1])
        by_rules = _pairs(overlap, olds, news)
    sizes = np.bincount(np.searchsorted(news, after.to_numpy()), minlength=len(news))
    return Matching(dict(sorted(kept.items())), olds.tolist(), news.tolist(), shared, sizes, int(known.sum()), by_rules)


def _counts(before: np.ndarray, after: np.ndarray, olds: np.ndarray, news: np.ndarray) -> np.ndarray:
    """How many are in each old and each new segment at once."""
    inside = np.isin(before, olds)
    cells = np.searchsorted(olds, before[inside]) * len(news) + np.searchsorted(news, after[inside])
    return np.bincount(cells, minlength=len(olds) * len(news)).reshape(len(olds), len(news))


def _jaccard(shared: np.ndarray) -> np.ndarray:
    either = shared.sum(axis=1, keepdims=True) + shared.sum(axis=0, keepdims=True) - shared
    found: np.ndarray = np.divide(shared, either, out=np.zeros(shared.shape), where=either > 0)
    return found


def _pairs(overlap: np.ndarray, olds: np.ndarray, news: np.ndarray) -> dict[int, int]:
    rows, columns = linear_sum_assignment(np.where(overlap >= SAME, -overlap, 0))
    return {
        int(news[column]): int(olds[row])
        for row, column in zip(rows, columns, strict=True)
        if overlap[row, column] >= SAME
    }
