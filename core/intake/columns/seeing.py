"""The columns of a file as they are looked at, and what is decided of all of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.intake.columns import numerals, probing
from core.intake.columns.dating import Dates
from core.intake.columns.saying import LAST, Said
from core.intake.columns.seen import Seen
from core.intake.columns.values import Contents
from core.intake.formats.source import Source

# Of a table with very many columns fewer rows are looked at.
_MOST_CELLS, _LEAST_ROWS = 400_000, 60
_MOST_PROBED = 1000


def see(source: Source, said: Said) -> tuple[list[Seen], tuple[str, str]]:
    """The columns, and the decimal mark with why."""
    width = len(source.columns)
    rows = source.sample[: max(_LEAST_ROWS, _MOST_CELLS // max(width, 1))]
    contents = [Contents.of(row[place] for row in rows) for place in range(width)]
    further = probing.rows(source) if width <= _MOST_PROBED else []
    mark, why = said.now.decimal, said.why("decimal")
    if not mark:
        digits = (text for each in contents if each.numeric >= 0.8 for text in each.digits)
        mark, why = numerals.decimal(digits, source.delimiter == ";")
    if not mark and (known := said.all.decimal or said.shown.decimal):
        mark, why = known, LAST
    return [
        Seen(name, contents[p], source.header, tuple(row[p].strip() for row in further), mark == "comma")
        for p, name in enumerate(source.columns)
    ], (mark, why)


def dates(seen: Sequence[Seen], place: int, said: Said) -> Dates | None:
    """How the dates of a column are read, where the column leaves it open by what else is known."""
    found = seen[place].dates if place >= 0 else None
    if found is None or found.form != "numeric" or found.sure:
        return found
    if said.now.date_order:
        return replace(found, order=said.now.date_order, why=said.why("date_order"))
    if found.order:
        return found
    if known := said.all.date_order or said.shown.date_order:
        return replace(found, order=known, why=LAST)
    if any(each.comma for each in seen):
        return replace(found, order="dmy", why="numbers with a decimal comma stand beside it")
    return found
