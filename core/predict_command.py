"""``python -m core predict FILE``: which segment each customer of a file would be in."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from core import spreadsheets
from core.errors import ExpiredError, InputError, ParameterError
from core.flags import add_flags, answers_from
from core.pipeline import PRESET_LABELS, Pipeline, View
from core.segments.dividing.placements import Placements
from core.settings import Settings
from core.view_flags import add_view_flags, view_from

SHOWN = 5


def add(commands: Any) -> None:
    """Add the command."""
    command = commands.add_parser("predict", help="say which segment each customer of a file would be in")
    command.add_argument("file", type=Path, help="new customers: columns named like the features, or their orders")
    learned = command.add_mutually_exclusive_group()
    learned.add_argument("--data", default="", help="fingerprint of a stored dataset (default: the newest)")
    learned.add_argument("--fit", type=Path, metavar="FILE", help="learn the segments from this file, and store it")
    command.add_argument("--out", type=Path, help="CSV to write to (default: standard output)")
    add_view_flags(command, ", ".join(PRESET_LABELS))
    add_flags(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Place the customers, write the CSV, and say how many went where."""
    if not options.file.is_file():
        raise InputError(f"{options.file} does not exist or is no file.", "Check the path.")
    if options.out and options.out.exists() and options.out.samefile(options.file):
        raise ParameterError("--out is the file of the customers.", "Write to another file.")
    pipeline = Pipeline(Settings.from_env())
    view = _view(pipeline, options)
    placed = pipeline.predict_file(view, options.file, answers=answers_from(options))
    body = spreadsheets.to_csv(placed.frame, mark=bool(options.out))
    if options.out:
        aside = options.out.with_name(f".{options.out.name}.new")
        aside.write_bytes(body)
        os.replace(aside, options.out)
    else:
        sys.stdout.buffer.write(body)
        sys.stdout.flush()
    names = {each.id: each.name for each in pipeline.segment_names(view)}
    print(*_summary(placed, names), sep="\n", file=sys.stdout if options.out else sys.stderr)


def _view(pipeline: Pipeline, options: argparse.Namespace) -> View:
    """What the flags describe; a saved segmentation alone says it all."""
    if options.saved:
        saved = pipeline.saved_view(options.saved)
        if not (options.data or options.fit):
            return saved
        options.saved = saved.saved
    if options.fit:
        options.data = pipeline.receive(options.fit).fingerprint
    stored = pipeline.datasets()
    if not stored:
        raise ExpiredError("No dataset is stored here.", "Give --fit FILE, or run: python -m core demo")
    view = view_from(options, options.data or stored[0].fingerprint)
    pipeline.dataset(view)
    view, problems = pipeline.check(view)
    if problems:
        raise problems[0]
    return view


def _summary(placed: Placements, names: dict[int, str]) -> list[str]:
    everybody = len(placed.frame)
    lines = [f"{placed.placed:,} of {everybody:,} customers were placed."]
    lines += [f"{number:>10,}  {names[segment]}" for segment, number in placed.counts.items()]
    lines += placed.told
    lines += [f"Row {row:,}: {reason}" for row, reason in placed.refused[:SHOWN]]
    if more := len(placed.refused) - SHOWN:
        lines += [f"… and {more:,} more rows, with the reason beside each."] if more > 0 else []
    return lines
