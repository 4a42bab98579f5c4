"""The columns that segments are learned from, and how they are prepared."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.preprocessing import RobustScaler

from core.errors import ParameterError
from core.view import PREPARATIONS
from core.warehouse import engine
from core.warehouse.tables import Lazy, Slice

CLIP_AT = 0.99


@dataclass(frozen=True)
class Feature:
    """A column of the matrix: slug, plain label, unit, and what more and less of it is called."""

    slug: str
    label: str
    unit: str
    more: str
    less: str


FEATURES = (
    Feature("recency_days", "Days since last order", "days", "longer since last order", "more recent"),
    Feature("frequency", "Orders", "orders", "more orders", "fewer orders"),
    Feature("monetary", "Spend", "money", "more spend", "less spend"),
)


@dataclass(frozen=True)
class Prepared:
    """A prepared matrix, and what is needed to prepare further rows in the same way."""

    values: np.ndarray
    how: str
    cap: np.ndarray
    centre: np.ndarray
    scale: np.ndarray

    def apply(self, rows: np.ndarray) -> np.ndarray:
        """Prepare other customers' rows as these were."""
        values: np.ndarray = (np.minimum(_logged(rows, self.how), self.cap) - self.centre) / self.scale
        return values


def customers(source: Slice) -> pd.DataFrame:
    """The customers of a slice, in order of their number.

    Notes
    -----
    A customer without any counted order has no last order: they stand with those who are silent the longest.
    """
    # Half a dozen stages in a row ask for everybody: a shallow copy, for pandas copies what is written to.
    everybody = source.members is None
    return (_everybody(source.tables.folder) if everybody else _read(source.customers())).copy(deep=False)


@functools.lru_cache(maxsize=1)
def _everybody(folder: Path) -> pd.DataFrame:
    return _read(engine.scan(folder / "customers.parquet"))


def _read(rows: Lazy) -> pd.DataFrame:
    frame = engine.collect(rows.sort("customer"))
    for column in ("recency_days", "tenure_days"):
        longest = frame[column].max()
        frame[column] = frame[column].fillna(0 if pd.isna(longest) else longest).astype("int64")
    return frame


def matrix(people: pd.DataFrame) -> np.ndarray:
    """Recency in days, frequency in orders, monetary in units of the currency; one row a customer.

    Examples
    --------
    >>> matrix(pd.DataFrame({"recency_days": [3], "frequency": [2], "cents": [1250]}))
    array([[ 3. ,  2. , 12.5]])
    """
    columns = (people["recency_days"], people["frequency"], people["cents"] / 100)
    return np.column_stack([column.to_numpy(dtype=float) for column in columns])


def prepare(rows: np.ndarray, how: str) -> Prepared:
    """Bring the columns to one scale.

    Parameters
    ----------
    rows : array, customers × features
    how : {'log', 'standard', 'clip', 'robust'}
        ``log``: log(1 + x), negative values as 0, then standardised. ``standard``: less the mean, by the standard
        deviation. ``clip``: at the 99th percentile, then standardised. ``robust``: less the median, by the
        interquartile range.

    Returns
    -------
    Prepared
        A column that is the same for all becomes 0.

    Raises
    ------
    ParameterError
        If the preparation is unknown.

    Examples
    --------
    >>> prepare(np.array([[1.0, 5.0], [3.0, 5.0]]), "standard").values
    array([[-1.,  0.],
           [ 1.,  0.]])
    """
    if how not in PREPARATIONS:
        raise ParameterError(f"The preparation {how!r} is unknown.", f"Choose one of {', '.join(PREPARATIONS)}.")
    values = _logged(rows, how)
    cap = np.quantile(values, CLIP_AT, axis=0) if how == "clip" else np.full(values.shape[1], np.inf)
    values = np.minimum(values, cap)
    if how == "robust":
        scaler = RobustScaler().fit(values)
        centre, scale = scaler.center_, scaler.scale_
    else:
        centre, scale = values.mean(axis=0), values.std(axis=0)
    # A constant column's deviation may come out as rounding noise instead of 0.
    scale = np.where(np.ptp(values, axis=0) > 0, scale, 1.0)
    centre = np.where(np.ptp(values, axis=0) > 0, centre, values[0])
    return Prepared((values - centre) / scale, how, cap, centre, scale)


def _logged(rows: np.ndarray, how: str) -> np.ndarray:
    return np.log1p(np.maximum(rows, 0)) if how == "log" else rows
