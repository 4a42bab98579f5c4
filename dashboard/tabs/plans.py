"""Which campaigns do you plan, and when? What is planned and kept, whom it reaches, and the calendar."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, html

from core.errors import ClienteleError
from core.pipeline import Pipeline, campaign_overlaps
from dashboard import ids, words
from dashboard.components import plans
from dashboard.components.basics import link
from dashboard.components.calendar import calendar_card
from dashboard.components.campaign_files import fold
from dashboard.components.cards import card, empty, question, slot
from dashboard.components.suppressions import never_card
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("plans")
ANSWER, HERE, LIST, CALENDAR, NEVER, AWAY = map(ns, ("answer", "here", "list", "calendar", "never", "away"))


def layout() -> html.Div:
    return html.Div(
        [
            question(TAB.question, ANSWER),
            html.Div(
                [html.Div(id=HERE), html.Div(slot(ns("waiting"), height=320), id=LIST, className="stack"),
                 slot(CALENDAR, height=420), slot(NEVER, height=160), html.Div(id=AWAY, className="stack")],
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
            never=Output(NEVER, "children"),
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

        def shown(campaign: Any) -> html.Div:
            whom, found = _reached(pipeline, campaign, stored)
            strategy = _strategy(pipeline, campaign) if campaign.dataset in stored else ""
            files = fold(pipeline, look, campaign)
            return plans.campaign_card(campaign, whom, found, files, strategy)

        return dict(
            answer=_answer(kept, look),
            here=plans.gone_banner(gone) if gone else None,
            kept=[shown(each) for each in kept] or _nothing(look),
            calendar=calendar_card(
                pipeline.campaign_months(look.view, kept), campaign_overlaps(kept), csv=look.download("campaigns")
            ),
            never=never_card(pipeline, look),
            away=[
                *([html.H2("In the archive", className="plan-apart")] if archived else []),
                *[shown(each) for each in archived],
                plans.trash_card(trashed),
            ],
        )


def _answer(kept: list[Any], look: Look) -> list[Any]:
    if not kept:
        return ["None yet. ", html.Strong("A plan that is kept"), " can be opened, copied and put beside the others."]
    count = "One campaign is" if len(kept) == 1 else f"{words.in_words(len(kept)).capitalize()} campaigns are"
    return [html.Strong(f"{count} planned"), ". The latest is ", html.Strong(kept[0].name), ". ",
            link("Plan another", look.href("planner"))]  # fmt: skip


def _nothing(look: Look) -> Any:
    plan = link("Plan a campaign", look.href("planner"), className="button primary")
    what = "In the planner you say whom it is for, what it offers, when, and what it costs; kept, it stands here."
    return card("No campaign is planned yet", empty("Plan the first", what), controls=plan)


def _reached(pipeline: Pipeline, campaign: Any, stored: set[str]) -> tuple[str, Any]:
    """Whom a campaign is for, and its funnel; or words why there is none."""
    if campaign.dataset not in stored:
        return "", "Its dataset is in the trash: put that back on the Data page."
    try:
        whom = pipeline.who_in_words(campaign.view, campaign.brief.who)
        return whom, pipeline.funnel(campaign.view, campaign.brief, but=campaign.id)
    except ClienteleError as error:
        return "", f"{error.message} {error.hint}"


def _strategy(pipeline: Pipeline, campaign: Any) -> str:
    """The title of its strategy; the slug where the playbook does not know it any more."""
    slug = campaign.brief.strategy
    try:
        play = pipeline.plays(campaign.view, campaign.brief.who).of(slug) if slug else None
    except ClienteleError:
        play = None
    return play.title if play else slug


TAB = Tab(
    slug="plans",
    order=89,
    label="Campaign plans",
    icon="calendar3",
    group="act",
    question="Which campaigns do you plan, and when?",
    layout=layout,
    register=register,
    options=dict.fromkeys(("at", "gone", "files", "never", "unlisted")),
    tables={"campaigns": lambda pipeline, look: pipeline.campaigns_frame()},
    kinds=("transactions", "customers", "survey"),
)
