"""What an order log tells of its customers: one row each, and the figures that segments can be learned from."""

from __future__ import annotations

import functools
from pathlib import Path

import pandas as pd

from core.segments.inputs.matrix import Feature
from core.warehouse import engine
from core.warehouse.tables import Lazy, Slice

RFM = (
    Feature("recency_days", "Days since last order", "days", "longer since last order", "more recent", "recency"),
    Feature("frequency", "Orders", "orders", "more orders", "fewer orders", "orders"),
    Feature("monetary", "Spend", "money", "more spend", "less spend", "spend", "amount"),
)
BEHAVIOUR = (
    Feature("order_value", "Spend per order", "money", "larger baskets", "smaller baskets", "spend an order", "amount"),
    Feature("items_per_order", "Items per order", "items", "more items", "fewer items", "items per order"),
    Feature("price", "Price paid per item", "money", "dearer items", "cheaper items", "price paid", "amount"),
    Feature("products", "Different products", "products", "more products", "fewer products", "different products"),
    Feature("tenure_days", "Days since first order", "days", "known longer", "newer", "days since the first order"),
    Feature("days_between", "Days between orders", "days", "slower rhythm", "faster rhythm", "days between orders"),
    Feature("returned_share", "Share returned", "share", "more returns", "fewer returns", "share returned"),
    Feature("country", "Country", "category", "", "", "country", "nominal"),
)  # fmt: skip
FIGURES = (*RFM, *BEHAVIOUR)
NOWHERE = "Unspecified"
# Named choices: what it is called -> what it is made of.
PRESETS = {
    "Recency, orders and spend": ("recency_days", "frequency", "monetary"),
    "RFM and behaviour": (
        "recency_days", "frequency", "monetary", "order_value", "products", "returned_share", "tenure_days",
        "days_between", "country",
    ),
    "Baskets": ("order_value", "items_per_order", "price", "products"),
    "Rhythm": ("recency_days", "frequency", "tenure_days", "days_between"),
}  # fmt: skip
PAID = ("monetary", "order_value", "price", "returned_share")


def known(source: Slice) -> tuple[Feature, ...]:
    """What the log can tell: nothing of money, products or countries where its lines name none."""
    meta = source.tables.meta
    lacking = set() if meta.has_money else set(PAID)
    lacking |= (set() if meta.has_products else {"products"}) | (set() if meta.has_countries else {"country"})
    return tuple(feature for feature in FIGURES if feature.slug not in lacking)


def customers(source: Slice) -> pd.DataFrame:
    """The customers of a slice, in order of their number.

    Notes
    -----
    A customer without any counted order has no last order: they stand with those who are silent the longest.
    """
    # Half a dozen stages in a row ask for everybody: a shallow copy, for pandas copies what is written to.
    everybody = source.members is None
    return (_everybody(source.tables.folder) if everybody else _read(source.customers())).copy(deep=False)


@functools.lru_cache(maxsize=1)
def _everybody(folder: Path) -> pd.DataFrame:
    return _read(engine.scan(folder / "customers.parquet"))


def _read(rows: Lazy) -> pd.DataFrame:
    return filled(engine.collect(rows.sort("customer")))


def filled(frame: pd.DataFrame) -> pd.DataFrame:
    """Customers without any counted order stand with those who are silent the longest."""
    days = {}
    for column in ("recency_days", "tenure_days"):
        longest = frame[column].max()
        days[column] = frame[column].fillna(0 if pd.isna(longest) else longest).astype("int64")
    return frame.assign(**days)


def figures(people: pd.DataFrame) -> pd.DataFrame:
    """A column for each of :data:`FIGURES`; money in units of the currency, missing where it is not defined.

    Parameters
    ----------
    people : frame
        As of :func:`customers`.

    Notes
    -----
    Days between orders need two of them. Returned is what was bought less what is left of it, never under 0. The
    country is not known where no line names one.

    Examples
    --------
    >>> row = {"recency_days": 3, "frequency": 2, "cents": 1250, "bought_cents": 2500, "items": 5, "products": 2}
    >>> figures(pd.DataFrame([row]))[["monetary", "order_value", "price", "returned_share"]].values.tolist()
    [[12.5, 6.25, 5.0, 0.5]]
    """
    orders = people["frequency"].where(people["frequency"] > 0)
    bought = people["bought_cents"].where(people["bought_cents"] > 0)
    found = {
        "recency_days": people["recency_days"], "frequency": people["frequency"], "monetary": people["cents"] / 100,
        "order_value": people["cents"] / 100 / orders, "items_per_order": people["items"] / orders,
        "price": people["bought_cents"] / 100 / people["items"].where(people["items"] > 0),
        "products": people["products"], "returned_share": (1 - people["cents"] / bought).clip(0, 1),
    }  # fmt: skip
    if "tenure_days" in people:
        found["tenure_days"] = people["tenure_days"]
        known = (people["tenure_days"] - people["recency_days"]).clip(lower=0)
        found["days_between"] = known / (orders - 1).where(orders > 1)
    frame = pd.DataFrame(found).astype(float)
    if "country" not in people:
        return frame
    return frame.assign(country=people["country"].where(people["country"] != NOWHERE))
