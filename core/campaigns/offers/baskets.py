"""Who, or which order, holds which products: a sparse matrix of the products that are bought most."""

from __future__ import annotations

import math
from dataclasses import dataclass

import narwhals as nw
import numpy as np
import pandas as pd
from scipy import sparse

from core.warehouse import engine
from core.warehouse.tables import Slice

# The products bought most are enough: what few buy is in no pair that could be told from chance.
MOST_PRODUCTS = 500
# Of a larger log every second, third, … holder is looked at.
MOST_LINES = 1_500_000
HOLDERS = {"order": "hash(order_id, customer)", "customer": "hash(customer)"}


@dataclass(frozen=True)
class Holdings:
    """``matrix``: holders × products, 1 where bought; ``products``: the number of each column, most holders first;
    ``holders``: number of each row, a customer's own; ``total``: holders of anything at all; ``every``: one holder in
    so many was looked at; ``known``: different products that anybody of them bought.
    """

    matrix: sparse.csr_matrix
    products: np.ndarray
    holders: np.ndarray
    total: int
    every: int
    known: int


def holdings(
    source: Slice, by: str, fewest: int, only: np.ndarray | None = None, most_lines: int = MOST_LINES
) -> Holdings:
    """Which order, or which customer, holds which product.

    Parameters
    ----------
    source : Slice
    by : str
        ``order`` or ``customer``.
    fewest : int
        Products that fewer hold are left out.
    only : int array, optional
        The products to look at, in this order, instead of those that most hold.
    most_lines : int
        Above so many lines one holder in every so many is looked at, chosen by a hash: the same ones each time.

    Notes
    -----
    A line counts that was bought and not returned as such; a product counts once a holder, however many pieces.
    """
    every = max(1, math.ceil(source.tables.meta.lines / most_lines))
    chosen = HOLDERS[by]
    lines = source.lines().filter(nw.col("quantity") > 0).select("order_id", "customer", "product").to_native()
    some = f"where {chosen} % {every} = 0" if every > 1 else ""
    bits = max(1, source.tables.meta.products.bit_length())
    # Of a hash as much as a whole number leaves beside the product: one sort finds the different pairs.
    holder = "customer::bigint" if by == "customer" else f"({chosen} >> {bits + 1})::bigint"
    table = lines.query("q", f"select {holder} << {bits} | product as key from q {some}").to_arrow_table()
    keys = _different(np.sort(table["key"].to_numpy()))
    product, owner = keys & ((1 << bits) - 1), keys >> bits
    holders, row = _rows(owner)
    counts = np.bincount(product, minlength=source.tables.meta.products)
    order = np.argsort(-counts, kind="stable")[:MOST_PRODUCTS]
    kept = order[counts[order] >= max(fewest, 1)] if only is None else only
    column = np.full(len(counts), -1)
    column[kept] = np.arange(len(kept))
    place = column[product]
    there = place >= 0
    shape = (len(holders), len(kept))
    ones = np.ones(int(there.sum()), dtype="int32")
    matrix = sparse.csr_matrix((ones, (row[there], place[there])), shape=shape)
    return Holdings(matrix, kept, holders, len(holders), every, int((counts > 0).sum()))


def together(matrix: sparse.csr_matrix) -> np.ndarray:
    """How many holders have both of every two products; on the diagonal, how many have the one."""
    both: np.ndarray = (matrix.T @ matrix).toarray()
    return both.astype("int64")


def names(source: Slice, products: np.ndarray) -> pd.DataFrame:
    """code and name of products by number, a product without a name by its code."""
    listed = engine.collect(source.products().select("product", "code", "name")).set_index("product")
    found = listed.reindex(products).reset_index(drop=True)
    return found.assign(code=found["code"].astype(object), name=found["name"].fillna(found["code"]).astype(object))


def _different(keys: np.ndarray) -> np.ndarray:
    first = np.ones(len(keys), dtype=bool)
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    return keys[first]


def _rows(owner: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The different owners of sorted ones, and the row of each entry."""
    first = np.ones(len(owner), dtype=bool)
    np.not_equal(owner[1:], owner[:-1], out=first[1:])
    return owner[first], np.cumsum(first) - 1
