"""From–to filters: a short text in a link, two limits in a query."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from core.errors import ParameterError

_NUMBER = r"-?\d{1,12}(?:\.\d{1,2})?"
_FORMS = "Use 0..90 for from–to, 90.. for at least, ..90 for at most; both ends count."


@dataclass(frozen=True)
class Range:
    """Two limits, both included; None is open. Money in cents."""

    low: int | None = None
    high: int | None = None

    def __bool__(self) -> bool:
        return self.low is not None or self.high is not None

    def holds(self, column: str) -> Any:
        """Whether a column's value lies inside, as an expression."""
        wanted = [nw.col(column) >= self.low] if self.low is not None else []
        wanted += [nw.col(column) <= self.high] if self.high is not None else []
        return nw.all_horizontal(*wanted, ignore_nulls=False)


ANY = Range()


def parse(name: str, text: str, *, money: bool = False) -> Range:
    """Read a range from a link.

    Parameters
    ----------
    name : str
        What is limited, for the message.
    text : str
        ``0..90``, ``90..``, ``..90`` or ``90``; empty for no limit.
    money : bool
        Whether the numbers are units of the currency, with up to two decimals; the range is in cents.

    Raises
    ------
    ParameterError
        If the text is no range, or ends before it starts.

    Examples
    --------
    >>> parse("recency", "0..90")
    Range(low=0, high=90)
    >>> parse("spend", "99.5..", money=True)
    Range(low=9950, high=None)
    """
    if not text:
        return Range()
    match = re.fullmatch(rf"({_NUMBER})?\.\.({_NUMBER})?|({_NUMBER})", text, re.ASCII)
    if not match or text == "..":
        raise ParameterError(f"{name}={text[:40]} is no range.", _FORMS)
    low, high = (_limit(name, limit, money) for limit in (match[1] or match[3], match[2] or match[3]))
    if low is not None and high is not None and low > high:
        raise ParameterError(f"{name}={text[:40]} ends before it starts.", _FORMS)
    return Range(low, high)


def _limit(name: str, text: str | None, money: bool) -> int | None:
    if text is None:
        return None
    whole, _, part = text.partition(".")
    if part and not money:
        raise ParameterError(f"{name} is counted in whole numbers, not {text[:40]}.", _FORMS)
    if text.startswith("-") and not money:
        raise ParameterError(f"{name} is never below 0, so not {text[:40]}.", _FORMS)
    size = int(whole.lstrip("-"))
    cents = size * 100 + int(part.ljust(2, "0")) if money else size
    return -cents if whole.startswith("-") else cents
