"""The kinds of segment that have a name: what each looks like against the average customer, and its portrait.

An ideal gives a few traits of the kind: ``value`` (spend), ``orders``, ``silence`` (days since the last order),
``basket`` (spend an order) and ``price`` (paid an item) in doublings of the average of all, so −1 is half and 2 four
times as much; ``once`` (ordered only once) and ``fresh`` (first order in the last 90 days) as shares above that of
all; ``best`` 1 for the segment that spends most a head; ``rare`` from 0 at 5 % of all customers or more to 1.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Archetype:
    """A kind of segment: slug, label, colour slots in order of preference, ideal traits, two sentences.

    ``must`` holds what the name claims: traits that have to stand above the average (or below, with ``-``).
    """

    slug: str
    label: str
    colours: tuple[int, ...]
    ideal: dict[str, float]
    portrait: str
    must: tuple[str, ...] = ()


ARCHETYPES = (
    Archetype(
        "champions", "Champions", (0,),
        {"value": 2.0, "orders": 1.7, "silence": -2.5, "best": 1, "rare": 0},
        "They order {orders} times each and spend {value}. {share} of customers, they bring {revenue} of revenue.",
        ("value", "orders", "-silence"),
    ),
    Archetype(
        "top-accounts", "Top accounts", (0, 4),
        {"value": 5.0, "orders": 3.5, "silence": -2.5, "best": 1, "rare": 1},
        "{customers} buying like wholesalers: {orders} orders each, spending {value}. "
        "They alone bring {revenue} of revenue.",
        ("value", "orders"),
    ),
    Archetype(
        "steady-buyers", "Steady buyers", (1,),
        {"value": -0.2, "orders": -0.1, "silence": -0.6, "once": -0.2, "best": 0},
        "{orders} orders each on average, the last about {recency} ago. They spend {value}.",
    ),
    Archetype(
        "newcomers", "Newcomers", (2,),
        {"value": -1.7, "orders": -1.0, "silence": -2.0, "fresh": 0.35},
        "{new} arrived in the last 90 days. {orders} orders each so far, and they spend {value}.",
        ("fresh", "-silence"),
    ),
    Archetype(
        "gone-quiet", "Gone quiet", (3,),
        {"value": -2.2, "orders": -1.5, "silence": 1.1, "once": 0.35},
        "Last heard of about {recency} ago. {once} ordered only once.",
        ("silence",),
    ),
    Archetype(
        "high-value-regulars", "High-value regulars", (2, 4),
        {"value": 2.3, "orders": 2.0, "silence": -2.0, "best": 0},
        "Well above average: {orders} orders each, the last about {recency} ago. They spend {value}.",
        ("value", "orders"),
    ),
    Archetype(
        "key-accounts", "Key accounts", (4, 7),
        {"value": 4.3, "orders": 2.9, "silence": -2.0, "basket": 1.3, "best": 0, "rare": 0.9},
        "{customers} buying a lot: {orders} orders each, spending {value}. They bring {revenue} of revenue.",
        ("value", "orders"),
    ),
    Archetype(
        "non-stop-buyers", "Non-stop buyers", (9, 8),
        {"value": 4.8, "orders": 5.0, "silence": -4.0, "basket": 0.0, "best": 0, "rare": 1},
        "{customers} ordering all the time: {orders} orders each, the last about {recency} ago. They spend {value}.",
        ("orders", "-silence"),
    ),
    Archetype(
        "loyal-regulars", "Loyal regulars", (5,),
        {"value": 0.7, "orders": 0.8, "silence": -1.3, "best": 0, "once": -0.3},
        "They come back: {orders} orders each, the last about {recency} ago. They spend {value}.",
        ("orders", "-silence"),
    ),
    Archetype(
        "at-risk-regulars", "At-risk regulars", (8,),
        {"value": 0.2, "orders": 0.2, "silence": 1.0, "once": -0.3},
        "They used to order, {orders} times each. The last order was about {recency} ago.",
        ("silence",),
    ),
    Archetype(
        "lapsed-one-time-buyers", "Lapsed one-time buyers", (6, 3),
        {"value": -2.7, "orders": -2.1, "silence": 1.4, "once": 0.6},
        "{once} ordered only once, about {recency} ago. They spent {value}.",
        ("silence", "once"),
    ),
    Archetype(
        "first-time-buyers", "First-time buyers", (4, 2),
        {"value": -2.6, "orders": -2.1, "silence": -1.3, "once": 0.6, "fresh": 0.4},
        "{once} have ordered once so far, {new} of them all in the last 90 days. They spend {value}.",
        ("once",),
    ),
    Archetype(
        "big-basket-occasionals", "Big-basket occasionals", (7, 4),
        {"value": 0.4, "orders": -0.9, "silence": 0.2, "basket": 1.3},
        "They come seldom, {orders} orders each, and buy a lot: an order is {basket}. The last was {recency} ago.",
        ("basket", "-orders"),
    ),
    Archetype(
        "small-basket-regulars", "Small-basket regulars", (5, 9),
        {"value": -0.4, "orders": 0.6, "silence": -1.0, "basket": -1.0},
        "They come often, {orders} orders each, for little: an order is {basket}. The last was about {recency} ago.",
        ("orders", "-basket"),
    ),
    Archetype(
        "bargain-shoppers", "Low-frequency bargain shoppers", (9,),
        {"value": -1.8, "orders": -1.0, "silence": 0.0, "price": -0.8, "basket": -0.8},
        "They pay {price} an item and order {orders} times each. An order is {basket}.",
        ("-price", "-orders"),
    ),
    Archetype(
        "premium-buyers", "Premium-price buyers", (8, 7),
        {"value": 0.2, "orders": -0.3, "silence": 0.0, "price": 1.2},
        "They pay {price} an item. {orders} orders each, the last about {recency} ago.",
        ("price",),
    ),
    Archetype(
        "occasional-buyers", "Occasional buyers", (7,),
        {"value": -1.0, "orders": -0.8, "silence": -0.2, "once": 0.0},
        "{orders} orders each, the last about {recency} ago. They spend {value}.",
        ("-orders",),
    ),
    Archetype(
        "cooling-off", "Cooling off", (6, 9, 7),
        {"value": -0.6, "orders": -0.5, "silence": 0.5, "once": -0.1},
        "They ordered {orders} times each and begin to stay away: the last was {recency} ago. They spent {value}.",
        ("silence",),
    ),
    Archetype(
        "bulk-orders", "One-off bulk orders", (9, 7),
        {"value": 5.0, "orders": -1.0, "basket": 5.0, "rare": 1},
        "{customers} placed huge orders: an order is {basket}. {orders} orders each, the last about {recency} ago.",
        ("basket",),
    ),
    Archetype(
        "lost-big-spenders", "Lost big spenders", (9, 6),
        {"value": 1.3, "orders": -0.2, "silence": 1.3, "basket": 1.3},
        "They spent {value}, an order being {basket}. The last was about {recency} ago.",
        ("silence", "value"),
    ),
)  # fmt: skip
