"""Profiles of segments in words: values with their unit, how far from the average, and where boxes lie."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from dashboard import words

EXTREME = 1.5
SKEWED = 30
EFFECTS = ((0.2, "next to none"), (0.5, "small"), (0.8, "medium"), (math.inf, "large"))


def said(value: float, unit: str, currency: str) -> str:
    """A value of a profile as people read it; money comes in cents.

    >>> said(0.742, "share", "GBP"), said(13.75, "orders", "GBP"), said(808801.8, "money", "GBP")
    ('74 %', '13.8', '£8,088')
    """
    if unit == "money":
        return words.money(value, currency) if abs(value) < 1e4 else words.whole_money(value, currency)
    if unit == "share":
        return words.percent(value, 0)
    return _number(value, unit)


def _number(value: float, unit: str) -> str:
    """Averages of what people have few of need a place after the point; a year has no thousands."""
    if unit == "year":
        return f"{value:.0f}"
    fine = unit in ("orders", "lines", "items") or (unit in ("number", "level") and abs(value) < 20)
    return words.decimal(value, 1) if fine else words.count(value)


def told(row: dict[str, Any], value: str, said_as: str, currency: str) -> str:
    """A value in the words that came with it, such as a level, or as a number."""
    if isinstance(words_ := row.get(said_as), str) and words_:
        return words_
    return words.DASH if pd.isna(row[value]) else said(row[value], row["unit"], currency)


def low(label: str) -> str:
    """A label within a sentence; headers with capitals of their own stay as they are.

    >>> low("Days since last order"), low("MntWines")
    ('days since last order', 'MntWines')
    """
    return label[:1].lower() + label[1:] if label[1:] == label[1:].lower() else label


def heading(label: str, unit: str, currency: str) -> str:
    """A trait and its unit, where the label does not say it.

    >>> heading("Spend each", "money", "GBP")
    'Spend each, £'
    """
    sign = {"money": f", {words.symbol(currency).strip()}", "share": ", %"}.get(unit, "")
    return f"{label}{sign}"


def bare(value: float, unit: str) -> str:
    """The value alone, for a cell under a heading that holds the unit."""
    if pd.isna(value):
        return words.DASH
    if unit == "money":
        units = value / 100
        return words.count(units) if abs(units) >= 100 else words.decimal(units, 2)
    return words.count(100 * value) if unit == "share" else _number(value, unit)


def cell(row: dict[str, Any]) -> str:
    """What stands in a cell: a level in words, or the bare value."""
    words_ = row.get("said")
    return words_ if isinstance(words_, str) and words_ else bare(row["mean"], row["unit"])


def known(cells: pd.DataFrame) -> pd.DataFrame:
    """Of a log without money the cells that say something: no amounts, and nothing that is nothing for everybody."""
    told = cells.groupby("feature")["mean"].transform(lambda means: means.abs().max()) > 0
    return cells[told & (cells["unit"] != "money")]


def tint(z: float) -> str:
    """The colour of a cell: towards above or below the average, full at 1.5 standard deviations.

    >>> tint(-3.0), tint(0.75)
    ('color-mix(in srgb, var(--below) 100%, var(--middle))', 'color-mix(in srgb, var(--above) 50%, var(--middle))')
    """
    strength = round(100 * min(abs(z) / EXTREME, 1))
    return f"color-mix(in srgb, var(--{'above' if z > 0 else 'below'}) {strength}%, var(--middle))"


def effect(size: float) -> str:
    """An effect size in words, by the usual bounds (Cohen 1988).

    >>> effect(-0.3), effect(2.2)
    ('small', 'large')
    """
    return next(word for bound, word in EFFECTS if abs(size) < bound)


def headline(cells: pd.DataFrame, names: dict[int, str], currency: str) -> str:
    """In what the segments differ most, and who stands at its ends.

    Parameters
    ----------
    cells : DataFrame
        id, feature, label, unit, mean, z; id 0 is all customers.
    names : dict
        id -> name.
    """
    mine = cells[cells["id"] > 0]
    if mine.empty:
        return "No segments to compare"
    spread = mine.groupby("feature")["z"].agg(
        lambda z: z.clip(-2 * EXTREME, 2 * EXTREME).pipe(lambda c: c.max() - c.min())
    )
    rows = mine[mine["feature"] == spread.idxmax()].sort_values("mean")
    least, most = rows.iloc[0], rows.iloc[-1]
    ends = [_end(names[int(end["id"])], dict(end), currency) for end in (most, least)]
    label = words.header(most["label"])
    # A share is of those who did what the label says.
    what = f"“{label}”" if most["unit"] == "share" else low(label)
    return f"They differ most in {what}: {ends[0]}, {ends[1]}"


def _end(name: str, row: dict[str, Any], currency: str) -> str:
    """Who stands at an end; a level in words is set off from the name."""
    value = told(row, "mean", "said", currency)
    return f"{name} ({value})" if isinstance(row.get("said"), str) and row["said"] else f"{name} {value}"


def panels(boxes: pd.DataFrame) -> list[dict[str, Any]]:
    """Box plots laid out: for each trait its axis and, a row a segment, the places of its quantiles from 0 to 1.

    Parameters
    ----------
    boxes : DataFrame
        id, feature, label, unit, low, p5, lower, median, upper, p95, high; id 0 is all customers.
    """
    found = []
    for feature, rows in boxes.groupby("feature", sort=False):
        low, high = float(rows["p5"].min()), float(rows["p95"].max())
        logged = low > 0 and high / low > SKEWED and rows["unit"].iloc[0] != "days"
        start = low if logged else min(low, 0.0)

        def place(value: float, logged: bool = logged, start: float = start, high: float = high) -> float:
            if high <= start:
                return 0.5
            at = math.log(value / start) / math.log(high / start) if logged else (value - start) / (high - start)
            return min(max(at, 0.0), 1.0)

        cuts = ("p5", "lower", "median", "upper", "p95")
        lines = [
            {"id": int(row["id"]), **{cut: float(row[cut]) for cut in cuts}, "at": [place(row[cut]) for cut in cuts]}
            for _, row in rows.iterrows()
        ]
        first = rows.iloc[0]
        found.append(
            dict(feature=feature, label=first["label"], unit=first["unit"], logged=logged, start=start, end=high,
                 lines=lines)
        )  # fmt: skip
    return found


def in_units(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """A frame to take along: money in units of the currency instead of cents."""
    money = frame["unit"] == "money"
    return frame.assign(**{name: frame[name].where(~money, frame[name] / 100) for name in columns})
