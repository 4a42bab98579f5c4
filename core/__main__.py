"""The command line: ``python -m core analyse FILE --out DIR``, ``inspect``, ``demo``, ``datasets`` and more."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from core import (
    audience_command,
    inspect_command,
    playbook_command,
    predict_command,
    results_command,
    saved_commands,
    shelf_commands,
)
from core.errors import ClienteleError
from core.flags import add_flags, answers_from
from core.headless import analyse
from core.pipeline import PRESET_LABELS, Pipeline
from core.settings import Settings
from core.view_flags import add_view_flags, view_from


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
    add_view_flags(run, ", ".join(PRESET_LABELS))
    run.add_argument("--join", type=Path, metavar="TABLE", help="a customer table of the same shop")
    run.add_argument("--out", type=Path, required=True, help="folder to write to")
    run.add_argument("--quiet", action="store_true", help="no progress bar")
    add_flags(run)
    run.set_defaults(run=_analyse)

    inspect_command.add(commands)

    playbook_command.add(commands)

    predict_command.add(commands)

    results_command.add(commands)

    audience_command.add(commands)

    saved_commands.add(commands)

    shelf_commands.add(commands)
    return whole


def _analyse(options: argparse.Namespace) -> None:
    analyse(
        Pipeline(Settings.from_env()),
        options.file,
        view_from(options),
        options.out,
        answers=answers_from(options),
        table=options.join,
        quiet=options.quiet,
    )


if __name__ == "__main__":
    sys.exit(main())
