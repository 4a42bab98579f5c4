"""What goes together: rank correlations of everything that has an order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.cluster import hierarchy
from scipy.spatial.distance import squareform

from core.codec import cacheable
from core.people import measures
from core.stages import stage
from core.warehouse.people import People

COPY = 0.95
# Of more rows a part says the same; more columns cannot be read.
MOST_ROWS, MOST_COLUMNS = 20_000, 40
FEWEST = 10


@cacheable
@dataclass(frozen=True)
class Correlations:
    """Spearman's correlations.

    ``columns``: slug, label, scale, missing_share, in an order that puts what goes together side by side. ``matrix``:
    one row and column each, in that order; missing where it cannot be told. ``pairs``: a, b (slugs), a_label,
    b_label, r, known (customers of whom both are known), copy (one says what the other says), made (one is derived
    from the other), the strongest first. ``sampled``: 0 where everybody counts. ``left_out``: ordered columns beyond
    what can be read, those that go least with any other.
    """

    columns: pd.DataFrame
    matrix: np.ndarray
    pairs: pd.DataFrame
    customers: int
    sampled: int
    left_out: int


@stage(version=1)
def correlations(source: People, seed: int) -> Correlations:
    """Correlate every pair of numbers, amounts, ordered levels and yes/no columns.

    Parameters
    ----------
    source : People
    seed : int
        Draws the sample above 20,000 customers.

    Notes
    -----
    Spearman (1904): the correlation of ranks, over customers of whom both are known. Columns are ordered by average
    linkage on 1 − |r| with leaves turned so that neighbours are close (Bar-Joseph 2001).
    """
    everybody = source.frame()
    drawn = everybody
    if len(everybody) > MOST_ROWS:
        chosen = np.sort(np.random.default_rng(seed).choice(len(everybody), MOST_ROWS, replace=False))
        drawn = everybody.iloc[chosen]
    values = {c.slug: measures.numbers(drawn, c) for c in measures.measured(source) if c.scale != "nominal"}
    table = pd.DataFrame({slug: column for slug, column in values.items() if column.nunique() > 1})
    matrix = table.corr(method="spearman", min_periods=FEWEST).round(12)
    left_out = max(len(matrix) - MOST_COLUMNS, 0)
    if left_out:
        others = matrix.abs().where(~np.eye(len(matrix), dtype=bool)).max().fillna(0)
        kept = others.sort_values(ascending=False, kind="stable").index[:MOST_COLUMNS]
        matrix = matrix.loc[matrix.index.isin(kept), matrix.index.isin(kept)]
    order = _order(matrix.to_numpy())
    matrix = matrix.iloc[order, order]
    named = {column.slug: column for column in source.columns}
    columns = pd.DataFrame(
        [(s, named[s].name, named[s].scale, float(everybody[s].isna().mean())) for s in matrix.index],
        columns=["slug", "label", "scale", "missing_share"],
    )
    pairs = _pairs(matrix, table, source)
    return Correlations(columns, matrix.to_numpy(), pairs, len(everybody), len(drawn) if drawn is not everybody else 0,
                        left_out)  # fmt: skip


def _order(matrix: np.ndarray) -> list[int]:
    """Rows so that what goes together stands together."""
    if len(matrix) < 3:
        return list(range(len(matrix)))
    apart = 1 - np.abs(np.nan_to_num(matrix))
    np.fill_diagonal(apart, 0)
    apart = np.clip((apart + apart.T) / 2, 0, None)
    tree = hierarchy.linkage(squareform(apart, checks=False), "average", optimal_ordering=True)
    return [int(leaf) for leaf in hierarchy.leaves_list(tree)]


def _pairs(matrix: pd.DataFrame, table: pd.DataFrame, source: People) -> pd.DataFrame:
    known = table[matrix.index].notna().to_numpy().astype(float)
    both, values, rows = known.T @ known, matrix.to_numpy(), []
    for i, a in enumerate(matrix.index):
        for j in range(i):
            b, r = matrix.index[j], float(values[i, j])
            if np.isnan(r):
                continue
            one, other = source.column(min(a, b)), source.column(max(a, b))
            made = measures.made_of(one, other) or measures.made_of(other, one)
            rows.append((one.slug, other.slug, one.name, other.name, r, int(both[i, j]), abs(r) > COPY, made))
    frame = pd.DataFrame(rows, columns=["a", "b", "a_label", "b_label", "r", "known", "copy", "made"])
    ranked = frame.assign(size=frame["r"].abs()).sort_values(["size", "a", "b"], ascending=[False, True, True])
    return ranked.drop(columns="size").reset_index(drop=True)
