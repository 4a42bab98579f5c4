"""What the customers were like when a segmentation was saved, to tell later how far they have moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.codec import cacheable
from core.segments.dividing.segmentation import Segmentation
from core.segments.inputs import features, matrix
from core.segments.inputs.features import Recipe, Source
from core.segments.inputs.matrix import Feature

# A number with no more values than that has a bin for each; else a bin for each tenth of the customers.
FEW = 12
TENTHS = np.linspace(0.1, 0.9, 9)
REACHED = (0.5, 0.75, 0.9, 0.95, 0.99)
OTHERS, UNKNOWN = "any other", "not known"


@cacheable
@dataclass(frozen=True)
class Baseline:
    """The customers of a segmentation at the moment it was saved.

    ``bins``: feature, place, upper (the largest value in it; infinite for the last, missing for levels), level (empty
    for numbers), share; of each feature they add up to 1. ``middles``: feature, label, unit, numeric, middle (median;
    of yes and no the share of yes; missing for levels), often (the most frequent category, or the level in the
    middle). ``distances``: quantiles of the distance to the own centre, in
    prepared units, at :data:`REACHED`. ``far``: share of customers beyond the reach of their segment.
    """

    customers: int
    bins: pd.DataFrame
    middles: pd.DataFrame
    distances: list[float]
    far: float
    silhouette: float
    sampled: int
    sizes: dict[int, int]


def measure(source: Source, recipe: Recipe, found: Segmentation) -> Baseline:
    """What health is compared with later; see :class:`Baseline`."""
    frame, told = features.frame(source), features.chosen(source, recipe)
    placed = found.model.place_all(frame, drop=recipe.missing == "drop")
    sizes = {int(row["id"]): int(row["customers"]) for row in found.segments.to_dict("records")}
    return Baseline(
        len(found.labels), pd.concat([bins(frame[each.slug], each) for each in told], ignore_index=True),
        pd.DataFrame([middle(frame[each.slug], each) for each in told]),
        [float(each) for each in np.quantile(placed.distance, REACHED)], float(placed.far.mean()), found.silhouette,
        found.sampled, sizes,
    )  # fmt: skip


def bins(column: pd.Series, feature: Feature) -> pd.DataFrame:
    """The bins of a feature, and the share of customers in each.

    Examples
    --------
    >>> orders = Feature("orders", "Orders", "orders", "", "")
    >>> bins(pd.Series([1.0, 1.0, 2.0, None]), orders)["share"].tolist()
    [0.5, 0.25, 0.25]
    """
    uppers: Sequence[float] = [np.nan]
    levels: Sequence[str] = [""]
    if feature.scale == "nominal":
        levels = [*matrix.categories(column.astype("string")), OTHERS]
        levels = list(dict.fromkeys(OTHERS if each == matrix.OTHER else each for each in levels))
        uppers = [np.nan] * len(levels)
    else:
        known = matrix.numbers(column, feature).dropna().to_numpy()
        distinct = np.unique(known)
        cuts = distinct[:-1] if len(distinct) <= FEW else np.unique(np.quantile(known, TENTHS))
        uppers = [*(float(cut) for cut in cuts), np.inf]
        levels = [""] * len(uppers)
    found = pd.DataFrame(
        {"feature": feature.slug, "place": range(len(uppers) + 1), "upper": [*uppers, np.nan],
         "level": [*levels, UNKNOWN]}
    )  # fmt: skip
    found = found.assign(share=shares(column, feature, found))
    return found[(found["share"] > 0) | (found["level"] != UNKNOWN)].reset_index(drop=True)


def shares(column: pd.Series, feature: Feature, into: pd.DataFrame) -> np.ndarray:
    """The share of customers in each bin; who is in none of them counts for the last of levels."""
    counts: np.ndarray = np.zeros(len(into))
    lacking = column.isna().to_numpy()
    unknown = np.flatnonzero((into["level"] == UNKNOWN).to_numpy())
    if len(unknown):
        counts[unknown[0]] = lacking.sum()
    rest = np.flatnonzero((into["level"] != UNKNOWN).to_numpy())
    if feature.scale == "nominal":
        names = {level: place for place, level in zip(rest, into["level"].iloc[rest], strict=True)}
        last = names.get(OTHERS, int(rest[-1]))
        for level, number in column[~lacking].astype(str).value_counts().items():
            counts[names.get(str(level), last)] += number
    else:
        values = matrix.numbers(column, feature).to_numpy()[~lacking]
        places = np.searchsorted(into["upper"].iloc[rest].to_numpy()[:-1], values)
        counts[rest] += np.bincount(places, minlength=len(rest))
    found: np.ndarray = counts / max(counts.sum(), 1)
    return found


def middle(column: pd.Series, feature: Feature) -> dict[str, object]:
    """What the customer in the middle has, or most of them."""
    ordered = feature.scale == "ordinal" and bool(feature.levels)
    numeric = feature.scale != "nominal" and not ordered
    known = column.dropna()
    value, often = float("nan"), ""
    if feature.scale == "yes_no":
        value = float(matrix.numbers(column, feature).mean())
    elif numeric:
        value = float(matrix.numbers(column, feature).median())
    elif ordered and len(known):
        often = feature.levels[int(known.astype(float).median())]
    elif len(known):
        often = str(known.astype(str).mode().iloc[0])
    return {"feature": feature.slug, "label": feature.label, "unit": feature.unit, "numeric": numeric, "middle": value,
            "often": often}  # fmt: skip
