"""The sentence about a campaign that an honest statistician would sign."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.campaigns.planning import power
from core.campaigns.results.lift import Estimate, Lift
from core.codec import cacheable

KINDS = ("effect", "harm", "open", "unknown")
# Below it a difference is not called none, though chance may well have made it.
DOUBTFUL = 0.2


@cacheable
@dataclass(frozen=True)
class Verdict:
    """What the test showed.

    Parameters
    ----------
    kind : str
        ``effect`` or ``harm`` where chance alone would rarely do it; ``open`` where the test is too small to tell;
        ``unknown`` where there is nothing to compare with.
    sentence : str
    smallest : float
        The smallest relative lift that arms of these sizes would have shown at 80 % power; infinite where none.
    """

    kind: str
    sentence: str
    smallest: float


def verdict(lift: Lift) -> Verdict:
    """Judge a lift at the 5 % level.

    Examples
    --------
    >>> from core.campaigns.results.lift import Arm, lift
    >>> verdict(lift(Arm(250, 30), Arm(250, 29))).sentence
    'The test could not show an effect under +79 %; none was seen: 12.0 % of the treated and 11.6 % of the holdout \
ordered, +0.4 points (95 % −5.4 to +6.2). Anything from −36 % to +66 % would fit these figures.'
    """
    smallest = smallest_lift(lift)
    rates = f"{lift.treated.rate:.1%} of the treated and {lift.holdout.rate:.1%} of the holdout ordered"
    seen = f"{rates}, {points(lift.difference)}".replace("%", " %")
    if lift.p >= power.ALPHA:
        limit = f"under {_percent(smallest)}" if math.isfinite(smallest) else "of any size"
        may = f"what was seen may be chance (p = {lift.p:.2f})" if lift.p < DOUBTFUL else "none was seen"
        return Verdict("open", f"The test could not show an effect {limit}; {may}: {seen}. {_fits(lift)}", smallest)
    if lift.difference.value > 0:
        orders = f"about {count(lift.orders, 'customers')} ordered who would not have"
        return Verdict("effect", f"The campaign had an effect: {seen}; {orders}.", smallest)
    lost = lift.orders
    less = count(Estimate(-lost.value, -lost.high, -lost.low), "customers")
    orders = f"about {less} did not order who would have"
    return Verdict("harm", f"The campaign did harm: {seen}; {orders}.", smallest)


def smallest_lift(lift: Lift) -> float:
    """The smallest relative lift that these arms show at 80 % power, over what the holdout did; infinite for none."""
    if not 0 < lift.holdout.rate < 1:
        return math.inf
    found = power.detectable(lift.treated.customers, lift.holdout.customers, lift.holdout.rate)
    return math.inf if found is None else found


def points(difference: Estimate) -> str:
    """A difference of shares in words.

    >>> points(Estimate(0.011, 0.002, 0.02))
    '+1.1 points (95% +0.2 to +2.0)'
    """
    value, low, high = (signed(100 * each) for each in (difference.value, difference.low, difference.high))
    return f"{value} points (95% {low} to {high})"


def count(number: Estimate, what: str) -> str:
    """A number with its interval, whole.

    >>> count(Estimate(120.4, 9.6, 1231.2), "customers")
    '120 customers (95 % 10 to 1,231)'
    """
    return f"{number.value:,.0f} {what} (95 % {number.low:,.0f} to {number.high:,.0f})".replace("-", "−")


def signed(number: float) -> str:
    """One decimal and a sign.

    >>> signed(-0.04), signed(3)
    ('0.0', '+3.0')
    """
    return "0.0" if abs(number) < 0.05 else f"{number:+,.1f}".replace("-", "−")


def _fits(lift: Lift) -> str:
    low, high = lift.relative.low, lift.relative.high
    if not lift.holdout.converted:
        return "Nobody of the holdout ordered, so that no relative change can be given."
    return f"Anything from {_percent(low)} to {_percent(high)} would fit these figures."


def _percent(share: float) -> str:
    return f"{100 * share:+,.0f} %".replace("-", "−")
