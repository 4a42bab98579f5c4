"""Conditions on customers that can be said in words: "more than 6 orders", "country is Germany"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.segments.inputs import logs, matrix
from core.segments.inputs.matrix import UNKNOWN, Feature
from core.segments.inputs.tables import scored
from core.segments.naming.phrases import plain

# Stands for the sign of the currency; it has no other place in a condition.
MONEY = "¤"
# Of an order log: over, under, between both, and exactly; in {} stand the bounds.
SAID = {
    "recency_days": ("last order over {} days ago", "last order under {} days ago",
                     "last order over {} and under {} days ago", "last order {} days ago"),
    "frequency": ("more than {} orders", "fewer than {} orders", "more than {} and fewer than {} orders",
                  "exactly {} orders"),
    "monetary": ("spend over {}", "spend under {}", "spend over {} and under {}", "spend of {}"),
    "order_value": ("over {} an order", "under {} an order", "over {} and under {} an order", "{} an order"),
    "items_per_order": ("more than {} items an order", "fewer than {} items an order",
                        "more than {} and fewer than {} items an order", "{} items an order"),
    "price": ("over {} an item", "under {} an item", "over {} and under {} an item", "{} an item"),
    "products": ("more than {} different products", "fewer than {} different products",
                 "more than {} and fewer than {} different products", "{} different products"),
    "tenure_days": ("first order over {} days ago", "first order under {} days ago",
                    "first order over {} and under {} days ago", "first order {} days ago"),
    "days_between": ("more than {} days between orders", "fewer than {} days between orders",
                     "more than {} and fewer than {} days between orders", "{} days between orders"),
    "returned_share": ("more than {} returned", "less than {} returned", "more than {} and less than {} returned",
                       "{} returned"),
}  # fmt: skip
COUNTED = {"days": " days", "years": " years"}
_SINGLE = re.compile(r"(?<![\d.,])(1|1 different) (order|day|item|product|year)s\b")


@dataclass(frozen=True)
class Condition:
    """Something that holds of a customer or does not; what is not known of them is over and under nothing.

    Parameters
    ----------
    feature : Feature
    low, high : float
        The value is over ``low`` and under ``high``; of ordered levels by their places from 0, yes is 1 and no is 0.
    level : str
        The category that it is, or is not.
    negated : bool
        Whether it is not that category.
    whole : bool
        Whether all values are whole numbers.
    """

    feature: Feature
    low: float = -np.inf
    high: float = np.inf
    level: str = ""
    negated: bool = False
    whole: bool = False

    def holds(self, columns: Mapping[str, np.ndarray]) -> np.ndarray:
        """Of whom it holds; ``columns`` as of :func:`columns`."""
        values = columns[self.feature.slug]
        if self.level == UNKNOWN:
            found: np.ndarray = pd.isna(values)
        elif self.level:
            found = values == self.level
        else:
            return (values > self.low) & (values < self.high)
        return ~found if self.negated else found

    @property
    def words(self) -> str:
        """It in words; amounts with :data:`MONEY` as their sign.

        Examples
        --------
        >>> orders = logs.RFM[1]
        >>> Condition(orders, low=6, whole=True).words, Condition(orders, high=2, whole=True).words
        ('more than 6 orders', 'at most 1 order')
        >>> Condition(Feature("land", "Country_Name", "category", "", "", scale="nominal"), level="Germany").words
        'country name is Germany'
        """
        feature, name = self.feature, plain(self.feature.noun or self.feature.label)
        if self.level:
            said = "not known" if self.level == UNKNOWN else self.level
            return f"{name} is {'not ' if self.negated and said != 'not known' else ''}{_known(said, self.negated)}"
        if feature.scale == "yes_no":
            return _agreed(feature, yes=self.low >= 0)
        if feature.scale == "ordinal":
            return self._leveled(name)
        over, under, between, exactly = (
            SAID[feature.slug] if feature in logs.FIGURES else _of_tables(name, feature.unit)
        )
        low, high = (_amount(bound, feature.unit) for bound in (self.low, self.high))
        if self.whole and self.high - self.low == 2:
            text = exactly.format(_amount(self.low + 1, feature.unit))
        elif np.isfinite(self.low) and np.isfinite(self.high):
            text = between.format(low, high)
        elif np.isfinite(self.low):
            text = over.format(low)
        elif self.whole and self.high == 2 and under.startswith("fewer than {}"):
            text = under.replace("fewer than", "at most").format("1")
        else:
            text = under.format(high)
        return _SINGLE.sub(r"\1 \2", text)

    def _leveled(self, name: str) -> str:
        """Ordered levels between the bounds, by their own words."""
        levels = self.feature.levels
        places = [place for place in range(len(levels)) if self.low < place < self.high]
        if not places:
            return f"{name} is none of its levels"
        first, last = levels[places[0]], levels[places[-1]]
        more, less = ("or more", "or less") if scored(self.feature) else ("or higher", "or lower")
        if len(places) == 1:
            return f"{name} is {_quoted(first)}"
        if places[-1] == len(levels) - 1:
            return f"{name} is {_quoted(first)} {more}"
        if places[0] == 0:
            return f"{name} is {_quoted(last)} {less}"
        return f"{name} is {_quoted(first)} to {_quoted(last)}"


def columns(frame: pd.DataFrame, features: Sequence[Feature]) -> dict[str, np.ndarray]:
    """What conditions are looked up in: numbers, and categories as text; missing is NaN or None.

    Parameters
    ----------
    frame : frame
        A column a feature by its slug; see :func:`core.segments.inputs.features.frame`.
    """
    return {
        each.slug: frame[each.slug].astype(object).where(frame[each.slug].notna(), None).to_numpy()
        if each.scale == "nominal"
        else matrix.numbers(frame[each.slug], each).to_numpy(dtype=float)
        for each in features
    }


def rounder(value: float) -> Iterator[float]:
    """Ever less round numbers near a value.

    Examples
    --------
    >>> list(rounder(1373.0))[:4]
    [1000.0, 1500.0, 1400.0, 1350.0]
    """
    if value == 0 or not np.isfinite(value):
        return
    size = 10.0 ** np.floor(np.log10(abs(value)))
    for step in (size, size / 2, size / 10, size / 20, size / 100, size / 200, size / 1000):
        yield float(f"{round(value / step) * step:.10g}")


def _amount(value: float, unit: str) -> str:
    if not np.isfinite(value):
        return ""
    if unit == "share":
        return f"{_plain(100 * value)} %"
    if unit == "money":
        return f"{'−' if value < 0 else ''}{MONEY}{_plain(abs(value), money=True)}"
    return f"{value:.0f}" if unit == "year" else _plain(value)


def _plain(value: float, *, money: bool = False) -> str:
    """All the figures that a number has."""
    rounded = round(value, 8)
    if rounded == int(rounded):
        return f"{int(rounded):,}".replace("-", "−")
    text = f"{rounded:,.8f}".rstrip("0").replace("-", "−")
    return f"{text}0" if money and len(text.partition(".")[2]) == 1 else text


def _of_tables(name: str, unit: str) -> tuple[str, str, str, str]:
    many = COUNTED.get(unit, "") if unit != "years" or name != "age" else ""
    return (f"{name} over {{}}{many}", f"{name} under {{}}{many}", f"{name} over {{}} and under {{}}{many}",
            f"{name} of exactly {{}}{many}")  # fmt: skip


def _agreed(feature: Feature, *, yes: bool) -> str:
    if feature.question:
        choice = feature.label.rpartition(": ")[2] or feature.label
        return f"{'chose' if yes else 'did not choose'} {_quoted(choice)}"
    return f"{plain(feature.label)}: {'yes' if yes else 'no'}"


def _known(said: str, negated: bool) -> str:
    return "known" if said == "not known" and negated else said


def _quoted(level: str) -> str:
    """A level as it was given; figures need no marks around them."""
    return level if re.fullmatch(r"[\d.,]+", level) else f"“{level}”"
