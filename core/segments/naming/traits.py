"""The columns of a segment's profile: averages of its customers, and how far they lie from those of all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.segments.describing.sizes import part

NEW_DAYS = ACTIVE_DAYS = 90


@dataclass(frozen=True)
class Trait:
    """A column of the profile: slug, label, unit (money in cents) and family; of a family one difference is named."""

    slug: str
    label: str
    unit: str
    family: str
    drawn: bool = True


TRAITS = (
    Trait("recency_days", "Days since last order", "days", "time"),
    Trait("frequency", "Orders each", "orders", "orders"),
    Trait("monetary", "Spend each", "money", "spend"),
    Trait("order_value", "Spend per order", "money", "basket"),
    Trait("price", "Price paid per item", "money", "price"),
    Trait("items_per_order", "Items per order", "items", "basket", drawn=False),
    Trait("lines_per_order", "Lines per order", "lines", "basket"),
    Trait("products", "Different products", "products", "range"),
    Trait("tenure_days", "Days since first order", "days", "arrival"),
    Trait("one_time_share", "Ordered only once", "share", "orders"),
    Trait("new_share", "New in the last 90 days", "share", "arrival", drawn=False),
    Trait("active_share", "Ordered in the last 90 days", "share", "time", drawn=False),
    Trait("home_share", "In the main country", "share", "place", drawn=False),
)
DRAWN = tuple(trait for trait in TRAITS if trait.drawn)


def describe(people: pd.DataFrame, labels: np.ndarray) -> pd.DataFrame:
    """One row per segment, then one for all customers with id 0.

    Parameters
    ----------
    people : frame
        The customers table, in order of customer.
    labels : int array
        Segment of each, from 1.

    Returns
    -------
    frame
        id, customers, share, cents, revenue_share, then averages: recency_days, recency_median, frequency, monetary
        (cents), order_value (cents an order), price (cents an item), items_per_order, lines_per_order, products,
        tenure_days, one_time_share, new_share, active_share, home_share, top_country.

    Notes
    -----
    Per order and per item figures divide sums by sums, so that they agree with the average order value.
    """
    segments = _averages(people.assign(id=labels), home := _home(people))
    everybody = _averages(people.assign(id=0), home)
    segments["share"], segments["revenue_share"] = part(segments["customers"]), part(segments["cents"])
    everybody["share"] = everybody["revenue_share"] = 1.0
    return pd.concat([segments, everybody], ignore_index=True)


def per_customer(people: pd.DataFrame) -> pd.DataFrame:
    """Every trait of every customer; missing where it is not defined, such as spend per order without an order."""
    orders = people["frequency"].where(people["frequency"] > 0)
    return pd.DataFrame(
        {
            "recency_days": people["recency_days"].astype(float),
            "frequency": people["frequency"].astype(float),
            "monetary": people["cents"].astype(float),
            "order_value": people["cents"] / orders,
            "price": people["bought_cents"] / people["items"].where(people["items"] > 0),
            "items_per_order": people["items"] / orders,
            "lines_per_order": people["lines"] / orders,
            "products": people["products"].astype(float),
            "tenure_days": people["tenure_days"].astype(float),
            "one_time_share": (people["frequency"] == 1).astype(float),
            "new_share": (people["tenure_days"] <= NEW_DAYS).astype(float),
            "active_share": (people["recency_days"] <= ACTIVE_DAYS).astype(float),
            "home_share": (people["country"] == _home(people)).astype(float),
        }
    )


def effects(rows: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """How far each segment's averages lie from those of all, in standard deviations between customers.

    Notes
    -----
    The deviation is taken between the 1st and 99th percentile, or a handful of huge buyers would make every
    difference look small.
    """
    values = per_customer(people)
    bounded = values.clip(values.quantile(0.01), values.quantile(0.99), axis=1)
    spread = bounded.std(ddof=0)
    spread = spread.where(spread > 0, values.std(ddof=0))
    table = rows.set_index("id")[list(values.columns)]
    return (table - table.loc[0]).div(spread.where(spread > 0), axis=1).fillna(0.0)


def _home(people: pd.DataFrame) -> str:
    """The country with most customers; of equals the first by name."""
    counts = people["country"].value_counts()
    return str(min(counts[counts == counts.max()].index)) if len(counts) else ""


def _averages(people: pd.DataFrame, home: str) -> pd.DataFrame:
    people = people.assign(
        once=people["frequency"] == 1,
        new=people["tenure_days"] <= NEW_DAYS,
        active=people["recency_days"] <= ACTIVE_DAYS,
        home=people["country"] == home,
    )
    grouped = people.groupby("id")
    sums = grouped[["cents", "frequency", "bought_cents", "items", "lines"]].sum()
    means = grouped[
        ["recency_days", "frequency", "cents", "products", "tenure_days", "once", "new", "active", "home"]
    ].mean()
    orders = sums["frequency"].where(sums["frequency"] > 0)
    countries = people.groupby(["id", "country"]).size().reset_index(name="n")
    top = countries.sort_values(["id", "n", "country"], ascending=[True, False, True]).drop_duplicates("id")
    frame = pd.DataFrame(
        {
            "customers": grouped.size(),
            "share": 0.0,
            "cents": sums["cents"],
            "revenue_share": 0.0,
            "recency_days": means["recency_days"],
            "recency_median": grouped["recency_days"].median(),
            "frequency": means["frequency"],
            "monetary": means["cents"],
            "order_value": sums["cents"] / orders,
            "price": sums["bought_cents"] / sums["items"].where(sums["items"] > 0),
            "items_per_order": sums["items"] / orders,
            "lines_per_order": sums["lines"] / orders,
            "products": means["products"],
            "tenure_days": means["tenure_days"],
            "one_time_share": means["once"],
            "new_share": means["new"],
            "active_share": means["active"],
            "home_share": means["home"],
            "top_country": top.set_index("id")["country"],
        }
    )
    return frame.rename_axis("id").reset_index()
