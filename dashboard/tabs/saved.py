"""Which segmentations do you keep? Saving the one that is shown, and everything that was saved before."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dash import Dash, Input, Output, html
from flask import request

from core.errors import NotEnoughDataError
from core.pipeline import Pipeline
from dashboard import ids, words
from dashboard.components import saved as components
from dashboard.components import saving
from dashboard.components.basics import icon, link
from dashboard.components.cards import card, empty, question, slot
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("saved")
ANSWER, HERE, LIST, TRASH = map(ns, ("answer", "here", "list", "trash"))


def layout() -> html.Div:
    return html.Div(
        [
            question(TAB.question, ANSWER),
            html.Div(
                [slot(HERE, height=200), html.Div(slot(ns("waiting"), height=240), id=LIST, className="stack"),
                 html.Div(id=TRASH)],
                className="stack",
            ),
        ]
    )  # fmt: skip


def register(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output=dict(
            answer=Output(ANSWER, "children"),
            here=Output(HERE, "children"),
            kept=Output(LIST, "children"),
            trash=Output(TRASH, "children"),
        ),
        inputs=dict(data=Input(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def draw_saved(data: dict[str, str]) -> dict[str, Any]:
        look = Look.of(data)
        kept, trashed = pipeline.kept(), pipeline.kept_in_trash()
        held = pipeline.held_by(look.view)
        stored = {dataset.fingerprint for dataset in pipeline.datasets()}
        lost, _, held_it = look.view.option("gone").partition(".")
        gone = next((each for each in trashed if each.id == lost), None)
        cards = [
            components.saved_card(look, each, pipeline.method_label(each), each.current.dataset in stored,
                                  pipeline.later(each), in_use=bool(held and each.id == held.id))
            for each in sorted(kept, key=lambda each: held is None or each.id != held.id)
        ]  # fmt: skip
        here, differs = _here(pipeline, look, held)
        return dict(
            answer=_answer(kept, held, differs),
            here=[components.gone_banner(gone, held=bool(held_it)), here] if gone else here,
            kept=cards,
            trash=components.trash_card(trashed),
        )


def _answer(kept: list[Any], held: Any, differs: bool) -> list[Any]:
    if not kept:
        return [
            "None yet. ",
            html.Strong("What is saved keeps its names, numbers and colours"),
            " through every refit, and can be watched: does it still fit the customers of today?",
        ]
    count = "One is" if len(kept) == 1 else f"{words.in_words(len(kept)).capitalize()} are"
    if held is None:
        return [html.Strong(f"{count} saved"), "; what you see now is not held by any of them."]
    shown = "and you see a refit of it." if differs else "and you see it as it was saved."
    return [html.Strong(f"{count} saved"), f". {held.name} holds the names and colours, {shown}"]


def _here(pipeline: Pipeline, look: Look, held: Any) -> tuple[Any, bool]:
    """What can be done with what is shown: save it, or keep it as a refit."""
    try:
        found = pipeline.outline(look.view)
    except NotEnoughDataError as error:
        return card("There are no segments to save", empty(error.message, error.hint)), False
    dataset, names = pipeline.dataset(look.view), found.names
    today = dt.date.today()
    name = f"{dataset.name}, {words.MONTHS[today.month - 1]} {today.year}"
    who = request.authorization.username or "" if request.authorization else ""
    everybody = sum(each.customers for each in names)
    if held is None:
        return card(
            f"Save these {words.in_words(len(names))} segments of {words.customers(everybody)}",
            saving.save_form(name, who, names),
            sub="With everything they were made with: anybody can open them again, and names, numbers and colours stay",
            how="Kept are the settings, the seed, who is in which segment, the rules that place further customers and "
            "what the customers were like, in the database of this installation. The customers themselves stay in "
            "their dataset: when that is deleted for good, what was saved of it is removed with it.",
        ), False
    if pipeline.differs(look.view):
        other = held.current.dataset != look.view.dataset
        form = saving.save_form(name, who, names)
        return saving.news_card(look, held, found.news, other, form), True
    return html.Div(
        [
            icon("bookmark-check"),
            html.P([html.Strong(f"You see {held.name} as it was saved."),
                    " Change a setting or the dataset, and its segments are recognised."]),
            link("Let go of its names", look.href(saved=""), className="button"),
        ],
        className="banner calm", role="note",
    ), False  # fmt: skip


TAB = Tab(
    slug="saved",
    order=78,
    label="Saved",
    icon="bookmark",
    group="follow",
    question="Which segmentations do you keep?",
    layout=layout,
    register=register,
    options={"at": None, "gone": None},
    tables={"saved": lambda pipeline, look: pipeline.kept_frame()},
    kinds=("transactions", "customers", "survey"),
)
