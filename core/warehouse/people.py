"""The canonical table of a customer table or survey under its rules, and the customers of it that a view looks at.

``people.parquet`` has one row a customer, in order of ``customer``: ``customer`` (0, 1, …), ``customer_id`` (text), and
a column for each :class:`~core.warehouse.columns.Column` by its slug: numbers and amounts as double, ordered levels
as double (0 for the lowest, whole numbers; missing is null), categories and yes/no as text (``yes`` and ``no``),
dates as date, the rest as text. Missing is null everywhere. A several-choices column has a yes/no column a choice
beside it, which stands after it among the columns.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from core.warehouse import engine
from core.warehouse.columns import Column


@dataclass(frozen=True)
class Taken:
    """What one switch did: ``rows`` set aside, or ``cells`` changed or emptied; of what it would do where it is off."""

    rule: str
    on: bool
    rows: int = 0
    cells: int = 0
    effect: str = ""


@dataclass(frozen=True)
class PeopleMeta:
    """Sizes of a cleaned table: rows of the file, customers left, its day (newest date in it), columns and switches."""

    rows_in: int
    customers: int
    as_of: dt.date | None
    columns: tuple[Column, ...]
    entries: tuple[Taken, ...]


@dataclass(frozen=True)
class People:
    """The customers of a table that a view looks at.

    Parameters
    ----------
    folder : path
        Holds people.parquet and people.json.
    key : str
        Names dataset, rules and choice in full; results are cached under it.
    meta : PeopleMeta
    needs : tuple of str
        Slugs of columns that must not be missing: customers who lack one are left out.
    fill : bool
        Instead of leaving them out, put the median, or the most frequent level.
    members : array of bool, optional
        One entry a customer that is left by ``needs``; None for all.
    """

    folder: Path
    key: str
    meta: PeopleMeta
    needs: tuple[str, ...] = ()
    fill: bool = False
    members: np.ndarray | None = field(default=None, compare=False)

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.meta.columns

    def column(self, slug: str) -> Column:
        """One column by its slug; KeyError where there is none."""
        found = {column.slug: column for column in self.columns}
        return found[slug]

    def with_role(self, role: str) -> list[Column]:
        """All columns with a role."""
        return [column for column in self.columns if column.role == role]

    def frame(self) -> pd.DataFrame:
        """The customers, renumbered 0, 1, … where ``needs`` or ``members`` leave some out."""
        frame: pd.DataFrame = engine.collect(engine.scan(self.folder / "people.parquet")).sort_values("customer")
        needs = list(self.needs)
        if self.fill:
            for name in needs:
                known = frame[name].dropna()
                if known.empty:
                    continue
                # The lower median, so that an ordered answer stays one that can be given.
                number = pd.api.types.is_numeric_dtype(known)
                usual = known.quantile(0.5, interpolation="lower") if number else known.mode().iloc[0]
                frame[name] = frame[name].fillna(usual)
        frame = frame.dropna(subset=needs).reset_index(drop=True) if needs else frame.reset_index(drop=True)
        if self.members is not None:
            frame = frame[self.members].reset_index(drop=True)
        return frame.assign(customer=np.arange(len(frame), dtype="int32"))

    @classmethod
    def open(cls, folder: Path, key: str) -> People:
        """Open a finished folder."""
        said = json.loads((folder / "people.json").read_text(encoding="utf-8"))
        columns = tuple(map(Column.of, said["columns"]))
        as_of = dt.date.fromisoformat(said["as_of"]) if said["as_of"] else None
        entries = tuple(Taken(**each) for each in said["entries"])
        return cls(folder, key, PeopleMeta(said["rows_in"], said["customers"], as_of, columns, entries))


def write(frame: pd.DataFrame, meta: PeopleMeta, folder: Path) -> None:
    """Finish a folder from a small frame."""
    engine.write(engine.lift(frame), folder / "people.parquet")
    describe(meta, folder)


def describe(meta: PeopleMeta, folder: Path) -> None:
    """Finish a folder: the description comes last, so a folder without it is unfinished."""
    said = {**asdict(meta), "as_of": meta.as_of.isoformat() if meta.as_of else ""}
    (folder / "people.json").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
