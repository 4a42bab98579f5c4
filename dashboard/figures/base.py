"""What all figures share: type, grid, margins, hovers, and what an empty one looks like."""

from __future__ import annotations

from html import escape as _escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.theme import FONT, Theme


def blank(theme: Theme, *, x: str = "", y: str = "", **layout: Any) -> go.Figure:
    """A figure with axes and no data. ``x`` and ``y`` are axis titles with units."""
    axis = {
        "showline": False,
        "zeroline": False,
        "ticks": "",
        "tickfont": {"size": 12, "color": theme.ink2},
        "automargin": True,
        "fixedrange": True,
    }
    title = {"font": {"size": 12, "color": theme.ink2}, "standoff": 8}
    # One dict at once: every update_layout costs milliseconds, and a page has several figures.
    return go.Figure(
        layout={
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": FONT, "size": 12, "color": theme.ink2},
            "margin": {"l": 8, "r": 8, "t": 24, "b": 8},
            "showlegend": False,
            "bargap": 0.3,
            # On a narrow screen a label that does not fit is left to the hover.
            "uniformtext": {"mode": "hide", "minsize": 11},
            "separators": ".,",
            "hoverlabel": {
                "bgcolor": theme.surface,
                "bordercolor": theme.axis,
                "font": {"family": FONT, "color": theme.ink},
            },
            "hovermode": "closest",
            "dragmode": False,
            # Axes say all that a template would; Plotly's own is 7 KB in every figure.
            "template": {},
            "xaxis": {**axis, "showgrid": False, "showline": True, "linecolor": theme.axis, "tickangle": 0,
                      "gridcolor": theme.grid, "title": {**title, "text": x}},
            "yaxis": {**axis, "showgrid": True, "gridcolor": theme.grid, "gridwidth": 1, "nticks": 7,
                      "title": {**title, "text": y}},
            **layout,
        }
    )  # fmt: skip


def empty(theme: Theme, words: str) -> go.Figure:
    """A figure that says what would be here."""
    figure = blank(theme)
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    return figure.add_annotation(
        text=escape(words), x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False,
        font={"size": 14, "color": theme.ink3},
    )  # fmt: skip


def note(figure: go.Figure, text: str, theme: Theme, **place: Any) -> None:
    """Words in the picture, at the mark they speak of."""
    figure.add_annotation(text=text, **{"showarrow": False, "font": {"size": 12, "color": theme.ink2}, **place})


def escape(text: object) -> str:
    """Names from data are text: Plotly would render links and tags in them."""
    return _escape(str(text), quote=False)


def hatch(theme: Theme, unfinished: list[bool], colours: list[str]) -> dict[str, Any]:
    """Marker of bars of which some are not finished: those are hatched."""
    return {
        "color": colours,
        "line": {"color": colours, "width": [1 if u else 0 for u in unfinished]},
        # Plotly hatches in the colour of the bar and ignores fgcolor where bars have a colour each.
        "pattern": {
            "shape": ["/" if u else "" for u in unfinished],
            "fillmode": "replace",
            "bgcolor": theme.surface,
            "size": 6,
            "solidity": 0.35,
        },
        "cornerradius": 2,
    }


def ends(values: pd.Series) -> tuple[float, float]:
    """Where a map ends: a few far customers must not press all others together, so they stand at its edge.

    >>> ends(pd.Series([*range(400), 9000.0]))
    (0.0, 592.0)
    """
    low, high = values.quantile(0.01), values.quantile(0.99)
    room = (high - low) / 2 or 1.0
    return max(float(values.min()), float(low - room)), min(float(values.max()), float(high + room))
