"""Recency, frequency and monetary scores from 1 to 5, and the eleven groups they make."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.codec import cacheable
from core.segments import features
from core.segments.sizes import buyers, part
from core.stages import stage
from core.warehouse.tables import Slice

CUTS = (0.2, 0.4, 0.6, 0.8)


@dataclass(frozen=True)
class Group:
    """A named part of the grid: slug, label, colour slot and what it means in plain words."""

    slug: str
    label: str
    colour: int
    meaning: str


GROUPS = (
    Group("champions", "Champions", 0, "Bought lately, buy often and spend the most."),
    Group("loyal", "Loyal", 1, "Buy regularly and still come."),
    Group("potential-loyalist", "Potential loyalist", 2, "Recent, with orders or spend on the way up."),
    Group("recent", "Recent", 4, "Ordered just now, and little so far."),
    Group("promising", "Promising", 5, "Ordered not long ago, and little so far."),
    Group("needs-attention", "Needs attention", 6, "Middling buyers who begin to stay away."),
    Group("about-to-sleep", "About to sleep", 8, "Small buyers who have not come for a while."),
    Group("at-risk", "At risk", 3, "Used to buy well, and have not come for long."),
    Group("cant-lose", "Can't lose", 9, "Were among the best buyers, and have gone quiet."),
    Group("hibernating", "Hibernating", 7, "Gone for long, with few orders and little spend."),
    Group("lost", "Lost", 10, "Gone the longest, and bought the least."),
)
# Rows are R from 1 to 5, columns FM from 1 to 5.
_ROWS = {
    1: ("lost", "hibernating", "at-risk", "cant-lose", "cant-lose"),
    2: ("about-to-sleep", "needs-attention", "needs-attention", "at-risk", "at-risk"),
    3: ("promising", "needs-attention", "potential-loyalist", "loyal", "loyal"),
    4: ("promising", "potential-loyalist", "potential-loyalist", "loyal", "champions"),
    5: ("recent", "potential-loyalist", "loyal", "champions", "champions"),
}
MAP = {(r, fm): group for r, row in _ROWS.items() for fm, group in enumerate(row, start=1)}


@cacheable
@dataclass(frozen=True)
class Rfm:
    """Scores of every customer.

    ``scores``: customer, r, f, m, fm, group (slug). ``edges``: per feature the four values at which the score
    changes, so that a new customer is scored without ranking again. ``empty``: sentences on scores nobody has.
    """

    scores: pd.DataFrame
    edges: dict[str, list[float]]
    empty: list[str]


@cacheable
@dataclass(frozen=True)
class Grid:
    """``cells``: r, fm, group, customers, cents, share, revenue_share; all 25, R falling, FM falling."""

    cells: pd.DataFrame
    customers: int
    cents: int


def edges(values: np.ndarray, *, falling: bool = False) -> list[float]:
    """The values at which a score from 1 to 5 changes.

    Parameters
    ----------
    values : array
    falling : bool
        Whether small values are the good ones, as with recency.

    Notes
    -----
    Mid-rank percentiles (average rank ÷ n) with right-closed edges at .2, .4, .6 and .8. Equal values have equal
    percentiles, so they get equal scores whatever the order of rows. Infinite where no value lies below a cut.

    Examples
    --------
    >>> edges(np.array([1.0, 1.0, 1.0, 2.0, 3.0]))
    [-inf, 1.0, 1.0, 2.0]
    """
    signed = -values if falling else values
    distinct, counts = np.unique(signed, return_counts=True)
    percentile = (np.cumsum(counts) - (counts - 1) / 2) / len(signed)
    # The margin keeps k/n on the right side of a cut that has no exact binary fraction.
    last = np.searchsorted(percentile, np.array(CUTS) + 1e-12, side="right") - 1
    found = np.where(last >= 0, distinct[last], -np.inf)
    return [float(edge) for edge in (-found if falling else found)]


def score(values: np.ndarray, cuts: list[float], *, falling: bool = False) -> np.ndarray:
    """Scores from 1 to 5 under known edges; also of customers who were not there when the edges were found.

    Examples
    --------
    >>> score(np.array([1.0, 2.0, 99.0]), [-np.inf, 1.0, 1.0, 2.0])
    array([2, 4, 5])
    """
    passed = [values < cut if falling else values > cut for cut in cuts]
    scores: np.ndarray = 1 + np.sum(passed, axis=0)
    return scores


def group_of(r: np.ndarray, f: np.ndarray, m: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """FM, (F + M) / 2 rounded half up, and the slug of the group."""
    fm = (f + m + 1) // 2
    names = np.array([[MAP[row, column] for column in range(1, 6)] for row in range(1, 6)])
    return fm, names[r - 1, fm - 1]


@stage(version=1)
def rfm(source: Slice) -> Rfm:
    """Score every customer of the dataset.

    Parameters
    ----------
    source : Slice
        The whole dataset: scores do not depend on the period or filters looked at.
    """
    people = features.customers(source)
    columns = {"recency_days": people["recency_days"], "frequency": people["frequency"], "monetary": people["cents"]}
    cuts, scores, empty = {}, {}, []
    for slug, column in columns.items():
        values, falling = column.to_numpy(dtype=float), slug == "recency_days"
        cuts[slug] = edges(values, falling=falling)
        scores[slug] = score(values, cuts[slug], falling=falling)
        empty += _empty(slug, values, scores[slug])
    r, f, m = (scores[slug] for slug in ("recency_days", "frequency", "monetary"))
    fm, group = group_of(r, f, m)
    frame = pd.DataFrame({"customer": people["customer"], "r": r, "f": f, "m": m, "fm": fm, "group": group})
    return Rfm(frame, cuts, empty)


def _empty(slug: str, values: np.ndarray, scores: np.ndarray) -> list[str]:
    missing = [str(level) for level in range(1, 6) if level not in scores]
    if not missing:
        return []
    word = {"recency_days": "recency", "frequency": "orders", "monetary": "spend"}[slug]
    common, counts = np.unique(values, return_counts=True)
    value, count = common[counts.argmax()], counts.max()
    shared = {
        "recency_days": f"ordered last {value:,.0f} days ago",
        "frequency": "ordered once" if value == 1 else f"ordered {value:,.0f} times",
        "monetary": "spent exactly the same",
    }[slug]
    level = f"score {missing[0]}" if len(missing) == 1 else f"scores {', '.join(missing[:-1])} and {missing[-1]}"
    return [
        f"Nobody has {level} for {word}: {count:,} of {len(values):,} customers {shared}, and equal customers "
        "get equal scores."
    ]


@stage(version=1)
def grid(source: Slice, *, scored: Rfm) -> Grid:
    """Customers and revenue of a slice on the 5 × 5 grid.

    Parameters
    ----------
    source : Slice
        Any period, countries and members; a customer counts with a counted order in it.
    scored : Rfm
        The scores of the whole dataset.
    """
    rows = buyers(source).merge(scored.scores[["customer", "r", "fm"]], on="customer")
    sums = rows.groupby(["r", "fm"]).agg(customers=("customer", "size"), cents=("cents", "sum"))
    order = [(r, fm) for r in range(5, 0, -1) for fm in range(5, 0, -1)]
    cells = (
        sums.reindex(pd.MultiIndex.from_tuples(order, names=["r", "fm"]), fill_value=0).reset_index().astype("int64")
    )
    cells.insert(2, "group", [MAP[cell] for cell in order])
    cells = cells.assign(share=part(cells["customers"]), revenue_share=part(cells["cents"]))
    return Grid(cells, int(cells["customers"].sum()), int(cells["cents"].sum()))
