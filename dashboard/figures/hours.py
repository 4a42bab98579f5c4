"""On which days of the week and at which hours customers buy."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard import words
from dashboard.figures import base
from dashboard.theme import Theme


def heat(hours: pd.DataFrame, theme: Theme, currency: str, *, measure: str = "revenue") -> go.Figure:
    """A cell for each weekday and hour, the stronger the more; a day without orders says so.

    Parameters
    ----------
    hours : DataFrame
        weekday (0 is Monday), hour, revenue (cents), orders, customers: all 168 pairs.
    """
    if not hours["orders"].any():
        return base.empty(theme, "No orders in this period")
    sold = hours[hours["orders"] > 0]
    span = range(int(sold["hour"].min()), int(sold["hour"].max()) + 1)
    cells = hours.pivot(index="weekday", columns="hour", values=measure)[list(span)].astype(float)
    orders = hours.pivot(index="weekday", columns="hour", values="orders")[list(span)]
    days = cells.clip(lower=0).sum(axis=1)
    shares = days / days.sum() if days.sum() else days
    open_ = orders.sum(axis=1) > 0
    figure = base.blank(theme, x="" if timeless(hours) else "Hour of the day")
    scale = [theme.sunk, *theme.amounts]
    figure.add_heatmap(
        z=cells.clip(lower=0).where(orders > 0).to_numpy(),
        x=[f"{hour}" if not timeless(hours) else "any time" for hour in span],
        y=[f"{words.WEEKDAYS[d][:3]} {words.percent(shares[d], 0) if open_[d] else words.DASH}" for d in range(7)],
        colorscale=[[i / (len(scale) - 1), colour] for i, colour in enumerate(scale)],
        zmin=0, showscale=False, xgap=2, ygap=2,
        customdata=[
            [[f"{words.WEEKDAYS[d]} {hour}:00 to {hour + 1}:00", _said(cells.loc[d, hour], measure, currency),
              words.count(orders.loc[d, hour])] for hour in span]
            for d in range(7)
        ],
        hoverongaps=False,
        hovertemplate="%{customdata[0]}<br>%{customdata[1]}<br>%{customdata[2]} orders<extra></extra>",
    )  # fmt: skip
    figure.update_yaxes(autorange="reversed", showgrid=False, type="category", nticks=7)
    figure.update_xaxes(showline=False, type="category", tickangle=None, autotickangles=[0, 90])
    for day in range(7):
        if not open_[day]:
            base.note(figure, f"No orders on {words.WEEKDAYS[day]}s", theme, x=0.5, xref="paper", y=day,
                      font={"size": 12, "color": theme.ink3})  # fmt: skip
    return figure


def headline(hours: pd.DataFrame, *, measure: str = "revenue") -> str:
    """The best hour, and the days on which nobody buys."""
    if not hours["orders"].any():
        return "No orders in this period"
    days = hours.groupby("weekday").sum()
    best = hours.loc[hours[measure].idxmax()]
    verb = {"revenue": "bring most", "orders": "see most orders", "customers": "see most customers"}[measure]
    if timeless(hours):
        said = f"{words.WEEKDAYS[int(days[measure].idxmax())]}s {verb}; the log holds no time of day"
    else:
        said = (
            f"{words.WEEKDAYS[int(best['weekday'])]}s from {best['hour']:.0f} to {best['hour'] + 1:.0f} o’clock {verb}"
        )
    closed = [f"{words.WEEKDAYS[int(day)]}s" for day in days.index[days["orders"] == 0]]
    if not closed:
        return said
    listed = closed[0] if len(closed) == 1 else f"{', '.join(closed[:-1])} and {closed[-1]}"
    return f"{said}; no orders on {listed}"


def timeless(hours: pd.DataFrame) -> bool:
    """Whether every order stands at midnight: a log of dates only."""
    return bool((hours.loc[hours["orders"] > 0, "hour"] == 0).all())


def table(hours: pd.DataFrame) -> pd.DataFrame:
    """What the cells draw, with money in units."""
    names = [words.WEEKDAYS[day] for day in hours["weekday"]]
    return hours.assign(weekday=names, revenue=hours["revenue"] / 100)


def _said(value: float, measure: str, currency: str) -> str:
    return words.exact(value, currency) if measure == "revenue" else f"{words.count(value)} {measure}"
