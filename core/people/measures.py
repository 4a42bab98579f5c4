"""What a column of people measures: its values as numbers, its unit, and the levels or bands that divide by it."""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.warehouse.columns import MEASURED, Column
from core.warehouse.people import People

# Whole numbers that take no more values than this are their own levels.
FEW = 8
BANDS = 5
LUMPED = 0.6
YES_NO = ("no", "yes")
UNITS = {"age": "years", "recency": "days", "birth_year": "year"}
# Stands in the words of a level for the sign of the currency, which only the page knows.
MONEY = "¤"
# Columns that are made here have no role of their own.
MADE = {"tenure": "days", "web_share": "share", "store_share": "share", "catalog_share": "share"}


@dataclass(frozen=True)
class Level:
    """A group of customers by one column: its words, and the half-open interval or the value that it stands for."""

    label: str
    low: float = math.nan
    high: float = math.nan
    value: str = ""


def measured(source: People) -> list[Column]:
    """The columns that can be measured, in the order of the table."""
    return [column for column in source.columns if can_be_measured(column)]


def can_be_measured(column: Column) -> bool:
    """Whether its scale says how to count with it."""
    return column.scale in MEASURED


def numeric(column: Column) -> bool:
    """Whether a mean of it makes sense."""
    return column.scale in ("number", "amount")


def unit(column: Column) -> str:
    """How to read its values.

    ``money`` (in cents), ``years``, ``days``, ``year`` (no thousands), ``share`` (0 to 1), ``level``, ``category`` or
    ``number``.
    """
    if column.scale == "amount":
        return "money"
    if column.scale == "number":
        return (
            MADE.get(column.slug, "number") if column.derived and not column.role else UNITS.get(column.role, "number")
        )
    return "level" if column.scale == "ordinal" else "category"


def numbers(frame: pd.DataFrame, column: Column) -> pd.Series:
    """A column as numbers: money in cents, ordered levels by their place, yes as 1 and no as 0; missing stays so.

    Examples
    --------
    >>> frame = pd.DataFrame({"deal": ["yes", "no", None]})
    >>> numbers(frame, Column("Deal", "", "", "", "", slug="deal", scale="yes_no")).tolist()
    [1.0, 0.0, nan]
    """
    values = frame[column.slug]
    if column.scale == "yes_no":
        return values.map(dict(zip(YES_NO, (0.0, 1.0), strict=True))).astype(float)
    values = values.astype(float)
    return (100 * values).round() if column.scale == "amount" else values


def levels(frame: pd.DataFrame, column: Column) -> list[Level]:
    """The groups into which a column divides the customers, in their natural order; only those that somebody is in."""
    values = frame[column.slug].dropna()
    if column.scale == "ordinal":
        places = sorted(int(place) for place in values.unique())
        return [Level(_named(column.levels, place), place, place + 1) for place in places]
    if not numeric(column):
        counts = values.astype(str).value_counts()
        known = [*column.levels, *sorted(set(counts.index) - set(column.levels))]
        return [Level(name, value=name) for name in known if name in counts.index]
    return _bands(np.sort(numbers(frame, column).dropna().to_numpy()), unit(column))


def place(frame: pd.DataFrame, column: Column, found: list[Level]) -> np.ndarray:
    """For each customer the number of their level, −1 where it is missing."""
    if column.scale in ("nominal", "yes_no"):
        order = {level.value: number for number, level in enumerate(found)}
        named: np.ndarray = frame[column.slug].map(order).fillna(-1).to_numpy(dtype=int)
        return named
    values = numbers(frame, column).to_numpy()
    where: np.ndarray = np.full(len(values), -1)
    for number, level in enumerate(found):
        where[(values >= level.low) & (values < level.high)] = number
    return where


def made_of(column: Column, other: Column) -> bool:
    """Whether a column was derived from another."""
    names = "|".join(re.escape(name) for name in (other.name, other.slug) if name)
    return bool(column.derived and names and re.search(rf"(?<!\w)({names})(?!\w)", column.derived))


def steps(low: float, high: float, most: int, least: float = 1e-9) -> np.ndarray:
    """Round borders from below ``low`` to above ``high``, at most ``most`` intervals of one width, ``least`` or more.

    Examples
    --------
    >>> steps(7500, 84000, 6)
    array([     0.,  20000.,  40000.,  60000.,  80000., 100000.])
    """
    rough, whole = max((high - low) / most, least), least >= 1
    size = 10.0 ** math.floor(math.log10(rough))
    for factor in (1, 2, 5, 10, 20):
        step = float(factor * size)
        # Of whole numbers the last interval holds its end; of others a border there would open an empty one.
        first, last = math.floor(low / step), math.floor(high / step + (1 if whole else 1 - 1e-9))
        if last - first <= most:
            break
    borders: np.ndarray = np.round(np.arange(first, last + 1) * step, 9)
    return borders


def _bands(values: np.ndarray, unit: str) -> list[Level]:
    """Each value where they are few and whole, else round bands with open ends, else quarters where one band lumps."""
    if not len(values):
        return []
    scale = 100 if unit == "money" else 1
    distinct = np.unique(values)
    if len(distinct) <= FEW and (distinct == distinct.round()).all():
        return [Level(_plain(v / scale, unit), v, np.nextafter(v, np.inf)) for v in distinct]
    low, high = np.quantile(values, (0.02, 0.98)) / scale
    borders = steps(low, high, BANDS + 1)[1:-1] * scale
    sizes = np.diff(np.searchsorted(values, [-np.inf, *borders, np.inf]))
    if not len(borders) or sizes.max() > LUMPED * len(values):
        borders = np.unique([_rounded(cut) for cut in np.quantile(values, (0.25, 0.5, 0.75))])
    ends = [-np.inf, *borders, np.inf]
    whole = unit not in ("money", "share") and bool((distinct == distinct.round()).all())
    found = [
        Level(_between(start / scale, stop / scale, unit, whole), start, stop)
        for start, stop in itertools.pairwise(ends)
    ]
    return [level for level in found if ((values >= level.low) & (values < level.high)).any()]


def _between(low: float, high: float, unit: str, whole: bool) -> str:
    if low == -math.inf:
        return f"under {_plain(high, unit)}"
    if high == math.inf:
        return f"{_plain(low, unit)} or more"
    # People say 30 to 39 of whole years, and 20,000 to 40,000 of money.
    last = high - 1 if whole else high
    return f"{_plain(low, unit)} to {_plain(last, unit)}" if last > low else _plain(low, unit)


def _plain(value: float, unit: str) -> str:
    if unit == "year":
        return f"{value:.0f}"
    if unit == "share":
        return f"{100 * value:.0f} %"
    if unit == "money":
        return MONEY + _plain(value, "")
    return f"{value:,.0f}" if value == round(value) else f"{value:,.2f}".rstrip("0")


def _rounded(value: float) -> float:
    """Two figures are enough for a border that nobody chose."""
    if value == 0:
        return 0.0
    size = 10.0 ** (math.floor(math.log10(abs(value))) - 1)
    return round(value / size) * size


def _named(names: tuple[str, ...], place: int) -> str:
    return names[place] if 0 <= place < len(names) else str(place)
