"""Whether customers fall into groups at all, or thin out evenly from one middle."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from sklearn.cluster import KMeans

from core.codec import cacheable
from core.segments.dividing.sampling import draw
from core.segments.dividing.threads import limited

SAMPLE = 2_000
DIVISIONS = (2, 3, 4, 5, 6)
# A dip above this over √n is a gap. Even spread gives up to 0.46 in 19 of 20 samples along one line; the widest of
# some fifty lines stayed below 0.6 for even, bell-shaped, skewed and long-tailed clouds alike.
LIMIT = 0.8
DENSITIES = 32


@cacheable
@dataclass(frozen=True)
class Grouping:
    """Whether there are gaps between groups.

    ``dip``: the widest along any line; ``limit``: what it must exceed; ``customers``: how many were looked at.
    """

    distinct: bool
    dip: float
    limit: float
    customers: int


def grouping(values: np.ndarray, seed: int) -> Grouping:
    """Look for a gap between groups of customers.

    Parameters
    ----------
    values : array, customers × prepared columns
        In an order that is their own.
    seed : int
        Of the sample of at most 2,000, of the lines and of the spreading of ties.

    Notes
    -----
    Whatever the direction from which one looks at a cloud with a single middle (even, bell-shaped, skewed), its
    density rises and falls once: marginals of a log-concave density are log-concave. So customers are seen along the
    lines that tell K-Means groups apart (between centres, and from each centre to the middle of the others, k = 2…6),
    and Hartigan's dip asks whether the density along a line rises twice (Hartigan and Hartigan 1985; recommended for
    this question by Adolfsson, Ackerman and Brownstein 2019). The gap statistic was tried too: its answer hung on the
    few largest customers, and it overlooked two groups five deviations apart.

    Equal values are spread over the way to their neighbours, or every count of orders would be a group. Groups of a
    few per cent do not count.

    Examples
    --------
    >>> rows = np.random.default_rng(1).normal(size=(600, 2))
    >>> grouping(rows, 42).distinct, grouping(np.concatenate([rows, rows + 8]), 42).distinct
    (False, True)
    """
    rows = values[draw(len(values), SAMPLE, seed)]
    rng = np.random.default_rng(seed)
    limit = LIMIT / math.sqrt(max(len(rows), 1))
    if len(rows) < 3 or not np.ptp(rows, axis=0).any():
        return Grouping(False, 0.0, limit, len(rows))
    rows = rows[:, np.ptp(rows, axis=0) > 0]
    rows = np.column_stack([untie(column, rng) for column in rows.T])
    widest = max((dip(rows @ line) for line in _lines(rows, seed)), default=0.0)
    return Grouping(widest > limit, widest, limit, len(rows))


def dip(values: np.ndarray) -> float:
    """How far numbers are from rising and falling once in density: 0 to 0.25.

    Parameters
    ----------
    values : float array

    Notes
    -----
    Computed as half the excess mass that two intervals hold over one, at the level of density where that is most
    (Müller and Sawitzki 1991), which is Hartigan's dip; levels are tried on a grid.

    Examples
    --------
    >>> round(dip(np.repeat([0.0, 1.0], 50)), 2), round(dip(np.linspace(0, 1, 500)), 2)
    (0.25, 0.0)
    """
    ordered = np.sort(values)
    low, high = np.quantile(ordered, [0.01, 0.99])
    if high <= low:
        low, high = ordered[0], ordered[-1]
    if high <= low:
        return 0.0
    count = len(ordered)
    level = np.geomspace(0.1, 20, DENSITIES)[:, None] * (ordered - low) / (high - low)
    before, after = np.arange(count) / count - level, np.arange(1, count + 1) / count - level
    left = np.maximum.accumulate(after - np.minimum.accumulate(before, axis=1), axis=1)
    right = np.maximum.accumulate(np.maximum.accumulate(after[:, ::-1], axis=1) - before[:, ::-1], axis=1)[:, ::-1]
    one = left[:, -1]
    two = (left[:, :-1] + right[:, 1:]).max(axis=1) if count > 1 else one
    return float(max((two - one).max() / 2, 0.0))


def untie(column: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Numbers that share a value spread over half the way to the next ones.

    Examples
    --------
    >>> spread = untie(np.repeat([0.0, 1.0], 50), np.random.default_rng(1))
    >>> bool(spread.min() > -0.5), bool(spread.max() < 1.5), len(np.unique(spread))
    (True, True, 100)
    """
    values, place, counts = np.unique(column, return_inverse=True, return_counts=True)
    if len(values) < 2 or counts.max() == 1:
        return column
    half = np.diff(values) / 2
    low, high = values - np.append(half[0], half), values + np.append(half, half[-1])
    spread: np.ndarray = low[place] + (high - low)[place] * rng.uniform(size=len(column))
    return np.where(counts[place] > 1, spread, column)


def _lines(rows: np.ndarray, seed: int) -> list[np.ndarray]:
    """Directions of length one that tell groups apart; the few farthest customers do not bend them."""
    inner = np.clip(rows, *np.quantile(rows, [0.01, 0.99], axis=0))
    lines = []
    with limited(1):
        for groups in DIVISIONS:
            if groups >= len(inner):
                break
            centres = KMeans(groups, n_init=1, random_state=seed).fit(inner).cluster_centers_
            first, second = np.triu_indices(groups, 1)
            lines += list(centres[first] - centres[second])
            if groups > 2:
                lines += list(centres - (centres.sum(axis=0) - centres) / (groups - 1))
    lengths = [float(np.linalg.norm(line)) for line in lines]
    return [line / length for line, length in zip(lines, lengths, strict=True) if length > 0]
