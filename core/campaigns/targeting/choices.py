"""What an audience can be made of, each with how many customers it holds of those whom the page's filters leave."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from core.campaigns import table_audience
from core.campaigns.audience import RANGES, Filters, Marks, conditions, everyone
from core.campaigns.figures import figures
from core.campaigns.roster import Roster
from core.campaigns.targeting import members
from core.campaigns.targeting.who import CONSENTS
from core.codec import cacheable
from core.stages import stage
from core.warehouse import engine
from core.warehouse.people import People
from core.warehouse.tables import Lazy, Slice


@cacheable
@dataclass(frozen=True)
class Choices:
    """Customers by segment (id), RFM group (slug), country of an order, and consent, where that is known.

    ``bounds`` are least and most of the ranges that can be asked for; money in cents. ``of`` is whom the filters leave.
    """

    of: int
    segments: dict[int, int]
    groups: dict[str, int]
    countries: list[tuple[str, int]]
    consent: dict[str, int]
    bounds: dict[str, tuple[int, int]]


@stage(version=1)
def choices(
    source: Slice,
    filters: Filters,
    segmentation: tuple[Any, ...],
    known: tuple[str, ...],
    *,
    marks: Marks,
    contacts: Sequence[Path],
    everywhere: list[tuple[str, int]],
) -> Choices:
    """What an audience of an order log can be made of.

    Parameters
    ----------
    source, filters, segmentation, known, marks, contacts
        As :func:`core.campaigns.planning.crowds.crowds` takes them.
    everywhere : list of (country, customers)
        Those of all customers: to count them takes the longest, and mostly nothing is filtered.
    """
    wanted = conditions(source, filters)
    left = everyone(source, marks).filter(*wanted.values())
    ends = [end for name in RANGES.values() for end in (nw.col(name).min().alias(f"{name}_min"),
                                                        nw.col(name).max().alias(f"{name}_max"))]  # fmt: skip
    rows = engine.collect(left.group_by("segment", "group").agg(nw.len().alias("customers"), *ends))
    everybody = len(wanted) == 1 and source.span == source.tables.meta.span
    ids = engine.collect(left.select("customer_id"))["customer_id"] if members.tells_consent(contacts) else None
    bounds = {name: (rows[f"{column}_min"].min(), rows[f"{column}_max"].max()) for name, column in RANGES.items()}
    return Choices(
        of=int(rows["customers"].sum()),
        segments=_counts(rows.groupby("segment")["customers"].sum()),
        groups=_counts(rows.groupby("group")["customers"].sum()),
        countries=everywhere if everybody else _countries(source, left),
        consent=_consent(ids, contacts),
        bounds={name: (int(low), int(high)) for name, (low, high) in bounds.items() if low == low},
    )


@stage(version=1)
def table_choices(
    source: People, filters: Filters, learned: str, known: tuple[str, ...], *, people: Roster, contacts: Sequence[Path]
) -> Choices:
    """What an audience of a table can be made of: it has no orders, so no groups, countries or products."""
    cells = figures(people.frame, source.columns)
    left = np.logical_and.reduce(
        [np.ones(len(cells), bool), *table_audience.conditions(people.frame, cells, filters).values()]
    )
    frame, cells = people.frame[left], cells[left]
    told = {name: cells[figure].dropna() for name, figure in table_audience.FIGURES.items() if figure in cells}
    return Choices(
        of=len(frame),
        segments=_counts(frame["segment"].value_counts()),
        groups={},
        countries=[],
        consent=_consent(frame["customer_id"], contacts),
        bounds={
            name: (int(np.floor(each.min())), int(np.ceil(each.max()))) for name, each in told.items() if len(each)
        },
    )


def _countries(source: Slice, left: Lazy) -> list[tuple[str, int]]:
    whole = dataclasses.replace(source, span=source.tables.meta.span, countries=())
    orders = whole.orders().filter(nw.col("counted") == 1).join(left.select("customer"), on="customer", how="semi")
    places = engine.collect(orders.group_by("country").agg(nw.col("customer").n_unique().alias("customers")))
    places = places.sort_values(["customers", "country"], ascending=[False, True])
    return list(zip(places["country"].tolist(), places["customers"].tolist(), strict=True))


def _counts(found: pd.Series) -> dict[Any, int]:
    return {key: int(customers) for key, customers in found.items()}


def _consent(ids: pd.Series | None, contacts: Sequence[Path]) -> dict[str, int]:
    """How many of some customers said yes, and yes or no; nothing where no file tells."""
    if ids is None or not members.tells_consent(contacts):
        return {}
    said = {each: engine.collect(members.agreed(contacts, each))["customer_id"].astype(str) for each in CONSENTS}
    return {each: int(ids.astype(str).isin(who).sum()) for each, who in said.items()}
