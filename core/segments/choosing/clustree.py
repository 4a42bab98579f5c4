"""How customers split as the number of segments grows."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from core.codec import cacheable
from core.segments.choosing.divisions import Divisions
from core.segments.dividing import clusterer, sampling
from core.segments.inputs import features
from core.segments.inputs.features import Recipe, Source
from core.stages import stage
from core.warehouse.people import People

SWEEPS = 4


@cacheable
@dataclass(frozen=True)
class Clustree:
    """Groups by number, and where their customers go as there is one more.

    ``nodes``: k, group (its place in the picture, from 0), customers, share, id (the segment in use that most of its
    customers are in, 0 where none), purity (share of its customers who are in that segment), used (whether it is that
    segment). ``edges``: k and source, to which ``target`` of k + 1, customers, share_source and share_target (of the
    customers of either), heir (whether the target goes on from the source). ``sampled``: 0 where everybody took part.
    """

    nodes: pd.DataFrame
    edges: pd.DataFrame
    customers: int
    sampled: int


@stage(version=2)
def clustree(
    source: Source,
    recipe: Recipe,
    k: int,
    seed: int,
    k_range: tuple[int, int],
    *,
    labels: np.ndarray,
    divided: Divisions,
) -> Clustree:
    """Follow customers from one number of groups to the next.

    Parameters
    ----------
    source : Slice or People
        The whole dataset.
    recipe, k, seed
        Name the segmentation that ``labels`` come from.
    k_range : (int, int)
        First and last number.
    labels : int array
        Segment of each customer; below 1 those who are in none.
    divided : Divisions
        Of the same source, recipe, range and seed.

    Notes
    -----
    After clustree (Zappia and Oshlack 2018). Groups are the sweep's, at the number in use the segments themselves; an
    algorithm that finds the number itself is stood in for by K-Means. Groups of a level are ordered by where their
    customers come from and go to (barycentres), so that few lines cross.
    """
    table = features.table(source, recipe)
    learned = ~features.aside(table, recipe)
    values, mine = features.prepared(table, recipe).values[learned], labels[learned]
    if isinstance(source, People):
        order = np.lexsort(values.T)
        values, mine = values[order], mine[order]
    rows = sampling.study(len(values), seed)
    mine = mine[rows]
    in_use = 0 if clusterer.of(recipe.method).chooses_k else k
    levels = dict(zip(divided.numbers, divided.labels.astype(np.int64), strict=True))
    if in_use in levels and (mine > 0).all():
        levels[in_use] = mine
    levels = {number: np.unique(level, return_inverse=True)[1] for number, level in levels.items()}
    nodes, edges = tree(levels, mine, in_use)
    return Clustree(nodes, edges, len(values), len(rows) if len(rows) < len(values) else 0)


def tree(levels: dict[int, np.ndarray], ids: np.ndarray, in_use: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Nodes and edges of divisions of the same customers; see :class:`Clustree`.

    Parameters
    ----------
    levels : dict
        By number of groups, the group of each customer from 0.
    ids : int array
        The segment in use of each customer.
    in_use : int
        The number of groups that the segments in use are.
    """
    numbers = sorted(levels)
    shared = [_table(levels[a], levels[b]) for a, b in itertools.pairwise(numbers)]
    places = _places(shared, [int(levels[number].max()) + 1 for number in numbers])
    nodes, edges = [], []
    for number, place in zip(numbers, places, strict=True):
        for group in np.argsort(place):
            inside = ids[levels[number] == group]
            found, counts = np.unique(inside[inside > 0], return_counts=True)
            most = int(counts.argmax()) if len(found) else -1
            nodes.append(
                {
                    "k": number, "group": int(place[group]), "customers": len(inside), "share": len(inside) / len(ids),
                    "id": int(found[most]) if len(found) else 0,
                    "purity": counts[most] / len(inside) if len(found) else 0.0, "used": number == in_use,
                }
            )  # fmt: skip
    for number, table, above, below in zip(numbers, shared, places, places[1:], strict=False):
        heirs = set(zip(*linear_sum_assignment(-table), strict=True))
        for source, target in zip(*table.nonzero(), strict=True):
            count = int(table[source, target])
            edges.append(
                {
                    "k": number, "source": int(above[source]), "target": int(below[target]), "customers": count,
                    "share_source": count / table[source].sum(), "share_target": count / table[:, target].sum(),
                    "heir": (source, target) in heirs,
                }
            )  # fmt: skip
    columns = ["k", "source", "target", "customers", "share_source", "share_target", "heir"]
    return pd.DataFrame(nodes), pd.DataFrame(edges, columns=columns)


def _table(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    rows, columns = int(above.max()) + 1, int(below.max()) + 1
    counts: np.ndarray = np.bincount(above * columns + below, minlength=rows * columns).reshape(rows, columns)
    return counts


def _places(shared: list[np.ndarray], sizes: list[int]) -> list[np.ndarray]:
    """The place of each group in its level: down by where customers come from, up by where they go, in turn."""
    places = [np.arange(size) for size in sizes]
    for _ in range(SWEEPS):
        for level in range(1, len(sizes)):
            places[level] = _ranked(shared[level - 1].T, places[level - 1], places[level])
        for level in range(len(sizes) - 2, -1, -1):
            places[level] = _ranked(shared[level], places[level + 1], places[level])
    return places


def _ranked(weights: np.ndarray, others: np.ndarray, before: np.ndarray) -> np.ndarray:
    # Of another level only the relative place counts: it has more or fewer groups.
    middle = (weights @ ((others + 0.5) / len(others))) / np.maximum(weights.sum(axis=1), 1)
    ranks = np.empty(len(before), dtype=np.int64)
    ranks[np.lexsort((before, middle))] = np.arange(len(before))
    return ranks
