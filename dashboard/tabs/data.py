"""What is in your file, and what was left out? The door, the file, what was found in it, the receipt, the datasets."""

from __future__ import annotations

from functools import partial
from typing import Any

from dash import Dash, Input, Output, html

from core.errors import ClienteleError
from core.pipeline import Dataset, Pipeline
from dashboard import errors, ids, words
from dashboard.components import door, mapping, preview, shelf, stored
from dashboard.components.cards import question, slot
from dashboard.components.decision import overstated
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("data")
ANSWER, FILE, BRING, ASKED, FOUND, COLUMNS, RECEIPT, SHELF = map(
    ns, ("answer", "file", "bring", "asked", "found", "columns", "receipt", "shelf")
)
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
                [slot(FOUND, className="half", height=300), slot(COLUMNS, className="half", height=300),
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
    example = pipeline.undone(look.view) if overstated(steps) else None
    if overstated(steps):
        said += ["; ", html.Strong("one line needs your decision")]
    days = f"orders from {words.day(meta.first_day)} to {words.day(meta.last_day)}"
    return dict(
        answer=[*said, "."],
        file=stored.file_facts(dataset, days),
        columns=mapping.columns_card(dataset),
        receipt=stored.receipt_card(meta, steps, example, look, partial(pipeline.toggle, look.view)),
    )


def _people(pipeline: Pipeline, dataset: Dataset, look: Look) -> dict[str, Any]:
    meta, switches = pipeline.people(look.view).meta, pipeline.receipt_switches(look.view)
    used = pipeline.usual_features(look.view) if any(column.enters for column in meta.columns) else ()
    made = sum(1 for column in meta.columns if column.derived)
    share = f"{words.count(meta.customers)} of {words.count(meta.rows_in)} rows"
    said = f" are customers that can be analysed. Segments are learned from {len(used)} of {len(meta.columns)} columns"
    return dict(
        answer=[html.Strong(share), said, f", {made} of them made from others." if made else "."],
        file=stored.file_facts(dataset, f"as of {words.day(meta.as_of)}" if meta.as_of else "no dates in it"),
        receipt=mapping.columns_card(dataset, meta.columns, used),
        columns=stored.switches_card(meta, switches, look, partial(pipeline.toggle, look.view)),
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
