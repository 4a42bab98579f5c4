"""How many segments to work with: inertia and silhouette over a range of k."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.codec import cacheable
from core.errors import NotEnoughDataError
from core.segments.choosing import grouping, verdict
from core.segments.choosing.criteria import criteria
from core.segments.choosing.verdict import Reason
from core.segments.describing.silhouettes import widths
from core.segments.dividing import clusterer, sampling
from core.segments.dividing.sampling import distinct
from core.segments.inputs import features
from core.segments.inputs.features import Recipe, Source
from core.stages import stage
from core.warehouse.people import People

FEWEST = 10


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


@stage(version=4)
def sweep(source: Source, recipe: Recipe, k_range: tuple[int, int], seed: int) -> Sweep:
    """Divide the customers into each number of segments of a range and weigh the results.

    Parameters
    ----------
    source : Slice or People
        The whole dataset.
    recipe : Recipe
    k_range : (int, int)
        First and last k, both included.
    seed : int

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
    table = features.table(source, recipe)
    values = features.prepared(table, recipe).values[~features.aside(table, recipe)]
    return study(in_order(source, values), k_range, seed, str(table), recipe.method, table.owner)


def study(
    values: np.ndarray,
    k_range: tuple[int, int],
    seed: int,
    told: str = "what is known of them",
    method: str = "kmeans",
    owner: np.ndarray | None = None,
) -> Sweep:
    """The sweep of a prepared matrix; ``told`` names its features in a sentence.

    An algorithm that finds the number of groups itself has nothing to sweep: K-Means stands in for it.
    """
    way = clusterer.of(method)
    way = clusterer.of("kmeans") if way.chooses_k else way
    customers = len(values)
    values = values[sampling.study(customers, seed)]
    low, high = k_range
    last, note = _reach(values, low, high, told)
    fits = {k: way.fit(values, k, seed, owner) for k in range(low, last + 1)}
    several = [k for k in fits if k > 1]
    wide = dict(zip(several, widths(values, [fits[k].labels for k in several]), strict=True))
    total = float(((values - values.mean(axis=0)) ** 2).sum())
    exact = customers == len(values)
    rows = []
    for k, fit in fits.items():
        sizes = np.bincount(fit.labels)
        mean = float(wide[k].mean()) if k in wide else np.nan
        error = 0.0 if exact or k not in wide else 1.96 * float(wide[k].std()) / np.sqrt(len(values))
        rows.append(
            {
                "k": k, "inertia": fit.inertia,
                "silhouette": mean, "silhouette_low": mean - error, "silhouette_high": mean + error,
                "smallest": int(sizes.min()), "smallest_share": sizes.min() / len(values),
                "largest": int(sizes.max()), "largest_share": sizes.max() / len(values),
                "explained": 1 - fit.inertia / total,
                **criteria(values, fit.labels)._asdict(),
            }
        )  # fmt: skip
    frame = pd.DataFrame(rows)
    found = verdict.judge(frame, len(values), grouping.grouping(values, seed))
    return Sweep(
        frame, found.elbow, found.best_silhouette, found.chosen, found.headline, found.reasons, found.weak,
        customers, 0 if exact else len(values), note,
    )  # fmt: skip


def in_order(source: Source, values: np.ndarray) -> np.ndarray:
    """Rows in an order that is their own: those of a table may come in any, those of a log come by customer id."""
    return values[np.lexsort(values.T)] if isinstance(source, People) else values


def check(values: np.ndarray, k: int, told: str) -> None:
    """Refuse to make more segments than there are customers who differ.

    Raises
    ------
    NotEnoughDataError
        Naming how many there are.
    """
    different = distinct(values)
    if len(values) < FEWEST:
        raise NotEnoughDataError(
            f"{len(values):,} {'customer is' if len(values) == 1 else 'customers are'} too few to find segments in.",
            f"Use a file with at least {FEWEST} customers, or switch cleaning rules off on the Data tab.",
        )
    if different < 3:
        raise NotEnoughDataError(
            f"The {len(values):,} customers hardly differ in {told}: there is nothing to divide.",
            "Choose other features, or bring more data.",
        )
    if k > different:
        raise NotEnoughDataError(
            f"{k} segments were asked for, and only {different} customers differ in {told}.",
            f"Choose at most {different} segments.",
        )


def _reach(values: np.ndarray, low: int, high: int, told: str) -> tuple[int, str]:
    """The last k that makes sense, and a sentence where it is not the one asked for."""
    check(values, max(low, 2), told)
    # A silhouette needs at least two customers somewhere.
    most = min(distinct(values), len(values) - 1)
    if high <= most:
        return high, ""
    return most, f"Only up to {most} segments are shown: no more customers differ in {told}."
