"""What is not known of customers, and what each way of dealing with it does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.codec import cacheable
from core.segments.inputs import features
from core.segments.inputs.features import Source
from core.segments.inputs.matrix import Feature, numbers
from core.segments.inputs.tables import MOST_LACKING
from core.stages import stage
from core.warehouse.people import People

POLICIES = ("drop", "median", "level")


@cacheable
@dataclass(frozen=True)
class Missing:
    """Gaps in what segments are learned from.

    ``rows``: slug, label, unit, scale, missing, share, fill (the middle in units; money in cents), level (the middle
    in words, of levels and categories), the most gaps first. ``customers``: all of them; ``lacking``: who lack
    something; ``cells``: gaps in all. ``usual``: what is done unless somebody chooses: ``drop`` or ``median``.
    ``in_use``: ``drop``, ``median`` or ``level``; empty where nothing is missing.
    """

    rows: pd.DataFrame
    customers: int
    lacking: int
    cells: int
    usual: str
    in_use: str


@stage(version=1)
def missing(source: Source, columns: tuple[str, ...], policy: str) -> Missing:
    """Count what is missing of some features.

    Parameters
    ----------
    source : Slice or People
        Everybody, also those who are left out for want of a value.
    columns : tuple of str
        Slugs of features.
    policy : str
        One of :data:`core.view.MISSING`.

    Notes
    -----
    A customer table leaves out who lacks anything, but where that would be more than a quarter of all, gaps are
    filled; an order log fills them. Filled is the median, of ordered answers the lower one, of categories the most
    frequent.
    """
    frame = features.frame(source)
    by = {feature.slug: feature for feature in features.known(source)}
    table = isinstance(source, People)
    gaps = frame[list(columns)].isna()
    rows = pd.DataFrame(
        [_row(frame[slug], by[slug], table) for slug in columns],
        columns=["slug", "label", "unit", "scale", "missing", "share", "fill", "level"],
    )
    lacking = int(gaps.any(axis=1).sum())
    usual = "drop" if table and lacking <= MOST_LACKING * len(frame) else "median"
    in_use = (usual if policy == "auto" else policy) if lacking else ""
    ranked = rows.sort_values("missing", ascending=False, kind="stable", ignore_index=True)
    return Missing(ranked, len(frame), lacking, int(gaps.to_numpy().sum()), usual, in_use)


def _row(values: pd.Series, feature: Feature, table: bool) -> tuple[object, ...]:
    lacking = int(values.isna().sum())
    fill, level = _fill(values.dropna(), feature, table)
    share = lacking / len(values) if len(values) else 0.0
    return feature.slug, feature.label, feature.unit, feature.scale, lacking, share, fill, level


def _fill(known: pd.Series, feature: Feature, table: bool) -> tuple[float, str]:
    if known.empty:
        return np.nan, ""
    if feature.scale in ("nominal", "yes_no"):
        return np.nan, str(known.mode().iloc[0])
    middle = float(numbers(known, feature).quantile(0.5, interpolation="lower" if table else "linear"))
    if feature.scale == "ordinal" and feature.levels:
        return np.nan, feature.levels[min(int(middle), len(feature.levels) - 1)]
    return (100 * middle if feature.unit == "money" else middle), ""
