"""Segments of a customer table or a survey in words: of how many they are, what they were learned from, portraits."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import words
from dashboard.components import segments
from dashboard.components.cards import card
from dashboard.figures import profiles
from dashboard.state import Look


def of_how_many(learned: int, everybody: int) -> str:
    """How many customers of the table the segments are of, and why not all."""
    if learned >= everybody:
        return f"All {words.count(everybody)} customers"
    missing = words.count(everybody - learned)
    return f"{words.count(learned)} of {words.count(everybody)} customers; {missing} lack something and are left out"


def largest_and_smallest(sizes: Any, names: list[Any]) -> list[Any]:
    """Where no money is known, the largest and the smallest."""
    shares = {row["id"]: row["share"] for row in sizes.rows.to_dict("records")}
    ordered = sorted(names, key=lambda name: -shares[name.id])
    said: list[Any] = [f"{words.in_words(len(names)).capitalize()} segments. "]
    for name, start, end in ((ordered[0], "The largest, ", "; "), (ordered[-1], "the smallest, ", ".")):
        said += [start, html.Strong(name.name), ", are "]
        said += [html.Strong(words.percent(shares[name.id], 0)), f" of customers{end}"]
    return said


def features_said(features: list[Any]) -> str:
    """The features in a sentence."""
    nouns = [profiles.low(feature.noun or feature.label) for feature in features]
    return nouns[0] if len(nouns) == 1 else f"{', '.join(nouns[:-1])} and {nouns[-1]}"


def portraits(rows: Any, names: list[Any], look: Look, *, weak: bool) -> html.Div:
    """Each segment against everyone; of weak groups it says so."""
    return card(
        "Each segment against everyone" + (": weak groups, so read it as a tendency" if weak else ""),
        segments.against_everyone(rows, names, look.currency),
        sub="What most of a segment are or answer, or its average, beside that of all; the largest difference first",
        how="Of levels and categories the most frequent one of the segment, with its share there and among all; of "
        "numbers the average. Sorted by the difference in standard deviations between customers. Shares and averages "
        "are of those who have a value.",
        csv=look.download("portraits"),
    )
