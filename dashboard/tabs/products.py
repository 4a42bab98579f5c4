"""What do your customers buy? Best sellers, how revenue piles up, each product's season, returns."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, html

from core.pipeline import Pipeline
from dashboard import ids, words
from dashboard.components.basics import link, meter, segmented
from dashboard.components.cards import card, empty, graph, question, slot
from dashboard.components.keyfigures import delta
from dashboard.components.tables import heat_cell, table
from dashboard.figures import products
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("products")
ANSWER, BEST, PILE, SEASONS, RETURNS = map(ns, ("answer", "best", "pile", "seasons", "returns"))
LENGTHS = ("20", "100")


def layout() -> html.Div:
    return html.Div(
        [
            question(TAB.question, ANSWER),
            html.Div(
                [
                    slot(BEST, height=760),
                    slot(SEASONS, height=480),
                    slot(PILE, className="half", height=420),
                    slot(RETURNS, className="half", height=420),
                ],
                className="grid",
            ),
        ]
    )


def register(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output=dict(
            answer=Output(ANSWER, "children"),
            best=Output(BEST, "children"),
            pile=Output(PILE, "children"),
            seasons=Output(SEASONS, "children"),
            returns=Output(RETURNS, "children"),
        ),
        inputs=dict(data=Input(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def draw_products(data: dict[str, str]) -> dict[str, Any]:
        look = Look.of(data)
        found = pipeline.products(look.view)
        return dict(
            answer=_answer(found, look),
            best=_best(found, look),
            pile=_pile(found, look),
            seasons=_seasons(_best_seasons(pipeline, look), look),
            returns=_returns(found, look),
        )


def _answer(found: Any, look: Look) -> list[Any]:
    if found.rows.empty:
        return ["Nothing was sold in this period."]
    if not look.money:
        top = products.best(found.rows, _by(look), 1).iloc[0]
        best = html.Strong(str(top["name"]).title())
        return [best, " sells best. This log says nothing of money, so units and buyers are counted."]
    first = found.classes.iloc[0]
    top = found.rows.iloc[0]
    return [
        html.Strong(words.count(first["products"])), f" of {words.count(len(found.rows))} products bring ",
        html.Strong(words.percent(first["share"], 0)), " of revenue. The best seller is ",
        html.Strong(str(top["name"]).title()), f" with {words.percent(top['share'])}.",
    ]  # fmt: skip


def _by(look: Look) -> str:
    asked = look.view.option("rank", "revenue")
    return asked if look.money or asked != "revenue" else "quantity"


def _length(look: Look) -> int:
    return int(look.view.option("show", LENGTHS[0]))


def _best(found: Any, look: Look) -> Any:
    by = _by(look)
    rows = products.best(found.rows, by, _length(look))
    if rows.empty:
        return card("Nothing was sold", empty("No products in this period.", "Choose another period or filter."))
    longest = max(float(rows[by].max()), 1)
    lines = [
        [
            html.Span([str(row.name), html.Small(str(row.code))], className="product"),
            html.Span(html.Span(row.abc, className=f"abc {row.abc}")),
            html.Div(
                [meter(max(getattr(row, by), 0) / longest), html.Span(_amount(row, by, look))], className="bar-cell"
            ),
            words.percent(row.share),
            words.count(row.quantity),
            words.count(row.buyers),
            words.money(row.price, look.currency) if look.money else words.DASH,
            words.percent(row.return_rate) if found.returns_kept else words.DASH,
            words.MONTHS[int(row.peak_month) - 1][:3] if row.peak_month else words.DASH,
            delta(None if row.growth != row.growth else row.growth),
        ]
        for row in rows.itertuples()
    ]
    ranks = {**({"revenue": "Revenue"} if look.money else {}), "quantity": "Units", "buyers": "Buyers"}
    measure = products.NAMES[by].capitalize()
    head = ["Product", "Class", measure, "Of revenue", "Units", "Buyers", "Paid for one", "Returned", "Peak", "Change"]
    top = rows.iloc[0]
    longer = LENGTHS[1] if look.view.option("show", LENGTHS[0]) == LENGTHS[0] else LENGTHS[0]
    more = link(f"Show {longer}", look.href(show=longer))
    return card(
        f"{str(top['name']).title()} leads by {products.NAMES[by]}",
        table(head, lines, caption=f"Best sellers by {products.NAMES[by]}", numeric={3, 4, 5, 6, 7}, className="best"),
        sub=f"The first {len(rows)} of {words.count(len(found.rows))} products by {products.NAMES[by]}",
        controls=segmented(look, "rank", ranks, "Rank by", now=by),
        how="Units are net of returns where the receipt keeps them. Buyers are distinct customers. Class A are the "
        "products that bring the first 80 % of revenue, B those up to 95 %, C the rest. Peak is the calendar month "
        "with the largest average revenue, over full months. Change: the spans that the overview compares.",
        csv=look.download("best"),
        more=more,
    )


def _amount(row: Any, by: str, look: Look) -> str:
    return words.money(row.revenue, look.currency) if by == "revenue" else words.count(getattr(row, by))


def _pile(found: Any, look: Look) -> Any:
    if found.rows.empty:
        return card("Nothing was sold", empty("No products in this period.", "Choose another period or filter."))
    if not look.money:
        why = empty(
            "This log says nothing of money.", "Bring a file with prices or amounts to see which products carry it."
        )
        return card("Which products carry the shop is not known", why)
    first = found.classes.iloc[0]
    headline = f"{words.count(first['products'])} products bring the first 80 % of revenue"
    rows = [[row.abc, words.count(row.products), words.percent(row.share)] for row in found.classes.itertuples()]
    return card(
        headline,
        [
            graph(ns("pile-graph"), products.pile(found.rows, look.theme), height=240, describe=headline),
            table(["Class", "Products", "Revenue"], rows, caption="Classes", numeric={1, 2}),
        ],
        sub="ABC analysis: share of revenue over the products",
        how="Products are sorted by revenue and their shares added up. A product with more returns than sales is C.",
        csv=look.download("classes"),
        png=ns("pile-graph"),
    )


def _best_seasons(pipeline: Pipeline, look: Look) -> Any:
    rows = products.best(pipeline.products(look.view).rows, _by(look), 12)
    return pipeline.product_seasons(look.view, tuple(rows["code"]))


def _seasons(found: Any, look: Look) -> Any:
    rows = [
        [html.Span(name, className="product"), *[heat_cell(value, 1, 1, words.decimal(value)) for value in values]]
        for name, values in products.seasons(found.index)
    ]
    head = ["Product", *[month[:3] for month in words.MONTHS]]
    return card(
        products.season_sentence(found.index),
        table(
            head, rows, caption="Seasonal index by product and month", numeric=set(range(1, 13)), className="month-heat"
        )
        if rows
        else empty("No season can be seen yet.", "It takes full months of sales."),
        sub=f"Seasonal index of the first {len(rows)} products: 1.0 is its average month. Stock can follow it",
        how="Revenue of each calendar month over the product's average month, from full months only"
        + (", with the trend taken out." if found.adjusted else "; the log is too short to take out a trend."),
        csv=look.download("seasons"),
    )


def _returns(found: Any, look: Look) -> Any:
    if not found.returns_kept:
        return card(
            "Returns are left out",
            empty("The receipt drops returned lines, so none can be seen here.",
                  "Choose “net of returns” in the bar above."),
        )  # fmt: skip
    often = products.returned(found.rows)
    if often.empty:
        return card("Hardly anything comes back", empty("No product of 20 or more units was returned.", "Good."))
    rows = [
        [html.Span([str(row.name), html.Small(str(row.code))], className="product"), words.count(row.sold),
         words.count(row.returned), words.percent(row.return_rate)]
        for row in often.itertuples()
    ]  # fmt: skip
    worth = words.money(found.returned_cents, look.currency)
    return card(
        f"{words.percent(found.return_rate)} of units come back{f', {worth} worth' if look.money else ''}",
        table(["Product", "Sold", "Returned", "Share"], rows, caption="Most returned products", numeric={1, 2, 3}),
        sub="The products that come back most often, of those that sold 20 units or more",
        how="Returned units in the period over units sold in it. A return of something sold earlier counts here too, "
        "so a share can pass 100 %.",
        csv=look.download("returns"),
    )


def _units(frame: Any) -> Any:
    money = [name for name in ("revenue", "price", "returned_cents") if name in frame]
    return frame.assign(**{name: frame[name] / 100 for name in money}).rename(
        columns={"returned_cents": "returned_money"}
    )


TAB = Tab(
    slug="products",
    order=40,
    label="Products",
    icon="box-seam",
    group="understand",
    question="What do your customers buy?",
    layout=layout,
    register=register,
    options={"rank": products.RANKS, "show": LENGTHS},
    tables={
        "best": lambda pipeline, look: _units(
            products.best(pipeline.products(look.view).rows, _by(look), _length(look))
        ),
        "classes": lambda pipeline, look: _units(pipeline.products(look.view).classes),
        "seasons": lambda pipeline, look: _best_seasons(pipeline, look).index,
        "returns": lambda pipeline, look: _units(products.returned(pipeline.products(look.view).rows)),
    },
    needs="products",
    lacks=(
        "A {kind} says what each customer is like, not what stood on each receipt. Bring an order log with "
        "products, or join one."
    ),
    asks=("products",),
)
