"""Customer tables: one row a customer, with any columns."""

from __future__ import annotations

import re
from pathlib import Path

from core.intake import people_columns, typed
from core.intake.answers import Answers
from core.intake.cells import Cells, examine
from core.intake.kind import Finished, Kind, Plan
from core.intake.loading import Loaded, Query
from core.intake.reading import Source, relation
from core.intake.understanding import Understanding
from core.warehouse.columns import Column

_COMMA = re.compile(r"\d,\d{1,2}(\D*$)")
_POINT = re.compile(r"\d\.\d{1,2}(\D*$)")


def plan(understood: Understanding, source: Source, query: Query) -> Plan:
    """How the file's rows become typed rows."""
    columns = typed.named(understood.columns)
    cells = tuple(_reading(column, place, source, understood.answers, query) for place, column in enumerate(columns))
    return Plan(typed.select(columns, cells, relation(source)), {"key": typed.key(columns)})


def finish(understood: Understanding, planned: Plan, loaded: Loaded, folder: Path) -> Finished:
    """Describe the columns over all rows."""
    return Finished(people_columns.describe(typed.named(understood.columns), folder / "raw.parquet"), planned.facts)


def _reading(column: Column, place: int, source: Source, answers: Answers, query: Query) -> Cells:
    """How the cells of one column are read."""
    if column.scale == "date":
        return examine(source, {"ts": place, "price": place, "quantity": place}, answers.date_order, query)
    values = [row[place] for row in source.sample]
    commas, points = (sum(bool(form.search(value)) for value in values) for form in (_COMMA, _POINT))
    return Cells(comma=answers.decimal == "comma" or (not answers.decimal and commas > points))


KIND = Kind("customers", "Customer table", 20, plan, finish)
