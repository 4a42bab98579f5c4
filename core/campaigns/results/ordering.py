"""What customers of a campaign ordered on its days, from an order log."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import narwhals as nw
import pandas as pd

from core.campaigns.results import matching
from core.campaigns.results.matching import Matched
from core.errors import InputError
from core.periods import Span
from core.warehouse import engine
from core.warehouse.tables import Slice, number


@dataclass(frozen=True)
class Ordered:
    """Who of a campaign ordered.

    Parameters
    ----------
    rows : frame
        ``customer_id``, ``orders`` and, where the log knows of money, ``cents``; returns on those days are taken off.
    known : int
        Customers of the campaign of whom the log knows anything at all.
    told : tuple of str
    """

    rows: pd.DataFrame
    known: int
    told: tuple[str, ...]


def ordered(source: Slice, customers: pd.Series, days: Span) -> Ordered:
    """What customers ordered on some days.

    Parameters
    ----------
    source : Slice
        A whole order log.
    customers : series of str
        Ids of the campaign's customers.
    days : Span

    Raises
    ------
    InputError
        If the log holds none of the days.
    """
    clipped = days.clip(source.tables.meta.span)
    if clipped is None:
        raise InputError(
            f"The order log holds {source.span}, none of the days of the campaign ({days}).", "Add the newer orders."
        )
    them = knows(source, customers)
    day = nw.col("day")
    frame = source.tables.scan("orders").filter(day >= number(clipped.start), day <= number(clipped.end))
    sums = engine.collect(
        frame.group_by("customer").agg(nw.col("counted").sum().alias("orders"), nw.col("cents").sum())
    )
    rows = sums.merge(them, on="customer").drop(columns="customer")
    told = [f"The log ends on {clipped.end:%d %B %Y}: later orders are missing."] if clipped.end < days.end else []
    if clipped.start > days.start:
        told.append(f"The log begins on {clipped.start:%d %B %Y}: earlier orders are missing.")
    return Ordered(rows if source.tables.meta.has_money else rows.drop(columns="cents"), len(them), tuple(told))


def knows(source: Slice, customers: pd.Series) -> pd.DataFrame:
    """Those of some customers who are in an order log: ``customer`` and ``customer_id``."""
    found = engine.collect(source.customers().select("customer", "customer_id"))
    them: pd.DataFrame = found[pd.Index(customers).get_indexer(pd.Index(found["customer_id"])) >= 0]
    return them


def matched(record: pd.DataFrame, found: Ordered) -> Matched:
    """The record with what its customers ordered."""
    made = matching.of_orders(record, found.rows, found.known)
    return Matched(made.people, (*made.told, *found.told))


def days_of(start: str, end: str) -> Span:
    """The days of a campaign from two ISO dates.

    Raises
    ------
    InputError
        If one is no date, or the last comes before the first.
    """
    if not (start and end):
        raise InputError("The days of the campaign are not given.", "Fill in its first and its last day.")
    try:
        span = Span(dt.date.fromisoformat(start), dt.date.fromisoformat(end))
    except ValueError:
        raise InputError(f"{start[:20]} to {end[:20]} are no days.", "Write 2011-11-01.") from None
    if span.end < span.start:
        raise InputError(f"The campaign ends on {end}, before it begins on {start}.", "Exchange the two.")
    return span
