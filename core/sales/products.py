"""What sells: every product with its buyers, its class, its returns and its season."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from core.codec import cacheable
from core.periods import Comparison, Span
from core.sales.peaks import full_months, seasonal
from core.stages import stage
from core.warehouse import engine
from core.warehouse.tables import Slice

CLASS_A, CLASS_B = 0.80, 0.95


@cacheable
@dataclass(frozen=True)
class Products:
    """Sales by product, the largest revenue first.

    ``rows``: code, name, revenue (cents), quantity (units less returns), buyers (distinct customers), orders, share,
    cumulative (share up to and including the product), abc, sold (units before returns), returned (units),
    returned_cents, return_rate (units returned ÷ sold), price (mean paid, cents), peak_month (1 to 12, 0 where
    no full month has sales), peak_share, growth (NaN where the base is not above zero). ``classes``: abc,
    products, revenue, share. The rest sums up the returns; ``returns_kept`` is False where the cleaning rules
    left none to see.
    """

    rows: pd.DataFrame
    classes: pd.DataFrame
    revenue: int
    returned: float
    returned_cents: int
    return_rate: float | None
    returns_kept: bool


@cacheable
@dataclass(frozen=True)
class ProductSeasons:
    """``months``: code, name, start, revenue (cents), quantity, every month of the period for every product.

    ``index``: code, name, month (1 to 12), index (1 is an average month), years; see :func:`core.sales.peaks.index`.
    """

    months: pd.DataFrame
    index: pd.DataFrame
    adjusted: bool


@stage(version=1)
def products(source: Slice, comparison: Comparison | None) -> Products:
    """Rank the products.

    Parameters
    ----------
    source : Slice
    comparison : Comparison or None
        The spans that growth is measured over.

    Notes
    -----
    ABC analysis: products in order of revenue are A until 80 % of revenue is reached (the one that reaches it
    included), B until 95 %, then C; products with no net revenue are C. Buyers and orders count whoever bought the
    product, returned or not. Orders are told apart, within a product and customer, by some 34 bits of a hash: in ten
    million lines, one count in a thousand logs is short by one. The peak month is the calendar month with the
    largest mean revenue, over full months where the period has any; its share is of the sum of these means.
    """
    monthly = _monthly(source)
    rows = monthly.groupby("product")[["revenue", "quantity", "sold", "sold_cents"]].sum().reset_index()
    names = engine.collect(source.products())
    rows = rows.merge(names, on="product", how="left")
    rows["name"] = rows["name"].fillna(rows["code"])
    rows["buyers"], rows["orders"] = _reach(source, rows["product"].to_numpy(), len(names))
    rows["peak_month"], rows["peak_share"] = _peaks(monthly, rows["product"], source.span)
    rows["growth"] = _growth(source, comparison, rows["product"])
    rows = rows.sort_values(["revenue", "code"], ascending=[False, True], ignore_index=True)
    total, positive = int(rows["revenue"].sum()), rows["revenue"].clip(lower=0)
    rows["share"] = rows["revenue"] / total if total > 0 else np.nan
    rows["cumulative"] = positive.cumsum() / positive.sum() if positive.sum() else np.nan
    rows["abc"] = _classes(positive)
    rows["returned"] = rows["sold"] - rows["quantity"]
    rows["returned_cents"] = rows["sold_cents"] - rows["revenue"]
    rows["return_rate"] = rows["returned"] / rows["sold"].where(rows["sold"] > 0)
    rows["price"] = rows["sold_cents"] / rows["sold"].where(rows["sold"] > 0)
    sold, returned = float(rows["sold"].sum()), float(rows["returned"].sum())
    return Products(
        rows=rows.drop(columns=["product", "sold_cents"]),
        classes=_class_table(rows, total),
        revenue=total,
        returned=returned,
        returned_cents=int(rows["returned_cents"].sum()),
        return_rate=returned / sold if sold else None,
        returns_kept=not any(e.on for e in source.tables.meta.receipt.entries if e.rule == "returned"),
    )


@stage(version=1)
def product_seasons(source: Slice, codes: tuple[str, ...]) -> ProductSeasons:
    """Months and seasonal index of some products, in the order in which they are named; unknown codes are left out."""
    names = engine.collect(source.products().filter(nw.col("code").is_in(codes)))
    names = names.assign(place=names["code"].map(codes.index)).sort_values("place", ignore_index=True)
    lines = source.lines().filter(nw.col("product").is_in(names["product"].tolist()))
    sums = engine.collect(
        lines.group_by("product", "month").agg(nw.col("cents").sum().alias("revenue"), nw.col("quantity").sum())
    ).set_index(["product", "month"])
    period = pd.period_range(source.span.start, source.span.end, freq="M")
    span, full = np.asarray(period.year * 12 + period.month - 1), full_months(source.span)
    months, indices, adjusted = [], [], False
    for product, code, name in zip(names["product"], names["code"], names["name"], strict=True):
        series = sums.reindex(pd.MultiIndex.from_product([[product], span]), fill_value=0).set_axis(span)
        months.append(series.assign(code=code, name=name, start=period.start_time))
        values, years, adjusted = seasonal(series["revenue"].reindex(full).to_numpy(dtype=float), full)
        index = {"code": code, "name": name, "month": range(1, 13), "index": values, "years": years}
        indices.append(pd.DataFrame(index))
    columns = ["code", "name", "start", "revenue", "quantity"]
    return ProductSeasons(
        months=pd.concat(months, ignore_index=True)[columns] if months else pd.DataFrame(columns=columns),
        index=pd.concat(indices, ignore_index=True)
        if indices
        else pd.DataFrame(columns=["code", "name", "month", "index", "years"]),
        adjusted=adjusted,
    )


def _monthly(source: Slice) -> pd.DataFrame:
    bought = nw.col("quantity") > 0
    return engine.collect(
        source.lines().group_by("product", "month").agg(
            nw.col("cents").sum().alias("revenue"), nw.col("quantity").sum(),
            nw.when(bought).then(nw.col("quantity")).otherwise(0.0).sum().alias("sold"),
            nw.when(bought).then(nw.col("cents")).otherwise(0).sum().alias("sold_cents"),
        )
    )  # fmt: skip


def _reach(source: Slice, wanted: np.ndarray, products: int) -> tuple[np.ndarray, np.ndarray]:
    """Distinct customers and orders per product: one sort of a whole number a line, a third of COUNT(DISTINCT)'s time.

    The number holds the product, the customer and as much of a hash of the order as 63 bits leave.
    """
    person = max(1, source.tables.meta.customers.bit_length())
    order = 63 - person - max(1, products.bit_length())
    lines = source.lines().filter(nw.col("quantity") > 0).select("product", "customer", "order_id").to_native()
    key = f"(product::bigint << {person} | customer) << {order} | (hash(order_id) >> {64 - order})::bigint"
    keys = np.sort(lines.query("q", f"select {key} as key from q").to_arrow_table()["key"].to_numpy())
    return _distinct(keys >> order, person, wanted), _distinct(keys, person + order, wanted)


def _distinct(keys: np.ndarray, shift: int, wanted: np.ndarray) -> np.ndarray:
    """How many different sorted keys there are per product."""
    first = np.ones(len(keys), dtype=bool)
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    counts: np.ndarray = np.bincount(keys[first] >> shift, minlength=int(wanted.max(initial=-1)) + 1)
    return counts.take(wanted)


def _peaks(monthly: pd.DataFrame, wanted: pd.Series, span: Span) -> tuple[np.ndarray, np.ndarray]:
    table = monthly.pivot(index="product", columns="month", values="revenue").reindex(wanted).fillna(0)
    full = full_months(span)
    seen = full if len(full) else table.columns.to_numpy()
    means = table.reindex(columns=seen, fill_value=0).T.groupby(seen % 12 + 1).mean().clip(lower=0)
    values, total = means.to_numpy().T, means.sum().to_numpy()
    if not values.size:
        return np.zeros(len(wanted), dtype="int64"), np.full(len(wanted), np.nan)
    month = np.where(total > 0, means.index.to_numpy()[values.argmax(axis=1)], 0)
    return month, np.divide(values.max(axis=1), total, out=np.full(len(total), np.nan), where=total > 0)


def _growth(source: Slice, comparison: Comparison | None, wanted: pd.Series) -> Any:
    if comparison is None:
        return np.nan
    current, base = (
        engine.collect(source.lines(span).group_by("product").agg(nw.col("cents").sum()))
        .set_index("product")["cents"].reindex(wanted, fill_value=0).to_numpy(dtype=float)
        for span in (comparison.current, comparison.base)
    )  # fmt: skip
    return np.divide(current - base, base, out=np.full(len(base), np.nan), where=base > 0)


def _classes(revenue: pd.Series) -> np.ndarray:
    total = revenue.sum()
    reached = (revenue.cumsum() - revenue) / total if total else revenue * 0.0 + 1
    return np.where((reached < CLASS_A) & (revenue > 0), "A", np.where((reached < CLASS_B) & (revenue > 0), "B", "C"))


def _class_table(rows: pd.DataFrame, total: int) -> pd.DataFrame:
    table = rows.groupby("abc").agg(products=("code", "size"), revenue=("revenue", "sum"))
    table = table.reindex(["A", "B", "C"], fill_value=0).reset_index()
    return table.assign(share=table["revenue"] / total if total > 0 else np.nan)
