"""``python -m core playbook``: list the strategies for a kind of dataset, check an own playbook, install it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core.campaigns.binder import Binder
from core.campaigns.board import board
from core.campaigns.own import LARGEST
from core.campaigns.playbook import kind_of, read, shipped
from core.campaigns.strategies import Playbook
from core.campaigns.words import KNOWN
from core.errors import InputError
from core.settings import Settings

KIND = {"transactions": "order logs", "customers": "customer tables", "survey": "surveys"}


def add(commands: Any) -> None:
    """Add the command."""
    command = commands.add_parser("playbook", help="list the strategies, or check and install your own")
    command.add_argument("--kind", choices=[*KNOWN], default="", help="of dataset (default: what the file says, or "
                         "transactions)")  # fmt: skip
    ways = command.add_mutually_exclusive_group()
    ways.add_argument("--check", type=Path, metavar="FILE", help="say whether an own playbook would work")
    ways.add_argument("--install", type=Path, metavar="FILE", help="make it the own playbook; the one before is kept")
    ways.add_argument("--undo", action="store_true", help="take the last change back")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """List, check, install or undo."""
    binder, kind = Binder(Settings.from_env().home), options.kind or "transactions"
    file = options.check or options.install
    if file:
        text = _text(file)
        kind = options.kind or kind_of(read(text.encode(), file.name))
        if options.install:
            print(f"{file.name} serves now: {_count(binder.save(kind, text))} for {KIND[kind]}.")
        else:
            before, book = binder.serving(kind), binder.check(kind, text)
            print(f"{file.name} would work: {_count(book)} for {KIND[kind]}.", *_news(before, book), sep="\n")
        return
    book = binder.undo(kind) if options.undo else binder.serving(kind)
    for each in board(book, shipped(kind), []):
        print(f"{each.strategy.slug:28}  {each.origin:8}  {each.strategy.rank:5g}  {each.strategy.title}")
    print(f"{_count(book)} for {KIND[kind]}.")


def _text(file: Path) -> str:
    if not file.is_file():
        raise InputError(f"{file} does not exist or is no file.", "Check the path.")
    if file.stat().st_size > LARGEST:
        raise InputError(f"{file.name} has more than {LARGEST // 1024} KB.", "A playbook is a page or two: shorten it.")
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{file.name} is not UTF-8 text: {error}.", "Save it as UTF-8.") from error


def _news(before: Playbook, after: Playbook) -> list[str]:
    old, new = ({each.slug: each for each in book.strategies} for book in (before, after))
    said = [f"{'added' if slug not in old else 'changed':8}  {slug}" for slug in new if old.get(slug) != new[slug]]
    return said + [f"gone      {slug}" for slug in old if slug not in new] or ["Nothing would change."]


def _count(book: Playbook) -> str:
    return f"{len(book.strategies)} strategies"
