"""Who is taken along: customers narrowed by period, country, segment, group, recency, orders and spend."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import pandas as pd

from core.campaigns.ranges import ANY, Range, parse
from core.codec import cacheable
from core.stages import stage
from core.view import View
from core.warehouse import engine
from core.warehouse.tables import Lazy, Slice

RANGES = {"recency": "recency_days", "orders": "frequency", "spend": "cents"}


def limits(name: str, text: str) -> Range:
    """Read one of :data:`RANGES` from a link: recency in days, orders, spend in units of the currency."""
    return parse(name, text, money=name == "spend")


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
        ranges = {name: limits(name, view.option(name)) for name in RANGES}
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
    frame = everyone(source, marks)
    wanted = conditions(source, filters)
    so_far: Any = None
    sums = [nw.len().alias("of"), nw.col("cents").sum().alias("of_cents")]
    for name, condition in wanted.items():
        so_far = condition if so_far is None else so_far & condition
        sums.append(so_far.cast(nw.Int64).sum().alias(name))
    sums.append(nw.when(so_far).then(nw.col("cents")).otherwise(0).sum().alias("total"))
    for name, column in RANGES.items():
        sums += [nw.col(column).min().alias(f"{name}_min"), nw.col(column).max().alias(f"{name}_max")]
    row = {name: int(value) for name, value in engine.collect(frame.select(*sums)).fillna(0).iloc[0].items()}
    steps = [(name, row[name]) for name in wanted]

    def count(by: str, without: str) -> dict[Any, int]:
        rest = [condition for name, condition in wanted.items() if name != without]
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
        countries=_countries(source, frame, [c for name, c in wanted.items() if name not in ("period", "countries")]),
        bounds={name: (row[f"{name}_min"], row[f"{name}_max"]) for name in RANGES},
    )


def everyone(source: Slice, marks: Marks) -> Lazy:
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


def conditions(source: Slice, filters: Filters) -> dict[str, Any]:
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
        if wanted := getattr(filters, name):
            found[name] = wanted.holds(column).fill_null(False)
    return found


def _countries(source: Slice, frame: Lazy, wanted: list[Any]) -> list[tuple[str, int]]:
    """Customers by country of their orders in the period; ``wanted`` are the filters beside period and country."""
    orders = dataclasses.replace(source, countries=()).orders().filter(nw.col("counted") == 1)
    if wanted:
        orders = orders.join(frame.filter(*wanted).select("customer"), on="customer", how="semi")
    pairs = orders.group_by("country")
    found = engine.collect(pairs.agg(nw.col("customer").n_unique().alias("customers")))
    found = found.sort_values(["customers", "country"], ascending=[False, True])
    return list(zip(found["country"].tolist(), found["customers"].tolist(), strict=True))
