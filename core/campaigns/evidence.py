"""What a strategy brought so far: the results of its runs in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from core.codec import cacheable
from core.errors import ParameterError

Z = NormalDist().inv_cdf(0.975)
# Nobody can order less often than never.
LEAST = -0.99


@cacheable
@dataclass(frozen=True)
class Run:
    """One campaign that was tested against a holdout.

    Parameters
    ----------
    difference, low, high : float
        Share who answered among those written to less that among the holdout, and its 95 % interval; from −1 to 1.
    treated, holdout : int
        Customers in each.
    base : float
        The share of the holdout that answered; 0 where it is not known.
    """

    difference: float
    low: float
    high: float
    treated: int
    holdout: int
    base: float = 0.0

    @property
    def error(self) -> float:
        """Its standard error, as the width of the interval tells it."""
        return (self.high - self.low) / (2 * Z)

    @property
    def least(self) -> float:
        """That of one answer in the smaller arm."""
        return 1 / min(self.treated, self.holdout)


@dataclass(frozen=True)
class Evidence:
    """Several runs in one: how many, the difference of shares and its 95 % interval, and customers in both arms.

    ``base``: the share of the holdouts that answered, weighted as the differences are.
    """

    runs: int
    difference: float
    low: float
    high: float
    treated: int
    holdout: int
    base: float = 0.0


def pool(runs: Sequence[Run]) -> Evidence | None:
    """Pool the runs of a strategy; None where there are none.

    Raises
    ------
    ParameterError
        If a run has nobody in an arm, or a difference outside of its interval.

    Notes
    -----
    Fixed effect, inverse variance: with the standard error s = (high − low) ÷ (2 × 1.96) of each run and the weight
    w = 1 ÷ s², the difference is Σ w d ÷ Σ w. Its interval ends √Σ (w (d − low))² ÷ Σ w below and √Σ (w (high − d))²
    ÷ Σ w above: of symmetric intervals that is 1.96 ÷ √Σ w, and one run keeps its own. A run without any spread would
    outweigh all others, so s is at least that of one answer in the smaller arm, 1 ÷ n.

    Source: Cochrane Handbook, section 10.3; for the ends G. Y. Zou and A. Donner, Statistics in Medicine 27 (2008),
    1693–1702.

    Examples
    --------
    >>> found = pool([Run(0.02, 0.0, 0.04, 500, 500), Run(0.01, -0.01, 0.03, 500, 500)])
    >>> round(found.difference, 4), round(found.low, 4), round(found.high, 4)
    (0.015, 0.0009, 0.0291)
    """
    if not runs:
        return None
    for run in runs:
        if min(run.treated, run.holdout) < 1:
            raise ParameterError("A run has nobody in one of its arms.", "Only a test with a holdout shows an effect.")
        if not -1 <= run.low <= run.difference <= run.high <= 1:
            raise ParameterError(f"The difference {run.difference} of a run lies outside of its interval.")
    weights = [1 / max(run.error, run.least) ** 2 for run in runs]
    shares = [weight / sum(weights) for weight in weights]
    difference = sum(share * run.difference for share, run in zip(shares, runs, strict=True))
    base = sum(share * run.base for share, run in zip(shares, runs, strict=True))
    sides = [_sides(run) for run in runs]
    below, above = (
        sqrt(sum((share * side[end]) ** 2 for share, side in zip(shares, sides, strict=True))) for end in (0, 1)
    )
    return Evidence(
        len(runs), difference, difference - below, difference + above,
        sum(run.treated for run in runs), sum(run.holdout for run in runs), base,
    )  # fmt: skip


def _sides(run: Run) -> tuple[float, float]:
    """How far a run's interval reaches below and above its difference."""
    if run.error < run.least:
        return Z * run.least, Z * run.least
    return run.difference - run.low, run.high - run.difference


def lifts(runs: Sequence[Run]) -> tuple[float, float, float] | None:
    """What to expect of one more run: relative lifts at the low end, the middle and the high end of the interval.

    Returns
    -------
    tuple or None
        None where there are no runs, or they showed nothing that a plan could be made on: a middle of 0 or less.

    Notes
    -----
    The pooled difference ÷ the pooled share of the holdouts; the width is that of the difference alone, and says how
    well the average is known, not how much one run differs from the next.

    Examples
    --------
    >>> [round(each, 2) for each in lifts([Run(0.02, 0.0, 0.04, 500, 500, base=0.1)])]
    [0.0, 0.2, 0.4]
    """
    found = pool(runs)
    if found is None or found.base <= 0 or found.difference <= 0:
        return None
    low, middle, high = (each / found.base for each in (found.low, found.difference, found.high))
    return max(low, LEAST), middle, high


def cite(runs: Sequence[Run], name: str = "") -> str:
    """The results of a strategy's runs in a line, in percentage points; empty where there are none.

    Examples
    --------
    >>> cite([Run(0.02, 0.0, 0.04, 500, 500)], "win-back e-mail")
    'win-back e-mail: 1 run, +2.0 points, 95 % 0.0 to 4.0'
    """
    found = pool(runs)
    if found is None:
        return ""
    count = "1 run" if found.runs == 1 else f"{found.runs:,} runs"
    low, high = (_points(value) for value in (found.low, found.high))
    said = f"{count}, {_points(found.difference, sign='+')} points, 95 % {low} to {high}"
    return f"{name}: {said}" if name else said


def _points(share: float, sign: str = "") -> str:
    shown = round(100 * share, 1) + 0.0
    return f"{shown:{sign if shown else ''}.1f}".replace("-", "−")
