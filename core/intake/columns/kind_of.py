"""Whether a table is a log of orders, a table of customers or a survey, told by what its columns are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.intake.columns.guessing import Guess
from core.intake.columns.scales import Scale
from core.intake.columns.seen import Seen
from core.intake.roles import MEASURE_ROLES

KINDS = {"transactions": "Order log", "customers": "Customer table", "survey": "Survey"}
_ABOUT = {role.slug for role in MEASURE_ROLES} - {"answered", "signup", "spend", "orders"}
_MONEY = ("price", "amount", "subtotal", "total")
_ANSWERS = ("ordinal", "nominal", "yes_no", "multiple", "text")


def decide(
    seen: Sequence[Seen], log: Mapping[int, Guess], table: Mapping[int, Guess], scales: Sequence[Scale]
) -> tuple[str, str]:
    """The kind of a table and what speaks for it.

    Parameters
    ----------
    seen : sequence of Seen
        The columns.
    log, table : mapping
        The roles that the columns would have in an order log, and in a table of customers.
    scales : sequence of Scale
        On what they measure.
    """
    orders = {guess.role: place for place, guess in log.items()}
    about = {guess.role: place for place, guess in table.items()}
    for_log, for_table = _as_log(seen, orders, log), _as_table(seen, orders, about)
    strength = sum(weight for weight, _ in for_log) - sum(weight for weight, _ in for_table)
    if strength > 0 and ({"date", "order"} & {*orders}):
        return "transactions", _words(for_log)
    answers = [
        scale.name in _ANSWERS for scale in scales if scale.name not in ("date", "constant", "contact", "consent")
    ]
    # The key of a customer table is a number of the shop; who answers a survey has a time of answering, or nothing.
    asked = len(answers) >= 4 and sum(answers) >= 0.7 * len(answers)
    if asked and ("customer" not in about or "answered" in about) and not {*_MONEY, "total_spend", "spend"} & {*about}:
        return "survey", f"{sum(answers)} of {len(answers)} columns hold answers"
    return "customers", _words(for_table) or "nothing says that it holds orders"


def _as_log(seen: Sequence[Seen], orders: Mapping[str, int], log: Mapping[int, Guess]) -> list[tuple[float, str]]:
    found = []
    if "order" in orders and log[orders["order"]].sure > 0.7:
        found.append((2.0, "it has order numbers"))
    if "date" in orders:
        found.append((1.0 + (log[orders["date"]].sure > 0.6), "it has dates"))
    if money := [role for role in _MONEY if role in orders]:
        found.append((0.8 * len(money), "it has amounts"))
    if "quantity" in orders:
        found.append((0.6, "it has quantities"))
    if {"product", "code"} & {*orders}:
        found.append((0.6, "it has products"))
    if {"status", "shipping", "tax", "discount", "refund"} & {*orders}:
        found.append((0.5, ""))
    key = next((orders[role] for role in ("customer", "email", "phone", "name") if role in orders), -1)
    if key >= 0 and seen[key].contents.variety < 0.97 and len(seen[key].contents.filled) > 1:
        found.append((1.5, "customers come again"))
    return found


def _as_table(seen: Sequence[Seen], orders: Mapping[str, int], about: Mapping[str, int]) -> list[tuple[float, str]]:
    found = []
    if measures := _ABOUT & {*about}:
        found.append((min(0.7 * len(measures), 4.0), f"{len(measures)} columns describe people"))
    key = next((about[role] for role in ("customer", "email") if role in about), -1)
    rows = len(seen[key].contents.filled) if key >= 0 else 0
    if rows > 1 and seen[key].contents.variety >= 0.99 and "order" not in orders:
        found.append((2.5, "every customer has one row"))
    if "signup" in about and "order" not in orders:
        found.append((1.0, ""))
    if {"orders", "total_spend", "recency"} & {*about} and "order" not in orders:
        found.append((1.5, "it sums up what customers bought"))
    if "date" not in orders:
        found.append((2.0, "it has no date of an order"))
    if "consent" in about and "order" not in orders:
        found.append((1.0, ""))
    return found


def _words(found: list[tuple[float, str]]) -> str:
    return ", ".join(words for _, words in found if words)
