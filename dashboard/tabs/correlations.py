"""What goes together? Rank correlations: the strongest pairs in words, their map, copies and gaps."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, html

from core.pipeline import Pipeline
from dashboard import ids, words
from dashboard.components.basics import meter
from dashboard.components.cards import card, empty, graph, question, slot
from dashboard.components.tables import table
from dashboard.figures import correlations as figures
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("correlations")
ANSWER, PAIRS, COPIES, MAP = map(ns, ("answer", "pairs", "copies", "map"))
MOST_PAIRS, MOST_OPPOSITE = 12, 5
HOW = (
    "Spearman’s rank correlation (1904): customers are ranked by each of the two columns, and the ranks are compared. "
    "+1: the same order, −1: the opposite order, 0: no order in common. It asks for no straight line and no bell "
    "curve, and one extreme value does not move it. A pair counts the customers of whom both are known. That two "
    "columns go together does not say that one brings the other about. "
)


def layout() -> html.Div:
    return html.Div(
        [
            question(TAB.question, ANSWER),
            html.Div(
                [
                    slot(PAIRS, className="seven", height=480),
                    slot(COPIES, className="five", height=480),
                    slot(MAP, height=640),
                ],
                className="grid",
            ),
        ]
    )


def register(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output=dict(
            answer=Output(ANSWER, "children"),
            pairs=Output(PAIRS, "children"),
            copies=Output(COPIES, "children"),
            map=Output(MAP, "children"),
        ),
        inputs=dict(data=Input(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def draw_correlations(data: dict[str, str]) -> dict[str, Any]:
        look = Look.of(data)
        found = pipeline.correlations(look.view)
        return dict(
            answer=_answer(found),
            pairs=_pairs(found, look),
            copies=_copies(found, look),
            map=_map(found, look),
        )


def _answer(found: Any) -> list[Any]:
    told = figures.own(found.pairs)
    if told.empty:
        return ["Too few columns have an order that could go together."]
    first = told.iloc[0].to_dict()
    said: list[Any] = [html.Strong(figures.in_words(first).partition(":")[0]), f" ({_signed(first['r'])}). "]
    against = told[told["r"] < 0]
    if len(against) and against.iloc[0]["r"] < -figures.SOME and first["r"] > 0:
        least = against.iloc[0].to_dict()
        said += [html.Strong(figures.in_words(least).partition(":")[0]), f" ({_signed(least['r'])}). "]
    twins = len(figures.copies(found.pairs))
    if twins:
        said.append(
            f"{words.in_words(twins).capitalize()} {'pair says' if twins == 1 else 'pairs say'} the same twice."
        )
    return said


def _pairs(found: Any, look: Look) -> Any:
    told = figures.own(found.pairs).head(MOST_PAIRS).to_dict("records")
    if not told:
        nothing = empty(
            "No two columns go together.", "It takes two columns with an order: numbers, levels, yes or no."
        )
        return card("Nothing to compare", nothing)
    rows = [
        html.Li(
            [
                html.Span(
                    [*_both(row)],
                    className="pair-names",
                ),
                html.Span(figures.in_words(row).rpartition(": ")[2], className="pair-how"),
                _bar(row["r"]),
                html.Span(_signed(row["r"]), className="pair-r"),
            ]
        )
        for row in told
    ]
    part = f", on a sample of {words.count(found.sampled)}" if found.sampled else ""
    return card(
        figures.headline(found.pairs),
        html.Ol(rows, className="pairs"),
        sub=f"The {len(rows)} strongest pairs of {words.customers(found.customers)}{part}; to the left: opposite",
        how=f"{HOW}Left out here: copies, and columns that are derived from the other. The CSV holds every pair.",
        csv=look.download("pairs"),
    )


def _copies(found: Any, look: Look) -> Any:
    twins = figures.copies(found.pairs).to_dict("records")
    gaps = [row for row in found.columns.sort_values("missing_share", ascending=False).to_dict("records")
            if row["missing_share"]][:10]  # fmt: skip
    opposite = figures.own(found.pairs).query(f"r < -{figures.SOME}").head(MOST_OPPOSITE).to_dict("records")
    said = [html.H3("Go opposite ways")]
    said.append(
        html.Ul([html.Li([*_both(row), f", {_signed(row['r'])}"])
                 for row in opposite], className="twins")
        if opposite else html.P("No two columns do so clearly.")
    )  # fmt: skip
    said.append(html.H3("Say the same"))
    said.append(
        html.Ul([html.Li([*_both(row), f", {_signed(row['r'])}",
                          html.Span(" (one is derived from the other)" if row["made"] else "")]) for row in twins],
                className="twins")
        if twins else html.P("No two columns are copies of one another.")
    )  # fmt: skip
    said.append(html.H3("Missing"))
    rows = [
        [
            words.header(row["label"]),
            html.Span(
                [meter(row["missing_share"]), html.Span(words.percent(row["missing_share"]))], className="in-cell"
            ),
        ]
        for row in gaps
    ]
    said.append(
        table(["Column", "Share of customers"], rows, caption="Missing values", className="gaps")
        if gaps
        else html.P("Every value of these columns is known.")
    )
    many = len(twins)
    headline = f"{words.in_words(many).capitalize()} {'copy' if many == 1 else 'copies'}" if many else "No copies"
    lacking = f"{len(gaps)} column{'s' if len(gaps) > 1 else ''} with gaps" if gaps else "no gaps"
    return card(
        f"{headline}, {lacking}",
        html.Div(said, className="copies"),
        sub="Columns that go against each other, that say what another says, and what is not known",
        how="A copy is a pair beyond ±0.95. Both in a segmentation would count the same twice, so a copy that the file "
        "holds does not enter unless you choose it.",
        csv=look.download("columns"),
    )


def _map(found: Any, look: Look) -> Any:
    labels = found.columns["label"].tolist()
    side = 22 * len(labels) if len(labels) > figures.LABELLED else 40 * len(labels)
    height = max(420, side + 150)
    more = f"; {found.left_out} further columns go with none of them closely" if found.left_out else ""
    picture = graph(ns("map-graph"), figures.heat(labels, found.matrix, look.theme), height=height,
                    describe=figures.headline(found.pairs))  # fmt: skip
    return card(
        f"{len(labels)} columns against each other",
        html.Div(picture, className="map-scroll", tabIndex=0, role="region", **{"aria-label": "Map of correlations"}),
        sub=f"Spearman’s rank correlation; what goes together stands side by side{more}",
        how=f"{HOW}Numbers, amounts, ordered levels and yes/no (yes above no); categories have no order. Columns are "
        "sorted by hierarchical clustering on 1 − |r| (average linkage).",
        csv=look.download("map"),
        png=ns("map-graph"),
    )


def _both(row: dict[str, Any]) -> list[Any]:
    return [html.Strong(words.header(row["a_label"])), " and ", html.Strong(words.header(row["b_label"]))]


def _bar(r: float) -> html.Span:
    """From the middle to the left for opposite, to the right for alike."""
    left, width = (50 if r > 0 else 50 * (1 + r)), 50 * abs(r)
    return html.Span(
        html.Span(style={"left": f"{left:.1f}%", "width": f"{width:.1f}%"}, className="up" if r > 0 else "down"),
        className="pair-bar",
        **{"aria-hidden": "true"},
    )


def _signed(r: float) -> str:
    return f"{r:+.2f}".replace("-", "−")


TAB = Tab(
    slug="correlations",
    order=46,
    label="Correlations",
    icon="grid-3x3",
    group="understand",
    question="What goes together?",
    layout=layout,
    register=register,
    tables={
        "pairs": lambda pipeline, look: pipeline.correlations(look.view).pairs,
        "columns": lambda pipeline, look: pipeline.correlations(look.view).columns,
        "map": lambda pipeline, look: figures.table(
            pipeline.correlations(look.view).columns["label"].tolist(), pipeline.correlations(look.view).matrix
        ),
    },
    kinds=("customers", "survey"),
    lacks="An {kind} holds orders and nothing else about the people. Bring a table with one row a customer, or join "
    "one to this log: then you see which of their traits go together.",
)
