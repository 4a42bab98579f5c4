"""What each feature brings to the distances between customers, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.codec import cacheable
from core.segments.dividing import sampling
from core.segments.inputs import features, remarks
from core.segments.inputs.features import Recipe, Source
from core.segments.inputs.matrix import Feature, FeatureTable, numbers
from core.segments.inputs.remarks import Remark
from core.stages import stage

TOGETHER = 0.8
MOST_ROWS = 20_000
BINS, MOST_BARS = 20, 12
FAREST = 0.01


@cacheable
@dataclass(frozen=True)
class Diagnosis:
    """The features that segments are learned from, one by one and together.

    ``rows``: slug, label, unit, scale, how (preparation; ``standard`` of what is always scaled), weight, known,
    missing, distinct, low, lower, median, upper, high (money in cents, levels by their place; missing of categories),
    top and top_share (the most frequent value), skew as it is, skewed once prepared, tail (part of its squared
    distances that the farthest 1 % of customers make), share (part of all squared distances between customers), odds
    (how many average others it counts as). ``bars``: slug, prepared, position, label, low, high, share of customers.
    ``pairs``: a, b, spearman, pearson of those that say much the same, the closest first. ``customers``: who is learned
    from. ``sampled``: how many the pairs stand on, 0 for all.
    """

    rows: pd.DataFrame
    bars: pd.DataFrame
    pairs: pd.DataFrame
    remarks: list[Remark]
    customers: int
    sampled: int
    told: str


@stage(version=1)
def diagnosis(source: Source, recipe: Recipe) -> Diagnosis:
    """Look at the features of a recipe.

    Parameters
    ----------
    source : Slice or People
        The whole dataset.
    recipe : Recipe

    Raises
    ------
    ParameterError
        If a column does not exist.

    Notes
    -----
    The mean squared distance of two customers is twice the sum of the variances of all prepared columns, so the share
    of a feature is its part of that sum, weight included. Two features say much the same where Spearman's correlation
    of their values, or Pearson's of the prepared ones, is .8 or more either way.
    """
    frame = features.frame(source)
    table = features.table(source, recipe, frame)
    learned = ~features.aside(table, recipe)
    frame, values = frame[learned].reset_index(drop=True), features.prepared(table, recipe).values[learned]
    variances = np.bincount(table.owner, values.var(axis=0), minlength=len(table.features))
    shares = variances / variances.sum() if variances.sum() > 0 else np.zeros(len(variances))
    own, weights, rows, bars = dict(recipe.own), dict(recipe.weights), [], []
    for place, feature in enumerate(table.features):
        column = values[:, np.flatnonzero(table.owner == place)[:1]].ravel()
        how = preparation(feature, recipe.how, own)
        row = _row(frame[feature.slug], feature, column)
        others = len(shares) - 1
        odds = others * shares[place] / (1 - shares[place]) if shares[place] < 1 else np.inf if others else 1.0
        rows.append({**row, "how": how, "weight": weights.get(feature.slug, 1.0), "share": shares[place], "odds": odds})
        bars += _bars(frame[feature.slug], feature, column)
    drawn = sampling.draw(len(frame), MOST_ROWS)
    pairs = _pairs(frame.iloc[drawn], values[drawn], table)
    told = pd.DataFrame(rows)
    return Diagnosis(
        told, pd.DataFrame(bars, columns=["slug", "prepared", "position", "label", "low", "high", "share"]), pairs,
        remarks.remarks(told, len(frame)), len(frame), len(drawn) if len(drawn) < len(frame) else 0, str(table),
    )  # fmt: skip


def preparation(feature: Feature, how: str, own: dict[str, str]) -> str:
    """How a feature is prepared: what is no number is standardised, ordered levels unless something else is said."""
    if feature.numeric:
        return own.get(feature.slug, how)
    return own.get(feature.slug, "standard") if feature.scale == "ordinal" else "standard"


def _row(values: pd.Series, feature: Feature, prepared: np.ndarray) -> dict[str, object]:
    known = values.dropna()
    counts = known.value_counts()
    top = str(counts.index[0]) if len(counts) else ""
    row: dict[str, object] = {
        "slug": feature.slug, "label": feature.label, "unit": feature.unit, "scale": feature.scale,
        "known": len(known), "missing": len(values) - len(known), "distinct": len(counts), "top": top,
        "top_share": float(counts.iloc[0] / len(known)) if len(known) else 0.0,
        **dict.fromkeys(("low", "lower", "median", "upper", "high", "skew", "skewed", "logged", "tail"), np.nan),
    }  # fmt: skip
    if feature.scale == "nominal" or known.empty:
        return row
    found = numbers(known, feature).to_numpy()
    cents = 100 if feature.unit == "money" else 1
    cuts = dict(zip(("low", "lower", "median", "upper", "high"), cents * np.quantile(found, (0, .25, .5, .75, 1)),
                    strict=True))  # fmt: skip
    if feature.scale == "ordinal" and feature.levels:
        row["top"] = feature.levels[min(int(float(top)), len(feature.levels) - 1)]
    logged = _skew(np.log1p(found)) if found.min() >= 0 else np.nan
    row.update(cuts, skew=_skew(found), skewed=_skew(prepared), logged=logged, tail=_tail(prepared))
    return row


def _skew(values: np.ndarray) -> float:
    """The third standardised moment; 0 of values that are all the same."""
    away = values - values.mean()
    spread = np.sqrt((away * away).mean())
    return float((away * away * away).mean() / spread**3) if np.ptp(values) > 0 and spread > 0 else 0.0


def _tail(values: np.ndarray) -> float:
    """The part of all squared distances from the mean that the farthest 1 % of customers make."""
    away, few = (values - values.mean()) ** 2, max(int(FAREST * len(values)), 1)
    return float(np.partition(away, -few)[-few:].sum() / away.sum()) if away.sum() > 0 else 0.0


def _bars(values: pd.Series, feature: Feature, prepared: np.ndarray) -> list[tuple[object, ...]]:
    """Histograms over the whole range, as it is and prepared; of levels and categories how many have each."""
    known = values.dropna()
    if feature.numeric:
        found = numbers(known, feature).to_numpy() * (100 if feature.unit == "money" else 1)
        return _histogram(feature.slug, found, False) + _histogram(feature.slug, prepared, True)
    ordered = feature.scale == "ordinal" and bool(feature.levels)
    counts = known.value_counts().sort_index() if ordered else known.astype(str).value_counts()
    shares = [
        (feature.levels[int(level)] if ordered else str(level), count / max(len(known), 1))
        for level, count in zip(counts.index.tolist(), counts.tolist(), strict=True)
    ]
    return [(feature.slug, False, n, label, np.nan, np.nan, share) for n, (label, share) in
            enumerate(shares[:MOST_BARS])]  # fmt: skip


def _histogram(slug: str, values: np.ndarray, prepared: bool) -> list[tuple[object, ...]]:
    if not len(values):
        return []
    counts, edges = np.histogram(values, BINS)
    return [(slug, prepared, n, "", edges[n], edges[n + 1], count / len(values)) for n, count in enumerate(counts)]


def _pairs(frame: pd.DataFrame, values: np.ndarray, table: FeatureTable) -> pd.DataFrame:
    """Pairs of features that say much the same."""
    first = {feature.slug: int(np.argmax(table.owner == n)) for n, feature in enumerate(table.features)
             if feature.scale != "nominal"}  # fmt: skip
    told = pd.DataFrame(
        {feature.slug: numbers(frame[feature.slug], feature) for feature in table.features if feature.slug in first}
    )
    told = told.loc[:, told.nunique() > 1]
    ready = pd.DataFrame({slug: values[:, first[str(slug)]] for slug in told})
    rank, line = told.corr("spearman").to_numpy(), ready.corr().to_numpy()
    names, rows = list(told), []
    for i, a in enumerate(names):
        for j in range(i + 1, len(names)):
            strength = np.nanmax([abs(rank[i, j]), abs(line[i, j]), 0.0])
            if strength >= TOGETHER:
                rows.append((a, names[j], float(rank[i, j]), float(line[i, j]), float(strength)))
    found = pd.DataFrame(rows, columns=["a", "b", "spearman", "pearson", "strength"])
    return found.sort_values("strength", ascending=False, kind="stable", ignore_index=True)
