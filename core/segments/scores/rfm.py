"""Recency, frequency and monetary scores from 1 to 5, and the groups they make."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from core.codec import cacheable
from core.segments.describing.sizes import buyers, part
from core.segments.inputs import features
from core.segments.scores import rfm_edges, rfm_maps
from core.segments.scores.rfm_edges import Rule, edges
from core.segments.scores.rfm_maps import Group, Map
from core.stages import stage
from core.warehouse.tables import Slice

__all__ = ["GROUPS", "MAP", "Grid", "Group", "Rfm", "edges", "grid", "group_of", "rfm", "score"]

# The usual map.
GROUPS = rfm_maps.usual().groups
MAP = rfm_maps.usual().cells


@cacheable
@dataclass(frozen=True)
class Rfm:
    """Scores of every customer.

    ``scores``: customer, r, f, m, fm, group (slug). ``edges``: per feature the four values at which the score
    changes, so that a new customer is scored without ranking again. ``empty``: sentences on scores nobody has.
    ``map``: the text of the map of groups.
    """

    scores: pd.DataFrame
    edges: dict[str, list[float]]
    empty: list[str]
    map: str = field(default="")

    @property
    def drawn(self) -> Map:
        """The map of groups."""
        return rfm_maps.read(self.map)


@cacheable
@dataclass(frozen=True)
class Grid:
    """``cells``: r, fm, group, customers, cents, share, revenue_share; all 25, R falling, FM falling."""

    cells: pd.DataFrame
    customers: int
    cents: int


def score(values: np.ndarray, cuts: list[float], *, falling: bool = False) -> np.ndarray:
    """Scores from 1 to 5 under known edges; also of customers who were not there when the edges were found.

    Examples
    --------
    >>> score(np.array([1.0, 2.0, 99.0]), [-np.inf, 1.0, 1.0, 2.0])
    array([2, 4, 5])
    """
    passed = [values < cut if falling else values > cut for cut in cuts]
    scores: np.ndarray = 1 + np.sum(passed, axis=0)
    return scores


def group_of(r: np.ndarray, f: np.ndarray, m: np.ndarray, drawn: Map | None = None) -> tuple[np.ndarray, np.ndarray]:
    """FM, (F + M) / 2 rounded half up, and the slug of the group."""
    fm = (f + m + 1) // 2
    return fm, (drawn or rfm_maps.usual()).assign(r, fm)


@stage(version=2)
def rfm(source: Slice, drawn: str = "", thresholds: str = "") -> Rfm:
    """Score every customer of the dataset.

    Parameters
    ----------
    source : Slice
        The whole dataset: scores do not depend on the period or filters looked at.
    drawn, thresholds : str
        The map of groups and own thresholds; see :func:`core.segments.scores.rfm_maps.read` and
        :func:`core.segments.scores.rfm_edges.read`.
    """
    people, rules = features.customers(source), rfm_edges.read(thresholds)
    cuts = found_edges(people, rules)
    frame = scores(people, cuts, rfm_maps.read(drawn))
    empty = []
    for (slug, column), score_ in zip(figures(people).items(), "rfm", strict=True):
        empty += _empty(slug, column, frame[score_].to_numpy(), rules[slug])
    return Rfm(frame, cuts, empty, drawn)


def figures(people: pd.DataFrame) -> dict[str, np.ndarray]:
    """What is scored: days, orders and cents of customers."""
    columns = {"recency_days": "recency_days", "frequency": "frequency", "monetary": "cents"}
    return {slug: people[column].to_numpy(dtype=float) for slug, column in columns.items()}


def found_edges(people: pd.DataFrame, rules: dict[str, Rule]) -> dict[str, list[float]]:
    """The values at which the scores of these customers change."""
    return {slug: rules[slug].edges(column, slug) for slug, column in figures(people).items()}


def scores(people: pd.DataFrame, cuts: dict[str, list[float]], drawn: Map) -> pd.DataFrame:
    """customer, r, f, m, fm and group under known edges."""
    r, f, m = codes(people, cuts)
    fm, group = group_of(r, f, m, drawn)
    return pd.DataFrame({"customer": people["customer"], "r": r, "f": f, "m": m, "fm": fm, "group": group})


def codes(people: pd.DataFrame, cuts: dict[str, list[float]]) -> list[np.ndarray]:
    """The scores R, F and M of customers under known edges."""
    return [score(v, cuts[slug], falling=slug == "recency_days") for slug, v in figures(people).items()]


def _empty(slug: str, values: np.ndarray, scores: np.ndarray, rule: Rule) -> list[str]:
    missing = [str(level) for level in range(1, 6) if level not in scores]
    if not missing:
        return []
    word = {"recency_days": "recency", "frequency": "orders", "monetary": "spend"}[slug]
    level = f"score {missing[0]}" if len(missing) == 1 else f"scores {', '.join(missing[:-1])} and {missing[-1]}"
    if not rule.relative:
        return [f"Nobody has {level} for {word}: no customer lies between those thresholds of yours."]
    common, counts = np.unique(values, return_counts=True)
    value, count = common[counts.argmax()], counts.max()
    shared = {
        "recency_days": f"ordered last {value:,.0f} days ago",
        "frequency": "ordered once" if value == 1 else f"ordered {value:,.0f} times",
        "monetary": "spent exactly the same",
    }[slug]
    return [
        f"Nobody has {level} for {word}: {count:,} of {len(values):,} customers {shared}, and equal customers "
        "get equal scores."
    ]


@stage(version=2)
def grid(source: Slice, drawn: str = "", thresholds: str = "", *, scored: Rfm) -> Grid:
    """Customers and revenue of a slice on the 5 × 5 grid.

    Parameters
    ----------
    source : Slice
        Any period, countries and members; a customer counts with a counted order in it.
    drawn, thresholds
        Name the map and thresholds that ``scored`` comes from.
    scored : Rfm
        The scores of the whole dataset.
    """
    rows = buyers(source).merge(scored.scores[["customer", "r", "fm"]], on="customer")
    sums = rows.groupby(["r", "fm"]).agg(customers=("customer", "size"), cents=("cents", "sum"))
    order = [(r, fm) for r in range(5, 0, -1) for fm in range(5, 0, -1)]
    cells = (
        sums.reindex(pd.MultiIndex.from_tuples(order, names=["r", "fm"]), fill_value=0).reset_index().astype("int64")
    )
    cells.insert(2, "group", [scored.drawn.cells[cell] for cell in order])
    cells = cells.assign(share=part(cells["customers"]), revenue_share=part(cells["cents"]))
    return Grid(cells, int(cells["customers"].sum()), int(cells["cents"].sum()))


@stage(version=1)
def changes(source: Slice, drawn: str = "", thresholds: str = "", *, one: Rfm, other: Rfm) -> pd.DataFrame:
    """How many customers are in which group of one and of another: group, other, customers; the most first.

    Parameters
    ----------
    source : Slice
        The whole dataset.
    drawn, thresholds
        Name the map and thresholds that ``one`` comes from; ``other`` has the usual ones.
    """
    pairs = pd.DataFrame({"group": one.scores["group"], "other": other.scores["group"]})
    found = pairs.value_counts().rename("customers").reset_index()
    return found.sort_values(["customers", "group", "other"], ascending=[False, True, True], ignore_index=True)
