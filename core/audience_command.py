"""``python -m core audience``: an audience as a file for another tool, with all that belongs to it."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path
from typing import Any

from core.campaigns.ledger.brief import CHANNELS
from core.errors import ExpiredError, InputError, ParameterError
from core.pipeline import PRESET_LABELS, Pipeline, View
from core.settings import Settings
from core.view_flags import add_view_flags, view_from


def add(commands: Any) -> None:
    """Add the command."""
    command = commands.add_parser("audience", help="write an audience as a file for an ad platform or an e-mail tool")
    command.add_argument("--data", default="", help="fingerprint of a stored dataset (default: the newest)")
    command.add_argument("--destination", required=True, help="plain, workbook, email-tool, google or meta")
    command.add_argument(
        "--campaign", required=True, metavar="NAME", help="arms are drawn by it; keep it for a campaign"
    )
    command.add_argument(
        "--channel", choices=list(CHANNELS), help="how they are written to: leaves out whom it cannot reach"
    )
    command.add_argument("--holdout", default="0.1", help="share held back for comparison (default: 0.1)")
    command.add_argument(
        "--statement", default="", metavar="TEXT", help="why they may be written to, where no column says it"
    )
    command.add_argument("--suppress", type=Path, metavar="FILE", help="e-mails, telephones or customers to leave out")
    command.add_argument("--earlier", type=Path, metavar="RECORD", help="record.csv of before: makes a removal file")
    command.add_argument(
        "--segment", action="append", default=[], metavar="NAME", help="name or number of a segment; repeatable"
    )
    command.add_argument("--country", action="append", default=[], help="repeatable")
    command.add_argument("--out", type=Path, required=True, help="folder to write to")
    add_view_flags(command, ", ".join(PRESET_LABELS))
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Write the package and say how many are sent, held back and rejected."""
    for path in filter(None, (options.suppress, options.earlier)):
        if not path.is_file():
            raise InputError(f"{path} does not exist or is no file.", "Check the path.")
    pipeline = Pipeline(Settings.from_env())
    view = _view(pipeline, options)
    sending = pipeline.shipment(
        view,
        options.destination,
        options.campaign,
        holdout=_share(options.holdout),
        statement=options.statement,
        suppress=options.suppress,
        earlier=options.earlier,
        needed=CHANNELS[options.channel][1] if options.channel else (),
    )
    made = pipeline.save_package(view, sending, options.out)
    found = made.counts
    print(
        f"{found.members:,} customers: {found.sent:,} sent, {found.holdout:,} held back, {found.rejected:,} rejected."
    )
    print(
        *(f"{number:>10,}  {reason}" for _, reason, number in found.reasons), sep="\n", end="\n" * bool(found.reasons)
    )
    print(*made.manifest["notes"], *map(str, made.files), sep="\n")


def _view(pipeline: Pipeline, options: argparse.Namespace) -> View:
    stored = pipeline.datasets()
    if not (options.data or stored):
        raise ExpiredError("No dataset is stored here.", "Bring a file: python -m core analyse FILE --out DIR")
    view = view_from(options, options.data or stored[0].fingerprint)
    pipeline.dataset(view)
    if options.segment:
        known = {each.name.casefold(): each.id for each in pipeline.segment_names(view)}
        view = view.but(segments=tuple(_segment(text, known) for text in options.segment))
    view, problems = pipeline.check(dataclasses.replace(view, countries=tuple(options.country)))
    if problems:
        raise problems[0]
    return view


def _segment(text: str, known: dict[str, int]) -> int:
    if text.isascii() and text.isdigit() and int(text) in known.values():
        return int(text)
    if text.casefold() not in known:
        raise ParameterError(f"There is no segment {text[:40]!r}.", f"Choose one of {', '.join(known)}.")
    return known[text.casefold()]


def _share(text: str) -> float:
    try:
        return float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        raise ParameterError(f"--holdout {text!r} is no number.", "Give a share such as 0.1.") from None
