"""Key figures side by side, each with its change and its small course."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from dash import html

from dashboard import words
from dashboard.components.basics import icon
from dashboard.theme import Theme


@dataclass(frozen=True)
class KeyFigure:
    """One figure: its name, its value in words, its change and its course over time."""

    label: str
    value: str
    change: float | None = None
    points: bool = False
    course: tuple[float, ...] = ()
    unfinished: bool = False


def figures_row(figures: list[KeyFigure], theme: Theme) -> html.Div:
    """A row of key figures; two abreast on a phone."""
    return html.Div([_figure(figure, theme) for figure in figures], className="figures")


def delta(change: float | None, *, points: bool = False, places: int = 1) -> html.Span:
    """▲ 51.8 % in ink: whether it is good depends on the reader."""
    if change is None:
        return html.Span("no comparison", className="delta none")
    up = change >= 0
    amount = f"{abs(change) * 100:.1f} pts" if points else words.percent(abs(change), places)
    sign = icon("caret-up-fill" if up else "caret-down-fill")
    return html.Span(
        [sign, html.Span("up " if up else "down ", className="visually-hidden"), amount], className="delta"
    )


def sparkline(
    course: tuple[float, ...], theme: Theme, *, unfinished: bool = False, width: int = 64, height: int = 24
) -> Any:
    """A line of 1.5 px; an unfinished end is dashed and ends in an open dot."""
    values = [v for v in course if v == v]
    if len(values) < 3:
        return html.Span(className="spark")
    low, high = min(values), max(values)
    step, span = (width - 6) / (len(values) - 1), (high - low) or 1
    at = [(2 + i * step, height - 4 - (v - low) / span * (height - 8)) for i, v in enumerate(values)]
    done = at[:-1] if unfinished else at
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in done)
    (x0, y0), (x1, y1) = at[-2], at[-1]
    tail = (
        f'<line x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}" stroke-dasharray="2 2"/>' if unfinished else ""
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" fill="none" stroke="{theme.mark}"'
        f' stroke-width="1.5"><polyline points="{line}"/>{tail}'
        f'<circle cx="{x1:.1f}" cy="{y1:.1f}" r="2" fill="{theme.surface}"/></svg>'
    )
    return html.Img(src=f"data:image/svg+xml,{quote(svg)}", alt="", width=width, height=height, className="spark")


def _figure(figure: KeyFigure, theme: Theme) -> html.Div:
    return html.Div(
        [
            html.Div(figure.label, className="label"),
            html.Div(figure.value, className="value"),
            html.Div(
                [
                    delta(figure.change, points=figure.points),
                    sparkline(figure.course, theme, unfinished=figure.unfinished),
                ],
                className="course",
            ),
        ],
        className="figure",
    )
