"""Whom a campaign is for, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.campaigns import guide
from core.campaigns.audience import Filters
from core.campaigns.targeting.who import Part, Who

CONSENT = {"yes": "agreed to be written to", "asked": "asked whether they may be written to"}
MOST = 3


@dataclass(frozen=True)
class Names:
    """How segments (by id), RFM groups (by slug) and products (by code) are called, and the currency of spend."""

    segments: Mapping[int, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    products: Mapping[str, str] = field(default_factory=dict)
    currency: str = ""


def conditions(part: Part, names: Names) -> dict[str, str]:
    """Every condition of a part in words, by the name of the field that asks for it.

    Examples
    --------
    >>> conditions(Part(countries=("France",), products=("A", "B"), consent="yes"), Names(products={"A": "TEA SET"}))
    {'countries': 'in France', 'products': 'bought TEA SET or B', 'consent': 'agreed to be written to'}
    """
    filters = Filters(part.segments, part.groups, part.recency, part.orders, part.spend)
    found = guide.conditions(filters, part.countries, dict(names.segments), dict(names.groups), names.currency)
    if part.products:
        called = tuple(names.products.get(code, code) for code in part.products)
        more = len(called) - MOST
        found["products"] = f"bought {guide.either((*called[:MOST], f'{more} more') if more > 0 else called)}"
    if part.consent:
        found["consent"] = CONSENT[part.consent]
    return {name: " ".join(words.split()) for name, words in found.items()}


def sentence(who: Who, names: Names) -> str:
    """An audience as a part of a sentence.

    Examples
    --------
    >>> france, germany = Part(countries=("France",), consent="yes"), Part(countries=("Germany",))
    >>> sentence(Who((france, germany)), Names())
    '(in France and agreed to be written to) or in Germany'
    >>> sentence(Who((), (germany,)), Names()), sentence(Who(), Names())
    ('all customers, but not in Germany', 'all customers')
    """
    include, exclude = (" or ".join(_together(part, names) for part in side) for side in (who.include, who.exclude))
    return (include or "all customers") + (f", but not {exclude}" if exclude else "")


def _together(part: Part, names: Names) -> str:
    said = list(conditions(part, names).values())
    return said[0] if len(said) == 1 else f"({' and '.join(said)})"
