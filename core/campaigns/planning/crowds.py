"""What is known of those whom a campaign is for: how many, part by part, and by segment what they order."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import narwhals as nw
import numpy as np
import pandas as pd

from core.campaigns.audience import Filters, Marks, conditions, everyone
from core.campaigns.figures import figures
from core.campaigns.roster import Roster
from core.campaigns.table_audience import conditions as table_conditions
from core.campaigns.targeting import members
from core.campaigns.targeting.who import EVERYBODY, Who
from core.codec import cacheable
from core.stages import stage
from core.warehouse import engine
from core.warehouse.people import People
from core.warehouse.tables import Slice

# Days in which a response counts.
WINDOW = 30


class Crowd(NamedTuple):
    """A row of :class:`Crowds`."""

    segment: int
    customers: int
    orders: int
    cents: int
    again: int
    days: int

    @property
    def order(self) -> float | None:
        """What an order is worth in cents; None where nothing is known of it."""
        return self.cents / self.orders if self.orders > 0 and self.cents > 0 else None

    @property
    def pace(self) -> float | None:
        """Share who order within :data:`WINDOW` days at their pace so far; None where that is not known.

        Notes
        -----
        Orders after the first ÷ days since the first, as a Poisson rate. Whoever ordered in the last days would be
        no measure: segments are made of just that.

        Examples
        --------
        >>> round(Crowd(1, 10, 30, 90_000, again=20, days=3_000).pace, 3)
        0.181
        """
        return -math.expm1(-WINDOW * self.again / self.days) if self.days > 0 else None


@cacheable
@dataclass(frozen=True)
class Crowds:
    """An audience by segment, and how its parts lead there.

    ``rows``: segment (id, 0 for those in none), customers, orders, cents, again (orders after a customer's first), days
    (since the first order, added up); all over the whole history. A table knows nothing of the last two. ``of`` are
    the customers whom the page's filters leave; among these ``include`` and ``exclude`` hold how many are in each part
    by itself, and ``taken`` how many each part of ``exclude`` takes by itself from those who are included.
    """

    rows: pd.DataFrame
    of: int = 0
    include: list[int] = field(default_factory=list)
    exclude: list[int] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)

    @property
    def customers(self) -> int:
        """How many the audience holds."""
        return int(self.rows["customers"].sum())

    def each(self) -> list[Crowd]:
        """Its rows."""
        return [Crowd(*map(int, row)) for row in self.rows[list(Crowd._fields)].to_numpy()]


@stage(version=2)
def crowds(
    source: Slice,
    filters: Filters,
    segmentation: tuple[Any, ...],
    who: Who = EVERYBODY,
    known: tuple[str, ...] = (),
    *,
    marks: Marks,
    contacts: Sequence[Path] = (),
) -> Crowds:
    """Count the audience of an order log by segment.

    Parameters
    ----------
    source, filters, segmentation, marks
        As :func:`core.campaigns.audience.audience` takes them: what the page's filters leave.
    who : Who
        Whom of these it is for.
    known : tuple of str
        Names the state of ``contacts``, where ``who`` asks for consent.
    """
    whole = dataclasses.replace(source, span=source.tables.meta.span, countries=())
    left = everyone(source, marks).filter(*conditions(source, filters).values())
    frame, include, exclude = members.parted(left, whole, who, contacts)
    chosen, asked = members.inside(include, []), members.inside(include, exclude)
    sums: dict[str, Any] = {"customers": 1, "orders": nw.col("frequency"), "cents": nw.col("cents"),
            "again": nw.col("frequency") - 1, "days": nw.col("tenure_days")}  # fmt: skip
    rows = frame.group_by("segment").agg(
        nw.len().alias("of"),
        *(nw.when(asked).then(value).otherwise(0).sum().alias(name) for name, value in sums.items()),
        *(holds.cast(nw.Int64).sum().alias(f"include_{n}") for n, holds in enumerate(include)),
        *(holds.cast(nw.Int64).sum().alias(f"exclude_{n}") for n, holds in enumerate(exclude)),
        *((holds & chosen).cast(nw.Int64).sum().alias(f"taken_{n}") for n, holds in enumerate(exclude)),
    )
    return _crowds(engine.collect(rows.sort("segment")), who)


@stage(version=2)
def table_crowds(
    source: People,
    filters: Filters,
    learned: str,
    who: Who = EVERYBODY,
    known: tuple[str, ...] = (),
    *,
    people: Roster,
    contacts: Sequence[Path] = (),
) -> Crowds:
    """Count the audience of a table by segment: orders and their value where the table knows both of a customer."""
    cells = figures(people.frame, source.columns)
    include, exclude = members.parted_table(people, cells, who, contacts)
    asked, chosen = (members.inside_table(len(cells), include, each) for each in (exclude, []))
    both = {"spend", "purchases"} <= {*cells.columns}
    priced = asked & (cells[["spend", "purchases"]].notna().all(axis=1).to_numpy() if both else False)
    counts = {"of": 1, "customers": asked, "orders": cells["purchases"].where(priced, 0) if both else 0,
              "cents": cells["spend"].where(priced, 0) if both else 0, "again": 0, "days": 0}  # fmt: skip
    parts = {
        **{f"include_{n}": holds for n, holds in enumerate(include)},
        **{f"exclude_{n}": holds for n, holds in enumerate(exclude)},
        **{f"taken_{n}": holds & chosen for n, holds in enumerate(exclude)},
    }
    left = [np.ones(len(cells), bool), *table_conditions(people.frame, cells, filters).values()]
    frame = pd.DataFrame({"segment": people.frame["segment"], **counts, **parts})[np.logical_and.reduce(left)]
    return _crowds(frame.groupby("segment", as_index=False).sum().round(), who)


def of_members(rows: pd.DataFrame, *, log: bool) -> Crowds:
    """Count customers by segment whose rows are at hand.

    Parameters
    ----------
    rows : DataFrame
        The columns of :data:`core.campaigns.targeting.members.COLUMNS`.
    log : bool
        Whether orders have days; a table knows at most how many there were.
    """
    priced = rows[["orders", "cents"]].notna().all(axis=1)
    frame = pd.DataFrame({
        "segment": rows["segment"].fillna(0),
        "customers": 1,
        "orders": rows["orders"].where(priced, 0),
        "cents": rows["cents"].where(priced, 0),
        "again": rows["orders"] - 1 if log else 0,
        "days": rows["days"] if log else 0,
    })  # fmt: skip
    found = frame.groupby("segment", as_index=False).sum().round()
    return Crowds(found.astype("int64").sort_values("segment", ignore_index=True), len(rows))


def _crowds(found: pd.DataFrame, who: Who) -> Crowds:
    """From a row a segment with whom the filters leave of it; those of whom nobody is asked are left out."""
    rows = found.fillna(0).astype("int64").sort_values("segment", ignore_index=True)
    sums = rows.sum()

    def parts(name: str, many: int) -> list[int]:
        return [int(sums[f"{name}_{n}"]) for n in range(many)]

    return Crowds(
        rows.loc[rows["customers"] > 0, list(Crowd._fields)].reset_index(drop=True),
        int(sums["of"]),
        parts("include", len(who.include)),
        parts("exclude", len(who.exclude)),
        parts("taken", len(who.exclude)),
    )
