"""The sheets of a workbook as text: a program of its own, started with limits by :mod:`core.intake.formats.workbooks`.

``python -m core.intake.formats.sheets OPTIONS [TARGET]`` with path, sheet, header, name, memory and seconds as JSON
writes what it found as the last line of its output; with a target also the rows, as CSV, telling the share done.
Macros are never run, formulas are the values that were saved with them.
"""

from __future__ import annotations

import csv
import json
import resource
import sys
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from core.errors import InputError
from core.intake.formats import layout, remarks
from core.intake.formats.sheet_cells import text

JOINT = " + "
_MOST_BYTES = 4 << 30
_TELL_EVERY = 20_000


@dataclass
class Sheet:
    """One sheet with a table in it.

    ``hashes`` stand for its rows where it has to be compared with others; ``data`` is kept of a sheet that is alone.
    """

    name: str
    found: layout.Layout
    rows: int
    hidden: bool
    hashes: array[int] = field(default_factory=lambda: array("q"))
    data: Any = None


def examine(workbook: CalamineWorkbook, said: str, name: str) -> list[Sheet]:
    """All sheets that hold a table."""
    sheets = []
    metadata = [m for m in workbook.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet]
    for about in metadata:
        sheet = workbook.get_sheet_by_name(about.name)
        first = [[text(cell) for cell in row] for row in islice(sheet.iter_rows(), layout.SAMPLE + layout.MOST_TITLES)]
        if not any(map(layout.filled, first)):
            continue
        found = layout.find(first, said, f"{name}, sheet {about.name}")
        rows = max(sheet.height - found.skip - found.header, 0)
        hidden = about.visible != SheetVisibleEnum.Visible
        hashes = array("q", map(_hash, _below(sheet, found))) if len(metadata) > 1 else array("q")
        sheets.append(Sheet(about.name, found, rows, hidden, hashes, sheet if len(metadata) == 1 else None))
    return sheets


def choose(sheets: list[Sheet], said: str, name: str) -> tuple[list[Sheet], list[str]]:
    """The sheets to read, and all that can be chosen: sheets of one header together, and every sheet alone."""
    groups: dict[tuple[str, ...], list[Sheet]] = {}
    for sheet in sheets:
        key = sheet.found.columns if sheet.found.header else (sheet.name, "")
        groups.setdefault(key, []).append(sheet)
    choices = {JOINT.join(sheet.name for sheet in group): group for group in groups.values()}
    choices |= {sheet.name: [sheet] for sheet in sheets}
    if said and said not in choices:
        raise InputError(f"{name} has no sheet {said!r} with a table.", f"It has: {', '.join(choices)[:300]}.")
    largest = max(choices, key=lambda choice: sum(s.rows * len(s.found.columns) for s in choices[choice]))
    return choices[said or largest], list(choices)


def overlap(sheets: Sequence[Sheet]) -> list[Counter[int]]:
    """For each sheet, how often each of its rows was in the sheets before it: so often it is not counted again."""
    before: Counter[int] = Counter()
    repeated: list[Counter[int]] = []
    for sheet in sheets if len(sheets) > 1 else ():
        own = Counter(sheet.hashes)
        repeated.append(own & before)
        before |= own
    return repeated or [Counter()]


def write(workbook: CalamineWorkbook, sheets: Sequence[Sheet], target: Path) -> tuple[int, int]:
    """Write the header and the rows of the sheets; gives the rows left out as repeated, and the cells of ``####``."""
    repeated, skipped, lost, done = overlap(sheets), 0, 0, 0
    total = sum(sheet.rows for sheet in sheets) or 1
    with target.open("w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        found = sheets[0].found
        if found.header:
            writer.writerow([*found.columns, *[""] * (found.width - len(found.columns))])
        for sheet, again in zip(sheets, repeated, strict=True):
            for row in _below(sheet.data or workbook.get_sheet_by_name(sheet.name), sheet.found):
                done += 1
                if done % _TELL_EVERY == 0:
                    print(min(done / total, 1.0), flush=True)
                    if file.tell() > _MOST_BYTES:
                        raise MemoryError
                if again and again[key := _hash(row)]:
                    again[key] -= 1
                    skipped += 1
                    continue
                cells = [text(cell) for cell in row]
                lost += sum(map(remarks.is_lost, [cell for cell in cells if cell[:3] == "###"]))
                writer.writerow(_fit(cells, found.width))
    return skipped, lost


def _below(sheet: Any, found: layout.Layout) -> Iterator[list[Any]]:
    """The rows of a table that are not blank."""
    return (row for row in islice(sheet.iter_rows(), found.skip + found.header, None) if row.count("") < len(row))


def _fit(cells: list[str], width: int) -> list[str]:
    """Sheets of one header may differ in blank columns at the end."""
    if len(cells) > width and not any(cells[width:]):
        return cells[:width]
    return cells + [""] * (width - len(cells))


def _hash(row: list[Any]) -> int:
    return hash(tuple(row))


def main(arguments: list[str]) -> dict[str, Any]:
    """Look at a workbook, or write its rows."""
    order = json.loads(arguments[0])
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], order["seconds"] + 1))
    name = order["name"]
    with CalamineWorkbook.from_path(order["path"]) as workbook:
        sheets = examine(workbook, order["header"], name)
        if not sheets:
            raise InputError(f"{name} is empty: no sheet holds a table.", "Export it again and check that it has rows.")
        chosen, choices = choose(sheets, order["sheet"], name)
        if len(arguments) > 1:
            skipped, lost = write(workbook, chosen, Path(arguments[1]))
        else:
            skipped = sum(sum(again.values()) for again in overlap(chosen))
            lost = sum(remarks.is_lost(cell) for sheet in chosen for row in sheet.found.sample for cell in row)
    found = chosen[0].found
    return {
        "columns": found.columns,
        "width": found.width,
        "header": found.header,
        "why": found.why,
        "titles": found.titles,
        "sample": found.sample,
        "sheet": JOINT.join(sheet.name for sheet in chosen),
        "sheets": choices,
        "rows": {sheet.name: sheet.rows for sheet in sheets},
        "hidden": [sheet.name for sheet in chosen if sheet.hidden],
        "skipped": skipped,
        "lost": lost,
    }


if __name__ == "__main__":
    try:
        answer = main(sys.argv[1:])
    except InputError as error:
        answer = {"message": error.message, "hint": error.hint}
    except PasswordError:
        answer = {"password": True}
    except MemoryError:
        answer = {"memory": True}
    except Exception as error:  # Whatever a broken workbook brings about is the workbook's.
        answer = {"damaged": str(error)[:200]}
    print(json.dumps(answer), flush=True)
