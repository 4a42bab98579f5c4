"""What is in your file, and what was left out? The file, what was found in it, and the receipt with its switches."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, html

from core.currencies import SYMBOLS
from core.pipeline import PRESET_LABELS, Dataset, Pipeline
from dashboard import ids, words
from dashboard.components.basics import icon, link, menu, menu_item, segmented
from dashboard.components.cards import card, empty, question, slot
from dashboard.components.receipt import equation, waterfall
from dashboard.components.tables import table
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("data")
ANSWER, FILE, BRING, FOUND, COLUMNS, RECEIPT = map(ns, ("answer", "file", "bring", "found", "columns", "receipt"))
CURRENCIES = tuple(SYMBOLS)


def layout() -> html.Div:
    # assets/upload.js fills the place for bringing a file: a file input and its progress outlive every redraw.
    bring = html.Div(id=BRING, className="bring", **{"data-bring": " ".join(CURRENCIES)})
    return html.Div(
        [
            question(TAB.question, ANSWER),
            html.Section([html.Div(id=FILE, className="file"), bring], className="card file-card"),
            html.Div(
                [slot(FOUND, className="five", height=300), slot(COLUMNS, className="seven", height=300),
                 slot(RECEIPT, height=420)],
                className="grid",
            ),
        ]
    )  # fmt: skip


def register(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output=dict(
            answer=Output(ANSWER, "children"),
            file=Output(FILE, "children"),
            found=Output(FOUND, "children"),
            columns=Output(COLUMNS, "children"),
            receipt=Output(RECEIPT, "children"),
        ),
        inputs=dict(data=Input(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def draw_data(data: dict[str, str]) -> dict[str, Any]:
        look = Look.of(data)
        dataset, meta = pipeline.dataset(look.view), pipeline.tables(look.view).meta
        steps = pipeline.receipt_steps(look.view)
        return dict(
            answer=_answer(meta.receipt, steps, look),
            file=_file(dataset, pipeline.datasets(), meta, look),
            found=_found(dataset, look),
            columns=_columns(dataset),
            receipt=_receipt(pipeline, meta, steps, look),
        )


def _answer(made: Any, steps: Any, look: Look) -> list[Any]:
    share = f"{words.count(made.rows)} of {words.count(made.rows_in)} rows"
    money = f"From {words.money(made.cents_in, look.currency)} in to {words.money(made.cents, look.currency)} analysed"
    said: list[Any] = [html.Strong(share), f" are analysed. {money}, every penny has a line"]
    if _overstated(steps):
        return [*said, "; ", html.Strong("one line needs your decision"), "."]
    return [*said, "."]


def _file(dataset: Dataset, datasets: list[Dataset], meta: Any, look: Look) -> list[Any]:
    size = f"{dataset.bytes / 1e6:,.1f} MB" if dataset.bytes >= 1e5 else f"{dataset.bytes / 1e3:,.1f} kB"
    facts = (
        f"{size}, {words.count(dataset.rows)} rows, {dataset.columns} columns, "
        f"orders from {words.day(meta.first_day)} to {words.day(meta.last_day)}"
    )
    others = [
        menu_item(d.name, f"/data?data={d.fingerprint}", chosen=d == dataset, note=f"{d.rows:,} rows") for d in datasets
    ]
    whole = [icon("check2"), "Read completely"]
    if dataset.misfit:
        whole = [icon("exclamation-triangle"), f"{words.count(dataset.misfit)} rows do not fit the header"]
    return [
        html.Span(icon("file-earmark-text"), className="file-icon"),
        html.Div([html.H2(dataset.file), html.P(facts)], className="file-facts"),
        html.Span(whole, className="read-whole"),
        *([menu(["Stored here: ", html.Strong(f"{len(datasets)}")], others, className="stored")] if others[1:] else []),
        html.Label(
            [
                html.Span("Currency"),
                html.Select(
                    [html.Option(c, value=c) for c in _currencies(dataset)],
                    className="field", key=f"{dataset.fingerprint}-{dataset.currency}",
                    **{"data-relabel": dataset.fingerprint},
                ),
            ],
            className="currency",
        ),
    ]  # fmt: skip


def _currencies(dataset: Dataset) -> list[str]:
    return list(dict.fromkeys([dataset.currency, *CURRENCIES]))


def _found(dataset: Dataset, look: Look) -> Any:
    if not dataset.notes:
        return card("What was found", empty("Nothing was written down.", "Bring the file again to see how it is read."))
    rows = [[what, found, why] for what, found, why in dataset.notes]
    headline = "Read from the file, but for the currency"
    body = table(["What", "Found", "Evidence"], rows, caption="What was found in the file", className="found")
    return card(headline, body, sub="What was found, and how it can be told")


def _columns(dataset: Dataset) -> Any:
    if not dataset.columns_found:
        return card(
            "Your columns", empty("Nothing was written down.", "Bring the file again to see how its columns are read.")
        )
    used = sum(1 for column in dataset.columns_found if column.role)
    left = len(dataset.columns_found) - used
    headline = f"{words.in_words(used).capitalize()} columns, {words.in_words(used)} meanings"
    if left:
        headline += f"; {words.in_words(left)} not used"
    rows = [
        [html.Code(c.name), c.label or html.Span("not used", className="faint"), html.Code(c.first), c.evidence]
        for c in dataset.columns_found
    ]
    body = table(["Your column", "Read as", "First value", "What speaks for it"], rows, caption="Columns of the file",
                 className="found")  # fmt: skip
    return card(headline, body, sub="What each column is taken to mean")


def _receipt(pipeline: Pipeline, meta: Any, steps: Any, look: Look) -> Any:
    made = meta.receipt
    of = f"{words.count(meta.customers)} customers, {words.count(meta.orders)} orders"
    body = [
        waterfall(made, steps, look.currency, of, lambda rule: look.href(rules=pipeline.toggle(look.view, rule))),
        _warning(pipeline, made, steps, look),
    ]
    headline = "The receipt adds up to the penny" if made.adds_up else "The receipt does not add up"
    presets = {preset: label.capitalize() for preset, label in PRESET_LABELS.items()}
    return card(
        headline,
        body,
        sub=[html.Span(equation(made, steps), className="equation"), html.Span(f" {look.currency}")],
        controls=segmented(look, "rules", presets, "Cleaning"),
        how=[
            html.P(
                "Revenue in is quantity × price of every row of the file. Each row is taken by the first rule that "
                "claims it, in this order, so that no row and no penny is counted twice. A rule that is off shows what "
                "it would take after those that are on."
            ),
            html.P(
                "Returns are negative money. “Net of returns” counts each signed line at its own date; an order that "
                "was wholly returned no longer counts as an order, and customers that net to nothing go aside. “As "
                "in most notebooks” drops the returns and keeps the purchases that they undid."
            ),
        ],
        csv=look.download("receipt"),
        className="receipt-card",
    )


def _warning(pipeline: Pipeline, made: Any, steps: Any, look: Look) -> Any:
    over = _overstated(steps)
    if not over:
        return None
    net = made.cents - over
    said: list[Any] = [
        html.Strong(f"Revenue reads {words.whole_money(over, look.currency)} too high"
                    + (f", {words.percent(over / net)}. " if net > 0 else ". ")),
        "Returned lines are left out, but the purchases that they undo stay.",
    ]  # fmt: skip
    example = pipeline.undone(look.view)
    if example:
        said.append(
            f" Customer {example.customer_id} bought for {words.exact(example.cents, look.currency)} and cancelled it "
            f"{_later(example.minutes)} later."
        )
    button = link(
        f"Subtract returns: {words.exact(net, look.currency)}", look.href(rules="net"), className="button decide"
    )
    return html.Div([icon("exclamation-triangle"), html.P(said), button], className="banner decision", role="note")


def _overstated(steps: Any) -> int:
    """Cents of returns that are left out while what they undo stays."""
    return sum(-step.cents for step in steps if step.slug == "returned" and step.on and step.cents < 0)


def _later(minutes: int) -> str:
    for size, unit in ((60 * 24, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            number = round(minutes / size)
            return f"{number} {unit}{'s' * (number != 1)}"
    return "a moment"


TAB = Tab(
    slug="data",
    order=90,
    label="Data and receipt",
    icon="database",
    group="data",
    question="What is in your file, and what was left out?",
    layout=layout,
    register=register,
    tables={"receipt": lambda pipeline, look: pipeline.receipt_frame(look.view)},
)
