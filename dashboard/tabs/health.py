"""Does this segmentation still fit? What was saved, looked at with the customers of a later day."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, html

from core.errors import ClienteleError
from core.pipeline import Pipeline
from dashboard import ids
from dashboard.components import health as components
from dashboard.components.basics import icon, link
from dashboard.components.cards import card, empty, question, slot
from dashboard.components.kept import day
from dashboard.components.saving import at
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("health")
ANSWER, VERDICT, SIZES, DRIFT, STABILITY = map(ns, ("answer", "verdict", "sizes", "drift", "stability"))


def layout() -> html.Div:
    return html.Div(
        [
            question(TAB.question, ANSWER),
            slot(VERDICT, height=220),
            html.Div(
                [html.Div(id=SIZES, className="half card-slot"), html.Div(id=DRIFT, className="half card-slot"),
                 slot(STABILITY, height=260)],
                className="grid",
            ),
        ]
    )  # fmt: skip


def register(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output=dict(
            answer=Output(ANSWER, "children"),
            verdict=Output(VERDICT, "children"),
            sizes=Output(SIZES, "children"),
            drift=Output(DRIFT, "children"),
            stability=Output(STABILITY, "children"),
        ),
        inputs=dict(data=Input(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def draw_health(data: dict[str, str]) -> dict[str, Any]:
        look = Look.of(data)
        drawn: dict[str, Any] = dict.fromkeys(("sizes", "drift"))
        saved = pipeline.held_by(look.view)
        try:
            found = pipeline.health(look.view)
        except ClienteleError as error:
            answer, verdict = [html.Strong("That cannot be told. "), error.message], _cannot(error)
        else:
            answer, verdict = _answer(saved, found), _verdict(pipeline, look, saved, found)
            if found is not None:
                drawn = dict(sizes=components.sizes_card(look, found), drift=components.drift_card(look, found))
        return dict(answer=answer, verdict=verdict, stability=_stability(pipeline, look), **drawn)


def _answer(saved: Any, found: Any) -> list[Any]:
    if saved is None:
        return ["It is not saved yet, so there is nothing to compare with. ", html.Strong("How sure its segments are"),
                " can be told all the same."]  # fmt: skip
    if found is None:
        return [html.Strong("Nothing has changed yet."), f" These are the customers that {saved.name} was saved of."]
    first = found.signs[0]
    return [html.Strong("Refit it. " if found.refit else "Yes, keep it. "), first.words]


def _verdict(pipeline: Pipeline, look: Look, saved: Any, found: Any) -> Any:
    if found is not None:
        return components.verdict_card(look, saved, found)
    if saved is not None:
        return _unchanged(pipeline, look, saved)
    kept = [
        link(each.name, at(look, _latest(pipeline, each), "health"), className="button") for each in pipeline.kept()[:6]
    ]
    body = [
        empty(
            "Here stands whether what you saved still fits the customers of today.",
            "Save the segments that you see; once a later export is added to the dataset, their drift, their sizes and "
            "the customers who fit nowhere are told here.",
        ),
        html.Div([link("Save these segments", look.href("saved"), className="button primary"), *kept],
                 className="health-ways"),
    ]  # fmt: skip
    return card("Nothing is saved of what you see", body)


def _unchanged(pipeline: Pipeline, look: Look, saved: Any) -> Any:
    later = pipeline.later(saved)
    if not later:
        said = (
            "Add a later export to the dataset on the Data page: then this page says what moved, and whether a refit "
            "is due."
        )
        return card(f"{saved.name} is as new", empty("The customers are those that it was saved of.", said))
    newest = later[0]
    said = f"{newest.name} has a later version, of {day(newest.added)}, with {newest.rows:,} rows."
    ways = [
        link(f"Look at {saved.name} there", at(look, _latest(pipeline, saved), "health"), className="button primary")
    ]
    return html.Div(
        [icon("arrow-repeat"), html.P([html.Strong("There are later customers. "), said]), *ways],
        className="banner calm", role="note",
    )  # fmt: skip


def _latest(pipeline: Pipeline, saved: Any) -> Any:
    later = pipeline.later(saved)
    return saved.view.but(dataset=later[0].fingerprint) if later else saved.view


def _cannot(error: ClienteleError) -> Any:
    return card(error.title, empty(error.message, error.hint))


def _stability(pipeline: Pipeline, look: Look) -> Any:
    try:
        found, names = pipeline.stability(look.view), pipeline.segment_names(look.view)
    except ClienteleError as error:
        return _cannot(error)
    refit = pipeline.held_by(look.view) is not None and pipeline.differs(look.view)
    return components.stability_card(look, found, names, refit=refit)


def _table(name: str) -> Any:
    """What stands behind a picture; nothing where there is nothing to compare with."""

    def rows(pipeline: Pipeline, look: Look) -> Any:
        found = pipeline.health(look.view)
        return getattr(found, name) if found else pipeline.stability(look.view).rows.head(0)

    return rows


TAB = Tab(
    slug="health",
    order=79,
    label="Health",
    icon="heart-pulse",
    group="follow",
    question="Does this segmentation still fit?",
    layout=layout,
    register=register,
    tables={
        "sizes": _table("sizes"),
        "drift": _table("drift"),
        "bins": _table("bins"),
        "stability": lambda pipeline, look: pipeline.stability(look.view).rows,
    },
    kinds=("transactions", "customers", "survey"),
    asks=("stability", "health"),
)
