"""Whom a campaign is for, as a text that a link or a saved campaign holds: any of some parts, none of others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from core.campaigns.audience import RANGES, limits
from core.campaigns.ranges import ANY, Range
from core.errors import ParameterError

MOST_PARTS = 20
MOST_VALUES = 400
CONSENTS = ("yes", "asked")


@dataclass(frozen=True)
class Part:
    """Conditions that all hold; of several values of one condition any will do.

    Parameters
    ----------
    segments, groups, countries : tuple
        Segments by id, RFM groups by slug, and countries of an order that counts.
    products : tuple of str
        Codes of products; who bought any of them.
    recency, orders, spend : Range
        Days since the last order, orders, and net spend in cents, of the whole history.
    consent : str
        ``yes`` for those who agreed to be written to, ``asked`` for those who said yes or no; empty for all.
    """

    segments: tuple[int, ...] = ()
    groups: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    recency: Range = ANY
    orders: Range = ANY
    spend: Range = ANY
    consent: str = ""

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Every condition as (name, value)."""
        found = [(one, str(value)) for one, many in _LISTS.items() for value in getattr(self, many)]
        found += [(name, _said(name, getattr(self, name))) for name in RANGES if getattr(self, name)]
        return [*found, *([("consent", self.consent)] if self.consent else [])]


_LISTS = {"segment": "segments", "group": "groups", "country": "countries", "product": "products"}


@dataclass(frozen=True)
class Who:
    """Everybody of any part in ``include`` (all customers where there is none) who is in no part of ``exclude``."""

    include: tuple[Part, ...] = ()
    exclude: tuple[Part, ...] = ()

    @property
    def text(self) -> str:
        """What :func:`read` understands.

        Examples
        --------
        >>> Who((Part(segments=(1, 3)),), (Part(countries=("France",)),)).text
        'in=segment%3D1%26segment%3D3&not=country%3DFrance'
        """
        parts = [("in", part) for part in self.include] + [("not", part) for part in self.exclude]
        return urlencode([(side, urlencode(part.pairs)) for side, part in parts])

    def side(self, name: str) -> tuple[Part, ...]:
        """The parts of ``in`` or of ``not``."""
        return self.include if name == "in" else self.exclude

    def but(self, side: str, number: int, **changes: Any) -> Who:
        """The same with other conditions in one part; a number beyond the last begins one, one without any goes.

        Examples
        --------
        >>> who = EVERYBODY.but("in", 0, countries=("France",)).but("in", 0, orders=Range(2))
        >>> who.text
        'in=country%3DFrance%26orders%3D2..'
        >>> who.but("in", 0, countries=(), orders=ANY) == EVERYBODY
        True
        """
        parts = [*self.side(side)]
        made = replace(parts.pop(number) if number < len(parts) else Part(), **changes)
        if made != Part():
            parts.insert(number, made)
        return replace(self, **{"include" if side == "in" else "exclude": tuple(parts)})


EVERYBODY = Who()


def read(text: str) -> Who:
    """Read whom a campaign is for.

    Raises
    ------
    ParameterError
        If a part holds no condition, or one that is not understood; the message names it.

    Examples
    --------
    >>> read("in=segment%3D1%26recency%3D0..90&not=group%3Dlost").include[0].segments
    (1,)
    """
    sides: dict[str, list[Part]] = {"in": [], "not": []}
    pairs = _pairs(text, MOST_PARTS, "parts")
    for side, part in pairs:
        if side not in sides:
            raise ParameterError(f"{side[:40]!r} is no part of an audience.", "Use in or not.")
        sides[side].append(_part(part))
    return Who(tuple(sides["in"]), tuple(sides["not"]))


def _part(text: str) -> Part:
    fields: dict[str, Any] = {}
    for name, value in _pairs(text, MOST_VALUES, "conditions"):
        if name in _LISTS:
            fields[_LISTS[name]] = (*fields.get(_LISTS[name], ()), _number(value) if name == "segment" else value)
        elif name in RANGES:
            fields[name] = limits(name, value)
        elif name == "consent" and value in CONSENTS:
            fields[name] = value
        else:
            known = ", ".join((*_LISTS, *RANGES, "consent"))
            raise ParameterError(
                f"The audience asks for {name[:40]}={value[:40]}, which is not understood.", f"Known: {known}."
            )
    lists: dict[str, Callable[[Any], Any]] = {many: lambda all: tuple(sorted(set(all))) for many in _LISTS.values()}
    made = Part(**{name: lists[name](value) if name in lists else value for name, value in fields.items()})
    if made == Part():
        raise ParameterError("A part of the audience holds no condition.", "Give it one, or take the part away.")
    return made


def _pairs(text: str, most: int, what: str) -> list[tuple[str, str]]:
    if not text:
        return []
    try:
        return parse_qsl(text, strict_parsing=True, keep_blank_values=True, max_num_fields=most)
    except ValueError:
        raise ParameterError(
            "The audience of this link cannot be read.", f"It holds {what} as name=value, at most {most}."
        ) from None


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise ParameterError(f"Segment {text[:40]!r} of the audience is no number.", "Choose from those there are.")
    return int(text)


def _said(name: str, limits: Range) -> str:
    ends = (limits.low, limits.high)
    if name == "spend":
        return "..".join("" if end is None else f"{end / 100:.2f}" for end in ends)
    return "..".join("" if end is None else str(end) for end in ends)
