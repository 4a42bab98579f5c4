"""What customers of a table do, as numbers: each figure found by what its columns stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.warehouse.columns import Column

CHANNELS = ("web_purchases", "store_purchases", "catalog_purchases")
COUNTABLE = ("number", "amount", "yes_no")


@dataclass(frozen=True)
class Figure:
    """A figure: its unit, the derived column that holds it, or else roles whose columns are added up.

    Of several tuples of roles the first that the table has is taken.
    """

    name: str
    unit: str
    derived: str
    roles: tuple[tuple[str, ...], ...]


FIGURES = (
    Figure("age", "number", "age", (("age",),)),
    Figure("income", "money", "", (("income",),)),
    Figure("children", "number", "children", (("children",),)),
    Figure("recency_days", "days", "", (("recency",),)),
    Figure("tenure_days", "days", "tenure", ()),
    Figure("spend", "money", "total_spending", (("total_spend",), ("spend",))),
    Figure("purchases", "number", "total_purchases", (("orders",), CHANNELS)),
    *(Figure(role, "number", "", ((role,),)) for role in (*CHANNELS, "deal_purchases", "web_visits")),
    Figure("accepted", "number", "campaigns_accepted", (("accepted",),)),
    Figure("complaint_share", "percent", "", (("complaint",),)),
)
# Of sums, so that they agree with the totals; each made of figures that must be known.
QUOTIENTS = {
    "web_share": ("web_purchases", "in_channels", "percent"),
    "store_share": ("store_purchases", "in_channels", "percent"),
    "catalog_share": ("catalog_purchases", "in_channels", "percent"),
    "deal_share": ("deal_purchases", "purchases", "percent"),
    "basket": ("spend", "purchases", "money"),
    "visits_per_order": ("web_visits", "web_purchases", "number"),
}
# Shares of customers.
PARTS = {"responders": "accepted at least one campaign", "lookers": "more visits last month than web purchases ever"}


def figures(frame: pd.DataFrame, columns: Sequence[Column]) -> pd.DataFrame:
    """One column a figure that the table knows, one row a customer: money in cents, yes as 1, missing as missing.

    Beside :data:`FIGURES` there is ``in_channels``, purchases on the web, in stores and by catalogue where the table
    knows two of these or more, and 1 or 0 for each of :data:`PARTS`.

    Examples
    --------
    >>> columns = [Column(n, "spend", "Spend", "", "", slug=n, scale="amount") for n in ("tea", "cake")]
    >>> figures(pd.DataFrame({"tea": [1.5], "cake": [2.0]}), columns)
       spend
    0  350.0
    """
    found: dict[str, pd.Series] = {}
    for figure in FIGURES:
        if parts := _columns(figure, columns, frame):
            total = pd.concat([_number(frame[column.slug]) for column in parts], axis=1).sum(axis=1, min_count=1)
            found[figure.name] = total * 100 if figure.unit == "money" else total
    channels = [found[name] for name in CHANNELS if name in found]
    if len(channels) > 1:
        found["in_channels"] = pd.concat(channels, axis=1).sum(axis=1, min_count=1)
    if "accepted" in found:
        found["responders"] = (found["accepted"] > 0).astype(float)
    if {"web_visits", "web_purchases"} <= found.keys():
        found["lookers"] = (found["web_visits"] > found["web_purchases"]).astype(float)
    return pd.DataFrame(found, index=frame.index).astype(float)


def means(known: pd.DataFrame) -> dict[str, float]:
    """A group's figures: means over those who have one, quotients of sums, shares and numbers of :data:`PARTS`."""
    sums, average = known.sum(), known.mean()
    found = {figure.name: float(average[figure.name]) for figure in FIGURES if figure.name in known}
    for name, (part, whole, _) in QUOTIENTS.items():
        if {part, whole} <= {*known.columns} and sums[whole] > 0:
            found[name] = float(sums[part] / sums[whole])
    for name in PARTS:
        if name in known:
            found[name], found[f"{name}_share"] = float(sums[name]), float(average[name])
    return {name: value for name, value in found.items() if np.isfinite(value)}


def _columns(figure: Figure, columns: Sequence[Column], frame: pd.DataFrame) -> list[Column]:
    usable = [column for column in columns if column.scale in COUNTABLE and column.slug in frame]
    if derived := [column for column in usable if figure.derived and column.slug == figure.derived]:
        return derived
    for roles in figure.roles:
        if found := [column for column in usable if column.role in roles]:
            return found
    return []


def _number(cells: pd.Series) -> pd.Series:
    if pd.api.types.is_numeric_dtype(cells):
        return cells.astype(float)
    return cells.map({"yes": 1.0, "no": 0.0})
