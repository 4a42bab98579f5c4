"""Strategies with what their campaigns have shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.campaigns.advice import Advice
from core.campaigns.campaigns import Campaigns, SegmentAdvice
from core.campaigns.evidence import Run, cite

Runs = Mapping[str, Sequence[Run]]


def cited(found: Campaigns, runs: Runs) -> Campaigns:
    """The same advice, each with the results of its strategy in a line where there are any."""
    if not runs:
        return found

    def each(advice: Sequence[Advice]) -> list[Advice]:
        return [replace(one, evidence=line(runs, one.strategy)) for one in advice]

    def all_of(groups: Sequence[SegmentAdvice]) -> list[SegmentAdvice]:
        return [replace(group, advice=each(group.advice)) for group in groups]

    return Campaigns(all_of(found.segments), all_of(found.groups), each(found.shop))


def line(runs: Runs, strategy: str) -> str:
    """What a strategy has shown; empty where no campaign tested it.

    Examples
    --------
    >>> line({"win-back": [Run(0.02, 0.0, 0.04, 500, 500)]}, "win-back")
    '1 run, +2.0 points, 95 % 0.0 to 4.0'
    """
    return cite(runs.get(strategy, ()))
