"""The command line: ``python -m core analyse FILE --out DIR``, ``inspect``, ``demo``, ``datasets`` and more."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from core import inspect_command, shelf_commands
from core.errors import ClienteleError, ParameterError
from core.flags import add_flags, answers_from
from core.headless import analyse
from core.pipeline import PREPARATIONS, PRESET_LABELS, Pipeline, View
from core.settings import Settings


def main(arguments: list[str] | None = None) -> int:
    """Run one command.

    Returns
    -------
    int
        0, or 2 after one clear line on bad input.
    """
    options = parser().parse_args(arguments)
    try:
        options.run(options)
    except ClienteleError as error:
        print(f"clientele: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"clientele: {error.filename or 'a file'}: {error.strerror or error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("clientele: stopped; nothing was left half done", file=sys.stderr)
        return 130
    return 0


def parser() -> argparse.ArgumentParser:
    """All commands and their flags."""
    whole = argparse.ArgumentParser(
        prog="python -m core", description="Customer segments from order logs, customer tables and surveys."
    )
    commands = whole.add_subparsers(required=True, metavar="command")

    run = commands.add_parser("analyse", help="analyse a file and write the results to a folder")
    run.add_argument("file", type=Path, help="an order log, a customer table or a survey, in any usual format")
    run.add_argument("--preset", default="net", help=f"cleaning: {', '.join(PRESET_LABELS)}, or rules joined by +")
    run.add_argument("--k", default="auto", help="number of segments, or auto (default)")
    run.add_argument("--k-range", default="1:10", help="numbers of segments to compare, such as 1:10")
    run.add_argument("--prepare", default="auto", help=f"auto, or one of {', '.join(PREPARATIONS)}")
    run.add_argument("--as-of", default="", help="count recency to this date (default: the day after the last order)")
    run.add_argument("--seed", default="42", help="seed of every random step")
    run.add_argument("--features", default="", help="columns to learn segments from, such as Age,Income")
    run.add_argument("--join", type=Path, metavar="TABLE", help="a customer table of the same shop")
    run.add_argument("--out", type=Path, required=True, help="folder to write to")
    run.add_argument("--quiet", action="store_true", help="no progress bar")
    add_flags(run)
    run.set_defaults(run=_analyse)

    inspect_command.add(commands)

    shelf_commands.add(commands)
    return whole


def _analyse(options: argparse.Namespace) -> None:
    low, _, high = options.k_range.partition(":")
    view = View(
        "",
        rules=options.preset,
        as_of=options.as_of,
        k=0 if options.k == "auto" else _whole("--k", options.k),
        k_range=(_whole("--k-range", low), _whole("--k-range", high)),
        prepare=options.prepare,
        features=tuple(filter(None, (name.strip() for name in options.features.split(",")))),
        seed=_whole("--seed", options.seed),
    )
    analyse(
        Pipeline(Settings.from_env()),
        options.file,
        view,
        options.out,
        answers=answers_from(options),
        table=options.join,
        quiet=options.quiet,
    )


def _whole(flag: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ParameterError(f"{flag} {text!r} is not a whole number.", "Give a number such as 4.")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
