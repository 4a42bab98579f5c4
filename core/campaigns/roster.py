"""Everybody of a customer table or a survey with their segment, and what stands in a file of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.campaigns.guide import Column
from core.segments.dividing.segmentation import Segmentation
from core.warehouse import columns as warehouse
from core.warehouse.people import People


@dataclass(frozen=True)
class Roster:
    """All customers of a table, in order of customer.

    ``frame`` is the table with ``segment`` (id, 0 for those of whom something is missing that segments are learned
    from), ``segment_name`` and ``colour``; ``shown`` the columns of the file beside id and segment; ``learned`` says
    whether there are segments at all.
    """

    source: People
    frame: pd.DataFrame
    shown: tuple[warehouse.Column, ...]
    learned: bool


def roster(source: People, learned: People, found: Segmentation | None, features: tuple[str, ...]) -> Roster:
    """Everybody of a table with their segment.

    Parameters
    ----------
    source, learned : People
        The whole table, and those of it whom the segments were learned from.
    found : Segmentation or None
    features : tuple of str
        Slugs of the columns that the segments were learned from.
    """
    frame = source.frame()
    inside = frame[list(learned.needs)].notna().all(axis=1) if learned.needs and not learned.fill else frame.index >= 0
    segment = np.zeros(len(frame), dtype="int64")
    names, colours = {0: ""}, {0: 10}
    if found is not None:
        segment[np.asarray(inside)] = found.labels
        names |= {one.id: one.name for one in found.names}
        colours |= {one.id: one.colour for one in found.names}
    frame = frame.assign(segment=segment)
    frame["segment_name"], frame["colour"] = frame["segment"].map(names), frame["segment"].map(colours)
    shown = tuple(column for column in source.columns if column.slug in features)
    return Roster(source, frame, shown, found is not None)


def columns(people: Roster) -> tuple[Column, ...]:
    """What stands in the file."""
    known = [
        Column("customer_id", "Customer", "The customer's id, as in your file.", "text", "text"),
        Column("segment", "Segment", "The segment that K-Means puts the customer in, by name.", "text", "text"),
    ]
    return (*known, *(_column(column, people.frame) for column in people.shown))


def _column(column: warehouse.Column, frame: pd.DataFrame) -> Column:
    kind = {"amount": "money", "date": "date"}.get(column.scale, "text")
    if column.scale == "number":
        kind = "whole" if whole(frame[column.slug]) else "money"
    unit = {"amount": "money", "number": "number", "date": "date"}.get(column.scale, "text")
    meaning = f"{column.derived[0].upper()}{column.derived[1:]}." if column.derived else "As in your file."
    return Column(column.slug, column.name, meaning, unit, kind)


def whole(cells: pd.Series) -> bool:
    """Whether a column of numbers has no fractions."""
    values = cells.dropna()
    return bool((values == values.round()).all())
