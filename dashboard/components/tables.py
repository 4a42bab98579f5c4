"""Plain tables, which scroll inside themselves on a phone."""

from __future__ import annotations

from typing import Any

from dash import html


def table(
    head: list[str], rows: list[list[Any]], *, caption: str, numeric: set[int] | None = None, strong: int = -1,
    className: str = "",
) -> html.Div:  # fmt: skip
    """A table.

    Parameters
    ----------
    caption : str
        What the table holds, for screen readers.
    numeric : set of int
        Columns to set flush right.
    strong : int
        The row to stress.
    """
    right = numeric or set()
    cell = [{"className": "num"} if i in right else {} for i in range(len(head))]
    body = [
        html.Tr(
            [html.Th(c, scope="row", **cell[i]) if i == 0 else html.Td(c, **cell[i]) for i, c in enumerate(row)],
            className="strong" if n == strong else "",
        )
        for n, row in enumerate(rows)
    ]
    return html.Div(
        html.Table(
            [
                html.Caption(caption, className="visually-hidden"),
                html.Thead(html.Tr([html.Th(h, scope="col", **cell[i]) for i, h in enumerate(head)])),
                html.Tbody(body),
            ],
            className=f"plain {className}".strip(),
        ),
        className="table-scroll",
        tabIndex=0,
        role="region",
        **{"aria-label": caption},
    )


def heat_cell(value: float | None, middle: float, span: float, words: str) -> html.Span:
    """A value on the scale from below to above: no colour at ``middle``, full colour ``span`` away from it."""
    if value is None:
        return html.Span(words, className="heat-cell")
    share = min(abs(value - middle) / span, 1)
    side = "above" if value > middle else "below"
    colour = f"color-mix(in srgb, var(--{side}) {100 * share:.0f}%, var(--middle))"
    return html.Span(words, className="heat-cell", style={"background": colour})
