"""A suppression list: people who must be in no file, whatever else is known of them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa

from core.errors import InputError
from core.intake.columns.headers import fold
from core.intake.logs import contacts

SCHEMA = pa.schema([("kind", pa.string()), ("value", pa.string())])
NAMES = {
    "email": ("email", "e mail", "mail", "email address", "e mail address"),
    "phone": ("phone", "telephone", "mobile", "phone number", "tel"),
    "customer": ("customer", "customer id", "customerid", "customer number", "id"),
}
_HASH = re.compile(r"[0-9a-f]{64}")


def read(path: Path, country: str = "") -> pa.Table:
    """Read e-mails, telephones and customer ids from a CSV or a text file.

    Parameters
    ----------
    path : Path
        UTF-8. Columns named like an e-mail, a telephone or a customer are read; a file without such names is a list,
        one of them a line, which may mix all three. SHA-256 of an e-mail or a telephone will do.
    country : str
        Two letters: where telephones without a country are.

    Returns
    -------
    Table
        ``kind`` (email, phone, customer, hash) and ``value``.

    Raises
    ------
    InputError
        If the file has several columns of which none is known, or cannot be read.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            pairs = list(_pairs(path.name, file, country))
    except UnicodeDecodeError:
        raise InputError(f"The suppression list {path.name} is no UTF-8 text.", "Save it as CSV in UTF-8.") from None
    except csv.Error as error:
        raise InputError(f"The suppression list {path.name} cannot be read: {error}.", "Save it as CSV.") from None
    if not pairs:
        raise InputError(f"The suppression list {path.name} holds nobody.", "Leave it out, or check the file.")
    return pa.Table.from_pylist([{"kind": kind, "value": value} for kind, value in sorted(set(pairs))], SCHEMA)


def nobody() -> pa.Table:
    """An empty list."""
    return SCHEMA.empty_table()


def _pairs(name: str, file: Iterable[str], country: str) -> Iterator[tuple[str, str]]:
    lines = iter(file)
    first = next(lines, "")
    delimiter = max(",;\t|", key=first.count)
    titles = next(csv.reader([first], delimiter=delimiter), [])
    known = {place: kind for place, title in enumerate(titles) if (kind := _kind(title))}
    if not known and len(titles) > 1:
        raise InputError(
            f"The suppression list {name} has {len(titles)} columns, and none is called e-mail, phone or customer.",
            "Name the columns in the first row, or give one address, number or customer a line.",
        )
    if not known:
        yield from _any(first, country)
    for row in csv.reader(lines, delimiter=delimiter):
        for place, cell in enumerate(row):
            if cell.strip() and not known:
                yield from _any(cell, country)
            elif cell.strip() and place in known:
                yield from _one(known[place], cell, country)


def _kind(title: str) -> str:
    words = re.sub(r"[^a-z0-9]+", " ", fold(title)).strip()
    return next((kind for kind, names in NAMES.items() if words in names), "")


def _any(cell: str, country: str) -> Iterator[tuple[str, str]]:
    """A cell that may be any of them: a number is taken for a telephone and for a customer."""
    kinds = ("email",) if "@" in cell else ("customer", "phone")
    for kind in kinds:
        yield from _one(kind, cell, country)


def _one(kind: str, cell: str, country: str) -> Iterator[tuple[str, str]]:
    text = cell.strip()
    if _HASH.fullmatch(text.lower()):
        yield "hash", text.lower()
    elif kind == "email":
        yield "email", contacts.email(text) or text.lower()
    elif kind == "customer":
        if text:
            yield "customer", text
    elif number := contacts.phone(text, country.upper()):
        yield "phone", number
        if not number.startswith("+"):
            yield "phone", f"+{number}"
