"""Score intervals of Miettinen and Nurminen for two shares; all functions take numbers or arrays alike."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import stats

Numbers = np.ndarray
LEVEL = 0.95
_HALVINGS = 60
_WIDEST = 60.0


def p_value(treated: object, x_treated: object, holdout: object, x_holdout: object) -> Numbers:
    """The two-sided p-value of no difference; 1 where nobody or everybody converted.

    Parameters
    ----------
    treated, x_treated, holdout, x_holdout
        Customers of an arm and how many of them converted.

    Notes
    -----
    The same statistic as that of the intervals, at a difference of 0 and a ratio of 1, which is one point: an interval
    holds no effect exactly where this is above 1 − level. O. Miettinen, M. Nurminen, Statistics in Medicine 4 (1985).

    Examples
    --------
    >>> round(float(p_value(70, 56, 80, 48)), 4)
    0.0083
    """
    n1, x1, n0, x0 = _arms(treated, x_treated, holdout, x_holdout)
    return np.asarray(2 * stats.norm.sf(np.abs(_z_difference(np.zeros_like(n1), n1, x1, n0, x0))))


def difference(treated: object, x_treated: object, holdout: object, x_holdout: object) -> tuple[Numbers, Numbers]:
    """The 95 % interval of the treated share less that of the holdout.

    Examples
    --------
    >>> [round(float(end), 4) for end in difference(70, 56, 80, 48)]  # Newcombe 1998, table II, method 6
    [0.0528, 0.3382]
    """
    arms = _arms(treated, x_treated, holdout, x_holdout)
    return _both(lambda at: _z_difference(at, *arms), np.full_like(arms[0], -1.0), np.ones_like(arms[0]))


def ratio(treated: object, x_treated: object, holdout: object, x_holdout: object) -> tuple[Numbers, Numbers]:
    """The 95 % interval of the treated share ÷ that of the holdout; open to infinity where the holdout's is 0.

    Examples
    --------
    >>> [round(float(end), 3) for end in ratio(70, 56, 80, 48)]
    [1.079, 1.672]
    """
    arms = _arms(treated, x_treated, holdout, x_holdout)
    ends = _both(
        lambda at: _z_ratio(np.exp(at), *arms), np.full_like(arms[0], -_WIDEST), np.full_like(arms[0], _WIDEST)
    )
    _, x1, _, x0 = arms
    return np.where(x1 > 0, np.exp(ends[0]), 0.0), np.where(x0 > 0, np.exp(ends[1]), np.inf)


def _both(z: Callable[[Numbers], Numbers], low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
    """Where a falling statistic crosses the critical value, above and below."""
    critical = stats.norm.ppf((1 + LEVEL) / 2)
    return _crossing(z, critical, low, high), _crossing(z, -critical, low, high)


def _crossing(z: Callable[[Numbers], Numbers], value: float, low: Numbers, high: Numbers) -> Numbers:
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        above = z(middle) > value
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return np.asarray((low + high) / 2)


def _z_difference(d: Numbers, n1: Numbers, x1: Numbers, n0: Numbers, x0: Numbers) -> Numbers:
    """The statistic, with the shares that are likeliest where they differ by ``d``: a root of a cubic."""
    n, x = n1 + n0, x1 + x0
    b, c = ((n1 + 2 * n0) * d - n - x) / (3 * n), ((n0 * d - n - 2 * x0) * d + x) / n
    q = b**3 - b * c / 2 + x0 * d * (1 - d) / (2 * n)
    p = np.where(q < 0, -1.0, 1.0) * np.sqrt(np.maximum(b**2 - c / 3, 0))
    cosine = np.divide(q, p**3, out=np.zeros_like(q), where=p != 0)
    root = 2 * p * np.cos((np.pi + np.arccos(np.clip(cosine, -1, 1))) / 3) - b
    p0 = np.clip(root, np.maximum(0, -d), np.minimum(1, 1 - d))
    p1 = np.clip(p0 + d, 0, 1)
    return _over(x1 / n1 - x0 / n0 - d, p1 * (1 - p1) / n1 + p0 * (1 - p0) / n0, n)


def _z_ratio(r: Numbers, n1: Numbers, x1: Numbers, n0: Numbers, x0: Numbers) -> Numbers:
    """The same where one share is ``r`` times the other: a root of a quadratic."""
    n = n1 + n0
    b = n1 * r + x1 + n0 + x0 * r
    # The smaller root, written so that nothing is lost where it is tiny.
    p0 = 2 * (x1 + x0) / (b + np.sqrt(np.maximum(b**2 - 4 * n * r * (x1 + x0), 0)))
    p0 = np.clip(p0, 0, np.minimum(1, 1 / r))
    p1 = np.clip(r * p0, 0, 1)
    return _over(x1 / n1 - r * x0 / n0, p1 * (1 - p1) / n1 + r**2 * p0 * (1 - p0) / n0, n)


def _over(gap: Numbers, variance: Numbers, n: Numbers) -> Numbers:
    deviation = np.sqrt(variance * n / (n - 1))
    none = np.where(np.abs(gap) < 1e-15, 0.0, np.copysign(np.inf, gap))
    return np.asarray(np.divide(gap, deviation, out=none, where=deviation > 0))


def _arms(*numbers: object) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    n1, x1, n0, x0 = np.broadcast_arrays(*(np.asarray(each, dtype=float) for each in numbers))
    return n1, x1, n0, x0
