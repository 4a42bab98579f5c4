"""Which segment would this customer be in? A form, a file of new customers, and the same for other programs."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from dash import Dash, Input, Output, State, dcc, html, no_update
from flask import request

from core.errors import NotEnoughDataError, ParameterError
from core.pipeline import Pipeline
from dashboard import ids, words
from dashboard.api_words import example
from dashboard.components import newcomers, placing
from dashboard.components.basics import swatch
from dashboard.components.cards import card, empty, question, slot
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("predict")
ANSWER, STARTS, FORM, RESULT, AVERAGES, ADVICE, FILE, ELSEWHERE = map(
    ns, ("answer", "starts", "form", "result", "averages", "advice", "file", "elsewhere")
)
# What the form itself put into the link (assets/predict.js): it shows that already.
TYPED = ns("typed")
LONGEST, MOST_FIELDS = 4000, 120
HOW = (
    "What is entered is prepared exactly as the customers were whom the segments were learned from, and set beside the "
    "centre of every segment. The margin is (distance to the next centre − distance to the own) / the larger of both: "
    "0 half-way between two segments, towards 1 at the centre.",
    "Clear: a margin of .5 or more, so the next centre is at least twice as far away. Rather sure: from .2, at least a "
    "quarter farther. Below that the customer stands on the border, and could as well be in the other.",
    "Unlike anybody: farther from the centre than 99 in 100 of those in the segment. A category that nobody had stands "
    "with the rare ones, or with none. What you leave blank stands at the median, or at the most frequent level.",
)


def layout() -> html.Div:
    form = html.Section(
        card(
            "The customer",
            [html.Div(id=STARTS), html.Div(id=FORM)],
            sub="The features that the segments were learned from",
            how="Sliders run from the 1st to the 99th percentile of your customers, with the median in the middle; the "
            "field beside takes any value that is possible. The link in the address bar holds what you enter.",
            className="place",
        ),
        className="card-slot",
    )
    found = [slot(RESULT, className="place-result", height=240), slot(AVERAGES, height=220), slot(ADVICE, height=220),
             slot(ELSEWHERE, height=220)]  # fmt: skip
    sides = [
        html.Div([form, slot(FILE, height=220)], className="five stack"),
        html.Div(found, className="seven stack"),
    ]
    return html.Div(
        [question(TAB.question, ANSWER), html.Div(sides, className="grid place-sides"), dcc.Store(id=TYPED)]
    )


def register(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output=dict(
            answer=Output(ANSWER, "children"),
            starts=Output(STARTS, "children"),
            form=Output(FORM, "children"),
            result=Output(RESULT, "children"),
            averages=Output(AVERAGES, "children"),
            advice=Output(ADVICE, "children"),
            file=Output(FILE, "children"),
            elsewhere=Output(ELSEWHERE, "children"),
        ),
        inputs=dict(data=Input(ids.VIEW, "data")),
        state=dict(typed=State(TYPED, "data")),
        prevent_initial_call=True,
    )
    def draw_place(data: dict[str, str], typed: str | None) -> dict[str, Any]:
        look = Look.of(data)
        view = look.view.whole()
        try:
            fields, segments = pipeline.prediction_fields(view), pipeline.portrayed(view)
        except NotEnoughDataError as error:
            nothing = dict.fromkeys(("starts", "result", "averages", "advice", "file", "elsewhere"))
            return dict(answer=error.message, form=empty(error.message, error.hint), **nothing)
        slugs, asked = {field.slug for field in fields}, _values(look)
        values = {slug: text for slug, text in asked.items() if slug in slugs}
        found = pipeline.predict(view, [values])
        row, problems = found.rows.to_dict("records")[0], found.problems.get(0, {})
        mine, runner_up = segments[row["segment"]], segments.get(row["runner_up"])
        entered = {field.slug: _entered(field, values, problems) for field in fields}
        return dict(
            answer=_answer(row, mine, pipeline.outline(view)),
            starts=placing.starts(fields, segments, look),
            form=no_update if typed == look.view.option("values") else _form(fields, values, asked, look),
            result=_result(row, mine, found.notes[0], problems, pipeline.placed_by(view), look),
            averages=_averages(fields, entered, mine, runner_up, look),
            advice=_advice(mine, look),
            file=newcomers.file_card(fields, look, orders=not pipeline.has_people(view)),
            elsewhere=newcomers.elsewhere_card(example(pipeline, view, request.host_url), look, request.host_url),
        )


def _values(look: Look) -> dict[str, str]:
    return dict(parse_qsl(look.view.option("values"), max_num_fields=MOST_FIELDS))


def _check_values(text: str) -> None:
    """Refuse what is no list of fields and values.

    Raises
    ------
    ParameterError
    """
    try:
        fits = len(text) <= LONGEST and bool(parse_qsl(text, strict_parsing=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        fits = False
    if not fits:
        raise ParameterError("The customer of this link cannot be read.", "Enter them in the form.")


def _entered(field: Any, values: dict[str, str], problems: Any) -> Any:
    """What stands for a field, as the form shows it."""
    text = values.get(field.slug, "")
    if not text or field.slug in problems:
        return field.default
    return float(text.replace(",", "")) if field.numeric else text


def _answer(row: dict[str, Any], mine: Any, found: Any) -> html.Span:
    if row["far"]:
        said = "They are unlike anybody so far. Nearest to them are "
        return html.Span([said, html.Strong(mine.name), f", {words.count(mine.customers)} customers."], role="status")
    lead = {"clear": "They would clearly be in ", "rather": "They would be in ", "border": "They would be in "}
    said = lead.get(row["confidence"], "They would be put with ")
    all_of = words.count(found.segments["customers"].sum())
    more = f", like {words.count(mine.customers)} of {all_of} customers"
    near = row["confidence"] == "border" and row["runner_up_name"]
    more += f", but only by a little: the centre of {near} is almost as near." if near else "."
    return html.Span([said, html.Strong(mine.name), more], role="status")


def _form(fields: Any, values: dict[str, str], asked: dict[str, str], look: Look) -> list[Any]:
    left_out = [
        html.P(
            f"“{slug[:60]}” is no feature that these segments were learned from: it is left out.",
            className="place-note",
        )
        for slug in asked
        if slug not in values
    ]
    return [placing.form(fields, values, look), *left_out]


def _result(row: dict[str, Any], mine: Any, notes: Any, problems: Any, placed_by: str, look: Look) -> Any:
    by = [] if "itself" in placed_by else [html.P(placed_by, className="place-sure")]
    body = [
        html.P(mine.portrait, className="portrait"),
        placing.gauge(row, mine.colour),
        html.P(placing.sure(row), className="place-sure"),
        *by,
        placing.remarks(notes, problems),
    ]
    return card(
        html.Span([swatch(mine.colour), html.Span(mine.name)], className="place-name"),
        body,
        sub=f"{words.customers(mine.customers)}, {words.percent(mine.share, 0)} of all",
        how=html.Div([html.P(line) for line in (*HOW, placed_by)]),
        csv=look.download("prediction"),
    )


def _averages(fields: Any, entered: Any, mine: Any, runner_up: Any, look: Look) -> Any:
    return card(
        f"Beside {mine.name}" + (f" and {runner_up.name}, the next" if runner_up else ""),
        placing.against(fields, entered, mine, runner_up, look),
        sub="What you entered, and the average of each segment; of levels the most frequent one and its share",
        csv=look.download("averages"),
    )


def _advice(mine: Any, look: Look) -> Any:
    body = placing.advice(mine, look) if mine.advice else empty("Nothing yet.", "No strategy applies to them.")
    return card(
        f"What to do with {mine.name}", body, sub="Strategies for the segment, the first suits best", className="ideas"
    )


def _prediction(pipeline: Pipeline, look: Look) -> Any:
    view = look.view.whole()
    slugs = {field.slug for field in pipeline.prediction_fields(view)}
    values = {slug: text for slug, text in _values(look).items() if slug in slugs}
    return pipeline.predict(view, [values]).rows.drop(columns="id")


TAB = Tab(
    slug="predict",
    order=76,
    label="Place a customer",
    icon="person-plus",
    group="follow",
    question="Which segment would this customer be in?",
    layout=layout,
    register=register,
    options={"values": _check_values},
    tables={
        "prediction": _prediction,
        "averages": lambda pipeline, look: pipeline.prediction_averages(look.view.whole()),
        "template": lambda pipeline, look: pipeline.template(look.view.whole()),
    },
    kinds=("transactions", "customers", "survey"),
    asks=("profiles",),
)
