"""Who is in an audience: of an order log by queries, of a customer table in memory; a row a customer either way."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from core.campaigns import table_audience
from core.campaigns.audience import RANGES, Filters, Marks, everyone
from core.campaigns.figures import figures
from core.campaigns.roster import Roster
from core.campaigns.targeting.who import Part, Who
from core.warehouse import engine
from core.warehouse.tables import Lazy, Slice

COLUMNS = ("customer", "customer_id", "segment", "orders", "cents", "days")


def of_log(source: Slice, who: Who, marks: Marks, contacts: Sequence[Path] = ()) -> Lazy:
    """Who of an order log is in an audience, in no order.

    Parameters
    ----------
    source : Slice
        The whole dataset.
    who : Who
    marks : Marks
        Segment and RFM group of each customer.
    contacts : sequence of path
        Files of contacts; where none knows of consent, nobody has agreed and nobody was asked.

    Returns
    -------
    lazy frame
        The columns of :data:`COLUMNS`: net spend in cents of the whole history, days since the
        first order, segment 0 where there is none.
    """
    frame, include, exclude = parted(everyone(source, marks).filter(nw.col("frequency") > 0), source, who, contacts)
    kept = frame.filter(inside(include, exclude))
    counted = {"orders": nw.col("frequency"), "days": nw.col("tenure_days")}
    return kept.select("customer", "customer_id", "segment", "cents", **counted).select(*COLUMNS)


def parted(frame: Lazy, source: Slice, who: Who, contacts: Sequence[Path] = ()) -> tuple[Lazy, list[Any], list[Any]]:
    """A frame of customers with what the parts of an audience ask for beside it, and the condition of each part.

    Parameters
    ----------
    frame : lazy frame
        As :func:`core.campaigns.audience.everyone` makes it.
    source : Slice
        The whole dataset.

    Returns
    -------
    frame, include, exclude
        A condition a part, in the order of ``who``.
    """
    found: list[Any] = []
    for number, part in enumerate((*who.include, *who.exclude)):
        frame, condition = _with(frame, source, part, number, contacts)
        found.append(condition)
    return frame, found[: len(who.include)], found[len(who.include) :]


def inside(include: list[Any], exclude: list[Any]) -> Any:
    """Whether somebody is in any part of ``include``, or that is empty, and in none of ``exclude``."""
    # Of every row: a literal alone is no filter to Narwhals.
    chosen = nw.any_horizontal(*include, ignore_nulls=True) if include else ~nw.col("customer").is_null()
    return chosen & ~nw.any_horizontal(*exclude, ignore_nulls=True) if exclude else chosen


def _with(frame: Lazy, source: Slice, part: Part, number: int, contacts: Sequence[Path]) -> tuple[Lazy, Any]:
    """The frame with what a part asks for beside it, and its condition."""
    wanted: list[Any] = []
    if part.segments:
        wanted.append(nw.col("segment").is_in(part.segments))
    if part.groups:
        wanted.append(nw.col("group").is_in(part.groups))
    wanted += [getattr(part, name).holds(column).fill_null(False) for name, column in RANGES.items()
               if getattr(part, name)]  # fmt: skip
    beside = []
    if part.countries:
        there = dataclasses.replace(source, countries=part.countries).orders().filter(nw.col("counted") == 1)
        beside.append(("countries", there.select("customer").unique(), "customer"))
    if part.products:
        codes = source.products().filter(nw.col("code").is_in(part.products)).select("product")
        bought = source.lines().filter(nw.col("quantity") > 0).join(codes, on="product", how="semi")
        beside.append(("products", bought.select("customer").unique(), "customer"))
    if part.consent:
        beside.append(("consent", agreed(contacts, part.consent), "customer_id"))
    for name, rows, key in beside:
        flag = f"in_{number}_{name}"
        frame = frame.join(rows.with_columns(nw.lit(True).alias(flag)), on=key, how="left")
        wanted.append(nw.col(flag).fill_null(False))
    return frame, nw.all_horizontal(*wanted, ignore_nulls=False) if wanted else inside([], [])


def agreed(contacts: Sequence[Path], consent: str) -> Lazy:
    """Ids of those who said yes, or who were asked at all; the first file that knows of somebody decides."""
    said = _telling(contacts)
    if not said:
        return engine.lift(pd.DataFrame({"customer_id": pd.Series([], dtype="str")}))
    rows = [
        engine.scan(path).select("customer_id", "consent", order=nw.lit(place)).filter(~nw.col("consent").is_null())
        for place, path in enumerate(said)
    ]
    known = nw.concat(rows, how="vertical")
    first = known.group_by("customer_id").agg(nw.col("order").min())
    known = known.join(first, on=["customer_id", "order"], how="semi")
    wanted = known.filter(nw.col("consent") == "yes") if consent == "yes" else known
    return wanted.select("customer_id").unique()


def tells_consent(contacts: Sequence[Path]) -> bool:
    """Whether any file of contacts says who agreed."""
    return bool(_telling(contacts))


def _telling(contacts: Sequence[Path]) -> list[Path]:
    return [path for path in contacts if "consent" in engine.scan(path).collect_schema().names()]


def of_table(people: Roster, who: Who, contacts: Sequence[Path] = ()) -> pd.DataFrame:
    """Who of a customer table or a survey is in an audience: the columns of :data:`COLUMNS`.

    Notes
    -----
    A table has no orders: a part that asks for countries, RFM groups or products leaves nobody. Orders are the
    purchases that the table tells, missing where it tells none.
    """
    frame, known = people.frame, figures(people.frame, people.source.columns)
    chosen = inside_table(len(frame), *parted_table(people, known, who, contacts))
    nothing = pd.Series(np.nan, index=frame.index)
    rows = frame[["customer", "customer_id", "segment"]].assign(
        orders=known.get("purchases", nothing), cents=known.get("spend", nothing), days=nothing
    )
    return rows[chosen].reset_index(drop=True)


def parted_table(
    people: Roster, known: pd.DataFrame, who: Who, contacts: Sequence[Path] = ()
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """For each part of an audience, of those to include and to exclude, whether each customer of a table is in it."""
    holds = [_holds(people, known, part, contacts) for part in (*who.include, *who.exclude)]
    return holds[: len(who.include)], holds[len(who.include) :]


def inside_table(customers: int, include: list[np.ndarray], exclude: list[np.ndarray]) -> np.ndarray:
    """:func:`inside` of what :func:`parted_table` found."""
    chosen = np.logical_or.reduce(include) if include else np.ones(customers, dtype=bool)
    kept: np.ndarray = chosen & ~np.logical_or.reduce(exclude) if exclude else chosen
    return kept


def _holds(people: Roster, known: pd.DataFrame, part: Part, contacts: Sequence[Path]) -> np.ndarray:
    holds = np.ones(len(people.frame), dtype=bool)
    if part.countries or part.groups or part.products:
        return ~holds
    filters = Filters(part.segments, (), part.recency, part.orders, part.spend)
    for one in table_audience.conditions(people.frame, known, filters).values():
        holds &= one
    if part.consent:
        ids = engine.collect(agreed(contacts, part.consent))["customer_id"]
        holds &= people.frame["customer_id"].astype(str).isin(ids.astype(str)).to_numpy()
    return holds
