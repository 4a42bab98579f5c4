"""When and where a segment orders, and how it divides its money: its orders by time as a picture, the rest in words."""

from __future__ import annotations

import math

import pandas as pd
import plotly.graph_objects as go

from dashboard import words
from dashboard.figures import base
from dashboard.figures.profiles import low
from dashboard.theme import Theme

PARTS = {"month": "calendar month", "weekday": "weekday", "hour": "hour of the day"}
# So many standard errors away from everybody's share are no chance among a dozen or two.
MARKED = 3.0
# A difference of shares worth naming.
WORTH = 0.02


def times(rows: pd.DataFrame, theme: Theme, colour: str) -> go.Figure:
    """Shares of a segment's orders by time as columns; those of everybody as a line of ticks.

    Parameters
    ----------
    rows : DataFrame
        label, orders, share, share_all, index of one part of :class:`core.segments.explaining.habits.Habits`.
    """
    if rows.empty or not rows["orders"].any():
        return base.empty(theme, "Nobody of this segment ordered in this period")
    part, place = str(rows["part"].iloc[0]), rows["place"]
    # A letter a month and every third hour leave room on a phone.
    short = rows["label"].str.slice(0, {"month": 1, "weekday": 3}.get(part, -3))
    axis = {"month": "Month", "weekday": "Weekday", "hour": "Hour"}[part]
    figure = base.blank(theme, x=axis, y="Share of orders, %")
    says = [
        f"{base.escape(row['label'])}: {words.percent(row['share'])} of theirs ({words.count(row['orders'])} orders), "
        f"{words.percent(row['share_all'])} of everybody’s"
        for row in rows.to_dict("records")
    ]
    figure.add_bar(
        x=place, y=100 * rows["share"], marker={"color": colour, "cornerradius": 2}, customdata=says,
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    figure.add_scatter(
        x=place, y=100 * rows["share_all"], mode="markers", hoverinfo="skip",
        marker={"symbol": "line-ew", "size": 13, "line": {"color": theme.ink, "width": 2}},
    )  # fmt: skip
    top = 118 * max(float(rows["share"].max()), float(rows["share_all"].max()))
    ticks = {
        "tickvals": place.iloc[:: 3 if part == "hour" else 1],
        "ticktext": short.iloc[:: 3 if part == "hour" else 1],
    }
    figure.update_xaxes(**ticks, showgrid=False, range=[place.min() - 0.6, place.max() + 0.6])
    return figure.update_yaxes(range=[0, top])


def times_headline(rows: pd.DataFrame, name: str) -> str:
    """When a segment orders more, or less, than everybody."""
    orders = int(rows["orders"].sum()) if len(rows) else 0
    if not orders:
        return f"{name} ordered nothing in this period"
    part = rows["part"].iloc[0]
    error = (rows["share_all"] * (1 - rows["share_all"]) / orders).map(math.sqrt)
    away = ((rows["share"] - rows["share_all"]) / error.where(error > 0)).fillna(0.0)
    if away.abs().max() < MARKED:
        return f"{name} order by {PARTS[part]} as everybody does"
    row = dict(rows.loc[away.abs().idxmax()])
    when = (
        f"at {row['label']}" if part == "hour" else f"on {row['label']}s" if part == "weekday" else f"in {row['label']}"
    )
    return (
        f"{name} order {'more' if row['index'] > 1 else 'less'} {when}: {words.percent(row['share'])} of their orders, "
        f"{words.percent(row['share_all'])} of all"
    )


def places_headline(rows: pd.DataFrame, name: str) -> str:
    """Where a segment orders from, and which country it is that stands out."""
    return _most(rows, name, "country", "from") or f"{name} ordered from nowhere in this period"


def channels_headline(rows: pd.DataFrame, name: str) -> str:
    """Through which channel a segment orders, and which one it is that stands out."""
    return _most(rows, name, "channel", "through") or f"{name} ordered through no known channel in this period"


def _most(rows: pd.DataFrame, name: str, column: str, way: str) -> str:
    if rows.empty:
        return ""
    first, more = dict(rows.iloc[0]), rows[rows["low"] > 1]
    part, usual = words.percent(first["share"], 0), words.percent(first["share_all"], 0)
    said = f"{part} of {name} order {way} {first[column]}, {usual} of all"
    if len(more) and more.iloc[0][column] != first[column]:
        said += f"; {more.iloc[0][column]} is {words.decimal(more.iloc[0]['lift'])} times as frequent as among all"
    return said


def mix_headline(rows: pd.DataFrame, name: str, what: str) -> str:
    """What a segment puts more of its spend or purchases into than others do."""
    if rows.empty:
        return f"{name}: no {what}"
    first = dict(rows.loc[(rows["share"] - rows["share_all"]).idxmax()])
    if not first["share"] - first["share_all"] >= WORTH:
        return f"{name} divide their {what} as everybody does"
    part, usual = words.percent(first["share"], 0), words.percent(first["share_all"], 0)
    return f"{name}: {part} of their {what} in {low(words.header(first['label']))}, {usual} of everybody’s"
