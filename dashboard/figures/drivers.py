"""Which features tell the segments apart: importance by permutation and by impurity, side by side."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboard import words
from dashboard.figures import base
from dashboard.figures.profiles import low
from dashboard.theme import Theme

ROOM = 1.3
WIDE = 22
TITLES = {
    "permutation": "Permutation:<br>accuracy lost,<br>points",
    "impurity": "Impurity:<br>share of gain,<br>%",
}


def bars(rows: pd.DataFrame, theme: Theme) -> go.Figure:
    """Horizontal bars, the most important on top; whiskers are the spread over the shuffles.

    Parameters
    ----------
    rows : DataFrame
        label, impurity, permutation, permutation_sd (all from 0 to 1).
    """
    if rows.empty:
        return base.empty(theme, "No features to weigh")
    figure = make_subplots(1, 2, shared_yaxes=True, horizontal_spacing=0.06)
    figure.update_layout(base.blank(theme).layout)
    figure.update_layout(bargap=0.38)
    for column, measure in enumerate(TITLES, start=1):
        _panel(figure, rows, measure, column, theme)
    axis = {"tickfont": {"size": 12, "color": theme.ink2}, "fixedrange": True, "automargin": True, "zeroline": False}
    figure.update_xaxes(**axis, showgrid=True, gridcolor=theme.grid, nticks=4, tickangle=0, showline=False)
    figure.update_yaxes(**axis, autorange="reversed", showgrid=False, ticklabelstandoff=6)
    return figure


def _panel(figure: go.Figure, rows: pd.DataFrame, measure: str, column: int, theme: Theme) -> None:
    labels = [_wrapped(label) for label in rows["label"]]
    values = 100 * rows[measure]
    spread = 100 * rows["permutation_sd"] if measure == "permutation" else 0 * values
    whiskers = {"type": "data", "array": spread, "color": theme.ink, "thickness": 1.5, "width": 5}
    colours = [theme.mark_strong if value == values.max() else theme.mark for value in values]
    figure.add_bar(
        x=values, y=labels, orientation="h", marker={"color": colours, "cornerradius": 2},
        error_x=whiskers if measure == "permutation" else None,
        hovertemplate="%{y}: %{x:.1f}<extra></extra>", row=1, col=column,
    )  # fmt: skip
    figure.add_scatter(
        x=values.clip(lower=0) + spread, y=labels, mode="text", text=[f" {words.decimal(value)}" for value in values],
        textposition="middle right", textfont={"color": theme.ink, "size": 12}, cliponaxis=False, hoverinfo="skip",
        row=1, col=column,
    )  # fmt: skip
    title = {"text": TITLES[measure], "font": {"size": 12, "color": theme.ink2}, "standoff": 8}
    ends = [min(0.0, float(values.min())), ROOM * max(float((values + spread).max()), 0.1)]
    figure.update_xaxes(title=title, range=ends, col=column)


def _wrapped(label: str) -> str:
    """A label in at most two lines, shortened where it is a whole question."""
    label = words.header(label)
    if len(label) > 2 * WIDE:
        label = f"{label[: 2 * WIDE - 1]}…"
    cut = label.find(" since ") if " since " in label else label.rfind(" ", 0, WIDE + 1) if len(label) > WIDE else -1
    return base.escape(label) if cut < 0 else f"{base.escape(label[:cut])}<br>{base.escape(label[cut + 1 :])}"


def headline(rows: pd.DataFrame) -> str:
    """Which feature tells most, by both measures."""
    if rows.empty:
        return "No features to weigh"
    shuffled, split = (words.header(rows.loc[rows[measure].idxmax(), "label"]) for measure in TITLES)
    if shuffled == split:
        return f"{shuffled}: most important by both measures"
    return f"Shuffled, {low(shuffled)} is missed most; by splits, {low(split)} leads"


def hiding(row: dict[str, Any]) -> bool:
    """Whether two features are missed together by clearly more than each by itself."""
    alone = max(row["alone_first"], 0) + max(row["alone_second"], 0)
    return bool(row["together"] - alone > 2 * row["together_sd"])


def pairs_headline(pairs: pd.DataFrame) -> str:
    """Which features stand in for each other."""
    rows = pairs.to_dict("records")
    row = next((row for row in rows if hiding(row)), rows[0])
    first, second = words.header(row["first"]), low(words.header(row["second"]))
    return f"{first} and {second} {'hide each other’s importance' if hiding(row) else _way(row)}"


def _way(row: dict[str, Any]) -> str:
    return "go together" if row["correlation"] >= 0 else "run against each other"


def pair_said(row: dict[str, Any]) -> str:
    """What two features that go together share: loss of accuracy alone and together.

    >>> pair_said({"first": "Orders", "second": "Spend", "correlation": 0.81, "alone_first": 0.26,
    ...            "alone_second": 0.36, "together": 0.53, "together_sd": 0.01})
    'Orders and spend go together (rank correlation 0.81): shuffled alone they cost 26 and 36 points, together 53.'
    """
    first, second = words.header(row["first"]), low(words.header(row["second"]))
    alone = [words.count(max(100 * row[side], 0)) for side in ("alone_first", "alone_second")]
    together = words.count(max(100 * row["together"], 0))
    said = (
        f"{first} and {second} {_way(row)} (rank correlation {words.decimal(row['correlation'], 2)}): shuffled alone "
        f"they cost {alone[0]} and {alone[1]} points, together {together}."
    )
    return f"{said} Each hides what the other is worth." if hiding(row) else said


def points(loss: dict[str, Any]) -> str:
    """A loss and its spread in points.

    >>> points({"importance": 0.349, "sd": 0.012})
    '34.9 ± 1.2'
    """
    return f"{words.decimal(100 * loss['importance'])} ± {words.decimal(100 * loss['sd'])}"


def accuracy(found: Any) -> pd.DataFrame:
    """Accuracy beside that of guessing, as a table."""
    columns = ["accuracy", "baseline", "held_out", "trained", "customers", "sampled"]
    return pd.DataFrame([{column: getattr(found, column) for column in columns}])
