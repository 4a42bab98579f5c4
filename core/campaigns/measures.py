"""What a strategy may speak of: the figures of a segment beside those of everybody, its season and its countries."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

Facts = dict[str, float | str]

PROFILE = {
    "customers": "count",
    "share": "percent",
    "cents": "money",
    "revenue_share": "percent",
    "recency_days": "days",
    "recency_median": "days",
    "frequency": "number",
    "monetary": "money",
    "order_value": "money",
    "price": "money",
    "items_per_order": "number",
    "lines_per_order": "number",
    "products": "number",
    "tenure_days": "days",
    "one_time_share": "percent",
    "new_share": "percent",
    "active_share": "percent",
    "home_share": "percent",
}
# What means nothing where a log has no money.
OF_MONEY = (
    "cents", "revenue_share", "monetary", "order_value", "price", "monetary_ratio", "order_value_ratio", "price_ratio",
    "value_ratio", "peak_share", "region_monetary", "home_monetary", "region_ratio",
)  # fmt: skip
RATIOS = {
    "recency_ratio": "recency_days",
    "frequency_ratio": "frequency",
    "monetary_ratio": "monetary",
    "order_value_ratio": "order_value",
    "price_ratio": "price",
    "items_ratio": "items_per_order",
    "lines_ratio": "lines_per_order",
    "products_ratio": "products",
    "away_ratio": "away_share",
}
DERIVED = {
    "value_ratio": "times",
    "away_share": "percent",
    "gap_days": "days",
    "one_time": "count",
    "new": "count",
    "active": "count",
    "quiet": "count",
    "returned": "count",
}
SEASON = {
    "peak_month": "text",
    "peak_index": "times",
    "peak_share": "percent",
    "low_month": "text",
    "low_index": "times",
    "stock_month": "text",
    "campaign_month": "text",
    "season_note": "text",
}
REGION = {
    "home": "text",
    "home_monetary": "money",
    "region": "text",
    "region_customers": "count",
    "region_monetary": "money",
    "region_ratio": "times",
}
TEXT = {"currency": "text", "top_country": "text"}
MEASURES: dict[str, str] = {
    **PROFILE,
    **dict.fromkeys(RATIOS, "times"),
    **DERIVED,
    **{f"all_{name}": unit for name, unit in {**PROFILE, "away_share": "percent", "gap_days": "days"}.items()},
    **SEASON,
    **REGION,
    **TEXT,
}


def measures(
    row: Mapping[str, Any],
    everyone: Mapping[str, Any],
    season: Mapping[str, float | str] | None = None,
    region: Mapping[str, float | str] | None = None,
    currency: str = "GBP",
) -> Facts:
    """Put a segment's profile beside that of all customers.

    Parameters
    ----------
    row, everyone : mapping
        Profile rows of the segment and of all customers: money in cents, shares from 0 to 1.
    season, region : mapping, optional
        What :func:`core.campaigns.seasons.season_facts` and :func:`core.campaigns.regions.region_facts` found.
    currency : str
        Code that money is shown in.

    Returns
    -------
    dict
        Names of :data:`MEASURES`; what is not known is not in it.

    Notes
    -----
    A ratio is the segment's mean ÷ the mean of all; ``value_ratio`` its share of revenue ÷ its share of customers.
    ``gap_days`` is the mean time between two orders of a customer: with r the mean days since the last order, t since
    the first and f the mean number of orders, (t − r) ÷ (f − 1).

    Examples
    --------
    >>> facts = measures({"customers": 10, "monetary": 300.0}, {"monetary": 200.0})
    >>> facts["monetary_ratio"]
    1.5
    """
    own, base = _derive(row), _derive(everyone)
    facts: Facts = {**own, **{f"all_{name}": value for name, value in base.items() if f"all_{name}" in MEASURES}}
    for ratio, name in RATIOS.items():
        facts |= _divide(ratio, own.get(name), base.get(name))
    facts |= _divide("value_ratio", own.get("revenue_share"), own.get("share"))
    facts |= {**(season or {}), **(region or {})}
    if not base.get("monetary", 1.0):
        # A log without money: nothing may be said of what customers spend.
        facts = {name: value for name, value in facts.items() if name.removeprefix("all_") not in OF_MONEY}
    return {**facts, "currency": currency}


def _derive(row: Mapping[str, Any]) -> Facts:
    known: Facts = {name: float(row[name]) for name in PROFILE if _finite(row.get(name))}
    if isinstance(row.get("top_country"), str):
        known["top_country"] = row["top_country"]
    numbers = {name: float(value) for name, value in known.items() if not isinstance(value, str)}
    customers = numbers.get("customers", 0.0)
    for name, share in (("one_time", "one_time_share"), ("new", "new_share"), ("active", "active_share")):
        if share in numbers:
            known[name] = float(round(numbers[share] * customers))
    if "active_share" in numbers:
        known["quiet"] = customers - float(known["active"])
    if "one_time_share" in numbers:
        known["returned"] = customers - float(known["one_time"])
    if "home_share" in numbers:
        known["away_share"] = 1 - numbers["home_share"]
    if {"tenure_days", "recency_days", "frequency"} <= numbers.keys() and numbers["frequency"] > 1.05:
        known["gap_days"] = (numbers["tenure_days"] - numbers["recency_days"]) / (numbers["frequency"] - 1)
    return known


def _divide(name: str, part: float | str | None, whole: float | str | None) -> Facts:
    if part is None or not whole or float(whole) <= 0:
        return {}
    return {name: float(part) / float(whole)}


def _finite(value: Any) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)
