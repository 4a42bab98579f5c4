"""Who went where between two days: a matrix of segments, who joined, who left, and what they bought meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from core.codec import cacheable
from core.segments.scores.standings import Standing
from core.stages import stage
from core.warehouse.tables import Slice

# The id of whoever had not ordered yet.
NOBODY = 0
FIRST = 100


@cacheable
@dataclass(frozen=True)
class Movement:
    """Movement between two days.

    ``names``: id, name, colour; id 0 is "Not yet a customer". ``cells``: before, after (ids), customers, cents (bought
    between the days), total (all they bought by the later day); pairs that somebody went. ``rows``: id, before, after
    (customers at each day), kept, joined, fresh (those of the joined who were no customers yet), left, kept_share (of
    those before), cents_before, cents_after (all they had bought by each day).
    """

    names: pd.DataFrame
    cells: pd.DataFrame
    rows: pd.DataFrame
    told: list[str] = field(default_factory=list)

    @property
    def known(self) -> int:
        """Customers at the earlier day."""
        return int(self.rows["before"].sum())

    @property
    def moved(self) -> int:
        """Those of them who are elsewhere at the later day."""
        return int(self.rows["left"].sum())

    @property
    def fresh(self) -> int:
        """Those who ordered first between the days."""
        return int(self.rows["fresh"].sum())


@stage(version=1)
def movement(source: Slice, by: tuple[str, ...], *, then: Standing, now: Standing) -> Movement:
    """Lay two days side by side.

    Parameters
    ----------
    source : Slice
        The whole dataset.
    by : tuple of str
        Names what ``then`` and ``now`` come from; the result is kept under it.
    """
    pairs = pair(then, now)
    cells = pairs.groupby(["before", "after"]).agg(
        customers=("customer", "size"), cents=("bought", "sum"), total=("cents_now", "sum")
    )
    names = pd.concat([_NOBODY, then.names, now.names]).drop_duplicates("id", ignore_index=True)
    frame = cells.reset_index().astype("int64")
    return Movement(names, frame, _rows(names, pairs), [*then.told, *now.told])


@cacheable
@dataclass(frozen=True)
class Movers:
    """The first of :func:`movers`, and how many there are in all."""

    rows: pd.DataFrame
    customers: int


@stage(version=1)
def first(source: Slice, by: tuple[str, ...], *, listed: pd.DataFrame) -> Movers:
    """The first rows of ``listed``, which ``by`` names."""
    return Movers(listed.head(FIRST), len(listed))


def pair(then: Standing, now: Standing) -> pd.DataFrame:
    """One row a customer of the later day: customer, before, after, figures then and now, bought between the days."""
    both = now.people.merge(then.people, on="customer", how="left", suffixes=("_now", "_then"))
    both = both.rename(columns={"id_now": "after", "id_then": "before"})
    both["bought"] = both["cents_now"] - both["cents_then"].fillna(0).astype("int64")
    return both.assign(before=both["before"].fillna(NOBODY).astype("int64"))


def movers(pairs: pd.DataFrame, names: pd.DataFrame, ids: pd.Series, of: int | None = None) -> pd.DataFrame:
    """Who is elsewhere than before, the most money of now first.

    Parameters
    ----------
    pairs : frame
        As of :func:`pair`.
    names : frame
        id, name.
    ids : series of str
        The customer's id by their number.
    of : int, optional
        Only those who joined or left that segment.

    Returns
    -------
    frame
        customer_id, from, to, recency_then, orders_then, spend_then, recency_now, orders_now, spend_now, bought; money
        in units; figures of then are missing where somebody was no customer yet.
    """
    moved = pairs[pairs["before"] != pairs["after"]]
    if of is not None:
        moved = moved[(moved["before"] == of) | (moved["after"] == of)]
    moved = moved.sort_values(["cents_now", "customer"], ascending=[False, True])
    called = dict(zip(names["id"], names["name"], strict=True))
    return pd.DataFrame(
        {
            "customer_id": ids.to_numpy()[moved["customer"]],
            "from": moved["before"].map(called).to_numpy(),
            "to": moved["after"].map(called).to_numpy(),
            "recency_then": moved["recency_days_then"].astype("Int64").to_numpy(),
            "orders_then": moved["frequency_then"].astype("Int64").to_numpy(),
            "spend_then": (moved["cents_then"] / 100).to_numpy(),
            "recency_now": moved["recency_days_now"].to_numpy(),
            "orders_now": moved["frequency_now"].to_numpy(),
            "spend_now": (moved["cents_now"] / 100).to_numpy(),
            "bought": (moved["bought"] / 100).to_numpy(),
        }
    )


_NOBODY = pd.DataFrame({"id": [NOBODY], "name": ["Not yet a customer"], "colour": [-1]})


def _rows(names: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    ids = [int(each) for each in names["id"] if each != NOBODY]
    stayed = pairs["before"] == pairs["after"]
    fresh = pairs["before"] == NOBODY

    def count(column: str, chosen: pd.Series) -> np.ndarray:
        found: np.ndarray = pairs.loc[chosen, column].value_counts().reindex(ids, fill_value=0).to_numpy()
        return found

    def money(column: str, by: str) -> np.ndarray:
        found: np.ndarray = pairs.groupby(by)[column].sum().reindex(ids, fill_value=0).astype("int64").to_numpy()
        return found

    before, after, kept = count("before", ~fresh), count("after", fresh | True), count("after", stayed)
    rows = pd.DataFrame({"id": ids, "before": before, "after": after, "kept": kept})
    return rows.assign(
        joined=after - kept, fresh=count("after", fresh), left=before - kept,
        kept_share=np.where(before > 0, kept / np.maximum(before, 1), np.nan),
        cents_before=money("cents_then", "before"), cents_after=money("cents_now", "after"),
    )  # fmt: skip
