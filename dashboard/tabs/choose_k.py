"""How many segments should you work with? Elbow, silhouette and a verdict that weighs them."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, html

from core.errors import NotEnoughDataError
from core.pipeline import PREPARATIONS, Pipeline
from dashboard import ids, words
from dashboard.components import choosing
from dashboard.components.cards import card, empty, graph, question, slot
from dashboard.figures import sweep as figures
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("choose-k")
ANSWER, BAR, WHY, INERTIA, SILHOUETTE, BLADES = map(ns, ("answer", "bar", "why", "inertia", "silhouette", "blades"))
PREPARED = (
    "Log, then scale: log(1 + x), then less the mean and divided by the standard deviation. Scale only: the latter "
    "alone, as most of the literature does. Clip: at the 99th percentile first. Robust: less the median, divided by "
    "the interquartile range. "
)
LEVELS = (
    "Numbers and amounts are prepared as chosen; yes counts as 1 and no as 0, ordered levels count by their place, "
    "each category has a column of its own, and all of these are scaled. "
)


def layout() -> html.Div:
    return html.Div(
        [
            question(TAB.question, ANSWER),
            slot(BAR, height=54),
            slot(WHY, height=160),
            html.Div(
                [
                    slot(INERTIA, className="half", height=360),
                    slot(SILHOUETTE, className="half", height=360),
                    slot(BLADES, height=400),
                ],
                className="grid",
            ),
        ]
    )


def register(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output=dict(
            answer=Output(ANSWER, "children"),
            bar=Output(BAR, "children"),
            why=Output(WHY, "children"),
            inertia=Output(INERTIA, "children"),
            silhouette=Output(SILHOUETTE, "children"),
            blades=Output(BLADES, "children"),
        ),
        inputs=dict(data=Input(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def draw_choice(data: dict[str, str]) -> dict[str, Any]:
        look = Look.of(data)
        try:
            found = pipeline.selection(look.view)
        except NotEnoughDataError as error:
            nothing = dict.fromkeys(("inertia", "silhouette", "blades"))
            nothing["bar"] = _only_features(pipeline, look)
            return dict(answer=error.message, why=card(error.title, empty(error.message, error.hint)), **nothing)
        in_use = pipeline.chosen_k(look.view)
        return dict(
            answer=_answer(found, in_use),
            bar=html.Div(
                [
                    choosing.bar(look, in_use, PREPARATIONS, pipeline.preparation(look.view)),
                    choosing.features(look, *_features(pipeline, look), pipeline.feature_presets(look.view)),
                ]
            ),
            why=choosing.why(found, in_use),
            inertia=_inertia(found, in_use, look, _prepared(pipeline, look)),
            silhouette=_silhouette(found, in_use, look),
            blades=_blades(pipeline, look),
        )


def _answer(found: Any, in_use: int) -> list[Any]:
    number, _, reason = found.headline.partition(":")
    if in_use == found.chosen:
        return [html.Strong(f"{number}."), f" {reason.strip()[:1].upper()}{reason.strip()[1:]}"]
    own = words.in_words(in_use).capitalize()
    return [html.Strong(f"{own}, by your choice."), f" The verdict would be {number.lower()}: {reason.strip()}"]


def _counted(found: Any) -> str:
    everybody = words.count(found.customers)
    if found.sampled:
        return f"on a seeded sample of {words.count(found.sampled)} of {everybody} customers"
    return f"over all {everybody} customers, exact"


def _features(pipeline: Pipeline, look: Look) -> tuple[list[Any], list[Any]]:
    return list(pipeline.features(look.view)), list(pipeline.known_features(look.view))


def _only_features(pipeline: Pipeline, look: Look) -> Any:
    """Where nothing can be learned from these features there must be a way to choose others."""
    try:
        return choosing.features(look, *_features(pipeline, look), pipeline.feature_presets(look.view))
    except NotEnoughDataError:
        return None


def _prepared(pipeline: Pipeline, look: Look) -> str:
    """What the features are and how they were brought to one scale."""
    chosen = pipeline.features(look.view)
    listed = choosing.said_features(list(chosen), most=20)
    levels = "" if all(feature.scale in ("number", "amount") for feature in chosen) else LEVELS
    return f"Features of each customer: {listed}. {levels}{PREPARED}"


def _inertia(found: Any, in_use: int, look: Look, prepared: str) -> Any:
    first, last = int(found.rows["k"].min()), int(found.rows["k"].max())
    headline = f"The elbow is at {found.elbow}"
    figure = figures.inertia(found.rows, look.theme, elbow=found.elbow, in_use=in_use)
    return card(
        headline,
        graph(ns("inertia-graph"), figure, height=320, describe=f"{headline}; {in_use} segments are in use."),
        sub=f"Inertia after K-Means for k from {first} to {last}, {_counted(found)}",
        how=f"{prepared}Inertia is the sum of squared distances to the centre of the own segment, in prepared units. "
        "The elbow is the point farthest below the chord from the first to the last k, both axes brought to one "
        "length: another range can move it. K-Means starts ten times from seeded centres and keeps the best.",
        csv=look.download("selection"),
        png=ns("inertia-graph"),
    )


def _silhouette(found: Any, in_use: int, look: Look) -> Any:
    headline = figures.silhouette_headline(found.rows, found.best_silhouette)
    figure = figures.silhouette(found.rows, look.theme, best=found.best_silhouette, in_use=in_use)
    whiskers = "; whiskers: 95 % interval" if found.sampled else ""
    return card(
        headline,
        graph(ns("silhouette-graph"), figure, height=320, describe=f"{headline}; {in_use} segments are in use."),
        sub=f"Mean {_counted(found)}{whiskers}",
        how="The silhouette of a customer compares the mean distance to their own segment (a) with that to the nearest "
        "other one (b): (b − a) / max(a, b), from −1 to 1 (Rousseeuw 1987). Under 0.25 there are no distinct groups. "
        "The highest is often useless: a few extreme customers standing apart score well. Above 10,000 customers a "
        "seeded sample of 5,000 is taken.",
        csv=look.download("selection"),
        png=ns("silhouette-graph"),
    )


def _blades(pipeline: Pipeline, look: Look) -> Any:
    try:
        found, names = pipeline.silhouettes(look.view), pipeline.segment_names(look.view)
    except NotEnoughDataError as error:
        return card("So many segments cannot be made", empty(error.message, error.hint))
    headline = figures.blades_headline(found.segments, {n.id: n.name for n in names})
    figure = figures.blades(found.points, found.segments, names, look.theme, mean=found.mean)
    return card(
        headline,
        graph(ns("blades-graph"), figure, height=max(360, 52 * len(names) + 110), describe=headline),
        sub=f"A line per customer, sorted, {_counted(found)}; left of 0: nearer to another segment; right: the mean",
        how="Each shape is as tall as its segment has customers and as wide as their silhouettes, the widest on top; "
        "the dashed line is the mean of all. A shape too thin to be seen is drawn taller. Shapes are thinned to 300 "
        "points, the means are not.",
        csv=look.download("silhouettes"),
        png=ns("blades-graph"),
    )


TAB = Tab(
    slug="choose-k",
    order=50,
    label="Choose k",
    icon="diagram-3",
    group="segment",
    question="How many segments should you work with?",
    layout=layout,
    register=register,
    tables={
        "selection": lambda pipeline, look: pipeline.selection(look.view).rows,
        "silhouettes": lambda pipeline, look: pipeline.silhouettes(look.view).points,
    },
    kinds=("transactions", "customers", "survey"),
)
