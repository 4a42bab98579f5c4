"""Figures of a comparison as people read them."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from dash import html

from dashboard import words


def beside(value: Any, ends: str) -> html.Span:
    """A value, and under it how sure it is."""
    return html.Span([html.Strong(value), html.Small(ends)], className="results-seen")


def estimate(found: Any, said: Callable[[float], str]) -> tuple[str, tuple[str, str]]:
    """A value in words, and both ends of its interval."""
    return said(found.value), (said(found.low), said(found.high))


def pounds(currency: str) -> Callable[[float], str]:
    """How cents of a currency are said."""
    return lambda cents: words.money(cents, currency)


def rounded(number: float) -> str:
    """A whole number: −12."""
    return f"{number:,.0f}".replace("-", "−") if abs(number) >= 0.5 else "0"


def exact(cents: float, currency: str, *, sign: bool = False) -> str:
    """An amount to the cent; with ``sign`` a plus where it is more."""
    plus = "+" if sign and round(cents) > 0 else ""
    return f"{plus}{words.exact(cents, currency)}"


def lifted(share: float) -> str:
    """A relative change: +22 %; an open end has no limit."""
    if not math.isfinite(share):
        return "no limit" if share > 0 else words.DASH
    return f"{100 * share:+,.0f} %".replace("-", "−")


def p_value(p: float) -> str:
    """A p-value, no finer than anybody needs.

    >>> p_value(0.0312), p_value(0.00001), p_value(0.5)
    ('0.031', 'under 0.001', '0.50')
    """
    if math.isnan(p):
        return words.DASH
    return "under 0.001" if p < 0.001 else f"{p:.3f}" if p < 0.1 else f"{p:.2f}"
