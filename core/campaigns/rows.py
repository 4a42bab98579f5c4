"""The rows of an audience: a page for the table, all of them for a file."""

from __future__ import annotations

from collections.abc import Iterator

import narwhals as nw
import pandas as pd

from core.campaigns.audience import Filters, Marks, conditions, everyone
from core.errors import ParameterError
from core.warehouse import engine
from core.warehouse.tables import Lazy, Slice

COLUMNS = (
    "customer_id", "segment", "rfm_group", "r", "f", "m", "fm", "recency_days", "orders", "spend", "average_order",
    "average_price", "products", "first_order", "last_order", "country",
)  # fmt: skip
CHUNK = 10_000


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


def members(source: Slice, filters: Filters, marks: Marks) -> Lazy:
    """All of an audience: ``customer_id``, ``segment`` (name) and ``cents``, in no order."""
    return _rows(source, filters, marks).select("customer_id", "segment", "cents")


def _rows(source: Slice, filters: Filters, marks: Marks) -> Lazy:
    frame = everyone(source, marks).filter(*conditions(source, filters).values())
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
