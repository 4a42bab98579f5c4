"""Results as a table to take along."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from core.campaigns.results.assessing import Part, Results
from core.campaigns.results.lift import Arm, Estimate


def frame(found: Results | None) -> pd.DataFrame:
    """A row a segment and one for all; money in units, shares from 0 to 1, blank where it is not known."""
    if found is None:
        return pd.DataFrame(columns=["segment", "contacts"])
    adjusted = found.several.p if found.several else ()
    allowed = [*adjusted, math.nan] if adjusted else [math.nan] * (len(found.segments) + 1)
    return pd.DataFrame([_row(part, p) for part, p in zip((*found.segments, found.whole), allowed, strict=True)])


def _row(part: Part, allowed: float) -> dict[str, Any]:
    row: dict[str, Any] = {"segment": part.name, "contacts": part.contacts}
    known = part.money is not None
    for name, arm in (("treated", part.treated), ("holdout", part.holdout)):
        row |= _arm(name, arm, known=known)
    if part.lift:
        row |= _ends("difference", part.lift.difference) | _ends("relative_change", part.lift.relative)
        row |= {"p": part.lift.p, "p_allowing_for_all_segments": allowed} | _ends("orders_more", part.lift.orders)
    row["smallest_relative_change_shown"] = part.verdict.smallest
    if part.money:
        row |= _ends("revenue_a_customer_more", part.money.each, 100) | {"p_of_revenue": part.money.p}
        row |= _ends("revenue_more", part.money.revenue, 100)
        row |= _ends("profit", part.money.profit, 100) if part.money.profit else {}
    row["verdict"] = part.verdict.sentence
    return {name: None if isinstance(value, float) and not math.isfinite(value) else value
            for name, value in row.items()}  # fmt: skip


def _arm(name: str, arm: Arm, *, known: bool) -> dict[str, Any]:
    row = {f"{name}_customers": arm.customers, f"{name}_ordered": arm.converted, f"{name}_share": arm.rate}
    if known:
        row |= {f"{name}_revenue": arm.cents / 100, f"{name}_revenue_a_customer": arm.mean / 100}
    return row


def _ends(name: str, estimate: Estimate, unit: float = 1) -> dict[str, float]:
    return {name: estimate.value / unit, f"{name}_low": estimate.low / unit, f"{name}_high": estimate.high / unit}
