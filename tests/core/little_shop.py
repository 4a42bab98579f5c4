"""Small cleaned tables made with pandas alone: what core computes from them has something to be held against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from core.periods import Span
from core.warehouse.receipt import Entry, Receipt
from core.warehouse.tables import Slice, Tables, TablesMeta, number

COUNTRIES = ("United Kingdom", "EIRE", "Germany")


@dataclass(frozen=True)
class Line:
    """One line: customer and product by number, the day as text, the price in cents."""

    order: str
    customer: int
    day: str
    cents: int = 100
    quantity: int = 1
    product: int = 0
    country: str = COUNTRIES[0]
    hour: int = 12


def lines_frame(lines: Sequence[Line]) -> pd.DataFrame:
    """The lines with every canonical column; ``cents`` is signed by the quantity."""
    days = [dt.date.fromisoformat(line.day) for line in lines]
    return pd.DataFrame(
        {
            "order_id": [line.order for line in lines],
            "customer": np.array([line.customer for line in lines], dtype="int32"),
            "product": np.array([line.product for line in lines], dtype="int32"),
            "country": [line.country for line in lines],
            "ts": pd.to_datetime([f"{line.day} {line.hour:02}:00" for line in lines]),
            "day": np.array([number(day) for day in days], dtype="int32"),
            "month": np.array([day.year * 12 + day.month - 1 for day in days], dtype="int32"),
            "quantity": [float(line.quantity) for line in lines],
            "price": [line.cents / 100 for line in lines],
            "cents": np.array([line.cents * line.quantity for line in lines], dtype="int64"),
        }
    )


def orders_frame(lines: pd.DataFrame) -> pd.DataFrame:
    """One row per order and customer; ``counted`` where any line was paid for."""
    by = lines.assign(counted=(lines["cents"] > 0).astype("int8")).groupby(["order_id", "customer"], as_index=False)
    orders = by.agg(
        country=("country", "min"), ts=("ts", "min"), day=("day", "min"), month=("month", "min"),
        cents=("cents", "sum"), lines=("cents", "size"), items=("quantity", "sum"), counted=("counted", "max"),
    )  # fmt: skip
    return orders.assign(weekday=orders["ts"].dt.day_of_week, hour=orders["ts"].dt.hour)


def shop(folder: Path, lines: Sequence[Line], span: tuple[str, str] | None = None, **narrow: object) -> Slice:
    """A slice over these lines; ``span`` is the period looked at, the whole data by default."""
    frame = lines_frame(lines)
    orders = orders_frame(frame)
    numbers = np.arange(frame["product"].max() + 1, dtype="int32")
    names = {"code": [f"P{n}" for n in numbers], "name": [f"Product {n}" for n in numbers]}
    products = pd.DataFrame({"product": numbers, **names})
    for name, table in (("lines", frame), ("orders", orders), ("products", products)):
        table.to_parquet(folder / f"{name}.parquet")
    first, last = min(line.day for line in lines), max(line.day for line in lines)
    data = Span(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    cents = int(frame["cents"].sum())
    meta = TablesMeta(
        lines=len(frame), orders=int(orders["counted"].sum()), customers=int(frame["customer"].max()) + 1,
        products=len(products), cents=cents, first_day=data.start, last_day=data.end,
        as_of=dt.datetime.combine(data.end, dt.time()),
        receipt=Receipt(len(frame), cents, len(frame), cents, [Entry("returned", False, 0, 0)]),
    )  # fmt: skip
    period = Span(*map(dt.date.fromisoformat, span)) if span else data
    return Slice(Tables(folder, meta), "test", period, **narrow)  # type: ignore[arg-type]
