"""The shape of a year: a seasonal index by calendar month, and the peak with what it asks of stock and campaigns."""

from __future__ import annotations

import calendar
from dataclasses import dataclass

import narwhals as nw
import numpy as np
import pandas as pd

from core.codec import cacheable
from core.periods import Span
from core.stages import stage
from core.warehouse import engine
from core.warehouse.tables import Slice

STOCK_LEAD = 2
CAMPAIGN_LEAD = 1
MARKED = 1.15


@cacheable
@dataclass(frozen=True)
class SeasonalIndex:
    """How strong each calendar month is.

    ``rows``: month (1 to 12), label, index (1 is an average month, NaN where no full month was seen), years (how many
    values stand behind it), revenue (cents in a mean full month; orders where the log has no money), share (of a year
    of such months, NaN until all twelve were seen). ``adjusted`` says whether the trend was taken out, ``once`` that
    each month was seen once only, so that a season cannot be told from a single good month. ``full_months`` counts
    the months used.
    """

    rows: pd.DataFrame
    adjusted: bool
    once: bool
    full_months: int


@cacheable
@dataclass(frozen=True)
class Peak:
    """The strongest calendar month (1 to 12), and what follows from it.

    ``share`` is its part of a typical year's revenue; ``run`` the three consecutive months that are strongest, with
    ``run_share``; these are None and empty until all twelve months were seen in full. ``stock_by`` and ``campaign_by``
    are the months to have stock planned and campaigns ready. ``marked`` says whether it stands out (index from 1.15).
    """

    month: int
    label: str
    index: float
    share: float | None
    run: tuple[str, ...]
    run_share: float | None
    stock_by: str
    campaign_by: str
    marked: bool
    once: bool


@stage(version=2)
def index(source: Slice) -> SeasonalIndex:
    """Compute the seasonal index.

    Notes
    -----
    From months that lie in full in the period, by revenue per day, so that February does not look weak. Under 24 full
    months, a month's mean over the mean of the months seen. From 24 on, classical decomposition: each month over the
    centred 12-month moving average around it (half weights at both ends, which takes the trend out), averaged by
    calendar month, scaled to a mean of 1; the first and last six months have no such average and only feed those of
    others.
    """
    months = full_months(source.span)
    # A log without money has its seasons in orders.
    worth = "cents" if source.tables.meta.has_money else "counted"
    sums = source.orders().group_by("month").agg(nw.col(worth).sum().alias("revenue"))
    revenue = engine.collect(sums).set_index("month")["revenue"].reindex(months, fill_value=0)
    values, years, adjusted = seasonal(revenue.to_numpy(dtype=float), months)
    rows = pd.DataFrame({"month": range(1, 13), "label": calendar.month_name[1:], "index": values, "years": years})
    rows["revenue"] = revenue.groupby(months % 12 + 1).mean().reindex(rows["month"]).to_numpy(dtype=float)
    total = rows["revenue"].sum(skipna=False)
    rows["share"] = rows["revenue"] / total if total > 0 else np.nan
    return SeasonalIndex(rows, adjusted, bool(years.max() == 1), len(months))


@stage(version=2)
def peak(source: Slice) -> Peak | None:
    """Name the peak of the year; None where there is no full month with sales.

    Notes
    -----
    The month with the highest seasonal index. Stock is to be planned two months before it, campaigns one.
    """
    found = index(source)
    rows = found.rows
    if not rows["index"].max() > 0:
        return None
    top = int(rows["index"].argmax())
    shares = rows["share"].to_numpy()
    known = bool(np.isfinite(shares).all())
    runs = shares + np.roll(shares, -1) + np.roll(shares, -2)
    start = int(runs.argmax()) if known else 0
    names = list(rows["label"])
    return Peak(
        month=top + 1,
        label=names[top],
        index=float(rows["index"][top]),
        share=float(shares[top]) if known else None,
        run=tuple(names[(start + i) % 12] for i in range(3)) if known else (),
        run_share=float(runs[start]) if known else None,
        stock_by=names[(top - STOCK_LEAD) % 12],
        campaign_by=names[(top - CAMPAIGN_LEAD) % 12],
        marked=bool(rows["index"][top] >= MARKED),
        once=found.once,
    )


def full_months(span: Span) -> np.ndarray:
    """The months (year × 12 + month − 1) that lie in a span from their first day to their last."""
    days = pd.period_range(span.start, span.end, freq="M")
    whole = (days.start_time >= pd.Timestamp(span.start)) & (days.end_time.normalize() <= pd.Timestamp(span.end))
    return np.asarray(days[whole].year * 12 + days[whole].month - 1, dtype="int64")


def seasonal(revenue: np.ndarray, months: np.ndarray) -> tuple[np.ndarray, np.ndarray, bool]:
    """The index by calendar month, the values behind each, and whether the trend was taken out; see :func:`index`.

    Parameters
    ----------
    revenue, months : arrays of equal length
        Consecutive full months.

    Examples
    --------
    >>> import numpy as np
    >>> values, years, adjusted = seasonal(np.array([31.0, 56.0]), np.array([2011 * 12, 2011 * 12 + 1]))
    >>> values[:3].round(2), int(years[0]), adjusted
    (array([0.67, 1.33,  nan]), 1, False)
    """
    daily = revenue / np.array([calendar.monthrange(month // 12, month % 12 + 1)[1] for month in months])
    adjusted = len(months) >= 24
    if adjusted:
        weights = np.r_[0.5, np.ones(11), 0.5] / 12
        trend = np.convolve(daily, weights, mode="valid")
        daily, months = daily[6:-6], months[6:-6]
        daily = np.divide(daily, trend, out=np.full(len(trend), np.nan), where=trend > 0)
    values = pd.Series(daily, dtype=float).groupby(np.asarray(months) % 12)
    means, years = values.mean().reindex(range(12)), values.count().reindex(range(12), fill_value=0)
    mean = means.mean()
    scaled = means / mean if mean > 0 else means * np.nan
    return scaled.to_numpy(dtype=float), years.to_numpy(dtype="int64"), adjusted
