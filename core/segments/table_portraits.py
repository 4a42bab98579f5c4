"""Two sentences on a segment of a customer table or survey: who they are, and how they buy, each against everyone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from core.segments.phrases import people_called, phrase, plain
from core.segments.verdict import percent

MOST = 5
WHO = ("gender", "age", "income", "children", "education", "marital")
HOW = (
    "total_spend", "web_purchases", "store_purchases", "catalog_purchases", "deal_purchases", "web_visits", "orders",
    "recency", "accepted", "browsing_frequency", "purchase_frequency", "review_reliance", "satisfaction", "improvement",
)  # fmt: skip
# What an average is called, where it can stand in a sentence.
AVERAGES = {
    "age": "they are {they:.0f} years old on average (all {all:.0f})",
    "income": "earn {times}",
    "children": "have {they:.1f} children at home (all {all:.1f})",
    "total_spend": "spend {times}",
    "orders": "buy {they:.1f} times (all {all:.1f})",
    "web_purchases": "buy {they:.1f} times on the web (all {all:.1f})",
    "store_purchases": "{they:.1f} times in stores (all {all:.1f})",
    "catalog_purchases": "{they:.1f} times by catalogue (all {all:.1f})",
    "deal_purchases": "{they:.1f} times on offer (all {all:.1f})",
    "web_visits": "visit the website {they:.1f} times (all {all:.1f})",
    "recency": "bought {they:.0f} days ago (all {all:.0f})",
    "accepted": "accepted {they:.1f} campaigns (all {all:.1f})",
}
LEVELS = {
    "browsing_frequency": "browse",
    "purchase_frequency": "buy",
    "improvement": "want better",
    "gender": "are",
}


def told(mine: pd.DataFrame, learned: pd.DataFrame, size: Mapping[Any, Any]) -> str:
    """The portrait of one segment.

    Parameters
    ----------
    mine : frame
        Its rows of :func:`core.segments.comparing.compare`, all features.
    learned : frame
        Rows of the features that segments were learned from: what is not among them is told of persons only.
    size : dict
        customers and share.
    """
    rows = mine.sort_values("effect", key=abs, ascending=False, kind="stable").to_dict("records")
    first: dict[str, dict[str, Any]] = {}
    for row in rows:
        first.setdefault(str(row["role"]), {str(key): value for key, value in row.items()})
    chosen = set(learned["role"])
    who = [said(first[role]) for role in WHO if role in first]
    how = [said(first[role]) for role in HOW if role in first and (role in chosen or role == "total_spend")]
    count = "One customer" if size["customers"] == 1 else f"{size['customers']:,} customers"
    start = f"{count}, {percent(size['share'])} of all"
    if not who and not how:
        apart = [phrase({str(k): v for k, v in row.items()}).bare for row in rows[:3] if row["effect"]]
        words = _list(apart or ["much like everyone"])
        return f"{start}. {words[:1].upper()}{words[1:]}."
    return _sentences(start, who, how)


def said(row: dict[str, Any]) -> str:
    """One figure of a segment beside that of all."""
    role, average = row["role"], AVERAGES.get(row["role"])
    if row["level"]:
        level = people_called(row["level"])
        own, every = percent(row["share"]), percent(row["share_all"])
        if role == "gender":
            return f"{own} are {level} (all {every})"
        return f"{own} {LEVELS[role]} {_low(level)} (all {every})" if role in LEVELS else (
            f"{plain(row['label'])}: {own} {level} (all {every})"
        )  # fmt: skip
    if average:
        return average.format(they=row["they"], all=row["all"], times=times(row["they"], row["all"]))
    return f"{plain(row['label'])} {row['they']:,.1f} (all {row['all']:,.1f})"


def times(value: float, average: float) -> str:
    """An amount against the average of all."""
    if not average > 0 or not value >= 0:
        return "an amount that cannot be compared"
    ratio = value / average
    if ratio >= 1.15:
        return f"{ratio:.1f} times the average"
    return "about the average" if ratio >= 0.87 else f"{percent(ratio)} of the average"


def _sentences(start: str, who: list[str], how: list[str]) -> str:
    first = f"{start}: {', '.join(who)}" if who else start
    second = "; ".join(how)
    return f"{first}. {second[:1].upper()}{second[1:]}." if how else f"{first}."


def _list(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _low(word: str) -> str:
    return word[:1].lower() + word[1:]
