"""The switches of a customer table or survey: what is set aside, emptied, merged, made from other columns or put in."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import ParameterError
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


def active(rules: str) -> tuple[str, ...]:
    """Resolve ``net``, or switches joined by ``+``, into slugs in the order of the table.

    Raises
    ------
    ParameterError
        If a name is neither a preset nor a switch.

    Examples
    --------
    >>> active("missing+alike")[len(LOCKED) :], active("none") == LOCKED
    (('alike', 'missing'), True)
    """
    if rules in PRESETS:
        return PRESETS[rules]
    wanted = set(filter(None, rules.split("+"))) - {"none"}
    if unknown := wanted - set(BY_SLUG):
        raise ParameterError(
            f"There is no switch {', '.join(sorted(unknown))} for a customer table.",
            f"Use {', '.join(PRESETS)}, or switches among {', '.join(BY_SLUG)}.",
        )
    return tuple(rule.slug for rule in RULES if rule.slug in wanted or rule.locked)


def name(slugs: tuple[str, ...]) -> str:
    """The shortest text that :func:`active` turns into these switches: a preset's name where there is one."""
    for preset, chosen in PRESETS.items():
        if set(chosen) == set(slugs):
            return preset
    return "+".join(slug for slug in slugs if slug not in LOCKED) or "none"


def toggle(rules: str, slug: str) -> str:
    """The same switches with one moved; a locked one stays.

    Examples
    --------
    >>> toggle(toggle("net", "alike"), "alike")
    'net'
    """
    slugs = set(active(rules)) ^ ({slug} - set(LOCKED))
    return name(active("+".join(slugs)))
