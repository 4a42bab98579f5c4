"""Which segment would this customer be in? A form, a file of new customers, and the same for other programs."""

from __future__ import annotations

import shlex
from typing import Any
from urllib.parse import parse_qsl

from dash import Dash, Input, Output, html
from flask import request

from core.errors import NotEnoughDataError, ParameterError
from core.pipeline import Pipeline
from dashboard import ids, words
from dashboard.api_words import example
from dashboard.components import placing
from dashboard.components.basics import icon, swatch
from dashboard.components.cards import card, empty, question, slot
from dashboard.state import Look, query
from dashboard.tab import Tab

ns = ids.namespace("predict")
ANSWER, FORM, RESULT, AVERAGES, ADVICE, FILE, ELSEWHERE = map(
    ns, ("answer", "form", "result", "averages", "advice", "file", "elsewhere")
)
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
    entered = html.Div([slot(FORM, height=420), slot(FILE, height=220)], className="five stack")
    found = [slot(RESULT, className="place-result", height=240), slot(AVERAGES, height=220), slot(ADVICE, height=220),
             slot(ELSEWHERE, height=220)]  # fmt: skip
    return html.Div(
        [
            question(TAB.question, ANSWER),
            html.Div([entered, html.Div(found, className="seven stack")], className="grid place-sides"),
        ]
    )


def register(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output=dict(
            answer=Output(ANSWER, "children"),
            form=Output(FORM, "children"),
            result=Output(RESULT, "children"),
            averages=Output(AVERAGES, "children"),
            advice=Output(ADVICE, "children"),
            file=Output(FILE, "children"),
            elsewhere=Output(ELSEWHERE, "children"),
        ),
        inputs=dict(data=Input(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def draw_place(data: dict[str, str]) -> dict[str, Any]:
        look = Look.of(data)
        view = look.view.whole()
        try:
            fields, segments = pipeline.prediction_fields(view), pipeline.portrayed(view)
        except NotEnoughDataError as error:
            nothing = dict.fromkeys(("result", "averages", "advice", "file", "elsewhere"))
            return dict(answer=error.message, form=card(error.title, empty(error.message, error.hint)), **nothing)
        slugs, asked = {field.slug for field in fields}, _values(look)
        values = {slug: text for slug, text in asked.items() if slug in slugs}
        found = pipeline.predict(view, [values])
        row, problems = found.rows.to_dict("records")[0], found.problems.get(0, {})
        mine, runner_up = segments[row["segment"]], segments.get(row["runner_up"])
        entered = {field.slug: _entered(field, values, problems) for field in fields}
        return dict(
            answer=_answer(row, mine, pipeline.segmentation(view)),
            form=_form(fields, values, problems, segments, [*(slug for slug in asked if slug not in slugs)], look),
            result=_result(row, mine, found.notes[0], look),
            averages=_averages(fields, entered, mine, runner_up, look),
            advice=_advice(mine, look),
            file=_file(fields, look, orders=not pipeline.has_people(view)),
            elsewhere=_elsewhere(pipeline, look),
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
    lead = {"clear": "They would clearly be in ", "rather": "They would be in ", "border": "They would just be in "}
    said = lead.get(row["confidence"], "They would be put with ")
    all_of = words.count(found.segments["customers"].sum())
    more = f", like {words.count(mine.customers)} of {all_of} customers."
    if row["confidence"] == "border" and row["runner_up_name"]:
        more += f" The centre of {row['runner_up_name']} is almost as near."
    return html.Span([said, html.Strong(mine.name), more], role="status")


def _form(fields: Any, values: Any, problems: Any, segments: Any, unknown: list[str], look: Look) -> Any:
    left_out = [
        html.P(
            f"“{slug[:60]}” is no feature that these segments were learned from: it is left out.",
            className="place-note",
        )
        for slug in unknown
    ]
    body = [placing.starts(fields, segments, look), placing.form(fields, values, problems, look), *left_out]
    return card(
        "The customer",
        body,
        sub=f"The {words.in_words(len(fields))} features that the segments were learned from"
        if len(fields) > 1
        else "The feature that the segments were learned from",
        how="Sliders run from the 1st to the 99th percentile of your customers, with the median in the middle; the "
        "field beside takes any value that is possible. The link in the address bar holds what you enter.",
        className="place",
    )


def _result(row: dict[str, Any], mine: Any, notes: Any, look: Look) -> Any:
    body = [
        html.P(mine.portrait, className="portrait"),
        placing.gauge(row, mine.colour),
        html.P(placing.sure(row), className="place-sure"),
        placing.remarks(notes),
    ]
    return card(
        html.Span([swatch(mine.colour), html.Span(mine.name)], className="place-name"),
        body,
        sub=f"{words.customers(mine.customers)}, {words.percent(mine.share, 0)} of all",
        how=html.Div([html.P(line) for line in HOW]),
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


def _file(fields: Any, look: Look, *, orders: bool) -> Any:
    named = ", ".join(placing.label(field) for field in fields[:4])
    named += f" and {words.in_words(len(fields) - 4)} more" if len(fields) > 4 else ""
    also = (
        " Or the orders of new customers, in any order log: they are counted as those of this log were."
        if orders
        else " Or a file like the one that the segments were learned from."
    )
    template = html.A(
        [icon("download"), "Template"], href=look.download("template", values=None), className="button", download=""
    )
    body = [
        html.P(f"A table with a row a customer and columns such as {named}.{also}", className="place-say"),
        html.Div([html.Div(className="place-bring", **{"data-place-file": query(look.view.whole())}), template],
                 className="place-ways"),
        html.Div(className="place-outcome", **{"data-place-outcome": "yes"}),
    ]  # fmt: skip
    return card(
        "A file of new customers",
        body,
        sub="CSV, Excel, Parquet and more: it comes back with a segment for everybody, and is not stored here",
        how="Columns are matched by name, whatever the capitals, blanks and underscores; all others are kept as they "
        "are. A blank cell stands at the median, and the note of its row says so. A row with a value that cannot be "
        "understood is not placed: it stays in the file, with the reason.",
    )


def _elsewhere(pipeline: Pipeline, look: Look) -> Any:
    plain = look.view.whole()
    host = request.host_url
    return card(
        "The same for other programs",
        placing.commands(example(pipeline, plain, host), plain.dataset, _flags(plain)),
        sub="With this dataset and these segments",
        how=f"GET {host}api/v1/predict describes all fields. Up to 10,000 customers and 2 MiB at once; where a "
        "password is set, it is needed there too (curl -u :PASSWORD).",
    )


def _flags(view: Any) -> str:
    """The flags of the command line that give the same segments."""
    pairs = [
        ("--preset", view.rules, "net"), ("--as-of", view.as_of, ""), ("--features", ",".join(view.features), ""),
        ("--prepare", view.prepare, "auto"), ("--outliers", view.outliers, "keep"), ("--missing", view.missing, "auto"),
        ("--method", view.method, "kmeans"), ("--k", str(view.k), "0"),
        ("--k-range", "{}:{}".format(*view.k_range), "1:10"),
        ("--seed", str(view.seed), "42"), ("--saved", view.saved, ""),
        *(("--own", f"{slug}={how}", "") for slug, how in view.own),
        *(("--weight", f"{slug}={weight:g}", "") for slug, weight in view.weights),
    ]  # fmt: skip
    return "".join(f" {flag} {shlex.quote(value)}" for flag, value, usual in pairs if value != usual)


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
