"""When and where a segment orders, against everybody: months, weekdays, hours, countries; of a table, its channels."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass

import narwhals as nw
import numpy as np
import pandas as pd

from core.codec import cacheable
from core.segments.explaining.favourites import wilson
from core.segments.inputs.features import Recipe, Source
from core.stages import stage
from core.warehouse import engine
from core.warehouse.people import People
from core.warehouse.tables import Slice

PARTS = {"month": range(1, 13), "weekday": range(7), "hour": range(24)}


@cacheable
@dataclass(frozen=True)
class Habits:
    """``times``: id, part (``month``, ``weekday`` or ``hour``), place (1 to 12, 0 to 6 from Monday, 0 to 23), label,
    orders, share (of the segment's orders), orders_all, share_all, index (share ÷ share_all; NaN where nobody ordered).
    ``countries``: id, country, customers (of the segment who ordered from there), share, customers_all, share_all,
    lift, low (at the least, at 95 %); most customers first. ``bases``: id (0 is all), orders, customers. ``seen``: the
    calendar months that were looked at.
    """

    times: pd.DataFrame
    countries: pd.DataFrame
    bases: pd.DataFrame
    seen: list[int]


@stage(version=1)
def habits(source: Source, recipe: Recipe, k: int, seed: int, *, labels: np.ndarray) -> Habits:
    """Share of each segment's orders by time, and of its customers by country, beside that of everybody.

    Parameters
    ----------
    source : Slice
        What is looked at: its period and countries count.
    recipe, k, seed
        Name the segmentation that ``labels`` come from.
    labels : int array
        Segment of each customer.

    Notes
    -----
    Only orders that count. Both sides are seen over the same days, so that an unfinished month weighs on both alike.
    A customer who orders from two countries counts in each.
    """
    assert not isinstance(source, People)
    ids = [int(segment) for segment in np.unique(labels)]
    orders = _orders(source, labels)
    times = pd.concat(
        [_times(orders.groupby(["id", part])["orders"].sum(), part, ids) for part in PARTS], ignore_index=True
    )
    people, countries = spread(source, labels, "country")
    sums = orders.groupby("id")["orders"].sum().reindex(ids, fill_value=0)
    heads = people.reindex(ids, fill_value=0)
    bases = pd.DataFrame({"id": [0, *ids], "orders": [int(sums.sum()), *sums], "customers": [int(heads.sum()), *heads]})
    return Habits(times, countries, bases, sorted(int(month) for month in orders["month"].unique()))


def spread(source: Slice, labels: np.ndarray, column: str) -> tuple[pd.Series, pd.DataFrame]:
    """Customers with an order that counts, by segment, and by segment and what their orders say in a column.

    Parameters
    ----------
    source : Slice
    labels : int array
        Segment of each customer.
    column : str
        Of orders: ``country`` or ``channel``. Orders of which it is not known do not count.

    Returns
    -------
    tuple
        Customers of each segment; and id, the column, customers, share, customers_all, share_all, lift, low.
    """
    counted = source.orders().filter(nw.col("counted") == 1, ~nw.col(column).is_null())
    found = engine.collect(counted.select("customer", column).unique())
    found["id"] = labels[found["customer"].to_numpy()]
    people = found.drop_duplicates("customer").groupby("id").size()
    here = found.groupby(["id", column]).size().rename("customers").reset_index()
    here["share"] = here["customers"] / here["id"].map(people)
    here["customers_all"] = here.groupby(column)["customers"].transform("sum")
    here["share_all"] = here["customers_all"] / max(int(people.sum()), 1)
    here["lift"] = here["share"] / here["share_all"]
    low = wilson(here["customers"].to_numpy(), here["id"].map(people).to_numpy(), int(here[column].nunique()))
    here["low"] = low / here["share_all"]
    order = ["id", "customers", column]
    return people, here.sort_values(order, ascending=[True, False, True], ignore_index=True)


def mix(rows: pd.DataFrame, roles: Sequence[str]) -> pd.DataFrame:
    """How a segment divides what it spends, or its purchases, beside everybody.

    Parameters
    ----------
    rows : frame
        As of :func:`core.segments.describing.portraits.portraits`.
    roles : sequence of str
        Roles of the columns to be added up, such as those of channels.

    Returns
    -------
    frame
        id, feature, label, unit, they and all (averages; money in cents), share and share_all (of the sum of these
        averages), lift; of each segment the largest lift first. Empty where fewer than two columns have such a role.
    """
    mine = rows[rows["role"].isin(roles) & (rows["what"] == "")]
    if mine["feature"].nunique() < 2:
        return pd.DataFrame(columns=["id", "feature", "label", "unit", "they", "all", "share", "share_all", "lift"])
    sums = mine.groupby("id")[["they", "all"]].transform("sum")
    shares = mine.assign(share=_over(mine["they"], sums["they"]), share_all=_over(mine["all"], sums["all"]))
    shares = shares.assign(lift=_over(shares["share"], shares["share_all"]))
    shares = shares.sort_values(["id", "lift"], ascending=[True, False], kind="stable", ignore_index=True)
    return shares[["id", "feature", "label", "unit", "they", "all", "share", "share_all", "lift"]]


def _orders(source: Slice, labels: np.ndarray) -> pd.DataFrame:
    """Orders that count by segment, calendar month, weekday and hour."""
    members = engine.lift(pd.DataFrame({"customer": np.arange(len(labels), dtype="int32"), "id": labels}))
    counted = source.orders().filter(nw.col("counted") == 1).join(members, on="customer", how="inner")
    found = engine.collect(counted.group_by("id", "month", "weekday", "hour").agg(nw.len().alias("orders")))
    return found.assign(month=found["month"] % 12 + 1)


def _times(counts: pd.Series, part: str, ids: list[int]) -> pd.DataFrame:
    counted = counts.unstack(fill_value=0).reindex(index=ids, columns=list(PARTS[part]), fill_value=0).to_numpy()
    sums, everyone = counted.sum(axis=1), counted.sum(axis=0)
    rows = []
    for row, segment in enumerate(ids):
        for column, place in enumerate(PARTS[part]):
            orders, common = int(counted[row, column]), int(everyone[column])
            share, usual = orders / max(int(sums[row]), 1), common / max(int(everyone.sum()), 1)
            index = share / usual if usual else float("nan")
            rows.append((segment, part, place, _label(part, place), orders, share, common, usual, index))
    columns = ["id", "part", "place", "label", "orders", "share", "orders_all", "share_all", "index"]
    return pd.DataFrame(rows, columns=columns)


def _label(part: str, place: int) -> str:
    if part == "hour":
        return f"{place}:00"
    return str((calendar.month_name if part == "month" else calendar.day_name)[place])


def _over(part: pd.Series, whole: pd.Series) -> pd.Series:
    return part / whole.where(whole > 0)
