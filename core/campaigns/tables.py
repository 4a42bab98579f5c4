"""What to do next with the customers of a table: advice for each segment and for everybody."""

from __future__ import annotations

import numpy as np

from core.campaigns.advice import MOST, advise
from core.campaigns.campaigns import Campaigns, SegmentAdvice
from core.campaigns.people import people_measures
from core.campaigns.replies import Facts
from core.campaigns.strategies import Playbook
from core.segments.dividing.segmentation import Segmentation
from core.stages import stage
from core.warehouse.people import People


@stage(version=1)
def table_campaigns(
    source: People, playbook: Playbook, currency: str, found: Segmentation | None, most: int = 3
) -> Campaigns:
    """Advise the segments of a customer table or a survey, and the shop as a whole.

    Parameters
    ----------
    source : People
        Those whom the segments were learned from.
    playbook : Playbook
        For the kind of table.
    currency : str
        Code of its money; empty where it is not known.
    found : Segmentation or None
        Of these; None where they are too few for segments.
    most : int
        Strategies for each segment, 1 to 5.

    Returns
    -------
    Campaigns
        Without RFM groups, as a table has no orders. ``revenue_share`` is the share of all spend, None where the table
        knows none.
    """
    labels = np.ones(len(source.frame()), dtype=int) if found is None else found.labels
    facts = table_facts(source, currency, labels)
    audience, shop = playbook.about("customers"), playbook.about("shop")
    return Campaigns(
        segments=[
            SegmentAdvice(
                id=one.id, name=one.name, slug=one.slug, colour=one.colour, customers=one.customers,
                share=float(facts[one.id]["share"]), revenue_share=_spend_share(facts[one.id]),
                advice=advise(facts[one.id], audience, most),
            )
            for one in (found.names if found else [])
        ],
        groups=[],
        shop=advise(facts[0], shop, MOST),
    )  # fmt: skip


def table_facts(source: People, currency: str, labels: np.ndarray) -> dict[int, Facts]:
    """What strategies may speak of, for each segment; 0 is everybody."""
    return people_measures(source.frame(), source.columns, labels, currency)


def _spend_share(facts: dict[str, float | str]) -> float | None:
    return float(facts["spend_share"]) if "spend_share" in facts else None
