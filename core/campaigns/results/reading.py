"""A results file in any format: which of its rows are customers of the record, and what they did."""

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
from core.masking import shown

REACTIONS = ("opened", "clicked")
# A file of which fewer were in the campaign is of another one.
LEAST = 0.01


@dataclass(frozen=True)
class Reading:
    """What a results file says.

    Parameters
    ----------
    rows : frame
        Rows of customers of the record: ``customer_id``, ``cells`` (a hash of the whole row), and what the file says of
        ``converted``, ``cents``, ``opened`` and ``clicked``.
    told : tuple of str
    columns : dict
        Header by role, as they were understood.
    """

    rows: pd.DataFrame
    told: tuple[str, ...]
    columns: dict[str, str]


class ForeignError(InputError):
    """A results file of another campaign; ``customers`` are those whom it names."""

    def __init__(self, message: str, hint: str, customers: frozenset[str]) -> None:
        super().__init__(message, hint)
        self.customers = customers


def table(path: Path, name: str, answers: Answers, aside: Path, numbers: Sequence[str] = ()) -> newcomers.Newcomers:
    """The cells of a file in any format that a dataset can have, as text, and as numbers where they are named so."""
    understood = inspecting.understand(path, name or path.name, answers.but(roles=()))
    with tempfile.TemporaryDirectory(dir=aside) as folder:
        return newcomers.read(understood.source, numbers, (), (), None, Path(folder))


def digest_of(path: Path) -> str:
    """What two copies of a file have in common, whatever they are called: SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read(record: pd.DataFrame, path: Path, name: str, answers: Answers, aside: Path) -> Reading:
    """What the rows of a file say of customers of the record; see :func:`of_files`."""
    ids = {columns.key(each): each for each in record["customer_id"]}
    mails = (
        {columns.key(m, "email"): i for m, i in zip(record["email"], record["customer_id"], strict=True) if m}
        if ("email" in record)
        else {}
    )
    told: list[str] = []
    frame = table(path, name, answers, aside).frame
    found = columns.choose(frame, ids, mails, {role: header for role, header in answers.roles if header})
    frame = _own(frame, found, record, name, told)
    role = "customer" if "customer" in found else "email"
    named = frame[found[role]].map(lambda cell: columns.key(cell, role) if isinstance(cell, str) else None)
    owners = ids if role == "customer" else mails
    customers = pd.Series([owners.get(each) for each in named], named.index, dtype=object)
    everybody, known = int(named.nunique()), int(named[customers.notna()].nunique())
    if not known or known < LEAST * everybody:
        raise ForeignError(
            f"Of {everybody:,} customers in the column {found[role]} of {name}, {known:,} were in the campaign.",
            "It is the file of another campaign; bring its own, or the record that belongs to it.",
            frozenset(named.dropna()),
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
    return Reading(made[made["customer_id"].notna()], tuple(told), found)


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
        raise InputError(
            f"The column {header} says {shown(wrong[0])[:40]!r}, which is no amount.", "Write numbers only."
        )
    return [0 if value is None else round(100 * float(value)) for value in values]  # type: ignore[arg-type]
