"""The frame of a picture: a headline that states the finding, the picture, how it is counted, what to take along."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
from dash import dcc, html

from dashboard.components.basics import icon

GRAPH = {
    "displayModeBar": False,
    "responsive": True,
    "scrollZoom": False,
    "topojsonURL": "/assets/topojson/",
    "locale": "en",
}


def slot(id: str, *, className: str = "", height: int = 320) -> html.Section:
    """The place of a card in a layout, with a skeleton in it until the card is drawn."""
    skeleton = html.Div(className="skeleton", style={"height": f"{height}px"}, **{"aria-hidden": "true"})
    return html.Section(skeleton, id=id, className=f"card-slot {className}".strip())


def card(
    headline: Any,
    body: Any,
    *,
    sub: Any = None,
    controls: Any = None,
    how: Any = None,
    csv: str = "",
    png: str = "",
    more: Any = None,
    className: str = "",
) -> html.Div:
    """A card.

    Parameters
    ----------
    headline, sub
        The finding, and the name of the picture.
    body
        A :func:`graph`, a table or anything else.
    controls
        What stands right of the headline.
    how
        Definition, formula and what was left out: opened by "How this is counted".
    csv : str
        A link from :meth:`Look.download`.
    png : str
        The id of the graph to save as a picture.
    more
        Further links in the footer.
    """
    head = html.Div([html.Div([html.H2(headline), html.P(sub) if sub else None]), controls], className="card-head")
    takes = [
        html.Button([icon("download"), "PNG"], type="button", className="take", **{"data-png": png}) if png else None,
        html.A([icon("download"), "CSV"], href=csv, className="take", download="") if csv else None,
    ]
    counted = (
        html.Details(
            [html.Summary(["How this is counted", icon("chevron-right")]), html.Div(how, className="how")],
            className="counted",
        )
        if how
        else html.Span()
    )
    foot = html.Div(
        [html.Div([counted, more], className="foot-left"), html.Div(takes, className="takes")],
        className="card-foot",
    )
    return html.Div(
        [head, html.Div(body, className="card-body"), foot if (how or csv or png or more) else None],
        className=f"card {className}".strip(),
    )


def graph(id: str, figure: go.Figure, *, height: int = 300, describe: str = "") -> html.Figure:
    """A figure of fixed height (the page never jumps), with a sentence for those who cannot see it."""
    figure.update_layout(height=height)
    return html.Figure(
        [
            dcc.Graph(id=id, figure=figure, config=GRAPH, style={"height": f"{height}px"}),
            html.Figcaption(describe, className="visually-hidden") if describe else None,
        ],
        className="graph",
    )


def question(text: str, answer_id: str) -> html.Header:
    """The heading of a tab: the question, and the place of its answer."""
    return html.Header([html.H1(text), html.P(id=answer_id, className="answer")], className="question")


def empty(what: str, how: str) -> html.Div:
    """What stands where there is nothing: what would be here and how to get it."""
    return html.Div([html.P(what, className="empty-what"), html.P(how)], className="empty")
