"""Differences of a segment of a table in a few words: what they are called, and what can be added behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.segments.inputs.tables import figured

# Role -> what more and less of it makes of customers, and how that is added to another name.
NOUNS = {
    "age": ("Older customers", "Younger customers", "who are older", "who are younger"),
    "income": ("Higher earners", "Lower earners", "with higher income", "with lower income"),
    "total_spend": ("Higher spenders", "Lower spenders", "who spend more", "who spend less"),
    "spend": ("", "", "who spend more on {label}", "who spend less on {label}"),
    "orders": ("Frequent buyers", "Rare buyers", "who buy more often", "who buy less often"),
    "purchase_frequency": ("Frequent buyers", "Rare buyers", "who buy more often", "who buy less often"),
    "browsing_frequency": ("Frequent browsers", "Rare browsers", "who browse more often", "who browse less often"),
    "web_purchases": ("Web buyers", "", "who buy more on the web", "who buy less on the web"),
    "store_purchases": ("Store shoppers", "", "who buy more in stores", "who buy less in stores"),
    "catalog_purchases": ("Catalogue buyers", "", "who buy more by catalogue", "who buy less by catalogue"),
    "deal_purchases": ("Deal seekers", "", "who buy more on offer", "who buy less on offer"),
    "web_visits": ("Website visitors", "", "who visit the website more", "who visit the website less"),
    "recency": ("Lapsed customers", "Recent customers", "who bought longer ago", "who bought more lately"),
    "children": ("Families", "", "with more children", "with fewer children"),
    "accepted": ("Campaign responders", "", "who accept more campaigns", "who accept fewer campaigns"),
    "complaint": ("Complainers", "", "with more complaints", "with fewer complaints"),
    "review_reliance": ("Review readers", "Review sceptics", "who rely more on reviews", "who rely less on reviews"),
    "satisfaction": ("Satisfied customers", "Dissatisfied customers", "who are more satisfied",
                     "who are less satisfied"),
}  # fmt: skip
# Of a mark from 1 to 5 nobody can tell which end is the good one.
OPINIONS = ("review_reliance", "satisfaction")
RHYTHMS = {"purchase_frequency": "who buy", "browsing_frequency": "who browse"}
PERSONS = ("gender", "marital", "education", "country")
WOMEN, MEN = ("female", "f", "woman", "women", "weiblich", "femme", "mulher"), ("male", "m", "man", "men", "homme")


@dataclass(frozen=True)
class Phrase:
    """One difference: a name for such customers, where there is one; what is put behind a name; and the bare words."""

    head: str
    tail: str
    bare: str


def phrase(row: dict[str, Any]) -> Phrase:
    """What a row of :func:`core.segments.describing.comparing.compare` says of a segment.

    Examples
    --------
    >>> phrase({"role": "age", "label": "Age", "scale": "number", "effect": -1.0, "level": ""}).head
    'Younger customers'
    """
    if row["scale"] == "nominal":
        level = people_called(row["apart"]) if row["role"] == "gender" else str(row["apart"])
        bare = f"more {level}" if row["role"] in PERSONS else f"more {level} in {plain(row['label'])}"
        return Phrase("", f"with {bare}", bare)
    up, noun = row["effect"] > 0, NOUNS.get(row["role"])
    if noun and not (row["role"] in OPINIONS and (row["scale"] == "number" or figured(row["level"]))):
        tail = noun[2 if up else 3].format(label=plain(row["label"]))
        if row["role"] in RHYTHMS and row["level"] and row["share"] >= 0.5:
            tail = f"{RHYTHMS[row['role']]} {row['level'][:1].lower()}{row['level'][1:]}"
        return Phrase(noun[0 if up else 1], tail, re.sub("^(who|with) (are )?", "", tail))
    if row["scale"] == "yes_no":
        _, several, choice = row["label"].rpartition(": ")
        bare = f"{'more' if up else 'less'} {'' if several else 'yes to '}{plain(choice)}"
        often = "more often" if up else "less often"
        return Phrase("", f"who choose {plain(choice)} {often}" if several else f"with {bare}", bare)
    of = " marks for" if row["scale"] == "ordinal" and figured(row["level"]) else ""
    bare = f"{'higher' if up else 'lower'}{of} {plain(row['label'])}"
    return Phrase("", f"with {bare}", bare)


def join(phrases: Sequence[Phrase]) -> str:
    """A name from several differences, the strongest first.

    Examples
    --------
    >>> readers, weekly = Phrase("Review readers", "who read", "read"), Phrase("", "who buy weekly", "buy weekly")
    >>> join([weekly, readers]), join([Phrase("", "with higher age", "higher age"), weekly])
    ('Review readers who buy weekly', 'Higher age, buy weekly')
    """
    first = next((each for each in phrases[:2] if each.head), None)
    if first is None:
        words = ", ".join(each.bare for each in phrases)
        for side in ("higher", "lower"):
            words = words.replace(f", {side} marks for ", " and ") if words.startswith(f"{side} marks") else words
        return words[:1].upper() + words[1:]
    others = [each for each in phrases if each is not first]
    linked = [f" {each.tail}" if number == 0 else f", {each.bare}" for number, each in enumerate(others)]
    return "".join([first.head, *linked])


def plain(label: str) -> str:
    """A header as words in a sentence.

    Examples
    --------
    >>> plain("Cart_Completion_Frequency"), plain("NumWebVisits"), plain("BMI (kg)")
    ('cart completion frequency', 'num web visits', 'BMI (kg)')
    """
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub(r"[_\s]+", " ", label)).strip()
    return " ".join(word if len(word) > 1 and word.isupper() else word.lower() for word in words.split())


def people_called(level: str) -> str:
    """Women and men as such, other answers as they were given."""
    return "women" if level.casefold() in WOMEN else "men" if level.casefold() in MEN else level
