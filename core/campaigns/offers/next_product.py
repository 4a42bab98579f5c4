"""The next product for a customer: what those who bought the same also bought, and they have not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from core.campaigns.offers.baskets import holdings, names, together
from core.codec import cacheable
from core.stages import stage
from core.warehouse.tables import Slice

# Fewer customers with both say nothing of two products.
FEWEST = 5
# Each product lends its weight to those nearest to it alone; else what everybody buys is next for everybody.
NEAREST = 20
EACH = 3
MOST = 30
MOST_CUSTOMERS = 10_000
BLOCK = 2_000


@cacheable
@dataclass(frozen=True)
class Likeness:
    """``products``: number of each that is compared; ``both``: customers who bought both of two, on the diagonal who
    bought the one; ``customers``: how many were looked at, one in ``every``; ``known``: different products in all.
    """

    products: np.ndarray
    both: np.ndarray
    customers: int
    every: int
    known: int

    def near(self) -> np.ndarray:
        """The cosine of every two products, of each only with those nearest to it; see :func:`likeness`."""
        alone = np.sqrt(np.maximum(self.both.diagonal(), 1))
        near = np.where(self.both >= FEWEST, self.both / alone[:, None] / alone[None, :], 0.0)
        np.fill_diagonal(near, 0.0)
        if len(near) > NEAREST:
            edge = np.partition(near, -NEAREST, axis=1)[:, -NEAREST][:, None]
            near = np.where(near >= edge, near, 0.0)
        return near


@cacheable
@dataclass(frozen=True)
class NextProducts:
    """``rows``: rank, code, name, customers (for whom it is among their three next ones; none of them has it), share
    (of those looked at), why_code and why_name (what most of them bought that leads to it), both (customers of all who
    bought that and this), of (who bought that), lift (both ÷ of by the share of all who bought this).

    ``customers``: who were looked at, one in ``every``; ``offered``: for how many of them there is anything next;
    ``learned``: customers that likeness was learned from, one in ``learned_every``; ``products`` of ``known``.
    """

    rows: pd.DataFrame
    customers: int
    every: int
    offered: int
    learned: int
    learned_every: int
    products: int
    known: int


@stage(version=1)
def likeness(source: Slice) -> Likeness:
    """Which products the same customers buy.

    Notes
    -----
    Cosine of two columns of the customer × product matrix of 0 and 1: customers with both ÷ √(customers with the one ×
    customers with the other), from five customers with both on; the five hundred products that most customers bought.
    """
    found = holdings(source, "customer", FEWEST)
    return Likeness(found.products, together(found.matrix), found.total, found.every, found.known)


@stage(version=1)
def next_products(source: Slice, learned_from: str, *, like: Likeness) -> NextProducts:
    """Of the customers of a slice, the products that are next for most.

    Parameters
    ----------
    source : Slice
    learned_from : str
        Names what ``like`` was learned from.
    like : Likeness
        Of all customers.

    Notes
    -----
    Item-based recommendation (Sarwar and others 2001; Deshpande and Karypis 2004): the score of a product for a
    customer is the sum of its cosine with what they bought, where it is one of the twenty nearest; of what they have
    not bought the three highest count. Of more than 10,000 customers some are looked at, spread evenly.
    """
    mine = holdings(source, "customer", 1, like.products)
    step = max(1, -(-len(mine.holders) // MOST_CUSTOMERS))
    matrix = mine.matrix[::step]
    near, size = like.near(), len(like.products)
    counts, reasons = np.zeros(size, dtype="int64"), np.zeros((size, size), dtype="int64")
    offered = 0
    for start in range(0, matrix.shape[0], BLOCK):
        part = matrix[start : start + BLOCK]
        for top, why in _best(part, near):
            offered += 1
            np.add.at(counts, top, 1)
            np.add.at(reasons, (top, why), 1)
    order = np.lexsort((like.products, -counts))[:MOST]
    order = order[counts[order] > 0]
    rows = _told(source, like, order, reasons[order].argmax(axis=1) if size else order)
    rows["customers"], rows["share"] = counts[order], counts[order] / max(matrix.shape[0], 1)
    told = rows[["rank", "code", "name", "customers", "share", "why_code", "why_name", "both", "of", "lift"]]
    return NextProducts(
        told, matrix.shape[0], step * mine.every, offered, like.customers, like.every, size, like.known
    )  # fmt: skip


@stage(version=1)
def next_for(source: Slice, customer: int, learned_from: str, *, like: Likeness) -> pd.DataFrame:
    """Products for one customer, best first: rank, code, name, score, why_code, why_name, both, of, lift.

    Parameters
    ----------
    source : Slice
    customer : int
        Its number.
    learned_from, like
        See :func:`next_products`.
    """
    alone = np.zeros(source.tables.meta.customers, dtype=bool)
    alone[customer] = True
    own = Slice(source.tables, source.key, source.span, source.countries, alone)
    mine = holdings(own, "customer", 1, like.products, most_lines=source.tables.meta.lines + 1)
    near = like.near()
    has = mine.matrix.toarray()[0] > 0 if mine.total else np.zeros(len(like.products), dtype=bool)
    score = np.where(has, 0.0, near[has].sum(axis=0)) if has.any() else np.zeros(len(has))
    order = np.lexsort((like.products, -score))[:10]
    order = order[score[order] > 0]
    why = np.where(has[:, None], near[:, order], -1.0).argmax(axis=0) if len(order) else order
    rows = _told(source, like, order, why).assign(score=score[order])
    return rows[["rank", "code", "name", "score", "why_code", "why_name", "both", "of", "lift"]]


def _best(part: sparse.csr_matrix, near: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """Of each customer that anything is next for: their best products, and of each what leads to it most."""
    score = np.asarray(part @ near)
    if not score.size:
        return []
    score[part.nonzero()] = 0.0
    found = []
    tops = np.argsort(-score, axis=1, kind="stable")[:, :EACH]
    for row, top in enumerate(tops):
        top = top[score[row, top] > 0]
        if len(top):
            own = part.indices[part.indptr[row] : part.indptr[row + 1]]
            found.append((top, own[near[np.ix_(own, top)].argmax(axis=0)]))
    return found


def _told(source: Slice, like: Likeness, order: np.ndarray, why: np.ndarray) -> pd.DataFrame:
    rows = names(source, like.products[order]).assign(rank=np.arange(1, len(order) + 1))
    rows[["why_code", "why_name"]] = names(source, like.products[why])[["code", "name"]].to_numpy()
    both, of, usual = like.both[why, order], like.both[why, why], like.both[order, order] / max(like.customers, 1)
    return rows.assign(both=both, of=of, lift=both / np.maximum(of, 1) / np.where(usual > 0, usual, 1.0))
