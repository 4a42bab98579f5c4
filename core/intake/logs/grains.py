"""The three grains, made once: lines as cleaned, orders, customers; and the products' names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import narwhals as nw
import pandas as pd

from core.warehouse import engine

Lazy = nw.LazyFrame[Any]


def number(customer_ids: pd.Index) -> pd.DataFrame:
    """Customers numbered 0, 1, … in order of id: as numbers where every id is one, as text otherwise."""
    ids = pd.Series(customer_ids.astype(str), index=range(len(customer_ids)))
    numeric = pd.to_numeric(ids, errors="coerce")
    frame = pd.DataFrame({"customer_id": ids, "number": numeric if numeric.notna().all() else 0.0})
    frame = frame.sort_values(["number", "customer_id"], ignore_index=True)[["customer_id"]]
    return frame.assign(customer=pd.Series(range(len(frame)), dtype="int32"))


def name_products(kept: Lazy) -> pd.DataFrame:
    """Products numbered in order of code, each called what it is called most often."""
    named = engine.collect(kept.group_by("code", "description").agg(nw.len().alias("n")))
    tidy = named["description"].str.strip()
    named["description"] = tidy.where(tidy != "")
    named = named.groupby(["code", "description"], dropna=False)["n"].sum().reset_index()
    named["known"] = named["description"].notna()
    best = named.sort_values(["code", "known", "n", "description"], ascending=[True, False, False, True])
    best = best.drop_duplicates("code").rename(columns={"description": "name"})
    return best[["code", "name"]].assign(product=pd.Series(range(len(best)), dtype="int32").to_numpy())


def categorise(kept: Lazy, products: pd.DataFrame) -> pd.DataFrame:
    """The products with the category that most of each one's lines have; of equally many, the first by name."""
    known = kept.filter(~nw.col("category").is_null())
    counted = engine.collect(known.group_by("code", "category").agg(nw.len().alias("n")))
    best = counted.sort_values(["code", "n", "category"], ascending=[True, False, True]).drop_duplicates("code")
    return products.merge(best[["code", "category"]], on="code", how="left")


def write_lines(kept: Lazy, products: pd.DataFrame, out: Path, more: Sequence[str] = ()) -> Lazy:
    """Lines with products as numbers, as customers are already; names stand once, in customers and products.

    ``more`` names columns beyond the canonical ones.
    """
    engine.write(engine.lift(products), out / "products.parquet")
    lines = kept.join(engine.lift(products[["code", "product"]]), on="code", how="inner").select(
        "order_id", "customer", "product", "country", "ts", "day", "month", "quantity", "price", "cents", *more
    )
    engine.write(lines, out / "lines.parquet")
    return engine.scan(out / "lines.parquet")


def write_orders(lines: Lazy, cancelled: pd.DataFrame, out: Path, zero: bool = False, channels: bool = False) -> Lazy:
    """One row per order and customer. ``counted`` is 0 for returns and for wholly cancelled orders.

    With ``zero`` a purchase that brought no money counts as well; with ``channels`` each has the channel that most of
    its lines have.
    """
    purchase = (nw.col("cents") >= 0) & (nw.col("quantity") > 0) if zero else nw.col("cents") > 0
    paid = nw.when(purchase).then(1).otherwise(0)
    orders = lines.with_columns(bought=paid).group_by("order_id", "customer").agg(
        nw.col("country").min(), nw.col("ts").min(), nw.col("day").min(), nw.col("month").min(),
        nw.col("cents").sum(), nw.len().alias("lines"), nw.col("quantity").sum().alias("items"),
        nw.col("bought").max(),
    )  # fmt: skip
    marks = engine.lift(cancelled.assign(cancelled=1))
    counted = nw.when(nw.col("cancelled").is_null()).then(nw.col("bought")).otherwise(0)
    orders = orders.join(marks, on=["order_id", "customer"], how="left").with_columns(
        weekday=(nw.col("day") + 3) % 7, hour=nw.col("ts").dt.hour(), counted=counted.cast(nw.Int8)
    )
    if channels:
        orders = orders.join(_channels(lines), on=["order_id", "customer"], how="left")
    engine.write(orders.drop("bought", "cancelled").sort("ts", "order_id", "customer"), out / "orders.parquet")
    return engine.scan(out / "orders.parquet")


def _channels(lines: Lazy) -> Lazy:
    """The channel of each order; of equally frequent ones the first by name."""
    known = lines.filter(~nw.col("channel").is_null())
    counted = known.group_by("order_id", "customer", "channel").agg(nw.len().alias("n")).to_native()
    most = "select order_id, customer, arg_min(channel, (-n, channel)) as channel from q group by order_id, customer"
    found: Lazy = nw.from_native(counted.query("q", most))
    return found


def write_customers(lines: Lazy, orders: Lazy, ids: pd.DataFrame, moment: dt.datetime, out: Path) -> None:
    """One row per customer, in order of number; recency and tenure are whole days up to ``moment``."""
    when = orders.filter(nw.col("counted") == 1).group_by("customer").agg(
        nw.len().alias("frequency"), nw.col("ts").min().alias("first_ts"), nw.col("ts").max().alias("last_ts")
    )  # fmt: skip
    money = orders.group_by("customer").agg(nw.col("cents").sum())
    # By product first and then by customer: several times faster than counting distinct products.
    bought = lines.filter(nw.col("cents") > 0).group_by("customer", "product").agg(
        nw.col("cents").sum(), nw.col("quantity").sum(), nw.len().alias("lines")
    ).group_by("customer").agg(
        nw.col("cents").sum().alias("bought_cents"), nw.col("quantity").sum().alias("items"),
        nw.col("lines").sum(), nw.len().alias("products"),
    )  # fmt: skip
    frame = ids
    for part in (money, when, bought, _homes(orders)):
        frame = frame.merge(part if isinstance(part, pd.DataFrame) else engine.collect(part), on="customer", how="left")
    frame["recency_days"] = (moment - frame["last_ts"]).dt.days
    frame["tenure_days"] = (moment - frame["first_ts"]).dt.days
    counts = ["frequency", "bought_cents", "lines", "products"]
    frame[counts] = frame[counts].fillna(0).astype("int64")
    frame["items"] = frame["items"].fillna(0.0)
    engine.write(engine.lift(frame), out / "customers.parquet")


def _homes(orders: Lazy) -> pd.DataFrame:
    """The country that most of each customer's orders went to."""
    homes = engine.collect(orders.group_by("customer", "country").agg(nw.len().alias("n")))
    homes = homes.sort_values(["customer", "n", "country"], ascending=[True, False, True])
    return homes.drop_duplicates("customer")[["customer", "country"]]
