"""Small customer tables for tests: a file and what its columns are, said by hand; a stored dataset out."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from core.intake import arrival, inspecting
from core.intake.answers import Answers
from core.intake.formats import reading
from core.intake.understanding import Understanding
from core.warehouse.columns import MEASURED, Column
from core.warehouse.people import People
from core.warehouse.store import Dataset, Store

# Header -> (role, scale) or (role, scale, levels), in the file's order.
Said = dict[str, tuple[object, ...]]


def column(name: str, role: str, scale: str, levels: tuple[str, ...] = (), first: str = "") -> Column:
    """A column as the first look at a file would describe it."""
    slug = "".join(c if c.isalnum() else "_" for c in name.strip().lower())
    return Column(name.strip(), role, "", first, "", slug, scale, levels=levels, enters=scale in MEASURED)


def understood(path: Path, said: Said, answers: Answers | None = None, kind: str = "customers") -> Understanding:
    """A file of which everything was said."""
    source = reading.inspect(path)
    columns = []
    for place, (header, what) in enumerate(zip(source.columns, said.values(), strict=True)):
        first = next((row[place] for row in source.sample if row[place].strip()), "")
        columns.append(column(header, *what, first=first))  # type: ignore[arg-type]
    return Understanding(source, kind, tuple(columns), (), (), answers or Answers(), "shape")


class Tables:
    """A store, and a way to bring tables of which everything was said."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self.patch, self.store = folder, patch, Store(folder / "home")

    def bring(self, path: Path, said: Said, answers: Answers | None = None, kind: str = "customers") -> Dataset:
        """Store a file."""
        found = understood(path, said, answers, kind)
        self.patch.setattr(inspecting, "understand", lambda *a, **k: found)
        return arrival.receive(path, self.store)

    def rows(self, said: Said, *rows: tuple[object, ...], **options: str) -> Dataset:
        """Store literal rows."""
        out = io.StringIO()
        csv.writer(out).writerows([tuple(said), *rows])
        path = self.folder / "table.csv"
        path.write_text(out.getvalue(), encoding="utf-8")
        return self.bring(path, said, **options)  # type: ignore[arg-type]

    def people(self, dataset: Dataset, rules: str = "net") -> People:
        return arrival.people(self.store, dataset.fingerprint, rules)
