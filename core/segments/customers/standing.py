"""One customer beside two segments and everybody, feature by feature."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from core.segments.describing import comparing
from core.segments.dividing.model import Model
from core.segments.inputs.matrix import UNKNOWN, Feature, numbers
from core.segments.inputs.preparing import Prepared

COLUMNS = (
    "feature", "label", "noun", "unit", "scale", "they", "said", "own", "said_own", "next", "said_next", "all",
    "said_all", "own_average", "next_average", "all_average", "below", "above", "below_own", "above_own", "pull",
)  # fmt: skip


def beside(
    frame: pd.DataFrame, features: Sequence[Feature], customer: int, inside: tuple[np.ndarray, np.ndarray]
) -> pd.DataFrame:
    """The same for what the segments are not learned from: averages stand for what is typical, and nothing pulls."""
    told = []
    for feature in features:
        column = frame[feature.slug]
        value, about = column.iloc[customer], (feature.slug, feature.label, feature.noun, feature.unit, feature.scale)
        if feature.scale == "nominal":
            level = UNKNOWN if pd.isna(value) else str(value)
            has = (column.isna() if level == UNKNOWN else column.astype(str) == level).to_numpy(dtype=float)
            shares = np.array([has[mask].mean() if mask.any() else 0.0 for mask in inside] + [has.mean()])
            figures = _category(value, [level], shares[:, None], column, inside)
        else:
            known = numbers(column, feature)
            cells = known.to_numpy(dtype=float)
            means = np.array([_mean(cells[mask]) for mask in inside] + [_mean(cells)])
            figures = _number(value, feature, means, column, inside)
        told.append((*about, *figures, 0.0))
    return pd.DataFrame(told, columns=list(COLUMNS))


def restore(prepared: Prepared, values: np.ndarray) -> np.ndarray:
    """Prepared values brought back to the features' own units.

    Parameters
    ----------
    values : array, rows × columns
    """
    rows = values * prepared.scale + prepared.centre
    for column, (known, ranked) in prepared.ranks.items():
        rows[:, int(column)] = np.interp(rows[:, int(column)], ranked, known)
    rows[:, prepared.logged] = np.expm1(rows[:, prepared.logged])
    restored: np.ndarray = rows
    return restored


def standing(
    model: Model,
    frame: pd.DataFrame,
    customer: int,
    point: np.ndarray,
    pair: tuple[np.ndarray, np.ndarray],
    inside: tuple[np.ndarray, np.ndarray],
) -> pd.DataFrame:
    """A row a feature, the strongest reason first; see :class:`core.segments.customers.reasons.Why`.

    Parameters
    ----------
    frame : frame
        All that is known of everybody; ``customer`` is a row of it.
    point : array
        The customer in prepared units.
    pair, inside : tuple of two arrays
        The centres of the own segment and of the next, and who is in each.
    """
    pulls = (point - pair[1]) ** 2 - (point - pair[0]) ** 2
    typical = restore(model.prepared, np.stack([*pair, np.zeros(len(point))]))
    owner, told = model.encoding.owner, []
    for place, feature in enumerate(model.encoding.features):
        mine = np.flatnonzero(owner == place)
        words = [model.encoding.levels[each] for each in mine]
        value = frame[feature.slug].iloc[customer]
        about = (feature.slug, feature.label, feature.noun or feature.label, feature.unit, feature.scale)
        if feature.scale == "nominal":
            figures = _category(value, words, typical[:, mine], frame[feature.slug], inside)
        else:
            figures = _number(value, feature, typical[:, mine[0]], frame[feature.slug], inside)
        told.append((*about, *figures, float(pulls[mine].sum())))
    found = pd.DataFrame(told, columns=list(COLUMNS))
    return found.sort_values("pull", ascending=False, kind="stable", ignore_index=True)


def _number(
    value: Any, feature: Feature, typical: np.ndarray, column: pd.Series, inside: tuple[np.ndarray, np.ndarray]
) -> tuple[Any, ...]:
    lacking = bool(pd.isna(value))
    shown = comparing.shown(column, feature)
    known = numbers(column, feature)
    they = numbers(pd.Series([None if lacking else value]), feature).iloc[0]
    mine = float(comparing.shown(pd.Series([value]), feature).iloc[0]) if not lacking else float("nan")
    figures = [float(each) for each in comparing.shown(_back(typical, feature), feature)]
    if feature.scale == "yes_no":
        figures = [min(max(float(each), 0.0), 1.0) for each in typical]
    said = _said([they, *typical], feature, lacking)
    cells = [part for pair in zip([mine, *figures], said, strict=True) for part in pair]
    everybody = shown.to_numpy(dtype=float)
    averages = [_mean(everybody[mask]) for mask in inside] + [_mean(everybody)]
    groups = (known.to_numpy(), known.to_numpy()[inside[0]])
    sides = [part for group in groups for part in _sides(group, they)]
    return (*cells, *averages, *([float("nan")] * 4 if lacking else sides))


def _back(typical: np.ndarray, feature: Feature) -> pd.Series:
    """Values in a feature's own unit as a column of it: places of levels are whole."""
    if feature.scale == "ordinal":
        typical = np.clip(np.rint(typical), 0, len(feature.levels) - 1)
    if feature.scale == "yes_no":
        return pd.Series(np.where(typical >= 0.5, "yes", "no"))
    return pd.Series(typical, dtype=float)


def _said(values: Sequence[float], feature: Feature, lacking: bool) -> list[str]:
    """Levels in words; empty for numbers."""
    if lacking:
        return [UNKNOWN, *_said([0.0, *values[1:]], feature, False)[1:]]
    if feature.scale == "ordinal":
        last = len(feature.levels) - 1
        return ["" if np.isnan(each) else feature.levels[int(min(max(round(each), 0), last))] for each in values]
    if feature.scale == "yes_no":
        return ["yes" if values[0] >= 0.5 else "no", *[""] * (len(values) - 1)]
    return [""] * len(values)


def _category(
    value: Any, words: list[str], typical: np.ndarray, column: pd.Series, inside: tuple[np.ndarray, np.ndarray]
) -> tuple[Any, ...]:
    level = UNKNOWN if pd.isna(value) else str(value)
    has = (column.isna() if level == UNKNOWN else column.astype(str) == level).to_numpy(dtype=float)
    at = words.index(level) if level in words else None
    shares = [float(each) for each in typical[:, at]] if at is not None else [0.0, 0.0, float(has.mean())]
    cells = [part for share in (min(max(each, 0.0), 1.0) for each in shares) for part in (share, "")]
    averages = [float(has[mask].mean()) if mask.any() else float("nan") for mask in inside] + [float(has.mean())]
    return (float("nan"), level, *cells, *averages, *[float("nan")] * 4)


def _sides(group: np.ndarray, they: float) -> tuple[float, float]:
    """The shares of those who have a value that have less, and more."""
    known = max(int((~np.isnan(group)).sum()), 1)
    return float((group < they).sum() / known), float((group > they).sum() / known)


def _mean(values: np.ndarray) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")
