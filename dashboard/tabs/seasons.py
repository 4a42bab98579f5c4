"""When do your customers buy? By step of the calendar, by weekday and hour, by month of the year."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, html

from core.pipeline import Pipeline
from dashboard import ids, words
from dashboard.components.basics import segmented
from dashboard.components.cards import card, graph, question, slot
from dashboard.figures import hours, seasons
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("seasons")
ANSWER, STEPS, HOURS, INDEX = map(ns, ("answer", "steps", "hours", "index"))
GRAINS = {"month": "Month", "quarter": "Quarter", "week": "Week", "day": "Day"}
MEASURES = {"revenue": "Revenue", "orders": "Orders", "customers": "Customers"}
CELLS = {"orders": "Orders", "revenue": "Revenue", "customers": "Customers"}


def layout() -> html.Div:
    return html.Div(
        [
            question(TAB.question, ANSWER),
            html.Div(
                [
                    slot(STEPS, height=440),
                    slot(HOURS, className="half", height=400),
                    slot(INDEX, className="half", height=400),
                ],
                className="grid",
            ),
        ]
    )


def register(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output=dict(
            answer=Output(ANSWER, "children"),
            steps=Output(STEPS, "children"),
            hours=Output(HOURS, "children"),
            index=Output(INDEX, "children"),
        ),
        inputs=dict(data=Input(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def draw_seasons(data: dict[str, str]) -> dict[str, Any]:
        look = Look.of(data)
        peak = pipeline.peak(look.view)
        return dict(
            answer=_answer(peak, look),
            steps=_steps(pipeline.seasonality(look.view), look),
            hours=_hours(pipeline.hours(look.view), look),
            index=_index(pipeline.seasonal_index(look.view), peak, look),
        )


def _answer(peak: Any, look: Look) -> list[Any]:
    if not look.money:
        return ["This log says nothing of money, so orders are counted. ", *_peak(peak, "brings", "of a year’s orders")]
    return _peak(peak, "earns", "of a year")


def _peak(peak: Any, verb: str, of: str) -> list[Any]:
    if peak is None:
        return ["No calendar month lies in full in this log yet, so no peak can be named."]
    above = f"{words.percent(abs(peak.index - 1), 0)} above an average month"
    if not peak.marked:
        return [f"No month stands out: the strongest, {peak.label}, runs only {above}."]
    share = [f" {verb} ", html.Strong(f"{words.percent(peak.share)} {of}"), f", {above}."] if peak.share else [
        f" runs {above}."]  # fmt: skip
    plan = [
        " Plan stock by ", html.Strong(peak.stock_by), ", have campaigns ready by ", html.Strong(peak.campaign_by), ".",
    ]  # fmt: skip
    doubt = [" Each month was seen only once so far."] if peak.once else []
    return [html.Strong(peak.label), *share, *plan, *doubt]


def _steps(result: Any, look: Look) -> Any:
    choices = {name: label for name, label in MEASURES.items() if look.money or name != "revenue"}
    grain, measure = look.view.option("grain", "month"), _counted(look, "measure", choices)
    headline = seasons.headline(result.rows, look.currency, grain=grain, measure=measure)
    figure = seasons.columns(result.rows, look.theme, look.currency, grain=grain, measure=measure)
    cut = "hatched: not finished" if result.rows["unfinished"].any() and len(result.rows) <= seasons.MANY else ""
    mean = "line: mean of 7 days" if grain == "day" and len(result.rows) > seasons.MANY else ""
    before = seasons.against(result.rows, grain=grain, measure=measure)
    if len(result.rows) > seasons.MANY:
        before = before.replace("paler", "dotted")
    notes = "; ".join(filter(None, [f"{MEASURES[measure]} by {grain}", mean, before, cut]))
    return card(
        headline,
        graph(ns("steps-graph"), figure, height=340, describe=f"{headline}. {notes}."),
        sub=notes,
        controls=html.Div(
            [
                segmented(look, "measure", choices, "What is counted", now=measure),
                segmented(look, "grain", GRAINS, "Step of the calendar"),
            ],
            className="seasons-controls",
        ),
        how="Months and quarters stand beside the same dates a year earlier, of an unfinished one the same part; days "
        "and weeks (from Monday) beside those 52 weeks earlier, so that weekdays meet. A customer counts in each step "
        "in which an order of theirs counts.",
        csv=look.download("steps"),
        png=ns("steps-graph"),
    )


def _counted(look: Look, option: str, choices: dict[str, str]) -> str:
    """What is counted: what the link asks for, where the log knows it."""
    asked = look.view.option(option)
    return asked if asked in choices else next(iter(choices))


def _hours(result: Any, look: Look) -> Any:
    choices = {name: label for name, label in CELLS.items() if look.money or name != "revenue"}
    measure = _counted(look, "cell", choices)
    headline = hours.headline(result, measure=measure)
    return card(
        headline,
        graph(ns("hours-graph"), hours.heat(result, look.theme, look.currency, measure=measure), describe=headline),
        sub=f"{CELLS[measure]} by weekday and hour, and each day’s share; stronger colour: more",
        controls=segmented(look, "cell", choices, "What a cell counts", now=measure),
        how="The time of an order is that of its first line, as the log gives it. Returns count at the hour at which "
        "they were booked. A customer counts in each cell in which they ordered.",
        csv=look.download("hours"),
        png=ns("hours-graph"),
    )


def _index(result: Any, peak: Any, look: Look) -> Any:
    headline = seasons.index_headline(result.rows)
    body = [graph(ns("index-graph"), seasons.index(result.rows, look.theme), height=236, describe=headline)]
    if peak is not None and peak.marked:
        body.append(_plan(peak, "earn" if look.money else "bring"))
    once = "each month was seen once, so it may be one good month and no season" if result.once else "growth taken out"
    seen = f"{result.full_months} full months; {once if result.once or result.adjusted else 'growth not taken out'}"
    return card(
        headline,
        body,
        sub=f"Seasonal index over the whole history: {seen}",
        how=html.Div(
            [
                html.P(
                    f"{'Revenue' if look.money else 'Orders'} per day of each calendar month against the mean of all "
                    "months; only months that the log holds in full. From 24 months on, each month is first divided by "
                    "the centred 12-month moving average around it (classical decomposition), which takes growth out. "
                    "The period in the filter row does not narrow it: one period cannot show a season."
                ),
                html.P(
                    "Stock is to be planned two months before the peak and campaigns one. A month is called a "
                    "peak if it runs at least 15 % above the average."
                ),
            ]
        ),
        csv=look.download("index"),
        png=ns("index-graph"),
    )


def _plan(peak: Any, verb: str) -> html.Ol:
    run = f"; {peak.run[0]} to {peak.run[-1]} {verb} {words.percent(peak.run_share, 0)}" if peak.run else ""
    steps = [
        (peak.stock_by, "Stock planned", "orders to suppliers placed"),
        (peak.campaign_by, "Campaigns ready", "the first mails go out"),
        (peak.label, "Peak", (f"{words.percent(peak.share, 0)} of a year" if peak.share else "strongest month") + run),
    ]
    return html.Ol(
        [
            html.Li([html.Span(month, className="when"), html.Strong(what), html.Span(why)])
            for month, what, why in steps
        ],
        className="seasons-plan",
    )


TAB = Tab(
    slug="seasons",
    order=20,
    label="Seasons",
    icon="calendar3",
    group="understand",
    question="When do your customers buy?",
    layout=layout,
    register=register,
    options={"grain": tuple(GRAINS), "measure": tuple(MEASURES), "cell": tuple(CELLS)},
    tables={
        "steps": lambda pipeline, look: seasons.table(pipeline.seasonality(look.view).rows),
        "hours": lambda pipeline, look: hours.table(pipeline.hours(look.view)),
        "index": lambda pipeline, look: pipeline.seasonal_index(look.view).rows.assign(
            revenue=lambda rows: rows["revenue"] / (100 if look.money else 1)
        ),
    },
    lacks=(
        "A {kind} has no dates of orders, so there are no seasons. Bring an order log of the same shop, or join one."
    ),
    asks=("seasonality",),
)
