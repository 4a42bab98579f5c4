"""How much nearer customers lie to their own segment than to the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.spatial.distance import cdist
from threadpoolctl import threadpool_limits

from core.codec import cacheable
from core.segments.dividing.sampling import study
from core.segments.inputs import features
from core.segments.inputs.features import Recipe, Source
from core.stages import stage

BLOCK = 512
MOST_POINTS = 300


def widths(values: np.ndarray, labelings: Sequence[np.ndarray]) -> list[np.ndarray]:
    """The silhouette of every row under each of several labelings.

    Parameters
    ----------
    values : array, rows × features
    labelings : sequence of int arrays
        Labels 0 to k−1, none of them empty, k at least 2.

    Returns
    -------
    list of float arrays
        (b − a) / max(a, b) per row: a is the mean distance to the others of its own segment, b that to the
        nearest other segment; 0 for a row that is alone in its segment (Rousseeuw 1987).

    Notes
    -----
    Each distance is computed once for both its ends and all labelings, a block of rows at a time: the sums of
    distances per segment are the block times a table of zeros and ones, so memory stays at a few megabytes.

    Examples
    --------
    >>> rows = np.array([[0.0], [1.0], [10.0], [11.0]])
    >>> widths(rows, [np.array([0, 0, 1, 1])])[0].round(3)
    array([0.905, 0.895, 0.895, 0.905])
    """
    if not labelings:
        return []
    tables = [np.eye(int(labels.max()) + 1)[labels] for labels in labelings]
    membership = np.concatenate(tables, axis=1)
    sums = np.zeros((len(values), membership.shape[1]))
    blocks = [slice(start, start + BLOCK) for start in range(0, len(values), BLOCK)]
    # Products of small blocks wait for threads longer than they compute.
    with threadpool_limits(1, "blas"):
        for number, here in enumerate(blocks):
            for there in blocks[number:]:
                distances = cdist(values[here], values[there])
                sums[here] += distances @ membership[there]
                if there != here:
                    sums[there] += distances.T @ membership[here]
    ends = np.cumsum([table.shape[1] for table in tables])
    return [_widths(part, labels) for part, labels in zip(np.split(sums, ends[:-1], axis=1), labelings, strict=True)]


def _widths(sums: np.ndarray, labels: np.ndarray) -> np.ndarray:
    rows, sizes = np.arange(len(labels)), np.bincount(labels)
    own = sums[rows, labels] / np.maximum(sizes[labels] - 1, 1)
    others = sums / sizes
    others[rows, labels] = np.inf
    nearest = others.min(axis=1)
    wider = np.maximum(own, nearest)
    return np.where((sizes[labels] > 1) & (wider > 0), (nearest - own) / np.where(wider > 0, wider, 1), 0.0)


def average(values: np.ndarray, labels: np.ndarray, seed: int) -> tuple[float, int]:
    """Mean silhouette and the size of the sample it stands on, 0 where it is exact."""
    rows = study(len(values), seed)
    _, kept = np.unique(labels[rows], return_inverse=True)
    if kept.max() == 0:
        return float("nan"), len(rows)
    return float(widths(values[rows], [kept])[0].mean()), len(rows) if len(rows) < len(values) else 0


@cacheable
@dataclass(frozen=True)
class Silhouettes:
    """Silhouettes by segment.

    ``points``: id, position (0 to 1 within the segment, widest first), width. ``segments``: id, customers, mean,
    below (share that lies nearer to another segment). ``sampled``: 0 where exact.
    """

    points: pd.DataFrame
    segments: pd.DataFrame
    mean: float
    customers: int
    sampled: int


@stage(version=3)
def silhouettes(
    source: Source, recipe: Recipe, k: int, seed: int, apart: int = 0, *, labels: np.ndarray
) -> Silhouettes:
    """The silhouette of each customer, sorted within segments and thinned to what can be drawn.

    Parameters
    ----------
    source : Slice or People
        The whole dataset.
    recipe, k, seed
        Name the segmentation that ``labels`` come from.
    apart : int
        The id of those who are in no segment, 0 where there are none. They have no silhouette, and nobody is near
        to them as to a segment.
    labels : int array
        Segment of each customer, from 1.
    """
    values, labels = features.values(source, recipe)[labels != apart], labels[labels != apart]
    rows = study(len(values), seed)
    ids, kept = np.unique(labels[rows], return_inverse=True)
    width = widths(values[rows], [kept])[0] if len(ids) > 1 else np.zeros(len(rows))
    points, segments = [], []
    for number, segment in enumerate(ids):
        sorted_widths = np.sort(width[kept == number])[::-1]
        at = np.unique(np.linspace(0, len(sorted_widths) - 1, MOST_POINTS).round().astype(int))
        place = at / max(len(sorted_widths) - 1, 1)
        points.append(pd.DataFrame({"id": segment, "position": place, "width": sorted_widths[at]}))
        size = int((labels == segment).sum())
        segments.append((int(segment), size, sorted_widths.mean(), float((sorted_widths < 0).mean())))
    return Silhouettes(
        points=pd.concat(points, ignore_index=True),
        segments=pd.DataFrame(segments, columns=["id", "customers", "mean", "below"]),
        mean=float(width.mean()),
        customers=len(values),
        sampled=len(rows) if len(rows) < len(values) else 0,
    )
