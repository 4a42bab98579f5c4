"""Every customer as a point: on the map of two components, and orders against spend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard import words
from dashboard.figures import base, density
from dashboard.theme import Theme, segment_colour, shape

WEBGL_FROM = 3000
GLYPHS = ("●", "◆", "▲", "■")
MARGIN = {"l": 8, "r": 8, "t": 4, "b": 8}
TOUCH, APART, FAR = 0.25, 0.5, 0.7
WIDE = 26


def chart(
    points: pd.DataFrame, names: Sequence[Any], theme: Theme, *, explained: tuple[float, float], axes: tuple[str, str],
    chosen: tuple[int, ...] = (), cells: pd.DataFrame | None = None,
) -> go.Figure:  # fmt: skip
    """Customers on two principal components.

    Parameters
    ----------
    points : DataFrame
        x, y, segment; one row a customer.
    names : sequence of SegmentName
    explained, axes
        Share of the spread on each axis, and what grows along it.
    chosen : tuple of int
        Segments to show in colour; the others stay in the background. Empty means all.
    cells : DataFrame, optional
        Everybody in a grid, drawn instead of points where there is anything in it.
    """
    if points.empty:
        return base.empty(theme, "No customers to place")
    first, second = (f"{share * 100:.1f} % of the spread" for share in explained)
    figure = base.blank(
        theme,
        x=f"{_axis(axes[0])} →<br>1st component, {first}",
        y=f"2nd, {second}<br>{_axis(axes[1])} →",
        margin=MARGIN,
    )
    if cells is not None and len(cells):
        density.add(figure, cells, names, theme, chosen)
        points = density.centres(cells)
    else:
        hover = "" if beyond(points) else "%{x}, %{y}"
        points = points.assign(**{axis: points[axis].clip(*base.ends(points[axis])).round(3) for axis in ("x", "y")})
        _clouds(figure, points, names, theme, chosen, x=points["x"], y=points["y"], hover=hover)
    figure.update_xaxes(showgrid=True, gridcolor=theme.grid)
    _labels(figure, points, names, theme, chosen, points["x"], points["y"])
    return figure


def beyond(points: pd.DataFrame) -> int:
    """How many lie so far out that they are drawn at the edge of the map."""
    away = [~points[axis].between(*base.ends(points[axis])) for axis in ("x", "y")] if len(points) else []
    return int((away[0] | away[1]).sum()) if away else 0


def spend(
    points: pd.DataFrame, names: Sequence[Any], theme: Theme, currency: str, *, chosen: tuple[int, ...] = (),
    cells: pd.DataFrame | None = None,
) -> go.Figure:  # fmt: skip
    """Orders against spend on logarithmic axes; customers without either are left out.

    Parameters
    ----------
    points : DataFrame
        orders, cents, segment; one row a customer.
    cells : DataFrame, optional
        Everybody in a grid of logarithms, drawn instead of points where there is anything in it.
    """
    drawn = drawable(points)
    if drawn.empty:
        return base.empty(theme, "No customers with orders and spend")
    sign = words.symbol(currency).strip()
    figure = base.blank(theme, x="Orders (logarithmic)", y=f"Spend, {sign} (logarithmic)", margin=MARGIN)
    ticks = [t for t in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if t <= drawn["orders"].max() * 1.2]
    if cells is not None and len(cells):
        density.add(figure, cells, names, theme, chosen)
        figure.update_xaxes(tickvals=np.log10(ticks), ticktext=[f"{t:,}" for t in ticks], showgrid=True)
        powers = range(int(np.floor(cells["y"].min())), int(np.ceil(cells["y"].max())) + 1)
        figure.update_yaxes(tickvals=list(powers), ticktext=[words.short(10.0**p) for p in powers])
        middles = density.centres(cells)
        _labels(figure, middles, names, theme, chosen, middles["x"], middles["y"])
        return figure
    # Many share a number of orders: the golden ratio spreads them sideways the same way every time.
    aside = (np.arange(len(drawn)) * 0.618034) % 1 - 0.5
    x = (drawn["orders"] * (1 + 0.3 * aside / np.sqrt(drawn["orders"]))).round(3)
    hover = f"%{{customdata}} orders<br>{sign}%{{y:,.2f}}"
    _clouds(figure, drawn, names, theme, chosen, x=x, y=drawn["cents"] / 100, hover=hover, data=drawn["orders"])
    figure.update_xaxes(type="log", tickvals=ticks, showgrid=True, gridcolor=theme.grid)
    figure.update_yaxes(type="log", dtick=1, tickformat="~s")
    _labels(figure, drawn, names, theme, chosen, np.log10(drawn["orders"]), np.log10(drawn["cents"] / 100))
    return figure


def drawable(points: pd.DataFrame) -> pd.DataFrame:
    """Those that a logarithmic axis can show."""
    return points[(points["orders"] > 0) & (points["cents"] > 0)].reset_index(drop=True)


def mapped(found: Any) -> pd.DataFrame:
    """What the map draws: every customer, or the cells."""
    return found.cells if len(found.cells) else found.points[["customer", "x", "y", "segment"]]


def spent(found: Any) -> pd.DataFrame:
    """What orders against spend draws: every customer, or the cells; spend in units of the currency."""
    if len(found.spend_cells):
        cells = found.spend_cells
        return cells.assign(orders=10 ** cells["x"], spend=10 ** cells["y"]).drop(columns=["x", "y"])
    drawn = drawable(found.points)
    return drawn.assign(revenue=drawn["cents"] / 100).drop(columns="cents")


def map_headline(silhouette: float, k: int) -> str:
    """How apart the segments lie, by the mean silhouette (Kaufman and Rousseeuw 1990)."""
    many = words.in_words(k)
    if silhouette != silhouette or silhouette < TOUCH:
        return f"The {many} run into one another: a useful division, no distinct groups"
    if silhouette < APART:
        return f"The {many} touch: neighbours, not islands"
    return f"The {many} stand {'far' if silhouette >= FAR else 'fairly well'} apart"


def spend_headline(points: pd.DataFrame) -> str:
    """How closely spend follows orders, by Spearman's rank correlation."""
    drawn = drawable(points)
    if len(drawn) < 3 or drawn["orders"].nunique() < 2:
        return "Too few orders to compare with spend"
    rho = float(drawn["orders"].rank().corr(drawn["cents"].rank()))
    how = "closely" if rho >= 0.7 else "roughly" if rho >= 0.4 else "hardly"
    return f"Spend {how} follows orders" if how == "hardly" else f"Spend follows orders {how}"


