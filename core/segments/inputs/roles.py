"""What the columns of a table tell of each customer by what they measure: spend, income, visits …"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from core.segments.inputs import matrix
from core.segments.inputs.matrix import Feature

# What names look at -> the roles that tell it, the first that a table has.
LOOKS = {
    "spend": ("total_spend", "spend"), "income": ("income",), "orders": ("orders",), "web": ("web_purchases",),
    "store": ("store_purchases",), "catalog": ("catalog_purchases",), "deals": ("deal_purchases",),
    "visits": ("web_visits",), "recency": ("recency",), "age": ("age",), "children": ("children",),
    "accepted": ("accepted",),
}  # fmt: skip


def representative(every: Sequence[Feature]) -> list[Feature]:
    """All but the columns that a derived total of their role stands for."""
    totals = {each.role: each.slug for each in every if each.derived and each.role}
    return [each for each in every if totals.get(each.role, each.slug) == each.slug]


def measure(frame: pd.DataFrame, every: Sequence[Feature], key: str) -> pd.Series | None:
    """What a table tells of spend, income, visits …: one number a customer; several columns of a role are added up."""
    for role in LOOKS[key]:
        mine = [each for each in every if each.role == role and each.scale in ("number", "amount", "yes_no")]
        if not mine:
            continue
        mine = [each for each in mine if each.derived][:1] or mine
        return pd.DataFrame({each.slug: matrix.numbers(frame[each.slug], each) for each in mine}).sum(
            axis=1, min_count=1
        )
    return None
