"""A campaign's brief: what somebody means to do, as a text that a link or the book of campaigns holds, and checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from core.campaigns.planning import wishes
from core.campaigns.targeting import who as audiences
from core.campaigns.targeting.who import EVERYBODY, Who
from core.errors import ParameterError
from core.typed import one_line

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
class Brief:
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
    quiet_days : int
        Who was written to by another campaign in so many days before the start is left out.
    statement : str
        Why people may be written to where no column says that they agreed.
    wishes : tuple of (name, text)
        Money and shares as they were typed in; see :mod:`core.campaigns.planning.wishes`.
    """

    name: str = ""
    strategy: str = ""
    offer: str = ""
    message: str = ""
    who: Who = EVERYBODY
    channel: str = "email"
    start: dt.date | None = None
    end: dt.date | None = None
    quiet_days: int = 30
    statement: str = ""
    wishes: tuple[tuple[str, str], ...] = ()

    @property
    def pairs(self) -> dict[str, str]:
        """Every setting that differs from the default, as text."""
        usual = Brief()
        found = dict(self.wishes)
        for each in fields(self)[:-1]:
            value = getattr(self, each.name)
            if value != getattr(usual, each.name):
                found[each.name] = value.text if isinstance(value, Who) else str(value)
        return found

    @property
    def text(self) -> str:
        """What :func:`read` understands.

        Examples
        --------
        >>> Brief(name="Autumn", start=dt.date(2026, 9, 1), wishes=(("cost", "0.4"),)).text
        'cost=0.4&name=Autumn&start=2026-09-01'
        """
        return urlencode(self.pairs)

    def but(self, **changes: Any) -> Brief:
        """The same with other settings."""
        return replace(self, **changes)


def read(text: str) -> Brief:
    """Read a brief from a link.

    Raises
    ------
    ParameterError
        If a setting is unknown or does not make sense; the message names it.
    """
    try:
        pairs = parse_qsl(text, strict_parsing=bool(text), max_num_fields=40)
    except ValueError:
        raise ParameterError("The brief of this link cannot be read.", "Start it anew.") from None
    return of(dict(pairs))


def of(pairs: Mapping[str, str]) -> Brief:
    """The brief of :attr:`Brief.pairs`.

    Raises
    ------
    ParameterError

    Examples
    --------
    >>> of({"margin": "0"})  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    core.errors.ParameterError: A margin of 0 % ...
    """
    if unknown := pairs.keys() - {*SETTINGS}:
        known = ", ".join(SETTINGS)
        raise ParameterError(f"A campaign has no setting {min(unknown)[:40]!r}.", f"It has {known}.")
    typed = {name: text for name, text in pairs.items() if text.strip()}
    money = tuple(sorted((name, text) for name, text in typed.items() if name in wishes.LABELS))
    for name, text in money:
        wishes.read(name, text)
    brief = Brief(**{name: _READ[name](name, text) for name, text in typed.items() if name in _READ}, wishes=money)
    if brief.start and brief.end and brief.end < brief.start:
        raise ParameterError(f"The campaign ends on {brief.end}, before it starts on {brief.start}.", "Change one.")
    return brief


def setting(name: str, text: str) -> Any:
    """One setting of :attr:`Brief.pairs` by itself: read it, to see that it makes sense.

    Raises
    ------
    ParameterError

    Examples
    --------
    >>> setting("quiet_days", "14"), setting("cost", "0.35")
    (14, 35.0)
    """
    return _READ[name](name, text) if name in _READ else wishes.read(name, text)


def _words(name: str, text: str) -> str:
    plain = one_line(text)
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


def _days(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:9]) <= 3650):
        raise ParameterError(f"The quiet days are {text[:40]!r}.", "Give a whole number of days from 0 to 3650.")
    return int(text)


_READ: dict[str, Callable[[str, str], Any]] = {
    "name": _title, "strategy": _title, "offer": _words, "message": _words,
    "who": lambda name, text: audiences.read(text), "channel": _channel, "start": _day, "end": _day,
    "quiet_days": _days, "statement": _words,
}  # fmt: skip
SETTINGS = (*_READ, *wishes.LABELS)
