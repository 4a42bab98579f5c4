"""The cards on when to write: days, hours and months of their own orders."""

from __future__ import annotations

from typing import Any

from dash import html

from core.pipeline import Pipeline
from dashboard import words
from dashboard.components import offers
from dashboard.components.cards import card, empty
from dashboard.components.offers import orders
from dashboard.figures import offers as figures
from dashboard.state import Look


def times_card(pipeline: Pipeline, look: Look) -> Any:
    """The days and hours at which they order."""
    found, parts = pipeline.sending(look.view), []
    for part, head, ticks in (
        ("weekday", "Weekday", [day[:2] for day in words.WEEKDAYS]),
        ("hour", "Hour", [str(hour) if hour % 6 == 0 else "" for hour in range(24)]),
    ):
        rows = found.times[found.times["part"] == part].to_dict("records")
        told = "; ".join(f"{row['label']}: {words.percent(row['share'])} of orders" for row in rows if row["orders"])
        why = found.why(part)
        drawn = html.P(why) if why else offers.columns(rows, "share", told, ticks)
        parts.append(html.Div([html.H3(head), drawn]))
    return card(
        figures.sending_headline(found),
        html.Div(parts, className="offer-times"),
        sub=f"When they order, share of {orders(found.orders)} by weekday and hour",
        how="Dark are the day and the hour with most orders, and those that cannot be told from them (a difference "
        "under 1.96 standard errors). Times are those of the file. When somebody orders is no proof of when they "
        "read: try it before you rely on it.",
        csv=look.download("times"),
    )


def months_card(pipeline: Pipeline, look: Look) -> Any:
    """Their better and weaker months."""
    rows, why = pipeline.best_months(look.view)
    if why:
        return card(figures.months_headline(rows, why), empty(why, "Bring a log of a year or more."))
    records = rows.to_dict("records")
    told = "; ".join(f"{row['label']}: {words.decimal(row['index'], 2)}" for row in records)
    once = "Each month was seen once: a good month, not yet a season. " if rows["years"].max() == 1 else ""
    return card(
        figures.months_headline(rows, why),
        offers.columns(records, "index", told, [row["label"][0] for row in records], line=1.0),
        sub="Seasonal index of their own orders; dashed: an average month",
        how=f"{once}Revenue a day of each calendar month by the mean of all, over the whole history whatever the "
        "period; see Seasons. Dark is a tenth above average or more. A segment that is made by when it last ordered "
        "has its months from that too.",
        csv=look.download("months"),
    )
