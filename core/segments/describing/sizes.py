"""What each segment bought in the period and countries that are looked at."""

from __future__ import annotations

from dataclasses import dataclass

import narwhals as nw
import numpy as np
import pandas as pd

from core.codec import cacheable
from core.segments.inputs import features
from core.segments.inputs.features import Recipe, Source
from core.segments.inputs.roles import measure
from core.stages import stage
from core.warehouse import engine
from core.warehouse.people import People
from core.warehouse.tables import Slice


@cacheable
@dataclass(frozen=True)
class Sizes:
    """``rows``: id, customers (with a counted order in the slice), orders, cents, share, revenue_share."""

    rows: pd.DataFrame
    customers: int
    cents: int


def buyers(source: Slice) -> pd.DataFrame:
    """Customer, net cents and counted orders of everybody who ordered in the slice."""
    rows = source.orders().group_by("customer").agg(nw.col("cents").sum(), nw.col("counted").sum().alias("orders"))
    return engine.collect(rows.filter(nw.col("orders") > 0).sort("customer"))


def bought(source: People) -> pd.DataFrame:
    """Customer, cents and purchases of everybody in a table; 0 where it does not tell."""
    frame, every = source.frame(), features.known(source)
    who = np.arange(len(frame)) if source.members is None else np.flatnonzero(source.members)
    told = {"orders": measure(frame, every, "orders"), "cents": measure(frame, every, "spend")}
    filled = {name: 0.0 if each is None else each.fillna(0) for name, each in told.items()}
    rows = pd.DataFrame({"customer": who, **filled})
    return rows.assign(
        orders=rows["orders"].round().astype("int64"), cents=(100 * rows["cents"]).round().astype("int64")
    )


def part(values: pd.Series) -> pd.Series:
    """Each value's share of their sum; 0 where there is nothing to share."""
    total = values.sum()
    return values / total if total else values * 0.0


@stage(version=2)
def sizes(source: Source, recipe: Recipe, k: int, seed: int, *, labels: np.ndarray) -> Sizes:
    """Customers, orders and revenue of each segment in a slice.

    Parameters
    ----------
    source : Slice or People
        Any period, countries and members.
    recipe, k, seed
        Name the segmentation that ``labels`` come from.
    labels : int array
        Segment of each customer, from 1.
    """
    rows = bought(source) if isinstance(source, People) else buyers(source)
    grouped = rows.assign(id=labels[rows["customer"]]).groupby("id")
    frame = grouped.agg(customers=("customer", "size"), orders=("orders", "sum"), cents=("cents", "sum"))
    frame = frame.reindex(np.unique(labels), fill_value=0).rename_axis("id").reset_index().astype("int64")
    frame = frame.assign(share=part(frame["customers"]), revenue_share=part(frame["cents"]))
    return Sizes(frame, int(frame["customers"].sum()), int(frame["cents"].sum()))
