"""Which strategies suit a segment, each with its reason in the segment's own numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.campaigns.strategies import WORDS, Playbook, Strategy
from core.campaigns.words import render
from core.codec import cacheable
from core.errors import ParameterError

MOST = 5
FIT = 10.0


@cacheable
@dataclass(frozen=True)
class Advice:
    """A strategy put in words for one segment; ``measure`` is its measure of success, ``evidence`` what it showed."""

    strategy: str
    title: str
    reason: str
    objective: str
    offer: str
    channel: str
    timing: str
    message: str
    measure: str
    score: float
    evidence: str = ""


def advise(profile: Mapping[str, float | str], playbook: Playbook, most: int = 3) -> list[Advice]:
    """Rank the strategies of a playbook by how well they suit a profile.

    Parameters
    ----------
    profile : mapping
        What :func:`core.campaigns.measures.measures` computes.
    playbook : Playbook
        Strategies of one scope.
    most : int
        From 1 to 5.

    Returns
    -------
    list of Advice
        Best first; one to ``most``. The fallback alone where nothing else applies.

    Raises
    ------
    ParameterError
        If ``most`` is out of range.

    Notes
    -----
    Score = rank + 10 × fit, where fit is the mean over the conditions of how far the figure v lies inside its
    bound b: |v − b| ÷ (|v| + |b|). So of two strategies of like rank, the one whose conditions are met with more
    to spare comes first. A strategy that contradicts a better one is left out. Ties by slug.
    """
    if not 1 <= most <= MOST:
        raise ParameterError(f"The number of strategies is {most}.", f"Ask for 1 to {MOST}.")
    fitting = [strategy for strategy in playbook.strategies if not strategy.fallback and strategy.applies(profile)]
    chosen: list[Strategy] = []
    for strategy in sorted(fitting, key=lambda strategy: (-score(strategy, profile), strategy.slug)):
        if len(chosen) < most and not any(strategy.clashes(other) for other in chosen):
            chosen.append(strategy)
    chosen = chosen or [strategy for strategy in playbook.strategies if strategy.fallback]
    return [_say(strategy, profile) for strategy in chosen]


def score(strategy: Strategy, profile: Mapping[str, float | str]) -> float:
    """Rank and fit in one number, 0 to 110; see :func:`advise`."""
    if strategy.fallback:
        return strategy.rank
    return strategy.rank + FIT * sum(condition.fit(profile) for condition in strategy.when) / len(strategy.when)


def _say(strategy: Strategy, profile: Mapping[str, float | str]) -> Advice:
    words = {word: render(getattr(strategy, word), profile) for word in WORDS}
    return Advice(strategy=strategy.slug, score=score(strategy, profile), **words)
