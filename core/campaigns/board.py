"""The playbook as it stands: each strategy, whose it is, when it applies, and to whom it does now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from core.campaigns.advice import Advice, advise
from core.campaigns.conditions import applies_when, spoken
from core.campaigns.measures import Facts
from core.campaigns.strategies import WORDS, Playbook, Strategy
from core.campaigns.words import render

SHOP = 0


@dataclass(frozen=True)
class Member:
    """A segment and the figures that strategies may speak of; the shop as a whole has the id 0."""

    id: int
    name: str
    slug: str
    colour: int
    customers: int
    facts: Facts


@dataclass(frozen=True)
class Entry:
    """A strategy of the playbook.

    Parameters
    ----------
    strategy : Strategy
    origin : str
        ``shipped``, ``own``, ``replaces`` (an own one in the place of a shipped one) or ``off``.
    when : tuple of str
        Its conditions in words; none for the fallback.
    words : dict
        What it proposes, the figures by their names.
    now : tuple of Member
        Those to whom it applies now.
    advised : tuple of Member
        Those to whom it is proposed: it is among the best of those that apply.
    evidence : str
        What it has shown so far, in a line.
    """

    strategy: Strategy
    origin: str
    when: tuple[str, ...]
    words: dict[str, str]
    now: tuple[Member, ...]
    advised: tuple[Member, ...]
    evidence: str = ""

    @property
    def title(self) -> str:
        """Its title, in the figures of the first to whom it is proposed."""
        fitting = self.advised or self.now
        return render(self.strategy.title, fitting[0].facts) if fitting else self.words["title"]

    @property
    def reasons(self) -> list[tuple[Member, str]]:
        """To whom it applies now, each with the reason in their own numbers."""
        fitting = self.now or self.advised
        return [(one, render(self.strategy.reason, one.facts)) for one in fitting]

    def said(self, word: str, member: Member) -> str:
        """What it proposes of :data:`core.campaigns.strategies.WORDS`, in the figures of one to whom it applies."""
        try:
            return render(getattr(self.strategy, word), member.facts)
        except KeyError:
            return self.words[word]


@dataclass(frozen=True)
class Change:
    """What is proposed to a segment now, and what would be with another playbook."""

    member: Member
    before: tuple[Advice, ...]
    after: tuple[Advice, ...]

    @property
    def same(self) -> bool:
        return self.before == self.after


def board(book: Playbook, shipped: Playbook, members: list[Member], most: int = 3) -> list[Entry]:
    """Every strategy that serves, and after them the shipped ones that are switched off.

    Parameters
    ----------
    book, shipped : Playbook
        What serves, and what came with the product.
    members : list of Member
        The segments, and the shop as a whole.
    most : int
        Strategies proposed to a segment.
    """
    known = {each.slug: each for each in shipped.strategies}
    serving = {each.slug for each in book.strategies}
    proposed = {each.id: {one.strategy for one in said(each, book, most)} for each in members}
    entries = [
        Entry(
            each, _origin(each, known), tuple(applies_when(each, book.kind)), _words(each, book.kind),
            tuple(one for one in _of(each, members) if each.applies(one.facts)) if not each.fallback else (),
            tuple(one for one in _of(each, members) if each.slug in proposed[one.id]),
        )
        for each in book.strategies
    ]  # fmt: skip
    off = [each for each in shipped.strategies if each.slug not in serving]
    return entries + [
        Entry(each, "off", tuple(applies_when(each, book.kind)), _words(each, book.kind), (), ()) for each in off
    ]


def changes(before: Playbook, after: Playbook, members: Iterable[Member], most: int = 3) -> list[Change]:
    """What another playbook would propose to each."""
    return [Change(each, *(tuple(said(each, book, most)) for book in (before, after))) for each in members]


def said(member: Member, book: Playbook, most: int) -> list[Advice]:
    """What a playbook proposes to one of them."""
    scope = "shop" if member.id == SHOP else "customers"
    about = book.about(scope)
    return advise(member.facts, about, 5 if scope == "shop" else most)


def frame(entries: list[Entry]) -> pd.DataFrame:
    """The board as a table, a row a strategy."""
    rows = [
        {
            "strategy": each.strategy.slug, "whose": each.origin, "for": each.strategy.scope,
            "rank": each.strategy.rank, "applies_when": " ".join(each.when) or "Where nothing else applies.",
            **each.words,
            "applies_now_to": ", ".join(one.name for one in each.now),
            "proposed_now_to": ", ".join(one.name for one in each.advised), "evidence": each.evidence,
        }
        for each in entries
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _words(strategy: Strategy, kind: str) -> dict[str, str]:
    return {word: spoken(getattr(strategy, word), kind) for word in WORDS}


def _of(strategy: Strategy, members: list[Member]) -> list[Member]:
    return [each for each in members if (each.id == SHOP) == (strategy.scope == "shop")]


def _origin(strategy: Strategy, known: dict[str, Strategy]) -> str:
    if strategy.slug not in known:
        return "own"
    return "shipped" if strategy == known[strategy.slug] else "replaces"
