"""What can change about a column of a customer table, and amounts to try."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.segments.inputs.matrix import Feature
from core.warehouse.columns import Column

# What nobody can bring about: who somebody is, and since when they are a customer.
FIXED = (
    "age", "birth_year", "gender", "education", "marital", "income", "children", "signup", "country", "answered",
)  # fmt: skip
# What was bought or accepted stays so: it can only become more.
GROWING = (
    "spend", "total_spend", "orders", "web_purchases", "store_purchases", "catalog_purchases", "deal_purchases",
    "accepted",
)  # fmt: skip
MOST_STEPS = 400
Change = Callable[[pd.DataFrame, np.ndarray], pd.DataFrame]


@dataclass(frozen=True)
class Lever:
    """One thing that can change.

    Parameters
    ----------
    kind : str
        ``orders``, ``spend``, ``silence``, ``products`` of a log; ``feature`` of a table.
    feature : str
        Slug of the feature that is set, of a table.
    amounts : float array
        By how much, or of a table to what, the smallest change first; within what customers have.
    change : callable
        ``change(rows, amounts)`` gives the rows after it; both are as long.
    needs : str
        The kind of lever without which this one cannot be.
    """

    kind: str
    feature: str
    amounts: np.ndarray
    change: Change
    needs: str = ""


def nice(most: float) -> np.ndarray:
    """Amounts of two figures up to a limit: 1, 1.1, … 9.9, 10, 11, … 99, 100, 110, …

    Examples
    --------
    >>> nice(13)[-5:].round(1).tolist(), nice(0.5).tolist()
    ([9.9, 10.0, 11.0, 12.0, 13.0], [])
    """
    powers = range(max(int(np.ceil(np.log10(most))), 1)) if most >= 1 else range(0)
    amounts = np.array([round(figure * 10**power / 10, 1) for power in powers for figure in range(10, 100)])
    found: np.ndarray = amounts[amounts <= most]
    return found


def thin(values: np.ndarray, most: int = MOST_STEPS) -> np.ndarray:
    """At most so many of the values, the first and the last among them."""
    if len(values) <= most:
        return values
    found: np.ndarray = values[np.unique(np.linspace(0, len(values) - 1, most).round().astype(int))]
    return found


def of_columns(
    everybody: pd.DataFrame, chosen: tuple[Feature, ...], columns: tuple[Column, ...], customer: int
) -> tuple[tuple[Lever, ...], list[str], list[str]]:
    """Columns of a table as levers, those that are fixed, and those that hang together."""
    by = {column.slug: column for column in columns}
    parts = {feature.slug: _parts(feature.slug, by) for feature in chosen}
    made, fixed, linked = list[Lever](), list[str](), list[str]()
    for feature in chosen:
        value = everybody[feature.slug].iloc[customer]
        if feature.role in FIXED or feature.scale == "nominal" or (feature.derived and feature.slug == "tenure"):
            fixed.append(feature.label)
        elif any(parts[feature.slug] & others for slug, others in parts.items() if slug != feature.slug):
            linked.append(feature.label)
        elif not pd.isna(value) and len(values := _others(everybody[feature.slug], value, feature)):
            made.append(Lever("feature", feature.slug, values, _setter(feature)))
    return tuple(made), fixed, linked


def _parts(slug: str, by: Mapping[str, Column]) -> set[str]:
    """The columns that a column was made from, itself among them."""
    column = by.get(slug)
    words = re.split(r"\s*(?:\+|;|:| of | less | to )\s*", column.derived) if column and column.derived else []
    return {slug, *(each.slug for each in by.values() if each.name in words)}


def _others(column: pd.Series, value: object, feature: Feature) -> np.ndarray:
    """Values that other customers have, the nearest first; for yes and no the other one."""
    grows = feature.role in GROWING
    if feature.scale == "yes_no":
        return np.array([0.0] if value == "yes" and not grows else [1.0] if value != "yes" else [])
    now, known = float(value), np.unique(column.dropna().to_numpy(dtype=float))  # type: ignore[arg-type]
    if feature.scale == "amount" or len(known) > MOST_STEPS:
        up, down = now + nice(known[-1] - now), now - nice(now - known[0])
        known = np.unique([*up, *down, known[0], known[-1]])
    known = known[known > now] if grows else known[known != now]
    near: np.ndarray = known[np.argsort(np.abs(known - now), kind="stable")]
    return thin(near)


def _setter(feature: Feature) -> Change:
    def change(rows: pd.DataFrame, values: np.ndarray) -> pd.DataFrame:
        said = np.where(values >= 0.5, "yes", "no") if feature.scale == "yes_no" else values
        return rows.assign(**{feature.slug: said})

    return change
