"""A segment told by a few thresholds: "more than 6 orders, last order under 40 days ago"."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.codec import cacheable
from core.segments.explaining.conditions import columns
from core.segments.explaining.rules import find, holds
from core.segments.inputs import features
from core.segments.inputs.features import FeatureTable, Recipe, Source
from core.stages import stage

# From which F1 on rules tell a segment so.
WELL, ROUGHLY = 0.8, 0.5


@cacheable
@dataclass(frozen=True)
class Thresholds:
    """Rules that describe the segments, one segment against the rest.

    ``rules``: id, rule (from 1; the one that describes most of the segment first), words, described (customers whom
    it holds of), hits (those of them who are in the segment), coverage (hits ÷ segment), precision (hits ÷ described).
    ``conditions``: id, rule, place, feature, low, high, level, negated, words; see
    :class:`core.segments.explaining.conditions.Condition`. ``fidelity``: id, rules, members, described, hits,
    coverage, precision, f1 (of all rules of a segment together: a customer of whom any holds), told (``well``,
    ``roughly`` or ``hardly``).
    """

    rules: pd.DataFrame
    conditions: pd.DataFrame
    fidelity: pd.DataFrame

    def of(self, segment: int) -> pd.DataFrame:
        """The rules of a segment."""
        return self.rules[self.rules["id"] == segment].reset_index(drop=True)


@stage(version=1)
def thresholds(source: Source, recipe: Recipe, k: int, seed: int, *, labels: np.ndarray) -> Thresholds:
    """Find up to three rules for each segment, of at most three conditions each.

    Parameters
    ----------
    source : Slice or People
        The whole dataset.
    recipe, k, seed
        Name the segmentation that ``labels`` come from.
    labels : int array
        Segment of each customer.

    Notes
    -----
    A decision tree of depth 3 (Breiman et al. 1984) separates each segment from the rest by the features it was learned
    from, in their own units: the leaves where the segment has the majority are its rules. It learns from at most
    10,000 members and as many others, weighted back. Then conditions are left out, and bounds rounded, where that costs
    at most a point of F1; only after that coverage and precision are measured, on all customers. A segment is told well
    from an F1 of 0.8, roughly from 0.5.
    """
    return describe(features.frame(source), features.table(source, recipe), labels, seed)


def describe(frame: pd.DataFrame, table: FeatureTable, labels: np.ndarray, seed: int) -> Thresholds:
    """Rules for given labels; ``frame`` holds the customers as they are, ``table`` the same as a matrix."""
    known = columns(frame, table.features)
    rules, parts, totals = [], [], []
    for segment in np.unique(labels):
        mine, said = labels == segment, []
        found = find(known, table, mine, seed)
        masks = [holds(rule, known) for rule in found]
        order = sorted(range(len(found)), key=lambda n: -int((masks[n] & mine).sum()))
        for number, place in enumerate(order, start=1):
            words = tuple(each.words for each in found[place])
            said.append((int(segment), number, ", ".join(words), *_measure(masks[place], mine)))
            parts += [
                (int(segment), number, at, each.feature.slug, each.low, each.high, each.level, each.negated, each.words)
                for at, each in enumerate(found[place], start=1)
            ]
        rules += said
        together = np.logical_or.reduce(masks) if masks else np.zeros(len(mine), dtype=bool)
        described, hits, coverage, precision = _measure(together, mine)
        f1 = 2 * hits / (described + int(mine.sum()))
        told = "well" if f1 >= WELL else "roughly" if f1 >= ROUGHLY else "hardly"
        totals.append((int(segment), len(found), int(mine.sum()), described, hits, coverage, precision, f1, told))
    measured = ["described", "hits", "coverage", "precision"]
    return Thresholds(
        pd.DataFrame(rules, columns=["id", "rule", "words", *measured]),
        pd.DataFrame(
            parts, columns=["id", "rule", "place", "feature", "low", "high", "level", "negated", "words"]
        ),
        pd.DataFrame(totals, columns=["id", "rules", "members", *measured, "f1", "told"]),
    )  # fmt: skip


def _measure(described: np.ndarray, mine: np.ndarray) -> tuple[int, int, float, float]:
    """How many are described, how many of them rightly, coverage and precision."""
    said, hits = int(described.sum()), int((described & mine).sum())
    return said, hits, hits / max(int(mine.sum()), 1), hits / said if said else float("nan")
