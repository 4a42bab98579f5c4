"""Customers on a map of two principal components."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.decomposition import PCA

from core.codec import cacheable
from core.segments.describing import density
from core.segments.dividing.sampling import draw
from core.segments.inputs import features
from core.segments.inputs.features import FeatureTable, Recipe, Source
from core.segments.inputs.roles import measure
from core.stages import stage
from core.warehouse.people import People

MOST_POINTS = 5_000
LOADS = 0.75


@cacheable
@dataclass(frozen=True)
class Projection:
    """``points``: customer, x, y, segment, orders, cents. ``explained``: share of the spread on each axis. ``axes``:
    what loads on each in its positive direction. ``customers`` in all; ``sampled`` is how many points there are, 0 for
    all. ``cells`` and ``spend_cells``: everybody as of :func:`core.segments.describing.density.cells`, where points
    would cover one another; of the latter x and y are logarithms to the base of 10 of orders and of spend, in the
    currency."""

    points: pd.DataFrame
    explained: tuple[float, float]
    axes: tuple[str, str]
    customers: int
    sampled: int
    cells: pd.DataFrame
    spend_cells: pd.DataFrame


@stage(version=5)
def projection(source: Source, recipe: Recipe, k: int, seed: int, *, labels: np.ndarray) -> Projection:
    """Lay the customers out on two axes.

    Parameters
    ----------
    source : Slice or People
        The whole dataset.
    recipe, k, seed
        Name the segmentation that ``labels`` come from.
    labels : int array
        Segment of each customer, from 1.

    Notes
    -----
    Axes are found on all customers. Their signs are set so that the largest loading is positive.
    """
    table = features.table(source, recipe)
    values = features.prepared(table, recipe).values
    if values.shape[1] == 1:
        values = np.column_stack([values, np.zeros(len(values))])
    model = PCA(2).fit(values)
    signs = [1.0 if row[np.abs(row).argmax()] > 0 else -1.0 for row in model.components_]
    rows = draw(len(values), MOST_POINTS if len(values) > density.FROM else density.FROM, seed)
    placed, bought = model.transform(values) * signs, _bought(source)
    points = pd.DataFrame({"customer": rows, "x": placed[rows, 0], "y": placed[rows, 1], "segment": labels[rows]})
    points = points.join(bought.iloc[rows].reset_index(drop=True))
    many = len(values) > density.FROM
    spent = many & ((bought["orders"] > 0) & (bought["cents"] > 0)).to_numpy()
    orders, spend = (np.log10(bought[name].to_numpy(dtype=float)[spent]) for name in ("orders", "cents"))
    # Orders are whole numbers: spread a little, or only lines would be seen.
    aside = (np.arange(len(orders)) * 0.618034) % 1 - 0.5
    orders = np.log10(10**orders + 0.3 * aside * np.sqrt(10**orders))
    shown = slice(None) if many else slice(0)
    cells = density.cells(placed[shown, 0], placed[shown, 1], labels[shown])
    first, second = (axis(row * sign, table) for row, sign in zip(model.components_, signs, strict=True))
    share = model.explained_variance_ratio_
    drawn = len(rows) if len(rows) < len(values) else 0
    return Projection(
        points,
        (float(share[0]), float(share[1])),
        (first, second),
        len(values),
        drawn,
        cells,
        density.cells(orders, spend - 2, labels[spent]),
    )


def _bought(source: Source) -> pd.DataFrame:
    """Orders and cents of each customer; missing where a table does not tell."""
    if not isinstance(source, People):
        people = features.customers(source)
        return pd.DataFrame({"orders": people["frequency"], "cents": people["cents"]})
    frame, every = source.frame(), features.known(source)
    told = {name: measure(frame, every, key) for name, key in (("orders", "orders"), ("cents", "spend"))}
    found = pd.DataFrame({name: np.nan if each is None else each for name, each in told.items()}, index=frame.index)
    return found.astype(float).assign(cents=100 * found["cents"])


def axis(loadings: np.ndarray, table: FeatureTable) -> str:
    """What grows along an axis: the features that load on it nearly as much as the strongest one."""
    order = np.argsort(-np.abs(loadings), kind="stable")
    strongest = abs(loadings[order[0]])
    named = sorted(number for number in order[:2] if abs(loadings[number]) >= LOADS * strongest)
    return ", ".join(table.grows(number, loadings[number] > 0) for number in named if number < len(table.owner))