def _clouds(
    figure: go.Figure, points: pd.DataFrame, names: Sequence[Any], theme: Theme, chosen: tuple[int, ...], *,
    x: pd.Series, y: pd.Series, hover: str, data: pd.Series | None = None,
) -> None:  # fmt: skip
    """One trace a segment; the largest lies at the bottom."""
    draw = go.Scattergl if len(points) > WEBGL_FROM else go.Scatter
    size = 4 if len(points) > WEBGL_FROM else 6
    behind = [n for n in names if chosen and n.id not in chosen]
    front = [n for n in names if n not in behind]
    for name in [*sorted(behind, key=lambda n: -n.customers), *sorted(front, key=lambda n: -n.customers)]:
        mine = points["segment"] == name.id
        colour = theme.mark_soft if name in behind else segment_colour(name.colour)
        figure.add_trace(
            draw(
                x=x[mine], y=y[mine], mode="markers", name=base.escape(name.name),
                marker={"color": colour, "symbol": shape(name.colour), "size": size, "line": {"width": 0}},
                customdata=None if data is None else data[mine],
                hovertemplate=f"{base.escape(name.name)}{f'<br>{hover}' if hover else ''}<extra></extra>",
            )
        )  # fmt: skip


def _labels(
    figure: go.Figure, points: pd.DataFrame, names: Sequence[Any], theme: Theme, chosen: tuple[int, ...],
    x: pd.Series, y: pd.Series,
) -> None:  # fmt: skip
    """Names at the centres, moved up or down where they would cover one another."""
    shown = [n for n in names if (not chosen or n.id in chosen) and (points["segment"] == n.id).any()]
    wide, tall = float(np.ptp(x)) or 1.0, float(np.ptp(y)) or 1.0
    placed: list[tuple[float, float]] = []
    centres = {n.id: (float(x[points["segment"] == n.id].median()), float(y[points["segment"] == n.id].median()))
               for n in shown}  # fmt: skip
    for name in sorted(shown, key=lambda n: centres[n.id][1]):
        at_x, at_y = centres[name.id]
        for other_x, other_y in placed:
            if abs(at_x - other_x) < 0.55 * wide and at_y - other_y < 0.1 * tall:
                at_y = other_y + 0.1 * tall
        placed.append((at_x, at_y))
        colour = segment_colour(name.colour)
        figure.add_annotation(
            x=at_x, y=at_y, showarrow=False, bgcolor=theme.surface, bordercolor=colour, borderwidth=1, borderpad=4,
            text=f'<span style="color:{colour}">{GLYPHS[name.colour % 4]}</span> {_lines(name.name)}',
            font={"size": 12, "color": theme.ink},
        )  # fmt: skip


def _axis(grows: str) -> str:
    """What grows along an axis, as labels."""
    text = " ".join(grows.replace("_", " ").split())
    if len(text) <= 1.4 * WIDE:
        return base.escape(text)
    most = round(1.4 * WIDE)
    return "<br>".join(base.escape(each if len(each) <= most else f"{each[: most - 1]}…") for each in text.split(", "))


def _lines(name: str) -> str:
    """A name in two lines at most: a long one would run out of the picture."""
    if len(name) <= WIDE:
        return base.escape(name)
    cut = name.rfind(" ", 0, WIDE + 1)
    first, rest = (name[:cut], name[cut + 1 :]) if cut > 0 else (name[:WIDE], name[WIDE:])
    return f"{base.escape(first)}<br>{base.escape(rest if len(rest) <= WIDE else f'{rest[: WIDE - 1]}…')}"
