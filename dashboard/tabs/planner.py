"""Is it worth it, and can the test show anything? A campaign from whom it is for to what it brings, and kept."""

from __future__ import annotations

from functools import partial
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, html

from core.errors import ClienteleError
from core.pipeline import Pipeline, campaign_overlaps, read_setting
from dashboard import ids
from dashboard.components import briefing, planner, reach, who
from dashboard.components.basics import segmented
from dashboard.components.calendar import calendar_card
from dashboard.components.cards import card, empty, question, slot
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("planner")
ANSWER, WHO, REACH, WORTH, TEST, SEGMENTS, BUDGET, CALENDAR, KEEP = map(
    ns, ("answer", "audience", "reach", "worth", "test", "segments", "split", "calendar", "keep")
)


def layout() -> html.Div:
    figures = [
        slot(REACH, className="five", height=240),
        slot(WORTH, className="seven", height=240),
        slot(TEST, height=140),
        slot(SEGMENTS, height=260),
        slot(BUDGET, height=220),
        slot(CALENDAR, height=420),
        html.Section(briefing.keep_form(), id=KEEP),
    ]
    parts = [slot(WHO, height=260), briefing.form(), html.Div(figures, className="grid planner-grid")]
    return html.Div([question(TAB.question, ANSWER), html.Div(parts, className="stack")])


