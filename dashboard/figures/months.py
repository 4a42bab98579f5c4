"""Revenue by month as columns: the strongest stressed, the unfinished hatched."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard import words
from dashboard.figures import base
from dashboard.theme import Theme


def columns(
    months: pd.DataFrame, theme: Theme, currency: str, *, unfinished: str = "", begun: bool = False
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
    """
    if months.empty:
        return base.empty(theme, "No orders in this period")
    labels = [words.month(m, short=True) for m in months["month"]]
    open_end = _cut(len(labels), unfinished, begun)
    finished = months["revenue"].where([not o for o in open_end])
    peak = int(finished.fillna(months["revenue"].min() - 1).argmax())
    colours = [theme.mark_strong if i == peak else theme.mark for i in range(len(labels))]
    few = len(labels) <= 16
    marks = [f"{words.short(v / 100)}" for v in months["revenue"]]
    figure = base.blank(theme, y=f"Revenue, {words.symbol(currency).strip()} a month")
    figure.add_bar(
        x=[f"{m // 12}-{m % 12 + 1:02d}-01" for m in months["month"]],
        y=months["revenue"] / 100,
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
        hovertemplate="%{customdata[0]}<br>%{customdata[1]}<br>%{customdata[2]} orders<extra></extra>",
    )
    figure.update_xaxes(type="date", tickformat="%b\n%Y", ticklabelmode="period")
    figure.update_yaxes(
        tickformat="~s" if months["revenue"].max() >= 100_000 else ",",
        range=[min(0, 1.1 * months["revenue"].min() / 100), 1.1 * months["revenue"].max() / 100],
    )
    return figure


def headline(months: pd.DataFrame, currency: str, *, unfinished: str = "", begun: bool = False) -> str:
    """The finding: which month brought most."""
    whole_months = months[[not cut for cut in _cut(len(months), unfinished, begun)]]
    done = months if whole_months.empty else whole_months
    if done.empty or not months["revenue"].sum():
        return "No orders in this period"
    best = done.loc[done["revenue"].idxmax()]
    share = best["revenue"] / months["revenue"].sum()
    whole = "the whole period" if len(months) > 1 else "it"
    return f"{words.month(int(best['month']))} brought most: {words.money(best['revenue'], currency)}, " + (
        f"{words.percent(share)} of {whole}"
    )


def _cut(count: int, unfinished: str, begun: bool) -> list[bool]:
    return [(bool(unfinished) and i == count - 1) or (begun and i == 0) for i in range(count)]
