"""A campaign before it is sent, by segment and as a whole: its arms, what it is worth and what its test can show."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from core.campaigns.planning import budget, power, worth
from core.campaigns.planning.crowds import Crowd, Crowds
from core.campaigns.planning.power import Trial
from core.campaigns.planning.wishes import LIFTS, RARE, UNKNOWN, Wishes
from core.campaigns.planning.worth import Guess, Part, Terms, Worth
from core.errors import NotEnoughDataError, ParameterError

Lifts = tuple[float, float, float]


@dataclass(frozen=True)
class Line:
    """A segment of the plan. ``order`` in cents, None where unknown; ``measured`` whether base is from the data."""

    id: int
    customers: int
    order: float | None
    base: float
    measured: bool
    guess: Guess
    trial: Trial
    worth: Worth | None = None
    spent: budget.Spent | None = None

    @property
    def part(self) -> Part:
        return Part(self.trial.treated, self.order or 0.0, self.base, self.guess)


@dataclass(frozen=True)
class Plan:
    """All segments, and the whole.

    ``lifts``: low, expected and high; ``learned``: whether they are of own results. ``holdout``: the smallest share at
    which the pooled test shows the expected lift, None where no share up to a half does; ``enough``: the customers that
    a test of two halves would need.
    """

    wishes: Wishes
    terms: Terms | None
    lines: tuple[Line, ...]
    order: float | None
    base: float
    lifts: tuple[float, float, float]
    trial: Trial
    worth: Worth | None
    holdout: float | None
    enough: int | None
    learned: bool = False

    @property
    def customers(self) -> int:
        return sum(line.customers for line in self.lines)

    @property
    def unable(self) -> tuple[Line, ...]:
        """Segments whose own test cannot show what is planned."""
        return tuple(line for line in self.lines if not line.trial.able)


def plan(found: Crowds, wishes: Wishes, *, log: bool, learned: Lifts | None = None) -> Plan:
    """Plan a campaign.

    Parameters
    ----------
    found : Crowds
    wishes : Wishes
    log : bool
        Whether orders have days, so that a response without can be measured.
    learned : tuple of float, optional
        Relative lifts that own results of the strategy showed, for where no response with is typed in.

    Raises
    ------
    ParameterError
        If settings contradict one another.
    NotEnoughDataError
        If nobody is in the audience.

    Notes
    -----
    Arms are as expected of the share, by segment; the whole is their sum. An order is worth net spend ÷ orders of the
    segment, that of all where the segment has none.
    """
    if found.rows.empty:
        raise NotEnoughDataError("Nobody fits all of these filters, so there is nothing to plan.", "Loosen a filter.")
    terms, crowds = wishes.terms(), found.each()
    whole_crowd = Crowd(0, *(sum(column) for column in zip(*(crowd[1:] for crowd in crowds), strict=True)))
    many = whole_crowd.customers
    order = wishes.order or whole_crowd.order
    bases = [_base(crowd, wishes, log) for crowd in crowds]
    base = sum(rate * crowd.customers for (rate, _), crowd in zip(bases, crowds, strict=True)) / many
    lifts = _lifts(wishes, base, learned or LIFTS)
    lines = []
    for crowd, (rate, measured) in zip(crowds, bases, strict=True):
        trial = power.trial(crowd.customers, wishes.holdout, rate, lifts[1])
        own, guess = wishes.order or crowd.order or order, Guess.lifted(rate, lifts)
        lines.append(Line(crowd.segment, crowd.customers, own, rate, measured, guess, trial))
    treated, held = sum(one.trial.treated for one in lines), sum(one.trial.holdout for one in lines)
    pooled = Trial(treated, held, base, lifts[1], power.detectable(treated, held, base))
    whole = None
    if terms and order:
        lines = _spent([replace(one, worth=worth.worth(one.part, terms)) for one in lines], terms, wishes.budget)
        whole = worth.total([one.part for one in lines], terms)
    share = None if pooled.able else power.holdout_needed(many, base, lifts[1])
    rate = base * (1 + lifts[1])
    enough = 2 * math.ceil(power.sample_size(base, rate)) if rate < 1 else None
    return Plan(wishes, terms, tuple(lines), order, base, lifts, pooled, whole, share, enough,
                learned is not None and wishes.expected is None)  # fmt: skip


def _base(crowd: Crowd, wishes: Wishes, log: bool) -> tuple[float, bool]:
    """The response without, and whether it is measured."""
    if wishes.base is not None:
        return wishes.base, False
    if not log:
        return UNKNOWN, False
    pace = crowd.pace
    return (pace, True) if pace is not None and RARE <= pace < 1 else (RARE, False)


def _lifts(wishes: Wishes, base: float, usual: Lifts) -> Lifts:
    if wishes.expected is None:
        return usual
    low, high = wishes.expected
    middle = (low + high) / 2
    if middle <= base:
        raise ParameterError(
            f"A response of {100 * middle:.3g} % with the campaign is not above the {100 * base:.3g} % without it.",
            "Give a response with that is larger, or a response without that is smaller.",
        )
    return low / base - 1, middle / base - 1, high / base - 1


def _spent(lines: list[Line], terms: Terms, money: float | None) -> list[Line]:
    offers = [budget.Offer(o.id, o.trial.treated, worth.each(o.part, terms, o.guess.middle)) for o in lines]
    spent = {one.id: one for one in budget.split(offers, terms.cost, math.inf if money is None else money)}
    return [replace(line, spent=spent[line.id]) for line in lines]
