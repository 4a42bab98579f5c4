"""Columns of customers as a matrix of numbers: one column a number, one a level of a category."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.codec import cacheable
from core.segments.inputs.preparing import Prepared, prepare

# Rarer categories stand together: beyond that many, columns of zeros hardly tell customers apart.
MOST_LEVELS = 12
OTHER = "other"
UNKNOWN = "not known"


@cacheable
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


@cacheable
@dataclass(frozen=True)
class Encoding:
    """How columns become a matrix, remembered so that further customers are encoded in the same way.

    Parameters
    ----------
    features : tuple of Feature
    fills : tuple of float
        What stands for a missing number or level of each feature: its median.
    words : tuple of tuple of str
        The category that each matrix column of a feature stands for; empty where it is a number.
    missing : tuple of int
        How many customers lacked each feature.
    """

    features: tuple[Feature, ...]
    fills: tuple[float, ...]
    words: tuple[tuple[str, ...], ...]
    missing: tuple[int, ...]

    @property
    def owner(self) -> np.ndarray:
        """The feature, by its place, that each matrix column belongs to."""
        return np.repeat(np.arange(len(self.words)), [len(words) for words in self.words])

    @property
    def levels(self) -> tuple[str, ...]:
        """The category that each matrix column stands for."""
        return tuple(word for words in self.words for word in words)

    def rows(self, frame: pd.DataFrame) -> np.ndarray:
        """Customers as rows of the matrix; ``frame`` has a column a feature, by its slug."""
        parts = [np.empty((len(frame), 0))]
        for feature, fill, words in zip(self.features, self.fills, self.words, strict=True):
            parts.append(_columns(frame[feature.slug], feature, fill, words))
        return np.concatenate(parts, axis=1)

    def unseen(self, frame: pd.DataFrame) -> dict[str, list[str]]:
        """Categories that nobody had of whom segments were learned, by slug of the feature."""
        found = {}
        for feature, words in zip(self.features, self.words, strict=True):
            if feature.scale == "nominal":
                given = frame[feature.slug].dropna().astype(str)
                if new := sorted(set(given) - set(words)):
                    found[feature.slug] = new
        return found


@dataclass(frozen=True)
class FeatureTable:
    """What segments are learned from.

    Parameters
    ----------
    encoding : Encoding
    rows : float array, customers × matrix columns
    gaps : bool array, optional
        Customers of whom too little is known to learn from them; None where nobody is set aside for that.
    """

    encoding: Encoding
    rows: np.ndarray
    gaps: np.ndarray | None = None

    @property
    def features(self) -> tuple[Feature, ...]:
        return self.encoding.features

    @property
    def owner(self) -> np.ndarray:
        """The feature, by its place, that each matrix column belongs to."""
        return self.encoding.owner

    @property
    def levels(self) -> tuple[str, ...]:
        """The category that each matrix column stands for; empty where it is a number."""
        return self.encoding.levels

    def prepare(
        self,
        how: str,
        own: Mapping[str, str] | None = None,
        weights: Mapping[str, float] | None = None,
        *,
        clip: bool = False,
    ) -> Prepared:
        """Bring all to one scale; ``how`` is for numbers and amounts, everything else is standardised.

        Parameters
        ----------
        own, weights : mapping
            By slug, preparations other than ``how``, of ordered levels too, and how many times a feature counts.
        """
        own, weights = own or {}, weights or {}
        told = [self.features[owner] for owner in self.owner]
        questions = np.unique([each.question or f"={each.slug}" for each in told], return_inverse=True)[1]
        measured = [
            not level and (each.numeric or (each.scale == "ordinal" and each.slug in own))
            for each, level in zip(told, self.levels, strict=True)
        ]
        heavy = np.array([weights.get(each.slug, 1.0) for each in told])
        hows = [own.get(each.slug, how) for each in told]
        gaps = [level == UNKNOWN and each.scale != "nominal" for each, level in zip(told, self.levels, strict=True)]
        beside = np.where(gaps, np.arange(len(gaps)) - 1, -1)
        measures = np.array(measured, dtype=bool)
        return prepare(self.rows, hows, questions, measures, weights=heavy, clip=clip, beside=beside)

    def grows(self, column: int, up: bool) -> str:
        """What more, or less, of a matrix column is called."""
        feature, level = self.features[int(self.owner[column])], self.levels[column]
        if level:
            return f"{'more' if up else 'fewer'} {level}"
        return feature.more if up else feature.less

    def __str__(self) -> str:
        """The features in a sentence."""
        return named([feature.noun or feature.label for feature in self.features])


def assemble(frame: pd.DataFrame, features: Sequence[Feature], *, unknown: bool = False) -> FeatureTable:
    """The matrix of some columns.

    Parameters
    ----------
    frame : frame
        A column a feature by its slug: numbers, places of ordered levels, ``yes`` and ``no``, categories as text.
    features : sequence of Feature
    unknown : bool
        Whether a missing value is a level of its own.

    Notes
    -----
    A missing number or level is the median; a missing category the most frequent one. With ``unknown`` a further
    column says of whom a feature is not known.

    Examples
    --------
    >>> age, sex = Feature("age", "Age", "", "", ""), Feature("sex", "Sex", "", "", "", scale="nominal")
    >>> table = assemble(pd.DataFrame({"age": [20, None, 40], "sex": ["f", "m", "f"]}), [age, sex])
    >>> table.rows.tolist(), table.owner.tolist(), table.levels
    ([[20.0, 1.0, 0.0], [30.0, 0.0, 1.0], [40.0, 1.0, 0.0]], [0, 1, 1], ('', 'f', 'm'))
    """
    fills, words, missing = list[float](), list[tuple[str, ...]](), list[int]()
    for feature in features:
        column = frame[feature.slug]
        lacking = int(column.isna().sum())
        mine = categories(column) if feature.scale == "nominal" else ("",)
        fills.append(0.0 if feature.scale == "nominal" else _middle(numbers(column, feature), feature))
        words.append((*mine, UNKNOWN) if unknown and lacking else mine)
        missing.append(lacking)
    encoding = Encoding(tuple(features), tuple(fills), tuple(words), tuple(missing))
    return FeatureTable(encoding, encoding.rows(frame))


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


def _middle(found: pd.Series, feature: Feature) -> float:
    """The median; of yes and no what most say; 0 where nothing is known."""
    middle = float(found.mean() >= 0.5) if feature.scale == "yes_no" else found.median()
    return 0.0 if pd.isna(middle) else float(middle)


def _columns(values: pd.Series, feature: Feature, fill: float, words: tuple[str, ...]) -> np.ndarray:
    own_level = UNKNOWN in words
    if feature.scale == "nominal":
        if not words:
            return np.zeros((len(values), 0))
        text = values.fillna(UNKNOWN if own_level else words[0]).astype(str)
        known = text.where(text.isin(words), OTHER)
        return np.column_stack([(known == word).to_numpy(dtype=float) for word in words])
    filled: np.ndarray = numbers(values, feature).fillna(fill).to_numpy(dtype=float)
    columns = [filled, values.isna().to_numpy(dtype=float)] if own_level else [filled]
    return np.column_stack(columns)
