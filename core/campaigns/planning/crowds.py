"""What is known of those whom a campaign is for, by segment: how many, what an order is worth, how many buy anyway."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import narwhals as nw
import numpy as np
import pandas as pd

from core.campaigns.audience import Filters, Marks, conditions, everyone
from core.campaigns.figures import figures
from core.campaigns.roster import Roster
from core.campaigns.table_audience import conditions as table_conditions
from core.codec import cacheable
from core.stages import stage
from core.warehouse import engine
from core.warehouse.people import People
from core.warehouse.tables import Slice

# Days in which a response counts.
WINDOW = 30


class Crowd(NamedTuple):
    """A row of :class:`Crowds`."""

    segment: int
    customers: int
    orders: int
    cents: int
    again: int
    days: int

    @property
    def order(self) -> float | None:
        """What an order is worth in cents; None where nothing is known of it."""
        return self.cents / self.orders if self.orders > 0 and self.cents > 0 else None

    @property
    def pace(self) -> float | None:
        """Share who order within :data:`WINDOW` days at their pace so far; None where that is not known.

        Notes
        -----
        Orders after the first ÷ days since the first, as a Poisson rate. Whoever ordered in the last days would be
        no measure: segments are made of just that.

        Examples
        --------
        >>> round(Crowd(1, 10, 30, 90_000, again=20, days=3_000).pace, 3)
        0.181
        """
        return -math.expm1(-WINDOW * self.again / self.days) if self.days > 0 else None


@cacheable
@dataclass(frozen=True)
class Crowds:
    """An audience by segment.

    ``rows``: segment (id, 0 for those in none), customers, orders, cents, again (orders after a customer's first), days
    (since the first order, added up); all over the whole history. A table knows nothing of the last two.
    """

    rows: pd.DataFrame

    def each(self) -> list[Crowd]:
        """Its rows."""
        return [Crowd(*map(int, row)) for row in self.rows[list(Crowd._fields)].to_numpy()]


@stage(version=1)
def crowds(source: Slice, filters: Filters, segmentation: tuple[Any, ...], *, marks: Marks) -> Crowds:
    """Count the audience of an order log by segment; parameters as :func:`core.campaigns.audience.audience`."""
    kept = everyone(source, marks).filter(*conditions(source, filters).values())
    rows = kept.group_by("segment").agg(
        nw.len().alias("customers"),
        nw.col("frequency").sum().alias("orders"),
        nw.col("cents").sum(),
        (nw.col("frequency") - 1).sum().alias("again"),
        nw.col("tenure_days").sum().alias("days"),
    )
    return Crowds(engine.collect(rows.sort("segment")).fillna(0).astype("int64"))


@stage(version=1)
def table_crowds(source: People, filters: Filters, learned: str, *, people: Roster) -> Crowds:
    """Count the audience of a table by segment: orders and their value where the table knows both of a customer."""
    known = figures(people.frame, source.columns)
    holds = np.logical_and.reduce([np.ones(len(known), bool), *table_conditions(people.frame, known, filters).values()])
    both = {"spend", "purchases"} <= {*known.columns}
    priced = known[["spend", "purchases"]].notna().all(axis=1) if both else pd.Series(False, index=known.index)
    frame = pd.DataFrame(
        {
            "segment": people.frame["segment"],
            "customers": 1,
            "orders": known["purchases"].where(priced, 0) if both else 0,
            "cents": known["spend"].where(priced, 0) if both else 0,
            "again": 0,
            "days": 0,
        }
    )
    rows = frame[holds].groupby("segment", as_index=False).sum().round()
    return Crowds(rows.astype("int64").sort_values("segment", ignore_index=True))
