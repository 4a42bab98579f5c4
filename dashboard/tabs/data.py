"""What is in your file, and what was left out? The door, the file, what was found in it, the receipt, the datasets."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, html

from core.currencies import SYMBOLS
from core.errors import ClienteleError
from core.pipeline import PRESET_LABELS, Dataset, Pipeline
from dashboard import errors, ids, words
from dashboard.components import door, mapping, preview, shelf
from dashboard.components.basics import icon, segmented
from dashboard.components.cards import card, question, slot
from dashboard.components.decision import decision, overstated
from dashboard.components.receipt import equation, waterfall
from dashboard.components.switches import switch_table
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("data")
ANSWER, FILE, BRING, ASKED, FOUND, COLUMNS, RECEIPT, SHELF = map(
    ns, ("answer", "file", "bring", "asked", "found", "columns", "receipt", "shelf")
)
CURRENCIES = tuple(SYMBOLS)
OUTPUTS = {"answer": ANSWER, "file": FILE, "asked": ASKED, "found": FOUND, "columns": COLUMNS, "receipt": RECEIPT,
           "shelf": SHELF}  # fmt: skip


def layout() -> html.Div:
    # assets/upload.js fills the place for bringing a file: a file input and its progress outlive every redraw.
    bring = html.Div(id=BRING, className="bring", **{"data-bring": "true"})
    return html.Div(
        [
            question(TAB.question, ANSWER),
            html.Section([html.Div(id=FILE, className="file"), bring], className="card file-card"),
            html.Div(id=ASKED, className="asked-place"),
            html.Div(
                [slot(FOUND, className="five", height=300), slot(COLUMNS, className="seven", height=300),
                 slot(RECEIPT, height=420), slot(SHELF, height=160)],
                className="grid data-grid",
            ),
        ]
    )  # fmt: skip


def register(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output={name: Output(id, "children") for name, id in OUTPUTS.items()},
        inputs=dict(data=Input(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def draw_data(data: dict[str, str]) -> dict[str, Any]:
        look = Look.of(data)
        arrival, problem = look.view.option("arrival"), []
        if arrival:
            try:
                return _arrival(pipeline, arrival)
            except ClienteleError as error:
                problem = [errors.describe(error)]
        drawn = _stored(pipeline, look)
        return {**drawn, "asked": [*problem, *drawn["asked"]]}


def _arrival(pipeline: Pipeline, id: str) -> dict[str, Any]:
    """A file that waits: what it is taken for, what is asked, and how it will look."""
    checked, rows = pipeline.check_arrival(id)
    return dict(
        answer=door.answer(checked),
        file=door.arrival_facts(checked, pipeline.datasets()),
        asked=door.questions(checked),
        found=mapping.found_menus(checked),
        columns=preview.receipt_card(checked, rows),
        receipt=mapping.mapping_card(checked),
        shelf=preview.rows_card(checked, rows),
    )


def _stored(pipeline: Pipeline, look: Look) -> dict[str, Any]:
    """A dataset: its file, what was found in it, its receipt; and all the others."""
    dataset = pipeline.dataset(look.view)
    shown = _orders(pipeline, dataset, look) if dataset.kind == "transactions" else _people(pipeline, dataset, look)
    return dict(
        **shown,
        asked=_asked(pipeline, dataset, look),
        found=mapping.found_card(dataset),
        shelf=_shelf(pipeline, look),
    )


def _orders(pipeline: Pipeline, dataset: Dataset, look: Look) -> dict[str, Any]:
    meta, steps = pipeline.tables(look.view).meta, pipeline.receipt_steps(look.view)
    made = meta.receipt
    share = f"{words.count(made.rows)} of {words.count(made.rows_in)} rows"
    money = f"From {words.money(made.cents_in, look.currency)} in to {words.money(made.cents, look.currency)} analysed"
    said: list[Any] = [html.Strong(share), f" are analysed. {money}, every penny has a line"]
    if overstated(steps):
        said += ["; ", html.Strong("one line needs your decision")]
    days = f"orders from {words.day(meta.first_day)} to {words.day(meta.last_day)}"
    return dict(
        answer=[*said, "."],
        file=_file(dataset, days),
        columns=mapping.columns_card(dataset),
        receipt=_receipt(pipeline, meta, steps, look),
    )


def _people(pipeline: Pipeline, dataset: Dataset, look: Look) -> dict[str, Any]:
    meta, switches = pipeline.people(look.view).meta, pipeline.receipt_switches(look.view)
    entering = sum(1 for column in meta.columns if column.enters)
    made = sum(1 for column in meta.columns if column.derived)
    share = f"{words.count(meta.customers)} of {words.count(meta.rows_in)} rows"
    said = f" are customers that can be analysed. Segments are learned from {entering} of {len(meta.columns)} columns"
    body = switch_table(
        switches, meta.rows_in, meta.customers, lambda rule: look.href(rules=pipeline.toggle(look.view, rule))
    )
    return dict(
        answer=[html.Strong(share), said, f", {made} of them made from others." if made else "."],
        file=_file(dataset, f"as of {words.day(meta.as_of)}" if meta.as_of else "no dates in it"),
        receipt=mapping.columns_card(dataset, meta.columns),
        columns=card(
            f"{_rows(meta.rows_in - meta.customers)}; each switch can be moved",
            body,
            sub="What is set aside, changed, merged or made from other columns",
            how=html.P(
                "A switch that is on is applied, in this order; one that is off shows what it would do. Columns that "
                "are made from others are as of the newest date in the file, not of today."
            ),
            csv=look.download("receipt"),
            className="receipt-card",
        ),
    )


def _rows(aside: int) -> str:
    return (
        "Every row stays"
        if not aside
        else "One row is set aside"
        if aside == 1
        else f"{words.count(aside)} rows are set aside"
    )


def _asked(pipeline: Pipeline, dataset: Dataset, look: Look) -> list[Any]:
    """What happened last, what waits, and what is about to be joined."""
    said: list[Any] = []
    gone = next((d for d in pipeline.trashed() if d.fingerprint == look.view.option("gone")), None)
    if gone:
        said.append(shelf.gone_banner(gone))
    table = next((d for d in pipeline.datasets() if d.fingerprint == look.view.option("join")), None)
    if table:
        met, of = pipeline.matched(dataset.fingerprint, table.fingerprint)
        said.append(shelf.join_card(dataset, table, met, of))
    said += [shelf.news_card(dataset.facts.get("news", [])), shelf.joined_note(dataset)]
    said.append(door.waiting_card(pipeline.arrivals.all(), pipeline.inbox_files()))
    return [each for each in said if each is not None]


def _shelf(pipeline: Pipeline, look: Look) -> list[Any]:
    datasets = pipeline.datasets()
    disk = {d.fingerprint: pipeline.disk_bytes(d.fingerprint) for d in datasets}
    held = {d.fingerprint: _held(pipeline, d) for d in datasets}
    return [shelf.shelf_card(look, datasets, disk, held), shelf.trash_card(pipeline.trashed())]


def _held(pipeline: Pipeline, dataset: Dataset) -> str:
    days = pipeline.period_held(dataset.fingerprint) if dataset.kind == "transactions" else None
    return words.days(*days) if days else f"{dataset.columns} columns"


def _file(dataset: Dataset, holds: str) -> list[Any]:
    facts = f"{door.size(dataset.bytes)}, {words.count(dataset.rows)} rows, {dataset.columns} columns, {holds}"
    whole = [icon("check2"), "Read completely"]
    if dataset.misfit:
        whole = [icon("exclamation-triangle"), f"{words.count(dataset.misfit)} rows do not fit the header"]
    codes = dict.fromkeys([dataset.currency, *CURRENCIES])
    currency = html.Label(
        [
            html.Span("Currency"),
            html.Select(
                [html.Option(c, value=c) for c in codes], className="field",
                key=f"{dataset.fingerprint}-{dataset.currency}", **{"data-relabel": dataset.fingerprint},
            ),
        ],
        className="currency",
    )  # fmt: skip
    return [
        html.Span(icon("file-earmark-text"), className="file-icon"),
        html.Div([html.H2(dataset.file), html.P(facts)], className="file-facts"),
        html.Span(whole, className="read-whole"),
        currency,
    ]


def _receipt(pipeline: Pipeline, meta: Any, steps: Any, look: Look) -> Any:
    made = meta.receipt
    of = f"{words.count(meta.customers)} customers, {words.count(meta.orders)} orders"
    drawn = waterfall(made, steps, look.currency, of, lambda rule: look.href(rules=pipeline.toggle(look.view, rule)))
    example = pipeline.undone(look.view) if overstated(steps) else None
    presets = {preset: label.capitalize() for preset, label in PRESET_LABELS.items()}
    return card(
        "The receipt adds up to the penny" if made.adds_up else "The receipt does not add up",
        [drawn, decision(made, steps, example, look)],
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


TAB = Tab(
    slug="data",
    order=90,
    label="Data and receipt",
    icon="database",
    group="data",
    question="What is in your file, and what was left out?",
    layout=layout,
    register=register,
    kinds=("transactions", "customers", "survey"),
    options={"arrival": None, "v": None, "gone": None, "join": None},
    tables={"receipt": lambda pipeline, look: pipeline.receipt_frame(look.view)},
)
