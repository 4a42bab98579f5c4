"""What to do next: advice for every segment, every RFM group and the shop as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from core.campaigns.advice import MOST, Advice, advise
from core.campaigns.measures import Facts, measures
from core.campaigns.regions import home_of, region_facts
from core.campaigns.strategies import Playbook
from core.codec import cacheable
from core.segments.inputs import features
from core.segments.naming.traits import describe
from core.segments.scores.rfm import Rfm
from core.stages import stage
from core.warehouse.tables import Slice


@cacheable
@dataclass(frozen=True)
class SegmentAdvice:
    """A segment or group and what to do with it, the best advice first; shares from 0 to 1, None where not known."""

    id: int
    name: str
    slug: str
    colour: int
    customers: int
    share: float
    revenue_share: float | None
    advice: list[Advice]


@cacheable
@dataclass(frozen=True)
class Campaigns:
    """Advice for the learned segments, for the RFM groups that have members, and for the shop."""

    segments: list[SegmentAdvice]
    groups: list[SegmentAdvice]
    shop: list[Advice]


@dataclass(frozen=True)
class Crowd:
    """Groups of customers to advise.

    Parameters
    ----------
    rows : DataFrame
        Profile rows with id, name, slug and colour; id 0 is all customers.
    regions : DataFrame
        What :func:`core.campaigns.regions.regions` found for the same ids.
    """

    rows: pd.DataFrame
    regions: pd.DataFrame


def numbers(scored: Rfm) -> np.ndarray:
    """The group of each customer as a number: its place on the map from 1."""
    places = {group.slug: number for number, group in enumerate(scored.drawn.groups, start=1)}
    found: np.ndarray = scored.scores["group"].map(places).to_numpy()
    return found


@stage(version=2)
def group_profiles(source: Slice, drawn: str = "", thresholds: str = "", *, scored: Rfm) -> pd.DataFrame:
    """Profile rows of the RFM groups that have members, and of all customers with id 0.

    Parameters
    ----------
    source : Slice
        The whole dataset.
    drawn, thresholds
        Name the map and thresholds that ``scored`` comes from.
    scored : Rfm
        Scores of the same customers.
    """
    rows = describe(features.customers(source), numbers(scored))
    known = [(n, group.label, group.slug, group.colour) for n, group in enumerate(scored.drawn.groups, start=1)]
    names = pd.DataFrame([(0, "All customers", "all", -1), *known], columns=["id", "name", "slug", "colour"])
    return names.merge(rows, on="id")


@stage(version=2)
def campaigns(
    playbook: Playbook,
    segments: Crowd | None,
    groups: Crowd,
    season: dict[str, float | str],
    currency: str,
    most: int = 3,
) -> Campaigns:
    """Advise everybody.

    Parameters
    ----------
    playbook : Playbook
    segments : Crowd or None
        None where the customers are too few for segments.
    groups : Crowd
    season : dict
        See :func:`core.campaigns.seasons.season_facts`.
    currency : str
    most : int
        Strategies for each segment and group, 1 to 5.
    """
    audience, shop = playbook.about("customers"), playbook.about("shop")
    facts = shop_facts(groups, season, currency)
    return Campaigns(
        segments=list(_each(segments, audience, season, currency, most)) if segments else [],
        groups=list(_each(groups, audience, season, currency, most)),
        shop=advise(facts, shop, MOST),
    )


def shop_facts(crowd: Crowd, season: dict[str, float | str], currency: str) -> Facts:
    """What strategies for the whole shop may speak of."""
    everyone, _ = _rows(crowd)
    return measures(everyone, everyone, season, region_facts(crowd.regions, home_of(crowd.regions)), currency)


def each_facts(crowd: Crowd, season: dict[str, float | str], currency: str) -> Iterator[tuple[dict[str, Any], Facts]]:
    """The profile row of each group, and what strategies may speak of."""
    everyone, others = _rows(crowd)
    home = home_of(crowd.regions)
    for row in others:
        region = region_facts(crowd.regions[crowd.regions["segment"] == row["id"]], home)
        yield row, measures(row, everyone, season, region, currency)


def _each(
    crowd: Crowd, playbook: Playbook, season: dict[str, float | str], currency: str, most: int
) -> Iterator[SegmentAdvice]:
    for row, facts in each_facts(crowd, season, currency):
        yield SegmentAdvice(
            id=int(row["id"]), name=str(row["name"]), slug=str(row["slug"]), colour=int(row["colour"]),
            customers=int(row["customers"]), share=float(row["share"]), revenue_share=float(row["revenue_share"]),
            advice=advise(facts, playbook, most),
        )  # fmt: skip


def _rows(crowd: Crowd) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The profile of all customers, and those of the segments."""
    rows = [{str(name): value for name, value in row.items()} for row in crowd.rows.to_dict("records")]
    return next(row for row in rows if not row["id"]), [row for row in rows if row["id"]]
