"""How a budget is best split over segments: contacts go where each is expected to bring most."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import ParameterError


@dataclass(frozen=True)
class Offer:
    """A segment to spend on: contacts at hand, and the expected profit of each in cents."""

    id: int
    contacts: int
    profit: float


@dataclass(frozen=True)
class Spent:
    """What a segment gets: contacts, their cost and expected profit in cents."""

    id: int
    contacts: int
    cost: float
    profit: float


def split(offers: Sequence[Offer], cost: float, budget: float) -> list[Spent]:
    """Split a budget over segments.

    Parameters
    ----------
    offers : sequence of Offer
    cost : float
        Of a contact, in cents, the same everywhere.
    budget : float
        In cents.

    Returns
    -------
    list of Spent
        Every segment, in the order in which they are served: by profit a contact falling, equal ones by id.

    Raises
    ------
    ParameterError
        If the budget or the cost is below 0.

    Notes
    -----
    A contact costs the same everywhere, so serving the best first is optimal. Contacts that are not expected to bring
    more than they cost are never made, even if money is left.

    Examples
    --------
    >>> [(s.id, s.contacts) for s in split([Offer(1, 10, 5), Offer(2, 10, 9), Offer(3, 10, -1)], 100, 1550)]
    [(2, 10), (1, 5), (3, 0)]
    """
    if not (budget >= 0 and cost >= 0):
        raise ParameterError("A budget and a cost are never below 0.", "Give amounts of 0 or more.")
    # The slack is for a cost such as 0.1, of which ten should fit into 1.
    left = math.inf if cost == 0 or math.isinf(budget) else math.floor(budget / cost + 1e-9)
    spent = []
    for offer in sorted(offers, key=lambda offer: (-offer.profit, offer.id)):
        contacts = int(min(left, offer.contacts)) if offer.profit > 0 else 0
        left -= contacts
        spent.append(Spent(offer.id, contacts, contacts * cost, contacts * offer.profit))
    return spent
