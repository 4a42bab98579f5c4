"""What sets segments apart: how well a forest tells them, and which features it needs for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

from core.codec import cacheable
from core.segments import features
from core.segments.features import FeatureTable, Recipe, Source
from core.segments.sampling import draw
from core.stages import stage

MOST = 10_000
TREES = 100
REPEATS = 10
HELD_OUT = 0.25


@cacheable
@dataclass(frozen=True)
class Importance:
    """Importance of each feature for telling the segments apart.

    ``rows``: feature, label, impurity (sums to 1), permutation and permutation_sd (loss of held-out accuracy when
    the feature is shuffled, from 0 to 1), the largest permutation first. ``per_segment``: id, feature, label,
    importance (loss among the held-out customers of that segment). ``baseline``: share of the largest segment
    among the held-out. ``sampled``: 0 where every customer took part.
    """

    rows: pd.DataFrame
    accuracy: float
    baseline: float
    held_out: int
    trained: int
    per_segment: pd.DataFrame
    customers: int
    sampled: int


@stage(version=2)
def importance(source: Source, recipe: Recipe, k: int, seed: int, *, labels: np.ndarray) -> Importance:
    """Train a random forest to tell the segments and measure what it relies on.

    Parameters
    ----------
    source : Slice or People
        The whole dataset.
    recipe, k, seed
        Name the segmentation that ``labels`` come from.
    labels : int array
        Segment of each customer, from 1.

    Notes
    -----
    A hundred trees learn from three quarters of the customers, at most 10,000 in all. Impurity (Breiman 2001) is
    measured on those and favours features with many values; permutation on the held-out quarter, ten times. The
    columns of one feature are shuffled together, and their impurities added up.
    """
    return explain(features.table(source, recipe), labels, seed)


def explain(table: FeatureTable, labels: np.ndarray, seed: int) -> Importance:
    """The importance of a table's features for given labels."""
    matrix, told = table.rows, table.features
    drawn = draw(len(matrix), MOST, seed)
    known, held, target, truth = _split(matrix[drawn], labels[drawn], seed)
    forest = RandomForestClassifier(TREES, random_state=seed).fit(known, target)
    hits = forest.predict(held) == truth
    losses = _losses(forest, held, truth, hits, table.owner, seed)
    overall = losses.mean(axis=2)
    rows = pd.DataFrame(
        {
            "feature": [feature.slug for feature in told],
            "label": [feature.label for feature in told],
            "impurity": np.bincount(table.owner, forest.feature_importances_, len(told)),
            "permutation": overall.mean(axis=1),
            "permutation_sd": overall.std(axis=1),
        }
    ).sort_values(["permutation", "impurity"], ascending=False, ignore_index=True)
    per_segment = [
        (int(segment), feature.slug, feature.label, float(losses[number][:, truth == segment].mean()))
        for segment in np.unique(truth)
        for number, feature in enumerate(told)
    ]
    return Importance(
        rows=rows,
        accuracy=float(hits.mean()),
        baseline=float(np.unique(truth, return_counts=True)[1].max() / len(truth)),
        held_out=len(held),
        trained=len(known),
        per_segment=pd.DataFrame(per_segment, columns=["id", "feature", "label", "importance"]),
        customers=len(matrix),
        sampled=len(drawn) if len(drawn) < len(matrix) else 0,
    )


def _split(matrix: np.ndarray, labels: np.ndarray, seed: int) -> list[np.ndarray]:
    """Known and held-out rows and labels; every segment on both sides where each has two customers and room."""
    counts = np.unique(labels, return_counts=True)[1]
    even = labels if counts.min() >= 2 and len(labels) * HELD_OUT >= len(counts) else None
    parts = train_test_split(matrix, labels, test_size=HELD_OUT, random_state=seed, stratify=even)
    return list(parts)


def _losses(
    forest: RandomForestClassifier,
    held: np.ndarray,
    truth: np.ndarray,
    hits: np.ndarray,
    owner: np.ndarray,
    seed: int,
) -> np.ndarray:
    """Hits lost (1), kept (0) or won (−1): feature × repeat × held-out customer."""
    rng = np.random.default_rng(seed)
    losses = np.empty((owner.max() + 1, REPEATS, len(held)))
    for feature in range(len(losses)):
        columns = np.flatnonzero(owner == feature)
        shuffled = np.repeat(held[None], REPEATS, axis=0)
        for repeat in range(REPEATS):
            shuffled[repeat][:, columns] = held[rng.permutation(len(held))][:, columns]
        told = forest.predict(shuffled.reshape(-1, held.shape[1])).reshape(REPEATS, -1)
        losses[feature] = hits.astype(float) - (told == truth)
    return losses
