"""Who do you want to take along? Filters with live counts, the customers they leave, and these as a file."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update

from core.pipeline import AUDIENCE_COLUMNS, Pipeline, read_limits
from dashboard import ids
from dashboard.components import audience, facets
from dashboard.components.audience import RANGES
from dashboard.components.cards import card, question
from dashboard.components.grid import BLOCK, definitions, grid
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("export")
ANSWER, CHOICES, FUNNEL, HEADLINE, SUB, TAKE, EMPTY, SHELF, GUIDE, HOW = map(
    ns, ("answer", "choices", "funnel", "headline", "sub", "take", "empty", "shelf", "guide", "how")
)
# assets/export.js knows these by name: the first rows come with the page, the grid asks for more.
TABLE, PAGE, ASK, MORE = map(ns, ("table", "page", "ask", "more"))
FIELDS = [ns(f"{name}-{end}") for name in RANGES for end in ("from", "to")]


def layout() -> html.Div:
    rows = card(
        html.Span(id=HEADLINE),
        [
            html.Div(id=FUNNEL),
            html.Div(id=EMPTY),
            html.Div(grid(TABLE, AUDIENCE_COLUMNS), id=SHELF, className="shelf"),
        ],
        sub=html.Span(" ", id=SUB),
        controls=html.Div(id=TAKE, className="take-row"),
        how=html.Div([html.P(line) for line in audience.HOW], id=HOW),
    )
    filters = html.Div(
        [
            html.Div(html.H2("Filters"), className="card-head"),
            html.Div([facets.limits("export", name, *said) for name, said in RANGES.items()], className="limits-all"),
            html.Div(html.Div(className="skeleton", style={"height": "480px"}), id=CHOICES),
        ],
        className="card filter-card",
    )
    return html.Div(
        [
            question(TAB.question, ANSWER),
            html.Div([filters, html.Div(rows, className="rows-card")], className="workbench"),
            html.Div(id=GUIDE, className="guide"),
            *[dcc.Store(id=name) for name in (PAGE, ASK, MORE)],
        ]
    )


def register(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output=dict(
            answer=Output(ANSWER, "children"),
            choices=Output(CHOICES, "children"),
            unit=Output(ns("spend-unit"), "children"),
            bounds=[Output(field, "placeholder") for field in FIELDS],
            funnel=Output(FUNNEL, "children"),
            headline=Output(HEADLINE, "children"),
            sub=Output(SUB, "children"),
            take=Output(TAKE, "children"),
            empty=Output(EMPTY, "children"),
            shelf=Output(SHELF, "className"),
            guide=Output(GUIDE, "children"),
            page=Output(PAGE, "data"),
            columns=Output(TABLE, "columnDefs"),
            limits=[Output(ns(f"{name}-limits"), "className") for name in RANGES],
            how=Output(HOW, "children"),
        ),
        inputs=dict(data=Input(ids.VIEW, "data")),
        state=dict(asked=State(TABLE, "getRowsRequest"), shown=State(TABLE, "columnDefs")),
        prevent_initial_call=True,
    )
    def draw_export(
        data: dict[str, str], asked: dict[str, Any] | None, shown: list[dict[str, Any]] | None
    ) -> dict[str, Any]:
        look = Look.of(data)
        found, table = pipeline.audience(look.view), pipeline.has_people(look.view)
        span = None if table else pipeline.slice(look.view).span
        columns = pipeline.audience_columns(look.view)
        defined = definitions(columns)
        steps = audience.steps(found, pipeline.audience_conditions(look.view), span, look)
        # Another choice of features has other columns: what was sorted by may be gone.
        there = {column.name for column in columns}
        sort = [each for each in (asked or {}).get("sortModel") or [] if each["colId"] in there]
        rows = _rows(pipeline, look, 0, BLOCK, sort)
        return dict(
            answer=audience.answer(found, look, "spend" if table else "revenue"),
            choices=audience.choices(found, look, pipeline.segment_names(look.view), _groups(pipeline, look)),
            unit=look.currency,
            bounds=audience.bounds(found),
            funnel=facets.funnel(steps) if len(steps) > 1 else None,
            headline=audience.headline(found),
            sub=audience.sub(span, look),
            take=[*([audience.contacts(look)] if pipeline.has_contacts(look.view) else []),
                  *audience.personal(rows["rowData"], look), *audience.takes(found.customers, look)],
            empty=None if found.customers else audience.nobody(steps, look),
            shelf="shelf" if found.customers else "shelf nobody",
            guide=audience.guide(rows["rowData"], look, columns),
            page=dict(rows=rows, sort=sort, search=data["search"]),
            columns=no_update if shown == defined else defined,
            limits=["limits" if name in found.bounds else "limits unknown" for name in RANGES],
            how=[html.P(line) for line in (audience.TABLE_HOW if table else audience.HOW)],
        )  # fmt: skip

    @app.callback(
        output=dict(more=Output(MORE, "data")),
        inputs=dict(ask=Input(ASK, "data")),
        state=dict(data=State(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def fetch_rows(ask: dict[str, Any], data: dict[str, str]) -> dict[str, Any]:
        rows = _rows(pipeline, Look.of(data), ask["start"], ask["end"] - ask["start"], ask["sort"])
        return dict(more=dict(rows=rows, start=ask["start"], sort=ask["sort"], search=data["search"]))

    app.clientside_callback(
        ClientsideFunction("audience", "fields"),
        [Output(field, "value") for field in FIELDS],
        Input(ids.VIEW, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("audience", "feed"),
        Output(TABLE, "getRowsResponse"),
        [Input(TABLE, "getRowsRequest"), Input(PAGE, "data"), Input(MORE, "data")],
        prevent_initial_call=True,
    )


def _rows(pipeline: Pipeline, look: Look, start: int, count: int, sort: list[dict[str, str]]) -> dict[str, Any]:
    by, falling = (sort[0]["colId"], sort[0]["sort"] == "desc") if sort else ("", True)
    frame = pipeline.audience_page(look.view, max(start, 0), min(max(count, 0), BLOCK), by, falling)
    return dict(rowData=frame.to_dict("records"), rowCount=pipeline.audience(look.view).customers)


def _limit(name: str) -> Any:
    return lambda text: read_limits(name, text)


def _groups(pipeline: Pipeline, look: Look) -> tuple[Any, ...]:
    """The RFM groups in use; a table has no orders, so none."""
    return () if pipeline.has_people(look.view) else pipeline.rfm_map(look.view).groups


TAB = Tab(
    slug="export",
    order=88,
    label="Export",
    icon="box-arrow-up",
    group="act",
    question="Who do you want to take along?",
    layout=layout,
    register=register,
    options={**{name: _limit(name) for name in RANGES}, "contacts": ("no", "yes"), "personal": ("masked", "shown")},
    kinds=("transactions", "customers", "survey"),
)
