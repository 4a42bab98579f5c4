"""Numbers as people write them, with their signs, marks of thousands and currencies."""

from __future__ import annotations

import re
from functools import cache

SIGNS = {
    "R$": "BRL", "US$": "USD", "A$": "AUD", "C$": "CAD", "€": "EUR", "£": "GBP", "$": "USD", "¥": "JPY", "₹": "INR",
    "zł": "PLN", "₺": "TRY", "Kč": "CZK", "Ft": "HUF", "₽": "RUB", "₩": "KRW", "₴": "UAH", "lei": "RON", "CHF": "CHF",
}  # fmt: skip
CODES = frozenset(
    re.findall(
        r"\w+",
        """AED ARS AUD BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HRK HUF IDR ILS INR ISK JPY KES KRW
        KWD LTL MAD MXN MYR NGN NOK NZD PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TND TRY TWD UAH USD
        UYU VND ZAR""",
    )
)
_MARK = "|".join(
    [*map(re.escape, SIGNS), *sorted(CODES), "kr", r"[Ee]uros?", "eur", "usd", "gbp", "Rs", "S/", r"k\$", "k€"]
)
NUMBER = re.compile(
    rf"[-+−(]?\s*(?:{_MARK})?\.?\s*[-+−(]?\s*(\d[\d.,'’\s\u00a0\u202f]*|[.,]\d+)\s*(?:{_MARK}|%)?\.?\s*[-)]?(?:[Ee][-+]?\d+)?"
)
SIGN = re.compile("|".join(map(re.escape, SIGNS)) + r"|\b(?:" + "|".join(sorted(CODES)) + r")\b")


@cache
def number(text: str, comma: bool = False) -> float | None:
    """A number as people write it.

    >>> number("R$ 1.234,56", comma=True), number("(12.50)"), number("1 234,5 €", comma=True), number("n/a")
    (1234.56, -12.5, 1234.5, None)
    """
    match = NUMBER.fullmatch(text)
    if not match:
        return None
    thousands, decimal = (".", ",") if comma else (",", ".")
    plain = re.sub(r"[^\d.,]", "", match[1]).replace(thousands, "").replace(decimal, ".")
    power = re.search(r"[Ee][-+]?\d+$", text)
    try:
        size = float(plain + (power[0] if power else ""))
    except ValueError:
        return None
    return -size if re.search(r"^\s*[-−(]|[-−(]\s*\d|-\s*$", text) else size
