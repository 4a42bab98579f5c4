"""What goes together: the map of rank correlations, and pairs in words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard import words
from dashboard.figures import base
from dashboard.theme import Theme

STRONG, CLEAR, SOME = 0.7, 0.4, 0.2
LABELLED = 14
MOST_LETTERS = 24


def heat(labels: list[str], matrix: np.ndarray, theme: Theme) -> go.Figure:
    """Correlations as squares, from −1 (below) over 0 to 1 (above).

    Parameters
    ----------
    labels : list of str
        One a row, in the order of the matrix.
    matrix : array
        Missing where it cannot be told.
    """
    if len(labels) < 2:
        return base.empty(theme, "Fewer than two columns have an order")
    figure = base.blank(theme)
    names = [_short(label) for label in labels]
    places = list(range(len(labels)))
    shown = np.where(np.eye(len(labels), dtype=bool), np.nan, matrix)
    texts = [[_signed(value) for value in row] for row in shown] if len(labels) <= LABELLED else None
    hover = [[f"{_text(a)} and {_text(b)}" for b in labels] for a in labels]
    figure.add_heatmap(
        z=shown, x=places, y=places, zmin=-1, zmax=1, xgap=1, ygap=1, customdata=hover, text=texts,
        texttemplate="%{text}" if texts else None, textfont={"size": 11, "color": theme.ink},
        colorscale=[(0, theme.below), (0.5, theme.middle), (1, theme.above)], hoverongaps=False,
        hovertemplate="%{customdata}: %{z:.2f}<extra></extra>",
        colorbar={"thickness": 10, "len": 0.5, "y": 1, "yanchor": "top", "tickvals": [-1, 0, 1],
                  "ticktext": ["−1", "0", "+1"], "outlinewidth": 0, "tickfont": {"color": theme.ink2, "size": 12}},
    )  # fmt: skip
    named = {"tickvals": places, "ticktext": names, "ticklabelstandoff": 6}
    figure.update_xaxes(**named, tickangle=-60, showline=False, side="bottom")
    figure.update_yaxes(**named, autorange="reversed", showgrid=False)
    return figure


def headline(pairs: pd.DataFrame) -> str:
    """The strongest pair that is no copy and not made of one another."""
    found = own(pairs)
    if found.empty:
        return "Nothing goes together beyond what says the same"
    first = found.iloc[0]
    return (
        f"{words.header(first['a_label'])} and {words.header(first['b_label'])} go together most: {_signed(first['r'])}"
    )


def own(pairs: pd.DataFrame) -> pd.DataFrame:
    """Pairs that tell something: no copies, none derived from the other."""
    return pairs[~(pairs["copy"].astype(bool) | pairs["made"].astype(bool))]


def copies(pairs: pd.DataFrame) -> pd.DataFrame:
    """Pairs of which one says what the other says."""
    return pairs[pairs["copy"].astype(bool)]


def in_words(row: dict[str, Any]) -> str:
    """A pair as a sentence.

    >>> in_words({"a_label": "Income", "b_label": "Visits", "r": -0.64})
    'The more Income, the less Visits: clearly'
    """
    strength = abs(row["r"])
    how = "closely" if strength >= STRONG else "clearly" if strength >= CLEAR else "a little"
    if strength < SOME:
        how = "hardly"
    a, b = words.header(row["a_label"]), words.header(row["b_label"])
    return f"The more {a}, the {'more' if row['r'] > 0 else 'less'} {b}: {how}"


def table(labels: list[str], matrix: np.ndarray) -> pd.DataFrame:
    """The matrix with its names, to take along."""
    frame = pd.DataFrame(matrix, columns=labels)
    frame.insert(0, "column", labels)
    return frame


def _signed(value: float) -> str:
    return "" if value != value else f"{value:+.2f}".replace("-", "−")


def _short(label: str) -> str:
    label = words.header(label)
    return _text(label if len(label) <= MOST_LETTERS else f"{label[: MOST_LETTERS - 1]}…")


def _text(label: str) -> str:
    return base.escape(label)
