"""How segments are learned, as flags: the same for every command that looks at a dataset."""

from __future__ import annotations

import argparse

from core.errors import ParameterError
from core.view import MISSING, OUTLIERS, PREPARATIONS, View


def add_view_flags(parser: argparse.ArgumentParser, presets: str) -> None:
    """Add the flags to a command; ``presets`` names the cleaning presets for the help."""
    group = parser.add_argument_group("what is analysed, and how segments are learned")
    group.add_argument("--preset", default="net", help=f"cleaning: {presets}, or rules joined by +")
    group.add_argument("--as-of", default="", help="count recency to this date (default: the day after the last order)")
    group.add_argument("--features", default="", help="columns to learn segments from, such as Age,Income")
    group.add_argument("--prepare", default="auto", help=f"auto, or one of {', '.join(PREPARATIONS)}")
    group.add_argument(
        "--own", action="append", default=[], metavar="FEATURE=HOW", help="prepare one feature otherwise; repeatable"
    )
    group.add_argument(
        "--weight", action="append", default=[], metavar="FEATURE=TIMES", help="how many times a feature counts"
    )
    group.add_argument("--outliers", default="keep", help=f"one of {', '.join(OUTLIERS)}")
    group.add_argument("--missing", default="auto", help=f"one of {', '.join(MISSING)}")
    group.add_argument("--method", default="kmeans", help="algorithm, such as kmeans, gaussian or hdbscan")
    group.add_argument("--k", default="auto", help="number of segments, or auto (default)")
    group.add_argument("--k-range", default="1:10", help="numbers of segments to compare, such as 1:10")
    group.add_argument("--seed", default="42", help="seed of every random step")
    group.add_argument("--saved", default="", metavar="ID", help="keep names and numbers of a saved segmentation")


def view_from(options: argparse.Namespace, dataset: str = "") -> View:
    """The view that was asked for.

    Raises
    ------
    ParameterError
        If a number is none, or a value is out of range; it names the flag.

    Examples
    --------
    >>> parser = argparse.ArgumentParser()
    >>> add_view_flags(parser, "net")
    >>> view_from(parser.parse_args(["--k", "4", "--weight", "monetary=2"])).weights
    (('monetary', 2.0),)
    """
    low, _, high = options.k_range.partition(":")
    return View(
        dataset,
        rules=options.preset,
        as_of=options.as_of,
        k=0 if options.k == "auto" else whole("--k", options.k),
        k_range=(whole("--k-range", low), whole("--k-range", high)),
        prepare=options.prepare,
        features=tuple(filter(None, (name.strip() for name in options.features.split(",")))),
        own=tuple(_pair("--own", text) for text in options.own),
        weights=tuple((name, _number(text)) for name, text in (_pair("--weight", each) for each in options.weight)),
        outliers=options.outliers,
        missing=options.missing,
        method=options.method,
        seed=whole("--seed", options.seed),
        saved=options.saved,
    )


def whole(flag: str, text: str) -> int:
    """A whole number.

    Raises
    ------
    ParameterError
        Naming the flag.
    """
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ParameterError(f"{flag} {text!r} is not a whole number.", "Give a number such as 4.")
    return int(text)


def _pair(flag: str, text: str) -> tuple[str, str]:
    name, mark, value = text.rpartition("=")
    if not (mark and name.strip() and value.strip()):
        raise ParameterError(f"{flag} {text!r} is no pair.", f"Give it as {flag} Age=2." if flag == "--weight" else
                             f"Give it as {flag} Age=rank.")  # fmt: skip
    return name.strip(), value.strip()


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ParameterError(f"--weight {text!r} is not a number.", "Give a number such as 2.") from None
