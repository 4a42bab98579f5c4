"""What a headless run writes: the summary, the tables and the recommendations."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from core.pipeline import (
    Campaigns,
    Dataset,
    Importance,
    Overview,
    PeopleMeta,
    Portraits,
    Profiles,
    Sweep,
    TablesMeta,
)

MONEY = ("revenue", "order_value", "revenue_per_customer", "price", "returned_cents")


def tables(sales: tuple[Any, ...], sweep: Sweep, importance: Importance) -> dict[str, pd.DataFrame]:
    """The CSV files but for the customers, with money in units."""
    _, months, countries, products = sales
    months = months.rows.assign(month=[start.strftime("%Y-%m") for start in months.rows["start"]])
    return {
        "months": _units(months[["month", "revenue", "orders", "customers", "unfinished"]]),
        "countries": _units(countries.rows.drop(columns="months")),
        "products": _units(products.rows),
        "selection": sweep.rows,
        "importance": importance.rows,
    }


def summary(
    dataset: Dataset, meta: TablesMeta, figures: Any, frames: Mapping[str, pd.DataFrame], sweep: Sweep, k: int,
    profiles: Profiles, importance: Importance, advice: Campaigns,
) -> dict[str, Any]:  # fmt: skip
    """What summary.json holds: plain numbers, money in units, shares from 0 to 1; ``frames`` from :func:`tables`."""
    receipt = meta.receipt
    titles = {segment.id: [a.title for a in segment.advice] for segment in advice.segments}
    months = frames["months"][["month", "revenue", "orders", "customers"]]
    places = frames["countries"][["country", "iso3", "revenue", "orders", "customers", "share"]]
    return {
        "dataset": {
            "fingerprint": dataset.fingerprint, "kind": dataset.kind, "name": dataset.name,
            "currency": dataset.currency, "lines_in": receipt.rows_in, "lines": meta.lines, "orders": meta.orders,
            "customers": meta.customers, "products": meta.products, "first_order": meta.first_day.isoformat(),
            "last_order": meta.last_day.isoformat(), "as_of": meta.as_of.isoformat(),
        },
        "receipt": [
            {"rule": e.rule, "rows": e.rows, "revenue": _money(e.cents), "orders": e.orders, "customers": e.customers}
            for e in receipt.entries
            if e.on
        ],
        "revenue_in": _money(receipt.cents_in),
        "revenue": _money(receipt.cents),
        "basket": {"mean": _money(figures.order_value), "median": _money(figures.basket_median),
                   "lines": _number(figures.basket_lines), "items": _number(figures.basket_items)},
        "revenue_per_customer": {"mean": _money(figures.customer_mean), "median": _money(figures.customer_median)},
        "repeat_rate": _number(figures.repeat_rate),
        "top_20_share": _number(figures.top_share),
        "months": _records(months),
        "countries": _records(places),
        "selection": _records(sweep.rows),
        "k": {"elbow": sweep.elbow, "silhouette": sweep.best_silhouette, "chosen": k, "why": _why(sweep, k)},
        "segments": [_segment(row, titles) for row in profiles.rows.to_dict("records") if row["id"]],
        "importance": _records(importance.rows),
        "forest": {"accuracy": _number(importance.accuracy), "baseline": _number(importance.baseline)},
    }  # fmt: skip


def people_tables(
    overview: Overview, sweep: Sweep, importance: Importance, portraits: Portraits
) -> dict[str, pd.DataFrame]:
    """The CSV files on a customer table or survey but for the customers, with money in units."""
    told = portraits.rows
    cents = {side: told[side].where(told["unit"] != "money", told[side] / 100) for side in ("they", "all")}
    columns = overview.columns
    units = {
        name: columns[name].where(columns["unit"] != "money", columns[name] / 100)
        for name in ("low", "lower", "median", "mean", "upper", "high")
    }
    return {
        "columns": columns.assign(**units).drop(columns="levels", errors="ignore"),
        "portraits": told.assign(**cents).merge(portraits.texts[["id", "name"]], on="id"),
        "selection": sweep.rows,
        "importance": importance.rows,
    }


def people_summary(
    dataset: Dataset, meta: PeopleMeta, features: list[str], sweep: Sweep, k: int, profiles: Profiles,
    portraits: Portraits, importance: Importance, advice: Campaigns,
) -> dict[str, Any]:  # fmt: skip
    """What summary.json holds of a customer table or survey; shares from 0 to 1."""
    titles = {segment.id: [a.title for a in segment.advice] for segment in advice.segments}
    texts = dict(zip(portraits.texts["id"], portraits.texts["portrait"], strict=True))
    rows = [row for row in profiles.rows.to_dict("records") if row["id"]]
    return {
        "dataset": {
            "fingerprint": dataset.fingerprint, "kind": dataset.kind, "name": dataset.name,
            "rows_in": meta.rows_in, "customers": meta.customers, "segmented": sweep.customers,
            "as_of": meta.as_of.isoformat() if meta.as_of else None,
        },
        "receipt": [{"rule": e.rule, "on": e.on, "rows": e.rows, "cells": e.cells} for e in meta.entries],
        "features": features,
        "selection": _records(sweep.rows),
        "weak": sweep.weak,
        "k": {"elbow": sweep.elbow, "silhouette": sweep.best_silhouette, "chosen": k, "why": _why(sweep, k)},
        "segments": [
            {"id": int(row["id"]), "name": row["name"], "customers": int(row["customers"]),
             "share": _number(row["share"]), "portrait": texts[row["id"]], "strategies": titles[int(row["id"])]}
            for row in rows
        ],
        "importance": _records(importance.rows),
        "forest": {"accuracy": _number(importance.accuracy), "baseline": _number(importance.baseline)},
    }  # fmt: skip


def recommendations(dataset: Dataset, advice: Campaigns) -> str:
    """The strategies of every segment as Markdown."""
    parts = [f"# What to do next: {dataset.name}", ""]
    for segment in advice.segments:
        brought = segment.revenue_share
        revenue = "" if brought is None else f", {100 * brought:.1f} % of revenue"
        share = f"{segment.customers:,} customers ({100 * segment.share:.1f} %)"
        parts += [f"## {segment.name}", "", f"{share}{revenue}.", ""]
        parts += [line for one in segment.advice for line in _strategy(one)]
    parts += ["## The shop as a whole", ""]
    parts += [line for one in advice.shop for line in _strategy(one)]
    return "\n".join(parts)


def _strategy(advice: Any) -> list[str]:
    facts = ("objective", "offer", "channel", "timing", "message", "measure")
    lines = [f"- {name.capitalize()}: {getattr(advice, name)}" for name in facts]
    return [f"### {advice.title}", "", advice.reason, "", *lines, ""]


def _segment(row: Mapping[Any, Any], titles: dict[int, list[str]]) -> dict[str, Any]:
    return {
        "id": int(row["id"]), "name": row["name"], "customers": int(row["customers"]),
        "share": _number(row["share"]), "revenue_share": _number(row["revenue_share"]),
        "recency_days": _number(row["recency_days"]), "frequency": _number(row["frequency"]),
        "monetary": _money(row["monetary"]), "strategies": titles[int(row["id"])],
    }  # fmt: skip


def _why(sweep: Sweep, k: int) -> str:
    if k != sweep.chosen:
        return f"You asked for {k}; the verdict would be {sweep.chosen}: {sweep.headline}"
    return " ".join([sweep.headline, *(f"{reason.lead} {reason.text}" for reason in sweep.reasons)])


def _units(frame: pd.DataFrame) -> pd.DataFrame:
    money = {name: (frame[name] / 100).round(2) for name in MONEY if name in frame}
    return frame.assign(**money).rename(columns={"returned_cents": "returned_revenue"})


def _money(cents: float | None) -> float | None:
    """Cents to units, half a cent upwards."""
    return None if cents is None or math.isnan(cents) else math.floor(cents + 0.5) / 100


def _number(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else round(float(value), 6)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): _plain(value) for name, value in row.items()} for row in frame.to_dict("records")]


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, 6)
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else value
