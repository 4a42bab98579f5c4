"""How many segments: inertia with its elbow, the mean silhouette, and the silhouette of each customer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import words
from dashboard.figures import base
from dashboard.figures.people import GLYPHS
from dashboard.theme import Theme, segment_colour

NO_GROUPS = 0.25
THINNEST = 0.06


def inertia(rows: pd.DataFrame, theme: Theme, *, elbow: int, in_use: int) -> go.Figure:
    """Inertia over k with its chord; a ring marks the elbow, a band the number in use.

    Parameters
    ----------
    rows : DataFrame
        k, inertia.
    """
    if rows.empty:
        return base.empty(theme, "No division to compare")
    figure = _frame(rows, theme, "Inertia (squared distance)", in_use)
    first, last = rows.iloc[0], rows.iloc[-1]
    figure.add_scatter(
        x=[first["k"], last["k"]], y=[first["inertia"], last["inertia"]], mode="lines", hoverinfo="skip",
        line={"color": theme.axis, "width": 1, "dash": "dash"},
    )  # fmt: skip
    bend = rows[rows["k"] == elbow].iloc[0]
    slope = (last["inertia"] - first["inertia"]) / (last["k"] - first["k"])
    chord = first["inertia"] + slope * (elbow - first["k"])
    figure.add_shape(type="line", x0=elbow, x1=elbow, y0=bend["inertia"], y1=chord,
                     line={"color": theme.axis, "width": 1})  # fmt: skip
    shown = {int(first["k"]), int(last["k"]), in_use, elbow}
    texts = [words.count(v) if k in shown else "" for k, v in zip(rows["k"], rows["inertia"], strict=True)]
    _line(figure, rows, "inertia", theme, elbow, in_use, texts, "%{y:,.1f}")
    said = f"<b>Elbow suggests {elbow}</b><br>farthest below the chord"
    base.note(figure, said, theme, x=elbow, y=chord, xanchor="left", yanchor="bottom", xshift=8, align="left",
              font={"color": theme.ink, "size": 12})  # fmt: skip
    figure.update_yaxes(range=[0, 1.14 * rows["inertia"].max()], tickformat=",")
    return figure


def silhouette(rows: pd.DataFrame, theme: Theme, *, best: int, in_use: int) -> go.Figure:
    """Mean silhouette over k from 2; a ring marks the best, whiskers the interval where it is sampled.

    Parameters
    ----------
    rows : DataFrame
        k, silhouette, silhouette_low, silhouette_high.
    """
    mine = rows.dropna(subset=["silhouette"])
    if mine.empty:
        return base.empty(theme, "No division to compare")
    figure = _frame(mine, theme, "Mean silhouette", in_use)
    shown = {best, in_use, int(mine["k"].iloc[-1])}
    texts = [f"{v:.3f}" if k in shown else "" for k, v in zip(mine["k"], mine["silhouette"], strict=True)]
    _line(figure, mine, "silhouette", theme, best, in_use, texts, "%{y:.3f}")
    if (mine["silhouette_high"] > mine["silhouette_low"]).any():
        whiskers = {
            "type": "data", "array": mine["silhouette_high"] - mine["silhouette"],
            "arrayminus": mine["silhouette"] - mine["silhouette_low"], "color": theme.ink2, "thickness": 1, "width": 3,
        }  # fmt: skip
        figure.update_traces(error_y=whiskers, selector={"name": "line"})
    figure.add_hline(y=NO_GROUPS, line={"color": theme.axis, "width": 1, "dash": "dash"})
    base.note(figure, "under 0.25: no distinct groups", theme, xref="paper", x=1, y=NO_GROUPS, xanchor="right",
              yanchor="top", font={"color": theme.ink3, "size": 12})  # fmt: skip
    figure.update_yaxes(range=[min(0, mine["silhouette"].min()), max(0.3, 1.25 * mine["silhouette"].max())])
    return figure


def silhouette_headline(rows: pd.DataFrame, best: int) -> str:
    """Where it is highest, and whether the next is far behind."""
    values = rows.dropna(subset=["silhouette"]).set_index("k")["silhouette"]
    others = values.drop(best)
    if others.empty:
        return f"The silhouette is highest at {best}"
    lead = values[best] - others.max()
    close = f", {others.idxmax()} hardly behind" if lead < 0.01 else f", then {others.max():.3f} at {others.idxmax()}"
    return f"The silhouette is highest at {best}: {values[best]:.3f}{close}"


def blades(
    points: pd.DataFrame, segments: pd.DataFrame, names: Sequence[Any], theme: Theme, *, mean: float
) -> go.Figure:
    """The silhouette of each customer, widest first, a filled shape a segment as tall as it has customers.

    Parameters
    ----------
    points : DataFrame
        id, position (0 to 1 within the segment), width.
    segments : DataFrame
        id, customers, mean, below.
    names : sequence of SegmentName
    """
    if points.empty:
        return base.empty(theme, "No silhouettes to draw")
    figure = base.blank(theme, x="Silhouette, −1 to 1")
    total, gap, top = float(segments["customers"].sum()), 0.05, 0.0
    centres, ticks = [], []
    rows = segments.set_index("id")
    for name in names:
        if name.id not in rows.index:
            continue
        mine, row = points[points["id"] == name.id], rows.loc[name.id]
        height = max(float(row["customers"]) / total, THINNEST)
        y = top + mine["position"] * height
        colour = segment_colour(name.colour)
        figure.add_scatter(
            x=[0, *mine["width"].round(4), 0], y=[y.iloc[0], *y, y.iloc[-1]], mode="lines", fill="toself",
            fillcolor=colour, line={"color": colour, "width": 1}, hoveron="fills", hoverinfo="text",
            text=f"{base.escape(name.name)}<br>mean {row['mean']:.3f}<br>{words.percent(row['below'])} lie nearer to "
            "another segment",
        )  # fmt: skip
        centres.append(top + height / 2)
        ticks.append(label(name))
        base.note(figure, f"<b>{row['mean']:.2f}</b>".replace("-", "−"), theme, xref="paper", x=1, xanchor="right",
                  y=centres[-1], font={"color": theme.ink, "size": 12})  # fmt: skip
        top += height + gap
    figure.add_vline(x=mean, line={"color": theme.ink, "width": 1, "dash": "dash"})
    base.note(figure, f"<b>all customers {mean:.3f}</b>", theme, x=mean, yref="paper", y=1, yanchor="bottom",
              font={"color": theme.ink, "size": 12})  # fmt: skip
    low, high = float(points["width"].min()), float(points["width"].max())
    figure.update_xaxes(showgrid=True, gridcolor=theme.grid, showline=False, zeroline=True, zerolinecolor=theme.axis,
                        range=[min(low, 0) - 0.05, high + 0.15])  # fmt: skip
    figure.update_yaxes(range=[top, -0.02], showgrid=False, tickvals=centres, ticktext=ticks)
    return figure


def blades_headline(segments: pd.DataFrame, names: dict[int, str]) -> str:
    """The clearest and the softest segment."""
    clearest = names[int(segments.loc[segments["mean"].idxmax(), "id"])]
    softest = names[int(segments.loc[segments["mean"].idxmin(), "id"])]
    return f"Clearest: {clearest}; softest: {softest}"


def label(name: Any, width: int = 16) -> str:
    """A segment's sign and name as a tick, in lines."""
    return (
        f'<span style="color:{segment_colour(name.colour)}">{GLYPHS[name.colour % 4]}</span> {_wrap(name.name, width)}'
    )


