"""Own thresholds of the RFM scores: fixed days, orders and amounts, or shares of customers other than fifths."""

from __future__ import annotations

import functools
import itertools
import math
import re
from dataclasses import dataclass

import numpy as np

from core.errors import ParameterError

CUTS = (0.2, 0.4, 0.6, 0.8)
# What a link calls them, and the columns that scores are taken from.
FEATURES = {"recency": "recency_days", "orders": "frequency", "spend": "monetary"}
_EXAMPLE = "Write it as recency:7,30,90,180 or, for shares of customers, recency:%10,30,60,80."
_NUMBER = re.compile(r"\d{1,12}(\.\d{1,2})?")


@dataclass(frozen=True)
class Rule:
    """Where one score changes.

    ``cuts`` are four rising numbers: days, orders or money, or where it is ``relative``, shares of customers from the
    lowest score on, from 0 to 1.
    """

    relative: bool
    cuts: tuple[float, ...]

    def edges(self, values: np.ndarray, slug: str) -> list[float]:
        """The values at which the score changes; see :func:`core.segments.scores.rfm.edges`."""
        falling = slug == "recency_days"
        if self.relative:
            return edges(values, falling=falling, at=self.cuts)
        if falling:
            return [float(cut) for cut in reversed(self.cuts)]
        # A score is passed by what is larger than its edge, and a fixed threshold by what reaches it.
        unit = 100 if slug == "monetary" else 1
        return [float(round(cut * unit) - 1) for cut in self.cuts]


FIFTHS = Rule(True, CUTS)


def edges(values: np.ndarray, *, falling: bool = False, at: tuple[float, ...] = CUTS) -> list[float]:
    """The values at which a score from 1 to 5 changes.

    Parameters
    ----------
    values : array
    falling : bool
        Whether small values are the good ones, as with recency.
    at : tuple of float
        Shares of customers, from the lowest score on, at which it changes.

    Notes
    -----
    Mid-rank percentiles (average rank ÷ n) with right-closed edges, at .2, .4, .6 and .8 unless others are given. Equal
    values have equal percentiles, so they get equal scores whatever the order of rows. Infinite where no value lies
    below a cut.

    Examples
    --------
    >>> edges(np.array([1.0, 1.0, 1.0, 2.0, 3.0]))
    [-inf, 1.0, 1.0, 2.0]
    """
    signed = -values if falling else values
    distinct, counts = np.unique(signed, return_counts=True)
    percentile = (np.cumsum(counts) - (counts - 1) / 2) / len(signed)
    # The margin keeps k/n on the right side of a cut that has no exact binary fraction.
    last = np.searchsorted(percentile, np.array(at) + 1e-12, side="right") - 1
    found = np.where(last >= 0, distinct[last], -np.inf)
    return [float(edge) for edge in (-found if falling else found)]


@functools.lru_cache(maxsize=256)
def read(text: str) -> dict[str, Rule]:
    """The rules of a link, by column; fifths unless it says otherwise.

    Parameters
    ----------
    text : str
        Such as ``recency:7,30,90,180;orders:2,3,5,8;spend:50,100,250,1000``. Recency scores fall at each number of
        days; the others rise with each number of orders, or amount in units of the currency, that is reached. After
        ``%`` come shares of customers instead, from the lowest score on.

    Raises
    ------
    ParameterError
        If a feature is unknown or comes twice, or its four numbers do not rise.

    Examples
    --------
    >>> read("orders:2,3,5,8")["frequency"].edges(np.array([]), "frequency")
    [1.0, 2.0, 4.0, 7.0]
    >>> read("recency:%10,30,60,80")["recency_days"].cuts
    (0.1, 0.3, 0.6, 0.8)
    """
    found: dict[str, Rule] = {}
    for part in filter(None, (each.strip() for each in text.split(";"))):
        name, mark, numbers = part.partition(":")
        name = name.strip()
        if not mark or name not in FEATURES:
            raise ParameterError(f"There is no RFM threshold for {name[:40]!r}.",
                                 f"Choose from {', '.join(FEATURES)}. {_EXAMPLE}")  # fmt: skip
        if FEATURES[name] in found:
            raise ParameterError(f"The thresholds of {name} stand there twice.", "Leave one of them out.")
        found[FEATURES[name]] = _rule(name, numbers.strip())
    return {slug: found.get(slug, FIFTHS) for slug in FEATURES.values()}


def write(rules: dict[str, Rule]) -> str:
    """The text of rules; fifths are left out.

    >>> write(read("spend:50,100.5,250,1000;recency:%10,30,60,80;orders:%20,40,60,80"))
    'recency:%10,30,60,80;spend:50,100.5,250,1000'
    """
    said = []
    for name, slug in FEATURES.items():
        if (rule := rules[slug]) != FIFTHS:
            said.append(f"{name}:{numbers(rule)}")
    return ";".join(said)


def numbers(rule: Rule) -> str:
    """The four numbers of a rule as they are typed in."""
    scale = 100 if rule.relative else 1
    return f"{'%' if rule.relative else ''}{','.join(f'{round(cut * scale, 2):.12g}' for cut in rule.cuts)}"


def _rule(name: str, text: str) -> Rule:
    relative = text.startswith("%")
    parts = [each.strip() for each in text.removeprefix("%").split(",")]
    for each in parts:
        if not (each.isascii() and _NUMBER.fullmatch(each)):
            raise ParameterError(f"The threshold {each[:40]!r} of {name} is not a number.", _EXAMPLE)
    cuts = tuple(float(each) for each in parts)
    if len(cuts) != 4:
        raise ParameterError(f"{name.capitalize()} has {len(cuts)} thresholds.", f"Five scores need four. {_EXAMPLE}")
    if any(not low < high for low, high in itertools.pairwise(cuts)):
        raise ParameterError(f"The thresholds of {name} do not rise: {', '.join(parts)[:60]}.",
                             "Give four numbers, each larger than the one before.")  # fmt: skip
    if relative and not (cuts[0] > 0 and cuts[-1] < 100):
        raise ParameterError(f"The shares of {name} are not between 0 and 100 %.", _EXAMPLE)
    if not relative and cuts[0] <= 0:
        raise ParameterError(f"The first threshold of {name} is 0.", "Begin above 0, or nobody could lie below it.")
    if not relative and name != "spend" and not all(math.floor(cut) == cut for cut in cuts):
        raise ParameterError(f"The thresholds of {name} are not whole numbers.", _EXAMPLE)
    return Rule(relative, tuple(cut / 100 for cut in cuts) if relative else cuts)
