"""Named choices of features: of an order log, of a customer table or survey, and of both joined."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from core.segments.inputs import features, logs
from core.stages import stage
from core.warehouse import presets
from core.warehouse.people import People
from core.warehouse.tables import Slice

FEWEST = 2
# What a figure of an order log tells of.
FAMILIES = {
    "recency_days": "rfm", "frequency": "rfm", "monetary": "rfm", "order_value": "baskets",
    "items_per_order": "baskets", "price": "baskets", "products": "baskets", "returned_share": "baskets",
    "tenure_days": "rhythm", "days_between": "rhythm", "country": "place",
}  # fmt: skip


class Choice(NamedTuple):
    """A named choice: what it is called, its features, and what it asks of a customer."""

    label: str
    slugs: tuple[str, ...]
    says: str = ""


UNPAID = "How recently and how often; this log says nothing of money"
SAYS = {
    "Recency, orders and spend": "How recently, how often, for how much: RFM",
    "RFM and behaviour": "RFM, and baskets, variety, returns, rhythm, country",
    "Baskets": "What a purchase looks like",
    "Rhythm": "When they came, and how often they come back",
    "Usual": "What tells most, chosen from the columns",
    "Summary": "A column for each thing that tells most",
    "Demographics": "Who they are",
    "Spending": "What they spend on",
    "Income, spending and the web": "What they can spend, do spend, and do online",
    "Channels": "Where they buy",
    "Answers": "What they answered",
    "All columns": "Everything that can be measured",
}


@stage(version=1)
def varying(source: Slice) -> list[str]:
    """Slugs of the features in which customers of a log differ at all."""
    frame = features.frame(source)
    return [feature.slug for feature in features.known(source) if frame[feature.slug].nunique() > 1]


def of_log(source: Slice, varies: Collection[str]) -> list[Choice]:
    """Choices for an order log, without the features that are the same for all; with a joined table those of both.

    Parameters
    ----------
    varies : collection of str
        As of :func:`varying`.
    """
    first, *others = logs.PRESETS
    known = {feature.slug for feature in features.known(source)}
    rfm = tuple(slug for slug in logs.PRESETS[first] if slug in known)
    found = [Choice(first, (), SAYS[first]) if "monetary" in known else Choice("Recency and orders", (), UNPAID)]
    for label in others:
        slugs = tuple(slug for slug in logs.PRESETS[label] if slug in known and slug in varies)
        found.append(Choice(label, slugs, SAYS[label]))
    if source.people:
        table = {"usual": presets.default_features(source.people), **presets.presets(source.people)}
        named = {"usual": "the table", **{name: presets.LABELS[name].lower() for name in presets.LABELS}}
        for name, slugs in table.items():
            both = (*rfm, *(slug for slug in slugs if slug in known and slug not in rfm))
            if both not in [choice.slugs for choice in found] and name != "all":
                found.append(Choice(f"RFM and {named[name]}", both, "The log and the joined table together"))
    return [found[0], *(choice for choice in found[1:] if len(choice.slugs) >= FEWEST)]


def of_table(people: People, usual: Collection[str]) -> list[Choice]:
    """Choices for a customer table or survey; those that equal the usual one are left out."""
    found = [Choice(presets.LABELS[name], slugs) for name, slugs in presets.presets(people).items()]
    rest = [Choice(each.label, each.slugs, SAYS[each.label]) for each in found if set(each.slugs) != set(usual)]
    return [Choice("Usual", (), SAYS["Usual"]), *rest]
