"""Key figures of a period, how concentrated revenue is, and how often customers buy."""

from __future__ import annotations

import math
from dataclasses import dataclass

import narwhals as nw
import numpy as np
import pandas as pd

from core.codec import cacheable
from core.periods import Comparison, Span
from core.stages import stage
from core.warehouse import engine
from core.warehouse.tables import Slice

TOPS = (0.01, 0.05, 0.10, 0.20, 0.50)
MOST_ORDERS_SHOWN = 15


@cacheable
@dataclass(frozen=True)
class KeyFigures:
    """Figures of one span. Money in cents; rates and shares from 0 to 1; None where nothing was sold."""

    revenue: int
    orders: int
    customers: int
    order_value: float | None
    basket_median: float | None
    basket_items: float | None
    basket_lines: float | None
    customer_mean: float | None
    customer_median: float | None
    repeat_rate: float | None
    top_share: float | None

    @property
    def orders_each(self) -> float | None:
        """Orders per customer."""
        return self.orders / self.customers if self.customers else None


@cacheable
@dataclass(frozen=True)
class Overview:
    """The overview of a slice.

    ``figures`` cover the whole period; ``current`` and ``base`` the two spans that are compared, None where
    nothing can be. ``lorenz``: customers, revenue (cumulative shares, smallest spender first). ``tops``: top,
    customers, share. ``frequency``: orders, customers, the last row open-ended. ``months``: month and the key
    figures of each calendar month. ``statistics``: measure, mean, median, lower, upper, largest.
    """

    figures: KeyFigures
    current: KeyFigures | None
    base: KeyFigures | None
    gini: float | None
    lorenz: pd.DataFrame
    tops: pd.DataFrame
    frequency: pd.DataFrame
    months: pd.DataFrame
    statistics: pd.DataFrame


@stage(version=3)
def overview(source: Slice, comparison: Comparison | None) -> Overview:
    """Compute the overview.

    Parameters
    ----------
    source : Slice
    comparison : Comparison or None
        The spans to set against each other.

    Notes
    -----
    Average order value is net revenue ÷ orders; the median basket is over orders as they were placed. A customer
    belongs to a span if an order of theirs counts in it. The Lorenz curve orders customers by revenue; customers
    whose returns exceed their purchases in the span count as zero there. Gini from the same curve.
    """
    everyone = _visitors(source, source.span)
    buyers = everyone[everyone["orders"] > 0]
    revenue = np.sort(buyers["cents"].clip(lower=0).to_numpy(dtype=float))
    lorenz = _lorenz(revenue)
    return Overview(
        figures=key_figures(source, source.span, everyone),
        current=key_figures(source, comparison.current) if comparison else None,
        base=key_figures(source, comparison.base) if comparison else None,
        gini=_gini(revenue),
        lorenz=lorenz,
        tops=_tops(revenue),
        frequency=_frequency(buyers["orders"]),
        months=_months(source),
        statistics=_statistics(source, buyers),
    )


def _visitors(source: Slice, span: Span) -> pd.DataFrame:
    """One row per customer with any entry in the span: net cents and counted orders, 0 where all were returns."""
    rows = source.orders(span).group_by("customer").agg(nw.col("cents").sum(), nw.col("counted").sum().alias("orders"))
    return engine.collect(rows.sort("customer"))


def _baskets(source: Slice, span: Span) -> pd.DataFrame:
    counted = source.orders(span).filter(nw.col("counted") == 1)
    return engine.collect(counted.select("cents", "items", "lines"))


def key_figures(source: Slice, span: Span, everyone: pd.DataFrame | None = None) -> KeyFigures:
    """The key figures of the slice's customers in a span; ``everyone`` saves a query where they are at hand."""
    everyone = _visitors(source, span) if everyone is None else everyone
    buyers = everyone[everyone["orders"] > 0]
    revenue, orders = int(everyone["cents"].sum()), int(everyone["orders"].sum())
    if not orders:
        return KeyFigures(revenue, 0, 0, *[None] * 8)
    baskets = _baskets(source, span)
    spent = np.sort(buyers["cents"].clip(lower=0).to_numpy(dtype=float))[::-1]
    return KeyFigures(
        revenue=revenue,
        orders=orders,
        customers=len(buyers),
        order_value=revenue / orders,
        basket_median=float(baskets["cents"].median()),
        basket_items=float(baskets["items"].mean()),
        basket_lines=float(baskets["lines"].mean()),
        customer_mean=revenue / len(buyers),
        customer_median=float(buyers["cents"].median()),
        repeat_rate=float((buyers["orders"] > 1).mean()),
        top_share=float(spent[: _top(0.2, len(spent))].sum() / spent.sum()) if spent.sum() else None,
    )