def _frame(rows: pd.DataFrame, theme: Theme, title: str, in_use: int) -> go.Figure:
    figure = base.blank(theme, x="Number of segments, k", y=title)
    if in_use in rows["k"].to_numpy():
        figure.add_vrect(x0=in_use - 0.4, x1=in_use + 0.4, fillcolor=theme.accent_soft, line_width=0, layer="below")
        base.note(figure, "<b>in use</b>", theme, x=in_use, yref="paper", y=1, yanchor="bottom",
                  font={"color": theme.accent, "size": 12})  # fmt: skip
    figure.update_xaxes(range=[rows["k"].min() - 0.5, rows["k"].max() + 0.5], dtick=1 if len(rows) <= 12 else 2)
    return figure


def _line(
    figure: go.Figure, rows: pd.DataFrame, column: str, theme: Theme, ringed: int, in_use: int, texts: list[str],
    hover: str,
) -> None:  # fmt: skip
    here = rows["k"] == in_use
    # The curves fall: above and to the right of a point there is room. Blanks keep clear of the ring.
    places = ["top right"] * (len(rows) - 1) + ["top center"]
    texts = [f"\u00a0\u00a0{text}" if k == ringed else text for k, text in zip(rows["k"], texts, strict=True)]
    figure.add_scatter(
        x=rows["k"], y=rows[column], mode="lines+markers+text", text=texts, textposition=places, cliponaxis=False,
        name="line", line={"color": theme.mark, "width": 2},
        textfont={"size": 12, "color": [theme.accent if on else theme.ink2 for on in here]},
        marker={"opacity": 1, "size": [10 if on else 7 for on in here], "line": {"width": 0},
                "color": [theme.accent if on else theme.mark for on in here]},
        hovertemplate=f"%{{x}} segments<br>{hover}<extra></extra>",
    )  # fmt: skip
    ring = rows[rows["k"] == ringed]
    figure.add_scatter(
        x=ring["k"], y=ring[column], mode="markers", hoverinfo="skip", cliponaxis=False,
        marker={"size": 16, "symbol": "circle-open", "color": theme.ink, "line": {"width": 2}},
    )  # fmt: skip


def _wrap(name: str, width: int = 16) -> str:
    lines = [""]
    for word in name.split():
        lines = [*lines[:-1], f"{lines[-1]} {word}".strip()] if len(lines[-1]) + len(word) < width else [*lines, word]
    return "<br>".join(base.escape(line) for line in lines if line)
