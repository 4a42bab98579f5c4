"""The receipt as a waterfall: what each rule takes, and what is left after it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from core.intake.logs.rules import BY_SLUG
from core.warehouse.receipt import Entry, Receipt


@dataclass(frozen=True)
class Step:
    """One rule on the receipt. ``rows`` and ``cents`` are what it takes, or would take where it is off; ``left`` is the
    money after it, in cents."""

    slug: str
    label: str
    explains: str
    grain: str
    locked: bool
    on: bool
    rows: int
    cents: int
    left: int
    orders: int
    customers: int


def steps(receipt: Receipt) -> list[Step]:
    """The rules in their order; a locked or quiet one only where it took something.

    The last ``left`` of a rule that is on equals the receipt's ``cents``.
    """
    left, made = receipt.cents_in, []
    for entry in receipt.entries:
        rule = BY_SLUG[entry.rule]
        if entry.on:
            left -= entry.cents
        if entry.rows or not (rule.locked or rule.quiet):
            made.append(_step(entry, left))
    return made


def frame(receipt: Receipt) -> pd.DataFrame:
    """The receipt as a table, money in units: what was read, what each rule took, what is analysed."""
    rows = [("Revenue in", "", receipt.rows_in, receipt.cents_in / 100, receipt.cents_in / 100)]
    rows += [
        (step.label, "on" if step.on else "off", -step.rows, -step.cents / 100, step.left / 100)
        if step.on
        else (step.label, "off", 0, 0.0, step.left / 100)
        for step in steps(receipt)
    ]
    rows.append(("Revenue analysed", "", receipt.rows, receipt.cents / 100, receipt.cents / 100))
    return pd.DataFrame(rows, columns=["rule", "switch", "rows", "money", "left"])


def _step(entry: Entry, left: int) -> Step:
    rule = BY_SLUG[entry.rule]
    return Step(
        rule.slug, rule.label, rule.explains, rule.grain, rule.locked,
        entry.on, entry.rows, entry.cents, left, entry.orders, entry.customers,
    )  # fmt: skip
