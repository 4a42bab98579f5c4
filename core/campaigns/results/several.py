"""Several segments looked at in one campaign: p-values that allow for it, and whether the segments differ at all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scipy import stats

from core.campaigns.results.lift import Lift
from core.codec import cacheable

Z = 1.959963984540054


@cacheable
@dataclass(frozen=True)
class Several:
    """What comparisons of several segments say beside one another.

    Parameters
    ----------
    p : tuple of float
        The p-value of each, allowing for all of them; not a number where there is nothing to compare.
    differ : float
        The p-value of "the campaign did the same everywhere", in points; not a number for fewer than two comparisons.
    """

    p: tuple[float, ...]
    differ: float


def compare(lifts: Sequence[Lift | None]) -> Several | None:
    """Look at several segments; None for fewer than two.

    Notes
    -----
    Cochran's Q over the differences of shares, each with the standard error that its 95 % interval implies, at least
    that of one customer in the smaller arm.
    """
    if len(lifts) < 2:
        return None
    known = [each for each in lifts if each]
    errors = [
        max((one.difference.high - one.difference.low) / (2 * Z), 1 / min(one.treated.customers, one.holdout.customers))
        for one in known
    ]
    return Several(holm([each.p if each else math.nan for each in lifts]), _differ(known, errors))


def holm(p: Sequence[float]) -> tuple[float, ...]:
    """P-values that allow for how many there are (S. Holm, Scandinavian Journal of Statistics 6, 1979).

    Examples
    --------
    >>> [round(each, 3) for each in holm([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]
    """
    order = sorted((value, place) for place, value in enumerate(p) if not math.isnan(value))
    found, least = [math.nan] * len(p), 0.0
    for rank, (value, place) in enumerate(order):
        least = max(least, min(1.0, (len(order) - rank) * value))
        found[place] = least
    return tuple(found)


def _differ(lifts: Sequence[Lift], errors: Sequence[float]) -> float:
    if len(lifts) < 2:
        return math.nan
    weights = [1 / error**2 for error in errors]
    middle = sum(w * one.difference.value for w, one in zip(weights, lifts, strict=True)) / sum(weights)
    q = sum(w * (one.difference.value - middle) ** 2 for w, one in zip(weights, lifts, strict=True))
    return float(stats.chi2.sf(q, len(lifts) - 1))
