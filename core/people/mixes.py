"""Means and shares of several amounts, such as spend by category or purchases by channel, by levels of a column."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.codec import cacheable
from core.people import measures
from core.stages import stage
from core.warehouse.people import People


@cacheable
@dataclass(frozen=True)
class Mix:
    """``cells``: level (−1 for everybody), slug, label, unit, mean, share (of the level's sum over all of them), ratio
    (mean to that of everybody). ``rows``: level, label, customers, known (customers of whom every column is known)."""

    rows: pd.DataFrame
    cells: pd.DataFrame


@stage(version=3)
def mix(source: People, by: str, of: tuple[str, ...]) -> Mix:
    """Means and shares of several amounts, such as spend by category or purchases by channel, by levels of a column.

    Parameters
    ----------
    source : People
    by : str
        Slug of the column whose levels divide the customers.
    of : tuple of str
        Slugs of amounts or numbers of one unit.
    """
    frame = source.frame().sort_values([by, *of], kind="stable").dropna(subset=[by, *of])
    group, columns = source.column(by), [source.column(slug) for slug in of]
    found = measures.levels(frame, group)
    where = measures.place(frame, group, found)
    values = np.column_stack([measures.numbers(frame, column).to_numpy() for column in columns])
    everybody = values.mean(axis=0) if len(values) else np.full(len(of), math.nan)
    rows, cells = [], []
    for number, label in [*((n, level.label) for n, level in enumerate(found)), (-1, "Everybody")]:
        mine = values if number < 0 else values[where == number]
        rows.append((number, label, len(mine)))
        means = mine.mean(axis=0) if len(mine) else np.full(len(of), math.nan)
        total = means.sum()
        for column, mean, usual in zip(columns, means, everybody, strict=True):
            ratio = float(mean / usual) if usual else math.nan
            share = float(mean / total) if total else math.nan
            cells.append((number, column.slug, column.name, measures.unit(column), float(mean), share, ratio))
    return Mix(
        pd.DataFrame(rows, columns=["level", "label", "customers"]),
        pd.DataFrame(cells, columns=["level", "slug", "label", "unit", "mean", "share", "ratio"]),
    )
