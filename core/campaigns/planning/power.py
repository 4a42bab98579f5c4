"""What a test can show: sample sizes, and the smallest lift that given arms detect."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.optimize import brentq
from statsmodels.stats.proportion import samplesize_proportions_2indep_onetail

from core.campaigns.planning.arms import check_holdout
from core.errors import ParameterError

POWER, ALPHA = 0.8, 0.05
MOST_HELD_OUT = 0.5


@dataclass(frozen=True)
class Trial:
    """Two arms, and what they can show.

    ``base``: response without the campaign. ``planned``: the relative lift that is hoped for. ``smallest``: the
    smallest relative lift detected at 80 % power and 5 %, two-sided; None where even a response of everybody is not.
    """

    treated: int
    holdout: int
    base: float
    planned: float
    smallest: float | None

    @property
    def able(self) -> bool:
        """Whether the planned lift would be seen."""
        return self.smallest is not None and self.smallest <= self.planned

    @property
    def verdict(self) -> str:
        """What the test can show, as a sentence."""
        if self.smallest is None:
            return f"With {self.treated:,} treated and {self.holdout:,} held out this test cannot show any lift."
        least = f"+{math.ceil(100 * self.smallest - 1e-9):,} %"
        if self.able:
            return f"This test can show a lift of {least} or more; +{100 * self.planned:.0f} % is planned."
        return f"Nothing below {least} can be shown, and +{100 * self.planned:.0f} % is planned."


def check_rate(name: str, rate: float) -> float:
    """The rate itself where it lies above 0 and below 1.

    Raises
    ------
    ParameterError
        Naming the setting.
    """
    if not 0 < rate < 1:
        raise ParameterError(f"The {name} is {100 * rate:g} %.", "Give a share above 0 % and below 100 %.")
    return rate


def sample_size(base: float, rate: float, *, ratio: float = 1.0, power: float = POWER, alpha: float = ALPHA) -> float:
    """Customers to treat so that a difference is seen, unrounded.

    Parameters
    ----------
    base, rate : float
        Response of the holdout and of the treated.
    ratio : float
        Holdout ÷ treated.
    power, alpha : float
        Two-sided.

    Raises
    ------
    ParameterError
        If a rate is not above 0 and below 1, or both are equal.

    Notes
    -----
    Two proportions, variance pooled under the null hypothesis, as R's ``power.prop.test``; statsmodels.

    Examples
    --------
    >>> round(sample_size(0.5, 0.75, power=0.9), 1)
    76.7
    """
    check_rate("response without", base), check_rate("response with", rate)
    if base == rate:
        raise ParameterError("The response with and without are the same.", "No test can show a difference of nothing.")
    return _needed(base, rate, ratio, power, alpha)


def detectable(treated: int, holdout: int, base: float, *, power: float = POWER, alpha: float = ALPHA) -> float | None:
    """The smallest relative lift that two arms detect.

    Returns
    -------
    float or None
        None where no response up to that of everybody would be enough, as where an arm is empty.

    Examples
    --------
    >>> round(detectable(250, 250, 0.15), 2), detectable(5, 0, 0.15)
    (0.67, None)
    """
    check_rate("response without", base)
    if treated < 1 or holdout < 1:
        return None
    ratio, top = holdout / treated, 1 - 1e-9

    def short(rate: float) -> float:
        return _needed(base, rate, ratio, power, alpha) / treated - 1

    if short(top) > 0:
        return None
    low = base + (top - base) * 1e-6
    return low / base - 1 if short(low) <= 0 else float(brentq(short, low, top, xtol=1e-12)) / base - 1


def arms(customers: int, holdout: float) -> tuple[int, int]:
    """Treated and held out, as expected of a share."""
    left_out = round(customers * check_holdout(holdout))
    return customers - left_out, left_out


def trial(customers: int, holdout: float, base: float, planned: float) -> Trial:
    """The test that a holdout makes of some customers."""
    treated, left_out = arms(customers, holdout)
    return Trial(treated, left_out, base, planned, detectable(treated, left_out, base))


def holdout_needed(customers: int, base: float, planned: float) -> float | None:
    """The smallest holdout, in whole per cent up to 50 %, at which the planned lift is seen; None where none is.

    Examples
    --------
    >>> holdout_needed(16_400, 0.05, 0.2), holdout_needed(1_000, 0.05, 0.2)
    (0.48, None)
    """
    for share in range(1, round(100 * MOST_HELD_OUT) + 1):
        if trial(customers, share / 100, base, planned).able:
            return share / 100
    return None


def _needed(base: float, rate: float, ratio: float, power: float, alpha: float) -> float:
    return float(samplesize_proportions_2indep_onetail(rate - base, base, power, ratio=ratio, alpha=alpha))
