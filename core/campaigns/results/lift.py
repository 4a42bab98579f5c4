"""Two arms compared: shares, money per customer, what came of it in orders and in profit; by intention to treat."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import stats

from core.campaigns.results import scores
from core.codec import cacheable


@cacheable
@dataclass(frozen=True)
class Arm:
    """Everybody whom an arm was drawn for, and what they did.

    Parameters
    ----------
    customers, converted : int
        All of the arm, whether or not they were reached, and those of them who ordered.
    cents, squares : float
        The sum of their revenue in cents, and of its squares.
    """

    customers: int
    converted: int
    cents: float = 0.0
    squares: float = 0.0

    @property
    def rate(self) -> float:
        """The share that converted; not a number for an empty arm."""
        return self.converted / self.customers if self.customers else math.nan

    @property
    def mean(self) -> float:
        """Cents a customer, those who bought nothing among them."""
        return self.cents / self.customers if self.customers else math.nan

    @property
    def variance(self) -> float:
        """The sample variance of cents a customer."""
        if self.customers < 2:
            return math.nan
        return max(self.squares - self.cents**2 / self.customers, 0.0) / (self.customers - 1)


@cacheable
@dataclass(frozen=True)
class Estimate:
    """A value with its 95 % interval; an end that the data leave open is infinite."""

    value: float
    low: float
    high: float

    def times(self, factor: float, less: float = 0.0) -> Estimate:
        """The same in another unit, ``factor`` above 0, less something that is known exactly."""
        return Estimate(self.value * factor - less, self.low * factor - less, self.high * factor - less)

    def holds(self, value: float) -> bool:
        """Whether a value lies within."""
        return self.low <= value <= self.high


@cacheable
@dataclass(frozen=True)
class Lift:
    """What the treated did more often than the holdout.

    Parameters
    ----------
    treated, holdout : Arm
    difference : Estimate
        Of the shares, as a share: 0.01 is one point.
    relative : Estimate
        The difference ÷ the holdout's share; not a number where that is 0.
    p : float
        Two-sided; below 0.05 exactly where neither interval holds 0.
    orders : Estimate
        Customers who ordered and would not have: treated × difference.
    """

    treated: Arm
    holdout: Arm
    difference: Estimate
    relative: Estimate
    p: float
    orders: Estimate


@cacheable
@dataclass(frozen=True)
class Money:
    """What the treated spent more. ``each`` in cents a customer, ``p`` of it; ``revenue`` and ``profit`` in cents.

    ``profit`` is treated × (what is left of a treated customer's revenue − what is left of a held-out one's) − what the
    contacts cost; without a discount, incremental revenue × margin − cost. None without a margin.
    """

    each: Estimate
    p: float
    revenue: Estimate
    profit: Estimate | None


def lift(treated: Arm, holdout: Arm) -> Lift:
    """Compare how many converted.

    Notes
    -----
    Score intervals of Miettinen and Nurminen for the difference and for the ratio, see :mod:`.scores`.

    Examples
    --------
    >>> found = lift(Arm(70, 56), Arm(80, 48))
    >>> round(found.difference.value, 4), round(found.relative.value, 4), round(found.orders.value, 4)
    (0.2, 0.3333, 14.0)
    """
    counts = treated.customers, treated.converted, holdout.customers, holdout.converted
    gap, ends = treated.rate - holdout.rate, [float(end) for end in scores.difference(*counts)]
    change, sides = _change(treated.rate, holdout.rate), [float(end) - 1 for end in scores.ratio(*counts)]
    difference = Estimate(gap, *ends)
    return Lift(
        treated, holdout, difference, Estimate(change, *sides), float(scores.p_value(*counts)),
        difference.times(treated.customers),
    )  # fmt: skip


def money(
    treated: Arm, holdout: Arm, margin: float | None = None, cost_cents: float = 0.0, discount: float = 0.0
) -> Money:
    """Compare what was spent per customer.

    Parameters
    ----------
    margin : float, optional
        Share of the price that is left after the goods.
    cost_cents : float
        What all contacts together cost.
    discount : float
        Share of the price that the treated were let off on every order; revenue is what was paid.

    Notes
    -----
    Welch's interval: arms may differ in size and in spread. Spending is skewed, so an arm of a few dozen buyers makes
    it less exact than the interval of the shares.

    Examples
    --------
    >>> money(Arm(2, 1, 400, 160000), Arm(2, 1, 200, 40000), margin=0.5, cost_cents=20).profit.value
    80.0
    """
    gap, ends, p = welch(*(each for arm in (treated, holdout) for each in (arm.customers, arm.mean, arm.variance)))
    each = Estimate(float(gap), float(ends[0]), float(ends[1]))
    revenue = each.times(treated.customers)
    if margin is None:
        return Money(each, float(p), revenue, None)
    # What is left of an amount that was paid: the goods cost a share of the price before the discount.
    left = (margin - discount) / (1 - discount)
    gap, ends, _ = welch(
        treated.customers, treated.mean * left, treated.variance * left**2,
        holdout.customers, holdout.mean * margin, holdout.variance * margin**2,
    )  # fmt: skip
    kept = Estimate(float(gap), float(ends[0]), float(ends[1]))
    return Money(each, float(p), revenue, kept.times(treated.customers, less=cost_cents))


def welch(
    n1: object, mean1: object, variance1: object, n0: object, mean0: object, variance0: object
) -> tuple[np.ndarray, tuple[np.ndarray, np.ndarray], np.ndarray]:
    """Difference of two means, its 95 % interval and p-value (B. L. Welch, Biometrika 34, 1947); numbers or arrays."""
    n1, m1, v1, n0, m0, v0 = (np.asarray(e, dtype=float) for e in (n1, mean1, variance1, n0, mean0, variance0))
    gap, square = m1 - m0, v1 / n1 + v0 / n0
    parts = (v1 / n1) ** 2 / np.maximum(n1 - 1, 1) + (v0 / n0) ** 2 / np.maximum(n0 - 1, 1)
    freedom = np.divide(square**2, parts, out=np.ones_like(gap), where=parts > 0)
    deviation = np.sqrt(square)
    reach = stats.t.ppf((1 + scores.LEVEL) / 2, freedom) * deviation
    t = np.divide(np.abs(gap), deviation, out=np.where(gap == 0, 0.0, np.inf), where=deviation > 0)
    return gap, (gap - reach, gap + reach), 2 * stats.t.sf(t, freedom)


def _change(treated: float, holdout: float) -> float:
    return treated / holdout - 1 if holdout else math.nan
