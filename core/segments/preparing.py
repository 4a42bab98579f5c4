"""Bringing features to one scale before distances between customers are taken."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.preprocessing import RobustScaler

from core.errors import ParameterError
from core.view import PREPARATIONS

CLIP_AT = 0.99


@dataclass(frozen=True)
class Prepared:
    """A prepared matrix, and what is needed to prepare further rows in the same way."""

    values: np.ndarray
    logged: np.ndarray
    cap: np.ndarray
    centre: np.ndarray
    scale: np.ndarray

    def apply(self, rows: np.ndarray) -> np.ndarray:
        """Prepare other customers' rows as these were."""
        values: np.ndarray = (np.minimum(_logged(rows, self.logged), self.cap) - self.centre) / self.scale
        return values


def prepare(
    rows: np.ndarray, how: str, owner: np.ndarray | None = None, measured: np.ndarray | None = None
) -> Prepared:
    """Bring the columns to one scale.

    Parameters
    ----------
    rows : array, customers × columns
    how : {'log', 'standard', 'clip', 'robust'}
        ``log``: log(1 + x), negative values as 0, then standardised. ``standard``: less the mean, by the standard
        deviation. ``clip``: at the 99th percentile, then standardised. ``robust``: less the median, by the
        interquartile range.
    owner : int array, optional
        Columns of the same number weigh as one, such as the categories of a column; each by itself if omitted.
    measured : bool array, optional
        Columns that ``how`` is for, all if omitted; the others are standardised.

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
    customers as much as a standardised number does.

    Examples
    --------
    >>> prepare(np.array([[1.0, 5.0], [3.0, 5.0]]), "standard").values
    array([[-1.,  0.],
           [ 1.,  0.]])
    """
    if how not in PREPARATIONS:
        raise ParameterError(f"The preparation {how!r} is unknown.", f"Choose one of {', '.join(PREPARATIONS)}.")
    columns = rows.shape[1]
    owner = np.arange(columns) if owner is None else owner
    measured = np.ones(columns, dtype=bool) if measured is None else measured
    logged = measured & (how == "log")
    values = _logged(rows, logged)
    cap = (
        np.where(measured, np.quantile(values, CLIP_AT, axis=0), np.inf) if how == "clip" else np.full(columns, np.inf)
    )
    values = np.minimum(values, cap)
    centre, scale = values.mean(axis=0), np.sqrt(np.bincount(owner, values.var(axis=0)))[owner]
    if how == "robust":
        scaler = RobustScaler().fit(values)
        centre, scale = np.where(measured, scaler.center_, centre), np.where(measured, scaler.scale_, scale)
    # A constant column's deviation may come out as rounding noise instead of 0.
    differs = np.ptp(values, axis=0) > 0
    scale, centre = np.where(differs, scale, 1.0), np.where(differs, centre, values[0])
    return Prepared((values - centre) / scale, logged, cap, centre, scale)


def _logged(rows: np.ndarray, logged: np.ndarray) -> np.ndarray:
    return np.where(logged, np.log1p(np.maximum(rows, 0)), rows) if logged.any() else rows
