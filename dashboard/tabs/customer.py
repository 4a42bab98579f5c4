"""Why is this customer here? One customer: segment, reasons, what would move them, and their orders."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, html

from core.errors import NotEnoughDataError, ParameterError
from core.pipeline import Pipeline
from dashboard import ids, theme, words
from dashboard.components import customer, customer_features, customer_finding, customer_next, customer_words
from dashboard.components.basics import icon, link, segmented
from dashboard.components.cards import card, empty, graph, question, slot
from dashboard.figures import customers, timeline
from dashboard.figures.portrait import titled
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("customer")
ANSWER, FIND, PART = map(ns, ("answer", "find", "part"))
DRAW = {"orders": "Orders", "months": "Months", "total": "So far"}
LONGEST = 120


def layout() -> html.Div:
    return html.Div(
        [
            question(TAB.question, ANSWER),
            customer_finding.search(),
            html.Div([slot(ns("waiting-head"), height=140), slot(ns("waiting-body"), height=480)], id=PART,
                     className="stack"),
        ]
    )  # fmt: skip


def register(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output=dict(answer=Output(ANSWER, "children"), find=Output(FIND, "value"), part=Output(PART, "children")),
        inputs=dict(data=Input(ids.VIEW, "data")),
        prevent_initial_call=True,
    )
    def draw_customer(data: dict[str, str]) -> dict[str, Any]:
        look = Look.of(data)
        text = look.view.option("find")
        try:
            answer, part = _page(pipeline, look, text)
        except NotEnoughDataError as error:
            answer, part = [error.message], card(error.title, empty(error.message, error.hint))
        return dict(answer=answer, find=text, part=part)


def _page(pipeline: Pipeline, look: Look, text: str) -> tuple[Any, Any]:
    key = look.view.option("customer")
    one = pipeline.customer(look.view, key) if key else None
    found = pipeline.find_customers(look.view, key or text) if (key or text) and one is None else None
    if found and not key and found.total == 1 and found.how in ("id", "contact"):
        one = pipeline.customer(look.view, found.rows[0].key)
    if one is not None:
        names = {name.id: name for name in pipeline.segment_names(look.view)}
        said = customer_words.answer(one, {id: name.name for id, name in names.items()}, look.currency)
        return said, _customer(pipeline, one, names, look)
    begin = _begin(pipeline, look)
    if found:
        return [_nobody(found, key or text)], [customer_finding.matches(found, key or text, look), begin]
    return ["Look a customer up, or begin with one of these: why they are in their segment, what comes next for them, "
            "and the smallest change that would move them there."], begin  # fmt: skip


def _nobody(found: Any, text: str) -> str:
    if found.how in ("start", "id", "contact"):
        return f"{words.customers(found.total)} found for “{text}”."
    near = " These are spelled alike." if found.rows else ""
    return f"There is no customer “{text}” in what is analysed.{near}"


def _begin(pipeline: Pipeline, look: Look) -> Any:
    found, names = pipeline.customer_examples(look.view)
    return customer_finding.beginnings(
        customers.beginnings(found, pipeline.customer_label), names, pipeline.customer_key, look
    )


def _customer(pipeline: Pipeline, one: Any, names: dict[int, Any], look: Look) -> list[Any]:
    parts = [customer.head(one, names, look)]
    cards = []
    if one.why is not None:
        cards += [_features(one, names, look), _next(one, names, look)]
    elif one.known is not None:
        cards.append(_known(one, look))
    if one.timeline is not None:
        cards += [_scores(one, look), _timeline(one, look), _orders(one, look), _products(one, look)]
    if one.why is not None and (others := customers.told(one.why.others, money=look.money)):
        cards.append(_others(one, names, look, others))
    back = link([icon("arrow-left"), "Other customers"], look.href(customer=None, find=None), className="customer-back")
    return [*parts, html.Div(cards, className="grid"), back]


def _features(one: Any, names: dict[int, Any], look: Look) -> Any:
    own = names[one.why.segment].name
    after = "" if one.why.sureness == "apart" or not one.why.runner_up else names[one.why.runner_up].name
    headline = customers.headline(one.why.rows, own, after)
    many = f"; all {words.count(len(one.why.rows))} features" if len(one.why.rows) > 3 else ""
    return html.Div(
        card(
            headline, customer_features.features(one, names, look), how=customer_features.HOW_FEATURES,
            csv=look.download("features"),
            sub=f"What segments are learned from, the strongest reason first{many}",
        ),
        className="card-slot",
    )  # fmt: skip


def _known(one: Any, look: Look) -> Any:
    rows = customers.told(one.known, money=look.money)
    fill = link("Fill gaps with the middle", look.href(missing="median"))
    return html.Div(
        card("What is known of them", customer_features.known(rows, look), sub="Beside the averages of all customers",
             more=fill if one.lacking else None),
        className="card-slot",
    )  # fmt: skip


def _next(one: Any, names: dict[int, Any], look: Look) -> Any:
    wide = "seven card-slot" if one.timeline is not None else "card-slot"
    headline = customer_next.headline(one, names, look.currency)
    body = customer_next.body(one, names, look.currency)
    return html.Div(card(headline, body, sub="The smallest change that leads to another segment",
                         how=customer.HOW_MOVES), className=wide)  # fmt: skip


def _scores(one: Any, look: Look) -> Any:
    told = one.scores
    headline = f"Scores {told['r']}, {told['f']} and {told['m']} of 5"
    how = ("Recency, orders and spend, each scored from 1 to 5 by percentile among all customers; equal customers get "
           "equal scores. Recency and the rounded mean of the other two make one of eleven groups.")  # fmt: skip
    return html.Div(card(headline, customer.scores(one, look), sub="RFM scores and group", how=how),
                    className="five card-slot")  # fmt: skip


def _timeline(one: Any, look: Look) -> Any:
    past, how = one.timeline, look.view.option("draw", "orders")
    colour = theme.segment_colour(one.segment.colour) if one.segment else ""
    figure = timeline.chart(past, look.theme, look.currency, how=how, colour=colour, money=look.money)
    said = timeline.sentence(past, look.currency, money=look.money)
    sub = {"orders": "A bar an order; hatched: cancelled or returned", "months": "Net of what came back, by month",
           "total": "What they brought so far, net of what came back"}[how]  # fmt: skip
    return html.Div(
        card(timeline.headline(past), graph(ns("timeline"), figure, height=260, describe=said),
             sub=f"{sub}. Over the whole history, whatever the period", controls=segmented(look, "draw", DRAW, "Draw"),
             how="Every line at its own date, as the rules on the Data page keep it. An order counts unless it is a "
             "return or was wholly taken back later. Days between orders are those between days with an order; half "
             "of the gaps are longer.", csv=look.download("months" if how == "months" else "orders"),
             png=ns("timeline")),
        className="card-slot",
    )  # fmt: skip


def _orders(one: Any, look: Look) -> Any:
    worth = words.exact(int(one.timeline.orders["cents"].sum()), look.currency) if look.money else ""
    headline = f"They brought {worth}" if worth else f"{words.count(one.timeline.count)} orders"
    return html.Div(
        card(headline, html.Div(customer_next.orders(one, look), className="orders-scroll"),
             sub=customer_next.orders_sub(one), csv=look.download("orders")),
        className="seven card-slot",
    )  # fmt: skip


def _products(one: Any, look: Look) -> Any:
    past = one.timeline
    if past.products.empty:
        body = empty("The lines of this log name no products.", "Bring an export that does to see what they buy.")
        return html.Div(card("What they buy is not known", body), className="five card-slot")
    best = past.products.iloc[0]
    return html.Div(
        card(f"{titled(best['name'] or best['code'])} comes first", customer_next.products(one, look),
             sub=f"The products that brought most, of {words.count(past.kinds_of_product)} different ones",
             csv=look.download("products")),
        className="five card-slot",
    )  # fmt: skip


def _others(one: Any, names: dict[int, Any], look: Look, shown: list[Any]) -> Any:
    return html.Div(
        card("What else is known of them", customer_features.others(one.why, names, look, shown),
             sub="Segments are not learned from these; averages, and of categories the share that has theirs",
             csv=look.download("others")),
        className="card-slot",
    )  # fmt: skip


def _short(text: str) -> None:
    if len(text) > LONGEST:
        raise ParameterError(f"A customer id of {len(text):,} characters is too long.", "Search by its beginning.")


def _chosen(pipeline: Pipeline, look: Look) -> Any:
    """The customer of a link, for what can be taken along."""
    key = look.view.option("customer")
    if not key and (found := pipeline.find_customers(look.view, look.view.option("find"))).total == 1:
        key = found.rows[0].key
    one = pipeline.customer(look.view, key) if key else None
    if one is None:
        raise ParameterError(f"There is no customer {key[:40]!r}.", "Choose one on the page.")
    return one


TAB = Tab(
    slug="customer",
    order=75,
    label="One customer",
    icon="person-badge",
    group="follow",
    question="Why is this customer here?",
    layout=layout,
    register=register,
    options={"customer": _short, "find": _short, "draw": tuple(DRAW)},
    tables={
        "features": lambda pipeline, look: customers.features(_chosen(pipeline, look).why, money=look.money),
        "others": lambda pipeline, look: customers.others(_chosen(pipeline, look).why, money=look.money),
        "orders": lambda pipeline, look: timeline.listing(_chosen(pipeline, look).timeline, money=look.money),
        "months": lambda pipeline, look: timeline.in_units(_chosen(pipeline, look).timeline.months, money=look.money),
        "products": lambda pipeline, look: timeline.in_units(
            _chosen(pipeline, look).timeline.products, money=look.money
        ),
    },
    kinds=("transactions", "customers", "survey"),
)
