"""Bringing features to one scale before distances between customers are taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.codec import cacheable
from core.errors import ParameterError
from core.view import PREPARATIONS

CLIP_AT = 0.99
# Ranks of further customers are read off a curve of at most that many points.
MOST_KNOTS = 1000


@cacheable
@dataclass(frozen=True)
class Prepared:
    """A prepared matrix, and what is needed to prepare further rows in the same way.

    ``ranks`` holds, by the number of the column, the values and their mid-ranks from 0 to 1, a row each.
    """

    values: np.ndarray
    logged: np.ndarray
    ranks: dict[str, np.ndarray]
    cap: np.ndarray
    centre: np.ndarray
    scale: np.ndarray

    def apply(self, rows: np.ndarray) -> np.ndarray:
        """Prepare other customers' rows as these were."""
        values = np.minimum(_spread(rows, self.logged, self.ranks), self.cap)
        prepared: np.ndarray = (values - self.centre) / self.scale
        return prepared


def prepare(
    rows: np.ndarray,
    how: str | Sequence[str],
    owner: np.ndarray | None = None,
    measured: np.ndarray | None = None,
    *,
    weights: np.ndarray | None = None,
    clip: bool = False,
    beside: np.ndarray | None = None,
) -> Prepared:
    """Bring the columns to one scale.

    Parameters
    ----------
    rows : array, customers × columns
    how : {'log', 'standard', 'clip', 'robust', 'rank', 'none'}, or one of them a column
        ``log``: log(1 + x), negative values as 0, then standardised. ``standard``: less the mean, by the standard
        deviation. ``clip``: at the 99th percentile, then standardised. ``robust``: less the median, by the
        interquartile range, or where that is 0 by the standard deviation. ``rank``: mid-ranks from 0 to 1, then
        standardised. ``none``: as they are.
    owner : int array, optional
        Columns of the same number weigh as one, such as the categories of a column; each by itself if omitted.
    measured : bool array, optional
        Columns that ``how`` is for, all if omitted; the others are standardised.
    weights : float array, optional
        How many times a column counts in squared distances; once if omitted.
    clip : bool
        Clip measured columns at the 99th percentile, whatever ``how``.
    beside : int array, optional
        Of columns that are 1 for customers of whom another column is not known, the place of that column; −1 for
        all others.

    Returns
    -------
    Prepared
        A column that is the same for all becomes 0.

    Raises
    ------
    ParameterError
        If the preparation is unknown.

    Notes
    -----
    Columns that weigh as one share a scale: the root of the sum of their variances. So together they vary between
    customers as much as a standardised number does. Who is not known lies √2 standard deviations of a column apart
    from those who are: as far as two customers lie from one another in it (root mean square).

    Examples
    --------
    >>> prepare(np.array([[1.0, 5.0], [3.0, 5.0]]), "standard").values
    array([[-1.,  0.],
           [ 1.,  0.]])
    """
    columns = rows.shape[1]
    measured = np.ones(columns, dtype=bool) if measured is None else measured
    hows = np.where(
        measured, np.array([how] * columns if isinstance(how, str) else list(how), dtype=object), "standard"
    )
    for each in hows:
        if each not in PREPARATIONS:
            raise ParameterError(f"The preparation {each!r} is unknown.", f"Choose one of {', '.join(PREPARATIONS)}.")
    owner = np.arange(columns) if owner is None else owner
    logged, ranks = hows == "log", {str(c): _curve(rows[:, c]) for c in np.flatnonzero(hows == "rank")}
    values = _spread(rows, logged, ranks)
    clipped = (hows == "clip") | (measured & clip)
    cap = np.full(columns, np.inf)
    if clipped.any():
        cap = np.where(clipped, np.quantile(values, CLIP_AT, axis=0), np.inf)
        values = np.minimum(values, cap)
    beside = np.full(columns, -1) if beside is None else beside
    unit = np.where(beside >= 0, np.sqrt(2) * _spreads(values)[beside], 1.0)
    centre, scale = values.mean(axis=0), np.sqrt(np.bincount(owner, values.var(axis=0) * unit**2))[owner] / unit
    if (robust := hows == "robust").any():
        low, middle, high = np.quantile(values, [0.25, 0.5, 0.75], axis=0)
        centre = np.where(robust, middle, centre)
        scale = np.where(robust & (high > low), high - low, scale)
    scale = np.where(hows == "none", 1.0, scale)
    own = (beside >= 0) & np.isin(hows[beside], ("robust", "none"))
    scale = np.where(own, scale[beside] / unit, scale)
    # A constant column's deviation may come out as rounding noise instead of 0.
    differs = np.ptp(values, axis=0) > 0
    scale, centre = np.where(differs, scale, 1.0), np.where(differs, centre, values[0])
    if weights is not None:
        scale = scale / np.sqrt(weights)
    return Prepared((values - centre) / scale, logged, ranks, cap, centre, scale)


def _spreads(values: np.ndarray) -> np.ndarray:
    """Standard deviations; 1 where there is none."""
    spreads = values.std(axis=0)
    found: np.ndarray = np.where((spreads > 0) & (np.ptp(values, axis=0) > 0), spreads, 1.0)
    return found


def _curve(column: np.ndarray) -> np.ndarray:
    """Values and their mid-ranks: equal values share one."""
    distinct, counts = np.unique(column, return_counts=True)
    ranks = (np.cumsum(counts) - counts / 2) / len(column)
    if len(distinct) > MOST_KNOTS:
        kept = np.unique(np.linspace(0, len(distinct) - 1, MOST_KNOTS).round().astype(int))
        distinct, ranks = distinct[kept], ranks[kept]
    return np.stack([distinct, ranks])


def _spread(rows: np.ndarray, logged: np.ndarray, ranks: dict[str, np.ndarray]) -> np.ndarray:
    if not (logged.any() or ranks):
        return rows
    values = np.where(logged, np.log1p(np.maximum(rows, 0)), rows)
    for column, (known, ranked) in ranks.items():
        values[:, int(column)] = np.interp(rows[:, int(column)], known, ranked)
    return values
