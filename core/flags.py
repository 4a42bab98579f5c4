"""What can be said about a file on the command line, the same for every command that reads one."""

from __future__ import annotations

import argparse
import math

from core.errors import ParameterError
from core.intake.answers import Answers
from core.intake.logs.money import BASES


def add_flags(parser: argparse.ArgumentParser) -> None:
    """Add the flags to a command."""
    group = parser.add_argument_group("what the file does not say, or is understood wrongly")
    group.add_argument(
        "--map", action="append", default=[], metavar="ROLE=COLUMN", help="such as order=Name; repeatable"
    )
    group.add_argument(
        "--scale", action="append", default=[], metavar="COLUMN=SCALE", help="such as Q3=ordinal; repeatable"
    )
    group.add_argument("--kind", default="", help="transactions, customers or survey")
    group.add_argument("--money", default="", help=f"what revenue is taken from: {', '.join(BASES)}")
    group.add_argument(
        "--date-order", default="", choices=["", "dmy", "mdy", "ymd"], help="where the dates leave it open"
    )
    group.add_argument("--decimal", default="", choices=["", "point", "comma"], help="decimal mark")
    group.add_argument("--currency", default="", help="three letters; of several, the one to analyse")
    group.add_argument(
        "--rate", action="append", default=[], metavar="CODE=RATE", help="what one unit of another currency is worth"
    )
    group.add_argument("--time-zone", default="", help="such as Europe/Berlin: days are cut in it")
    group.add_argument("--country", default="", help="two letters: where telephone numbers without a country are")
    group.add_argument("--sheet", default="", help="sheet of a workbook, or file in a zip")
    group.add_argument(
        "--header", default="", choices=["", "yes", "no"], help="whether the first row names the columns"
    )
    group.add_argument("--delimiter", default="", help="one character, tab or blanks")
    group.add_argument("--encoding", default="", help="such as utf-8 or cp1252")


def answers_from(options: argparse.Namespace) -> Answers:
    r"""The answers that were given as flags.

    Raises
    ------
    ParameterError
        If ``--map``, ``--scale`` or ``--rate`` is no pair.

    Examples
    --------
    >>> parser = argparse.ArgumentParser()
    >>> add_flags(parser)
    >>> answers_from(parser.parse_args(["--map", "customer=Email", "--delimiter", "tab"])).to_json()
    '{"delimiter": "\\t", "roles": [["customer", "Email"]]}'
    """
    return Answers(
        kind=options.kind,
        encoding=options.encoding,
        delimiter={"tab": "\t", "\\t": "\t"}.get(options.delimiter, options.delimiter),
        header=options.header,
        sheet=options.sheet,
        decimal=options.decimal,
        date_order=options.date_order,
        time_zone=options.time_zone,
        currency=options.currency.upper(),
        money=options.money,
        country=options.country.upper(),
        roles=tuple(_role(text) for text in options.map),
        scales=tuple(_scale(text) for text in options.scale),
        rates=tuple(_rate(text) for text in options.rate),
    )


def _role(text: str) -> tuple[str, str]:
    role, mark, column = text.partition("=")
    if not (mark and role.strip()):
        raise ParameterError(f"--map {text!r} is no pair.", "Give it as --map order=Name; --map order= for none.")
    return role.strip(), column.strip()


def _scale(text: str) -> tuple[str, str]:
    column, mark, scale = text.rpartition("=")
    if not (mark and column.strip()):
        raise ParameterError(f"--scale {text!r} is no pair.", "Give it as --scale Q3=ordinal.")
    return column.strip(), scale.strip()


def _rate(text: str) -> tuple[str, float]:
    code, _, rate = text.partition("=")
    try:
        worth = float(rate)
    except ValueError:
        worth = 0.0
    if len(code.strip()) != 3 or not 0 < worth < math.inf:
        raise ParameterError(f"--rate {text!r} is no pair.", "Give it as --rate USD=0.79, above 0.")
    return code.strip().upper(), worth
