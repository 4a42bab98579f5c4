"""How many segments to work with: inertia and silhouette over a range of k."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.codec import cacheable
from core.segments.choosing import grouping, verdict
from core.segments.choosing.criteria import criteria
from core.segments.choosing.divisions import Divisions, divide, learned
from core.segments.choosing.verdict import Reason
from core.segments.describing.silhouettes import widths
from core.segments.dividing import sampling
from core.segments.inputs.features import Recipe, Source
from core.stages import stage


@cacheable
@dataclass(frozen=True)
class Sweep:
    """K-Means over a range of k, and the verdict.

    ``rows``: k, inertia (sum of squared distances in prepared units), silhouette (missing for 1) with
    silhouette_low and silhouette_high (equal to it where exact), smallest and largest segment in customers and as
    shares, explained (share of the spread between customers), calinski_harabasz and davies_bouldin (missing for 1).
    ``weak``: there are no distinct groups. ``sampled`` is 0 where every customer took part, else the size of the
    seeded sample, and sizes are of the sample. ``note`` says where the range was shortened.
    """

    rows: pd.DataFrame
    elbow: int
    best_silhouette: int
    chosen: int
    headline: str
    reasons: list[Reason]
    weak: bool
    customers: int
    sampled: int
    note: str = ""


@stage(version=5)
def sweep(
    source: Source,
    recipe: Recipe,
    k_range: tuple[int, int],
    seed: int,
    *,
    divided: Divisions | None = None,
) -> Sweep:
    """Divide the customers into each number of segments of a range and weigh the results.

    Parameters
    ----------
    source : Slice or People
        The whole dataset.
    recipe : Recipe
    k_range : (int, int)
        First and last k, both included.
    seed : int
    divided : Divisions, optional
        Those of this source, recipe, range and seed, where they are kept.

    Raises
    ------
    NotEnoughDataError
        If there are fewer than ten customers, or too few that differ.

    Notes
    -----
    Elbow: largest distance to the chord with both axes normalised, over exactly this range. Silhouette: exact up to
    10,000 customers; above, on a seeded sample of 5,000, with a 95 % interval from its standard error. Whether there
    are groups at all: :mod:`core.segments.choosing.grouping`.
    """
    table, values = learned(source, recipe)
    made = divided or divide(values, k_range, seed, str(table), recipe.method, table.owner)
    return weigh(values, made, seed)


def study(values: np.ndarray, k_range: tuple[int, int], seed: int, method: str = "kmeans") -> Sweep:
    """The sweep of a prepared matrix."""
    return weigh(values, divide(values, k_range, seed, method=method), seed)


def weigh(values: np.ndarray, made: Divisions, seed: int) -> Sweep:
    """Criteria of divisions, and the verdict."""
    customers = len(values)
    values = values[sampling.study(customers, seed)]
    labels = dict(zip(made.numbers, made.labels.astype(np.int64), strict=True))
    several = [k for k in labels if k > 1]
    wide = dict(zip(several, widths(values, [labels[k] for k in several]), strict=True))
    total = float(((values - values.mean(axis=0)) ** 2).sum())
    exact = customers == len(values)
    rows = []
    for (k, mine), inertia in zip(labels.items(), made.inertias, strict=True):
        sizes = np.bincount(mine)
        mean = float(wide[k].mean()) if k in wide else np.nan
        error = 0.0 if exact or k not in wide else 1.96 * float(wide[k].std()) / np.sqrt(len(values))
        rows.append(
            {
                "k": k, "inertia": inertia,
                "silhouette": mean, "silhouette_low": mean - error, "silhouette_high": mean + error,
                "smallest": int(sizes.min()), "smallest_share": sizes.min() / len(values),
                "largest": int(sizes.max()), "largest_share": sizes.max() / len(values),
                "explained": 1 - inertia / total,
                **criteria(values, mine)._asdict(),
            }
        )  # fmt: skip
    frame = pd.DataFrame(rows)
    found = verdict.judge(frame, len(values), grouping.grouping(values, seed))
    return Sweep(
        frame, found.elbow, found.best_silhouette, found.chosen, found.headline, found.reasons, found.weak,
        customers, 0 if exact else len(values), made.note,
    )  # fmt: skip
