"""How well each segment comes back when customers are drawn again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import words
from dashboard.figures import base
from dashboard.figures.sweep import label
from dashboard.theme import Theme, segment_colour, shape

# Where each band begins and ends; what lies left of the picture is told by the hover.
LEFT = 0.4
BANDS = ((LEFT, 0.6, "unstable"), (0.6, 0.75, "doubtful"), (0.75, 0.85, "stable"), (0.85, 1.0, "highly<br>stable"))


def overlaps(rows: pd.DataFrame, names: Sequence[Any], theme: Theme) -> go.Figure:
    """A dot a segment at its mean overlap, a line from its 5th to its 95th percentile, over the four bands.

    Parameters
    ----------
    rows : DataFrame
        id, jaccard, low, high, dissolved, band.
    names : sequence of SegmentName
    """
    told = rows.dropna(subset=["jaccard"]).set_index("id")
    mine = [name for name in names if name.id in told.index]
    if not mine:
        return base.empty(theme, "No segment to draw again")
    figure = base.blank(theme, x="Jaccard overlap with itself, up to 1")
    for number, (left, right, word) in enumerate(BANDS):
        figure.add_vrect(x0=left, x1=right, fillcolor=theme.mark_soft, opacity=0.15 + 0.22 * number, line_width=0,
                         layer="below")  # fmt: skip
        base.note(figure, word, theme, x=(left + right) / 2, yref="paper", y=1, yanchor="bottom",
                  font={"color": theme.ink2, "size": 11})  # fmt: skip
    for place, name in enumerate(mine):
        row, colour = told.loc[name.id], segment_colour(name.colour)
        low, high = max(row["low"], LEFT), max(row["high"], LEFT)
        figure.add_scatter(x=[low, high], y=[place, place], mode="lines", line={"color": colour, "width": 3},
                           hoverinfo="skip")  # fmt: skip
        figure.add_scatter(
            x=[max(row["jaccard"], LEFT)], y=[place], mode="markers", cliponaxis=False,
            marker={"size": 13, "color": colour, "symbol": shape(name.colour),
                    "line": {"width": 2, "color": theme.surface}},
            hovertemplate=f"{base.escape(name.name)}: {row['jaccard']:.3f}, {row['band']}<br>from {row['low']:.2f} to "
            f"{row['high']:.2f} in 9 of 10 resamples<br>half or less in {words.percent(row['dissolved'])} of them"
            "<extra></extra>",
        )  # fmt: skip
        base.note(figure, label(name, width=38), theme, xref="paper", x=0, xanchor="left", align="left", y=place,
                  yanchor="bottom", yshift=8, font={"color": theme.ink, "size": 12})  # fmt: skip
        base.note(figure, f"<b>{row['jaccard']:.2f}</b>", theme, xref="paper", x=1, xanchor="left", xshift=8, y=place,
                  font={"color": theme.ink, "size": 12})  # fmt: skip
    figure.update_layout(margin={"l": 16, "r": 44, "t": 40, "b": 8})
    figure.update_xaxes(range=[LEFT, 1.005], tickvals=[LEFT, 0.6, 0.75, 0.85, 1], tickformat=".2f")
    figure.update_yaxes(visible=False, range=[len(mine) - 0.6, -0.75])
    return figure


def headline(rows: pd.DataFrame, names: Sequence[Any]) -> str:
    """Which segments come back and which do not."""
    called = {name.id: name.name for name in names}
    told = rows.dropna(subset=["jaccard"])
    if told.empty:
        return "No segment is large enough to draw again"
    everyone = "Both" if len(told) == 2 else f"All {words.in_words(len(told))}"
    shaky = told[told["jaccard"] < 0.75].sort_values("jaccard")
    if len(told) == 1:
        return f"{called[int(told['id'].iloc[0])]} are {told['band'].iloc[0]}"
    if len(shaky) == len(told) and shaky["band"].nunique() == 1:
        return f"{everyone} are {shaky['band'].iloc[0]}"
    if len(shaky):
        listed = " and ".join(f"{called[int(row['id'])]} are {row['band']}" for _, row in shaky.head(2).iterrows())
        return f"{listed}, {'so are others' if len(shaky) > 2 else 'the rest come back'}"
    softest = called[int(told.loc[told["jaccard"].idxmin(), "id"])]
    firmly = "always come back" if told["jaccard"].min() > 0.85 else "come back"
    return f"{everyone} {firmly}; {softest} blur the most"
