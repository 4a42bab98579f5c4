"""What a campaign changed, with how sure that is: a line an interval, one a segment and one for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures import base
from dashboard.theme import Theme

# Height of a row, so that name and figures stand above their line on a phone too.
ROW, AROUND = 50, 64
# So many times as far as the whole and all differences go, an interval may widen the picture.
WIDEST = 2.5


@dataclass(frozen=True)
class Row:
    """A difference in points with its 95 % interval, and what was planned; ``whole`` is that of all segments."""

    name: str
    value: float
    low: float
    high: float
    planned: float | None = None
    whole: bool = False


def height(rows: Sequence[Row]) -> int:
    """In pixels."""
    return AROUND + ROW * max(len(rows), 2)


def intervals(rows: Sequence[Row], theme: Theme) -> go.Figure:
    """Intervals below one another, around a line at no effect.

    Notes
    -----
    A small segment's interval may be so wide that all others would be dots: it runs to the edge, and its ends stand in
    words above it.
    """
    if not rows:
        return base.empty(theme, "Nothing to compare with")
    figure = base.blank(theme, x="Difference in points")
    reach = edge(rows)
    places = range(len(rows) - 1, -1, -1)
    for place, row in zip(places, rows, strict=True):
        colour = theme.mark_strong if row.whole else theme.mark
        said = f"{base.escape(row.name)}: {said_of(row)}"
        figure.add_scatter(
            x=[max(row.low, -reach), min(row.high, reach)], y=[place, place], mode="lines", hoverinfo="skip",
            line={"color": colour, "width": 4 if row.whole else 3},
        )  # fmt: skip
        figure.add_scatter(
            x=[max(min(row.value, reach), -reach)], y=[place], mode="markers", hovertemplate=f"{said}<extra></extra>",
            marker={"color": colour, "size": 12, "symbol": "square" if row.whole else "circle"},
        )  # fmt: skip
        if row.planned is not None and abs(row.planned) <= reach:
            figure.add_scatter(
                x=[row.planned], y=[place], mode="markers",
                hovertemplate=f"{base.escape(row.name)}: {signed(row.planned)} points planned<extra></extra>",
                marker={"color": theme.ink, "size": 13, "symbol": "diamond-open", "line": {"width": 2}},
            )  # fmt: skip
        for text, x, anchor in ((base.escape(row.name), 0, "left"), (said_of(row), 1, "right")):
            bold = {"weight": 600} if row.whole else {}
            base.note(figure, text, theme, x=x, y=place, xref="paper", yshift=18, xanchor=anchor,
                      font={"size": 12, "color": theme.ink, **bold})  # fmt: skip
    figure.add_vline(x=0, line={"color": theme.axis, "width": 1})
    figure.update_xaxes(range=[-reach, reach], showgrid=True, nticks=7, tickformat=",~g", zeroline=False)
    figure.update_yaxes(visible=False, range=[-0.5, len(rows) - 0.3])
    return figure


def edge(rows: Sequence[Row]) -> float:
    """How far the picture goes on both sides of no effect: all of it, unless a wide interval would flatten the rest."""
    whole = [each for each in rows if each.whole] or list(rows)
    ends = [abs(end) for each in whole for end in (each.low, each.high)]
    marks = [abs(mark) for each in rows for mark in (each.value, each.planned or 0)]
    least, everything = max(*ends, *marks, 0.1), max(abs(end) for each in rows for end in (each.low, each.high))
    return 1.08 * max(everything, least) if everything <= WIDEST * least else 1.15 * least


def sentence(rows: Sequence[Row]) -> str:
    """The picture in words."""
    if not rows:
        return "Nothing to compare with."
    said = "; ".join(f"{row.name} {said_of(row)}" for row in rows)
    planned = next((row for row in rows if row.whole and row.planned is not None), None)
    plan = f" Planned for all: {signed(planned.planned or 0)}." if planned else ""
    return f"Difference in points between treated and holdout, with 95 % interval: {said}.{plan}"


def said_of(row: Row) -> str:
    """A row's figures.

    >>> said_of(Row("Loyal", 5.84, -2.5, 8.9))
    '+5.8 (−2.5 to +8.9)'
    """
    return f"{signed(row.value)} ({signed(row.low)} to {signed(row.high)})"


def signed(number: float) -> str:
    """One decimal and a sign; what rounds to nothing has none.

    >>> signed(0.04), signed(-1.25)
    ('0.0', '−1.2')
    """
    return "0.0" if abs(number) < 0.05 else f"{number:+,.1f}".replace("-", "−")
