"""The command line: ``python -m core analyse FILE --out DIR``, ``demo``, ``datasets``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from core.errors import ClienteleError, ParameterError
from core.headless import analyse
from core.pipeline import DEMO, DEMO_NAME, PREPARATIONS, PRESET_LABELS, Answers, Pipeline, View
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
    whole = argparse.ArgumentParser(prog="python -m core", description="Customer segments from an order log.")
    commands = whole.add_subparsers(required=True, metavar="command")

    run = commands.add_parser("analyse", help="analyse a file and write the results to a folder")
    run.add_argument("file", type=Path, help="CSV or CSV.GZ with the columns of UCI Online Retail")
    run.add_argument("--preset", default="net", help=f"cleaning: {', '.join(PRESET_LABELS)}, or rules joined by +")
    run.add_argument("--k", default="auto", help="number of segments, or auto (default)")
    run.add_argument("--k-range", default="1:10", help="numbers of segments to compare, such as 1:10")
    run.add_argument("--prepare", default="auto", help=f"auto, or one of {', '.join(PREPARATIONS)}")
    run.add_argument("--as-of", default="", help="count recency to this date (default: the day after the last order)")
    run.add_argument("--seed", default="42", help="seed of every random step")
    run.add_argument("--currency", default="", help="currency of the file, such as GBP")
    run.add_argument("--date-order", default="", choices=["", "dmy", "mdy"], help="where the dates leave it open")
    run.add_argument("--out", type=Path, required=True, help="folder to write to")
    run.add_argument("--quiet", action="store_true", help="no progress bar")
    run.set_defaults(run=_analyse)

    demo = commands.add_parser("demo", help="make the demo data and store them")
    demo.add_argument("--out", type=Path, help="also write the log as CSV.GZ to this file")
    demo.set_defaults(run=_demo)

    listing = commands.add_parser("datasets", help="list what is stored")
    listing.set_defaults(run=_datasets)
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
        seed=_whole("--seed", options.seed),
    )
    settings = Settings.from_env()
    analyse(
        Pipeline(settings),
        options.file,
        view,
        options.out,
        answers=Answers(currency=options.currency, date_order=options.date_order),
        quiet=options.quiet,
    )


def _demo(options: argparse.Namespace) -> None:
    from data import shop

    pipeline = Pipeline(Settings.from_env())
    with tempfile.TemporaryDirectory() as folder:
        path = shop.write(options.out or Path(folder) / DEMO.name)
        dataset = pipeline.receive(path, name=DEMO_NAME)
    print(f"{dataset.fingerprint}  {dataset.name}  {dataset.rows:,} rows")


def _datasets(options: argparse.Namespace) -> None:
    for dataset in Pipeline(Settings.from_env()).datasets():
        rows = f"{dataset.rows:>12,} rows"
        print(f"{dataset.fingerprint}  {dataset.added[:10]}  {rows}  {dataset.currency}  {dataset.name}")


def _whole(flag: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ParameterError(f"{flag} {text!r} is not a whole number.", "Give a number such as 4.")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
