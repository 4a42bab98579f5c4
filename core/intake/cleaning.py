"""From the raw lines of a file to the three grains: lines, orders, customers."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import narwhals as nw
import pandas as pd

from core.errors import NotEnoughDataError
from core.intake import rules as rulebook
from core.warehouse.receipt import Entry, Receipt
from core.intake.returns import wholly_cancelled
from core.warehouse import engine
from core.warehouse.tables import Tables, TablesMeta

Lazy = nw.LazyFrame[Any]
DAY = dt.timedelta(days=1)
EPOCH = dt.date(1970, 1, 1)


def clean(raw: Path, duplicates: Path, slugs: tuple[str, ...], as_of: str, out: Path) -> Tables:
    """Apply the active rules and write lines, orders, customers and products as Parquet.

    Parameters
    ----------
    raw, duplicates : path
        The canonical raw lines, and the row numbers of exact repeats.
    slugs : tuple of str
        Active rules, from :func:`core.intake.rules.active`.
    as_of : str
        ISO date, or empty for the day after the last order.
    out : path
        An existing folder to write to.

    Raises
    ------
    NotEnoughDataError
        If no line, or no customer, is left.
    """
    moment = _moment(raw, as_of)
    lines = _judge(raw, duplicates, slugs, moment if as_of else None)
    judged = out / "judged.parquet"
    engine.write(lines, judged)
    lines = engine.scan(judged)
    entries = _count(lines, slugs)
    kept = lines.filter(nw.col("taken").is_null())
    customers = engine.collect(kept.group_by("customer_id").agg(nw.col("cents").sum(), nw.len().alias("rows")))
    aside = customers[customers["cents"] <= 0] if "nets_to_nothing" in slugs else customers.iloc[:0]
    entries["nets_to_nothing"] = Entry(
        "nets_to_nothing", "nets_to_nothing" in slugs, int(aside["rows"].sum()), int(aside["cents"].sum()),
        customers=len(aside),
    )  # fmt: skip
    if len(customers) == len(aside):
        raise NotEnoughDataError(
            "No customer is left after cleaning: every line was taken by a rule.",
            "Switch rules off on the Data tab, or check that the file has customer ids, prices and quantities.",
        )
    ids = _number(customers.drop(aside.index)["customer_id"])
    lines = _write_lines(kept, ids, out)
    cancelled = wholly_cancelled(lines) if "cancelled_order" in slugs and "returned" not in slugs else None
    orders = _write_orders(lines, cancelled, out)
    gone = 0 if cancelled is None else len(cancelled)
    entries["cancelled_order"] = Entry("cancelled_order", "cancelled_order" in slugs, 0, 0, orders=gone)
    _write_customers(lines, orders, ids, moment, out)
    judged.unlink()
    total = engine.collect(engine.scan(raw).select(nw.col("cents").sum(), nw.len().alias("rows")))
    left = engine.collect(lines.select(nw.col("cents").sum(), nw.len().alias("rows")))
    receipt = Receipt(
        int(total["rows"][0]), int(total["cents"].fillna(0)[0]), int(left["rows"][0]), int(left["cents"][0]),
        [entries[rule.slug] for rule in rulebook.RULES],
    )  # fmt: skip
    meta = _describe(lines, orders, len(ids), receipt, moment)
    return Tables.write(out, meta)


def _moment(raw: Path, as_of: str) -> dt.datetime:
    """The time to which recency is counted: one day after the last line, or that clock time on the as-of date."""
    last = engine.collect(engine.scan(raw).select(nw.col("ts").max()))["ts"][0]
    if pd.isna(last):
        raise NotEnoughDataError("No line of the file has a readable date.", "Check the date column.")
    last = last.to_pydatetime()
    if not as_of:
        return last + DAY
    return dt.datetime.combine(dt.date.fromisoformat(as_of), last.time())


def _judge(raw: Path, duplicates: Path, slugs: tuple[str, ...], cut: dt.datetime | None) -> Lazy:
    """The raw lines with ``taken``: the number of the first active rule that claims the line, or null."""
    marks = engine.scan(duplicates).with_columns(duplicate=nw.lit(True))
    lines = engine.scan(raw, row=True).rename({"file_row_number": "row"}).join(marks, on="row", how="left")
    lines = lines.with_columns(
        duplicate=nw.col("duplicate").fill_null(False),
        late=(nw.col("ts") >= nw.lit(cut)) if cut else nw.lit(False),
    )
    taken: Any = nw.lit(None, dtype=nw.Int32)
    for number, rule in reversed(list(enumerate(rulebook.RULES))):
        if rule.takes is not None and rule.slug in slugs:
            taken = nw.when(rule.takes()).then(nw.lit(number, dtype=nw.Int32)).otherwise(taken)
    would: Any = nw.lit(None, dtype=nw.Int32)
    for number, rule in reversed(list(enumerate(rulebook.RULES))):
        if rule.takes is not None and rule.slug not in slugs:
            would = nw.when(rule.takes()).then(nw.lit(number, dtype=nw.Int32)).otherwise(would)
    return lines.with_columns(taken=taken, would=would)


def _count(lines: Lazy, slugs: tuple[str, ...]) -> dict[str, Entry]:
    counts = engine.collect(lines.group_by("taken", "would").agg(nw.len().alias("rows"), nw.col("cents").sum()))
    entries = {}
    for number, rule in enumerate(rulebook.RULES):
        on = rule.slug in slugs
        mine = counts[counts["taken"] == number] if on else counts[counts["taken"].isna() & (counts["would"] == number)]
        entries[rule.slug] = Entry(rule.slug, on, int(mine["rows"].sum()), int(mine["cents"].fillna(0).sum()))
    return entries


def _number(customer_ids: pd.Series) -> pd.DataFrame:
    """Customers numbered 0, 1, … in order of id: as numbers where every id is one, as text otherwise."""
    ids = customer_ids.astype(str)
    numeric = pd.to_numeric(ids, errors="coerce")
    frame = pd.DataFrame({"customer_id": ids, "number": numeric if numeric.notna().all() else 0.0})
    frame = frame.sort_values(["number", "customer_id"], ignore_index=True)[["customer_id"]]
    return frame.assign(customer=pd.Series(range(len(frame)), dtype="int32"))


def _write_lines(kept: Lazy, ids: pd.DataFrame, out: Path) -> Lazy:
    """Lines with customers and products as numbers; names stand once, in customers and products."""
    named = engine.collect(
        kept.group_by("code", "description").agg(nw.len().alias("n")).sort("code", "n", "description", nulls_last=True)
    )
    named["known"] = named["description"].notna()
    best = named.sort_values(["known", "n", "description"], ascending=[False, False, True]).drop_duplicates("code")
    products = best.sort_values("code", ignore_index=True)[["code", "description"]]
    products = products.rename(columns={"description": "name"}).assign(product=range(len(products)))
    products = products.astype({"product": "int32"})
    engine.write(engine.lift(products), out / "products.parquet")
    lines = (
        kept.join(engine.lift(ids), on="customer_id", how="inner")
        .join(engine.lift(products[["code", "product"]]), on="code", how="inner")
        .select("order_id", "customer", "product", "country", "ts", "day", "month", "quantity", "price", "cents")
    )
    engine.write(lines, out / "lines.parquet")
    return engine.scan(out / "lines.parquet")


def _write_orders(lines: Lazy, cancelled: pd.DataFrame | None, out: Path) -> Lazy:
    """One row per order and customer. ``counted`` is 0 for returns and for wholly cancelled orders."""
    paid = nw.when(nw.col("cents") > 0).then(1).otherwise(0)
    orders = lines.with_columns(bought=paid).group_by("order_id", "customer").agg(
        nw.col("country").min(), nw.col("ts").min(), nw.col("day").min(), nw.col("month").min(),
        nw.col("cents").sum(), nw.len().alias("lines"), nw.col("quantity").sum().alias("items"),
        nw.col("bought").max(),
    )  # fmt: skip
    if cancelled is not None and len(cancelled):
        marks = engine.lift(cancelled.assign(cancelled=1))
        orders = orders.join(marks, on=["order_id", "customer"], how="left").with_columns(
            counted=nw.when(nw.col("cancelled").is_null()).then(nw.col("bought")).otherwise(0)
        ).drop("cancelled")  # fmt: skip
    else:
        orders = orders.with_columns(counted=nw.col("bought"))
    orders = orders.with_columns(
        weekday=(nw.col("day") + 3) % 7, hour=nw.col("ts").dt.hour(), counted=nw.col("counted").cast(nw.Int8)
    ).drop("bought")
    engine.write(orders.sort("ts", "order_id", "customer"), out / "orders.parquet")
    return engine.scan(out / "orders.parquet")


def _write_customers(lines: Lazy, orders: Lazy, ids: pd.DataFrame, moment: dt.datetime, out: Path) -> None:
    counted = orders.filter(nw.col("counted") == 1)
    when = counted.group_by("customer").agg(
        nw.len().alias("frequency"), nw.col("ts").min().alias("first_ts"), nw.col("ts").max().alias("last_ts")
    )
    money = orders.group_by("customer").agg(nw.col("cents").sum())
    bought = lines.filter(nw.col("cents") > 0).group_by("customer").agg(
        nw.col("cents").sum().alias("bought_cents"), nw.col("quantity").sum().alias("items"),
        nw.len().alias("lines"), nw.col("product").n_unique().alias("products"),
    )  # fmt: skip
    homes = orders.group_by("customer", "country").agg(nw.len().alias("n"))
    frame = engine.collect(engine.lift(ids).join(money, on="customer", how="left").join(when, on="customer", how="left")
                           .join(bought, on="customer", how="left"))  # fmt: skip
    home = engine.collect(homes).sort_values(["customer", "n", "country"], ascending=[True, False, True])
    frame = frame.merge(home.drop_duplicates("customer")[["customer", "country"]], on="customer", how="left")
    frame["recency_days"] = (moment - frame["last_ts"]).dt.days
    frame["tenure_days"] = (moment - frame["first_ts"]).dt.days
    for column in ("frequency", "bought_cents", "lines", "products"):
        frame[column] = frame[column].fillna(0).astype("int64")
    frame["items"] = frame["items"].fillna(0.0)
    frame = frame.sort_values("customer", ignore_index=True)
    engine.write(engine.lift(frame), out / "customers.parquet")


def _describe(lines: Lazy, orders: Lazy, customers: int, receipt: Receipt, moment: dt.datetime) -> TablesMeta:
    spans = engine.collect(orders.select(nw.col("day").min().alias("first"), nw.col("day").max().alias("last"),
                                         nw.col("counted").sum()))  # fmt: skip
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
    )
