"""What speaks against believing a comparison, in words."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from scipy import stats

# So low that chance is no explanation: a sample ratio mismatch is a fault of sending or of matching.
MISMATCH = 0.001
LOW_MATCH = 0.5
# So many would be expected where none is: by chance alone that happens less than once in a hundred.
EXPECTED = 5


def shares(treated: int, holdout: int, planned: float | None) -> Iterator[str]:
    """Arms whose sizes chance does not explain.

    Notes
    -----
    A χ² test of the arms' sizes against the planned share at 0.001: Fabijan et al., KDD 2019, "Diagnosing sample ratio
    mismatch".

    Examples
    --------
    >>> list(shares(900, 100, 0.1))
    []
    >>> list(shares(900, 160, 0.1))
    ['15.1 % were held out where 10.0 % were planned: chance does not explain that. Find out who is missing first.']
    """
    whole = treated + holdout
    if planned is None or not whole or not 0 < planned < 1:
        return
    expected = [whole * (1 - planned), whole * planned]
    if stats.chisquare([treated, holdout], expected).pvalue < MISMATCH:
        yield (
            f"{100 * holdout / whole:.1f} % were held out where {100 * planned:.1f} % were planned: chance does not "
            "explain that. Find out who is missing first."
        )


def mixes(people: pd.DataFrame) -> Iterator[str]:
    """Segments of which different shares were held out, so that all together are no fair comparison.

    Parameters
    ----------
    people : frame
        ``segment`` and ``arm``, a row a customer.
    """
    table = pd.crosstab(people["segment"], people["arm"])
    if table.shape[0] > 1 and table.shape[1] > 1 and stats.chi2_contingency(table).pvalue < MISMATCH:
        yield (
            "Different shares of the segments were held out: the arms as a whole differ in who is in them. "
            "Believe the segments, not their total."
        )


def coverage(people: pd.DataFrame) -> Iterator[str]:
    """Arms of which the results file names different shares, though it also names customers who did nothing.

    Parameters
    ----------
    people : frame
        ``arm``, ``converted`` and ``found`` (whether the file names them), a row a customer.
    """
    if not (people["found"] & ~people["converted"]).any() or people["found"].all():
        return
    named = people.groupby("arm")["found"].mean()
    table = pd.crosstab(people["found"], people["arm"])
    if table.shape == (2, 2) and stats.chi2_contingency(table).pvalue < MISMATCH:
        yield (
            f"The file names {100 * named['treated']:.0f} % of the treated and {100 * named['holdout']:.0f} % of the "
            "holdout. Whoever it does not name counts as not having ordered, so the comparison leans."
        )


def silence(people: pd.DataFrame) -> Iterator[str]:
    """A file that names nobody of the holdout, where it names many of the treated.

    Parameters
    ----------
    people : frame
        ``arm`` and ``found``, a row a customer.

    Notes
    -----
    Said where, if both arms were named alike, at least five of the holdout would be expected and none is there.
    """
    found = {arm: people.loc[people["arm"] == arm, "found"].to_numpy(dtype=bool) for arm in ("treated", "holdout")}
    treated, holdout = found["treated"], found["holdout"]
    if len(treated) and not holdout.any() and treated.mean() * len(holdout) >= EXPECTED:
        yield (
            "The file names nobody of the holdout. A mail tool knows only those whom it wrote to, and then orders "
            "of the holdout are missing here, not absent: take the orders from the shop."
        )


def matches(rows: int, known: int, repeated: int, blank: int) -> Iterator[str]:
    """Rows of the results file that count for nothing.

    Parameters
    ----------
    rows, known : int
        Different customers that the file names, and those of them who were in the campaign.
    repeated, blank : int
        Rows of customers who stood there before, and rows that name nobody.

    Examples
    --------
    >>> list(matches(100, 98, 0, 1))
    ['2 of the 100 customers of the file were never in the campaign; they are not counted.', '1 row names nobody.']
    """
    if strangers := rows - known:
        yield f"{strangers:,} of the {rows:,} customers of the file were never in the campaign; they are not counted."
        if known < LOW_MATCH * rows:
            yield f"Only {100 * known / rows:.0f} % of the file could be matched: check that it is of this campaign."
    if repeated:
        yield f"{repeated:,} {'rows repeat' if repeated > 1 else 'row repeats'} a customer; each counts once."
    if blank:
        yield f"{blank:,} {'rows name' if blank > 1 else 'row names'} nobody."
