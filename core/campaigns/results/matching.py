"""The people of a record with what they did, from results files or from the next order log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from core.campaigns.results import checks, reading
from core.campaigns.results.reading import LEAST, REACTIONS
from core.errors import InputError
from core.intake.answers import Answers


@dataclass(frozen=True)
class Matched:
    """One row a customer of the record, as :func:`core.campaigns.results.assessing.assess` takes it; what to tell."""

    people: pd.DataFrame
    told: tuple[str, ...]
    reactions: tuple[str, ...] = ()


def of_files(record: pd.DataFrame, paths: Sequence[tuple[Path, str]], answers: Answers, aside: Path) -> Matched:
    """Match results files with a record.

    Parameters
    ----------
    record : frame
        Of :func:`core.campaigns.results.record.check`.
    paths : sequence of (path, name)
        A file that is brought twice counts once.
    answers : Answers
        Its ``roles`` say which column is the customer, converted, revenue, opened, clicked.
    aside : path
        For what is written on the way.

    Raises
    ------
    InputError
        If a file cannot be read, does not say who ordered, or is of another campaign.
    """
    told: list[str] = []
    seen: dict[str, str] = {}
    parts: dict[str, pd.DataFrame] = {}
    for path, name in paths:
        if (digest := reading.digest_of(path)) in seen:
            told.append(f"{name} is the same file as {seen[digest]}; it counts once.")
            continue
        seen[digest] = name
        found = reading.read(record, path, name, answers, aside)
        if twin := next((each for each, rows in parts.items() if alike(rows, found.rows)), ""):
            told.append(f"{name} says the same of everybody as {twin}; it counts once.")
            continue
        parts[name] = found.rows
        told += found.told
    return add_up(record, list(parts.values()), told)


def alike(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Whether two files say the same of every customer: one file, saved once as CSV and once as a workbook, say."""
    mine, theirs = (_by_customer(rows.drop_duplicates().drop(columns="cells")) for rows in (one, other))
    return {*mine} == {*theirs} and mine.equals(theirs[[*mine]])


def add_up(record: pd.DataFrame, parts: Sequence[pd.DataFrame], told: Sequence[str] = ()) -> Matched:
    """What several files say together: rows that are the same in every cell count once, others are added."""
    rows = pd.concat(parts, ignore_index=True)
    again = rows.duplicated()
    said = [*told, *checks.matches(0, 0, int(again.sum()), 0)]
    if "cents" in rows:
        said += _added(rows, again, [len(part) for part in parts])
    people = _beside(record, _by_customer(rows[~again].drop(columns="cells")))
    return Matched(people, tuple(said), tuple(word for word in REACTIONS if word in people))


def _added(rows: pd.DataFrame, again: pd.Series, lengths: Sequence[int]) -> Iterator[str]:
    """Whose revenue is the sum of several rows; of several files that may be the same orders twice."""
    files = pd.Series(np.repeat(np.arange(len(lengths)), lengths), index=rows.index)
    rows = rows[~again]
    beside = rows["customer_id"].groupby([files[rows.index], rows["customer_id"]]).size()
    if several := beside[beside > 1].index.get_level_values(1).nunique():
        yield f"{several:,} customers have several rows that differ: each counts once, with their revenue added."
    paid = rows[rows["cents"].fillna(0) != 0]
    if len(lengths) > 1 and (both := int(files[paid.index].groupby(paid["customer_id"]).nunique().gt(1).sum())):
        yield (
            f"{both:,} customers spent something in more than one file, and it is added. If a later file holds the "
            "orders of an earlier one once more, take the earlier one back."
        )


def of_orders(record: pd.DataFrame, orders: pd.DataFrame, known: int) -> Matched:
    """Match an order log with a record.

    Parameters
    ----------
    orders : frame
        ``customer_id``, ``orders`` and, where there is money, ``cents`` of those who ordered in its days.
    known : int
        Customers of the record of whom the log knows anything at all.

    Raises
    ------
    InputError
        If the log knows next to nobody of the record.
    """
    if known < LEAST * len(record) or not known:
        raise InputError(
            f"Of {len(record):,} customers of the campaign the order log knows {known:,}.", "Choose the shop's own log."
        )
    told = []
    if known < checks.LOW_MATCH * len(record):
        told.append(f"The log knows only {100 * known / len(record):.0f} % of the campaign's customers.")
    did = orders.assign(converted=orders["orders"] > 0).set_index("customer_id").drop(columns="orders")
    return Matched(_beside(record, did).assign(found=True), tuple(told))


def together(file: Matched | None, log: Matched | None) -> Matched | None:
    """What files and an order log say: the log of orders, the files of mails opened and clicked, and of orders alone.

    Returns
    -------
    Matched or None
        None where nothing says who ordered.
    """
    if log is None:
        return file if file and "converted" in file.people else None
    if file is None:
        return log
    people = log.people.assign(**{word: file.people[word].to_numpy() for word in file.reactions})
    said = "Orders are those of the order log"
    said += "; the file adds who opened and clicked." if file.reactions else "; those of the file are not counted."
    return Matched(people, (*log.told, *file.told, said), file.reactions)


def _by_customer(rows: pd.DataFrame) -> pd.DataFrame:
    for column in rows.columns.difference(["customer_id", "cents"]):
        rows[column] = rows[column].eq(True)
    how = {column: "sum" if column == "cents" else "any" for column in rows if column != "customer_id"}
    return rows.groupby("customer_id").agg(how)


def _beside(record: pd.DataFrame, did: pd.DataFrame) -> pd.DataFrame:
    """The record with what its customers did; who is not named did nothing."""
    people = record.drop(columns="email", errors="ignore").join(did, on="customer_id")
    # Of a million texts this takes a second, and isin half a minute.
    people["found"] = did.index.get_indexer(pd.Index(people["customer_id"])) >= 0
    for column in did:
        people[column] = people[column].fillna(0).astype("int64") if column == "cents" else people[column].eq(True)
    return people
