"""Is it worth it, and can the test show anything? A campaign before it is sent."""

from __future__ import annotations

from functools import partial
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, html

from core.errors import ClienteleError
from core.pipeline import Pipeline, read_limits, read_wish
from dashboard import ids
from dashboard.components import planner
from dashboard.components.basics import link, segmented
from dashboard.components.cards import card, empty, question, slot
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("planner")
ANSWER, WORTH, TEST, SEGMENTS, BUDGET = map(ns, ("answer", "worth", "test", "segments", "split"))
FIELDS = [ns(name) for name in planner.FIELDS]
RANGES = ("recency", "orders", "spend")


def layout() -> html.Div:
    form = card(
        "What you plan",
        html.Div([planner.field(name) for name in planner.FIELDS], className="planner-form"),
        sub="Leave a field empty to count with what stands under it; the link keeps what you type",
    )
    return html.Div(
        [
            question(TAB.question, ANSWER),
            form,
            html.Div(
                [
                    slot(WORTH, className="seven", height=180),
                    slot(TEST, className="five", height=180),
                    slot(SEGMENTS, height=260),
                    slot(BUDGET, height=220),
                ],
                className="grid",
            ),
        ]
    )


def register(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output=dict(
            answer=Output(ANSWER, "children"),
            notes=[Output(f"{field}-note", "children") for field in FIELDS],
            worth=Output(WORTH, "children"),
            test=Output(TEST, "children"),
            segments=Output(SEGMENTS, "children"),
            budget=Output(BUDGET, "children"),
        ),
        inputs=dict(data=Input(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def draw_planner(data: dict[str, str]) -> dict[str, Any]:
        look = Look.of(data)
        try:
            plan = pipeline.plan(look.view)
        except ClienteleError as error:
            nothing = card(error.title, empty(error.message, error.hint))
            blank = [""] * len(FIELDS)
            return dict(answer=error.message, notes=blank, worth=nothing, test=None, segments=None, budget=None)
        names = {segment.id: segment for segment in pipeline.segment_names(look.view)}
        return dict(
            answer=html.Span(planner.answer(plan, look), role="status"),
            notes=planner.notes(plan, look, log=not pipeline.has_people(look.view)),
            worth=_worth(plan, look),
            test=card(
                "The test can show what is planned" if plan.trial.able else "The test cannot show what is planned",
                planner.test(plan, look),
                sub="What the test can show, all segments together",
                how=[html.P(line) for line in planner.TEST],
            ),
            segments=_segments(plan, names, look),
            budget=_budget(plan, names, look),
        )

    app.clientside_callback(
        ClientsideFunction("planner", "fields"),
        [Output(field, "value") for field in FIELDS],
        Input(ids.VIEW, "data"),
        prevent_initial_call=True,
    )


def _worth(plan: Any, look: Look) -> Any:
    how = [html.P(line) for line in planner.WORTH]
    typed = {name: look.view.option(name) or None for name in (*planner.FIELDS, *RANGES)}
    keep = link("Keep this plan", look.href("plans", **typed), className="button")
    if plan.worth is None:
        missing = "margin" if plan.terms is None else "value of an order"
        why = "Profit is counted on what an order leaves, not on revenue. Type it in above."
        return card("What the campaign is worth", empty(f"The {missing} is missing", why), controls=keep, how=how)
    pays = "pays" if plan.worth.profit > 0 else "does not pay"
    return card(f"The campaign {pays} at these figures", planner.worth(plan, look), sub="Cost and profit of all "
                "contacts; the held-out customers get nothing", controls=keep, how=how)  # fmt: skip


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
        **{name: partial(read_wish, name) for name in planner.FIELDS},
        **{name: partial(read_limits, name) for name in RANGES},
        "read": ("segments", "pooled"),
    },
    tables={"segments": lambda pipeline, look: pipeline.plan_segments(look.view)},
    kinds=("transactions", "customers"),
    lacks="A {kind} has no orders that a campaign could bring. Bring an order log or a customer table.",
)
