"""Who the customers are in one sentence: how many segments, the one that brings most, the largest of the others."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import words
from dashboard.components import table_segments


def answer(sizes: Any, every: list[Any], apart: int, money: str) -> list[Any]:
    """How many segments, and the two that matter most; who is in none is told last.

    Parameters
    ----------
    sizes : Sizes
    every : list of SegmentName
    apart : int
        The id of those who are in no segment, 0 where there are none.
    money : str
        What the share of money is of; empty where nobody knows any.
    """
    if not sizes.customers:
        return ["Nobody ordered in this period and these countries."]
    names = [name for name in every if name.id != apart]
    rows = {row["id"]: row for row in sizes.rows.to_dict("records")}
    rest: list[Any] = []
    if apart and rows[apart]["customers"]:
        called = next(name.name for name in every if name.id == apart)
        rest = [f" The other {words.percent(rows[apart]['share'])}, ", html.Strong(called)]
        rest += [", bring ", html.Strong(words.percent(rows[apart]["revenue_share"])), "."] if money else ["."]
    if not money:
        return [*table_segments.largest_and_smallest(sizes, names), *rest]
    best = max(names, key=lambda name: rows[name.id]["cents"])
    largest = max((n for n in names if n is not best), key=lambda n: rows[n.id]["customers"])
    said: list[Any] = [f"{words.in_words(len(names)).capitalize()} segments. "]
    for name, verb in ((best, " of customers and bring "), (largest, " and bring ")):
        row = rows[name.id]
        said += [
            html.Strong(name.name), f" are {words.percent(row['share'])}{verb}",
            html.Strong(words.percent(row["revenue_share"])),
            f" of {money}; " if name is best else ".",
        ]  # fmt: skip
    return [*said, *rest]
