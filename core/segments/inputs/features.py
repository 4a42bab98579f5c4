"""The columns that segments are learned from: of an order log, a customer table or a survey."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from core.errors import NotEnoughDataError, ParameterError
from core.segments.inputs import logs, tables
from core.segments.inputs.logs import customers
from core.segments.inputs.matrix import Feature, FeatureTable, assemble
from core.segments.inputs.outliers import outlying
from core.segments.inputs.preparing import Prepared
from core.warehouse.people import People
from core.warehouse.tables import Slice

__all__ = [
    "Feature",
    "FeatureTable",
    "Recipe",
    "Source",
    "aside",
    "choose",
    "chosen",
    "customers",
    "frame",
    "known",
    "prepared",
    "table",
    "values",
]

Source = Slice | People
# Fewer customers are not divided.
FEWEST = 10


@dataclass(frozen=True)
class Recipe:
    """What segments are learned from, and how.

    Parameters
    ----------
    columns : tuple of str
        Slugs of features, empty for the usual ones.
    how : str
        How numbers are prepared.
    own, weights : tuple of (slug, preparation), tuple of (slug, weight)
        Features that are prepared otherwise, or count more or less than once.
    method : str
        Slug of the algorithm; see :mod:`core.segments.clusterers`.
    outliers, missing : str
        See :data:`core.view.OUTLIERS` and :data:`core.view.MISSING`.
    holds : str
        The saved segmentation, and its version, whose names and numbers the segments keep.
    """

    columns: tuple[str, ...] = ()
    how: str = "log"
    own: tuple[tuple[str, str], ...] = ()
    weights: tuple[tuple[str, float], ...] = ()
    method: str = "kmeans"
    outliers: str = "keep"
    missing: str = "auto"
    holds: str = ""


def known(source: Source) -> tuple[Feature, ...]:
    """Every feature that could be chosen; those of a joined customer table after those of the log."""
    if isinstance(source, People):
        return tables.features(source)
    joined = _joined(source)
    own = {feature.slug for feature in logs.FIGURES}
    return logs.known(source) + tuple(f for f in (tables.features(joined) if joined else ()) if f.slug not in own)


def choose(source: Source, names: tuple[str, ...]) -> tuple[str, ...]:
    """Slugs of the features that were named by slug or header, in any case.

    Raises
    ------
    ParameterError
        If there is no such feature; it names those there are.
    """
    found = known(source)
    keys = {_bare(each.label): each.slug for each in found} | {_bare(each.slug): each.slug for each in found}
    exact = {each.label: each.slug for each in found} | {each.slug: each.slug for each in found}
    for name in names:
        if name not in exact and _bare(name) not in keys:
            there = ", ".join(each.slug for each in found)
            raise ParameterError(f"There is no feature {name[:60]!r}.", f"Choose from {there}.")
    return tuple(dict.fromkeys(exact.get(name, keys.get(_bare(name), "")) for name in names))


def chosen(source: Source, recipe: Recipe) -> tuple[Feature, ...]:
    """The features of a recipe."""
    columns = recipe.columns or (tables.usual(source) if isinstance(source, People) else ())
    if not columns and isinstance(source, People):
        raise NotEnoughDataError(
            "No column of this table can be measured, so there is nothing to divide customers by.",
            "Change what a column is on the Data tab, or bring another table.",
        )
    if not columns:
        return tuple(feature for feature in known(source) if feature in logs.RFM)
    by = {feature.slug: feature for feature in known(source)}
    return tuple(by[slug] for slug in choose(source, columns))


def frame(source: Source) -> pd.DataFrame:
    """A column for each of :func:`known`, a row a customer; amounts in units of the currency."""
    if isinstance(source, People):
        return source.frame()
    own, joined = logs.figures(customers(source)), _joined(source)
    if joined is None:
        return own
    others = joined.frame()
    return pd.concat([own, others[[f.slug for f in tables.features(joined) if f.slug not in own]]], axis=1)


def table(source: Source, recipe: Recipe, read: pd.DataFrame | None = None) -> FeatureTable:
    """The features of a recipe as a matrix.

    Parameters
    ----------
    source : Slice or People
        Its customers, in order of their number.
    recipe : Recipe
        No columns means recency, orders and spend of an order log, and the usual columns of a customer table.
    read : frame, optional
        As of :func:`frame`, where it has been read already.

    Raises
    ------
    ParameterError
        If a column does not exist.
    NotEnoughDataError
        If hardly anybody is left of whom all is known, and others are to be left out.

    Notes
    -----
    A customer table comes without those who are left out. An order log keeps them: they are marked as ``gaps``.
    """
    rows, columns = frame(source) if read is None else read, chosen(source, recipe)
    made = assemble(rows, columns, unknown=recipe.missing == "level")
    if recipe.missing != "drop":
        return made
    gaps = rows[[feature.slug for feature in columns]].isna().any(axis=1).to_numpy()
    if gaps.any() and (~gaps).sum() < FEWEST:
        raise NotEnoughDataError(
            f"Of {len(gaps):,} customers all but {(~gaps).sum():,} lack something of {made}: those who are left are "
            "too few to learn from.",
            "Fill what is missing with the middle, or take out the feature that is missing most.",
        )
    return replace(made, gaps=gaps) if gaps.any() else made


def prepared(table: FeatureTable, recipe: Recipe) -> Prepared:
    """A table brought to one scale, as a recipe says: the scale is that of those who are not set aside."""
    out = aside(table, recipe)
    if not out.any():
        return _scaled(table, recipe)
    found = _scaled(replace(table, rows=table.rows[~out]), recipe)
    if recipe.outliers == "aside":
        # Clipped like the others, those set aside could not be told from them: the cap is that of all.
        known = table.rows if table.gaps is None else table.rows[~table.gaps]
        found = replace(found, cap=_scaled(replace(table, rows=known), recipe).cap)
    return replace(found, values=found.apply(table.rows))


def aside(table: FeatureTable, recipe: Recipe) -> np.ndarray:
    """Who is not learned from: who lacks something that is not to be filled, and who lies far from all others.

    Returns
    -------
    array of bool
    """
    out = np.zeros(len(table.rows), dtype=bool) if table.gaps is None else table.gaps.copy()
    if recipe.outliers == "aside":
        learned = np.flatnonzero(~out)
        out[learned[outlying(_scaled(replace(table, rows=table.rows[learned]), recipe).values)]] = True
    return out


def _scaled(table: FeatureTable, recipe: Recipe) -> Prepared:
    own, weights = dict(recipe.own), dict(recipe.weights)
    return table.prepare(recipe.how, own, weights, clip=recipe.outliers == "clip")


def values(source: Source, recipe: Recipe) -> np.ndarray:
    """The prepared matrix."""
    return prepared(table(source, recipe), recipe).values


def _joined(source: Slice) -> People | None:
    return source.people


def _bare(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())
