"""Did the campaign work? Both arms compared, the plan beside it, and bringing what came back."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, html

from core.errors import ClienteleError, ExpiredError
from core.pipeline import Pipeline
from dashboard import ids, words
from dashboard.components import bringing, result_plan, result_segments, results
from dashboard.components.basics import link, menu, menu_item
from dashboard.components.cards import question, slot
from dashboard.state import Look
from dashboard.tab import KINDS, Tab

ns = ids.namespace("results")
ANSWER, TOP, CARDS, BRING = map(ns, ("answer", "top", "cards", "bring"))
GRAPH = ns("intervals")


def layout() -> html.Div:
    return html.Div(
        [
            question(TAB.question, ANSWER),
            html.Div(id=TOP),
            html.Div([html.Div(slot(CARDS, height=320), className="stack"), html.Div(id=BRING, className="stack")],
                     className="stack"),
        ]
    )  # fmt: skip


def register(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output=dict(
            answer=Output(ANSWER, "children"),
            top=Output(TOP, "children"),
            cards=Output(CARDS, "children"),
            bring=Output(BRING, "children"),
        ),
        inputs=dict(data=Input(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def draw_results(data: dict[str, str]) -> dict[str, Any]:
        look = Look.of(data)
        kept = [each for each in (*pipeline.ledger.all(), *pipeline.ledger.all(archived=True)) if each.files]
        try:
            campaign = _chosen(pipeline, kept, look)
        except ExpiredError as error:
            return dict(answer=error.message, top=_menu(kept, None, look), bring=None,
                        cards=results.nothing_card(error.title, error.hint))  # fmt: skip
        if campaign is None or not campaign.files:
            return dict(top=_menu(kept, campaign, look), bring=None, **_nothing(campaign, look))
        top = _menu(kept, campaign, look)
        brought = pipeline.outcome_book.all(campaign.id)
        has = any(not each.dropped for each in brought)
        bring = [
            bringing.bring_card(campaign, pipeline.logs_for(campaign.id), has),
            bringing.brought_card(campaign, brought),
        ]
        try:
            found = pipeline.results_of(campaign.id)
        except ClienteleError as error:
            return dict(answer=error.message, top=top, bring=bring, cards=results.nothing_card(error.title, error.hint))
        if found is None:
            return dict(top=top, bring=bring, **_waiting(pipeline, campaign, has=has))
        currency = _currency(pipeline, campaign)
        return dict(answer=results.answer(found, currency), top=top, bring=bring,
                    cards=_cards(pipeline, campaign, found, look, currency))  # fmt: skip


def _chosen(pipeline: Pipeline, kept: list[Any], look: Look) -> Any:
    """The campaign of the link, or the latest of which files were made."""
    if wanted := look.view.option("campaign"):
        return pipeline.ledger.get(wanted)
    return kept[0] if kept else None


def _menu(kept: list[Any], campaign: Any, look: Look) -> Any:
    if not kept:
        return None
    items = [
        menu_item(each.name, look.href(campaign=each.id, at=None), chosen=bool(campaign) and each.id == campaign.id,
                  note="results" if each.results else None)
        for each in kept
    ]  # fmt: skip
    face = [html.Strong(campaign.name)] if campaign else "Choose a campaign"
    return html.Div(menu(face, items, label="Campaign"), className="results-top")


def _cards(pipeline: Pipeline, campaign: Any, found: Any, look: Look, currency: str) -> html.Div:
    planned = pipeline.planned_of(campaign.id)
    plan = result_plan.plan_card(found, planned, look, currency, dict(campaign.brief.wishes))
    arms, mind = results.arms_card(found, look, currency), html.Div(results.mind_card(found))
    return html.Div(
        [
            mind if found.doubts else None,
            html.Div(arms, className="half" if plan else ""),
            html.Div(plan, className="half") if plan else None,
            html.Div(result_segments.intervals_card(found, planned, look, GRAPH)),
            None if found.doubts else mind,
        ],
        className="grid results-cards",
    )


def _currency(pipeline: Pipeline, campaign: Any) -> str:
    try:
        return pipeline.dataset(campaign.view).currency
    except ClienteleError:
        return ""


def _nothing(campaign: Any, look: Look) -> dict[str, Any]:
    if campaign is None:
        answer = ["Not known yet: ", html.Strong("no campaign was sent from here"), "."]
        how = ("Keep a plan on the campaign plans page and take its files: they say who was written to and who was "
               "held back. What comes back is laid beside that.")  # fmt: skip
        more = html.Div(link("To the campaign plans", look.href("plans"), className="button primary"),
                        className="row-of-buttons")  # fmt: skip
        return dict(answer=answer, cards=results.nothing_card("Results will stand here", how, more))
    answer = [html.Strong(campaign.name), ": no file was made of it, so nobody was written to or held back."]
    more = html.Div(link("Take its files", look.href("plans"), className="button primary"), className="row-of-buttons")
    how = "Take its files on the campaign plans page; the record of who was held back is kept with them."
    return dict(answer=answer, cards=results.nothing_card("Nothing was sent yet", how, more))


def _waiting(pipeline: Pipeline, campaign: Any, *, has: bool) -> dict[str, Any]:
    """Files were made, and nothing says yet who ordered."""
    people, _ = pipeline.campaign_record(campaign.id)
    arms = people["state"].value_counts()
    sent, held = int(arms.get("sent", 0)), int(arms.get("holdout", 0))
    said = f"{words.customers(sent)} were sent it and {words.count(held)} were held back."
    if has:
        answer = [html.Strong("Not known yet"), f": who opened or clicked is here, but not who ordered. {said}"]
        how = "The holdout had nothing to open, so opens are no comparison. Bring a file with orders, or take a log's."
        return dict(answer=answer, cards=results.nothing_card("Who ordered is missing", how))
    nobody = "" if held else " Nobody was held back, so nothing can show what the campaign itself brought."
    answer = [html.Strong("Not known yet"), f": nothing came back. {said}{nobody}"]
    how = "Bring a results file, or take the orders of your shop's log, below."
    trial = pipeline.trial_of(campaign.id) if held else None
    head = f"Results of “{campaign.name}” will stand here"
    return dict(answer=answer, cards=results.nothing_card(head, f"{trial.verdict} {how}" if trial else how))


def _table(pipeline: Pipeline, look: Look) -> Any:
    kept = [each for each in (*pipeline.ledger.all(), *pipeline.ledger.all(archived=True)) if each.files]
    campaign = _chosen(pipeline, kept, look)
    return pipeline.results_frame(campaign.id if campaign else "")


TAB = Tab(
    slug="results",
    order=91,
    label="Results",
    icon="clipboard-data",
    group="act",
    question="Did the campaign work?",
    layout=layout,
    register=register,
    options={"campaign": None, "at": None},
    tables={"results": _table},
    kinds=tuple(KINDS),
)
