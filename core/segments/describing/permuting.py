"""What a trained model loses when features are shuffled among customers it has not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata
from sklearn.ensemble import RandomForestClassifier

REPEATS = 10
# From this rank correlation on features can stand in for each other; at most so many pairs are looked at.
RELATED, MOST_PAIRS = 0.5, 4


@dataclass(frozen=True)
class Shuffled:
    """Held-out customers as a model tells them.

    Parameters
    ----------
    truth, told : int arrays
        The segment of each, and what the model says.
    blind : int array, features × repeats × customers
        What it says when features are shuffled.
    """

    truth: np.ndarray
    told: np.ndarray
    blind: np.ndarray

    def lost(self) -> tuple[np.ndarray, np.ndarray]:
        """Accuracy lost by feature, and its standard deviation; see :func:`_spread`."""
        away = (self.told == self.truth).astype(float) - (self.blind == self.truth)
        return _spread(away, np.full(len(self.truth), 1 / len(self.truth)), np.zeros(len(self.truth), dtype=int))

    def lost_of(self, segment: int) -> tuple[np.ndarray, np.ndarray]:
        """The same for one segment against the rest, by balanced accuracy: members and others weigh alike."""
        mine = self.truth == segment
        right, blind = (self.told == segment) == mine, (self.blind == segment) == mine
        share = np.where(mine, 0.5 / max(mine.sum(), 1), 0.5 / max((~mine).sum(), 1))
        return _spread(right.astype(float) - blind, share, mine.astype(int))

    def known(self, segment: int) -> tuple[int, float, float]:
        """Held-out members of a segment, the share of them that is recognised, and of the others that is kept out."""
        mine = self.truth == segment
        others = (self.told[~mine] != segment).mean() if (~mine).any() else 1.0
        return int(mine.sum()), float((self.told[mine] == segment).mean()), float(others)


def join(parts: Sequence[Shuffled]) -> Shuffled:
    """Several held-out parts as one."""
    return Shuffled(
        np.concatenate([part.truth for part in parts]),
        np.concatenate([part.told for part in parts]),
        np.concatenate([part.blind for part in parts], axis=2),
    )


def shuffle(
    forest: RandomForestClassifier, held: np.ndarray, truth: np.ndarray, sets: Sequence[np.ndarray], seed: int
) -> Shuffled:
    """Tell held-out customers, as they are and with each set of columns shuffled together, ten times."""
    rng, blind = np.random.default_rng(seed), np.empty((len(sets), REPEATS, len(held)), dtype=truth.dtype)
    for number, columns in enumerate(sets):
        rows = np.repeat(held[None], REPEATS, axis=0)
        for repeat in range(REPEATS):
            rows[repeat][:, columns] = held[rng.permutation(len(held))][:, columns]
        blind[number] = forest.predict(rows.reshape(-1, held.shape[1])).reshape(REPEATS, -1)
    return Shuffled(truth, forest.predict(held), blind)


def related(rows: np.ndarray, owner: np.ndarray) -> list[tuple[int, int, float]]:
    """Pairs of features that go together, the closest first: their numbers and rank correlation.

    Notes
    -----
    Spearman's; of a category that of the level that goes with the other most closely.

    Examples
    --------
    >>> x = np.arange(20.0)
    >>> related(np.column_stack([x, x**3, np.tile([0.0, 1.0], 10)]), np.arange(3))
    [(0, 1, 1.0)]
    """
    ranks = rankdata(rows, axis=0)
    ranks -= ranks.mean(axis=0)
    length = np.linalg.norm(ranks, axis=0)
    ranks = np.divide(ranks, length, out=np.zeros_like(ranks), where=length > 0)
    closeness, found = ranks.T @ ranks, list[tuple[int, int, float]]()
    for first in range(int(owner.max()) + 1):
        for second in range(first + 1, int(owner.max()) + 1):
            part = closeness[np.ix_(owner == first, owner == second)].ravel()
            strongest = float(part[np.abs(part).argmax()]) if part.size else 0.0
            if abs(strongest) >= RELATED:
                found.append((first, second, round(strongest, 6)))
    return sorted(found, key=lambda pair: -abs(pair[2]))[:MOST_PAIRS]


def _spread(away: np.ndarray, weights: np.ndarray, groups: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weighted sums by feature, and the standard deviation of these.

    Notes
    -----
    Two things make such a figure uncertain: which shuffle it was (the deviation between the ten) and which customers
    were held out (the standard error over them, within members and others). Both variances are added.
    """
    figures = away @ weights
    mean, each = figures.mean(axis=1), away.mean(axis=1)
    variance = figures.var(axis=1)
    for group in np.unique(groups):
        here = groups == group
        variance = variance + here.sum() * weights[here][0] ** 2 * each[:, here].var(axis=1)
    return mean, np.sqrt(variance)
