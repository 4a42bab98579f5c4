"""What could you offer them? Favourites, what is bought together, what is next, the price band, and when to write."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, html

from core.errors import NotEnoughDataError, ParameterError
from core.pipeline import Pipeline
from dashboard import ids, words
from dashboard.components import offers, portrait_tables
from dashboard.components import portrait_terms as terms
from dashboard.components.basics import link
from dashboard.components.cards import card, empty, question, slot
from dashboard.figures import offers as figures
from dashboard.figures.portrait import likes_headline, of, titled
from dashboard.state import Look
from dashboard.tab import Tab

ns = ids.namespace("offers")
ANSWER, WHO, NEXT, LIKES, PAIRS, PRICES, TIMES, MONTHS = map(
    ns, ("answer", "who", "next", "likes", "pairs", "prices", "times", "months")
)
MOST_LIKED, MOST_ASKED = 7, 5
WIDER = "Choose a longer period, or more customers."


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
            following=_next(pipeline, look, whose, chosen or names),
            likes=_likes(pipeline, look, names, chosen),
            pairs=_pairs(pipeline, look, whose),
            prices=_prices(pipeline, look),
            times=_times(pipeline, look),
            months=_months(pipeline, look),
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


def _next(pipeline: Pipeline, look: Look, whose: str, names: list[Any]) -> Any:
    if key := look.view.option("customer"):
        return _next_for(pipeline, look, key)
    found = pipeline.next_products(look.view)
    few = f"Fewer than five customers bought the same two of {words.count(found.known)} products."
    some = _some_customers(pipeline, look, {name.id for name in names})
    body = offers.following(found.rows, whose) if len(found.rows) else empty(few, WIDER)
    return card(
        figures.next_headline(found.rows),
        [body, offers.one_customer(pipeline, some, look) if some else None],
        sub=f"For {words.count(found.offered)} of {words.customers(found.customers)} the three that fit best, of what "
        "they have not bought",
        how=f"Learned from {words.customers(found.learned)} of the period and countries"
        f"{_every(found.learned_every)} and the {words.count(found.products)} products that most of them bought, of "
        f"{words.count(found.known)}. Two products are alike as far as the same customers bought them (cosine of who "
        "bought the one and who bought the other, from five customers with both on). A product fits a customer by the "
        "sum of its likeness to what they bought, where it is one of the twenty nearest (item-based recommendation, "
        f"Deshpande and Karypis 2004). It is looked up for {words.customers(found.customers)}{_every(found.every)}. "
        "“Because” is what leads to it for most of them, counted over all customers. Lift is that share by the share "
        "of all who bought it.",
        csv=look.download("next"),
    )


def _next_for(pipeline: Pipeline, look: Look, key: str) -> Any:
    try:
        rows = pipeline.next_for(look.view, key)
    except ParameterError as error:
        return card(error.message, empty(error.hint, "Customers are found on the page Customer."),
                    sub=offers.customer_face(key, look))  # fmt: skip
    nothing = empty("Nothing they bought goes with other products surely enough.", WIDER)
    headline = f"Next for them: {titled(dict(rows.iloc[0])['name'])}" if len(rows) else "Nothing stands out for them"
    return card(
        headline,
        offers.following(rows, "one customer", single=True) if len(rows) else nothing,
        sub=offers.customer_face(key, look),
        how="What they have not bought, by the sum of its likeness to what they bought in the period; see the same "
        "card for all customers.",
        csv=look.download("customer"),
    )


def _some_customers(pipeline: Pipeline, look: Look, ids_: set[int]) -> list[str]:
    """Typical customers of the segments that are looked at."""
    try:
        rows = pipeline.typical(look.view).rows
    except NotEnoughDataError:
        return []
    mine = rows[rows["id"].isin(ids_)].sort_values("rank", kind="stable")
    return [str(each) for each in mine["customer_id"].head(MOST_ASKED)]


def _likes(pipeline: Pipeline, look: Look, names: list[Any], chosen: list[Any]) -> Any:
    try:
        found = pipeline.favourites(look.view)
    except NotEnoughDataError as error:
        return card("Favourites need segments", empty(error.message, error.hint))
    if len(chosen) != 1:
        return card(
            "What each segment likes more than others do",
            offers.liked_by_each(found.rows, chosen or names, look),
            sub="Surest favourites; choose a segment to see more",
            how=terms.LIFT,
            csv=look.download("favourites"),
        )
    (name,) = chosen
    rows, base = of(found.rows, name.id), int(of(found.bases, name.id)["buyers"].iloc[0])
    nothing = empty(
        f"None of {words.count(found.tested)} products is clearly more frequent here than elsewhere.", WIDER
    )
    return card(
        likes_headline(rows, name.name, product=True),
        portrait_tables.favourites(rows.head(MOST_LIKED), "Product", name, coded=True) if len(rows) else nothing,
        sub=f"Share of its {words.count(base)} buyers by that of all; the surest first",
        how=terms.LIFT,
        csv=look.download("favourites"),
    )


def _pairs(pipeline: Pipeline, look: Look, whose: str) -> Any:
    found = pipeline.bought_together(look.view)
    few = f"{_orders(found.baskets)}; {words.count(found.met)} pairs stand in {found.fewest} or more of them."
    return card(
        figures.together_headline(found.rows),
        offers.pairs(found.rows, whose) if len(found.rows) else empty(few, WIDER),
        sub=f"Bought together in {_orders(found.baskets)}{_every(found.every)}; the surest pairs first",
        how=f"Pairs of the {words.count(found.products)} products that most orders hold, of {words.count(found.known)}"
        f", in the same order, from {found.fewest} orders on; what was returned as such is left out. Support is the "
        "share of all orders that hold both, confidence (“how often”) the share of the orders with the first that hold "
        "the second too, lift that share by the share of all orders that hold the second. Shown are only those with a "
        "lift above 1 even at the lower end of its interval (Wilson, 95 % over all pairs at once, after Bonferroni); "
        "that lower end is the order. The CSV has up to fifty pairs, with support and both confidences.",
        csv=look.download("together"),
    )


def _prices(pipeline: Pipeline, look: Look) -> Any:
    if not look.money:
        return card("What they pay is not known", empty("This log says nothing of money.", "Bring a file with prices."))
    rows = pipeline.price_band(look.view)
    some = bool(rows["number"].sum())
    return card(
        figures.price_headline(rows, look.currency),
        offers.prices(rows, look, beside=bool(look.view.segments or look.view.groups)) if some
        else empty("No orders with a price here.", WIDER),
        sub="Price band: a quarter pays less than the lower figure, a quarter more than the upper",
        how="Each bought line counts once with the price of a piece, however many pieces; each order that counts with "
        "its value. Lines that were returned or cost nothing are left out.",
        csv=look.download("prices"),
    )  # fmt: skip


def _times(pipeline: Pipeline, look: Look) -> Any:
    found, parts = pipeline.sending(look.view), []
    for part, head, ticks in (
        ("weekday", "Weekday", [day[:2] for day in words.WEEKDAYS]),
        ("hour", "Hour", [str(hour) if hour % 6 == 0 else "" for hour in range(24)]),
    ):
        rows = found.times[found.times["part"] == part].to_dict("records")
        told = "; ".join(f"{row['label']}: {words.percent(row['share'])} of orders" for row in rows if row["orders"])
        why = found.why(part)
        drawn = html.P(why) if why else offers.columns(rows, "share", told, ticks)
        parts.append(html.Div([html.H3(head), drawn]))
    return card(
        figures.sending_headline(found),
        html.Div(parts, className="offer-times"),
        sub=f"When they order, share of {_orders(found.orders)} by weekday and hour",
        how="Dark are the day and the hour with most orders, and those that cannot be told from them (a difference "
        "under 1.96 standard errors). Times are those of the file. When somebody orders is no proof of when they "
        "read: try it before you rely on it.",
        csv=look.download("times"),
    )


def _months(pipeline: Pipeline, look: Look) -> Any:
    rows, why = pipeline.best_months(look.view)
    if why:
        return card(figures.months_headline(rows, why), empty(why, "Bring a log of a year or more."))
    records = rows.to_dict("records")
    told = "; ".join(f"{row['label']}: {words.decimal(row['index'], 2)}" for row in records)
    once = "Each month was seen once: a good month, not yet a season. " if rows["years"].max() == 1 else ""
    return card(
        figures.months_headline(rows, why),
        offers.columns(records, "index", told, [row["label"][0] for row in records], line=1.0),
        sub="Seasonal index of their own orders; dashed: an average month",
        how=f"{once}Revenue a day of each calendar month by the mean of all, over the whole history whatever the "
        "period; see Seasons. Dark is a tenth above average or more. A segment that is made by when it last ordered "
        "has its months from that too.",
        csv=look.download("months"),
    )


def _orders(number: int) -> str:
    return "1 order" if number == 1 else f"{words.count(number)} orders"


def _every(every: int) -> str:
    return f" (one in {every}, by chance)" if every > 1 else ""


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
