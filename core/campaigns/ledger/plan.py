"""A planned campaign as a text that a link or the book of campaigns holds; every setting is checked when it is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from core.campaigns.targeting import who as audiences
from core.campaigns.targeting.who import EVERYBODY, Who
from core.errors import ParameterError

# Channel -> its words, and the contact fields of which one must be known.
CHANNELS: Mapping[str, tuple[str, tuple[tuple[str, ...], ...]]] = {
    "email": ("E-mail", (("email",),)),
    "phone": ("Telephone", (("phone",),)),
    "sms": ("Text message", (("phone",),)),
    "post": ("Post", (("street", "zip"), ("street", "city"))),
    "ads": ("Advertising platform", (("email",), ("phone",))),
}
LONGEST = 2000


@dataclass(frozen=True)
class Plan:
    """What somebody means to do.

    Parameters
    ----------
    name, strategy, offer, message : str
        ``strategy`` is a slug of the playbook, or empty.
    who : Who
        Whom it is for.
    channel : str
        Of :data:`CHANNELS`.
    start, end : date, optional
        First and last day on which what customers do counts; both included.
    cost : float
        Of one contact, in units of the currency.
    margin, discount : float, optional
        Shares of what an order brings; the margin is compulsory before anything is said of its worth.
    order : float, optional
        What an order brings, in units of the currency; None for the mean of the audience.
    base, expected : float, optional
        Share of customers who order without and with the campaign; None for an assumption of the page's.
    holdout : float
        Share of customers who get nothing, so that the effect can be told.
    quiet_days : int
        Who was written to by another campaign in so many days before the start is left out.
    budget : float, optional
        In units of the currency.
    statement : str
        Why people may be written to where no column says that they agreed.
    """

    name: str = ""
    strategy: str = ""
    offer: str = ""
    message: str = ""
    who: Who = EVERYBODY
    channel: str = "email"
    start: dt.date | None = None
    end: dt.date | None = None
    cost: float = 0.0
    margin: float | None = None
    discount: float = 0.0
    order: float | None = None
    base: float | None = None
    expected: float | None = None
    holdout: float = 0.1
    quiet_days: int = 30
    budget: float | None = None
    statement: str = ""

    @property
    def pairs(self) -> dict[str, str]:
        """Every setting that differs from the default, as text."""
        usual = Plan()
        found = {}
        for each in fields(self):
            value = getattr(self, each.name)
            if value != getattr(usual, each.name):
                found[each.name] = value.text if isinstance(value, Who) else _text(value)
        return found

    @property
    def text(self) -> str:
        """What :func:`read` understands.

        Examples
        --------
        >>> Plan(name="Autumn", cost=0.4, start=dt.date(2026, 9, 1)).text
        'name=Autumn&start=2026-09-01&cost=0.4'
        """
        return urlencode(self.pairs)

    def but(self, **changes: Any) -> Plan:
        """The same plan with other settings."""
        return replace(self, **changes)


def read(text: str) -> Plan:
    """Read a plan from a link.

    Raises
    ------
    ParameterError
        If a setting is unknown or does not make sense; the message names it.
    """
    try:
        pairs = parse_qsl(text, strict_parsing=bool(text), max_num_fields=40)
    except ValueError:
        raise ParameterError("The plan of this link cannot be read.", "Start it anew.") from None
    return of(dict(pairs))


def of(pairs: Mapping[str, str]) -> Plan:
    """The plan of :attr:`Plan.pairs`.

    Raises
    ------
    ParameterError

    Examples
    --------
    >>> of({"margin": "0"})  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    core.errors.ParameterError: The margin is 0: no order would bring anything. Give a share above 0 and up to 1, ...
    """
    if unknown := pairs.keys() - _READ.keys():
        raise ParameterError(f"A plan has no setting {min(unknown)[:40]!r}.", f"It has {', '.join(_READ)}.")
    plan = Plan(**{name: _READ[name](name, text) for name, text in pairs.items() if text.strip()})
    if plan.start and plan.end and plan.end < plan.start:
        raise ParameterError(f"The campaign ends on {plan.end}, before it starts on {plan.start}.", "Change one.")
    return plan


def _text(value: Any) -> str:
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _words(name: str, text: str) -> str:
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(plain) > LONGEST:
        raise ParameterError(f"The {name} has {len(plain):,} characters.", f"Keep it to {LONGEST:,}.")
    return plain


def _title(name: str, text: str) -> str:
    if len(plain := _words(name, text)) > 120:
        raise ParameterError(f"The {name} has {len(plain)} characters.", "Keep it to 120.")
    return plain


def _channel(name: str, text: str) -> str:
    if text not in CHANNELS:
        raise ParameterError(f"The channel {text[:40]!r} is unknown.", f"Choose one of {', '.join(CHANNELS)}.")
    return text


def _day(name: str, text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ParameterError(f"The {name} {text[:40]!r} is no day.", "Write it as 2026-09-01.") from None


def _number(name: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not abs(value) < 1e12:
        raise ParameterError(f"The {name} {text[:40]!r} is no number.", "Write it as 0.35.")
    return value


def _amount(name: str, text: str) -> float:
    if (value := _number(name, text)) < 0:
        raise ParameterError(f"The {name} is {value:g}.", "Give 0 or more.")
    return value


def _share(name: str, text: str) -> float:
    if not 0 <= (value := _number(name, text)) <= 1:
        raise ParameterError(f"The {name} is {value:g}.", "Give a share from 0 to 1, such as 0.15 for 15 %.")
    return value


def _margin(name: str, text: str) -> float:
    if not 0 < (value := _number(name, text)) <= 1:
        why = "no order would bring anything" if value <= 0 else "more than all of an order"
        raise ParameterError(f"The margin is {value:g}: {why}.", "Give a share above 0 and up to 1, such as 0.4.")
    return value


def _holdout(name: str, text: str) -> float:
    value = _share(name, text)
    if value == 1:
        raise ParameterError("The holdout is 100 %: nobody would be written to.", "Give a share below 1, such as 0.1.")
    return value


def _days(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:9]) <= 3650):
        raise ParameterError(f"The quiet days are {text[:40]!r}.", "Give a whole number of days from 0 to 3650.")
    return int(text)


_READ: dict[str, Callable[[str, str], Any]] = {
    "name": _title, "strategy": _title, "offer": _words, "message": _words,
    "who": lambda name, text: audiences.read(text), "channel": _channel, "start": _day, "end": _day, "cost": _amount,
    "margin": _margin, "discount": _share, "order": _amount, "base": _share, "expected": _share, "holdout": _holdout,
    "quiet_days": _days, "budget": _amount, "statement": _words,
}  # fmt: skip
