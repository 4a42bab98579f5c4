"""From the raw lines of a file to the three grains, and the receipt of what was left out on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import narwhals as nw
import pandas as pd

from core.errors import NotEnoughDataError
from core.intake.logs import grains, judging
from core.intake.logs.returns import NONE, wholly_cancelled, wholly_refunded
from core.intake.logs.rules import RULES
from core.warehouse import engine
from core.warehouse.receipt import Entry, Receipt
from core.warehouse.tables import Tables, TablesMeta

Lazy = nw.LazyFrame[Any]
DAY = dt.timedelta(days=1)
EPOCH = dt.date(1970, 1, 1)


def clean(
    raw: Path, duplicates: Path, slugs: tuple[str, ...], as_of: str, out: Path, misfit: int = 0,
    facts: Mapping[str, Any] = MappingProxyType({}),
) -> Tables:  # fmt: skip
    """Apply the active rules and write lines, orders, customers and products as Parquet.

    Parameters
    ----------
    raw, duplicates : path
        The canonical raw lines, and the row numbers of exact repeats.
    slugs : tuple of str
        Active rules, from :func:`core.intake.logs.rules.active`.
    as_of : str
        ISO date, or empty for the day after the last order.
    out : path
        An existing folder to write to.
    misfit : int
        Rows of the file that do not fit its header: not among the raw lines, and counted all the same.
    facts : mapping
        Of the dataset: whether an order that brought nothing counts (``zero_orders``), what money is taken from
        (``money``), and whether there are ``products``, ``countries`` and ``refunds``.

    Raises
    ------
    NotEnoughDataError
        If no line, or no customer, is left; the message names the rules that took the lines.
    """
    moment = _moment(raw, as_of)
    judged = judging.judge(raw, duplicates, slugs, moment if as_of else None)
    zero = bool(facts.get("zero_orders"))
    counts = judging.tally(judged, zero)
    entries = judging.entries(counts, slugs)
    entries["misfit"] = Entry("misfit", True, misfit, 0)
    customers = judging.customers(counts)
    nothing = customers[judging.nets_to_nothing(customers)]
    aside = nothing if "nets_to_nothing" in slugs else nothing.iloc[:0]
    entries["nets_to_nothing"] = replace(
        entries["nets_to_nothing"],
        rows=int(nothing["rows"].sum()), cents=int(nothing["cents"].sum()), customers=len(nothing),
    )  # fmt: skip
    ids = grains.number(customers.index.difference(aside.index))
    if not len(ids):
        raise _nothing_left(list(entries.values()))
    staying = judged.filter(nw.col("taken").is_null())
    here = set(engine.scan(raw).collect_schema().names())
    if "category" in here and not facts.get("products", True):
        # Where lines name no product, their category is what can be told of them.
        code = nw.when(nw.col("category").is_null()).then(nw.col("code")).otherwise(nw.col("category"))
        staying = staying.with_columns(code=code)
    kept = staying.join(engine.lift(ids), on="customer_id", how="inner")
    # Where nobody is set aside both are the same lines, and the join can be spared.
    products = grains.name_products(kept if len(aside) else staying)
    if "category" in here:
        products = grains.categorise(kept, products)
    channels = "channel" in here
    lines = grains.write_lines(kept, products, out, ("channel",) if channels else ())
    matching = "cancelled_order" in slugs and "returned" not in slugs
    cancelled = wholly_cancelled(lines) if matching else NONE
    if matching and facts.get("refunds"):
        cancelled = wholly_refunded(lines, products, cancelled)
    entries["cancelled_order"] = replace(entries["cancelled_order"], orders=len(cancelled))
    orders = grains.write_orders(lines, cancelled, out, zero, channels)
    grains.write_customers(lines, orders, ids, moment, out)
    left = engine.collect(lines.select(nw.col("cents").sum(), nw.len().alias("rows")))
    receipt = Receipt(
        rows_in=int(counts["rows"].sum()) + misfit,
        cents_in=int(counts["cents"].sum()),
        rows=int(left["rows"][0]),
        cents=int(left["cents"][0]),
        entries=[entries[rule.slug] for rule in RULES],
    )
    meta = _describe(lines, orders, len(ids), receipt, moment, facts)
    several = "category" in here and products["category"].nunique() > 1
    return Tables.write(out, replace(meta, has_categories=bool(several), has_channels=channels and _several(orders)))


def _moment(raw: Path, as_of: str) -> dt.datetime:
    """The time to which recency is counted: one day after the last line, or that clock time on the as-of date."""
    last = engine.collect(engine.scan(raw).select(nw.col("ts").max()))["ts"][0]
    if pd.isna(last):
        raise NotEnoughDataError("No line of the file has a readable date.", "Check the date column.")
    last = last.to_pydatetime()
    return dt.datetime.combine(dt.date.fromisoformat(as_of), last.time()) if as_of else last + DAY


def _nothing_left(entries: list[Entry]) -> NotEnoughDataError:
    label = {rule.slug: rule.label for rule in RULES}
    taken = [f"{label[entry.rule]}: {entry.rows:,}" for entry in entries if entry.on and entry.rows]
    return NotEnoughDataError(
        f"No customer is left after cleaning. Rows taken: {'; '.join(taken)}.",
        "Switch rules off on the Data tab, or check the columns of customer ids, dates, prices and quantities.",
    )


def _several(orders: Lazy) -> bool:
    known = engine.collect(orders.select(nw.col("channel").min().alias("first"), nw.col("channel").max().alias("last")))
    return bool(known["first"].notna()[0] and known["first"][0] != known["last"][0])


def _describe(
    lines: Lazy, orders: Lazy, customers: int, receipt: Receipt, moment: dt.datetime, facts: Mapping[str, Any]
) -> TablesMeta:
    spans = engine.collect(
        orders.select(nw.col("day").min().alias("first"), nw.col("day").max().alias("last"), nw.col("counted").sum())
    )
    products = engine.collect(lines.select(nw.col("product").n_unique()))
    return TablesMeta(
        lines=receipt.rows,
        orders=int(spans["counted"][0]),
        customers=customers,
        products=int(products["product"][0]),
        cents=receipt.cents,
        first_day=EPOCH + int(spans["first"][0]) * DAY,
        last_day=EPOCH + int(spans["last"][0]) * DAY,
        as_of=moment,
        receipt=receipt,
        money=str(facts.get("money", "lines")),
        has_products=bool(facts.get("products", True)),
        has_countries=bool(facts.get("countries", True)),
    )
