"""What is bought together: pairs of products in the same order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.campaigns.offers.baskets import holdings, names, together
from core.codec import cacheable
from core.segments.explaining.favourites import wilson
from core.stages import stage
from core.warehouse.tables import Slice

# Fewer orders than that are no pair, whatever the lift.
FEWEST = 10
MOST = 50
COLUMNS = [
    "rank", "code", "name", "then_code", "then_name", "baskets", "baskets_first", "baskets_then", "support",
    "confidence", "confidence_back", "lift", "low",
]  # fmt: skip


@cacheable
@dataclass(frozen=True)
class Pairs:
    """``rows``: rank, code and name of one product, then_code and then_name of the one bought with it, baskets (orders
    with both), baskets_first and baskets_then (orders with each), support (of all orders), confidence (share of the
    orders with the one that hold the other too), confidence_back (the other way round), lift, low (lift that it has at
    the least); at most fifty. The one is that of the two which more surely comes with the other.

    ``baskets``: orders that were looked at, one in ``every``; ``products``: how many were paired, of ``known``;
    ``met``: pairs that at least ``fewest`` orders hold.
    """

    rows: pd.DataFrame
    baskets: int
    every: int
    products: int
    known: int
    met: int
    fewest: int


@stage(version=1)
def pairs(source: Slice, fewest: int = FEWEST) -> Pairs:
    """Pairs of products that are in the same order more often than by chance.

    Parameters
    ----------
    source : Slice
        Whose orders of which days.
    fewest : int
        Orders that must hold both.

    Notes
    -----
    support = s(A and C), the share of all orders; confidence = s(A and C) ÷ s(A); lift = confidence ÷ s(C) (Agrawal,
    Imielinski and Swami 1993; Brin and others 1997). Only pairs of which the lift is above 1 even at the lower end of
    its interval: Wilson's for the confidence, at 95 % over all pairs of these products together (Bonferroni). That
    lower end is the order, so that a pair of ten orders does not stand before one of five hundred. Paired are the five
    hundred products that most orders hold; of more than 1.5 million lines one order in every so many is looked at.
    """
    found = holdings(source, "order", fewest)
    both = together(found.matrix)
    alone = both.diagonal()
    first, then = np.nonzero(np.triu(both >= fewest, k=1))
    # The rarer one more surely comes with the other.
    swap = alone[first] > alone[then]
    first, then = np.where(swap, then, first), np.where(swap, first, then)
    rows = _rows(both[first, then], alone[first], alone[then], max(found.total, 1), len(alone) * (len(alone) - 1) // 2)
    rows["one"], rows["other"] = found.products[first], found.products[then]
    rows = rows[rows["low"] > 1].sort_values(["low", "one", "other"], ascending=[False, True, True]).head(MOST)
    rows[["code", "name"]] = names(source, rows["one"].to_numpy()).to_numpy()
    rows[["then_code", "then_name"]] = names(source, rows["other"].to_numpy()).to_numpy()
    rows["rank"] = np.arange(1, len(rows) + 1)
    told = rows.reset_index(drop=True)[COLUMNS]
    return Pairs(told, found.total, found.every, len(found.products), found.known, len(first), fewest)


def _rows(both: np.ndarray, first: np.ndarray, then: np.ndarray, total: int, tested: int) -> pd.DataFrame:
    confidence, usual = both / np.maximum(first, 1), np.maximum(then, 1) / total
    low = wilson(both, np.maximum(first, 1), tested) / usual
    return pd.DataFrame(
        {
            "baskets": both, "baskets_first": first, "baskets_then": then, "support": both / total,
            "confidence": confidence, "confidence_back": both / np.maximum(then, 1), "lift": confidence / usual,
            "low": low,
        }
    )  # fmt: skip
