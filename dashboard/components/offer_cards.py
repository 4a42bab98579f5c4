"""The cards on what to offer whom: what is next, favourites, what is bought together, and the price band."""

from __future__ import annotations

from typing import Any

from core.errors import NotEnoughDataError, ParameterError
from core.pipeline import Pipeline
from dashboard import words
from dashboard.components import offers, portrait_tables
from dashboard.components import portrait_terms as terms
from dashboard.components.cards import card, empty
from dashboard.components.offers import WIDER, every, orders
from dashboard.figures import offers as figures
from dashboard.figures.portrait import likes_headline, of, titled
from dashboard.state import Look

MOST_LIKED, MOST_ASKED = 7, 5


def next_card(pipeline: Pipeline, look: Look, whose: str, names: list[Any]) -> Any:
    """What they have not bought yet and probably would; of one customer where one was chosen."""
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
        f"{every(found.learned_every)} and the {words.count(found.products)} products that most of them bought, of "
        f"{words.count(found.known)}. Two products are alike as far as the same customers bought them (cosine of who "
        "bought the one and who bought the other, from five customers with both on). A product fits a customer by the "
        "sum of its likeness to what they bought, where it is one of the twenty nearest (item-based recommendation, "
        f"Deshpande and Karypis 2004). It is looked up for {words.customers(found.customers)}{every(found.every)}. "
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


def likes_card(pipeline: Pipeline, look: Look, names: list[Any], chosen: list[Any]) -> Any:
    """Favourites: of each segment, or more of the one that was chosen."""
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


def pairs_card(pipeline: Pipeline, look: Look, whose: str) -> Any:
    """What is bought together in one order."""
    found = pipeline.bought_together(look.view)
    few = f"{orders(found.baskets)}; {words.count(found.met)} pairs stand in {found.fewest} or more of them."
    return card(
        figures.together_headline(found.rows),
        offers.pairs(found.rows, whose) if len(found.rows) else empty(few, WIDER),
        sub=f"Bought together in {orders(found.baskets)}{every(found.every)}; the surest pairs first",
        how=f"Pairs of the {words.count(found.products)} products that most orders hold, of {words.count(found.known)}"
        f", in the same order, from {found.fewest} orders on; what was returned as such is left out. Support is the "
        "share of all orders that hold both, confidence (“how often”) the share of the orders with the first that hold "
        "the second too, lift that share by the share of all orders that hold the second. Shown are only those with a "
        "lift above 1 even at the lower end of its interval (Wilson, 95 % over all pairs at once, after Bonferroni); "
        "that lower end is the order. The CSV has up to fifty pairs, with support and both confidences.",
        csv=look.download("together"),
    )


def prices_card(pipeline: Pipeline, look: Look) -> Any:
    """What they pay for a piece and for an order."""
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
