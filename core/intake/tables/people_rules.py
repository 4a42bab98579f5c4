"""The switches of a customer table or survey: what is set aside, emptied, merged, made from other columns or put in."""

from __future__ import annotations

from dataclasses import dataclass

from core.intake.rulebook import Rulebook
from core.intake.tables.derived import DERIVATIONS


@dataclass(frozen=True)
class Rule:
    """One switch. ``usual`` says whether it is on unless somebody moves it; a locked one cannot be moved."""

    slug: str
    label: str
    explains: str
    usual: bool = True
    locked: bool = False


RULES: tuple[Rule, ...] = (
    Rule("misfit", "Rows that do not fit the header", "more or fewer fields than it", locked=True),
    Rule("unreadable", "Cells that cannot be read", "no number or date where the column has them: counted as missing",
         locked=True),
    Rule("respelled", "Spellings of one level", "differ in case or blanks alone; counted as the commonest spelling",
         locked=True),
    Rule("outside_order", "Answers that do not fit", "no ordered level, neither yes nor no: counted as missing",
         locked=True),
    Rule("repeated", "Customers listed twice", "the same id again: the last row counts"),
    Rule("alike", "Rows alike in all but the id", "may be two people who answered alike, so they usually stay",
         usual=False),
    Rule("implausible", "Wildly implausible values", "far beyond all others, or nobody's age: counted as missing",
         usual=False),
    Rule("odd_levels", "Odd levels", "so rare that they are slips or jokes: brought together as Other", usual=False),
    *(Rule(f"derive_{each.slug}", each.name, each.explains) for each in DERIVATIONS),
    Rule("missing", "Customers who lack a value", "left out of the segments; switched off, the usual value is put in"),
)  # fmt: skip

BY_SLUG = {rule.slug: rule for rule in RULES}
LOCKED = tuple(rule.slug for rule in RULES if rule.locked)
PRESETS = {"net": tuple(rule.slug for rule in RULES if rule.usual)}
PRESET_LABELS = {"net": "usual cleaning"}
BOOK = Rulebook(RULES, PRESETS, "There is no switch {} for a customer table.", "switches")
active, name, toggle = BOOK.active, BOOK.name, BOOK.toggle
