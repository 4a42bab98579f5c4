"""One column against another: spend by level of age, income or education; answers against answers."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from core.codec import cacheable
from core.people import measures
from core.people.measures import Level
from core.stages import stage
from core.warehouse.columns import Column
from core.warehouse.people import People

# More levels than this do not divide, they list.
MOST_LEVELS = 15
# A level of fewer customers is an anecdote.
FEWEST = 10


@cacheable
@dataclass(frozen=True)
class Against:
    """A measure by levels of a column.

    ``rows``: level (0, 1, …; −1 for everybody), label, customers, share, and of a measured amount mean, median,
    lower, upper, total and total_share (money in cents). ``cells``, where what is measured is itself levels: level,
    answer, label, customers, share (of the level's customers; level −1 is everybody). ``strength``: 0 to 1, of what
    ``measure`` says: ``ranks`` (epsilon squared: share of the spread of the ranks that the levels explain) or
    ``cramer`` (Cramér's V, corrected for chance). ``chance``: how often so strong a link, or a stronger, would come
    about if there were none. ``left_out``: customers of whom either is not known.
    """

    rows: pd.DataFrame
    cells: pd.DataFrame
    measure: str
    strength: float
    chance: float
    known: int
    left_out: int


@cacheable
@dataclass(frozen=True)
class Strengths:
    """``rows``: slug, label, measure, strength, chance, known, best, best_value, worst, worst_value; the strongest
    first. ``best`` is the level with the highest median; of answers the one that gives the commonest of all,
    ``answer``, most often."""

    rows: pd.DataFrame


def dividers(source: People) -> list[Column]:
    """Columns by which customers can be divided: measured ones, categories only where they are few."""
    return [c for c in measures.measured(source) if c.scale != "nominal" or len(c.levels) <= MOST_LEVELS]


@stage(version=3)
def against(source: People, by: str, of: str) -> Against:
    """Set a column against the levels of another.

    Parameters
    ----------
    source : People
    by : str
        Slug of the column whose levels, or bands, divide the customers.
    of : str
        Slug of the column that is measured.

    Notes
    -----
    Of numbers: Kruskal and Wallis's H over the levels (1952), which asks for no bell curve; epsilon squared is
    H ÷ (n − 1). Of levels: chi squared; V after Bergsma (2013), which does not grow with the number of levels.
    """
    return compare(source.frame(), source.column(by), source.column(of))


@stage(version=4)
def strengths(source: People, of: str) -> Strengths:
    """How strongly every other column goes with one, by the measures of :func:`against`."""
    frame, wanted, rows = source.frame(), source.column(of), []
    for column in dividers(source):
        if column == wanted or measures.made_of(column, wanted) or measures.made_of(wanted, column):
            continue
        found = compare(frame, column, wanted)
        levels = found.rows[(found.rows["level"] >= 0) & (found.rows["customers"] >= FEWEST)]
        if len(levels) < 2 or math.isnan(found.strength):
            continue
        rows.append((column.slug, column.name, found.measure, found.strength, found.chance, found.known,
                     *_ends(found, levels)))  # fmt: skip
    names = [
        "slug",
        "label",
        "measure",
        "strength",
        "chance",
        "known",
        "best",
        "best_value",
        "worst",
        "worst_value",
        "answer",
    ]
    frame = pd.DataFrame(rows, columns=names)
    return Strengths(frame.sort_values(["strength", "slug"], ascending=[False, True], ignore_index=True))


def compare(frame: pd.DataFrame, group: Column, column: Column) -> Against:
    """A measured column by levels of another, over the rows of a frame."""
    frame = frame.sort_values([group.slug, column.slug], kind="stable")
    found = measures.levels(frame, group)
    where = measures.place(frame, group, found)
    known = (where >= 0) & frame[column.slug].notna().to_numpy()
    part, where = frame[known], where[known]
    left_out = len(frame) - len(part)
    if measures.numeric(column):
        values = measures.numbers(part, column).to_numpy()
        strength, chance = _kruskal(values, where)
        return Against(_spread(values, where, found), _no_cells(), "ranks", strength, chance, len(part), left_out)
    answers = measures.levels(part, column)
    table = np.zeros((len(found), len(answers)))
    np.add.at(table, (where, measures.place(part, column, answers)), 1)
    strength, chance = cramer(table)
    return Against(_sizes(where, found), _cells(table, answers), "cramer", strength, chance, len(part), left_out)


def cramer(table: np.ndarray) -> tuple[float, float]:
    """Cramér's V corrected for chance, and how often chance alone gives such a table.

    Examples
    --------
    >>> cramer(np.array([[50.0, 0.0], [0.0, 50.0]]))[0].__round__(2)
    1.0
    >>> cramer(np.array([[25.0, 25.0], [25.0, 25.0]]))
    (0.0, 1.0)
    """
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    total, (high, wide) = table.sum(), table.shape
    if min(high, wide) < 2 or total < 2:
        return math.nan, math.nan
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / total
    chi, free = float(((table - expected) ** 2 / expected).sum()), (high - 1) * (wide - 1)
    excess = max(0.0, chi / total - free / (total - 1))
    sides = min(high - (high - 1) ** 2 / (total - 1), wide - (wide - 1) ** 2 / (total - 1)) - 1
    return (math.sqrt(excess / sides) if sides > 0 else math.nan), float(stats.chi2.sf(chi, free))


def _kruskal(values: np.ndarray, where: np.ndarray) -> tuple[float, float]:
    parts = [values[where == number] for number in np.unique(where)]
    if len(parts) < 2 or np.ptp(values) == 0:
        return math.nan, math.nan
    found = stats.kruskal(*parts)
    return float(found.statistic / (len(values) - 1)), float(found.pvalue)


def _spread(values: np.ndarray, where: np.ndarray, found: list[Level]) -> pd.DataFrame:
    total, rows = values.sum(), []
    for number, label in [*((n, level.label) for n, level in enumerate(found)), (-1, "Everybody")]:
        mine = np.sort(values if number < 0 else values[where == number])
        if not len(mine):
            continue
        lower, median, upper = np.quantile(mine, (0.25, 0.5, 0.75))
        part = float(mine.sum() / total) if total else math.nan
        rows.append((number, label, len(mine), len(mine) / len(values), mine.mean(), median, lower, upper,
                     mine.sum(), part))  # fmt: skip
    names = ["level", "label", "customers", "share", "mean", "median", "lower", "upper", "total", "total_share"]
    return pd.DataFrame(rows, columns=names)


def _sizes(where: np.ndarray, found: list[Level]) -> pd.DataFrame:
    rows = [(n, level.label, int((where == n).sum())) for n, level in enumerate(found)] + [
        (-1, "Everybody", len(where))
    ]
    frame = pd.DataFrame(rows, columns=["level", "label", "customers"])
    return frame[frame["customers"] > 0].assign(share=frame["customers"] / max(len(where), 1)).reset_index(drop=True)


def _cells(table: np.ndarray, answers: list[Level]) -> pd.DataFrame:
    rows = []
    for number, counts in [*enumerate(table), (-1, table.sum(axis=0))]:
        if not counts.sum():
            continue
        for answer, count in enumerate(counts):
            rows.append((number, answer, answers[answer].label, int(count), float(count / counts.sum())))
    return pd.DataFrame(rows, columns=_no_cells().columns)


def _no_cells() -> pd.DataFrame:
    return pd.DataFrame(columns=["level", "answer", "label", "customers", "share"])


def _ends(found: Against, levels: pd.DataFrame) -> tuple[str, float, str, float, str]:
    """The levels that stand highest and lowest, and where: by median, or by share of everybody's commonest answer."""
    if found.measure == "ranks":
        at, answer = levels.set_index("label")["median"], ""
    else:
        everybody = found.cells[found.cells["level"] < 0]
        common, answer = everybody[["answer", "label"]].iloc[int(everybody["share"].argmax())]
        mine = found.cells[(found.cells["answer"] == common) & found.cells["level"].isin(levels["level"])]
        at = mine.merge(levels, on="level").set_index("label_y")["share_x"]
    return str(at.idxmax()), float(at.max()), str(at.idxmin()), float(at.min()), str(answer)
