"""Who is taken along: customers narrowed by period, country, segment, group, recency, orders and spend."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import pandas as pd

from core.campaigns.ranges import ANY, Range, parse
from core.codec import cacheable
from core.errors import ParameterError
from core.stages import stage
from core.view import View
from core.warehouse import engine
from core.warehouse.tables import Lazy, Slice

COLUMNS = (
    "customer_id", "segment", "rfm_group", "r", "f", "m", "fm", "recency_days", "orders", "spend", "average_order",
    "average_price", "products", "first_order", "last_order", "country",
)  # fmt: skip
RANGES = {"recency": "recency_days", "orders": "frequency", "spend": "cents"}
CHUNK = 10_000


@dataclass(frozen=True)
class Filters:
    """What narrows an audience beside period and country."""

    segments: tuple[int, ...] = ()
    groups: tuple[str, ...] = ()
    recency: Range = ANY
    orders: Range = ANY
    spend: Range = ANY

    @classmethod
    def of(cls, view: View) -> Filters:
        """The filters of a view; ranges stand in its options.

        Raises
        ------
        ParameterError
            If an option is no range.
        """
        ranges = {name: parse(name, view.option(name), money=name == "spend") for name in RANGES}
        return cls(tuple(sorted(view.segments)), tuple(sorted(view.groups)), **ranges)


@dataclass(frozen=True)
class Marks:
    """What is known of each customer beside the tables.

    ``people``: customer, segment (id), r, f, m, fm, group (slug). ``segments``: segment (id), name, colour.
    ``groups``: group (slug), label.
    """

    people: pd.DataFrame
    segments: pd.DataFrame
    groups: pd.DataFrame


@cacheable
@dataclass(frozen=True)
class Audience:
    """How many are taken along, and how the filters lead there.

    ``customers`` of ``of``, and their net spend over the whole history, ``cents`` of ``of_cents``. ``steps``: the
    filters in their order, each with the customers left after it; the first is the period. ``segments``,
    ``groups`` and ``countries``: the customers that each choice would give while all other filters stay.
    ``bounds``: least and most of recency, orders and spend among all customers.
    """

    customers: int
    cents: int
    of: int
    of_cents: int
    steps: list[tuple[str, int]]
    segments: dict[int, int]
    groups: dict[str, int]
    countries: list[tuple[str, int]]
    bounds: dict[str, tuple[int, int]]

    @property
    def share(self) -> float:
        """Share of revenue from 0 to 1."""
        return self.cents / self.of_cents if self.of_cents else 0.0


@stage(version=1)
def audience(source: Slice, filters: Filters, segmentation: tuple[Any, ...], *, marks: Marks) -> Audience:
    """Count an audience.

    Parameters
    ----------
    source : Slice
        Period and countries: a customer is in with an order that counts there.
    filters : Filters
    segmentation : tuple
        Names what the segments of ``marks`` come from.
    marks : Marks

    Notes
    -----
    Recency, orders and spend are those of the whole history, as in the segments; period and country choose who
    is in, they do not cut the figures.
    """
    frame = _everyone(source, marks)
    conditions = _conditions(source, filters)
    so_far: Any = None
    sums = [nw.len().alias("of"), nw.col("cents").sum().alias("of_cents")]
    for name, condition in conditions.items():
        so_far = condition if so_far is None else so_far & condition
        sums.append(so_far.cast(nw.Int64).sum().alias(name))
    sums.append(nw.when(so_far).then(nw.col("cents")).otherwise(0).sum().alias("total"))
    for name, column in RANGES.items():
        sums += [nw.col(column).min().alias(f"{name}_min"), nw.col(column).max().alias(f"{name}_max")]
    row = {name: int(value) for name, value in engine.collect(frame.select(*sums)).fillna(0).iloc[0].items()}
    steps = [(name, row[name]) for name in conditions]

    def count(by: str, without: str) -> dict[Any, int]:
        rest = [condition for name, condition in conditions.items() if name != without]
        found = engine.collect(frame.filter(*rest).group_by(by).agg(nw.len().alias("customers")))
        return dict(zip(found[by].tolist(), found["customers"].tolist(), strict=True))

    return Audience(
        customers=steps[-1][1],
        cents=row["total"],
        of=row["of"],
        of_cents=row["of_cents"],
        steps=steps,
        segments=count("segment", "segments"),
        groups=count("group", "groups"),
        countries=_countries(source, frame.filter(*(c for name, c in conditions.items() if name != "countries"))),
        bounds={name: (row[f"{name}_min"], row[f"{name}_max"]) for name in RANGES},
    )


def page(
    source: Slice, filters: Filters, marks: Marks, *, offset: int, limit: int, sort: str = "", descending: bool = True
) -> pd.DataFrame:
    """Some rows of an audience, in the columns of :data:`COLUMNS` and ``colour``, the segment's palette slot.

    Parameters
    ----------
    offset, limit : int
        Which rows.
    sort, descending
        A column, and whether from its largest value; without one by spend, falling. Ties by spend, then by
        customer id, so that pages neither overlap nor leave anybody out.

    Raises
    ------
    ParameterError
        If there is no such column.
    """
    rows = _sorted(_rows(source, filters, marks), sort, descending)
    found = nw.from_native(rows.to_native().limit(limit, offset))
    return engine.collect(found.select(*COLUMNS, "colour"))


def chunks(source: Slice, filters: Filters, marks: Marks, size: int = CHUNK) -> Iterator[pd.DataFrame]:
    """All rows of an audience, some thousand at a time, by spend falling; at least one frame, which may be empty."""
    rows = _sorted(_rows(source, filters, marks), "", True).select(*COLUMNS)
    reader = rows.to_native().to_arrow_reader(size)
    yield reader.schema.empty_table().to_pandas()
    for batch in reader:
        yield batch.to_pandas()


def _everyone(source: Slice, marks: Marks) -> Lazy:
    """One row a customer, with what filters ask for; ``in_period`` and ``in_countries`` where those narrow."""
    frame = source.tables.scan("customers").join(engine.lift(marks.people), on="customer", how="inner")
    anywhere = dataclasses.replace(source, countries=())
    if source.span != source.tables.meta.span:
        frame = frame.join(_buyers(anywhere, "in_period"), on="customer", how="left")
    if source.countries:
        frame = frame.join(_buyers(source, "in_countries"), on="customer", how="left")
    return frame


def _buyers(source: Slice, name: str) -> Lazy:
    counted = source.orders().filter(nw.col("counted") == 1).group_by("customer").agg(nw.len().alias(name))
    return counted.select("customer", (nw.col(name) > 0).alias(name))


def _conditions(source: Slice, filters: Filters) -> dict[str, Any]:
    """The filters that are on, in the order in which the page tells them."""
    narrowed = source.span != source.tables.meta.span
    found: dict[str, Any] = {"period": nw.col("in_period").fill_null(False) if narrowed else nw.col("frequency") > 0}
    if source.countries:
        found["countries"] = nw.col("in_countries").fill_null(False)
    if filters.segments:
        found["segments"] = nw.col("segment").is_in(filters.segments)
    if filters.groups:
        found["groups"] = nw.col("group").is_in(filters.groups)
    for name, column in RANGES.items():
        if limits := getattr(filters, name):
            found[name] = limits.holds(column).fill_null(False)
    return found


def _countries(source: Slice, kept: Lazy) -> list[tuple[str, int]]:
    orders = dataclasses.replace(source, countries=()).orders().filter(nw.col("counted") == 1)
    pairs = orders.join(kept.select("customer"), on="customer", how="semi").group_by("country")
    found = engine.collect(pairs.agg(nw.col("customer").n_unique().alias("customers")))
    found = found.sort_values(["customers", "country"], ascending=[False, True])
    return list(zip(found["country"].tolist(), found["customers"].tolist(), strict=True))


def _rows(source: Slice, filters: Filters, marks: Marks) -> Lazy:
    frame = _everyone(source, marks).filter(*_conditions(source, filters).values())
    frame = frame.join(engine.lift(marks.segments), on="segment", how="left")
    frame = frame.join(engine.lift(marks.groups), on="group", how="left")
    orders, items = nw.col("frequency"), nw.col("items")
    return frame.select(
        "customer", "customer_id", "cents", "colour", "r", "f", "m", "fm", "recency_days", "products", "country",
        segment=nw.col("name"),
        rfm_group=nw.col("label"),
        orders=orders,
        spend=nw.col("cents") / 100,
        average_order=nw.when(orders > 0).then((nw.col("cents") / orders).round(0) / 100),
        average_price=nw.when(items > 0).then((nw.col("bought_cents") / items).round(0) / 100),
        first_order=nw.col("first_ts").cast(nw.Date),
        last_order=nw.col("last_ts").cast(nw.Date),
    )  # fmt: skip


def _sorted(rows: Lazy, sort: str, descending: bool) -> Lazy:
    if sort and sort not in COLUMNS:
        raise ParameterError(f"There is no column {sort[:40]!r} to sort by.", f"Choose one of {', '.join(COLUMNS)}.")
    by = [(sort, descending)] if sort else []
    # Customers are numbered in order of their id: 9 before 10, which the text of the id would turn round.
    by = [("customer" if name == "customer_id" else name, down) for name, down in by]
    by += [pair for pair in (("cents", True), ("customer", False)) if pair[0] not in {name for name, _ in by}]
    return rows.sort(*(name for name, _ in by), descending=[down for _, down in by], nulls_last=True)
