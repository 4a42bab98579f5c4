"""Strategies as a plan takes them up: what they would offer and say, in the figures of those whom it is for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.campaigns.board import Entry
from core.codec import cacheable

_SPOKEN = {
    "email": r"e-?mails?|newsletter|mailing",
    "sms": r"text messages?|sms",
    "phone": r"telephone|phone|call|ring",
    "post": r"post|postcards?|letter|catalogue|leaflet",
    "ads": r"ads?|advertising|advertisements?",
}


@cacheable
@dataclass(frozen=True)
class Play:
    """A strategy to plan with; ``channel`` empty where it names none, ``proposed`` whether it suits somebody now."""

    slug: str
    title: str
    objective: str
    offer: str
    message: str
    channel: str
    proposed: bool


@cacheable
@dataclass(frozen=True)
class Plays:
    """Every strategy that serves, those that are proposed first."""

    each: list[Play]

    def of(self, slug: str) -> Play | None:
        """One of them; None where there is none."""
        return next((play for play in self.each if play.slug == slug), None)


def plays(entries: Sequence[Entry], segment: int | None = None) -> Plays:
    """Strategies to plan with.

    Parameters
    ----------
    entries : sequence of Entry
        Of :func:`core.campaigns.board.board`.
    segment : int, optional
        In whose figures the words are, where the strategy applies to it; else of the first that it suits.
    """
    found = [_play(each, segment) for each in entries if each.origin != "off"]
    return Plays(sorted(found, key=lambda play: (not play.proposed, play.title)))


def channel_of(text: str) -> str:
    """The channel that a strategy names first, a key of :data:`core.campaigns.ledger.brief.CHANNELS`; or nothing.

    Examples
    --------
    >>> channel_of("Post; e-mail where there is no address."), channel_of("The website.")
    ('post', '')
    """
    found = {name: re.search(rf"\b(?:{spoken})\b", text, re.IGNORECASE) for name, spoken in _SPOKEN.items()}
    return min((match.start(), name) for name, match in found.items() if match)[1] if any(found.values()) else ""


def _play(entry: Entry, segment: int | None) -> Play:
    suited = [*entry.advised, *entry.now]
    member = next((one for one in suited if one.id == segment), suited[0] if suited else None)

    def said(word: str) -> str:
        return entry.said(word, member) if member else entry.words[word]

    proposed = any(one.id == segment for one in entry.advised) if segment is not None else bool(entry.advised)
    about = said("title"), said("objective"), said("offer"), said("message")
    return Play(entry.strategy.slug, *about, channel_of(said("channel")), proposed)
