"""A segment's figures in a sentence: ``{one_time:part} ordered once`` becomes "1,493 of 4,338 ordered once"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from string import Formatter

from core.campaigns.measures import MEASURES
from core.campaigns.people import PEOPLE_MEASURES
from core.currencies import symbol

Facts = Mapping[str, float | str]
# Kind of dataset -> the measures that its strategies may name, and the format of each.
KNOWN = {"transactions": MEASURES, "customers": PEOPLE_MEASURES, "survey": PEOPLE_MEASURES}
UNITS = {**PEOPLE_MEASURES, **MEASURES}


def fields(template: str, known: Mapping[str, str] = UNITS) -> list[tuple[str, str]]:
    """The measures a template names, each with the format it is shown in.

    Raises
    ------
    ValueError
        If a brace is not closed, or a measure or a format is unknown; the message names it.

    Examples
    --------
    >>> fields("{share} of customers, {one_time:part} ordered once")
    [('share', 'percent'), ('one_time', 'part')]
    """
    found = []
    for _, name, form, conversion in Formatter().parse(template):
        if name is None:
            continue
        if name not in known or conversion:
            raise ValueError(f"the measure {name!r} is unknown")
        if (form or known[name]) not in FORMATS:
            raise ValueError(f"the format {form!r} of {name!r} is unknown: choose one of {', '.join(FORMATS)}")
        if known[name] == "text" and form not in ("", "text"):
            raise ValueError(f"the format {form!r} is for numbers, and {name!r} is a text")
        found.append((name, form or known[name]))
    return found


def render(template: str, facts: Facts) -> str:
    """Fill a template with a segment's own numbers; each sentence starts with a capital.

    Raises
    ------
    KeyError
        If a measure is not known for this segment.

    Examples
    --------
    >>> render("{one_time:part} ordered once.", {"one_time": 1493.0, "customers": 4338.0})
    '1,493 of 4,338 ordered once.'
    """
    texts = [
        text + (FORMATS[form or UNITS[name]](facts[name], facts) if name else "")
        for text, name, form, _ in Formatter().parse(template)
    ]
    return re.sub(r"(?:^|(?<=[.?!] ))[a-z]", lambda match: match[0].upper(), "".join(texts).strip())


def percent(share: float) -> str:
    """A share from 0 to 1; what is little never reads as nothing, nor almost all as all.

    Examples
    --------
    >>> percent(0.747), percent(0.0003), percent(0.9999), percent(1)
    ('74.7 %', 'under 0.1 %', 'over 99.9 %', '100 %')
    """
    if share in (0, 1):
        return f"{share * 100:.0f} %"
    if 0 < share < 0.0005:
        return "under 0.1 %"
    if 0.9995 <= share < 1:
        return "over 99.9 %"
    return _signed(f"{share * 100:,.1f} %")


def money(cents: float, currency: str) -> str:
    """An amount: whole from 100 up, with two places below; a plain number where the currency is not known.

    Examples
    --------
    >>> money(204868.8, "GBP"), money(172.5, "EUR"), money(-1200, "CHF"), money(9756, "")
    ('£2,049', '€1.73', '−CHF 12.00', '97.6')
    """
    if not currency:
        return decimal(cents / 100)
    amount = abs(cents) / 100
    shown = f"{amount:,.2f}" if round(amount, 2) < 100 else f"{amount:,.0f}"
    return f"{'−' if cents < 0 else ''}{symbol(currency)}{shown}"


def count(number: float) -> str:
    """A whole number: 18,532."""
    return _signed(f"{number:,.0f}")


def decimal(number: float) -> str:
    """A mean: 3.7, 670, 2."""
    return _signed(f"{number:,.0f}" if abs(number) >= 99.95 else f"{number:.1f}".removesuffix(".0"))


def days(number: float) -> str:
    """A time: 44 days, 1 day, less than a day."""
    whole = round(number)
    return "less than a day" if whole < 1 else "1 day" if whole == 1 else f"{whole:,} days"


def times(number: float) -> str:
    """How often, or how many times as much: once, twice, 3.7 times."""
    shown = f"{number:.2f}" if number < 0.95 else decimal(number)
    return {"1": "once", "2": "twice"}.get(shown, f"{shown} times")


def part(number: float, whole: float) -> str:
    """Some of all customers of a segment.

    Examples
    --------
    >>> part(257, 837), part(13, 13), part(0, 13), part(1, 1)
    ('257 of 837', 'all 13', 'none of the 13', '1 of 1')
    """
    if number in (0, whole) and whole > 1:
        return f"all {count(whole)}" if number else f"none of the {count(whole)}"
    return f"{count(number)} of {count(whole)}"


def _signed(text: str) -> str:
    return text.replace("-", "−")


FORMATS: dict[str, Callable[[float | str, Facts], str]] = {
    "percent": lambda value, facts: percent(float(value)),
    "money": lambda value, facts: money(float(value), str(facts.get("currency", ""))),
    "days": lambda value, facts: days(float(value)),
    "count": lambda value, facts: count(float(value)),
    "number": lambda value, facts: decimal(float(value)),
    "times": lambda value, facts: times(float(value)),
    "part": lambda value, facts: part(float(value), float(facts["customers"])),
    "text": lambda value, facts: str(value),
}