def _top(share: float, customers: int) -> int:
    """How many customers a top share has: no more than the share allows, but one at least."""
    return max(1, math.floor(share * customers + 1e-9))


def _lorenz(revenue: np.ndarray, points: int = 200) -> pd.DataFrame:
    """The curve at up to ``points`` + 1 places, both ends included."""
    if not revenue.sum():
        return pd.DataFrame({"customers": [], "revenue": []}, dtype=float)
    total = np.concatenate([[0.0], revenue.cumsum() / revenue.sum()])
    at = np.unique(np.linspace(0, len(revenue), min(points, len(revenue)) + 1).round().astype(int))
    return pd.DataFrame({"customers": at / len(revenue), "revenue": total[at]})


def _gini(revenue: np.ndarray) -> float | None:
    if not revenue.sum():
        return None
    n = len(revenue)
    return float((2 * np.arange(1, n + 1) - n - 1) @ revenue / (n * revenue.sum()))


def _tops(revenue: np.ndarray) -> pd.DataFrame:
    spent = revenue[::-1]
    counts = [_top(top, len(spent)) for top in TOPS] if spent.sum() else []
    shares = [float(spent[:count].sum() / spent.sum()) for count in counts]
    return pd.DataFrame({"top": TOPS[: len(counts)], "customers": counts, "share": shares})


def _frequency(orders: pd.Series) -> pd.DataFrame:
    capped = orders.clip(upper=MOST_ORDERS_SHOWN + 1)
    counts = capped.value_counts().reindex(range(1, MOST_ORDERS_SHOWN + 2), fill_value=0)
    return pd.DataFrame({"orders": counts.index.to_numpy(), "customers": counts.to_numpy()})


def _months(source: Slice) -> pd.DataFrame:
    """Key figures month by month, none left out between the first and the last of the span; empty without orders."""
    rows = engine.collect(
        source.orders()
        .group_by("month", "customer")
        .agg(nw.col("cents").sum().alias("revenue"), nw.col("counted").sum().alias("orders"))
    )
    period = pd.period_range(source.span.start, source.span.end, freq="M")
    span = np.asarray(period.year * 12 + period.month - 1, dtype="int64")[: None if len(rows) else 0]
    months = rows.groupby("month")[["revenue", "orders"]].sum().reindex(span, fill_value=0)
    months["customers"] = rows[rows["orders"] > 0].groupby("month").size().reindex(span, fill_value=0)
    months = months.join(_so_far(rows).reindex(span).ffill()).rename_axis("month").reset_index()
    months["order_value"] = months["revenue"] / months["orders"].where(months["orders"] > 0)
    return months


def _so_far(rows: pd.DataFrame) -> pd.DataFrame:
    """Repeat rate and top share among the customers up to and including each month."""
    count = int(rows["customer"].max()) + 1 if len(rows) else 0
    cents, orders, shares = np.zeros(count), np.zeros(count), {}
    for month, part in rows.groupby("month"):
        cents[part["customer"]] += part["revenue"]
        orders[part["customer"]] += part["orders"]
        known = orders > 0
        spent = np.sort(cents[known].clip(min=0))[::-1]
        top = spent[: _top(0.2, len(spent))].sum() / spent.sum() if spent.sum() else np.nan
        shares[month] = ((orders[known] > 1).mean() if known.any() else np.nan, top)
    return pd.DataFrame.from_dict(shares, orient="index", columns=["repeat_rate", "top_share"], dtype=float)


def _statistics(source: Slice, buyers: pd.DataFrame) -> pd.DataFrame:
    """Purchase value (cents an order), frequency (orders a customer) and total spending (cents a customer)."""
    values = {
        "purchase value": _baskets(source, source.span)["cents"],
        "frequency": buyers["orders"],
        "total spending": buyers["cents"],
    }
    rows = []
    for measure, column in values.items():
        lower, median, upper = column.quantile([0.25, 0.5, 0.75]) if len(column) else (np.nan,) * 3
        rows.append((measure, column.mean(), median, lower, upper, column.max()))
    return pd.DataFrame(rows, columns=["measure", "mean", "median", "lower", "upper", "largest"])
