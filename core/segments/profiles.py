"""What each segment is like: averages, differences from all, spread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.codec import cacheable
from core.segments import features, naming
from core.segments.traits import DRAWN, TRAITS, describe, effects, per_customer
from core.stages import stage
from core.warehouse.tables import Slice

QUANTILES = {"p5": 0.05, "lower": 0.25, "median": 0.5, "upper": 0.75, "p95": 0.95}


@cacheable
@dataclass(frozen=True)
class Profiles:
    """The segments described.

    ``rows``: id, name, slug, archetype, colour, portrait and the columns of :func:`core.segments.traits.describe`,
    all customers last as id 0. ``differences``: id, rank (1 to 3), feature, label, unit, they, all, effect (standard
    deviations between customers).
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


@stage(version=2)
def profiles(source: Slice, prepare: str, k: int, seed: int, *, labels: np.ndarray) -> Profiles:
    """Describe and name the segments, and find the three strongest differences of each.

    Parameters
    ----------
    source : Slice
        The whole dataset.
    prepare, k, seed
        Name the segmentation that ``labels`` come from.
    labels : int array
        Segment of each customer, from 1.
    """
    people = features.customers(source)
    rows = describe(people, labels)
    return Profiles(named(rows), differences(rows, effects(rows, people)))


def named(rows: pd.DataFrame) -> pd.DataFrame:
    """Profile rows with name, slug, archetype, colour and portrait; all customers are called so."""
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


@stage(version=1)
def heat(source: Slice, prepare: str, k: int, seed: int, *, labels: np.ndarray) -> Heat:
    """Averages of each segment and how far they lie from those of all; parameters as of :func:`profiles`."""
    people = features.customers(source)
    rows = describe(people, labels)
    away, table = effects(rows, people), rows.set_index("id")
    cells = [
        (segment, trait.slug, trait.label, trait.unit, table.at[segment, trait.slug], away.at[segment, trait.slug])
        for segment in table.index
        for trait in DRAWN
    ]
    return Heat(pd.DataFrame(cells, columns=["id", "feature", "label", "unit", "mean", "z"]))


@stage(version=1)
def boxes(source: Slice, prepare: str, k: int, seed: int, *, labels: np.ndarray) -> Boxes:
    """Quantiles of each trait by segment; parameters as of :func:`profiles`."""
    values = per_customer(features.customers(source))
    rows = []
    for segment in [*np.unique(labels), 0]:
        mine = values if segment == 0 else values[labels == segment]
        for trait in DRAWN:
            column = mine[trait.slug].dropna()
            if trait.unit == "share" or column.empty:
                continue
            cuts = dict(zip(QUANTILES, column.quantile(list(QUANTILES.values())), strict=True))
            rows.append(
                dict(
                    id=int(segment), feature=trait.slug, label=trait.label, unit=trait.unit,
                    low=column.min(), **cuts, high=column.max(),
                )
            )  # fmt: skip
    return Boxes(pd.DataFrame(rows))
