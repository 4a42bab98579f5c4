"""Which campaigns do you plan, and when? What is planned and kept, whom it reaches, and the calendar."""

from __future__ import annotations

from functools import partial
from typing import Any

from dash import Dash, Input, Output, html
from flask import request

from core.errors import ClienteleError
from core.pipeline import Pipeline, campaign_overlaps, read_limits, read_wish
from dashboard import ids, words
from dashboard.components import planner, plans
from dashboard.components.cards import card, question, slot
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("plans")
ANSWER, HERE, LIST, CALENDAR, AWAY = map(ns, ("answer", "here", "list", "calendar", "away"))
RANGES = ("recency", "orders", "spend")


def layout() -> html.Div:
    return html.Div(
        [
            question(TAB.question, ANSWER),
            html.Div(
                [slot(HERE, height=240), html.Div(id=LIST, className="stack"), slot(CALENDAR, height=420),
                 html.Div(id=AWAY, className="stack")],
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
            calendar=Output(CALENDAR, "children"),
            away=Output(AWAY, "children"),
        ),
        inputs=dict(data=Input(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def draw_plans(data: dict[str, str]) -> dict[str, Any]:
        look = Look.of(data)
        kept, trashed = pipeline.ledger.all(), pipeline.ledger.all(deleted=True)
        archived = pipeline.ledger.all(archived=True)
        gone = next((each for each in trashed if each.id == look.view.option("gone")), None)
        stored = {dataset.fingerprint for dataset in pipeline.datasets()}
        new, places = _new(pipeline, look), pipeline.destinations()
        return dict(
            answer=_answer(kept),
            here=[plans.gone_banner(gone), new] if gone else new,
            kept=[plans.campaign_card(each, _reached(pipeline, each, stored), places) for each in kept],
            calendar=plans.calendar_card(look, pipeline.campaign_months(look.view, kept), campaign_overlaps(kept)),
            away=[
                *([html.H2("In the archive", className="plan-apart")] if archived else []),
                *[plans.campaign_card(each, _reached(pipeline, each, stored), places) for each in archived],
                plans.trash_card(trashed),
            ],
        )


def _answer(kept: list[Any]) -> list[Any]:
    if not kept:
        return ["None yet. ", html.Strong("A plan that is kept"), " can be opened, copied and put beside the others."]
    count = "One campaign is" if len(kept) == 1 else f"{words.in_words(len(kept)).capitalize()} campaigns are"
    return [html.Strong(f"{count} planned"), ". The latest is ", html.Strong(kept[0].name), "."]


def _new(pipeline: Pipeline, look: Look) -> Any:
    who = request.authorization.username or "" if request.authorization else ""
    found = _funnel(pipeline, look.view, pipeline.brief_of(look.view, {}))
    if isinstance(found, str):
        return card("There is nobody to plan for", html.P(found))
    known = pipeline.has_contacts(look.view)
    reached = f", of whom {words.count(found.reachable)} can be written to by e-mail" if known else ""
    unknown = html.P(
        "How they can be reached is not known: join a table with e-mail addresses and consent on the Data page.",
        className="hint",
    )
    return card(
        f"Plan a campaign for these {words.customers(found.audience)}{reached}",
        html.Div([plans.plan_form("/campaigns", {}, "Keep this plan", who=who),
                  plans.steps(found) if known else unknown],
                 className="plan-new"),
        sub="Whom the filters above leave; narrow them there, or set money and holdout in the planner first",
        how="Counted one after another: who is in the audience, of whom an address is known, who said that they may be "
        "written to. Who was never asked does not count as having agreed. Whom another campaign wrote to lately is "
        "not counted yet.",
    )  # fmt: skip


def _reached(pipeline: Pipeline, campaign: Any, stored: set[str]) -> Any:
    if campaign.dataset not in stored:
        return "Its dataset is in the trash: put that back on the Data page."
    return _funnel(pipeline, campaign.view, campaign.brief)


def _funnel(pipeline: Pipeline, view: Any, brief: Any) -> Any:
    """The funnel, or words why there is none."""
    try:
        return pipeline.funnel(view, brief)
    except ClienteleError as error:
        return f"{error.message} {error.hint}"


TAB = Tab(
    slug="plans",
    order=89,
    label="Campaign plans",
    icon="calendar3",
    group="act",
    question="Which campaigns do you plan, and when?",
    layout=layout,
    register=register,
    options={
        "at": None,
        "gone": None,
        **{name: partial(read_wish, name) for name in planner.FIELDS},
        **{name: partial(read_limits, name) for name in RANGES},
    },
    tables={"campaigns": lambda pipeline, look: pipeline.campaigns_frame()},
    kinds=("transactions", "customers", "survey"),
)
