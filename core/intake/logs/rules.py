"""The cleaning rules as one table: each is a predicate on a line and a switch.

A line is taken by the first active rule that claims it, in the order of this table, so that rows and money
are counted once. Predicates are Narwhals expressions over the canonical raw columns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import narwhals as nw

from core.intake.rulebook import Rulebook

# Codes that shops book beside goods: carriage, fees, samples, manual corrections, vouchers.
NOT_PRODUCTS = (
    "POST", "DOT", "M", "D", "S", "B", "C2", "C3", "CRUK", "PADS", "BANK CHARGES", "AMAZONFEE", "AMAZON FEE",
    "POSTAGE", "SHIPPING", "CARRIAGE", "DELIVERY", "FEE", "DISCOUNT", "MANUAL", "SAMPLE", "SAMPLES", "ADJUST",
    "ADJUST2", "VOUCHER", "GIFT", "TEST",
)  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """One switch of the receipt.

    ``grain`` says what the rule works on: ``line`` rules take lines by their own content, the ``order`` rule
    takes no money but keeps wholly cancelled orders out of order counts, the ``customer`` rule sets whole
    customers aside. A ``quiet`` rule, as a locked one, is shown only where it takes something.
    """

    slug: str
    label: str
    explains: str
    grain: Literal["line", "order", "customer"] = "line"
    takes: Callable[[], nw.Expr] | None = None
    locked: bool = False
    quiet: bool = False


def _unreadable() -> nw.Expr:
    return nw.any_horizontal(
        nw.col("ts").is_null(), nw.col("cents").is_null(), nw.col("order_id").is_null(), ignore_nulls=False
    )


def _returned() -> nw.Expr:
    return nw.any_horizontal(nw.col("quantity") <= 0, nw.col("order_id").str.starts_with("C"), ignore_nulls=True)


def _not_a_product() -> nw.Expr:
    code = nw.col("code").str.to_uppercase()
    return nw.any_horizontal(code.is_in(NOT_PRODUCTS), code.str.starts_with("GIFT_"), ignore_nulls=True)


RULES: tuple[Rule, ...] = (
    Rule("misfit", "Rows that do not fit the header", "more or fewer fields than it: their money is not known",
         locked=True),
    Rule("unreadable", "Not readable", "no order number, or date, quantity or price is no date or number",
         takes=_unreadable, locked=True),
    Rule("other_currency", "In another currency", "never added to the one that is analysed: see the currency above",
         takes=lambda: nw.col("other_currency"), locked=True),
    Rule("after_as_of", "After the as-of date", "orders later than the date you count to",
         takes=lambda: nw.col("late"), locked=True),
    Rule("customer_missing", "No customer id", "cannot be given to anybody; switched off, each such order is a guest",
         takes=lambda: nw.col("customer_id").is_null()),
    Rule("duplicate", "Exact duplicates", "all columns alike", takes=lambda: nw.col("duplicate")),
    Rule("status", "Cancelled, failed or refunded orders", "by the status of the order: no money came of it",
         takes=lambda: nw.col("lost"), quiet=True),
    Rule("returned", "Cancelled or returned lines", "order number starts with C, or quantity not above 0",
         takes=_returned),
    Rule("price_not_positive", "Price not above zero", "free samples, corrections", takes=lambda: nw.col("price") <= 0),
    Rule("not_a_product", "Postage, fees, vouchers", "codes such as POST, DOT, M, C2, bank charges",
         takes=_not_a_product),
    Rule("cancelled_order", "Wholly cancelled orders", "every line taken back later: no longer counted as an order",
         grain="order"),
    Rule("nets_to_nothing", "Customers that net to nothing", "bought and returned for the same amount or more",
         grain="customer"),
)  # fmt: skip

BY_SLUG = {rule.slug: rule for rule in RULES}
LOCKED = tuple(rule.slug for rule in RULES if rule.locked)
PRESETS: dict[str, tuple[str, ...]] = {
    "net": (*LOCKED, "customer_missing", "duplicate", "status", "cancelled_order", "nets_to_nothing"),
    "notebook": (*LOCKED, "customer_missing", "duplicate", "status", "returned", "price_not_positive"),
}
PRESET_LABELS = {"net": "net of returns", "notebook": "as in most notebooks"}
BOOK = Rulebook(RULES, PRESETS, "There is no cleaning rule {}.", "rules")
active, name, toggle = BOOK.active, BOOK.name, BOOK.toggle
