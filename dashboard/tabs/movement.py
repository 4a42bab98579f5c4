"""Who moved between segments? Two days of the same log side by side: flow, matrix, who joined and who left."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, html

from core.errors import NotEnoughDataError, ParameterError
from core.periods import check_period
from core.pipeline import Pipeline
from dashboard import ids, words
from dashboard.components import movement as parts
from dashboard.components.basics import customer_link, link, segmented, swatch
from dashboard.components.cards import card, empty, graph, question, slot
from dashboard.figures import movement as figures
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("movement")
ANSWER, CONTROLS, FLOW, MOVES, MATRIX, ROWS, MOVERS = map(
    ns, ("answer", "controls", "flow", "moves", "matrix", "rows", "movers")
)
DATED = (
    "Each customer's recency, orders and spend are counted anew from the orders up to the end of each day. Money "
    "counts on the day it moved, so a return after the earlier day was not known then; an order that was wholly "
    "cancelled later counts as no order at either day. Whoever had not ordered by a day is “not yet a customer”. "
)
RULES = {
    ("groups", "frozen"): "Scores change at the values of today at both days, so that only customers move.",
    ("groups", "own"): "The values at which scores change are found anew among the customers of each day, so that a "
    "customer may move because others did.",
    ("segments", "frozen"): "The segments of today place the customers of both days by their figures of then, so that "
    "only customers move, and not the segments.",
    ("segments", "own"): "Segments are learned anew from the customers of each day, in the same way. One of them is "
    "the same segment as one of today where both hold mostly the same customers of that day (Hungarian method on "
    "overlap, from one half on); others are called by the month.",
}


def layout() -> html.Div:
    return html.Div(
        [
            question(TAB.question, ANSWER),
            html.Div(id=CONTROLS),
            html.Div(
                [
                    slot(FLOW, className="seven", height=560),
                    slot(MOVES, className="five", height=560),
                    slot(MATRIX, height=420),
                    slot(ROWS, height=320),
                    slot(MOVERS, height=420),
                ],
                className="grid",
            ),
        ]
    )


def register(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output=dict(
            answer=Output(ANSWER, "children"),
            controls=Output(CONTROLS, "children"),
            flow=Output(FLOW, "children"),
            moves=Output(MOVES, "children"),
            matrix=Output(MATRIX, "children"),
            rows=Output(ROWS, "children"),
            movers=Output(MOVERS, "children"),
        ),
        inputs=dict(data=Input(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def draw_movement(data: dict[str, str]) -> dict[str, Any]:
        look = Look.of(data)
        try:
            dates, found = pipeline.movement_days(look.view), pipeline.movement(look.view)
        except (NotEnoughDataError, ParameterError) as error:
            back = link("Show the last quarter", look.href(since=None, until=None, by=None), className="button")
            rest = dict.fromkeys(("controls", "moves", "matrix", "rows", "movers"))
            said = [empty(error.message, error.hint), html.Div(back, className="nobody-box")]
            return dict(answer=error.message, flow=card(error.title, said), **rest)
        days = (words.day(dates[0]), words.day(dates[1]))
        return dict(
            answer=_answer(found, days),
            controls=parts.controls(pipeline.movement_presets(look.view), dates, look),
            flow=_flow(found, days, look),
            moves=_moves(found, look),
            matrix=_matrix(found, days, look),
            rows=_rows(found, look),
            movers=_movers(pipeline, found, look),
        )


def _answer(found: Any, days: tuple[str, str]) -> list[Any]:
    if not found.known:
        return [f"Nobody had ordered by {days[0]}."]
    said = [
        f"From {days[0]} to {days[1]}, ", html.Strong(words.count(found.moved)),
        f" of {words.customers(found.known)} moved to another segment, and ", html.Strong(words.count(found.fresh)),
        " came anew. ",
    ]  # fmt: skip
    first = figures.leaving(found, 1)
    return [*said, first[0][1]] if first else said


def _how(look: Look) -> str:
    return DATED + RULES[look.view.option("by", "segments"), look.view.option("edges", "frozen")]


def _flow(found: Any, days: tuple[str, str], look: Look) -> Any:
    headline = figures.headline(found)
    tall = 420 if len(found.rows) < 7 else 620
    return card(
        headline,
        graph(ns("flow-graph"), figures.sankey(found, look.theme, days), height=tall, describe=headline),
        sub="Customers by segment at both days; faint: those who stayed",
        how=_how(look),
        csv=look.download("matrix"),
        png=ns("flow-graph"),
    )


def _moves(found: Any, look: Look) -> Any:
    told = [*figures.leaving(found, 4), *figures.joining(found, 3)]
    colours = dict(zip(found.names["id"], found.names["colour"], strict=True))
    items = [
        html.Li(link([swatch(int(colours[segment])), html.Span(text)], look.href(of=segment))) for segment, text in told
    ]
    body: list[Any] = [html.Ul(items, className="moves")] if items else [
        empty("Nobody moved", "Everybody stayed where they were. Choose days that lie further apart.")
    ]  # fmt: skip
    body += [html.P(text, className="rule-hint") for text in found.told]
    note = "All customers are looked at, with the two days above: the period and the filters do not apply here."
    return card(
        "The moves that matter most",
        [*body, html.P(note, className="rule-hint applies")],
        sub="By what the movers had spent, and by what those who joined bought",
    )


def _matrix(found: Any, days: tuple[str, str], look: Look) -> Any:
    money = look.view.option("show", "customers") == "revenue" and look.money
    shown = "Revenue between the days" if money else "Customers"
    return card(
        figures.matrix_headline(found, look.currency),
        parts.matrix(found, days, look),
        sub=f"{shown}, from segment (rows) to segment (columns), and share of the row",
        controls=segmented(look, "show", parts.SHOW, "Show") if look.money else None,
        how=f"{_how(look)} Revenue is what these customers bought between the two days, net; the CSV holds all that "
        "they ever bought beside it.",
        csv=look.download("matrix"),
    )


def _rows(found: Any, look: Look) -> Any:
    return card(
        f"{words.count(found.fresh)} new customers, {words.count(found.moved)} movers",
        parts.segments(found, look),
        sub="Who joined and who left each segment; choose one to list them below",
        how=f"{_how(look)} Kept is the share of those who were in it at the earlier day and still are.",
        csv=look.download("segments"),
    )


def _movers(pipeline: Pipeline, found: Any, look: Look) -> Any:
    first, of = pipeline.movers_first(look.view), look.view.option("of")
    names = {str(row.id): row.name for row in found.names.itertuples(index=False)}
    whom = f"joined or left {names[of]}" if of in names else "moved or came anew"
    if not first.customers:
        return card(f"Nobody {whom}", empty("No customer is listed", "Choose another segment, or other days."))
    everyone = link("List all movers", look.href(of=None)) if of in names else None
    return card(
        f"{words.customers(first.customers)} {whom}",
        parts.movers(first.rows, lambda id: customer_link(pipeline, id, look), look),
        sub=f"The {min(parts.LISTED, first.customers)} who spent most; figures then → now. The CSV lists all of them",
        how=_how(look),
        csv=look.download("movers"),
        more=everyone,
    )


def _check_day(value: str) -> None:
    if value not in parts.AGO:
        check_period(f"{value}..{value}")


TAB = Tab(
    slug="movement",
    order=77,
    label="Movement",
    icon="shuffle",
    group="follow",
    question="Who moved between segments?",
    layout=layout,
    register=register,
    options={
        "by": tuple(parts.BY), "edges": tuple(parts.EDGES), "show": tuple(parts.SHOW), "since": _check_day,
        "until": _check_day, "of": None,
    },
    tables={
        "matrix": lambda pipeline, look: figures.table(pipeline.movement(look.view)),
        "segments": lambda pipeline, look: figures.summary(pipeline.movement(look.view)),
        "movers": lambda pipeline, look: pipeline.movers(look.view),
    },
    lacks="Movement is read from the dates of orders, and a {kind} has none. Bring an order log.",
    asks=("movement",),
)  # fmt: skip
