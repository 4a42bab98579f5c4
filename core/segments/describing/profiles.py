"""What each segment is like: averages, differences from all, spread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.codec import cacheable
from core.segments.describing import table_profiles
from core.segments.describing.comparing import shown
from core.segments.inputs import features
from core.segments.inputs.features import Feature, Recipe, Source
from core.segments.naming import naming
from core.segments.naming.traits import DRAWN, TRAITS, describe, effects, per_customer
from core.stages import stage
from core.warehouse.people import People

QUANTILES = {"p5": 0.05, "lower": 0.25, "median": 0.5, "upper": 0.75, "p95": 0.95}


@cacheable
@dataclass(frozen=True)
class Profiles:
    """The segments described.

    ``rows``: id, name, slug, archetype, colour, portrait and the columns of
    :func:`core.segments.naming.traits.describe`, all customers last as id 0. ``differences``: id, rank (1 to 3),
    feature, label, unit, they, all, effect (standard deviations between customers).
    """

    rows: pd.DataFrame
    differences: pd.DataFrame

    def of(self, segment: int) -> dict[str, object]:
        """One row; 0 is all customers."""
        return dict(self.rows[self.rows["id"] == segment].iloc[0])


@cacheable
@dataclass(frozen=True)
class Heat:
    """``cells``: id, feature, label, unit, mean, z (standard deviations between customers away from all)."""

    cells: pd.DataFrame


@cacheable
@dataclass(frozen=True)
class Boxes:
    """``boxes``: id, feature, label, unit, low, p5, lower, median, upper, p95, high; id 0 is all customers."""

    boxes: pd.DataFrame


@stage(version=5)
def profiles(source: Source, recipe: Recipe, k: int, seed: int, *, labels: np.ndarray) -> Profiles:
    """Describe and name the segments, and find the three strongest differences of each.

    Parameters
    ----------
    source : Slice or People
        The whole dataset.
    recipe, k, seed
        Name the segmentation that ``labels`` come from.
    labels : int array
        Segment of each customer, from 1.
    """
    rows = described(source, recipe, labels)
    if isinstance(source, People):
        return Profiles(rows, table_profiles.differences(source, recipe, labels))
    return Profiles(rows, differences(rows, effects(rows, features.customers(source))))


def described(source: Source, recipe: Recipe, labels: np.ndarray) -> pd.DataFrame:
    """Profile rows with name, slug, archetype, colour and portrait."""
    if isinstance(source, People):
        return table_profiles.describe(source, recipe, labels)
    return named(describe(features.customers(source), labels))


def named(rows: pd.DataFrame) -> pd.DataFrame:
    """Profile rows of an order log with name, slug, archetype, colour and portrait; all customers are called so."""
    words = naming.name(rows)
    everybody = {"id": 0, "name": "All customers", "slug": "all", "archetype": "", "colour": -1, "portrait": ""}
    words = pd.concat([words, pd.DataFrame([everybody])], ignore_index=True)
    return words.merge(rows, on="id")


def differences(rows: pd.DataFrame, away: pd.DataFrame, most: int = 3) -> pd.DataFrame:
    """The strongest differences of each segment from all customers, one per family of traits."""
    table, found = rows.set_index("id"), []
    for segment in rows["id"][rows["id"] > 0]:
        effect = {str(slug): float(value) for slug, value in away.loc[segment].items()}
        families: set[str] = set()
        for trait in sorted(TRAITS, key=lambda trait: -abs(effect[trait.slug])):
            if trait.family not in families and len(families) < most:
                families.add(trait.family)
                both = (table.at[segment, trait.slug], table.at[0, trait.slug])
                found.append((segment, len(families), trait.slug, trait.label, trait.unit, *both, effect[trait.slug]))
    return pd.DataFrame(found, columns=["id", "rank", "feature", "label", "unit", "they", "all", "effect"])


@stage(version=2)
def heat(source: Source, recipe: Recipe, k: int, seed: int, others: bool = False, *, labels: np.ndarray) -> Heat:
    """Averages of each segment and how far they lie from those of all.

    Parameters
    ----------
    others : bool
        Of a table every column that can be measured, and not only those that segments were learned from.
    """
    extra = table_profiles.heat(source, _extra(source, recipe, others), labels)
    if isinstance(source, People):
        return Heat(extra)
    people = features.customers(source)
    rows = describe(people, labels)
    away, table = effects(rows, people), rows.set_index("id")
    cells = [
        (segment, trait.slug, trait.label, trait.unit, table.at[segment, trait.slug], away.at[segment, trait.slug])
        for segment in table.index
        for trait in DRAWN
    ]
    found = pd.DataFrame(cells, columns=["id", "feature", "label", "unit", "mean", "z"])
    return Heat(pd.concat([found, extra], ignore_index=True) if len(extra) else found)


@stage(version=2)
def boxes(source: Source, recipe: Recipe, k: int, seed: int, others: bool = False, *, labels: np.ndarray) -> Boxes:
    """Quantiles of each trait by segment; parameters as of :func:`heat`."""
    told = [(each.slug, each.label, each.unit) for each in DRAWN if each.unit != "share"]
    more = [each for each in _extra(source, recipe, others) if each.numeric]
    frame = features.frame(source)
    values = pd.DataFrame({each.slug: shown(frame[each.slug], each) for each in more}, index=frame.index)
    if isinstance(source, People):
        told = []
    else:
        values = pd.concat([per_customer(features.customers(source)), values], axis=1)
    told += [(each.slug, each.label, each.unit) for each in more if each.unit != "share"]
    rows = []
    for segment in [*np.unique(labels), 0]:
        mine = values if segment == 0 else values[labels == segment]
        for slug, label, unit in told:
            column = mine[slug].dropna()
            if column.empty:
                continue
            cuts = dict(zip(QUANTILES, column.quantile(list(QUANTILES.values())), strict=True))
            about = {"id": int(segment), "feature": slug, "label": label, "unit": unit}
            rows.append({**about, "low": column.min(), **cuts, "high": column.max()})
    columns = ["id", "feature", "label", "unit", "low", *QUANTILES, "high"]
    return Boxes(pd.DataFrame(rows, columns=columns))


def _extra(source: Source, recipe: Recipe, others: bool) -> list[Feature]:
    """Features to draw beside the traits of an order log: of a table the chosen ones, or all."""
    if isinstance(source, People):
        return list(features.known(source) if others else features.chosen(source, recipe))
    drawn = {trait.slug for trait in TRAITS}
    return [feature for feature in features.chosen(source, recipe) if feature.slug not in drawn]
