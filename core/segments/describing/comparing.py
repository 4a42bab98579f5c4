"""Each segment against everyone, feature by feature: averages and shares, and how large the difference is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from core.segments.inputs import matrix
from core.segments.inputs.matrix import Feature
from core.segments.inputs.tables import scored

COLUMNS = (
    "id", "feature", "label", "role", "scale", "levels", "unit", "they", "all", "effect",
    "level", "share", "share_all", "apart", "apart_share", "apart_all",
)  # fmt: skip


def compare(frame: pd.DataFrame, features: Sequence[Feature], labels: np.ndarray) -> pd.DataFrame:
    """One row a segment and feature, then those of all customers with id 0.

    Parameters
    ----------
    frame : frame
        A column a feature by its slug; see :func:`core.segments.inputs.matrix.assemble`.
    features : sequence of Feature
    labels : int array
        Segment of each customer, from 1.

    Returns
    -------
    frame
        id, feature, label, role, scale, levels, unit; they and all: averages (money in cents, yes/no as the share of
        yes, ordered levels as their figures or, where they are words, places from 0; of categories the share of
        ``level``); effect; level: the most frequent one in the segment, with its share there and in all; apart: the
        one that the segment has most beyond all, likewise. Levels are empty for numbers.

    Notes
    -----
    Shares and averages are of those who have a value. The effect is the difference of averages in standard deviations
    between customers, taken between the 1st and 99th percentile; of categories the distance between their shares, by
    the root of the sum of their variances: with two categories this is the same as for yes and no, without a sign.
    """
    ids = [*(int(segment) for segment in np.unique(labels)), 0]
    rows: list[tuple[Any, ...]] = []
    for feature in features:
        told = _categories if feature.scale == "nominal" else _numbers
        known = frame[feature.slug].notna().to_numpy()
        mine, members = frame.loc[known, feature.slug], labels[known]
        unit = "number" if scored(feature) else "share" if feature.scale == "nominal" else feature.unit
        about = (feature.slug, feature.label, feature.role, feature.scale, feature.levels, unit)
        figures = told(mine, feature, [np.full(len(mine), True) if n == 0 else members == n for n in ids])
        rows += [(segment, *about, *figure) for segment, figure in zip(ids, figures, strict=True)]
    found = pd.DataFrame(rows, columns=list(COLUMNS))
    return found.sort_values(
        "id", key=lambda column: column.where(column > 0, len(ids)), kind="stable", ignore_index=True
    )


def _numbers(values: pd.Series, feature: Feature, groups: list[np.ndarray]) -> list[tuple[Any, ...]]:
    numbers = shown(values, feature).to_numpy()
    bounded = np.clip(numbers, *np.quantile(numbers, (0.01, 0.99))) if len(numbers) else numbers
    spread = (bounded.std() or numbers.std()) if len(numbers) else 0.0
    everyone = _mean(numbers)
    words = ordered(values, feature)
    levels = _levels(words, groups) if words is not None else [("", np.nan, np.nan) * 2] * len(groups)
    return [
        (mean, everyone, (mean - everyone) / spread if spread > 0 and np.isfinite(mean) else 0.0, *level)
        for mean, level in zip((_mean(numbers[group]) for group in groups), levels, strict=True)
    ]


def _categories(values: pd.Series, feature: Feature, groups: list[np.ndarray]) -> list[tuple[Any, ...]]:
    words = matrix.categories(values)
    table = np.column_stack([values.astype(str) == word for word in words]) if words else np.zeros((len(values), 0))
    shares = [table[group].mean(axis=0) if group.any() else np.zeros(len(words)) for group in groups]
    spread = np.sqrt(table.var(axis=0).sum())
    effects = [float(np.linalg.norm(share - shares[-1]) / spread) if spread > 0 else 0.0 for share in shares]
    levels = _levels(values.astype(str), groups)
    return [(level[1], level[2], effect, *level) for effect, level in zip(effects, levels, strict=True)]


def shown(values: pd.Series, feature: Feature) -> pd.Series:
    """Numbers as people read them: money in cents, ordered figures as such."""
    numbers = matrix.numbers(values, feature)
    if scored(feature):
        return numbers.map(dict(enumerate(map(float, feature.levels)))).astype(float)
    return numbers * 100 if feature.scale == "amount" else numbers


def ordered(values: pd.Series, feature: Feature) -> pd.Series | None:
    """Levels as words; None for numbers."""
    if feature.scale == "ordinal":
        return values.map(dict(enumerate(feature.levels)))
    return values if feature.scale == "yes_no" else None


def _levels(words: pd.Series, groups: list[np.ndarray]) -> list[tuple[Any, ...]]:
    """For each group its most frequent level and the one that stands out, each with its share there and in all."""
    everyone = words.value_counts(normalize=True).sort_index()
    found: list[tuple[Any, ...]] = []
    for group in groups:
        shares = words[group].value_counts(normalize=True).reindex(everyone.index, fill_value=0.0)
        if shares.sum() == 0:
            found.append(("", np.nan, np.nan) * 2)
            continue
        away = (shares - everyone) / (everyone * (1 - everyone)).where(everyone < 1, 1.0) ** 0.5
        picked = (str(shares.idxmax()), str(away.idxmax()))
        found.append(tuple(part for level in picked for part in (level, shares[level], everyone[level])))
    return found


def _mean(numbers: np.ndarray) -> float:
    return float(numbers.mean()) if len(numbers) else float("nan")
