"""Products: how revenue piles up over them, in which months each sells, and which come back."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard import words
from dashboard.figures import base
from dashboard.theme import Theme

RANKS = ("revenue", "quantity", "buyers")
NAMES = {"revenue": "revenue", "quantity": "units sold", "buyers": "buyers"}


def best(rows: pd.DataFrame, by: str, most: int) -> pd.DataFrame:
    """The first products by a measure, ties by code."""
    return rows.sort_values([by, "code"], ascending=[False, True]).head(most)


def pile(rows: pd.DataFrame, theme: Theme) -> go.Figure:
    """Cumulative share of revenue over the products, the best seller first, with the borders of A and B.

    Parameters
    ----------
    rows : DataFrame
        cumulative (share up to and including the product), by falling revenue.
    """
    if rows.empty or not rows["cumulative"].notna().any():
        return base.empty(theme, "No revenue in this period")
    count = len(rows)
    at = np.unique(np.linspace(0, count - 1, min(count, 300)).round().astype(int))
    figure = base.blank(theme, x="Products, best seller first", y="Revenue, % of total")
    figure.add_scatter(
        x=[0, *(at + 1)],
        y=[0, *(100 * rows["cumulative"].iloc[at])],
        mode="lines",
        line={"color": theme.mark_strong, "width": 2},
        fill="tozeroy",
        fillcolor=theme.sunk,
        hovertemplate="The first %{x:,} products bring %{y:.1f} %<extra></extra>",
    )
    for name, share in (("A", 0.8), ("B", 0.95)):
        border = int((rows["cumulative"] < share).sum()) + 1
        figure.add_shape(
            type="line", x0=border, x1=border, y0=0, y1=100 * share, line={"color": theme.axis, "width": 1}
        )
        base.note(figure, f"{name}: to {border:,}", theme, x=border, y=100 * share - 8, xanchor="left", xshift=6)
    figure.update_xaxes(range=[0, count * 1.02], tickformat=",")
    figure.update_yaxes(range=[0, 102], dtick=25)
    return figure


def seasons(index: pd.DataFrame) -> list[tuple[str, list[float | None]]]:
    """When each product sells: its name and its seasonal index by calendar month, None for months never seen whole.

    Parameters
    ----------
    index : DataFrame
        code, name, month (1 to 12), index.
    """
    table = index.pivot(index="code", columns="month", values="index").reindex(index["code"].unique())
    names = index.drop_duplicates("code").set_index("code")["name"]
    return [
        (str(names[code]), [None if v != v else abs(float(v)) if round(v, 1) == 0 else float(v) for v in row])
        for code, row in zip(table.index, table.to_numpy(dtype=float), strict=True)
    ]


def season_sentence(index: pd.DataFrame) -> str:
    """The product with the sharpest season, in words."""
    known = index[index["index"].notna()]
    if known.empty:
        return "No season to be seen yet"
    top = known.loc[known["index"].idxmax()]
    times = words.decimal(top["index"])
    return (
        f"{_short(str(top['name'])).title()} sells {times} times its average in {words.MONTHS[int(top['month']) - 1]}"
    )


def returned(rows: pd.DataFrame, least: int = 20, most: int = 10) -> pd.DataFrame:
    """The products that come back most often, among those that sold at least ``least`` units."""
    often = rows[(rows["sold"] >= least) & (rows["returned"] > 0)]
    return often.sort_values(["return_rate", "code"], ascending=[False, True]).head(most)


def _short(name: str) -> str:
    return name if len(name) <= 26 else f"{name[:25].rstrip()}…"
