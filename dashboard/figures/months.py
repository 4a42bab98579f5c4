"""Revenue by month as columns: the strongest stressed, the unfinished hatched."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard import words
from dashboard.figures import base
from dashboard.theme import Theme


def columns(
    months: pd.DataFrame,
    theme: Theme,
    currency: str,
    *,
    unfinished: str = "",
    begun: bool = False,
    measure: str = "revenue",
) -> go.Figure:
    """Columns from zero.

    Parameters
    ----------
    months : DataFrame
        month (year × 12 + month − 1), revenue (cents), orders.
    unfinished : str
        Label of the last month where the data stop inside it, such as "Dec, to 9th".
    begun : bool
        Whether the period starts inside its first month.
    measure : str
        ``revenue``, or ``orders`` where a log has no money.
    """
    money = measure == "revenue"
    months = months.assign(worth=months[measure] / (100 if money else 1))
    if months.empty:
        return base.empty(theme, "No orders in this period")
    labels = [words.month(m, short=True) for m in months["month"]]
    open_end = _cut(len(labels), unfinished, begun)
    finished = months["worth"].where([not o for o in open_end])
    peak = int(finished.fillna(months["worth"].min() - 1).argmax())
    colours = [theme.mark_strong if i == peak else theme.mark for i in range(len(labels))]
    few = len(labels) <= 16
    marks = [words.short(v) for v in months["worth"]]
    unit = f"Revenue, {words.symbol(currency).strip()}" if money else "Orders"
    amount = "%{customdata[1]}<br>" if money else ""
    figure = base.blank(theme, y=f"{unit} a month")
    figure.add_bar(
        x=[f"{m // 12}-{m % 12 + 1:02d}-01" for m in months["month"]],
        y=months["worth"],
        xperiod="M1",
        xperiodalignment="middle",
        marker=base.hatch(theme, open_end, colours),
        text=marks if few else None,
        textposition="outside",
        cliponaxis=False,
        textfont={"color": theme.ink, "size": 12},
        customdata=[
            [f"{label} (only in part)" if cut else label, words.exact(v, currency), words.count(n)]
            for label, v, n, cut in zip(labels, months["revenue"], months["orders"], open_end, strict=True)
        ],
        hovertemplate=f"%{{customdata[0]}}<br>{amount}%{{customdata[2]}} orders<extra></extra>",
    )
    figure.update_xaxes(type="date", tickformat="%b\n%Y", ticklabelmode="period")
    figure.update_yaxes(
        tickformat="~s" if months["worth"].max() >= 1000 else ",",
        range=[min(0, 1.1 * months["worth"].min()), 1.1 * months["worth"].max()],
    )
    return figure


def headline(
    months: pd.DataFrame, currency: str, *, unfinished: str = "", begun: bool = False, measure: str = "revenue"
) -> str:
    """The finding: which month brought most."""
    whole_months = months[[not cut for cut in _cut(len(months), unfinished, begun)]]
    done = months if whole_months.empty else whole_months
    if done.empty or not months[measure].sum():
        return "No orders in this period"
    best = done.loc[done[measure].idxmax()]
    share = best[measure] / months[measure].sum()
    worth = words.money(best["revenue"], currency) if measure == "revenue" else f"{words.count(best['orders'])} orders"
    whole = "the whole period" if len(months) > 1 else "it"
    return f"{words.month(int(best['month']))} brought most: {worth}, " + (f"{words.percent(share)} of {whole}")


def _cut(count: int, unfinished: str, begun: bool) -> list[bool]:
    return [(bool(unfinished) and i == count - 1) or (begun and i == 0) for i in range(count)]
