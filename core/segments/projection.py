"""Customers on a map of two principal components."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.decomposition import PCA

from core.codec import cacheable
from core.segments import features
from core.segments.features import FEATURES
from core.segments.sampling import draw
from core.stages import stage
from core.warehouse.tables import Slice

MOST_POINTS = 20_000
LOADS = 0.75


@cacheable
@dataclass(frozen=True)
class Projection:
    """``points``: customer, x, y, segment, orders, cents. ``explained``: share of the spread on each axis. ``axes``:
    what loads on each in its positive direction. ``customers`` in all; ``sampled`` is how many are drawn, 0 for all."""

    points: pd.DataFrame
    explained: tuple[float, float]
    axes: tuple[str, str]
    customers: int
    sampled: int


@stage(version=2)
def projection(source: Slice, prepare: str, k: int, seed: int, *, labels: np.ndarray) -> Projection:
    """Lay the customers out on two axes.

    Parameters
    ----------
    source : Slice
        The whole dataset.
    prepare, k, seed
        Name the segmentation that ``labels`` come from.
    labels : int array
        Segment of each customer, from 1.

    Notes
    -----
    Axes are found on all customers. Their signs are set so that the largest loading is positive.
    """
    people = features.customers(source)
    values = features.prepare(features.matrix(people), prepare).values
    model = PCA(2).fit(values)
    signs = [1.0 if row[np.abs(row).argmax()] > 0 else -1.0 for row in model.components_]
    rows = draw(len(values), MOST_POINTS, seed)
    placed = model.transform(values[rows]) * signs
    drawn_people = people.iloc[rows].reset_index(drop=True)
    points = pd.DataFrame(
        {
            "customer": drawn_people["customer"], "x": placed[:, 0], "y": placed[:, 1], "segment": labels[rows],
            "orders": drawn_people["frequency"], "cents": drawn_people["cents"],
        }
    )  # fmt: skip
    first, second = (axis(row * sign) for row, sign in zip(model.components_, signs, strict=True))
    share = model.explained_variance_ratio_
    drawn = len(rows) if len(rows) < len(values) else 0
    return Projection(points, (float(share[0]), float(share[1])), (first, second), len(values), drawn)


def axis(loadings: np.ndarray) -> str:
    """What grows along an axis: the features that load on it nearly as much as the strongest one.

    Examples
    --------
    >>> axis(np.array([-0.3, 0.7, 0.65]))
    'more orders, more spend'
    """
    order = np.argsort(-np.abs(loadings), kind="stable")
    strongest = abs(loadings[order[0]])
    named = sorted(number for number in order[:2] if abs(loadings[number]) >= LOADS * strongest)
    return ", ".join(FEATURES[number].more if loadings[number] > 0 else FEATURES[number].less for number in named)
