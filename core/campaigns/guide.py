"""What stands in an audience file: a word on each column, and a sheet on where the file comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from core.campaigns.audience import Audience, Filters
from core.campaigns.ranges import Range
from core.spreadsheets import Sheet


@dataclass(frozen=True)
class Column:
    """A column of the file: its name there, its title on the page, its meaning, unit and kind."""

    name: str
    title: str
    meaning: str
    unit: str
    kind: str


GUIDE = (
    Column("customer_id", "Customer", "The customer's id, as in your file.", "text", "text"),
    Column("segment", "Segment", "The segment that K-Means puts the customer in, by name.", "text", "text"),
    Column("rfm_group", "RFM group", "The group on the RFM map, from R and FM together.", "text", "text"),
    Column("r", "R", "Recency score: 5 for the latest orders, 1 for those silent the longest.", "1 to 5", "whole"),
    Column("f", "F", "Frequency score: 5 for those with the most orders.", "1 to 5", "whole"),
    Column("m", "M", "Monetary score: 5 for those with the highest spend.", "1 to 5", "whole"),
    Column("fm", "FM", "(F + M) ÷ 2, half rounded up.", "1 to 5", "whole"),
    Column("recency_days", "Recency", "Days from the last order to the as-of date.", "days", "whole"),
    Column("orders", "Orders", "Different orders that count; returns are none.", "orders", "whole"),
    Column("spend", "Spend", "Everything the customer paid, net of what the cleaning takes.", "money", "money"),
    Column("average_order", "Average order", "Spend ÷ orders.", "money", "money"),
    Column("average_price", "Average price", "What one item cost: purchases ÷ items bought.", "money", "money"),
    Column("products", "Products", "Different products bought.", "products", "whole"),
    Column("first_order", "First order", "Day of the first order.", "date", "date"),
    Column("last_order", "Last order", "Day of the last order.", "date", "date"),
    Column("country", "Country", "Where most of the customer's orders went.", "text", "text"),
)  # fmt: skip


@dataclass(frozen=True)
class Source:
    """Where an audience comes from, in words."""

    dataset: str
    currency: str
    first_day: dt.date
    last_day: dt.date
    period: str
    cleaning: str
    as_of: dt.date
    segmentation: str


def conditions(
    filters: Filters, countries: tuple[str, ...], segments: dict[int, str], groups: dict[str, str], currency: str
) -> dict[str, str]:
    """The filters that are on, in words: kind of filter -> what it asks for.

    Examples
    --------
    >>> conditions(Filters(recency=Range(0, 90), spend=Range(low=10050)), ("Germany",), {}, {}, "GBP")
    {'countries': 'in Germany', 'recency': 'last order 0 to 90 days ago', 'spend': 'spend of at least 100.50 GBP'}
    """
    found = {}
    if countries:
        found["countries"] = f"in {either(countries)}"
    if filters.segments:
        found["segments"] = f"in {either(tuple(segments.get(i, str(i)) for i in filters.segments))}"
    if filters.groups:
        found["groups"] = f"in the RFM group {either(tuple(groups.get(g, g) for g in filters.groups))}"
    if filters.recency:
        found["recency"] = f"last order {_between(filters.recency)} days ago"
    if filters.orders:
        found["orders"] = f"{_between(filters.orders)} orders"
    if filters.spend:
        found["spend"] = f"spend of {_between(filters.spend, money=True)} {currency}"
    return found


def about(source: Source, result: Audience, said: dict[str, str]) -> pd.DataFrame:
    """The second sheet: what, of when, how cleaned, how filtered, how many, and the column guide."""
    rows: list[tuple[str, str, str]] = [
        ("Dataset", source.dataset, ""),
        ("Orders from", source.first_day.isoformat(), ""),
        ("Orders to", source.last_day.isoformat(), ""),
        ("Period", source.period, "customers with an order that counts in it; their figures cover the whole history"),
        ("Cleaning", source.cleaning, ""),
        ("As-of date", source.as_of.isoformat(), "recency is counted to it"),
        ("Segments", source.segmentation, ""),
        ("Filters", "; ".join(said.values()) or "none: all customers", ""),
        ("Customers", f"{result.customers} of {result.of}", ""),
        ("Spend", f"{result.cents / 100:.2f} {source.currency}", f"{100 * result.share:.1f} % of revenue"),
        ("", "", ""),
        ("Column", "Meaning", "Unit"),
        *((c.name, c.meaning, source.currency if c.unit == "money" else c.unit) for c in GUIDE),
    ]
    return pd.DataFrame(rows, columns=["About this file", "", " "])


def about_table(
    dataset: str, currency: str, learned: str, result: Audience, said: dict[str, str], columns: tuple[Column, ...]
) -> pd.DataFrame:
    """The second sheet for a customer table or a survey, which has no orders, so no period and no as-of date."""
    rows: list[tuple[str, str, str]] = [
        ("Dataset", dataset, ""),
        ("Segments", learned, ""),
        ("Filters", "; ".join(said.values()) or "none: all customers", ""),
        ("Customers", f"{result.customers} of {result.of}", ""),
        ("", "", ""),
        ("Column", "Meaning", "Unit"),
        *((c.name, c.meaning, currency if c.unit == "money" else c.unit) for c in columns),
    ]
    return pd.DataFrame(rows, columns=["About this file", "", " "])


def sheets(rows: Iterable[pd.DataFrame], about: pd.DataFrame, columns: tuple[Column, ...] = GUIDE) -> list[Sheet]:
    """The workbook: the customers, and the sheet about them."""
    widths = {c.name: 26 if c.name in ("segment", "country") else 18 if c.kind == "text" else 13 for c in columns}
    return [
        Sheet("Customers", rows, {column.name: column.kind for column in columns}, widths),
        Sheet("About", [about], {}, dict(zip(about.columns, (20, 80, 40), strict=True))),
    ]


def either(names: tuple[str, ...]) -> str:
    """Names as a choice: A, B or C."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _between(limits: Range, *, money: bool = False) -> str:
    def number(value: int) -> str:
        return f"{value / 100:,.2f}" if money else f"{value:,}"

    if limits.low is None or limits.high is None:
        return f"at least {number(limits.low)}" if limits.low is not None else f"at most {number(limits.high or 0)}"
    return number(limits.low) if limits.low == limits.high else f"{number(limits.low)} to {number(limits.high)}"
