"""Who are your customers? The learned segments as cards, map and profile; the eleven RFM groups on their grid."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, html

from core.errors import NotEnoughDataError
from core.pipeline import Pipeline
from dashboard import ids, words
from dashboard.components import rfm, segment_answer, segment_cards, segments, table_segments
from dashboard.components.basics import segmented
from dashboard.components.cards import card, empty, graph, question, slot
from dashboard.figures import groups, people, profiles
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("segments")
ANSWER, SWITCH, PART = map(ns, ("answer", "switch", "part"))
SHOW = {"kmeans": "Learned segments", "rfm": "RFM groups"}
PROFILE = {"averages": "Averages", "boxes": "Box plots"}
_AVERAGED = {
    False: "Averages are over all customers of a segment, whatever the period. The standard deviation is that between "
    "customers, taken from the 1st to the 99th percentile. Spend per order and price per item divide sums by sums.",
    True: "Averages of the features that the segments are learned from. Of ordered levels the one nearest to the "
    "average is named, of categories the most frequent with its share, of yes/no the share of yes. The standard "
    "deviation is that between customers, taken from the 1st to the 99th percentile.",
}


def layout() -> html.Div:
    return html.Div(
        [
            question(TAB.question, ANSWER),
            html.Div(id=SWITCH, className="part-switch"),
            html.Div(
                [slot(ns("waiting-above"), height=320), slot(ns("waiting-below"), height=480)],
                id=PART,
                className="stack",
            ),
        ]
    )


def register(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output=dict(
            answer=Output(ANSWER, "children"), switch=Output(SWITCH, "children"), part=Output(PART, "children")
        ),
        inputs=dict(data=Input(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def draw_segments(data: dict[str, str]) -> dict[str, Any]:
        look = Look.of(data)
        table = pipeline.has_people(look.view)
        try:
            grouped = look.view.option("show", "kmeans") == "rfm" and not table
            answer, note, part = (_groups if grouped else _segments)(pipeline, look)
        except NotEnoughDataError as error:
            answer, note, part = [error.message], "", card(error.title, empty(error.message, error.hint))
        # A table has no orders, so no RFM groups to divide by.
        switch = html.Span() if table else segmented(look, "show", SHOW, "Divide by")
        return dict(answer=answer, switch=[switch, html.Span(note)], part=part)


def _segments(pipeline: Pipeline, look: Look) -> tuple[Any, Any, Any]:
    view = look.view
    # Shares are of everybody in the period and countries, also where the filter picks out some segments.
    sizes = pipeline.segment_sizes(view.but(segments=()))
    names, table = pipeline.segment_names(view), pipeline.has_people(view)
    looked_at = f"{words.count(sizes.customers)} customers who ordered in the period and countries chosen"
    note = (
        f"Counted: the {looked_at}. Who belongs where is learned from all."
        if view.period != "all" or view.countries or view.groups
        else f"All {words.count(sizes.customers)} customers"
    )
    if table:
        note = table_segments.of_how_many(sizes.customers, pipeline.people(view).meta.customers)
    return (
        segment_answer.answer(sizes, names, pipeline.outline(view).apart, _money(sizes, table=table)),
        note,
        [
            _cards(pipeline, sizes, look),
            html.Div(
                [
                    html.Div(_map(pipeline, names, look), className="five card-slot"),
                    html.Div(_profile(pipeline, names, look), className="seven card-slot"),
                    *_further(pipeline, names, look),
                ],
                className="grid",
            ),
        ],
    )


def _money(sizes: Any, *, table: bool) -> str:
    """What the share of money is of; empty where nobody knows any."""
    return ("spend" if table else "revenue") if sizes.cents else ""


def _further(pipeline: Pipeline, names: list[Any], look: Look) -> list[Any]:
    """Of a log orders against spend; of a table each segment against everyone."""
    if pipeline.has_people(look.view):
        shown = [n for n in names if not look.view.segments or n.id in look.view.segments]
        weak = pipeline.selection(look.view).weak
        rows = pipeline.portraits(look.view).rows
        return [html.Div(table_segments.portraits(rows, shown, look, weak=weak), className="card-slot")]
    return [html.Div(_spend(pipeline, names, look), className="card-slot")] if look.money else []


def _cards(pipeline: Pipeline, sizes: Any, look: Look) -> Any:
    table = pipeline.has_people(look.view)
    found, told = pipeline.profiles(look.view), pipeline.thresholds(look.view)
    apart = segments.telling(pipeline.portraits(look.view).rows) if table else found.differences
    ideas = {one.id: one.advice[0].title for one in pipeline.campaigns(look.view).segments if one.advice}
    shown = [
        row
        for row in found.rows.to_dict("records")
        if row["id"] and (not look.view.segments or row["id"] in look.view.segments)
    ]
    return segment_cards.of_all(shown, sizes.rows, apart, told, ideas, look, money=_money(sizes, table=table))


def _map(pipeline: Pipeline, names: list[Any], look: Look) -> Any:
    found, learned = pipeline.projection(look.view), pipeline.outline(look.view)
    far = 0 if len(found.cells) else people.beyond(found.points)
    headline = people.map_headline(learned.silhouette, learned.k - bool(learned.apart))
    figure = people.chart(
        found.points,
        names,
        look.theme,
        explained=found.explained,
        axes=found.axes,
        chosen=look.view.segments,
        cells=found.cells,
    )
    # As tall as the profile beside it.
    lines = len(look.view.segments or names)
    boxes = look.view.option("profile", "averages") == "boxes"
    tall = max(400, 320 + 72 * lines if boxes else 200 + 50 * lines)
    features = list(pipeline.features(look.view))
    if pipeline.has_people(look.view):
        tall = max(
            440, min(320 + 24 * lines * -(-len(features) // 3), 720) if boxes else 170 + 42 * min(len(features), 12)
        )
    how = (
        f"Principal component analysis of {table_segments.features_said(features)}, prepared as chosen on Choose k. "
        "The axes are the two directions in which customers differ most; each names what grows along it. All "
        f"customers are placed, whatever the period. Mean silhouette {learned.silhouette:.3f}: under 0.25 there are "
        "no distinct groups, from 0.5 on they stand apart (Kaufman and Rousseeuw 1990)."
        + (" Who is in none of the segments does not count for it." if learned.apart else "")
        + (" Who lies far beyond all others stands at the edge, so that the rest can be told apart." if far else "")
    )
    edge = f"; {words.count(far)} who lie farther out stand at the edge" if far else ""
    return card(
        headline, graph(ns("map-graph"), figure, height=tall, describe=headline), how=how,
        sub=f"{_of(found)} on two principal components{edge}", csv=look.download("map"), png=ns("map-graph"),
    )  # fmt: skip


def _profile(pipeline: Pipeline, names: list[Any], look: Look) -> Any:
    cells = pipeline.heat(look.view).cells
    if not look.money:
        cells = profiles.known(cells)
    shown = [n for n in names if not look.view.segments or n.id in look.view.segments]
    headline = profiles.headline(cells, {n.id: n.name for n in names}, look.currency)
    controls = segmented(look, "profile", PROFILE, "Show")
    if look.view.option("profile", "averages") == "boxes":
        return card(
            headline,
            segments.boxes(profiles.panels(pipeline.boxes(look.view).boxes), shown, look.currency),
            sub="Bar: the middle half of each segment, tick: its median, line: nine in ten; grey: all customers",
            controls=controls,
            how="Box: first to third quartile. Whiskers: 5th to 95th percentile, so that a few extreme customers do "
            "not flatten the rest. The CSV holds the smallest and largest as well.",
            csv=look.download("boxes"),
        )
    many = cells["feature"].nunique()
    more = (
        f", the 12 of {many} features in which they differ most" if pipeline.has_people(look.view) and many > 12 else ""
    )
    picture = segments.traits if pipeline.has_people(look.view) else segments.heat
    return card(
        headline,
        picture(cells, shown, look.currency),
        sub=f"Average per customer{more}. Colour: distance from the average of all, in standard deviations",
        controls=controls,
        how=_AVERAGED[pipeline.has_people(look.view)],
        csv=look.download("heat"),
    )


def _spend(pipeline: Pipeline, names: list[Any], look: Look) -> Any:
    found = pipeline.projection(look.view)
    headline = people.spend_headline(found.points)
    left_out = len(found.points) - len(people.drawable(found.points))
    figure = people.spend(
        found.points, names, look.theme, look.currency, chosen=look.view.segments, cells=found.spend_cells
    )
    how = (
        "Both axes are logarithmic: each step multiplies. Points that share a number of orders are spread sideways a "
        f"little. {words.count(left_out)} customers without orders or spend left after returns are not drawn. How "
        "closely: Spearman’s rank correlation, from 0.7 closely, from 0.4 roughly."
    )
    return card(
        headline, graph(ns("spend-graph"), figure, height=380, describe=headline), how=how,
        sub=f"{_of(found)} by orders and spend, over all time", csv=look.download("spend"), png=ns("spend-graph"),
    )  # fmt: skip


def _of(found: Any) -> str:
    """All customers, or how many of them."""
    drawn = ", darker where more of them lie," if len(found.cells) else ""
    return f"All {words.count(found.customers)} customers{drawn}"


def _groups(pipeline: Pipeline, look: Look) -> tuple[Any, Any, Any]:
    scored, grid = pipeline.rfm(look.view), pipeline.rfm_grid(look.view.but(groups=()))
    drawn = pipeline.rfm_map(look.view)
    rows = groups.totals(grid.cells, drawn.groups)
    many, share = groups.slipping(rows)
    answer = [
        f"{groups.headline(rows)}. ", html.Strong(words.count(many)), " good customers stay away; they brought ",
        html.Strong(words.percent(share)), ".",
    ]  # fmt: skip
    ideas = {one.slug: one.advice[0].title for one in pipeline.campaigns(look.view).groups if one.advice}
    return (
        answer if grid.customers else ["Nobody ordered in this period and these countries."],
        f"{words.count(grid.customers)} customers; scores come from all",
        rfm.cards(scored, grid.cells, rows, drawn, ideas, look),
    )


def _units(frame: Any) -> Any:
    """A frame to take along: money in units of the currency."""
    return frame.assign(revenue=frame["cents"] / 100).drop(columns="cents")


def _sizes_table(pipeline: Pipeline, look: Look) -> Any:
    named = pipeline.profiles(look.view).rows[["id", "name", "portrait"]]
    return _units(named.merge(pipeline.segment_sizes(look.view.but(segments=())).rows, on="id"))


TAB = Tab(
    slug="segments",
    order=60,
    label="Segments",
    icon="people",
    group="segment",
    question="Who are your customers?",
    layout=layout,
    register=register,
    options={"show": tuple(SHOW), "profile": tuple(PROFILE)},
    tables={
        "segments": _sizes_table,
        "map": lambda pipeline, look: people.mapped(pipeline.projection(look.view)),
        "spend": lambda pipeline, look: people.spent(pipeline.projection(look.view)),
        "portraits": lambda pipeline, look: profiles.in_units(pipeline.portraits(look.view).rows, "they", "all"),
        "heat": lambda pipeline, look: profiles.in_units(pipeline.heat(look.view).cells, "mean"),
        "boxes": lambda pipeline, look: profiles.in_units(
            pipeline.boxes(look.view).boxes, "low", "p5", "lower", "median", "upper", "p95", "high"
        ),
        "grid": lambda pipeline, look: _units(pipeline.rfm_grid(look.view.but(groups=())).cells),
        "groups": lambda pipeline, look: _units(
            groups.totals(pipeline.rfm_grid(look.view.but(groups=())).cells, pipeline.rfm_map(look.view).groups)
        ),
    },
    kinds=("transactions", "customers", "survey"),
    asks=("segment_sizes", "profiles", "portraits", "thresholds", "projection", "heat", "rfm_grid", "campaigns"),
)
