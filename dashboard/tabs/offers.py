"""What could you offer them? Favourites, what is bought together, what is next, the price band, and when to write."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, html

from core.pipeline import Pipeline
from dashboard import ids, words
from dashboard.components import offer_cards, offer_times, offers
from dashboard.components.basics import link
from dashboard.components.cards import question, slot
from dashboard.components.offers import WIDER
from dashboard.figures.portrait import titled
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("offers")
ANSWER, WHO, NEXT, LIKES, PAIRS, PRICES, TIMES, MONTHS = map(
    ns, ("answer", "who", "next", "likes", "pairs", "prices", "times", "months")
)


def layout() -> html.Div:
    above = [slot(LIKES, height=420), slot(PRICES, height=220)]
    below = [slot(TIMES, height=300), slot(MONTHS, height=280)]
    cards = [
        slot(NEXT, className="seven", height=660), html.Div(above, className="five stacked"),
        slot(PAIRS, className="seven", height=600), html.Div(below, className="five stacked"),
    ]  # fmt: skip
    return html.Div([question(TAB.question, ANSWER), html.Div(id=WHO), html.Div(cards, className="grid")])


def register(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output=dict(
            answer=Output(ANSWER, "children"),
            who=Output(WHO, "children"),
            following=Output(NEXT, "children"),
            likes=Output(LIKES, "children"),
            pairs=Output(PAIRS, "children"),
            prices=Output(PRICES, "children"),
            times=Output(TIMES, "children"),
            months=Output(MONTHS, "children"),
        ),
        inputs=dict(data=Input(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def draw_offers(data: dict[str, str]) -> dict[str, Any]:
        look = Look.of(data)
        names = pipeline.segment_names(look.view)
        chosen = [name for name in names if name.id in look.view.segments]
        whose = " and ".join(name.name for name in chosen) or "All customers"
        return dict(
            answer=_answer(pipeline, look, whose),
            who=offers.picker(names, look),
            following=offer_cards.next_card(pipeline, look, whose, chosen or names),
            likes=offer_cards.likes_card(pipeline, look, names, chosen),
            pairs=offer_cards.pairs_card(pipeline, look, whose),
            prices=offer_cards.prices_card(pipeline, look),
            times=offer_times.times_card(pipeline, look),
            months=offer_times.months_card(pipeline, look),
        )


def _planned(look: Look, offer: str) -> list[Any]:
    return [" ", link("Plan a campaign with it", look.href("planner", offer=offer)), "."]


def _answer(pipeline: Pipeline, look: Look, whose: str) -> list[Any]:
    found, together = pipeline.next_products(look.view), pipeline.bought_together(look.view)
    if not found.customers:
        return ["Nobody bought anything here. ", WIDER]
    if found.rows.empty:
        return [html.Strong(whose), f": {words.customers(found.customers)} bought something, but too few bought the "
                "same products to say what goes with what."]  # fmt: skip
    first = dict(found.rows.iloc[0])
    said = [
        html.Strong(whose), ": offer ", html.Strong(titled(first["name"])),
        f" to the {words.customers(first['customers'])} who have not bought it yet, though customers like them did. ",
    ]  # fmt: skip
    offer = titled(first["name"])
    if together.rows.empty:
        return [*said, *_planned(look, offer)]
    pair = dict(together.rows.iloc[0])
    return [*said, "Offer ", html.Strong(titled(pair["then_name"])), " with ", html.Strong(titled(pair["name"])),
            f": {words.percent(pair['confidence'], 0)} of the orders with the one hold the other.",
            *_planned(look, f"{offer}; or {titled(pair['then_name'])} with {titled(pair['name'])}")]  # fmt: skip


def _price_table(pipeline: Pipeline, look: Look) -> Any:
    rows = pipeline.price_band(look.view)
    amounts = [f"{who}{each}" for who in ("", "all_") for each in ("low", "middle", "high")]
    return rows.assign(**{name: rows[name] / 100 for name in amounts})


def _favourite_table(pipeline: Pipeline, look: Look) -> Any:
    rows = pipeline.favourites(look.view).rows
    return rows[rows["id"].isin(look.view.segments)] if look.view.segments else rows


TAB = Tab(
    slug="offers",
    order=86,
    label="What to offer",
    icon="gift",
    group="act",
    question="What could you offer them?",
    layout=layout,
    register=register,
    options={"customer": None},
    tables={
        "next": lambda pipeline, look: pipeline.next_products(look.view).rows,
        "customer": lambda pipeline, look: pipeline.next_for(look.view, look.view.option("customer")),
        "favourites": _favourite_table,
        "together": lambda pipeline, look: pipeline.bought_together(look.view).rows,
        "prices": _price_table,
        "times": lambda pipeline, look: pipeline.sending(look.view).times,
        "months": lambda pipeline, look: pipeline.best_months(look.view)[0],
    },
    needs="products",
    asks=("favourites", "typical"),
)
