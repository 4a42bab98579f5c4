"""When customers buy: by day, week, month or quarter beside the year before, and by weekday and hour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from core.codec import cacheable
from core.errors import ParameterError
from core.periods import DAY, Span, year_before
from core.stages import stage
from core.warehouse import engine
from core.warehouse.tables import Slice, number

MEASURES = ("revenue", "orders", "customers")


@dataclass(frozen=True)
class Grain:
    """A step of the calendar: its pandas name, and the steps from it to the one a year before.

    ``step`` numbers the steps 0, 1, … from 1970, out of a day and a month number or columns of them.
    """

    frequency: str
    year: int
    step: Callable[[Any, Any], Any]


GRAINS = {
    "day": Grain("D", 364, lambda day, month: day),
    "week": Grain("W-SUN", 52, lambda day, month: (day + 3) // 7),
    "month": Grain("M", 12, lambda day, month: month),
    "quarter": Grain("Q", 4, lambda day, month: month // 3),
}


@cacheable
@dataclass(frozen=True)
class Seasonality:
    """Sales step by step.

    ``rows``: start and end (dates of the whole step), label, revenue (cents), orders, customers, unfinished (only
    part of the step lies in the period or in the data), before, orders_before, customers_before (the same stretch a
    year earlier, NaN where the data do not reach back that far). ``peak`` is the row with the largest revenue.
    """

    grain: str
    rows: pd.DataFrame
    peak: int | None

    @property
    def has_before(self) -> bool:
        """Whether any step has a year before it."""
        return bool(self.rows["before"].notna().any())


@stage(version=1)
def seasonality(source: Slice, grain: str) -> Seasonality:
    """Revenue, orders and customers by step of the calendar.

    Parameters
    ----------
    source : Slice
    grain : str
        day, week (from Monday), month or quarter.

    Raises
    ------
    ParameterError
        If there is no such grain.

    Notes
    -----
    Every step of the period is there, with 0 where nothing was sold. Months and quarters stand beside the same dates
    a year earlier, of an unfinished one the same part; days and weeks beside those 52 weeks earlier, so that
    weekdays meet. A customer counts in a step if an order of theirs counts in it.
    """
    by = check_grain(grain)
    steps = pd.period_range(source.span.start, source.span.end, freq=by.frequency)
    keys = np.arange(len(steps)) + _step(by, source.span.start)
    rows = pd.DataFrame({"start": steps.start_time.normalize(), "end": steps.end_time.normalize()})
    rows["label"] = [_label(start, grain) for start in rows["start"]]
    rows = rows.join(_sums(source, source.span, by).reindex(keys, fill_value=0).reset_index(drop=True))
    first, last = pd.Timestamp(source.span.start), pd.Timestamp(source.span.end)
    rows["unfinished"] = (rows["start"] < first) | (rows["end"] > last)
    before = _sums(source, _back(source.span, grain), by).reindex(keys - by.year, fill_value=0).astype(float)
    before = before.reset_index(drop=True)
    shift = pd.DateOffset(years=1) if grain in ("month", "quarter") else pd.Timedelta(days=364)
    reached = rows["start"].where(rows["start"] > first, first) - shift
    before[reached < pd.Timestamp(source.tables.meta.first_day)] = np.nan
    rows[["before", "orders_before", "customers_before"]] = before[list(MEASURES)]
    return Seasonality(grain, rows, int(rows["revenue"].argmax()) if rows["revenue"].max() > 0 else None)


@stage(version=1)
def hours(source: Slice) -> pd.DataFrame:
    """Sales by weekday (0 is Monday) and hour of the day: all 168 pairs with revenue in cents, orders, customers.

    Notes
    -----
    Returns count at the hour at which they were booked, so revenue can be below zero where few buy.
    """
    found = _count(source.orders(), "weekday", "hour")
    pairs = pd.MultiIndex.from_product([range(7), range(24)], names=["weekday", "hour"])
    return found.set_index(["weekday", "hour"]).reindex(pairs, fill_value=0).reset_index()


def check_grain(grain: str) -> Grain:
    """The grain of that name.

    Raises
    ------
    ParameterError
        If there is none.
    """
    if grain not in GRAINS:
        raise ParameterError(f"The step {grain!r} is unknown.", f"Choose one of {', '.join(GRAINS)}.")
    return GRAINS[grain]


def _sums(source: Slice, span: Span, by: Grain) -> pd.DataFrame:
    orders = source.orders(span).with_columns(step=by.step(nw.col("day"), nw.col("month")))
    return _count(orders, "step").set_index("step")


def _count(orders: nw.LazyFrame[Any], *by: str) -> pd.DataFrame:
    """Revenue, orders and distinct buyers per group."""
    sums = orders.group_by(*by).agg(nw.col("cents").sum().alias("revenue"), nw.col("counted").sum().alias("orders"))
    buyers = orders.filter(nw.col("counted") == 1).group_by(*by).agg(nw.col("customer").n_unique().alias("customers"))
    found = engine.collect(sums).merge(engine.collect(buyers), on=list(by), how="left")
    return found.fillna({"customers": 0}).astype(dict.fromkeys(MEASURES, "int64"))


def _step(by: Grain, day: Any) -> int:
    return int(by.step(number(day), day.year * 12 + day.month - 1))


def _back(span: Span, grain: str) -> Span:
    if grain in ("month", "quarter"):
        return year_before(span)
    return Span(span.start - 364 * DAY, span.end - 364 * DAY)


def _label(start: pd.Timestamp, grain: str) -> str:
    match grain:
        case "day":
            return f"{start:%a} {start.day} {start:%b %Y}"
        case "week":
            return f"Week of {start.day} {start:%b %Y}"
        case "month":
            return f"{start:%b %Y}"
    return f"Q{start.quarter} {start.year}"
