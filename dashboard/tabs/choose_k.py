"""How many segments should you work with? All criteria, and a verdict that weighs them."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, dcc, html, no_update

from core.errors import NotEnoughDataError
from core.pipeline import PREPARATIONS, Pipeline
from dashboard import ids, words
from dashboard.components import choosing, splits, verdict
from dashboard.components.cards import card, empty, graph, question, slot
from dashboard.figures import stability as overlaps
from dashboard.figures import sweep as figures
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("choose-k")
ANSWER, BAR, WHY, INERTIA, SILHOUETTE, BLADES = map(ns, ("answer", "bar", "why", "inertia", "silhouette", "blades"))
STABILITY, SPLITS, DRAWN = map(ns, ("stability", "splits", "drawn"))
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
            slot(WHY, height=380),
            dcc.Store(id=DRAWN),
            html.Div(
                [
                    slot(INERTIA, className="half", height=360),
                    slot(SILHOUETTE, className="half", height=360),
                    slot(STABILITY, className="half", height=420),
                    slot(BLADES, className="half", height=420),
                    slot(SPLITS, height=640),
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
            drawn=Output(DRAWN, "data"),
        ),
        inputs=dict(data=Input(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def draw_choice(data: dict[str, str]) -> dict[str, Any]:
        look = Look.of(data)
        try:
            found = pipeline.selection(look.view)
            in_use, method = pipeline.chosen_k(look.view), pipeline.method(look.view)
        except NotEnoughDataError as error:
            nothing = dict.fromkeys(("inertia", "silhouette", "blades", "drawn"))
            nothing["bar"] = _learned_from(pipeline, look)
            return dict(answer=error.message, why=card(error.title, empty(error.message, error.hint)), **nothing)
        bar = choosing.bar(look, in_use, PREPARATIONS, pipeline.preparation(look.view), method)
        # The numbers compared are of K-Means where the method finds its own: none of them is in use.
        swept, used = ("K-Means", 0) if method.chooses_k else (method.label, in_use)
        return dict(
            answer=_answer(found, in_use, method),
            bar=html.Div([bar, _learned_from(pipeline, look)]),
            why=verdict.why(found, in_use, look, method, []),
            inertia=_inertia(found, used, look, _prepared(pipeline, look), swept),
            silhouette=_silhouette(found, used, look, swept),
            blades=_blades(pipeline, look),
            drawn=data,
        )

    @app.callback(
        output=dict(
            why=Output(WHY, "children", allow_duplicate=True),
            stability=Output(STABILITY, "children"),
            splits=Output(SPLITS, "children"),
        ),
        inputs=dict(data=Input(DRAWN, "data")),
        prevent_initial_call=True,
    )
    def draw_stability(data: dict[str, str] | None) -> dict[str, Any]:
        """After the charts that are there at once: customers have to be divided hundreds of times."""
        if data is None:
            return dict(why=no_update, stability=None, splits=None)
        look = Look.of(data)
        view, method = look.view, pipeline.method(look.view)
        try:
            in_use, names = pipeline.chosen_k(view), pipeline.segment_names(view)
            reasons = pipeline.stability_reasons(view)
            why = verdict.why(pipeline.selection(view), in_use, look, method, reasons, pipeline.stabilities(view))
            return dict(
                why=no_update if method.chooses_k else why,
                stability=_stability(pipeline.stability(view), names, look),
                splits=splits.splits(pipeline.clustree(view), names, look, in_use, method, ns("splits-graph")),
            )
        except NotEnoughDataError:
            return dict(why=no_update, stability=None, splits=None)


def _answer(found: Any, in_use: int, method: Any) -> list[Any]:
    number, _, reason = found.headline.partition(":")
    own = words.in_words(in_use).capitalize()
    if method.chooses_k:
        told = f" On K-Means the verdict would be {number.lower()}: {reason.strip()}"
        return [html.Strong(f"{own}, found by {method.label}."), told]
    if in_use == found.chosen:
        return [html.Strong(f"{number}."), f" {reason.strip()[:1].upper()}{reason.strip()[1:]}"]
    return [html.Strong(f"{own}, by your choice."), f" The verdict would be {number.lower()}: {reason.strip()}"]


def _used(in_use: int) -> str:
    return f"; {in_use} segments are in use" if in_use else ""


def _counted(found: Any, who: str = "customers") -> str:
    everybody = words.count(found.customers)
    if found.sampled:
        return f"on a seeded sample of {words.count(found.sampled)} of {everybody} {who}"
    return f"over all {everybody} {who}, exact"


def _learned_from(pipeline: Pipeline, look: Look) -> Any:
    """Where nothing can be learned from these features there must be a way to choose others."""
    try:
        return choosing.learned_from(look, list(pipeline.features(look.view)), pipeline.method(look.view))
    except NotEnoughDataError:
        return None


def _prepared(pipeline: Pipeline, look: Look) -> str:
    """What the features are and how they were brought to one scale."""
    chosen = pipeline.features(look.view)
    listed = choosing.said_features(list(chosen), most=20)
    levels = "" if all(feature.scale in ("number", "amount") for feature in chosen) else LEVELS
    return f"Features of each customer: {listed}. {levels}{PREPARED}"


def _inertia(found: Any, in_use: int, look: Look, prepared: str, swept: str) -> Any:
    first, last = int(found.rows["k"].min()), int(found.rows["k"].max())
    headline = f"The elbow is at {found.elbow}"
    figure = figures.inertia(found.rows, look.theme, elbow=found.elbow, in_use=in_use)
    return card(
        headline,
        graph(ns("inertia-graph"), figure, height=320, describe=f"{headline}{_used(in_use)}."),
        sub=f"Inertia after {swept} for k from {first} to {last}, {_counted(found)}",
        how=f"{prepared}Inertia is the sum of squared distances to the centre of the own segment, in prepared units. "
        "The elbow is the point farthest below the chord from the first to the last k, both axes brought to one "
        "length: another range can move it. K-Means starts ten times from seeded centres and keeps the best.",
        csv=look.download("selection"),
        png=ns("inertia-graph"),
    )


def _silhouette(found: Any, in_use: int, look: Look, swept: str) -> Any:
    headline = figures.silhouette_headline(found.rows, found.best_silhouette)
    figure = figures.silhouette(found.rows, look.theme, best=found.best_silhouette, in_use=in_use)
    whiskers = "; whiskers: 95 % interval" if found.sampled else ""
    return card(
        headline,
        graph(ns("silhouette-graph"), figure, height=320, describe=f"{headline}{_used(in_use)}."),
        sub=f"Mean after {swept}, {_counted(found)}{whiskers}",
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
    # A long name takes several lines.
    tall = 72 if max(len(name.name) for name in names) > 32 else 52
    who = "customers in a segment" if pipeline.outline(look.view).apart else "customers"
    headline = figures.blades_headline(found.segments, {n.id: n.name for n in names})
    figure = figures.blades(found.points, found.segments, names, look.theme, mean=found.mean)
    return card(
        headline,
        graph(ns("blades-graph"), figure, height=max(360, tall * len(names) + 110), describe=headline),
        sub=f"A line per customer, sorted, {_counted(found, who)}; left of 0: nearer to another segment; "
        "right: the mean",
        how="Each shape is as tall as its segment has customers and as wide as their silhouettes, the widest on top; "
        "the dashed line is the mean of all. A shape too thin to be seen is drawn taller. Shapes are thinned to 300 "
        "points, the means are not.",
        csv=look.download("silhouettes"),
        png=ns("blades-graph"),
    )


def _stability(found: Any, names: list[Any], look: Look) -> Any:
    headline = overlaps.headline(found.rows, names)
    drawn = [name for name in names if name.id in set(found.rows["id"])]
    figure = overlaps.overlaps(found.rows, names, look.theme)
    part = f", in a seeded sample of {words.count(found.sampled)} of {words.count(found.customers)} customers"
    return card(
        headline,
        graph(ns("stability-graph"), figure, height=max(360, 52 * len(drawn) + 110), describe=headline),
        sub=f"Mean of {found.resamples} resamples; line: 5th to 95th percentile{part if found.sampled else ''}",
        how="As many customers as there are, drawn with replacement; whoever was drawn is divided again by the same "
        "method. A segment overlaps the most similar new group by the customers in both over those in either "
        "(Jaccard). Mean under 0.60: unstable, under 0.75 doubtful, under 0.85 stable, above highly stable (Hennig "
        "2007, as R's clusterboot). The line tells how much one resample differs from another. Even pieces of a "
        "continuum can be stable: being stable is not being distinct.",
        csv=look.download("stability"),
        png=ns("stability-graph"),
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
        "criteria": lambda pipeline, look: pipeline.criteria(look.view),
        "stability": lambda pipeline, look: pipeline.stability(look.view).rows,
        "streams": lambda pipeline, look: pipeline.clustree(look.view).edges,
        "groups": lambda pipeline, look: pipeline.clustree(look.view).nodes,
        "silhouettes": lambda pipeline, look: pipeline.silhouettes(look.view).points,
    },
    kinds=("transactions", "customers", "survey"),
    asks=("selection", "silhouettes", "stability", "stabilities", "clustree"),
)
