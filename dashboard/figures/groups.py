"""The RFM groups: summed over the grid, and what a score means in days."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard import words


def totals(cells: pd.DataFrame, groups: Sequence[Any]) -> pd.DataFrame:
    """One row per group in the order of the map: group, label, colour, meaning, like, customers, cents, shares.

    Parameters
    ----------
    cells : DataFrame
        r, fm, group, customers, cents.
    groups : sequence of Group
        slug, label, colour, meaning, like.
    """
    sums = cells.groupby("group")[["customers", "cents"]].sum()
    rows = pd.DataFrame([(g.slug, g.label, g.colour, g.meaning, getattr(g, "like", "") or g.slug) for g in groups],
                        columns=["group", "label", "colour", "meaning", "like"])  # fmt: skip
    rows = rows.join(sums, on="group").fillna({"customers": 0, "cents": 0})
    rows = rows.astype({"customers": "int64", "cents": "int64"})
    people, money = rows["customers"].sum(), rows["cents"].sum()
    return rows.assign(
        share=rows["customers"] / people if people else 0.0, revenue_share=rows["cents"] / money if money else 0.0
    )


def headline(rows: pd.DataFrame) -> str:
    """Who brings most."""
    if not rows["customers"].sum():
        return "Nobody ordered in this period"
    best = rows.loc[rows["cents"].idxmax()]
    return (
        f"{best['label']}: {words.percent(best['share'], 0)} of customers, "
        f"{words.percent(best['revenue_share'], 0)} of revenue"
    )


def slipping(rows: pd.DataFrame) -> tuple[int, float]:
    """Good customers who stay away: how many, and their share of revenue."""
    mine = rows[rows["like"].isin(("at-risk", "cant-lose"))]
    return int(mine["customers"].sum()), float(mine["revenue_share"].sum())


def days(edges: Sequence[float]) -> dict[int, str]:
    """Recency score -> the days since the last order that earn it.

    >>> days([180.0, 72.0, 33.0, 14.0])[5], days([180.0, 72.0, 33.0, 14.0])[4]
    ('under 14 days', '14 to 32 days')
    """
    cuts = [math.inf, *edges, -math.inf]
    said = {}
    for score in range(1, 6):
        upper, lower = cuts[score - 1], cuts[score]
        if lower == math.inf:
            said[score] = "nobody"
        elif math.isinf(lower):
            said[score] = f"under {upper:,.0f} days" if math.isfinite(upper) else "any number of days"
        elif math.isinf(upper):
            said[score] = f"{lower:,.0f} days or more"
        else:
            said[score] = f"{lower:,.0f} to {upper - 1:,.0f} days" if upper > lower else "nobody"
    return said
