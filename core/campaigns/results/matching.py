"""The people of a record with what they did, from results files or from the next order log."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from core.campaigns.results import checks, columns
from core.errors import InputError
from core.intake import inspecting, newcomers
from core.intake.answers import Answers

REACTIONS = ("opened", "clicked")
# A file of which fewer were in the campaign is of another one.
_LEAST = 0.01


@dataclass(frozen=True)
class Matched:
    """One row a customer of the record, as :func:`core.campaigns.results.assessing.assess` takes it; what to tell."""

    people: pd.DataFrame
    told: tuple[str, ...]
    reactions: tuple[str, ...] = ()


def table(path: Path, name: str, answers: Answers, aside: Path, numbers: Sequence[str] = ()) -> newcomers.Newcomers:
    """The cells of a file in any format that a dataset can have, as text, and as numbers where they are named so."""
    understood = inspecting.understand(path, name or path.name, answers.but(roles=()))
    with tempfile.TemporaryDirectory(dir=aside) as folder:
        return newcomers.read(understood.source, numbers, (), (), None, Path(folder))


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
    parts = []
    for path, name in paths:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest in seen:
            told.append(f"{name} is the same file as {seen[digest]}; it counts once.")
            continue
        seen[digest] = name
        parts.append(_rows(record, path, name, answers, aside, told))
    rows = pd.concat(parts, ignore_index=True)
    again = rows.duplicated()
    told += checks.matches(0, 0, int(again.sum()), 0)
    rows = rows[~again]
    several = int(rows["customer_id"].value_counts().gt(1).sum())
    if several and "cents" in rows:
        told.append(f"{several:,} customers have several rows that differ: each counts once, with their revenue added.")
    people = _beside(record, _by_customer(rows.drop(columns="cells")))
    return Matched(people, tuple(told), tuple(word for word in REACTIONS if word in people))


def of_orders(record: pd.DataFrame, orders: pd.DataFrame, known: int) -> Matched:
    """Match an order log with a record.

    Parameters
    ----------
    orders : frame
        ``customer_id``, ``orders`` and ``cents`` of those who ordered in the days of the campaign.
    known : int
        Customers of the record of whom the log knows anything at all.

    Raises
    ------
    InputError
        If the log knows next to nobody of the record.
    """
    if known < _LEAST * len(record) or not known:
        raise InputError(
            f"Of {len(record):,} customers of the campaign the order log knows {known:,}.", "Choose the shop's own log."
        )
    told = []
    if known < checks.LOW_MATCH * len(record):
        told.append(f"The log knows only {100 * known / len(record):.0f} % of the campaign's customers.")
    did = orders.assign(converted=orders["orders"] > 0).set_index("customer_id")[["converted", "cents"]]
    return Matched(_beside(record, did).assign(found=True), tuple(told))


def with_reactions(matched: Matched, file: Matched) -> Matched:
    """What an order log says of orders, with what a file says of mails opened and clicked."""
    people = matched.people.assign(**{word: file.people[word].to_numpy() for word in file.reactions})
    said = "Orders are those of the order log; the file adds who opened and clicked."
    return Matched(people, (*matched.told, *file.told, said), file.reactions)


def _rows(
    record: pd.DataFrame, path: Path, name: str, answers: Answers, aside: Path, told: list[str]
) -> pd.DataFrame:  # fmt: skip
    """What the rows of a file say of customers of the record."""
    ids = {columns.key(each): each for each in record["customer_id"]}
    mails = (
        {columns.key(m, "email"): i for m, i in zip(record["email"], record["customer_id"], strict=True) if m}
        if ("email" in record)
        else {}
    )
    frame = table(path, name, answers, aside).frame
    found = columns.choose(frame, ids, mails, {role: header for role, header in answers.roles if header})
    frame = _own(frame, found, record, name, told)
    role = "customer" if "customer" in found else "email"
    named = frame[found[role]].map(lambda cell: columns.key(cell, role) if isinstance(cell, str) else None)
    owners = ids if role == "customer" else mails
    customers = pd.Series([owners.get(each) for each in named], named.index, dtype=object)
    everybody, known = int(named.nunique()), int(named[customers.notna()].nunique())
    if not known or known < _LEAST * everybody:
        raise InputError(
            f"Of {everybody:,} customers in the column {found[role]} of {name}, {known:,} were in the campaign.",
            "It is the file of another campaign; bring its own, or the record that belongs to it.",
        )
    told += checks.matches(everybody, known, 0, int(named.isna().sum()))
    made = pd.DataFrame({"customer_id": customers, "cells": pd.util.hash_pandas_object(frame.fillna(""), index=False)})
    for word in ("converted", *REACTIONS):
        if word in found:
            made[word] = columns.yes(frame[found[word]].tolist(), found[word])
    if "revenue" in found:
        typed = table(path, name, answers, aside, [found["revenue"]]).typed[found["revenue"]]
        made["cents"] = _cents([typed[place] for place in frame.index], found["revenue"])
        if "converted" not in made:
            made["converted"] = made["cents"] > 0
    return made[made["customer_id"].notna()]


def _own(
    frame: pd.DataFrame, found: Mapping[str, str], record: pd.DataFrame, name: str, told: list[str]
) -> pd.DataFrame:
    """The rows of the record's campaign, where a column names campaigns."""
    campaign = str(record["campaign"].iloc[0])
    if "campaign" not in found or not campaign:
        return frame
    theirs = frame[found["campaign"]].fillna("").str.strip().str.casefold() == campaign.casefold()
    if not theirs.any():
        others = sorted(set(frame[found["campaign"]].dropna()))
        raise InputError(
            f"{name} is of {', '.join(each[:40] for each in others[:3]) or 'no campaign'}, not of {campaign}.",
            "Bring the results of this campaign, or the record that belongs to that one.",
        )
    if foreign := int((~theirs).sum()):
        told.append(f"{foreign:,} rows are of other campaigns; they are not counted.")
    return frame[theirs]


def _cents(values: Sequence[object], header: str) -> list[int]:
    if wrong := [value for value in values if isinstance(value, str)]:
        raise InputError(f"The column {header} says {wrong[0][:40]!r}, which is no amount.", "Write numbers only.")
    return [0 if value is None else round(100 * float(value)) for value in values]  # type: ignore[arg-type]


def _by_customer(rows: pd.DataFrame) -> pd.DataFrame:
    for column in rows.columns.difference(["customer_id", "cents"]):
        rows[column] = rows[column].eq(True)
    how = {column: "sum" if column == "cents" else "any" for column in rows if column != "customer_id"}
    return rows.groupby("customer_id").agg(how)


def _beside(record: pd.DataFrame, did: pd.DataFrame) -> pd.DataFrame:
    """The record with what its customers did; who is not named did nothing."""
    people = record.drop(columns="email", errors="ignore").join(did, on="customer_id")
    people["found"] = people["customer_id"].isin(did.index)
    for column in did:
        people[column] = people[column].fillna(0).astype("int64") if column == "cents" else people[column].eq(True)
    return people
