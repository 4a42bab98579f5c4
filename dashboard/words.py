"""Numbers as people read them. Exact figures stand in hovers and tables; these are for headlines and labels."""

from __future__ import annotations

import datetime as dt
import math

from core.currencies import symbol

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
DASH = "–"


def money(cents: float | None, currency: str = "GBP") -> str:
    """An amount for a headline: £8.89 M, £951 k, £480, £9.50.

    >>> money(888720889), money(95069020), money(47956), money(950), money(None)
    ('£8.89 M', '£951 k', '£480', '£9.50', '–')
    """
    if _missing(cents):
        return DASH
    value = abs(cents) / 100  # type: ignore[arg-type]
    sign = "−" if cents < 0 else ""  # type: ignore[operator]
    if value >= 10_000:
        return f"{sign}{symbol(currency)}{short(value)}"
    return f"{sign}{symbol(currency)}{value:,.0f}" if value >= 100 else f"{sign}{symbol(currency)}{value:,.2f}"


def exact(cents: float | None, currency: str = "") -> str:
    """An amount to the cent, half a cent upwards: 8,887,208.89.

    >>> exact(30257.5)
    '302.58'
    """
    if _missing(cents):
        return DASH
    sign = "−" if cents < 0 else ""  # type: ignore[operator]
    whole = math.floor(abs(cents) + 0.5)  # type: ignore[arg-type]
    return f"{sign}{symbol(currency) if currency else ''}{whole // 100:,}.{whole % 100:02d}"


def whole_money(cents: float | None, currency: str = "GBP") -> str:
    """An amount without cents: £31,716."""
    if _missing(cents):
        return DASH
    sign = "−" if round(cents / 100) < 0 else ""  # type: ignore[operator]
    return f"{sign}{symbol(currency)}{abs(cents) / 100:,.0f}"  # type: ignore[arg-type]


def short(value: float) -> str:
    """Three figures and a unit: 8.89 M, 951 k, 9,510 stays."""
    for size, unit in ((1e9, " bn"), (1e6, " M"), (1e3, " k")):
        if value >= size * (10 if unit == " k" else 1) or (unit == " k" and value >= 9_999.5):
            shown = value / size
            if round(shown) >= 1000 and unit != " bn":
                continue
            return (
                f"{shown:.0f}{unit}" if shown >= 100 else f"{shown:.1f}{unit}" if shown >= 10 else f"{shown:.2f}{unit}"
            )
    return f"{value:,.0f}"


def count(value: float | None) -> str:
    """A whole number with separators: 18,532."""
    return DASH if _missing(value) else f"{value:,.0f}"


def header(name: str) -> str:
    """A header of a file as a label: Purchase_Frequency is Purchase Frequency.

    >>> header("age"), header("Rating_Accuracy "), header("MntWines")
    ('Age', 'Rating Accuracy', 'MntWines')
    """
    text = " ".join(name.replace("_", " ").split())
    return text[:1].upper() + text[1:]


def customers(number: float) -> str:
    """One customer, 4,338 customers."""
    return "1 customer" if number == 1 else f"{number:,.0f} customers"


def decimal(value: float | None, places: int = 1) -> str:
    """A number with some places: 4.3."""
    return DASH if _missing(value) else f"{value:,.{places}f}".replace("-", "−")


def percent(share: float | None, places: int = 1) -> str:
    """A share from 0 to 1: 74.7 %; what rounds to nothing has no sign.

    >>> percent(0.747), percent(-0.12, 0), percent(-0.001, 0)
    ('74.7 %', '−12 %', '0 %')
    """
    if _missing(share):
        return DASH
    text = f"{100 * share:,.{places}f} %"  # type: ignore[operator]
    return text.replace("-", "−" if float(text[:-2].replace(",", "")) else "")


def in_words(number: int) -> str:
    """Small numbers as words: four, 12."""
    return COUNTS[number] if 0 <= number < len(COUNTS) else f"{number:,}"


def day(date: dt.date) -> str:
    """9 Dec 2011."""
    return f"{date.day} {MONTHS[date.month - 1][:3]} {date.year}"


def days(start: dt.date, end: dt.date) -> str:
    """1 Dec 2010 – 9 Dec 2011; whole months short: Jun–Nov 2011."""
    last = (end + dt.timedelta(days=1)).day == 1
    if start.day == 1 and last and (end - start).days < 366:
        first, final = MONTHS[start.month - 1][:3], MONTHS[end.month - 1][:3]
        if start.year == end.year:
            return f"{first}–{final} {end.year}" if start.month != end.month else f"{first} {end.year}"
        return f"{first} {start.year}–{final} {end.year}"
    return f"{day(start)} – {day(end)}"


def month(number: int, *, short: bool = False) -> str:
    """A month number (year × 12 + month − 1) in words: November 2011."""
    text = MONTHS[number % 12]
    return f"{text[:3] if short else text} {number // 12}"


def change(now: float | None, before: float | None) -> float | None:
    """Relative change, or None where there is nothing to compare with."""
    return None if _missing(now) or _missing(before) or not before else now / before - 1  # type: ignore[operator]


def _missing(value: float | None) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value)) or value != value
