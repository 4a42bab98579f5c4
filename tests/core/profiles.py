"""Profiles of segments for tests of campaigns: of a real shop, and on a grid of all that can occur."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

DAYS = 373
ALL: dict[str, Any] = {
    "customers": 4338, "share": 1.0, "cents": 888720889, "revenue_share": 1.0, "recency_days": 92.536,
    "recency_median": 51.0, "frequency": 4.272, "monetary": 204868.8, "order_value": 47956.0, "price": 172.5,
    "items_per_order": 278.0, "lines_per_order": 21.19, "products": 61.5, "tenure_days": 223.3,
    "one_time_share": 0.344168, "new_share": 0.223144, "active_share": 0.665975, "home_share": 0.9036,
    "top_country": "United Kingdom",
}  # fmt: skip
# The four K-Means segments of Online Retail (datasets.md: sizes, means of R, F, M and revenue shares).
STEADY = ALL | {
    "customers": 3054, "share": 0.704, "revenue_share": 0.465, "recency_days": 43.7, "recency_median": 32.0,
    "frequency": 3.7, "monetary": 135360.0, "order_value": 36756.0, "price": 165.0, "items_per_order": 222.8,
    "lines_per_order": 22.4, "products": 63.0, "tenure_days": 195.9, "one_time_share": 778 / 3054,
    "new_share": 968 / 3054, "active_share": 2676 / 3054, "home_share": 0.9034,
}  # fmt: skip
GONE = ALL | {
    "customers": 1067, "share": 0.246, "revenue_share": 0.057, "recency_days": 248.1, "recency_median": 243.0,
    "frequency": 1.6, "monetary": 47880.0, "order_value": 30853.0, "price": 179.9, "items_per_order": 171.5,
    "lines_per_order": 18.2, "products": 26.1, "tenure_days": 276.0, "one_time_share": 715 / 1067, "new_share": 0.0,
    "active_share": 0.0, "home_share": 0.9053,
}  # fmt: skip
ABOVE = ALL | {
    "customers": 204, "share": 0.047, "revenue_share": 0.291, "recency_days": 15.5, "recency_median": 5.0,
    "frequency": 22.3, "monetary": 1269050.0, "order_value": 56823.0, "price": 171.1, "items_per_order": 332.1,
    "lines_per_order": 18.0, "products": 185.0, "tenure_days": 348.9, "one_time_share": 1 / 204, "new_share": 0.0,
    "active_share": 200 / 204, "home_share": 0.9118,
}  # fmt: skip
BEST = ALL | {
    "customers": 13, "share": 0.003, "revenue_share": 0.186, "recency_days": 7.4, "recency_median": 2.0,
    "frequency": 82.5, "monetary": 12718800.0, "order_value": 154095.0, "price": 194.7, "items_per_order": 791.6,
    "lines_per_order": 26.2, "products": 670.3, "tenure_days": 355.2, "one_time_share": 0.0, "new_share": 0.0,
    "active_share": 1.0, "home_share": 0.6923,
}  # fmt: skip


def grid() -> Iterator[dict[str, Any]]:
    """Every combination of small, like and large figures that some group of customers could have."""
    axes = itertools.product(
        (0.05, 0.3, 0.6, 0.9, 1.1, 1.4, 1.8, 2.5, 3.2),
        (0.25, 0.4, 0.7, 1.0, 1.6, 3.0, 12.0),
        (0.07, 0.2, 0.5, 0.9, 1.6, 4.0, 30.0),
        (0.0, 0.2, 0.5, 0.9, 1.0),
        (0.0, 0.3, 0.6, 0.9, 1.0),
        ((0.003, 0.9, 0.7, 0.9), (0.05, 0.5, 1.4, 0.5), (0.2, 0.9, 1.0, 0.0), (0.6, 0.9, 0.95, 0.4)),
    )
    for recency, frequency, monetary, one_time, active, (share, home, price, new) in axes:
        row = profile(recency, frequency, monetary, one_time, active, share, home, price, new)
        if possible(row):
            yield row


def possible(row: Mapping[str, Any]) -> bool:
    """Whether such customers can exist: two orders or more where not one, within the log, and no more than all."""
    orders, active = row["frequency"], row["active_share"]
    in_log = 91 * (1 - active) <= row["recency_days"] <= 90 * active + DAYS * (1 - active)
    counted = orders == 1 if row["one_time_share"] == 1 else orders >= 2 - row["one_time_share"]
    return in_log and counted and row["revenue_share"] <= 1 and row["share"] * orders <= ALL["frequency"]


def profile(
    recency: float, frequency: float, monetary: float, one_time: float, active: float,
    share: float, home: float = 0.9, price: float = 1.0, new: float = 0.0,
) -> dict[str, Any]:  # fmt: skip
    """A profile row whose means stand in the given ratios to all; ``new`` is a share of the active."""
    days, orders = recency * ALL["recency_days"], max(1.0, frequency * ALL["frequency"])
    return ALL | {
        "customers": max(1, round(share * 4338)), "share": share, "revenue_share": monetary * share,
        "recency_days": days, "recency_median": days, "frequency": orders, "monetary": monetary * ALL["monetary"],
        "order_value": monetary * ALL["monetary"] / orders, "price": price * ALL["price"],
        "tenure_days": days + 45 * (orders - 1), "one_time_share": one_time, "active_share": active,
        "new_share": active * new, "home_share": home,
    }  # fmt: skip
