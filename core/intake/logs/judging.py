"""Which rule takes which line, and what each takes in rows and in money."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import narwhals as nw
import pandas as pd

from core.intake.logs.rules import RULES
from core.warehouse import engine
from core.warehouse.receipt import Entry

Lazy = nw.LazyFrame[Any]


def judge(raw: Path, duplicates: Path, slugs: tuple[str, ...], cut: dt.datetime | None) -> Lazy:
    """The raw lines with two columns more.

    ``taken`` is the number of the first active rule that claims the line, ``would`` that of the first rule that
    is switched off and would claim it; null for none. Where lines without a customer stay, each of their orders is
    a customer of its own, as a guest's is.
    """
    marks = engine.scan(duplicates).with_columns(duplicate=nw.lit(True))
    lines = engine.scan(raw, row=True).rename({"file_row_number": "row"}).join(marks, on="row", how="left")
    lines = lines.with_columns(
        duplicate=nw.col("duplicate").fill_null(False),
        late=(nw.col("ts") >= nw.lit(cut)) if cut else nw.lit(False),
    )
    # Which orders brought nothing, and which are in another currency, only some files say.
    here = engine.scan(raw).collect_schema().names()
    if absent := [nw.lit(False).alias(name) for name in ("lost", "other_currency") if name not in here]:
        lines = lines.with_columns(*absent)
    on = {rule.slug for rule in RULES} & set(slugs)
    lines = lines.with_columns(taken=_first(on), would=_first({rule.slug for rule in RULES} - on))
    if "customer_missing" in on:
        return lines
    guest = nw.concat_str([nw.lit("guest "), nw.col("order_id")])
    return lines.with_columns(
        customer_id=nw.when(nw.col("customer_id").is_null()).then(guest).otherwise(nw.col("customer_id"))
    )


def tally(lines: Lazy, zero: bool = False) -> pd.DataFrame:
    """Rows and cents by ``taken``, ``would`` and, for the lines that stay, ``customer_id``: one pass serves all.

    With ``zero``, ``bought`` and ``returned`` say whether any of the lines is a purchase, or took money back.
    """
    made: dict[str, Any] = {"customer_id": nw.when(nw.col("taken").is_null()).then(nw.col("customer_id"))}
    sums = [nw.len().alias("rows"), nw.col("cents").sum()]
    if zero:
        made["bought"] = nw.when((nw.col("cents") >= 0) & (nw.col("quantity") > 0)).then(1).otherwise(0)
        made["returned"] = nw.when(nw.col("cents") < 0).then(1).otherwise(0)
        sums += [nw.col("bought").max(), nw.col("returned").max()]
    counts = engine.collect(lines.with_columns(**made).group_by("taken", "would", "customer_id").agg(*sums))
    return counts.assign(cents=counts["cents"].fillna(0).astype("int64"))


def customers(counts: pd.DataFrame) -> pd.DataFrame:
    """Each customer of whom a line stays: rows and cents, and what else was tallied."""
    by = counts[counts["taken"].isna()].groupby("customer_id")
    how = {"rows": "sum", "cents": "sum", "bought": "max", "returned": "max"}
    return by.agg({name: how[name] for name in counts.columns if name in how})


def nets_to_nothing(people: pd.DataFrame) -> pd.Series:
    """Who took back what they bought; where orders without money count, having paid nothing is not that."""
    if "bought" not in people:
        return people["cents"] <= 0
    return (people["cents"] < 0) | ((people["cents"] == 0) & ((people["returned"] > 0) | (people["bought"] == 0)))


def entries(counts: pd.DataFrame, slugs: tuple[str, ...]) -> dict[str, Entry]:
    """What each rule took or, where it is off, would take of the lines that stay."""
    taken, would = counts["taken"], counts["would"].where(counts["taken"].isna())
    found = {}
    for number, rule in enumerate(RULES):
        on = rule.slug in slugs
        mine = counts[(taken if on else would) == number]
        found[rule.slug] = Entry(rule.slug, on, int(mine["rows"].sum()), int(mine["cents"].sum()))
    return found


def _first(slugs: set[str]) -> Any:
    claim: Any = nw.lit(None, dtype=nw.Int32)
    for number, rule in reversed(list(enumerate(RULES))):
        if rule.takes is not None and rule.slug in slugs:
            claim = nw.when(rule.takes()).then(nw.lit(number, dtype=nw.Int32)).otherwise(claim)
    return claim
