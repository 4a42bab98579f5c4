"""Columns of customers as a matrix of numbers: one column a number, one a level of a category."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.segments.preparing import Prepared, prepare

# Rarer categories stand together: beyond that many, columns of zeros hardly tell customers apart.
MOST_LEVELS = 12
OTHER = "other"


@dataclass(frozen=True)
class Feature:
    """Something that is known of each customer.

    Parameters
    ----------
    slug, label, unit : str
        Its name in links, on the page, and what it counts: ``money`` is in units of the currency in the matrix.
    more, less : str
        What more and less of it is called.
    noun : str
        What it is called in a sentence.
    scale : str
        ``number``, ``amount``, ``ordinal``, ``nominal`` or ``yes_no``; see :data:`core.warehouse.columns.SCALES`.
    levels : tuple of str
        Of ordered levels the lowest first.
    role : str
        What it measures, where that is known; see :mod:`core.intake.roles`.
    derived : bool
        Whether it was made from other columns.
    question : str
        The several-choices column that it is a choice of: all choices together weigh like one feature.
    """

    slug: str
    label: str
    unit: str
    more: str
    less: str
    noun: str = ""
    scale: str = "number"
    levels: tuple[str, ...] = ()
    role: str = ""
    derived: bool = False
    question: str = ""

    @property
    def numeric(self) -> bool:
        """Whether an average of it makes sense as it is."""
        return self.scale in ("number", "amount")


@dataclass(frozen=True)
class FeatureTable:
    """What segments are learned from.

    Parameters
    ----------
    features : tuple of Feature
    rows : float array, customers × matrix columns
    owner : int array
        The feature, by its place, that each matrix column belongs to.
    levels : tuple of str
        The category that each matrix column stands for; empty where it is a number.
    """

    features: tuple[Feature, ...]
    rows: np.ndarray
    owner: np.ndarray
    levels: tuple[str, ...]

    def prepare(self, how: str) -> Prepared:
        """Bring all to one scale; ``how`` is for numbers and amounts, everything else is standardised."""
        told = [self.features[owner] for owner in self.owner]
        questions = np.unique([each.question or f"={each.slug}" for each in told], return_inverse=True)[1]
        return prepare(self.rows, how, questions, np.array([each.numeric for each in told]))

    def grows(self, column: int, up: bool) -> str:
        """What more, or less, of a matrix column is called."""
        feature, level = self.features[int(self.owner[column])], self.levels[column]
        if level:
            return f"{'more' if up else 'fewer'} {level}"
        return feature.more if up else feature.less

    def __str__(self) -> str:
        """The features in a sentence."""
        return named([feature.noun or feature.label for feature in self.features])


def assemble(frame: pd.DataFrame, features: Sequence[Feature]) -> FeatureTable:
    """The matrix of some columns.

    Parameters
    ----------
    frame : frame
        A column a feature by its slug: numbers, places of ordered levels, ``yes`` and ``no``, categories as text.
    features : sequence of Feature

    Notes
    -----
    A missing number or level is the median; a missing category the most frequent one.

    Examples
    --------
    >>> age, sex = Feature("age", "Age", "", "", ""), Feature("sex", "Sex", "", "", "", scale="nominal")
    >>> table = assemble(pd.DataFrame({"age": [20, None, 40], "sex": ["f", "m", "f"]}), [age, sex])
    >>> table.rows.tolist(), table.owner.tolist(), table.levels
    ([[20.0, 1.0, 0.0], [30.0, 0.0, 1.0], [40.0, 1.0, 0.0]], [0, 1, 1], ('', 'f', 'm'))
    """
    parts, owner = [np.empty((len(frame), 0))], list[int]()
    levels = list[str]()
    for place, feature in enumerate(features):
        words = categories(frame[feature.slug]) if feature.scale == "nominal" else ("",)
        parts.append(_columns(frame[feature.slug], feature, words))
        owner += [place] * len(words)
        levels += words
    return FeatureTable(tuple(features), np.concatenate(parts, axis=1), np.array(owner, dtype=int), tuple(levels))


def numbers(values: pd.Series, feature: Feature) -> pd.Series:
    """A column that is no category as numbers: yes is 1, no is 0."""
    if feature.scale == "yes_no":
        return values.map({"yes": 1.0, "no": 0.0}).astype(float)
    return values.astype(float)


def categories(values: pd.Series) -> tuple[str, ...]:
    """The categories that get a column, the most frequent first, of equals by name."""
    counts = values.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    found = [str(level) for level in counts.index]
    return tuple(found) if len(found) <= MOST_LEVELS else (*found[: MOST_LEVELS - 1], OTHER)


def named(words: Sequence[str], most: int = 6) -> str:
    """A list in a sentence.

    Examples
    --------
    >>> named(["age", "income", "orders"]), named(list("abcdefgh"))
    ('age, income and orders', '8 columns, such as a, b and c')
    """
    if len(words) > most:
        return f"{len(words)} columns, such as {', '.join(words[:2])} and {words[2]}"
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else list(words))


def _columns(values: pd.Series, feature: Feature, words: tuple[str, ...]) -> np.ndarray:
    if feature.scale == "nominal":
        if not words:
            return np.zeros((len(values), 0))
        text = values.fillna(words[0]).astype(str)
        known = text.where(text.isin(words), OTHER)
        return np.column_stack([(known == word).to_numpy(dtype=float) for word in words])
    found = numbers(values, feature)
    middle = found.median() if feature.scale != "yes_no" else float(found.mean() >= 0.5)
    filled: np.ndarray = found.fillna(0.0 if pd.isna(middle) else middle).to_numpy(dtype=float)
    return filled[:, None]
