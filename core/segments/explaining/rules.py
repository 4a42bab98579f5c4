"""Short rules from the leaves of a shallow tree that separates one segment from the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from sklearn.tree import DecisionTreeClassifier

from core.segments.dividing.sampling import draw
from core.segments.explaining.conditions import Condition, rounder
from core.segments.inputs.matrix import OTHER, FeatureTable

DEPTH, MOST_RULES = 3, 3
# Members, and others, whom a tree learns from.
MOST = 10_000
# A rule that describes more others than members says nothing of a segment, one that adds next to nobody is noise.
LEAST_PRECISION, LEAST_MORE = 0.5, 0.02
# What a rounder number, or one condition less, may cost: points of F1 and of precision, from 0 to 1.
ROUNDING, SHORTER = 0.01, 0.005
Rule = tuple[Condition, ...]


def find(known: Mapping[str, np.ndarray], table: FeatureTable, mine: np.ndarray, seed: int) -> list[Rule]:
    """Rules that describe one segment, found on a sample of it and of the rest.

    Parameters
    ----------
    known : mapping
        As of :func:`core.segments.explaining.conditions.columns`, of all customers.
    table : FeatureTable
        The same as a matrix without gaps.
    mine : bool array
        Who is in the segment.
    """
    members, others = np.flatnonzero(mine), np.flatnonzero(~mine)
    if not len(others):
        return []
    drawn = [group[draw(len(group), MOST, seed)] for group in (members, others)]
    rows, weights = np.concatenate(drawn), np.repeat([len(members) / len(drawn[0]), len(others) / len(drawn[1])],
                                                     [len(each) for each in drawn])  # fmt: skip
    sample = _Sample({slug: column[rows] for slug, column in known.items()}, mine[rows], weights)
    usable = np.array([level != OTHER for level in table.levels])
    matrix = np.where(usable, table.rows[rows], 0.0)
    whole = [bool(np.all(np.mod(column, 1) == 0)) for column in matrix.T]
    best: list[Rule] = []
    # A small segment is outvoted in most leaves: a second tree counts it as much as all the rest.
    for heavy in (1.0, weights[~sample.mine].sum() / weights[sample.mine].sum()):
        tree = DecisionTreeClassifier(max_depth=DEPTH, min_samples_leaf=max(1, len(drawn[0]) // 50), random_state=seed)
        tree.fit(matrix, sample.mine, np.where(sample.mine, heavy * weights, weights))
        rules = _kept([_simplify(rule, sample) for rule in _leaves(tree, table, whole)], sample)
        if sample.f1(sample.any(rules)) > sample.f1(sample.any(best)) + ROUNDING:
            best = rules
    return best


@dataclass(frozen=True)
class _Sample:
    known: Mapping[str, np.ndarray]
    mine: np.ndarray
    weights: np.ndarray

    def f1(self, described: np.ndarray) -> float:
        hits = float(self.weights[described & self.mine].sum())
        return 2 * hits / float(self.weights[described].sum() + self.weights[self.mine].sum())

    def precision(self, described: np.ndarray) -> float:
        said = float(self.weights[described].sum())
        return float(self.weights[described & self.mine].sum()) / said if said else 0.0

    def any(self, rules: Sequence[Rule]) -> np.ndarray:
        found = np.zeros(len(self.mine), dtype=bool)
        for rule in rules:
            found |= holds(rule, self.known)
        return found


def _leaves(tree: DecisionTreeClassifier, table: FeatureTable, whole: Sequence[bool]) -> list[Rule]:
    """The paths to the nodes under which the segment has the majority everywhere."""
    nodes = tree.tree_
    won = nodes.value[:, 0, -1] > nodes.value[:, 0, 0] if len(tree.classes_) == 2 else np.zeros(1, dtype=bool)
    found: list[Rule] = []

    def ours(node: int) -> bool:
        left, right = nodes.children_left[node], nodes.children_right[node]
        return bool(won[node]) if left < 0 else ours(left) and ours(right)

    def walk(node: int, path: dict[int, Condition]) -> None:
        if ours(node):
            if path:
                found.append(tuple(path.values()))
            return
        if nodes.children_left[node] < 0:
            return
        column, bound = int(nodes.feature[node]), float(nodes.threshold[node])
        for child, up in ((nodes.children_left[node], False), (nodes.children_right[node], True)):
            before = path.get(column, Condition(table.features[int(table.owner[column])], whole=whole[column]))
            walk(child, {**path, column: _narrow(before, table.levels[column], bound, up=up)})

    walk(0, {})
    return found


def _narrow(before: Condition, level: str, bound: float, *, up: bool) -> Condition:
    """A condition after one more split of its column: values over the bound, or up to it."""
    if level:
        return replace(before, level=level, negated=not up)
    if before.whole:
        bound = float(np.floor(bound)) if up else float(np.floor(bound)) + 1
    return replace(before, low=max(before.low, bound)) if up else replace(before, high=min(before.high, bound))


def _simplify(rule: Rule, sample: _Sample) -> Rule:
    """The rule with as few conditions, and bounds as round, as are as good."""
    shortened = True
    while shortened and len(rule) > 1:
        goal = sample.f1(holds(rule, sample.known)) - SHORTER
        shorter = [tuple(each for each in rule if each is not left) for left in rule]
        best = max(shorter, key=lambda each: sample.f1(holds(each, sample.known)))
        shortened = sample.f1(holds(best, sample.known)) >= goal and _sure(best, rule, sample)
        rule = best if shortened else rule
    goal = sample.f1(holds(rule, sample.known)) - ROUNDING
    exact = rule
    for place, condition in enumerate(rule):
        for side in ("low", "high"):
            bound = getattr(condition, side)
            if condition.feature.scale in ("ordinal", "yes_no", "nominal") or not np.isfinite(bound):
                continue
            for rounded in rounder(bound):
                before = rule[place]
                tried = replace(before, low=rounded) if side == "low" else replace(before, high=rounded)
                other = (*rule[:place], tried, *rule[place + 1 :])
                fits = tried.low < tried.high and (not condition.whole or rounded == int(rounded))
                if fits and sample.f1(holds(other, sample.known)) >= goal and _sure(other, exact, sample):
                    rule = other
                    break
    return rule


def _sure(rule: Rule, before: Rule, sample: _Sample) -> bool:
    """Whether a rule is right nearly as often as it was."""
    now, then = (sample.precision(holds(each, sample.known)) for each in (rule, before))
    return now >= max(then - 2 * ROUNDING, LEAST_PRECISION)


def _kept(rules: list[Rule], sample: _Sample) -> list[Rule]:
    """The three that describe most, each adding members to those before it."""
    members, kept = float(sample.weights[sample.mine].sum()), list[Rule]()
    rest = [rule for rule in rules if sample.precision(holds(rule, sample.known)) >= LEAST_PRECISION]
    covered = np.zeros(len(sample.mine), dtype=bool)
    while rest and len(kept) < MOST_RULES:
        more = [
            float(sample.weights[holds(rule, sample.known) & sample.mine & ~covered].sum()) / members for rule in rest
        ]
        best = int(np.argmax(more))
        if more[best] < LEAST_MORE:
            break
        covered |= holds(rest[best], sample.known)
        kept.append(rest.pop(best))
    return kept


def holds(rule: Rule, known: Mapping[str, np.ndarray]) -> np.ndarray:
    """Of whom all conditions hold."""
    found: np.ndarray = np.logical_and.reduce([each.holds(known) for each in rule])
    return found
