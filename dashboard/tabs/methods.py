"""Which way of dividing suits your customers? Every algorithm on the same customers, side by side."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, html

from core.errors import NotEnoughDataError
from core.pipeline import Pipeline
from dashboard import ids, words
from dashboard.components import methods as components
from dashboard.components.basics import icon
from dashboard.components.cards import card, empty, question, slot
from dashboard.figures import methods as figures
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("methods")
ANSWER, SIDE, MAPS, AGREE, ABOUT = map(ns, ("answer", "side", "maps", "agree", "about"))
CRITERIA = (
    "Mean silhouette (Rousseeuw 1987), from −1 to 1: how much nearer customers are to their own segment than to the "
    "next one. Calinski–Harabasz (1974): spread between segments against spread within; more is better. Davies–Bouldin "
    "(1979): how alike each segment is to its most similar neighbour; less is better. All three in prepared units, of "
    "the same customers, less those on their own."
)
RAND = (
    "Of all pairs of customers: how often both methods put them together, or both apart, beyond what chance would "
    "(Hubert and Arabie 1985). From 0.90 excellent, 0.80 good, 0.65 moderate, below that poor (Steinley 2004). Who is "
    "on their own counts as one group. Where methods disagree, the borders are theirs, not your customers’."
)


def layout() -> html.Div:
    return html.Div(
        [
            question(TAB.question, ANSWER),
            html.Div(
                [
                    slot(SIDE, height=320),
                    slot(MAPS, height=400),
                    slot(AGREE, className="five", height=320),
                    slot(ABOUT, className="seven", height=320),
                ],
                className="grid",
            ),
        ]
    )


def register(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output=dict(
            answer=Output(ANSWER, "children"),
            side=Output(SIDE, "children"),
            maps=Output(MAPS, "children"),
            agree=Output(AGREE, "children"),
            about=Output(ABOUT, "children"),
        ),
        inputs=dict(data=Input(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def draw_methods(data: dict[str, str]) -> dict[str, Any]:
        look, ways = Look.of(data), pipeline.methods()
        about = _about(ways)
        try:
            found = pipeline.comparison_of_methods(look.view)
        except NotEnoughDataError as error:
            nothing = card(error.title, empty(error.message, error.hint))
            return dict(answer=error.message, side=nothing, maps=None, agree=None, about=about)
        return dict(
            answer=[html.Strong(found.lead), f" {found.answer}"],
            side=_side(found, ways, look),
            maps=_maps(found, ways, look),
            agree=_agree(found, look),
            about=about,
        )


def _side(found: Any, ways: list[Any], look: Look) -> Any:
    part = (
        f"on a seeded sample of {words.count(found.sampled)} of {words.count(found.customers)} customers"
        if found.sampled
        else f"over all {words.customers(found.customers)}"
    )
    finders = [way.label for way in ways if way.chooses_k]
    own = f" ({_listed(finders)} settles the number itself)" if finders else ""
    return card(
        figures.headline(found.methods),
        [components.side_by_side(found, ways, look), _notes(found, ways, look)],
        sub=f"Each asked for {words.in_words(found.k)} segments from the same features{own}; criteria {part}",
        how=html.Div(
            [
                html.P(CRITERIA),
                html.P(
                    "All three reward round groups of like spread, as K-Means makes them, and a method that leaves out "
                    "the doubtful customers looks better than it is: only those that divide everybody are compared for "
                    "the best. Look at the maps as well."
                ),
                html.P("Spread explained: the share of the squared distances to the average of all that the segments "
                       "take away. Like: adjusted Rand index, explained below."),
            ]
        ),
        csv=look.download("methods"),
    )  # fmt: skip


def _notes(found: Any, ways: list[Any], look: Look) -> Any:
    """What one has to know before choosing one of them."""
    told = [
        f"{_listed([way.label for way in ways if not way.places])} cannot place a new customer: there the five nearest "
        "known customers decide."
    ]
    for row in found.methods[found.methods["alone"] > 0].to_dict("records"):
        alone = words.count(row["alone"])
        told.append(
            f"{row['label']} leaves {alone} customers on their own; its criteria are those of the others, which makes "
            "them look better."
        )
    if look.view.weights:
        told.append(
            f"{_listed([way.label for way in ways if not way.weighs])} bring every feature to a scale of their "
            "own: your weights change little or nothing there."
        )
    if found.base != look.view.method:
        told.append("The method in use finds no groups here, so the other pages have nothing to show: use another one.")
    return html.Ul([html.Li([icon("info-circle"), html.Span(text)]) for text in told], className="method-notes")


def _listed(labels: list[str]) -> str:
    return f"{', '.join(labels[:-1])} and {labels[-1]}" if len(labels) > 1 else labels[0]


def _maps(found: Any, ways: list[Any], look: Look) -> Any:
    base = next(way.label for way in ways if way.slug == found.base)
    part = f"A sample of {words.count(len(found.points))}" if len(found.points) < found.customers else "All"
    first, second = (words.percent(share, 0) for share in found.explained)
    return card(
        "The same customers, divided by each method",
        components.maps(found, ways, look, ns),
        sub=f"{part} customers on two principal components. {figures.colours(found.segments, base)}",
        how=f"Principal component analysis of the features, as on the map of Segments. To the right: {found.axes[0]} "
        f"({first} of the spread); upwards: {found.axes[1]} ({second}); the few who lie far beyond "
        f"all others stand at the edge. Segments are matched to those of {base} so "
        "that as many customers as can be are in like colours (Hungarian method); names are the method’s own.",
        csv=look.download("segments"),
        more=html.A("CSV of the points", href=look.download("points"), download=""),
    )


def _agree(found: Any, look: Look) -> Any:
    body = components.agreement(found) if len(found.pairs) else empty(found.said, "Agreement takes two methods.")
    return card(
        found.said,
        body,
        sub="Adjusted Rand index: 1 the same groups, 0 no more alike than by chance",
        how=RAND,
        csv=look.download("agreement"),
    )


def _about(ways: list[Any]) -> Any:
    return card("What each method does", components.about(ways), sub="In plain words")


TAB = Tab(
    slug="methods",
    order=55,
    label="Methods",
    icon="intersect",
    group="segment",
    question="Which way of dividing suits your customers?",
    layout=layout,
    register=register,
    tables={
        "methods": lambda pipeline, look: pipeline.comparison_of_methods(look.view).methods,
        "segments": lambda pipeline, look: pipeline.comparison_of_methods(look.view).segments,
        "agreement": lambda pipeline, look: pipeline.comparison_of_methods(look.view).pairs,
        "points": lambda pipeline, look: pipeline.comparison_of_methods(look.view).points,
    },
    kinds=("transactions", "customers", "survey"),
    asks=("selection", "comparison_of_methods"),
)
