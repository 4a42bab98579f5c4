"""What was planned of a campaign, for as many customers as were treated in the end: to lay beside what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.campaigns.planning import worth
from core.campaigns.planning.plan import Plan
from core.campaigns.results.assessing import EVERYBODY
from core.codec import cacheable

Range = tuple[float, float, float]


@cacheable
@dataclass(frozen=True)
class Planned:
    """A plan in figures; each of three is low, expected and high.

    Parameters
    ----------
    base : float
        Response without, as a share.
    response : tuple
        Response with.
    relative : tuple
        The lift, relative to ``base``.
    orders : tuple
        Orders more.
    revenue, profit : tuple or None
        In cents; None where no value of an order, or no margin, is known.
    points : dict
        The expected difference of shares by name of segment, and of all.
    assumed : bool
        Whether the response with was a stated default, not somebody's own plan.
    cost : float
        Of a contact, in cents.
    """

    base: float
    response: Range
    relative: Range
    orders: Range
    revenue: Range | None
    profit: Range | None
    points: dict[str, float]
    assumed: bool
    cost: float


def planned(found: Plan, treated: int, names: Mapping[int, str]) -> Planned:
    """The figures of a plan for some treated customers, the mix of segments as planned.

    Parameters
    ----------
    treated : int
        How many were treated in the end: some of an audience cannot be written to.
    names : mapping
        Segment's name by id.
    """
    share = treated / found.trial.treated if found.trial.treated else 0.0
    low, middle, high = found.lifts
    orders = tuple(treated * found.base * lift for lift in found.lifts)
    parts = [replace(line.part, treated=round(line.trial.treated * share)) for line in found.lines]
    profit = worth.total(parts, found.terms) if found.terms and found.order and any(p.treated for p in parts) else None
    points = {names.get(line.id, ""): line.base * middle for line in found.lines} | {EVERYBODY: found.base * middle}
    return Planned(
        base=found.base,
        response=(found.base * (1 + low), found.base * (1 + middle), found.base * (1 + high)),
        relative=found.lifts,
        orders=(orders[0], orders[1], orders[2]),
        revenue=_revenue(parts, found.wishes.discount) if found.order else None,
        profit=(profit.low, profit.profit, profit.high) if profit else None,
        points=points,
        assumed=found.wishes.expected is None,
        cost=found.wishes.cost,
    )


def _revenue(parts: list[worth.Part], discount: float) -> Range:
    """What is paid more: orders with at the discounted price, less those that would have come anyway."""

    def more(name: str) -> float:
        each = (part.treated * part.order * (getattr(part.guess, name) * (1 - discount) - part.base) for part in parts)
        return float(sum(each))

    return more("low"), more("middle"), more("high")
