"""The canonical tables of a cleaned dataset, and a slice of them that a view looks at.

========== ==========================================================================================
lines      order_id, customer, product, country, ts, day, month, quantity, price, cents
orders     order_id, customer, country, ts, day, month, weekday, hour, cents, lines, items, counted
customers  customer, customer_id, country, cents, frequency, first_ts, last_ts, recency_days,
           tenure_days, bought_cents, items, lines, products
products   product, code, name
========== ==========================================================================================

``customer`` numbers the customers 0, 1, … in order of their id, so an array of labels lines up with the table;
``product`` likewise by code. ``cents`` is signed money in integer cents; ``day`` counts days from 1970-01-01,
``month`` is year × 12 + month − 1, ``weekday`` 0 is Monday. ``counted`` is 1 for an order that counts as one: not a
return, not wholly cancelled. Sum ``cents`` over all rows for revenue, ``counted`` for orders. Where the file says so,
lines and orders also have a ``channel`` and products a ``category``, null where it is not known of them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from core import codec
from core.codec import cacheable
from core.periods import Span
from core.warehouse import engine
from core.warehouse.people import People
from core.warehouse.receipt import Receipt

EPOCH = dt.date(1970, 1, 1)
Lazy = nw.LazyFrame[Any]


@cacheable
@dataclass(frozen=True)
class TablesMeta:
    """Sizes and span of a cleaned dataset, and what it knows nothing of.

    ``money`` is what revenue is taken from, of :mod:`core.intake.logs.money`; ``none`` where there is none: all
    ``cents`` are 0 then, and orders count all the same. Without products all lines are of one product without code or
    name, or one a category where lines have that; without countries all are ``Unspecified``. Categories and channels
    are known where there are at least two.
    """

    lines: int
    orders: int
    customers: int
    products: int
    cents: int
    first_day: dt.date
    last_day: dt.date
    as_of: dt.datetime
    receipt: Receipt
    money: str = "lines"
    has_products: bool = True
    has_countries: bool = True
    has_categories: bool = False
    has_channels: bool = False

    @property
    def has_money(self) -> bool:
        """Whether the dataset knows what was paid."""
        return self.money != "none"

    @property
    def span(self) -> Span:
        return Span(self.first_day, self.last_day)


@dataclass(frozen=True)
class Tables:
    """A folder of cleaned tables."""

    folder: Path
    meta: TablesMeta

    @classmethod
    def write(cls, folder: Path, meta: TablesMeta) -> Tables:
        """Finish a folder: the description comes last, so a folder without it is unfinished."""
        (folder / "meta.bin").write_bytes(codec.dumps(meta))
        return cls(folder, meta)

    @classmethod
    def open(cls, folder: Path) -> Tables:
        """Open a finished folder."""
        return cls(folder, codec.loads((folder / "meta.bin").read_bytes()))

    def scan(self, name: str) -> Lazy:
        """One of the tables, lazily."""
        return engine.scan(self.folder / f"{name}.parquet")


@dataclass(frozen=True)
class Slice:
    """The part of the tables that a view looks at.

    Parameters
    ----------
    tables : Tables
    key : str
        Names dataset, cleaning and filters in full; results are cached under it.
    span : Span
        Days looked at.
    countries : tuple of str
        Empty for all.
    members : array of bool, optional
        One entry a customer; None for all.
    people : People, optional
        A customer table that the log was joined with, a row for each of its customers.
    """

    tables: Tables
    key: str
    span: Span
    countries: tuple[str, ...] = ()
    members: np.ndarray | None = None
    people: People | None = None

    def orders(self, span: Span | None = None) -> Lazy:
        """Orders in the slice; with ``span``, the same customers and countries on other days."""
        return self._narrow(self.tables.scan("orders"), span or self.span)

    def lines(self, span: Span | None = None) -> Lazy:
        """Lines in the slice."""
        return self._narrow(self.tables.scan("lines"), span or self.span)

    def customers(self) -> Lazy:
        """All customers of the members, with figures over the whole history (period and country do not cut them)."""
        return self._members(self.tables.scan("customers"))

    def products(self) -> Lazy:
        """Codes and names of products."""
        return self.tables.scan("products")

    def _narrow(self, frame: Lazy, span: Span) -> Lazy:
        whole = self.tables.meta.span
        if span.start > whole.start or span.end < whole.end:
            frame = frame.filter(nw.col("day") >= number(span.start), nw.col("day") <= number(span.end))
        if self.countries:
            frame = frame.filter(nw.col("country").is_in(self.countries))
        return self._members(frame)

    def _members(self, frame: Lazy) -> Lazy:
        if self.members is None:
            return frame
        chosen = pd.DataFrame({"customer": np.flatnonzero(self.members).astype("int32")})
        return frame.join(engine.lift(chosen), on="customer", how="semi")


def number(day: dt.date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def date(day: int) -> dt.date:
    """The inverse of :func:`number`."""
    return EPOCH + dt.timedelta(days=int(day))
