"""What sets segments apart: how well a forest tells them, and which features it needs for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import KFold, StratifiedKFold, train_test_split

from core.codec import cacheable
from core.segments.describing.permuting import Shuffled, join, related, shuffle
from core.segments.dividing.sampling import draw
from core.segments.inputs import features
from core.segments.inputs.features import FeatureTable, Recipe, Source
from core.segments.inputs.matrix import Feature
from core.stages import stage

MOST = 10_000
TREES = 100
HELD_OUT = 0.25
# With fewer held-out customers a feature, chance decides which one is missed most.
HELD_A_FEATURE = 20
Pair = tuple[int, int, float]


@cacheable
@dataclass(frozen=True)
class Importance:
    """Importance of each feature for telling the segments apart.

    ``rows``: feature, label, impurity (sums to 1), permutation and permutation_sd (loss of held-out accuracy when
    the feature is shuffled, from 0 to 1), the largest permutation first, or the largest sum of both measures' shares
    where every customer was held out once. ``per_segment``: id, feature, label, importance and sd (loss of balanced
    accuracy for that segment against the rest). ``known``: id, members (held out), recognised (share of them),
    kept_out (share of all others). ``pairs``: first, second (labels), correlation (of ranks), alone_first,
    alone_second, together and together_sd (permutation, each by itself and both shuffled together), of features that
    go together. ``baseline``: share of the largest segment among the held-out. ``sampled``: 0 where every customer
    took part.
    """

    rows: pd.DataFrame
    accuracy: float
    baseline: float
    held_out: int
    trained: int
    per_segment: pd.DataFrame
    known: pd.DataFrame
    pairs: pd.DataFrame
    customers: int
    sampled: int


@stage(version=3)
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

    For one segment against the rest the same forest answers "in it or not"; what is lost is balanced accuracy, the mean
    of the share of members recognised and of others kept out, so that a small segment is not drowned by the rest.
    The spread holds both the shuffles and the choice of the held-out customers.
    """
    return explain(features.table(source, recipe), labels, seed)


def explain(table: FeatureTable, labels: np.ndarray, seed: int) -> Importance:
    """The importance of a table's features for given labels."""
    told, owner = table.features, table.owner
    drawn = draw(len(table.rows), MOST, seed)
    rows, target = table.rows[drawn], labels[drawn]
    pairs = related(rows, owner)
    sets = [np.flatnonzero(owner == n) for n in range(len(told))]
    sets += [np.concatenate([sets[first], sets[second]]) for first, second, _ in pairs]
    parts, impurities = [], []
    for number, (known, held) in enumerate(_splits(target, len(told), seed)):
        forest = RandomForestClassifier(TREES, random_state=seed).fit(rows[known], target[known])
        parts.append(shuffle(forest, rows[held], target[held], sets, seed + number))
        impurities.append(np.bincount(owner, forest.feature_importances_, len(told)))
    whole = join(parts)
    lost, spread = whole.lost()
    found = pd.DataFrame(
        {
            "feature": [feature.slug for feature in told],
            "label": [feature.label for feature in told],
            "impurity": np.mean(impurities, axis=0),
            "permutation": lost[: len(told)],
            "permutation_sd": spread[: len(told)],
        }
    )
    if len(whole.truth) == len(target):
        # Answers that say much the same stand in for each other when one is shuffled: both measures have a say.
        order = found["permutation"].clip(lower=0) / max(found["permutation"].clip(lower=0).sum(), 1e-9)
        found = found.iloc[np.argsort(-(order + found["impurity"]), kind="stable")].reset_index(drop=True)
    else:
        found = found.sort_values(["permutation", "impurity"], ascending=False, ignore_index=True)
    segments = [int(segment) for segment in np.unique(whole.truth)]
    return Importance(
        rows=found,
        accuracy=float((whole.told == whole.truth).mean()),
        baseline=float(np.unique(whole.truth, return_counts=True)[1].max() / len(whole.truth)),
        held_out=len(whole.truth),
        trained=len(known),
        per_segment=_against_the_rest(whole, told, segments),
        known=pd.DataFrame(
            [(segment, *whole.known(segment)) for segment in segments],
            columns=["id", "members", "recognised", "kept_out"],
        ),
        pairs=_pairs(told, pairs, lost, spread),
        customers=len(labels),
        sampled=len(drawn) if len(drawn) < len(labels) else 0,
    )


def _against_the_rest(whole: Shuffled, told: tuple[Feature, ...], segments: list[int]) -> pd.DataFrame:
    rows = []
    for segment in segments:
        lost, spread = whole.lost_of(segment)
        rows += [
            (segment, feature.slug, feature.label, float(lost[n]), float(spread[n])) for n, feature in enumerate(told)
        ]
    return pd.DataFrame(rows, columns=["id", "feature", "label", "importance", "sd"])


def _pairs(told: tuple[Feature, ...], pairs: list[Pair], lost: np.ndarray, spread: np.ndarray) -> pd.DataFrame:
    rows = [
        (told[first].label, told[second].label, correlation, lost[first], lost[second], lost[n], spread[n])
        for n, (first, second, correlation) in enumerate(pairs, start=len(told))
    ]
    columns = ["first", "second", "correlation", "alone_first", "alone_second", "together", "together_sd"]
    return pd.DataFrame(rows, columns=columns)


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
