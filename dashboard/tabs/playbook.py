"""What do you do, and when? The strategies that serve this kind of dataset, and the shop's own."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, html

from core.errors import ClienteleError, ExpiredError
from core.pipeline import Pipeline
from dashboard import ids, words
from dashboard.components import playbook as components
from dashboard.components.cards import card, empty, question, slot
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("playbook")
ANSWER, PREVIEW, PLAYS, EDITOR = map(ns, ("answer", "preview", "plays", "editor"))


def layout() -> html.Div:
    beside = html.Div(slot(ns("waiting"), height=560), id=EDITOR, className="five stack")
    return html.Div(
        [
            question(TAB.question, ANSWER),
            html.Div(
                [
                    html.Div(id=PREVIEW),
                    html.Div([slot(PLAYS, className="seven", height=720), beside], className="grid"),
                ],
                className="stack",
            ),
        ]
    )


def register(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output=dict(
            answer=Output(ANSWER, "children"),
            preview=Output(PREVIEW, "children"),
            plays=Output(PLAYS, "children"),
            editor=Output(EDITOR, "children"),
        ),
        inputs=dict(data=Input(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def draw_playbook(data: dict[str, str]) -> dict[str, Any]:
        look = Look.of(data)
        answer, plays = _strategies(pipeline, look)
        draft, preview = _preview(pipeline, look)
        kind, binder = pipeline.kind(look.view), pipeline.binder
        try:
            text, seen = draft or binder.text(kind), binder.seen(kind)
            editor = components.editor_card(text, kind, seen, len(binder.versions(kind)), draft=bool(draft))
        except ClienteleError as error:
            editor = card("Your own strategies cannot be read", empty(error.message, error.hint))
        return dict(
            answer=answer,
            preview=preview,
            plays=plays,
            editor=[editor, components.measures_card(pipeline.playbook_measures(look.view))],
        )


def _strategies(pipeline: Pipeline, look: Look) -> tuple[Any, Any]:
    try:
        entries = pipeline.playbook_board(look.view)
    except ClienteleError as error:
        return error.message, card("Your own playbook does not work as it is", empty(error.message, error.hint))
    serving = [each for each in entries if each.origin != "off"]
    own = sum(each.origin in ("own", "replaces") for each in serving)
    off = len(entries) - len(serving)
    now = sum(bool(each.advised) for each in serving)
    return [
        html.Strong(f"{words.count(len(serving))} strategies"), " are ready for this kind of dataset, ",
        f"{words.in_words(own)} of them your own" if own else "none of them your own yet",
        f", {words.in_words(off)} switched off" if off else "", ". ",
        html.Strong(words.in_words(now).capitalize()), " are proposed now, each with its reason in your own numbers.",
    ], components.strategies_card(look, entries)  # fmt: skip


def _preview(pipeline: Pipeline, look: Look) -> tuple[str, Any]:
    """The text that was checked, and what it would change."""
    if not (token := look.view.option("draft")):
        return "", None
    try:
        text = pipeline.binder.drafted(pipeline.kind(look.view), token)
        return text, components.preview_card(look, pipeline.playbook_changes(look.view, text))
    except ExpiredError as error:
        return "", card("This draft is no longer here", empty(error.message, error.hint))
    except ClienteleError as error:
        return "", card("This draft does not work any more", empty(error.message, error.hint))


TAB = Tab(
    slug="playbook",
    order=92,
    label="Playbook",
    icon="journal-text",
    group="act",
    question="What do you do, and when?",
    layout=layout,
    register=register,
    options={"draft": None, "at": None},
    tables={"strategies": lambda pipeline, look: pipeline.playbook_frame(look.view)},
    kinds=("transactions", "customers", "survey"),
    asks=("campaigns",),
)
