"""The customers of an order log as they were at the end of an earlier day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import narwhals as nw
import numpy as np
import pandas as pd

from core.segments.inputs.logs import filled
from core.warehouse import engine
from core.warehouse.tables import Lazy, Slice, TablesMeta, date, number

DAY = dt.timedelta(days=1)
# Figures that only the lines of orders tell.
OF_LINES = ("bought_cents", "items", "lines", "products")


@dataclass(frozen=True)
class Dated(Slice):
    """A dataset as of a day: whoever had ordered by then, with the figures of then.

    ``then`` holds the columns of the customers table; ``customer`` is the number in the whole dataset.
    """

    then: pd.DataFrame = field(default_factory=pd.DataFrame)

    def customers(self) -> Lazy:
        return engine.lift(self.then)

    def people_then(self) -> pd.DataFrame:
        """What :func:`core.segments.inputs.logs.customers` gives, without a way through the engine."""
        return filled(self.then)


def last_day(meta: TablesMeta) -> dt.date:
    """The day at the end of which everything is as the whole dataset says."""
    return max(meta.last_day, (meta.as_of - DAY).date())


def dated(source: Slice, day: dt.date, needs: Iterable[str] = ()) -> Dated:
    """The dataset as of the end of a day.

    Parameters
    ----------
    source : Slice
        The whole dataset.
    day : date
    needs : iterable of str
        Columns beyond recency, orders, spend and tenure that are asked for: ``country`` and those of :data:`OF_LINES`.

    Notes
    -----
    Recency is counted to the same time of day as in the dataset itself, so that the last day gives its very figures.
    Money counts on the day it moved: a return after ``day`` is not known yet. Whether an order was wholly cancelled is
    taken from the whole dataset, so it counts as an order at no day.
    """
    needs, whole = set(needs), source.tables.meta
    until = source.tables.scan("orders").filter(nw.col("day") <= number(day))
    moment = whole.as_of - (last_day(whole) - day)
    then = engine.collect(_sums(until).sort("customer"))
    for column, ts in (("recency_days", "last_ts"), ("tenure_days", "first_ts")):
        then[column] = (moment - then[ts]).dt.days.clip(lower=0)
    if needs & set(OF_LINES):
        then = then.merge(_bought(source, day), on="customer", how="left")
        then[list(OF_LINES)] = then[list(OF_LINES)].fillna(0)
        then = then.astype({"bought_cents": "int64", "lines": "int64", "products": "int64", "items": "float64"})
    if "country" in needs:
        then = then.merge(_homes(until), on="customer", how="left")
    # What nobody asked for is not known, and is in nobody's way.
    then = then.assign(**dict.fromkeys((c for c in OF_LINES if c not in then), np.nan))
    then = then if "country" in then else then.assign(country="")
    mask = np.zeros(whole.customers, dtype=bool)
    mask[then["customer"]] = True
    people = replace(source.people, members=mask) if source.people else None
    key = f"{source.key} as of {day}"
    return Dated(source.tables, key, replace(source.span, end=day), members=mask, people=people, then=then)


def _sums(orders: Lazy) -> Lazy:
    ts = nw.when(nw.col("counted") == 1).then(nw.col("ts"))
    return (
        orders.with_columns(real=ts)
        .group_by("customer")
        .agg(
            nw.col("cents").sum(),
            nw.col("counted").cast(nw.Int64).sum().alias("frequency"),
            nw.col("real").min().alias("first_ts"),
            nw.col("real").max().alias("last_ts"),
        )
    )


def _bought(source: Slice, day: dt.date) -> pd.DataFrame:
    lines = source.tables.scan("lines").filter(nw.col("day") <= number(day), nw.col("cents") > 0)
    # By product first and then by customer: several times faster than counting distinct products.
    by = lines.group_by("customer", "product").agg(
        nw.col("cents").sum(), nw.col("quantity").sum(), nw.len().alias("lines")
    )
    return engine.collect(
        by.group_by("customer").agg(
            nw.col("cents").sum().alias("bought_cents"), nw.col("quantity").sum().alias("items"),
            nw.col("lines").sum(), nw.len().alias("products"),
        )
    )  # fmt: skip


def _homes(orders: Lazy) -> pd.DataFrame:
    """The country that most of each customer's orders went to."""
    homes = engine.collect(orders.group_by("customer", "country").agg(nw.len().alias("n")))
    homes = homes.sort_values(["customer", "n", "country"], ascending=[True, False, True])
    return homes.drop_duplicates("customer")[["customer", "country"]]


def days_of(source: Slice) -> tuple[dt.date, dt.date]:
    """The first and the last day that the dataset can be looked at as of."""
    meta = source.tables.meta
    return date(number(meta.first_day)), last_day(meta)
