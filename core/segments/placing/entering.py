"""Customers as somebody enters them: read value by value, checked, and completed where something is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from core.errors import ParameterError
from core.masking import shown
from core.segments.inputs.matrix import OTHER
from core.segments.placing.fields import Cell, Field, missing, read


class Note(NamedTuple):
    """What is worth knowing of one value: ``missing``, ``unseen``, ``outside``; ``far`` and ``apart`` of them all."""

    field: str
    kind: str
    text: str


@dataclass(frozen=True)
class Entries:
    """Customers that were entered.

    Parameters
    ----------
    frame : frame
        A column a field by its slug, as of :func:`core.segments.inputs.features.frame`; a row a customer.
    notes : list of list of Note
        Of each customer.
    problems : dict
        Row -> what cannot be understood, an error a value; the default stands in the frame there.
    """

    frame: pd.DataFrame
    notes: list[list[Note]]
    problems: dict[int, dict[str, ParameterError]]


def enter(fields: Sequence[Field], columns: Mapping[str, Sequence[Any]], rows: int) -> Entries:
    """Read customers.

    Parameters
    ----------
    fields : sequence of Field
    columns : mapping
        Slug -> a value a customer: numbers, levels by name or place, yes and no; None or blank where unknown. A field
        that has no column is unknown of everybody, which is for the caller to tell.
    rows : int
    """
    notes: list[list[Note]] = [[] for _ in range(rows)]
    problems: dict[int, dict[str, ParameterError]] = {}
    made = {}
    for field in fields:
        stands = None if field.gap else _stored(field, field.default)
        cells: list[Cell] = [stands] * rows
        seen: dict[tuple[type, Any], tuple[Cell, Note | None, ParameterError | None]] = {}
        for row, value in enumerate(columns.get(field.slug, ())):
            key = (type(value), value if value.__hash__ else repr(value))
            if key not in seen:
                seen[key] = _looked_at(field, value)
            cell, note, problem = seen[key]
            if problem:
                problems.setdefault(row, {})[field.slug] = problem
            if note:
                notes[row].append(note)
            cells[row] = stands if cell is None else cell
        kind = object if field.scale in ("nominal", "yes_no") else float
        made[field.slug] = pd.Series(cells, dtype=kind)
    return Entries(pd.DataFrame(made, index=range(rows)), notes, problems)


def _looked_at(field: Field, value: Any) -> tuple[Cell, Note | None, ParameterError | None]:
    try:
        cell = read(field, value)
    except ParameterError as error:
        return None, None, error
    if cell is None:
        return None, Note(field.slug, "missing", missing(field)), None
    if field.numeric and not field.least <= float(cell) <= field.most:
        span = f"{field.said(field.least)} to {field.said(field.most)}"
        words = f"{field.label} {field.said(float(cell))} is outside of what was seen: {span}."
        return cell, Note(field.slug, "outside", words), None
    if field.scale == "nominal" and cell not in field.levels:
        stands = f"it stands with the rare ones, “{OTHER}”" if field.rare else "it counts as none of the known ones"
        return (
            cell,
            Note(field.slug, "unseen", f"{field.label} “{shown(str(cell))[:60]}” was nobody’s so far: {stands}."),
            None,
        )
    return cell, None, None


def _stored(field: Field, value: float | str) -> Cell:
    """A default as it is kept: an ordered level by its place."""
    return float(field.levels.index(str(value))) if field.scale == "ordinal" else value
