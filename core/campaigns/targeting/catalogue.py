"""The products of an order log: found by a few letters, and named by their codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import narwhals as nw
import pandas as pd

from core.codec import cacheable
from core.stages import stage
from core.warehouse import engine
from core.warehouse.tables import Slice

MOST = 12


@cacheable
@dataclass(frozen=True)
class Products:
    """Products that were looked for: ``total``, and of the first of them ``rows`` with code, name and customers."""

    rows: pd.DataFrame
    total: int


@stage(version=1)
def find(source: Slice, text: str) -> Products:
    """Find products whose code or name holds every word of a text, in any case.

    Parameters
    ----------
    source : Slice
        The whole dataset.
    text : str

    Returns
    -------
    Products
        Those on the most lines come first, at most :data:`MOST`; customers are those who bought it, returned or not.
    """
    wanted = source.products().filter(*(_holds(word) for word in text.lower().split()))
    bought = source.lines().filter(nw.col("quantity") > 0)
    found = bought.join(wanted.select("product"), on="product", how="semi")
    lines = engine.collect(found.group_by("product").agg(nw.len().alias("lines")))
    first = lines.sort_values(["lines", "product"], ascending=[False, True]).head(MOST)
    # Grouped twice: three times as fast as counting what is different.
    pairs = bought.filter(nw.col("product").is_in(first["product"].tolist())).group_by("product", "customer")
    buyers = (
        pairs.agg(nw.len().alias("lines"))
        .join(source.customers().filter(nw.col("frequency") > 0).select("customer"), on="customer", how="semi")
        .group_by("product")
        .agg(nw.len().alias("customers"))
    )
    called = source.products().filter(nw.col("product").is_in(first["product"].tolist()))
    rows = first[["product"]].merge(engine.collect(called), on="product")
    rows = rows.merge(engine.collect(buyers), on="product", how="left")
    rows = rows.assign(customers=rows["customers"].fillna(0).astype("int64"), name=rows["name"].fillna(rows["code"]))
    return Products(rows[["code", "name", "customers"]].reset_index(drop=True), len(lines))


def names(source: Slice, codes: Sequence[str]) -> dict[str, str]:
    """The names of products by their codes; what the log does not hold is left out."""
    if not codes:
        return {}
    rows = engine.collect(source.products().filter(nw.col("code").is_in([*codes])).select("code", "name"))
    return dict(zip(rows["code"], rows["name"].fillna(rows["code"]), strict=True))


def _holds(word: str) -> nw.Expr:
    return nw.any_horizontal(
        *(nw.col(name).str.to_lowercase().str.contains(word, literal=True) for name in ("code", "name")),
        ignore_nulls=True,
    )
