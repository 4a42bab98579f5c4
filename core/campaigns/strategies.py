"""What a strategy is: the conditions it puts on a segment, and the words it proposes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from core.campaigns.words import fields

WORDS = ("title", "objective", "offer", "channel", "timing", "message", "measure", "reason")


@dataclass(frozen=True)
class Condition:
    """A measure and the range it has to lie in; ``at_least`` and ``at_most`` include the bound."""

    measure: str
    at_least: float | None = None
    at_most: float | None = None
    above: float | None = None
    below: float | None = None

    def holds(self, facts: Mapping[str, float | str]) -> bool:
        """Whether the figure is known and in range.

        Examples
        --------
        >>> Condition("share", above=0.2).holds({"share": 0.2})
        False
        """
        value = facts.get(self.measure)
        if value is None or isinstance(value, str):
            return False
        return (
            (self.at_least is None or value >= self.at_least)
            and (self.at_most is None or value <= self.at_most)
            and (self.above is None or value > self.above)
            and (self.below is None or value < self.below)
        )

    @property
    def possible(self) -> bool:
        """Whether any figure at all lies in the range."""
        low = max((bound for bound in (self.at_least, self.above) if bound is not None), default=None)
        high = min((bound for bound in (self.at_most, self.below) if bound is not None), default=None)
        if low is None or high is None or low < high:
            return True
        return low == high and self.above != low and self.below != high

    def fit(self, facts: Mapping[str, float | str]) -> float:
        """How far inside the range a figure lies that holds: 0 at the bound, towards 1 far from it."""
        value = float(facts[self.measure])
        bounds = [bound for bound in (self.at_least, self.at_most, self.above, self.below) if bound is not None]
        return min(abs(value - bound) / max(abs(value) + abs(bound), 1e-12) for bound in bounds)


@dataclass(frozen=True)
class Strategy:
    """One play. The words are templates over the measures of its kind of dataset; see :mod:`core.campaigns.words`.

    Parameters
    ----------
    slug, scope : str
        Name in links and files; whether it is for a group of ``customers`` or for the whole ``shop``.
    rank : float
        Priority from 0 to 100 among the strategies that apply.
    when : tuple of Condition
        All must hold. Empty for the fallback, which serves where nothing else applies.
    title, objective, offer, channel, timing, message, measure, reason : str
        ``measure`` is the measure of success, ``reason`` speaks in the segment's own numbers.
    tags, never_with : tuple of str
        A strategy is not proposed beside one that carries a tag in ``never_with``.
    """

    slug: str
    scope: str
    rank: float
    when: tuple[Condition, ...]
    title: str
    objective: str
    offer: str
    channel: str
    timing: str
    message: str
    measure: str
    reason: str
    tags: tuple[str, ...] = ()
    never_with: tuple[str, ...] = ()

    @cached_property
    def needs(self) -> set[str]:
        """The measures that its words name."""
        return {name for word in WORDS for name, _ in fields(getattr(self, word))}

    @property
    def fallback(self) -> bool:
        return not self.when

    def applies(self, facts: Mapping[str, float | str]) -> bool:
        """Whether all conditions hold and every number it would cite is known."""
        return all(condition.holds(facts) for condition in self.when) and self.needs <= facts.keys()

    def clashes(self, other: Strategy) -> bool:
        """Whether the two would contradict each other, such as a discount beside none."""
        return bool({*self.never_with} & {*other.tags} or {*other.never_with} & {*self.tags})


@dataclass(frozen=True)
class Playbook:
    """Strategies for a kind of dataset, one fallback a scope among them."""

    strategies: tuple[Strategy, ...]
    kind: str = "transactions"

    @cached_property
    def edition(self) -> str:
        """A digest of every word and bound: advice that is kept is kept under it."""
        return hashlib.blake2b(repr(self.strategies).encode(), digest_size=8).hexdigest()

    def about(self, scope: str) -> Playbook:
        """The strategies of one scope."""
        return Playbook(tuple(strategy for strategy in self.strategies if strategy.scope == scope), self.kind)
