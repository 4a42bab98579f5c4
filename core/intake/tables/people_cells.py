"""The columns of a cleaned customer table: the SQL of each cell, and how many cells each switch changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

import duckdb

from core.intake.formats.reading import quote
from core.intake.tables import derived, implausible
from core.intake.tables import people_levels as levels
from core.intake.tables.implausible import Bounds
from core.intake.tables.typed import READ, UNREAD, name
from core.warehouse.columns import Column
from core.warehouse.people import Taken

SHOWN = 3
_OTHERS = {"other", "others"}


@dataclass(frozen=True)
class Field:
    """A column and the SQL that makes it: of the stored cells or, ``derived``, of the cleaned ones."""

    column: Column
    sql: str
    derived: bool = False


@dataclass
class Counts:
    """Cells that a switch changes, or would, and where they are."""

    cells: int = 0
    where: list[str] = field(default_factory=list)

    def add(self, cells: int, words: str) -> None:
        if cells:
            self.cells += cells
            self.where.append(words)

    def taken(self, rule: str, on: bool) -> Taken:
        return Taken(rule, on, cells=self.cells, effect="; ".join(self.where))


@dataclass(frozen=True)
class Cleaner:
    """Makes the fields of one table.

    Parameters
    ----------
    cursor : connection
    rows : str
        SQL: the stored rows that stay.
    slugs : collection of str
        Active switches.
    as_of : date, optional
        The newest date in the file.
    """

    cursor: duckdb.DuckDBPyConnection
    rows: str
    slugs: Collection[str]
    as_of: dt.date | None

    def fields(self, columns: tuple[Column, ...]) -> tuple[list[Field], dict[str, Taken]]:
        """All columns in their order, those made from others last; and what each switch did."""
        bounds = implausible.find(self.cursor, self.rows, columns, self.as_of)
        counts = {rule: Counts() for rule in ("unreadable", "respelled", "outside_order", "implausible", "odd_levels")}
        for found in bounds.values():
            counts["implausible"].add(found.cells, found.words)
        for column in columns:
            if column.scale in READ:
                counts["unreadable"].add(*self._unread(column))
        fields = [each for column in columns for each in self._of(column, bounds.get(column.slug), counts)]
        more, taken = self._derive(fields)
        return more, {**{rule: count.taken(rule, rule in self.slugs) for rule, count in counts.items()}, **taken}

    def _of(self, column: Column, bounds: Bounds | None, counts: dict[str, Counts]) -> Iterator[Field]:
        cell = name(column.slug)
        match column.scale:
            case "number" | "amount":
                yield Field(column, bounds.within(cell) if bounds and "implausible" in self.slugs else cell)
            case "date":
                yield Field(column, f"{cell}::date")
            case "ordinal":
                self._count(column, counts, column.levels)
                yield Field(column, levels.code(column, cell))
            case "yes_no":
                self._count(column, counts, (*levels.YES, *levels.NO))
                full = column if len(column.levels) == 2 else replace(column, levels=("no", "yes"))
                yield Field(full, levels.yes_no(column, cell))
            case "nominal":
                yield self._nominal(column, self._count(column, counts), counts["odd_levels"])
            case "multiple":
                yield Field(replace(column, enters=False), f"trim({cell})")
                yield from self._choices(column)
            case "constant" | "identifier":
                yield Field(column, cell)
            case _:
                yield Field(column, f"trim({cell}::varchar)")

    def _count(self, column: Column, counts: dict[str, Counts], known: tuple[str, ...] = ()) -> list[levels.Level]:
        found = levels.count(self.cursor, self.rows, f"{name(column.slug)}::varchar")
        again = [level for level in found if level.respelled]
        counts["respelled"].add(sum(level.respelled for level in again), _words(column, again))
        if known:
            inside = set(map(levels.plain, known))
            outside = [level for level in found if level.key not in inside]
            counts["outside_order"].add(sum(level.count for level in outside), _words(column, outside))
        return found

    def _unread(self, column: Column) -> tuple[int, str]:
        listed = f"list_contains(string_split({UNREAD}, ','), {quote(column.slug)})"
        sql = f"select count(*) from {self.rows} where {UNREAD} <> '' and {listed}"
        cells = self.cursor.execute(sql).fetchall()[0][0]
        return cells, f"{column.name} {cells:,}"

    def _nominal(self, column: Column, found: list[levels.Level], count: Counts) -> Field:
        total = sum(level.count for level in found)
        rare = levels.odd(found, total) if len(found) <= levels.MOST_LEVELS else []
        count.add(sum(level.count for level in rare), _words(column, rare))
        sql = levels.label(column, name(column.slug))
        if not rare or "odd_levels" not in self.slugs:
            return Field(column, sql)
        odd = {level.key for level in rare}
        usual = [level.label for level in found if level.key not in odd]
        other = next((each for each in usual if each.lower() in _OTHERS), levels.OTHER)
        merged = levels.merge(name(column.slug), odd, other, sql)
        return Field(replace(column, levels=tuple(dict.fromkeys((*usual, other)))), merged)

    def _choices(self, column: Column) -> Iterator[Field]:
        mark, found = levels.choices(self.cursor, self.rows, column)
        taken = set()
        for level in found:
            made = levels.choice_column(column, level.label)
            if level.count >= levels.ODD_SHARE * sum(each.count for each in found) and made.slug not in taken:
                taken.add(made.slug)
                yield Field(made, levels.chosen(name(column.slug), mark, level.key))

    def _derive(self, fields: list[Field]) -> tuple[list[Field], dict[str, Taken]]:
        taken: dict[str, Taken] = {}
        replaced: dict[str, str] = {}
        more: list[Field] = []
        for each, made in derived.derive(tuple(one.column for one in fields), self.as_of):
            rule = f"derive_{each.slug}"
            taken[rule] = Taken(rule, rule in self.slugs, effect=f"{each.name}: {made.words}")
            if rule in self.slugs:
                more.append(Field(derived.column_of(each, made), f"({made.sql})::double", derived=True))
                if each.replaces:
                    replaced.update(dict.fromkeys(made.parts, f"counted in {each.name}"))
        kept = [
            replace(one, column=replace(one.column, enters=False, aside=replaced[one.column.slug]))
            if one.column.enters and one.column.slug in replaced
            else one
            for one in fields
        ]
        return kept + more, taken


def _words(column: Column, found: list[levels.Level]) -> str:
    more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    return f"{column.name}: {', '.join(f'{level.label[:30]} ({level.count:,})' for level in found[:SHOWN])}{more}"
