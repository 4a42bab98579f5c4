"""The smallest change that would move a customer to another segment."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.segments.customers.column_levers import Lever, thin
from core.segments.customers.levers import Levers, levers
from core.segments.describing import comparing
from core.segments.dividing.model import Model
from core.segments.inputs.features import Source
from core.segments.inputs.matrix import Feature

MOST_ROWS = 20_000
MOST_MOVES = 3
FINE = 60


@dataclass(frozen=True)
class Step:
    """One change: ``by`` how much of a log (orders, units of money, days, products), of a table to which value."""

    kind: str
    feature: str
    by: float


@dataclass(frozen=True)
class Move:
    """Changes that together lead to the segment.

    ``length`` is the way in prepared units; ``changes`` has a row for each feature that is different afterwards:
    feature, label, unit, before, after (money in cents) and both in words where they are levels.
    """

    steps: tuple[Step, ...]
    length: float
    changes: pd.DataFrame


@dataclass(frozen=True)
class Moves:
    """Ways to a segment, the shortest first; none where ``moves`` is empty.

    ``tried`` says how many changes were tried, ``already`` whether the customer would be placed there as they are;
    for the others see :class:`core.segments.customers.levers.Levers`.
    """

    target: int
    moves: list[Move]
    tried: int
    already: bool
    fixed: list[str]
    linked: list[str]
    usual: float


def moves(source: Source, frame: pd.DataFrame, model: Model, customer: int, target: int) -> Moves:
    """Look for the smallest change that leads to a segment.

    Parameters
    ----------
    source : Slice or People
        Those whom the segments were learned from.
    frame : frame
        All that is known of them, as of :func:`core.segments.inputs.features.frame`.
    model : Model
    customer : int
        Their row.
    target : int
        Id of the segment.

    Notes
    -----
    Every change that :mod:`core.segments.customers.levers` knows is tried, in whole numbers or amounts of two figures,
    within what other customers have, and the model says where it leads. The smallest is the shortest on the prepared
    scale. Two changes at once are tried where no single one leads there.
    """
    known = levers(source, frame, model.encoding.features, customer)
    point = model.values(known.finish(known.row))
    singles = [each for each in known.all if not each.needs]
    found, tried = list[tuple[float, tuple[Step, ...], pd.DataFrame]](), 0
    for lever in singles:
        best, count = _shortest(model, known, point, target, (lever,), (lever.amounts,))
        tried += count
        found += [best] if best else []
    if not found:
        best, count = _pairs(model, known, point, target)
        tried += count
        found += [best] if best else []
    found.sort(key=lambda each: each[0])
    before = known.finish(known.row)
    told = [
        Move(steps, length, _changes(model.encoding.features, before, after))
        for length, steps, after in found[:MOST_MOVES]
    ]
    already = int(model.place(point).segment[0]) == target
    return Moves(target, told, tried, already, known.fixed, known.linked, known.usual)


Best = tuple[float, tuple[Step, ...], pd.DataFrame]


def _pairs(model: Model, known: Levers, point: np.ndarray, target: int) -> tuple[Best | None, int]:
    """The shortest of all pairs: on a coarse grid first, then finer below what was found."""
    pairs = [
        (first, second)
        for first, second in itertools.combinations(known.all, 2)
        if {"orders", "silence"} != {first.kind, second.kind} and _possible(first, second)
    ]
    if not pairs:
        return None, 0
    side = max(3, int((MOST_ROWS / len(pairs)) ** 0.5))
    best: Best | None = None
    chosen, tried = pairs[0], 0
    for pair in pairs:
        found, count = _shortest(model, known, point, target, pair, [thin(each.amounts, side) for each in pair])
        tried += count
        if found and (best is None or found[0] < best[0]):
            best, chosen = found, pair
    if best is None:
        return None, tried
    upto = [lever.amounts[: int(np.flatnonzero(lever.amounts == step.by)[0]) + 1]
            for lever, step in zip(chosen, best[1], strict=True)]  # fmt: skip
    finer, count = _shortest(model, known, point, target, chosen, [thin(each, FINE) for each in upto])
    return (finer if finer and finer[0] <= best[0] else best), tried + count


def _possible(first: Lever, second: Lever) -> bool:
    kinds = (first.kind, second.kind)
    return all(not each.needs or each.needs in kinds for each in (first, second))


def _shortest(
    model: Model, known: Levers, point: np.ndarray, target: int, used: Sequence[Lever], grids: Sequence[np.ndarray]
) -> tuple[Best | None, int]:
    """The shortest of all combinations of the amounts that leads to the target, and how many there are."""
    amounts = np.array(list(itertools.product(*grids)), dtype=float)
    rows = known.row.loc[known.row.index.repeat(len(amounts))].reset_index(drop=True)
    for place, lever in enumerate(used):
        rows = lever.change(rows, amounts[:, place])
    after = known.finish(rows)
    values = model.values(after)
    lands = np.flatnonzero(model.place(values).segment == target)
    if not len(lands):
        return None, len(amounts)
    away = np.linalg.norm(values[lands] - point, axis=1)
    at = int(lands[np.lexsort((lands, away.round(9)))[0]])
    steps = tuple(Step(lever.kind, lever.feature, float(by)) for lever, by in zip(used, amounts[at], strict=True))
    return (float(np.linalg.norm(values[at] - point)), steps, after.iloc[[at]]), len(amounts)


def _changes(features: Sequence[Feature], before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for feature in features:
        if feature.scale == "nominal":
            continue
        pair = pd.concat([before[feature.slug], after[feature.slug]], ignore_index=True)
        was, now = (float(each) for each in comparing.shown(pair, feature))
        words = comparing.ordered(pair, feature)
        if was != now and not (np.isnan(was) and np.isnan(now)):
            said = ["", ""] if words is None else [str(each) for each in words]
            rows.append((feature.slug, feature.label, feature.unit, was, now, *said))
    return pd.DataFrame(rows, columns=["feature", "label", "unit", "before", "after", "said_before", "said_after"])