def register(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output=dict(
            answer=Output(ANSWER, "children"),
            who=Output(WHO, "children"),
            strategies=Output(ns("strategy"), "children"),
            channels=Output(ns("channel"), "children"),
            notes={name: Output(ns(f"{name}-note"), "children") for name in briefing.FIELDS},
            figures={name: Output(name, "children") for name in (REACH, WORTH, TEST, SEGMENTS, BUDGET)},
            calendar=Output(CALENDAR, "children"),
            keep={part: Output(f"{KEEP}-{part}", "children") for part in ("head", "sub", "ways")},
        ),
        inputs=dict(data=Input(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def draw_planner(data: dict[str, str]) -> dict[str, Any]:
        look = Look.of(data)
        kept, gone = _kept(pipeline, look)
        brief, problem = _brief(pipeline, look)
        plays = _plays(pipeline, look, brief)
        but = kept.id if kept is not None else ""
        fit = look.view.but(end=None) if problem else look.view
        plan, missing = _plan(pipeline, fit, but)
        tested = pipeline.shown_of(look.view.option("strategy"))
        notes = briefing.notes(look, plays, problem, tested)
        if plan is not None:
            notes |= planner.notes(plan, look, log=not pipeline.has_people(look.view), tested=tested)
        else:
            notes |= dict.fromkeys((*briefing.MONEY, *briefing.TEST), "")
        return dict(
            answer=html.Span(planner.answer(plan, look), role="status") if plan is not None else missing.message,
            who=who.builder(pipeline, look),
            strategies=briefing.strategies(plays, look.view.option("strategy")),
            channels=briefing.channels(brief.channel),
            notes=notes,
            figures=_figures(pipeline, look, brief, but, plan, missing),
            calendar=_calendar(pipeline, look, brief, but),
            keep=briefing.keeping(look, kept, gone),
        )

    app.clientside_callback(
        ClientsideFunction("planner", "fields"),
        [Output(ns(name), "value") for name in briefing.TYPED],
        Input(ids.VIEW, "data"),
        prevent_initial_call=True,
    )


def _kept(pipeline: Pipeline, look: Look) -> tuple[Any, str]:
    """The campaign that was opened here; or why it is not there."""
    if not (id := look.view.option("plan")):
        return None, ""
    try:
        return pipeline.ledger.get(id), ""
    except ClienteleError as error:
        return None, error.message


def _brief(pipeline: Pipeline, look: Look) -> tuple[Any, str]:
    """What is planned; where its days contradict one another without the last, and the words that say so."""
    try:
        return pipeline.brief_of(look.view), ""
    except ClienteleError as error:
        return pipeline.brief_of(look.view.but(end=None)), f"{error.message} {error.hint}"


def _plays(pipeline: Pipeline, look: Look, brief: Any) -> Any:
    try:
        return pipeline.plays(look.view, brief.who)
    except ClienteleError:
        return None


def _plan(pipeline: Pipeline, view: Any, but: str) -> tuple[Any, Any]:
    """The plan for those who can be written to, or the error that says why there is none."""
    try:
        return pipeline.reached_plan(view, but), None
    except ClienteleError as error:
        return None, error


def _figures(pipeline: Pipeline, look: Look, brief: Any, but: str, plan: Any, missing: Any) -> dict[str, Any]:
    try:
        found: Any = pipeline.funnel(look.view, brief, but)
    except ClienteleError as error:
        found = f"{error.message} {error.hint}"
    cards = {
        REACH: reach.reach_card(look, found, brief.channel, brief.quiet_days, known=pipeline.has_contacts(look.view))
    }
    if plan is None:
        nothing = card(missing.title, empty(missing.message, missing.hint))
        return cards | {WORTH: nothing, TEST: None, SEGMENTS: None, BUDGET: None}
    names = {segment.id: segment for segment in pipeline.segment_names(look.view)}
    return cards | {
        WORTH: _worth(plan, look),
        TEST: card(
            "The test can show what is planned" if plan.trial.able else "The test cannot show what is planned",
            planner.test(plan, look),
            sub="What the test can show, all segments together",
            how=[html.P(line) for line in planner.TEST],
        ),
        SEGMENTS: _segments(plan, names, look),
        BUDGET: _budget(plan, names, look),
    }


def _worth(plan: Any, look: Look) -> Any:
    how = [html.P(line) for line in planner.WORTH]
    if plan.worth is None:
        missing = "margin" if plan.terms is None else "value of an order"
        why = "Profit is counted on what an order leaves, not on revenue. Type it in above."
        return card("What the campaign is worth", empty(f"The {missing} is missing", why), how=how)
    pays = "pays" if plan.worth.profit > 0 else "does not pay"
    return card(f"The campaign {pays} at these figures", planner.worth(plan, look), sub="Cost and profit of all "
                "contacts; the held-out customers get nothing", how=how)  # fmt: skip


def _segments(plan: Any, names: dict[int, Any], look: Look) -> Any:
    many, able = len(plan.lines), len(plan.lines) - len(plan.unable)
    return card(
        f"{able} of {many} segments can show the planned lift in a test of their own",
        planner.segments(plan, names, look),
        sub="Red: the segment's own test shows nothing as small as what is planned",
        controls=segmented(look, "read", {"segments": "By segment", "pooled": "As one"}, "Read the test"),
        how=[html.P(line) for line in (*planner.WORTH, *planner.TEST)],
        csv=look.download("segments"),
    )


def _budget(plan: Any, names: dict[int, Any], look: Look) -> Any:
    if plan.worth is None:
        return None
    how = (
        "A contact costs the same in every segment, so the segment with the most expected profit a contact is served "
        "first, whole contacts only. A segment that is expected to lose money gets none, even if money is left."
    )
    return card(planner.budget_headline(plan, look), planner.budget(plan, names, look), sub="The best split of the "
                "budget over segments", how=how, csv=look.download("segments"))  # fmt: skip


def _calendar(pipeline: Pipeline, look: Look, brief: Any, but: str) -> Any:
    campaigns, plan = pipeline.beside(look.view, brief, but)
    return calendar_card(pipeline.campaign_months(look.view, campaigns), campaign_overlaps(campaigns), plan=plan)


def _table(pipeline: Pipeline, look: Look) -> Any:
    but = kept.id if (kept := _kept(pipeline, look)[0]) is not None else ""
    return pipeline.plan_segments(look.view, pipeline.reached_plan(look.view, but))


TAB = Tab(
    slug="planner",
    order=87,
    label="Planner",
    icon="calculator",
    group="act",
    question="Is it worth it, and can the test show anything?",
    layout=layout,
    register=register,
    options={
        **{name: partial(read_setting, name) for name in briefing.FIELDS},
        **who.OPTIONS,
        "read": ("segments", "pooled"),
        "plan": None,
    },
    tables={"segments": _table},
    kinds=("transactions", "customers", "survey"),
)
