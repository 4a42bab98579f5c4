"""How concentrated revenue is, and how often customers order."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard import words
from dashboard.figures import base
from dashboard.theme import Theme


def lorenz(curve: pd.DataFrame, theme: Theme) -> go.Figure:
    """The Lorenz curve, customers from the smallest spender, with the point at 80 %.

    Parameters
    ----------
    curve : DataFrame
        customers, revenue: cumulative shares from 0 to 1.
    """
    if curve.empty:
        return base.empty(theme, "No revenue in this period")
    figure = base.blank(theme, x="Customers, % (smallest spender first)", y="Revenue, % of total")
    figure.add_scatter(
        x=[0, 100], y=[0, 100], mode="lines", line={"color": theme.axis, "width": 1, "dash": "dash"}, hoverinfo="skip"
    )
    figure.add_scatter(
        x=curve["customers"] * 100,
        y=curve["revenue"] * 100,
        mode="lines",
        line={"color": theme.mark_strong, "width": 2},
        fill="tozeroy",
        fillcolor=theme.sunk,
        hovertemplate="The smallest %{x:.0f} % of customers<br>bring %{y:.1f} % of revenue<extra></extra>",
    )
    at = int((curve["customers"] - 0.8).abs().argmin())
    x, y = curve["customers"].iloc[at] * 100, curve["revenue"].iloc[at] * 100
    figure.add_scatter(x=[x], y=[y], mode="markers", marker={"color": theme.mark_strong, "size": 8}, hoverinfo="skip")
    figure.add_shape(type="line", x0=x, x1=x, y0=0, y1=y, line={"color": theme.mark_strong, "width": 1})
    base.note(figure, f"{x:.0f} % bring {y:.1f} %", theme, x=x - 2, y=y + 4, xanchor="right",
              font={"color": theme.ink, "size": 12})  # fmt: skip
    base.note(figure, "if all spent the same", theme, x=64, y=75, textangle=-38, font={"color": theme.ink3, "size": 12})
    figure.update_xaxes(range=[0, 101], dtick=20, showgrid=False)
    figure.update_yaxes(range=[0, 101], dtick=25)
    return figure


def frequency(counts: pd.DataFrame, theme: Theme) -> go.Figure:
    """Customers by number of orders; the open-ended tail stands apart.

    Parameters
    ----------
    counts : DataFrame
        orders, customers; the last row stands for that many orders or more.
    """
    if not counts["customers"].sum():
        return base.empty(theme, "No orders in this period")
    names = [*(str(n) for n in counts["orders"][:-1]), f"{counts['orders'].iloc[-1]}+"]
    top = int(counts["customers"].argmax())
    figure = base.blank(theme, x="Orders in the period", y="Customers", bargap=0.2)
    figure.add_bar(
        x=names,
        y=counts["customers"],
        marker={
            "color": [theme.mark_strong if i == top else theme.mark for i in range(len(counts))],
            "cornerradius": 2,
        },
        text=[words.count(n) for n in counts["customers"]],
        textposition="outside",
        cliponaxis=False,
        textangle=0,
        textfont={"color": theme.ink, "size": 11},
        customdata=names,
        hovertemplate="%{y:,} customers ordered %{customdata} times<extra></extra>",
    )
    # The empty category sets the open-ended tail apart.
    figure.update_xaxes(type="category", categoryorder="array", categoryarray=[*names[:-1], " ", names[-1]])
    figure.update_yaxes(tickformat=",", range=[0, 1.12 * counts["customers"].max()])
    return figure
