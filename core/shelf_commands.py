"""Commands about what is stored: list, append, join, rename, delete, restore, and the demo data."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from core.flags import add_flags, answers_from
from core.intake.columns.kind_of import KINDS
from core.pipeline import DEMO_FILES, Dataset, Pipeline
from core.settings import Settings


def add(commands: Any) -> None:
    """Add the commands."""
    demo = commands.add_parser("demo", help="make the demo data and store them")
    demo.add_argument("--out", type=Path, help="also write the log as CSV.GZ to this file")
    demo.set_defaults(run=_demo)

    listing = commands.add_parser("datasets", help="list what is stored")
    listing.add_argument("--deleted", action="store_true", help="what is in the trash instead")
    listing.set_defaults(run=_list)

    more = commands.add_parser("append", help="add a later export to a dataset: repeated orders count once")
    more.add_argument("dataset", help="fingerprint, from: datasets")
    more.add_argument("file", type=Path)
    add_flags(more)
    more.set_defaults(run=_append)

    join = commands.add_parser("join", help="look at an order log together with a customer table")
    join.add_argument("log", help="fingerprint of an order log")
    join.add_argument("table", help="fingerprint of a customer table or survey")
    join.set_defaults(run=_join)

    rename = commands.add_parser("rename", help="call a dataset something else")
    rename.add_argument("dataset")
    rename.add_argument("name")
    rename.set_defaults(run=lambda o: print(_line(_pipeline().rename(o.dataset, o.name))))

    delete = commands.add_parser("delete", help="put a dataset into the trash, with what was made of it")
    delete.add_argument("dataset")
    delete.add_argument("--for-good", action="store_true", help="leave no trace of the people in it")
    delete.set_defaults(run=_delete)

    restore = commands.add_parser("restore", help="bring a dataset back from the trash")
    restore.add_argument("dataset")
    restore.set_defaults(run=lambda o: print(_line(_pipeline().restore(o.dataset))))


def _pipeline() -> Pipeline:
    return Pipeline(Settings.from_env())


def _line(dataset: Dataset) -> str:
    kind = KINDS[dataset.kind].lower()
    rows = f"{dataset.rows:>12,} rows"
    return f"{dataset.fingerprint}  {dataset.added[:10]}  {kind:<14}  {rows}  {dataset.currency}  {dataset.name}"


def _demo(options: argparse.Namespace) -> None:
    from data import customers, shop, survey

    pipeline = _pipeline()
    makers = {"shop": shop.write, "customers": customers.write, "survey": survey.write}
    with tempfile.TemporaryDirectory() as folder:
        for slug, (path, name) in DEMO_FILES.items():
            target = options.out if options.out and slug == "shop" else Path(folder) / path.name
            print(_line(pipeline.receive(makers[slug](target), name=name)))


def _list(options: argparse.Namespace) -> None:
    pipeline = _pipeline()
    for dataset in pipeline.trashed() if options.deleted else pipeline.datasets():
        print(_line(dataset))


def _append(options: argparse.Namespace) -> None:
    made = _pipeline().append(options.dataset, options.file, answers=answers_from(options))
    print(_line(made), *made.facts["news"], sep="\n")


def _join(options: argparse.Namespace) -> None:
    made = _pipeline().join(options.log, options.table)
    print(_line(made))
    print(f"{made.facts['matched']:,} of {made.facts['of']:,} customers of the log are in the table.")


def _delete(options: argparse.Namespace) -> None:
    pipeline = _pipeline()
    for dataset in pipeline.delete(options.dataset):
        print(_line(dataset))
    if options.for_good:
        pipeline.purge(options.dataset)
