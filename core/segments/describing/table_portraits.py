"""Two sentences on a segment of a customer table or survey: who they are, and how they buy, each against everyone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from core.segments.choosing.verdict import percent
from core.segments.naming.phrases import people_called, phrase, plain

Row = dict[str, Any]
# Worth a word of its own only from this effect on, and only so many of them.
NOTABLE, MOST = 0.2, 4
PERSON = ("age", "income", "children")
KIND = ("gender", "education", "marital")
# A survey is asked for these, whether its segments differ in them or not.
ASKED = ("browsing_frequency", "purchase_frequency", "review_reliance", "satisfaction", "improvement")
BUYING = {
    "total_spend": "spend {times}",
    "orders": "buy {they:.1f} times (all {all:.1f})",
    "web_purchases": "buy {they:.1f} times on the web (all {all:.1f})",
    "store_purchases": "buy {they:.1f} times in stores (all {all:.1f})",
    "catalog_purchases": "buy {they:.1f} times by catalogue (all {all:.1f})",
    "deal_purchases": "buy {they:.1f} times on offer (all {all:.1f})",
    "web_visits": "visit the website {they:.1f} times (all {all:.1f})",
    "recency": "last bought {they:.0f} days ago (all {all:.0f})",
    "accepted": "accept {they:.1f} campaigns (all {all:.1f})",
    "age": "are {they:.0f} years old on average (all {all:.0f})",
    "income": "earn {times}",
    "children": "have {they:.1f} children at home (all {all:.1f})",
}
ANSWERS = {
    "browsing_frequency": "browse {level}",
    "purchase_frequency": "buy {level}",
    "improvement": "name {level} as what to improve",
}


def told(mine: pd.DataFrame, learned: pd.DataFrame, size: Mapping[Any, Any]) -> str:
    """The portrait of one segment.

    Parameters
    ----------
    mine : frame
        Its rows of :func:`core.segments.describing.comparing.compare`, all features.
    learned : frame
        Rows of the features that segments were learned from: how they buy is told of these.
    size : dict
        customers and share.
    """
    rows = mine.sort_values("effect", key=abs, ascending=False, kind="stable").to_dict("records")
    strongest: list[Row] = [{str(key): value for key, value in row.items()} for row in rows]
    first = {row["role"]: row for row in reversed(strongest)}
    asked = [role for role in ASKED if role in first]
    who = [
        _buying(first[role]) for role in PERSON if role in first and (asked or abs(first[role]["effect"]) >= NOTABLE)
    ]
    kinds = [_share(first[role]) for role in KIND if role in first and (_matters(first[role], role, bool(asked)))]
    chosen = set(learned["role"]) | {"total_spend"}
    numbers = [row for row in strongest if row["scale"] in ("number", "amount") and row["role"] not in PERSON]
    buying = [row for row in numbers if row["role"] in BUYING and row["role"] in chosen]
    buying.sort(key=lambda row: (row["role"] != "total_spend", row["role"] == "recency"))
    how = [*map(_buying, {row["role"]: row for row in reversed(buying[:MOST])}.values())][::-1]
    how += [_answer(first[role]) for role in asked]
    if not how:
        how = [f"stand out by {word}" for word in _apart(strongest, learned)]
    count = "One customer" if size["customers"] == 1 else f"{size['customers']:,} customers"
    lead = f"{count} ({percent(size['share'])} of all){' who ' if who else ''}{_list(who)}"
    return (
        f"{'; '.join([lead, *kinds])}. {'Most often they' if asked and not buying else 'They'} {_list(how)}."
        if how
        else f"{'; '.join([lead, *kinds])}."
    )


def times(value: float, average: float) -> str:
    """An amount against the average of all."""
    if not average > 0 or not value >= 0:
        return "an amount that cannot be compared"
    ratio = value / average
    if ratio >= 1.15:
        return f"{ratio:.1f} times the average"
    return "about the average" if ratio >= 0.87 else f"{percent(ratio)} of the average"


def _buying(row: Row) -> str:
    if row["scale"] in ("number", "amount"):
        return BUYING[row["role"]].format(they=row["they"], all=row["all"], times=times(row["they"], row["all"]))
    return _answer(row)


def _answer(row: Row) -> str:
    """The most frequent level, or the average of a mark."""
    if row["unit"] == "number":
        return f"mark {plain(row['label'])} with {row['they']:.1f} (all {row['all']:.1f})"
    level = row["level"][:1].lower() + row["level"][1:]
    words = ANSWERS.get(row["role"], f"answer {plain(row['label'])} with “{row['level']}”").format(level=level)
    return f"{words} ({percent(row['share'])}, all {percent(row['share_all'])})"


def _share(row: Row) -> str:
    level = people_called(row["level"]) if row["role"] == "gender" else row["level"]
    return f"{percent(row['share'])} {level} (all {percent(row['share_all'])})"


def _matters(row: Row, role: str, asked: bool) -> bool:
    return bool(row["level"]) and (abs(row["effect"]) >= NOTABLE or (asked and role == "gender"))


def _apart(strongest: list[Row], learned: pd.DataFrame) -> list[str]:
    mine = [row for row in strongest if row["feature"] in set(learned["feature"]) and abs(row["effect"]) >= NOTABLE]
    return [_list([phrase(row).bare for row in mine[:3]])] if mine else []


def _list(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
