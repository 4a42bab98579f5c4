"""What a customer table or a survey tells of its customers as features of segments."""

from __future__ import annotations

import functools
from dataclasses import replace
from pathlib import Path

import narwhals as nw

from core.segments.inputs.matrix import Feature
from core.warehouse import engine, presets
from core.warehouse.columns import MEASURED, Column
from core.warehouse.people import People

# Derived totals of several columns that share a role stand for all of them.
TOTALS = {"children": "children", "campaigns_accepted": "accepted"}
# More than this share is not left out for want of a value.
MOST_LACKING = 0.25
UNITS = {"age": "years", "recency": "days", "birth_year": "year"}


def features(people: People) -> tuple[Feature, ...]:
    """Every column that can be measured."""
    questions = [column.slug for column in people.columns if column.scale == "multiple"]
    return tuple(_feature(column, questions) for column in people.columns if column.scale in MEASURED)


def usual(people: People) -> tuple[str, ...]:
    """Slugs of what segments are learned from unless somebody chooses otherwise."""
    measured = (column.slug for column in people.columns if column.scale in MEASURED and not column.aside)
    return presets.default_features(people) or tuple(measured)


def lacking_none(people: People, needs: tuple[str, ...], missing: str = "auto") -> People:
    """Those of whom everything that segments are learned from is known.

    Parameters
    ----------
    missing : {'auto', 'drop', 'median', 'level'}
        ``drop`` leaves out who lacks anything, ``median`` puts the median or the most frequent level, ``level`` leaves
        the gaps for a level of their own.

    Notes
    -----
    ``auto`` leaves out, but where that would be more than a quarter of all, what is missing is filled.
    """
    if people.fill or not needs:
        return replace(people, key=f"{people.key} {needs}", needs=needs)
    if missing == "level":
        return replace(people, key=f"{people.key} {needs} with gaps")
    enough = missing == "drop" or _complete(people.folder, needs) >= (1 - MOST_LACKING) * people.meta.customers
    if missing == "median" or not enough:
        return replace(people, key=f"{people.key} {needs} filled", needs=needs, fill=True)
    return replace(people, key=f"{people.key} {needs}", needs=needs)


# A folder never changes, and every question starts with this one.
@functools.lru_cache(maxsize=256)
def _complete(folder: Path, needs: tuple[str, ...]) -> int:
    """Customers who lack none of the columns."""
    rows = engine.scan(folder / "people.parquet").drop_nulls(list(needs)).select(nw.len().alias("n"))
    return int(engine.collect(rows)["n"].iloc[0])


def scored(feature: Feature) -> bool:
    """Whether ordered levels are figures, such as 1 to 5: an average of them can be read."""
    return feature.scale == "ordinal" and all(figured(level) for level in feature.levels)


def figured(level: str) -> bool:
    """Whether a level is a figure."""
    try:
        float(level)
    except ValueError:
        return False
    return True


def _feature(column: Column, questions: list[str]) -> Feature:
    more, less = (f"more {column.name}", f"less {column.name}") if column.scale == "yes_no" else (
        f"higher {column.name}", f"lower {column.name}"
    )  # fmt: skip
    question = next((each for each in questions if column.derived and column.slug.startswith(f"{each}__")), "")
    role = column.role or (TOTALS.get(column.slug, "") if column.derived else "")
    return Feature(
        column.slug, column.name, unit(column), more, less, column.name, column.scale, column.levels, role,
        bool(column.derived), question,
    )  # fmt: skip


def unit(column: Column) -> str:
    """``money``, ``years``, ``days``, ``year``, ``level``, ``share``, ``category`` or ``number``."""
    scales = {"amount": "money", "ordinal": "level", "nominal": "category", "yes_no": "share"}
    return scales.get(column.scale) or UNITS.get(column.role, "number")
