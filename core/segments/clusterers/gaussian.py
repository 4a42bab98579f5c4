"""Gaussian mixture: each customer belongs to the most likely of k clouds."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from sklearn.cluster import KMeans as Lloyd
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture

from core.segments.dividing.clusterer import BLOCK, Fit, summarise
from core.segments.dividing.sampling import EXACT_UP_TO, varied
from core.segments.dividing.threads import limited

# Starts from K-Means on the columns as they are, and as many where every direction is brought to the same spread:
# there long groups that lie side by side stand apart.
STARTS = 2
# Each start takes a few steps; the most promising go on until hardly anything changes.
FIRST_STEPS, GO_ON, STEPS = 30, 2, 200
# A cloud is never flatter than this share of the usual variance, lest it shrinks onto customers who are all alike.
FLATTEST = 0.01


@dataclass(frozen=True)
class Gaussian:
    """scikit-learn's Gaussian mixture with full covariances.

    Notes
    -----
    Above 10,000 customers the clouds are found on a seeded sample of that size. A start that leaves a cloud without
    customers is not taken; where all do, clouds are equal spheres around the averages of K-Means.
    """

    slug: str = "gaussian"
    label: str = "Gaussian mixture"
    order: int = 20
    chooses_k: bool = False
    places: bool = True
    weighs: bool = False
    starts: int = STARTS
    says: str = (
        "Each segment is a cloud with a size, stretch and tilt of its own, and each customer belongs to the likeliest "
        "one: long groups and groups of unequal spread stay whole."
    )
    term: str = (
        "Gaussian mixture by expectation–maximisation (Dempster, Laird and Rubin 1977), full covariances, regularised, "
        "best of four seeded starts from K-Means; placed by the highest posterior probability."
    )

    def fit(self, values: np.ndarray, k: int, seed: int, owner: np.ndarray | None = None) -> Fit:
        """Divide customers into ``k`` groups; see :meth:`core.segments.dividing.clusterer.Clusterer.fit`.

        Examples
        --------
        >>> rows = np.array([[0.0], [0.1], [0.2], [9.0], [9.1], [9.2]])
        >>> labels = CLUSTERER.fit(rows, 2, seed=42).labels.tolist()
        >>> labels[0] == labels[1] == labels[2] != labels[3] == labels[4] == labels[5]
        True
        """
        sample = values[varied(values, k, seed, EXACT_UP_TO)]
        least = FLATTEST * (float(sample.var(axis=0).mean()) or 1.0)
        # Starting threads costs more than they save on a few thousand rows.
        with limited(1):
            memory = _clouds(sample, k, seed, least, self.starts) or _spheres(sample, k, seed)
        return summarise(values, _likeliest(memory, values), memory)

    def place(self, fit: Fit, values: np.ndarray) -> np.ndarray:
        """The likeliest cloud."""
        return _likeliest(fit.memory, values)

    def hasty(self) -> Gaussian:
        """With one start of each kind."""
        return replace(self, starts=1)


def _clouds(sample: np.ndarray, k: int, seed: int, least: float, starts: int) -> dict[str, np.ndarray]:
    """The likeliest of several starts in which every cloud has customers; nothing where none has."""
    level, begun = _level(sample, least), list[tuple[float, int, np.ndarray, GaussianMixture]]()
    for turn in (np.eye(sample.shape[1]), level):
        grown = float(np.linalg.slogdet(turn)[1])
        flattest = least if turn is not level else FLATTEST
        for start in range(starts):
            mixture = GaussianMixture(
                k, reg_covar=flattest, random_state=seed + start, max_iter=FIRST_STEPS, warm_start=True
            )
            _go_on(mixture, sample @ turn)
            begun.append((-mixture.lower_bound_ - grown, len(begun), turn, mixture))
    begun.sort(key=lambda each: each[:2])
    best, found = -np.inf, dict[str, np.ndarray]()
    for number, (_, _, turn, mixture) in enumerate(begun):
        if number >= GO_ON and found:
            break
        if not mixture.converged_:
            mixture.max_iter = STEPS
            _go_on(mixture, sample @ turn)
        roots = mixture.precisions_cholesky_
        sizes = np.log(mixture.weights_) + np.log(np.diagonal(roots, axis1=1, axis2=2)).sum(axis=1)
        memory = {"sizes": sizes, "means": mixture.means_ @ np.linalg.inv(turn), "roots": turn @ roots}
        bound = mixture.lower_bound_ + float(np.linalg.slogdet(turn)[1])
        if bound > best and len(np.unique(_likeliest(memory, sample))) == k:
            best, found = bound, memory
    return found


def _go_on(mixture: GaussianMixture, rows: np.ndarray) -> None:
    with warnings.catch_warnings():
        # Who stops early is judged by the likelihood that was reached, like the others.
        warnings.simplefilter("ignore", ConvergenceWarning)
        mixture.fit(rows)


def _level(sample: np.ndarray, least: float) -> np.ndarray:
    """What turns the rows so that they vary alike in every direction."""
    variances, directions = np.linalg.eigh(np.cov(sample.T, bias=True).reshape(sample.shape[1], -1))
    turn: np.ndarray = directions / np.sqrt(np.maximum(variances, 0) + least)
    return turn


def _spheres(sample: np.ndarray, k: int, seed: int) -> dict[str, np.ndarray]:
    """Clouds of one size and no direction: the likeliest is the one with the nearest centre."""
    centres = Lloyd(k, n_init=STARTS, random_state=seed).fit(sample).cluster_centers_
    return {"sizes": np.zeros(k), "means": centres, "roots": np.stack([np.eye(sample.shape[1])] * k)}


def _likeliest(memory: Mapping[str, np.ndarray], values: np.ndarray) -> np.ndarray:
    """The cloud of the highest posterior probability, a block of rows at a time.

    ``roots`` turn precisions into lengths; ``sizes`` are what the logarithm of a cloud's density is at its mean.
    """
    sizes, means, roots = memory["sizes"], memory["means"], memory["roots"]
    found = np.empty(len(values), dtype=np.int64)
    for start in range(0, len(values), BLOCK):
        here = values[start : start + BLOCK]
        away = [((here @ root - mean @ root) ** 2).sum(axis=1) for mean, root in zip(means, roots, strict=True)]
        found[start : start + BLOCK] = (sizes - np.column_stack(away) / 2).argmax(axis=1)
    return found


CLUSTERER = Gaussian()
