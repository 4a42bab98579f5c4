"""What a campaign costs and brings: contribution on margin, break-even response, expected profit as a range."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from core.campaigns.planning.power import check_rate
from core.errors import ParameterError

# 95 of 100 campaigns of the same response end within so many standard deviations.
WIDTH = 1.959964


@dataclass(frozen=True)
class Terms:
    """What a contact costs and an order leaves: ``cost`` in cents a contact, margin and discount as shares of price.

    Raises
    ------
    ParameterError
        Naming the setting that does not fit.
    """

    cost: float
    margin: float
    discount: float = 0.0

    def __post_init__(self) -> None:
        if not (math.isfinite(self.cost) and self.cost >= 0):
            raise ParameterError(f"The cost per contact is {self.cost / 100:g}.", "Give an amount of 0 or more.")
        if not 0 < self.margin <= 1:
            why = "nothing is left of an order, so no campaign can pay" if self.margin <= 0 else "no order leaves more"
            raise ParameterError(
                f"A margin of {100 * self.margin:g} % does not fit: {why}.", "Give a share above 0 % and up to 100 %."
            )
        if not 0 <= self.discount < 1:
            raise ParameterError(
                f"A discount of {100 * self.discount:g} % does not fit.", "Give a share from 0 % to below 100 %."
            )
        if self.discount >= self.margin:
            raise ParameterError(
                f"A discount of {100 * self.discount:g} % takes the whole margin of {100 * self.margin:g} %: "
                "this campaign never breaks even.",
                "Give a discount below the margin.",
            )

    def contribution(self, order: float) -> float:
        """Cents that one more order leaves: its value × (margin − discount)."""
        return order * (self.margin - self.discount)

    def given_away(self, order: float, base: float) -> float:
        """Cents of discount a contact for orders that would have come anyway."""
        return order * self.discount * base

    def break_even(self, order: float, base: float = 0.0) -> float:
        """The response beyond the base that pays for a contact: what it costs ÷ contribution.

        Above 1 it can never pay. ``base`` adds the discount on orders that would have come anyway.

        Examples
        --------
        >>> Terms(cost=50, margin=0.4).break_even(5000)
        0.025
        """
        if order <= 0:
            raise ParameterError("The value of an order is not above 0.", "Give what an order is worth on average.")
        return (self.cost + self.given_away(order, base)) / self.contribution(order)


@dataclass(frozen=True)
class Guess:
    """A response with the campaign that is expected: between two that are assumed."""

    low: float
    middle: float
    high: float

    @classmethod
    def lifted(cls, base: float, lifts: tuple[float, float, float]) -> Guess:
        """The base with relative lifts; nobody responds more than once."""
        return cls(*(min(base * (1 + lift), 1.0) for lift in lifts))


@dataclass(frozen=True)
class Worth:
    """What some customers who are contacted cost and bring; money in cents, ``orders`` beyond those without.

    ``low`` and ``high`` hold the assumed responses and the chance of 95 in 100 campaigns.
    """

    treated: int
    cost: int
    given_away: int
    orders: float
    profit: int
    low: int
    high: int
    break_even: float


@dataclass(frozen=True)
class Part:
    """A segment's contacts: ``order`` in cents, ``base`` and ``guess`` as shares."""

    treated: int
    order: float
    base: float
    guess: Guess


def worth(part: Part, terms: Terms) -> Worth:
    """What one segment costs and brings."""
    return total([part], terms)


def total(parts: Sequence[Part], terms: Terms) -> Worth:
    """What several segments cost and bring together.

    Notes
    -----
    Profit = orders with × value × (margin − discount) − orders that would have come anyway × value × margin − cost.
    Chance is that of binomial orders, by the normal approximation; of several segments its variances add up,
    while assumptions are taken to be wrong in the same direction everywhere.

    Examples
    --------
    >>> done = total([Part(1000, 5000, 0.05, Guess(0.1, 0.1, 0.1))], Terms(cost=50, margin=0.4))
    >>> done.cost, done.orders, done.profit, round(done.break_even, 4)
    (50000, 50.0, 50000, 0.025)
    """
    for part in parts:
        check_rate("response without", part.base)

    def profit(name: str, away: float = 0.0) -> float:
        middle = sum(part.treated * each(part, terms, getattr(part.guess, name)) for part in parts)
        spread = sum(
            part.treated * rate * (1 - rate) * terms.contribution(part.order) ** 2
            for part in parts
            for rate in [getattr(part.guess, name)]
        )
        return middle + away * math.sqrt(spread)

    treated = sum(part.treated for part in parts)
    given = sum(part.treated * terms.given_away(part.order, part.base) for part in parts)
    # An order of all contacts on average: the break-even of the whole is on that.
    order = sum(part.treated * part.order for part in parts) / treated if treated else 0.0
    leaves = terms.contribution(order)
    needed = (terms.cost + given / treated) / leaves if treated and leaves > 0 else math.nan
    return Worth(
        treated=treated,
        cost=round(treated * terms.cost),
        given_away=round(given),
        orders=sum(part.treated * (part.guess.middle - part.base) for part in parts),
        profit=round(profit("middle")),
        low=round(profit("low", -WIDTH)),
        high=round(profit("high", WIDTH)),
        break_even=needed,
    )


def each(part: Part, terms: Terms, rate: float) -> float:
    """Expected profit of one contact in cents."""
    kept = terms.contribution(part.order) * (rate - part.base)
    return kept - terms.given_away(part.order, part.base) - terms.cost
