"""The price band: what customers pay for a piece, and what an order comes to."""

from __future__ import annotations

from dataclasses import dataclass

import narwhals as nw
import numpy as np
import pandas as pd

from core.codec import cacheable
from core.stages import stage
from core.warehouse import engine
from core.warehouse.tables import Slice

QUARTERS = (0.25, 0.5, 0.75)


@cacheable
@dataclass(frozen=True)
class PriceBand:
    """``rows``: what (``piece`` or ``order``), number (of lines or orders), low, middle and high quarter in cents, NaN
    where there is none.
    """

    rows: pd.DataFrame


@stage(version=1)
def price_band(source: Slice) -> PriceBand:
    """Quartiles of the price paid for a piece, a line each, and of the value of an order that counts.

    Notes
    -----
    A quartile is the smallest amount that at least a quarter, half or three quarters of the lines, or orders, do not
    exceed. Lines that were returned or cost nothing say nothing of a price.
    """
    bought = source.lines().filter(nw.col("quantity") > 0, nw.col("cents") > 0)
    piece = bought.with_columns(paid=(nw.col("cents") / nw.col("quantity")).round(0))
    order = source.orders().filter(nw.col("counted") == 1, nw.col("cents") > 0).with_columns(paid=nw.col("cents"))
    rows = []
    for what, frame in (("piece", piece), ("order", order)):
        counts = engine.collect(frame.group_by("paid").agg(nw.len().alias("number")).sort("paid"))
        values, weights = counts["paid"].to_numpy(dtype=float), counts["number"].to_numpy(dtype="int64")
        rows.append((what, int(weights.sum()), *quartiles(values, weights)))
    return PriceBand(pd.DataFrame(rows, columns=["what", "number", "low", "middle", "high"]))


def quartiles(values: np.ndarray, weights: np.ndarray) -> tuple[float, ...]:
    """Lower quarter, middle and upper quarter of sorted values that each stand for so many.

    Examples
    --------
    >>> quartiles(np.array([100.0, 200.0, 900.0]), np.array([2, 1, 1]))
    (100.0, 100.0, 200.0)
    """
    if not len(values):
        return (float("nan"),) * len(QUARTERS)
    reached = np.cumsum(weights)
    # Whole numbers on both sides: a quarter of 4 is 1, not 1.0000000001.
    return tuple(float(values[np.searchsorted(reached * 4, round(q * 4) * reached[-1])]) for q in QUARTERS)
