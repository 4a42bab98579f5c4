"""``python -m core inspect FILE``: what a file is understood as, without storing anything."""

from __future__ import annotations

import argparse
import dataclasses
import json
from pathlib import Path
from typing import Any

from core.flags import add_flags, answers_from
from core.intake import inspecting
from core.intake.columns.kind_of import KINDS
from core.intake.understanding import Understanding
from core.settings import Settings
from core.warehouse.columns import SCALES, Column

_WIDTH = 28


def add(commands: Any) -> None:
    """Add the command."""
    command = commands.add_parser("inspect", help="say what a file is understood as, and store nothing")
    command.add_argument("file", type=Path, help="a table: CSV, TSV, XLSX, ODS, Parquet, JSON lines …")
    command.add_argument("--json", action="store_true", help="everything, as JSON")
    add_flags(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Look at the file and print."""
    home = Settings.from_env().home
    understood = inspecting.understand(options.file, options.file.name, answers_from(options), home)
    print(as_json(understood) if options.json else as_text(understood))


def as_text(understood: Understanding) -> str:
    """What was found, one line each."""
    lines = [f"{understood.source.name}: {KINDS[understood.kind].lower()}, {len(understood.columns)} columns"]
    if understood.remembered:
        lines.append("Understood as the last file of this shape.")
    lines += ["", *(_row((note.label, note.found, note.evidence), (22, 24)) for note in understood.notes), ""]
    lines.append(_row(("Column", "Stands for", "Scale", "Sure", "Why"), (_WIDTH, 22, 16, 5)))
    lines += [_column(column) for column in understood.columns]
    for question in understood.questions:
        choices = ", ".join(value for value, _ in question.choices[:12])
        lines += [
            "",
            f"To be answered: {question.words} {question.why}",
            *([f"  Choices: {choices}"] if choices else []),
        ]
    return "\n".join(lines)


def as_json(understood: Understanding) -> str:
    """Everything that was found."""
    source = dataclasses.asdict(understood.source)
    source.pop("sample")
    said = {
        "source": {**source, "path": str(source["path"])},
        "kind": understood.kind,
        "shape": understood.shape,
        "remembered": understood.remembered,
        "columns": [dataclasses.asdict(column) for column in understood.columns],
        "notes": [dataclasses.asdict(note) for note in understood.notes],
        "questions": [dataclasses.asdict(question) for question in understood.questions],
        "answers": json.loads(understood.answers.to_json()),
    }
    return json.dumps(said, ensure_ascii=False, indent=2)


def _column(column: Column) -> str:
    role = column.label if column.role else "–"
    sure = f"{column.confidence:.0%}" if column.role else ""
    why = "; ".join(filter(None, (column.evidence, column.aside)))
    levels = " < ".join(column.levels) if column.scale == "ordinal" else ""
    return _row(
        (column.name, role, SCALES[column.scale], sure, why + (f": {levels}" if levels else "")), (_WIDTH, 22, 16, 5)
    )


def _row(cells: tuple[str, ...], widths: tuple[int, ...]) -> str:
    fitted = [
        cell if len(cell) <= width else cell[: width - 1] + "…" for cell, width in zip(cells, widths, strict=False)
    ]
    padded = [cell.ljust(width) for cell, width in zip(fitted, widths, strict=True)]
    return "  ".join((*padded, *cells[len(widths) :])).replace("\n", " ").rstrip()
