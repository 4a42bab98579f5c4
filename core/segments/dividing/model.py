"""Which segment a customer belongs to, told without the customers that the segments were learned from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.spatial.distance import cdist

from core.codec import cacheable
from core.segments.dividing import clusterer
from core.segments.dividing.clusterer import Fit
from core.segments.inputs.matrix import Encoding
from core.segments.inputs.preparing import Prepared

FAR = 0.99
BLOCK = 100_000


@dataclass(frozen=True)
class Placed:
    """Where customers belong; an entry each.

    Parameters
    ----------
    segment, runner_up : int arrays
        Ids; the runner-up is the nearest other segment, 0 where there is only one.
    distance, next_distance : float arrays
        To the centres of both, in prepared units.
    margin : float array
        (next − own) / the larger of both: 0 half-way between two segments, towards 1 at the centre; below 0 where
        another centre lies nearer.
    far : bool array
        Farther from the centre than 99 in 100 of those whom the segment was learned from.
    """

    segment: np.ndarray
    runner_up: np.ndarray
    distance: np.ndarray
    next_distance: np.ndarray
    margin: np.ndarray
    far: np.ndarray


@cacheable
@dataclass(frozen=True)
class Model:
    """Learned segments, ready to place customers.

    Parameters
    ----------
    method : str
        Slug of the algorithm.
    encoding : Encoding
        How columns become a matrix.
    prepared : Prepared
        How the matrix is brought to one scale; its own rows are left out.
    fit : Fit
        Centres and memory of the algorithm; its labels are left out.
    ids : int array
        The segment that each group of the fit became.
    reach : float array
        Of each group the distance to its centre that 99 in 100 of its customers stay within.
    apart : int
        The segment of those who were set aside or belong to no group; 0 where there is none.
    bounds : array, 2 × columns
        Prepared values below and above which a customer is set aside; infinite where nobody is.
    """

    method: str
    encoding: Encoding
    prepared: Prepared
    fit: Fit
    ids: np.ndarray
    reach: np.ndarray
    apart: int
    bounds: np.ndarray

    def values(self, frame: pd.DataFrame) -> np.ndarray:
        """Customers in prepared units; ``frame`` as of :func:`core.segments.inputs.features.frame`."""
        return self.prepared.apply(self.encoding.rows(frame))

    def place(self, values: np.ndarray) -> Placed:
        """Place customers.

        Parameters
        ----------
        values : array, customers × prepared columns
            As of :meth:`values`.
        """
        groups = clusterer.of(self.method).place(self.fit, values)
        segments = np.where(groups >= 0, self.ids[groups], self.apart)
        segments[((values < self.bounds[0]) | (values > self.bounds[1])).any(axis=1)] = self.apart
        own, nearest, runner = _distances(self.fit.centres, groups, values)
        wider = np.maximum(own, nearest)
        several = np.isfinite(nearest)
        margin = np.where(several & (wider > 0), (nearest - own) / np.where(wider > 0, wider, 1), 0.0)
        reached = np.where(groups >= 0, self.reach[groups], np.inf)
        return Placed(segments, np.where(several, self.ids[runner], 0), own, nearest, margin, own > reached)

    def place_all(self, frame: pd.DataFrame, *, drop: bool) -> Placed:
        """Place the customers of a frame; with ``drop`` who lacks a feature is set aside, as when it was learned."""
        found = self.place(self.values(frame))
        gaps = frame[[feature.slug for feature in self.encoding.features]].isna().any(axis=1).to_numpy()
        if not (drop and self.apart and gaps.any()):
            return found
        return replace(found, segment=np.where(gaps, self.apart, found.segment), far=found.far & ~gaps)

    def renumber(self, numbers: Mapping[int, int]) -> Model:
        """The same segments under other ids."""
        ids = np.array([numbers[int(each)] for each in self.ids], dtype=np.int64)
        return replace(self, ids=ids, apart=numbers.get(self.apart, 0) if self.apart else 0)

    def centre(self, segment: int) -> np.ndarray | None:
        """The centre of a segment in prepared units; None of those set aside."""
        places = np.flatnonzero(self.ids == segment)
        return self.fit.centres[places[0]] if len(places) else None


def make(
    method: str,
    encoding: Encoding,
    prepared: Prepared,
    fit: Fit,
    ids: np.ndarray,
    apart: int,
    aside: np.ndarray,
    *,
    bounded: bool,
) -> Model:
    """The model of a fit.

    Parameters
    ----------
    prepared : Prepared
        With the rows of all customers.
    fit : Fit
        Of those who were not set aside.
    ids : int array
        The segment of each group.
    apart : int
        The segment of all others; 0 where there is none.
    aside : bool array
        Who was set aside.
    bounded : bool
        Whether further customers who lie outside of all others are set aside too.
    """
    values = prepared.values[~aside]
    grouped = fit.labels >= 0
    away = np.linalg.norm(values[grouped] - fit.centres[fit.labels[grouped]], axis=1)
    mine = fit.labels[grouped]
    reach = np.array([np.quantile(away[mine == group], FAR) for group in range(len(fit.centres))])
    columns = prepared.values.shape[1]
    bounds = np.stack([np.full(columns, -np.inf), np.full(columns, np.inf)])
    if bounded:
        bounds = np.stack([values.min(axis=0), values.max(axis=0)])
    bare = replace(prepared, values=np.empty((0, columns)))
    empty = replace(fit, labels=np.empty(0, dtype=np.int64))
    return Model(method, encoding, bare, empty, ids, reach, apart, bounds)


def _distances(
    centres: np.ndarray, groups: np.ndarray, values: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Distance to the own centre, to the nearest other one, and which that is; who has no group has the nearest."""
    own, other = np.empty(len(values)), np.empty(len(values))
    runner = np.zeros(len(values), dtype=np.int64)
    for start in range(0, len(values), BLOCK):
        here = slice(start, start + BLOCK)
        away = cdist(values[here], centres)
        rows, mine = np.arange(len(away)), groups[here]
        mine = np.where(mine >= 0, mine, away.argmin(axis=1))
        own[here] = away[rows, mine]
        away[rows, mine] = np.inf
        runner[here] = away.argmin(axis=1)
        other[here] = away[rows, runner[here]]
    return own, other, runner
