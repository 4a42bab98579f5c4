"""Which segment each customer is in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from core.codec import cacheable
from core.segments.choosing.divisions import check, in_order
from core.segments.describing import profiles, table_profiles
from core.segments.describing.silhouettes import average
from core.segments.dividing import clusterer
from core.segments.dividing.clusterer import Clusterer, Fit
from core.segments.dividing.model import Model, make
from core.segments.inputs import features
from core.segments.inputs.features import Recipe, Source
from core.stages import stage
from core.warehouse.people import People


class SegmentName(NamedTuple):
    """A segment as a menu lists it."""

    id: int
    name: str
    slug: str
    colour: int
    customers: int


GREY = 7
# What those are called who are in no segment, and why they are not.
APART = {
    "outliers": ("Exceptional customers", "exceptional", "They lie so far from all others that no average fits them."),
    "gaps": ("Not enough known", "not-enough-known", "Something that the segments are learned from is not known."),
    "both": ("Set aside", "set-aside", "They lie far from all others, or too little is known of them."),
    "noise": ("On their own", "on-their-own", "They resemble no larger group."),
    "lone": ("On their own", "on-their-own", "They resemble no larger group, or were set aside before."),
}


@cacheable
@dataclass(frozen=True)
class Segmentation:
    """The division of all customers.

    ``labels``: segment of each customer, in order of customer number; ids start at 1, and where the names of a saved
    segmentation are kept there may be gaps. ``segments``: one row per segment with id, name, slug, archetype, colour,
    portrait and the columns of :func:`core.segments.naming.traits.describe`. ``sampled``: how many customers the
    silhouette stands on, 0 for all. ``told``: what they were learned from, in a sentence. ``apart``: the id of those
    who were set aside or are in no group, 0 where there are none. ``model``: places further customers. ``news``: what
    became of the segments of the saved segmentation, in sentences.
    """

    k: int
    labels: np.ndarray
    segments: pd.DataFrame
    inertia: float
    silhouette: float
    sampled: int
    told: str
    apart: int
    model: Model
    news: list[str] = field(default_factory=list)

    @property
    def names(self) -> list[SegmentName]:
        columns = self.segments[["id", "name", "slug", "colour", "customers"]]
        return [SegmentName(*row) for row in zip(*(columns[c].tolist() for c in columns), strict=True)]


@stage(version=10)
def segmentation(source: Source, recipe: Recipe, k: int, seed: int) -> Segmentation:
    """Divide the customers into ``k`` segments and name them.

    Parameters
    ----------
    source : Slice or People
        The whole dataset.
    recipe : Recipe
    k, seed : int
        An algorithm that finds the number of segments itself does not look at ``k``.

    Raises
    ------
    NotEnoughDataError
        If fewer than ``k`` customers differ.
    ParameterError
        If there is no such algorithm.

    Notes
    -----
    Ids follow falling mean spend, so that refits with another seed number the same segments alike; where a table
    knows no spend, income, and where it knows neither, size. Customers who are set aside, or whom the algorithm leaves
    without a group, make a segment of their own beside the ``k``.
    """
    table = features.table(source, recipe)
    prepared = features.prepared(table, recipe)
    values = prepared.values
    aside = features.aside(table, recipe)
    far = aside if table.gaps is None else aside & ~table.gaps
    way = clusterer.of(recipe.method)
    check(values[~aside], 2 if way.chooses_k else k, str(table))
    fit = divide(source, way, values[~aside], k, seed, table.owner)
    groups = np.full(len(values), -1)
    groups[~aside] = fit.labels
    labels = number(groups, fit.centres, _worth(source, len(values)))
    ids = np.array([labels[np.argmax(groups == group)] for group in range(len(fit.centres))], dtype=np.int64)
    apart = int(labels[np.argmax(groups < 0)]) if (groups < 0).any() else 0
    model = make(recipe.method, table.encoding, prepared, fit, ids, apart, aside, bounded=bool(far.any()))
    grouped = groups >= 0
    silhouette, sampled = average(values[grouped], groups[grouped], seed)
    rows = profiles.described(source, recipe, labels)
    before = ("both" if far.any() else "gaps") if table.gaps is not None else "outliers" if far.any() else ""
    why = ("lone" if before else "noise") if (fit.labels < 0).any() else before
    rows = called_apart(rows[rows["id"] > 0].reset_index(drop=True), apart, why)
    return Segmentation(len(rows), labels, rows, fit.inertia, silhouette, sampled, str(table), apart, model)


@stage(version=segmentation.version)
def outline(source: Source, recipe: Recipe, k: int, seed: int, *, found: Segmentation) -> Segmentation:
    """A segmentation without the segment of each customer.

    Parameters
    ----------
    source, recipe, k, seed
        Name the segmentation ``found``.
    """
    return replace(found, labels=found.labels[:0])


def called_apart(rows: pd.DataFrame, apart: int, why: str) -> pd.DataFrame:
    """The segment of those who are in none is called so."""
    if not apart:
        return rows
    name, slug, reason = APART[why]
    here = rows["id"] == apart
    told = [f"{text} {reason}" if mine else text for text, mine in zip(rows["portrait"], here, strict=True)]
    rows = rows.assign(portrait=told)
    # Grey for those who are in none; who has it gives it away for theirs.
    colours = rows["colour"].mask(rows["colour"] == GREY, rows.loc[here, "colour"].iloc[0]).mask(here, GREY)
    return rows.assign(name=rows["name"].where(~here, name), slug=rows["slug"].where(~here, slug), colour=colours)


def divide(source: Source, way: Clusterer, values: np.ndarray, k: int, seed: int, owner: np.ndarray) -> Fit:
    """The groups that an algorithm finds, whatever the order of a table's rows."""
    fit = way.fit(in_order(source, values), k, seed, owner)
    if not isinstance(source, People):
        return fit
    labels = np.empty_like(fit.labels)
    labels[np.lexsort(values.T)] = fit.labels
    return replace(fit, labels=labels)


def _worth(source: Source, customers: int) -> np.ndarray:
    if isinstance(source, People):
        worth = table_profiles.worth(source)
        return np.zeros(customers) if worth is None else worth
    cents: np.ndarray = features.customers(source)["cents"].to_numpy()
    return cents


def number(groups: np.ndarray, centres: np.ndarray, cents: np.ndarray) -> np.ndarray:
    """Labels from 1 by falling mean spend; group −1 is numbered among them.

    Examples
    --------
    >>> number(np.array([0, 1, 1]), np.zeros((2, 1)), np.array([100, 900, 700]))
    array([2, 1, 1])
    """
    found, rows = np.unique(groups, return_inverse=True)
    sizes = np.bincount(rows)
    spend = np.bincount(rows, weights=cents) / sizes
    first = np.array([centres[group, 0] if group >= 0 else -np.inf for group in found])
    ranks = np.empty(len(sizes), dtype=np.int64)
    ranks[np.lexsort((first, -sizes, -spend))] = np.arange(1, len(sizes) + 1)
    labels: np.ndarray = ranks[rows]
    return labels
