"""The signs of currencies, the same on the page, in reasons and in files."""

from __future__ import annotations

SYMBOLS = {"GBP": "£", "USD": "$", "EUR": "€", "JPY": "¥", "BRL": "R$", "CHF": "CHF ", "INR": "₹", "PLN": "zł "}


def symbol(currency: str) -> str:
    """The sign that stands before an amount; an unknown currency's own code.

    >>> symbol("GBP"), symbol("SEK")
    ('£', 'SEK ')
    """
    return SYMBOLS.get(currency, f"{currency} ")
