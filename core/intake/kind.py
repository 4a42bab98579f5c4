"""What a kind of table exports: how its rows become canonical, and what is made of them once they are stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.intake.formats.loading import Loaded, Query
from core.intake.formats.reading import Source
from core.intake.understanding import Understanding
from core.warehouse.columns import Column

Notes = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Plan:
    """SQL for the canonical raw rows of an opened file, and how it was decided.

    ``facts`` is JSON that the cleaning needs later (such as what money is taken from); ``notes`` are findings over
    the whole file (label, found, evidence), which replace those of the understanding with the same label.
    """

    sql: str
    facts: dict[str, Any] = field(default_factory=dict)
    notes: Notes = ()


@dataclass(frozen=True)
class Finished:
    """What became of a loaded file: its columns with evidence over all rows, and more facts and findings."""

    columns: tuple[Column, ...]
    facts: dict[str, Any] = field(default_factory=dict)
    notes: Notes = ()


@dataclass(frozen=True)
class Kind:
    """A kind of table.

    Parameters
    ----------
    slug, label, order
        The file's name in kinds/, what the page calls it, its place in lists.
    plan : callable
        ``plan(understanding, source, query)`` looks at the whole opened file where need be (``query`` runs SQL and
        returns its first row) and gives the SQL for ``raw.parquet``. Raises InputError, naming the column.
    finish : callable
        ``finish(understanding, plan, loaded, folder)`` checks ``raw.parquet`` in the folder, writes further files
        beside it and describes the columns.
    """

    slug: str
    label: str
    order: int
    plan: Callable[[Understanding, Source, Query], Plan]
    finish: Callable[[Understanding, Plan, Loaded, Path], Finished]
