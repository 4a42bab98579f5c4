"""Customer tables: one row a customer, with any columns."""

from __future__ import annotations

from pathlib import Path

from core.intake import dates
from core.intake.cells import Cells, decimals
from core.intake.formats.loading import Loaded, Query
from core.intake.formats.reading import Source, quote, relation
from core.intake.kind import Finished, Kind, Notes, Plan
from core.intake.logs import contacts
from core.intake.tables import people_columns, typed
from core.intake.understanding import Understanding
from core.warehouse import engine
from core.warehouse.columns import Column


def plan(understood: Understanding, source: Source, query: Query) -> Plan:
    """How the file's rows become typed rows."""
    columns = typed.named(understood.columns)
    said = understood.answers
    days = {
        place: dates.decide(source, place, query, said.date_order, said.time_zone)
        for place, column in enumerate(columns)
        if column.scale == "date"
    }
    numbers = [place for place, column in enumerate(columns) if column.scale in ("number", "amount")]
    marks = decimals(source, numbers, query, said.decimal)
    cells = Cells(comma=marks.comma, commas=marks.commas, why=marks.why)
    reads = tuple(days[place].moment if place in days else cells.number for place in range(len(columns)))
    facts = {"key": typed.key(columns)}
    return Plan(typed.select(columns, reads, relation(source)), facts, _notes(columns, days, cells))


def finish(understood: Understanding, planned: Plan, loaded: Loaded, folder: Path) -> Finished:
    """Write the contacts of each customer, and describe the columns over all rows."""
    named = typed.named(understood.columns)
    columns, reached = settle(named, understood.answers.country, folder / "raw.parquet")
    return Finished(columns, {**planned.facts, "contacts": reached})


def settle(columns: tuple[Column, ...], country: str, raw: Path) -> tuple[tuple[Column, ...], bool]:
    """Describe columns over all stored rows, and write contacts.parquet beside them; False where there is nothing."""
    return people_columns.describe(columns, raw), _contacts(columns, country, raw)


def _contacts(columns: tuple[Column, ...], country: str, raw: Path) -> bool:
    first = {column.role: column.slug for column in reversed(columns) if column.role in contacts.FIELDS}
    fields = "".join(f"nullif(trim({typed.name(slug)}::varchar), '') as {role}, " for role, slug in first.items())
    frame = f"""select {typed.customer(typed.key(columns), "file_row_number")} as {typed.KEY}, {fields}
        null::timestamp as ts, file_row_number as row from read_parquet({quote(str(raw))}, file_row_number=true)"""
    with engine.open_cursor() as cursor:
        frame = contacts.normalised(cursor, frame, first, country)
        return contacts.write(cursor, frame, first, raw.with_name("contacts.parquet"))


def _notes(columns: tuple[Column, ...], days: dict[int, dates.Dates], cells: Cells) -> Notes:
    """What was found about numbers and, of the first column that says it, about dates."""
    found = {"Decimal mark": ("Decimal mark", "comma" if cells.comma else "point", cells.why)}
    for place, how in reversed(days.items()):
        found["Dates"] = ("Dates", dates.WORDS[how.form], f"{columns[place].name}: {how.why}")
        if how.shift.found:
            found["Time zone"] = ("Time zone", how.shift.found, f"{columns[place].name}: {how.shift.why}")
    return tuple(found.values())


KIND = Kind("customers", "Customer table", 20, plan, finish)
