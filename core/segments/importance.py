"""What sets segments apart: how well a forest tells them, and which features it needs for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import KFold, StratifiedKFold, train_test_split

from core.codec import cacheable
from core.segments import features
from core.segments.features import FeatureTable, Recipe, Source
from core.segments.sampling import draw
from core.stages import stage

MOST = 10_000
TREES = 100
REPEATS = 10
HELD_OUT = 0.25
# With fewer held-out customers a feature, chance decides which one is missed most.
HELD_A_FEATURE = 20


@cacheable
@dataclass(frozen=True)
class Importance:
    """Importance of each feature for telling the segments apart.

    ``rows``: feature, label, impurity (sums to 1), permutation and permutation_sd (loss of held-out accuracy when
    the feature is shuffled, from 0 to 1), the largest permutation first, or the largest sum of both measures' shares
    where every customer was held out once. ``per_segment``: id, feature, label,
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
    columns of one feature are shuffled together, and their impurities added up. Where that quarter is small for the
    number of features, each quarter is held out in turn.
    """
    return explain(features.table(source, recipe), labels, seed)


def explain(table: FeatureTable, labels: np.ndarray, seed: int) -> Importance:
    """The importance of a table's features for given labels."""
    told = table.features
    drawn = draw(len(table.rows), MOST, seed)
    rows, target, rng = table.rows[drawn], labels[drawn], np.random.default_rng(seed)
    hits, losses, impurities, truths = [], [], [], []
    for known, held in _splits(target, len(told), seed):
        forest = RandomForestClassifier(TREES, random_state=seed).fit(rows[known], target[known])
        truths.append(target[held])
        hits.append(forest.predict(rows[held]) == target[held])
        losses.append(_losses(forest, rows[held], truths[-1], hits[-1], table.owner, rng))
        impurities.append(np.bincount(table.owner, forest.feature_importances_, len(told)))
    truth, lost = np.concatenate(truths), np.concatenate(losses, axis=2)
    overall = lost.mean(axis=2)
    found = pd.DataFrame(
        {
            "feature": [feature.slug for feature in told],
            "label": [feature.label for feature in told],
            "impurity": np.mean(impurities, axis=0),
            "permutation": overall.mean(axis=1),
            "permutation_sd": overall.std(axis=1),
        }
    )
    if len(truth) == len(target):
        # Answers that say much the same stand in for each other when one is shuffled: both measures have a say.
        order = found["permutation"].clip(lower=0) / max(found["permutation"].clip(lower=0).sum(), 1e-9)
        found = found.iloc[np.argsort(-(order + found["impurity"]), kind="stable")].reset_index(drop=True)
    else:
        found = found.sort_values(["permutation", "impurity"], ascending=False, ignore_index=True)
    per_segment = [
        (int(segment), feature.slug, feature.label, float(lost[number][:, truth == segment].mean()))
        for segment in np.unique(truth)
        for number, feature in enumerate(told)
    ]
    return Importance(
        rows=found,
        accuracy=float(np.concatenate(hits).mean()),
        baseline=float(np.unique(truth, return_counts=True)[1].max() / len(truth)),
        held_out=len(truth),
        trained=len(known),
        per_segment=pd.DataFrame(per_segment, columns=["id", "feature", "label", "importance"]),
        customers=len(labels),
        sampled=len(drawn) if len(drawn) < len(labels) else 0,
    )


def _splits(labels: np.ndarray, told: int, seed: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Known and held-out customers; every segment on both sides where each has customers and room enough."""
    counts = np.unique(labels, return_counts=True)[1]
    everyone, quarters = np.arange(len(labels)), round(1 / HELD_OUT)
    if len(labels) * HELD_OUT >= HELD_A_FEATURE * told:
        even = labels if counts.min() >= 2 and len(labels) * HELD_OUT >= len(counts) else None
        known, held = train_test_split(everyone, test_size=HELD_OUT, random_state=seed, stratify=even)
        return [(known, held)]
    folds = StratifiedKFold if counts.min() >= quarters else KFold
    return list(folds(quarters, shuffle=True, random_state=seed).split(everyone, labels))


def _losses(
    forest: RandomForestClassifier,
    held: np.ndarray,
    truth: np.ndarray,
    hits: np.ndarray,
    owner: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    """Hits lost (1), kept (0) or won (−1): feature × repeat × held-out customer."""
    losses = np.empty((owner.max() + 1, REPEATS, len(held)))
    for feature in range(len(losses)):
        columns = np.flatnonzero(owner == feature)
        shuffled = np.repeat(held[None], REPEATS, axis=0)
        for repeat in range(REPEATS):
            shuffled[repeat][:, columns] = held[rng.permutation(len(held))][:, columns]
        told = forest.predict(shuffled.reshape(-1, held.shape[1])).reshape(REPEATS, -1)
        losses[feature] = hits.astype(float) - (told == truth)
    return losses
