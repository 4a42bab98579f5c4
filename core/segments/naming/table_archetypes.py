"""The kinds of segment of a customer table that have a name; see :mod:`core.segments.naming.archetypes`.

Ideals are in standard deviations between customers away from everyone, by what a column measures: ``spend``,
``income``, ``orders``, purchases on the ``web``, in a ``store``, by ``catalog`` and on ``deals``, ``visits`` to the
website, ``recency`` (more is longer ago), ``age``, ``children``, campaigns ``accepted``; ``best`` is 1 for the segment
that spends most, ``few`` for one of a third of the customers at most. Traits that a table does not know do not count;
a claim that it does not know does not hold, unless it ends with ``?``.
"""

from __future__ import annotations

from core.segments.naming.archetypes import Archetype

TABLE_ARCHETYPES = (
    Archetype(
        "vips", "VIPs", (0,),
        {"spend": 1.3, "income": 1.2, "orders": 1.0, "visits": -1.2, "web": 0.2, "store": 0.8, "catalog": 1.1,
         "children": -0.9, "accepted": 0.6, "best": 1},
        "", ("spend", "income?", "few"),
    ),
    Archetype(
        "digital-enthusiasts", "Digital enthusiasts", (1,),
        {"web": 1.3, "visits": 0.35, "spend": 0.45, "income": 0.35, "orders": 0.8, "store": 0.65, "deals": 0.6,
         "catalog": 0.3, "best": 0},
        "", ("web",),
    ),
    Archetype(
        "casual-shoppers", "Casual shoppers", (2,),
        {"spend": -0.6, "web": -0.55, "visits": -0.5, "income": -0.15, "store": -0.25, "catalog": -0.4, "orders": -0.6,
         "children": 0.3},
        "", ("-spend", "-visits?", "-web?"),
    ),
    Archetype(
        "browsers-without-conversion", "Browsers without conversion", (3,),
        {"visits": 0.8, "spend": -0.85, "web": -0.7, "income": -0.9, "store": -0.8, "catalog": -0.7, "orders": -0.9,
         "children": 0.3},
        "", ("visits", "-spend", "-web?"),
    ),
    Archetype("deal-seekers", "Deal seekers", (5,), {"deals": 1.3, "spend": -0.2, "children": 0.6}, "", ("deals",)),
    Archetype("catalogue-buyers", "Catalogue buyers", (4,), {"catalog": 1.4, "spend": 0.7}, "", ("catalog",)),
    Archetype("store-shoppers", "Store shoppers", (7,), {"store": 1.1, "web": -0.1, "visits": -0.4}, "", ("store",)),
    Archetype(
        "families-on-a-budget", "Families on a budget", (8,),
        {"children": 1.0, "spend": -0.7, "income": -0.5, "deals": 0.3}, "", ("children", "-spend"),
    ),
    Archetype(
        "campaign-responders", "Campaign responders", (9,), {"accepted": 1.8, "spend": 0.9}, "", ("accepted",)
    ),
    Archetype(
        "lapsed-low-spenders", "Lapsed low spenders", (6, 3),
        {"recency": 0.9, "spend": -0.8, "income": -0.6, "web": -0.6, "store": -0.7, "visits": 0.4, "orders": -0.8},
        "", ("recency", "-spend"),
    ),
    Archetype(
        "recent-low-spenders", "Recent low spenders", (2, 8),
        {"recency": -0.9, "spend": -0.8, "income": -0.6, "web": -0.6, "store": -0.7, "visits": 0.4, "orders": -0.8},
        "", ("-recency", "-spend"),
    ),
    Archetype(
        "lapsing-high-spenders", "Lapsing high spenders", (4, 8),
        {"recency": 0.9, "spend": 1.0, "income": 0.8, "visits": -0.7, "store": 0.7}, "", ("recency", "spend"),
    ),
    Archetype(
        "recent-high-spenders", "Recent high spenders", (0, 1),
        {"recency": -0.9, "spend": 1.0, "income": 0.8, "visits": -0.7, "store": 0.7}, "", ("-recency", "spend"),
    ),
    Archetype(
        "well-off-low-spenders", "Well-off, spending little", (7, 9), {"income": 0.9, "spend": -0.9}, "",
        ("income", "-spend"),
    ),
    Archetype(
        "eager-spenders", "Big spenders on a small income", (9, 1), {"income": -0.9, "spend": 0.9}, "",
        ("-income", "spend"),
    ),
    Archetype(
        "budget-shoppers", "Budget shoppers", (6, 5), {"income": -0.95, "spend": -0.95, "visits": 0.0, "web": -0.4}, "",
        ("-income", "-spend"),
    ),
    Archetype(
        "high-spenders", "High spenders", (4, 0),
        {"spend": 0.9, "income": 0.8, "orders": 0.8, "visits": -0.6}, "", ("spend",),
    ),
    Archetype("low-spenders", "Low spenders", (6, 3), {"spend": -0.8}, "", ("-spend",)),
)  # fmt: skip
