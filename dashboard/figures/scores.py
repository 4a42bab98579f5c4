"""The RFM rules in words: what each score stands for, how many have it, and who changes group."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard import words
from dashboard.figures.groups import days

LABELS = {"r": "Recency", "f": "Orders", "m": "Spend"}
SLUGS = {"r": "recency_days", "f": "frequency", "m": "monetary"}


def reached(letter: str, edges: Sequence[float], currency: str = "GBP") -> dict[int, str]:
    """Score -> what earns it.

    Parameters
    ----------
    letter : str
        ``r``, ``f`` or ``m``.
    edges : sequence of float
        Of the run: the score is passed by what is larger, and with recency by what is smaller. Money in cents.

    Examples
    --------
    >>> reached("f", [1.0, 1.0, 2.0, 6.0])
    {1: '1 order or none', 2: 'nobody', 3: '2 orders', 4: '3 to 6 orders', 5: '7 orders or more'}
    """
    if letter == "r":
        return days(edges)
    lows = [-math.inf, *(edge + 1 for edge in edges), math.inf]
    say = _orders if letter == "f" else lambda low, next_: _spend(low, next_, currency)
    return {
        score: say(low, next_) if low < next_ else "nobody"
        for score, (low, next_) in enumerate(itertools.pairwise(lows), start=1)
    }


def _orders(low: float, next_: float) -> str:
    if math.isinf(low):
        if math.isinf(next_):
            return "any number of orders"
        return "1 order or none" if next_ == 2 else f"under {words.count(next_)} orders"
    if math.isinf(next_):
        return f"{words.count(low)} orders or more"
    if next_ - low == 1:
        return "1 order" if low == 1 else f"{words.count(low)} orders"
    return f"{words.count(low)} to {words.count(next_ - 1)} orders"


def _spend(low: float, next_: float, currency: str) -> str:
    low_, upto = (_amount(cents, currency) for cents in (low, next_))
    if math.isinf(low):
        return "any amount" if math.isinf(next_) else f"under {upto}"
    if math.isinf(next_):
        return f"{low_} or more"
    return f"{low_} to {upto}"


def _amount(cents: float, currency: str) -> str:
    """A rule is told to the unit, not to three figures."""
    if math.isinf(cents):
        return ""
    return words.whole_money(cents, currency) if abs(cents) >= 10_000 else words.money(cents, currency)


def levels(scored: Any, currency: str) -> pd.DataFrame:
    """One row per feature and score: letter, feature, score, rule, customers, share; score 5 first."""
    rows = []
    for letter, label in LABELS.items():
        counts = scored.scores[letter].value_counts()
        said = reached(letter, scored.edges[SLUGS[letter]], currency)
        rows += [(letter, label, score, said[score], int(counts.get(score, 0))) for score in range(5, 0, -1)]
    frame = pd.DataFrame(rows, columns=["letter", "feature", "score", "rule", "customers"])
    return frame.assign(share=frame["customers"] / max(len(scored.scores), 1))


def moved(changes: pd.DataFrame, groups: Sequence[Any], usual: Sequence[Any]) -> pd.DataFrame:
    """Who is in another group than on the usual map.

    Parameters
    ----------
    changes : DataFrame
        group, other (of the usual map), customers.

    Returns
    -------
    DataFrame
        usual, now (labels), colour, customers; those whose group is called the same are left out.
    """
    labels = {group.slug: group.label for group in groups}
    colours = {group.slug: group.colour for group in groups}
    before = {group.slug: group.label for group in usual}
    frame = changes.assign(
        usual=changes["other"].map(before), now=changes["group"].map(labels), colour=changes["group"].map(colours)
    )
    other = frame[frame["usual"] != frame["now"]]
    return other[["usual", "now", "colour", "customers"]].reset_index(drop=True)


def moved_headline(rows: pd.DataFrame, customers: int) -> str:
    """How many change group."""
    many = int(rows["customers"].sum())
    if not many:
        return "Nobody changes group"
    who = f"All {words.count(many)}" if many == customers else f"{words.count(many)} of {words.count(customers)}"
    return f"{who} customers are in a group of another name than on the usual map"


def biggest_level(rows: pd.DataFrame) -> str:
    """The score that most customers share: where the rules tell least."""
    best = rows.loc[rows["customers"].idxmax()]
    return (
        f"{words.count(best['customers'])} customers, {words.percent(best['share'], 0)}, have score {best['score']} "
        f"for {best['feature'].lower()}: {best['rule']}"
    )
