"""What one customer ordered and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import narwhals as nw
import numpy as np
import pandas as pd

from core.warehouse import engine
from core.warehouse.tables import Slice

PRODUCTS = 8
# Counted orders, orders that were wholly taken back later, and entries that take something back.
KINDS = {"order": "Order", "cancelled": "Cancelled later", "return": "Return", "free": "Nothing paid"}


@dataclass(frozen=True)
class Timeline:
    """The orders of a customer over the whole history.

    Parameters
    ----------
    orders : frame
        order_id, ts, day, month (year × 12 + month − 1), country, cents, items, lines, kind (of :data:`KINDS`),
        sum_cents (what the customer had brought by then), gap (days since the last counted order; missing otherwise).
    months : frame
        month, cents, orders: each month from the first to the last entry.
    products : frame
        code, name, cents, quantity, orders: the products that brought most.
    count, taken_back, kinds_of_product : int
        Counted orders, other entries, and different products that were paid for.
    gap : float
        The middle number of days between days with a counted order; missing where there are fewer than two such.
    since : int
        Days from the last counted order to ``as_of``; −1 where there is none.
    start, as_of
        The first day of the data, and the moment to which recency is counted.
    """

    orders: pd.DataFrame
    months: pd.DataFrame
    products: pd.DataFrame
    count: int
    taken_back: int
    kinds_of_product: int
    gap: float
    since: int
    start: dt.date
    as_of: dt.datetime


def timeline(source: Slice, customer: int) -> Timeline:
    """The orders of one customer.

    Parameters
    ----------
    source : Slice
        Its cleaned tables; the period does not cut them.
    customer : int
        Number of the customer.

    Notes
    -----
    Every signed entry stands at its own date, as the rules keep it; an order is cancelled where it does not count
    although it was paid for. Days between orders are whole days of the calendar.
    """
    columns = ["order_id", "ts", "day", "month", "country", "cents", "items", "lines", "counted"]
    mine = source.tables.scan("orders").filter(nw.col("customer") == customer).select(*columns)
    orders = engine.collect(mine.sort("ts", "order_id"))
    counted = orders["counted"] == 1
    back = (orders["cents"] < 0) | (orders["items"] < 0)
    kind = np.select([counted, back, orders["cents"] > 0], ["order", "return", "cancelled"], "free")
    gaps = orders.loc[counted, "day"].astype(float).diff()
    orders = orders.assign(
        kind=kind, sum_cents=orders["cents"].cumsum(), gap=gaps.reindex(orders.index),
        items=orders["items"].astype(float), day=orders["day"].astype("int64"),
    ).drop(columns="counted")  # fmt: skip
    last = orders.loc[counted, "ts"].max()
    products, different = _products(source, customer)
    as_of = source.tables.meta.as_of
    return Timeline(
        orders=orders, months=_months(orders), products=products, count=int(counted.sum()),
        taken_back=int((~counted).sum()), kinds_of_product=different,
        gap=float(orders.loc[counted, "day"].drop_duplicates().diff().median()),
        since=-1 if pd.isna(last) else (as_of - last).days,
        start=source.tables.meta.first_day, as_of=as_of,
    )  # fmt: skip


def _months(orders: pd.DataFrame) -> pd.DataFrame:
    counted = orders["kind"] == "order"
    sums = orders.assign(orders=counted.astype("int64")).groupby("month")[["cents", "orders"]].sum()
    every = range(int(sums.index.min()), int(sums.index.max()) + 1) if len(sums) else range(0)
    return sums.reindex(every, fill_value=0).rename_axis("month").reset_index().astype("int64")


def _products(source: Slice, customer: int) -> tuple[pd.DataFrame, int]:
    """The products that brought most, net of what came back, and how many different ones were paid for."""
    lines = source.tables.scan("lines").filter(nw.col("customer") == customer)
    paid = nw.when(nw.col("cents") > 0).then(1).otherwise(0)
    sums = lines.with_columns(paid=paid).group_by("product").agg(
        nw.col("cents").sum(), nw.col("quantity").sum(), nw.col("order_id").n_unique().alias("orders"),
        nw.col("paid").max(),
    )  # fmt: skip
    named = engine.collect(sums.join(source.products(), on="product", how="left"))
    different = int(named["paid"].sum())
    if not source.tables.meta.has_products:
        named = named.head(0)
    best = named.sort_values(["cents", "quantity", "code"], ascending=[False, False, True]).head(PRODUCTS)
    return best[["code", "name", "cents", "quantity", "orders"]].reset_index(drop=True), different
