"""Bytes to a table of text: what the file is (compression, encoding, separator, header) and how DuckDB reads it."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import itertools
import re
import zlib
from dataclasses import dataclass
from pathlib import Path

from core.errors import InputError

HEAD = 256 * 1024
SAMPLE = 1000
MOST_COLUMNS = 10_000
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1f\x7f]")
_NOT_TEXT = {
    b"PK\x03\x04": (
        "is an Excel workbook or a zip archive",
        "Save the sheet as CSV, or unpack it, and bring that file.",
    ),
    b"\xff\xfe": ("is UTF-16 text", "Save it as CSV UTF-8 and try again."),
    b"\xfe\xff": ("is UTF-16 text", "Save it as CSV UTF-8 and try again."),
}


@dataclass(frozen=True)
class Source:
    """A file as it is read: where it is, what was found, the header's names and the first rows below it.

    ``blank`` counts the empty lines above the header; ``encoding`` is empty where the first bytes are not UTF-8.
    """

    path: Path
    name: str
    compression: str
    delimiter: str
    newline: str
    blank: int
    columns: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...] = ()
    encoding: str = "UTF-8"


def inspect(path: Path, name: str = "") -> Source:
    """Find out how to read a file, from its first bytes.

    Raises
    ------
    InputError
        If it is missing, a folder, not readable, empty, not text, or damaged at its start.
    """
    name = name or path.name
    if path.is_dir():
        raise InputError(f"{name} is a folder.", "Choose the CSV file inside it.")
    if not path.exists():
        raise InputError(f"{name} does not exist.", "Check the path.")
    if not path.is_file():
        raise InputError(f"{name} is not a file.", "Choose a CSV or CSV.GZ file.")
    compression, head = _head(path, name)
    for magic, (what, hint) in _NOT_TEXT.items():
        if head.startswith(magic):
            raise InputError(f"{name} {what}.", hint)
    if b"\0" in head or _CONTROL.search(head.split(b"\n", 1)[0]):
        raise InputError(f"{name} is not a text file.", "Export it as CSV (comma separated) and try again.")
    encoding, whole = _decode(head)
    if not whole.strip():
        raise InputError(f"{name} is empty.", "Export it again and check that it holds orders.")
    text = whole.lstrip("\r\n")
    blank = len(whole[: len(whole) - len(text)].splitlines())
    try:
        delimiter = max(DELIMITERS, key=lambda mark: len(_rows(text, mark, 1)[0]))
        rows = _rows(text, delimiter, SAMPLE)
    except csv.Error as error:
        raise InputError(f"{name} is not a CSV file: {error}.", "Export it as CSV and try again.") from None
    if len(rows[0]) > MOST_COLUMNS:
        raise InputError(
            f"{name} has {len(rows[0]):,} columns in its first line.", f"It may have {MOST_COLUMNS:,} at most."
        )
    # The last row may be cut off where the head ends.
    sample = tuple(tuple(row) for row in rows[1 : -1 if len(head) == HEAD else None] if len(row) == len(rows[0]))
    newline = _newline(text, delimiter)
    return Source(path, name, compression, delimiter, newline, blank, tuple(rows[0]), sample, encoding)


def relation(source: Source) -> str:
    """The DuckDB table function that reads the file, every column as text, with what does not fit set aside."""
    names = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(source.columns)))
    # Only where it is CRLF: told of a plain line feed, DuckDB 2.0 reads nothing of a file that mixes the two.
    newline = ", new_line='\\r\\n'" if source.newline == "\r\n" else ""
    return (
        f"read_csv({quote(str(source.path))}, header=true, skip={source.blank}, delim={quote(source.delimiter)},"
        f" quote='\"', escape='\"', auto_detect=false, null_padding=false, store_rejects=true,"
        f" compression='none'{newline}, columns={{{names}}})"
    )


def quote(text: str) -> str:
    """Text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def _head(path: Path, name: str) -> tuple[str, bytes]:
    try:
        with path.open("rb") as file:
            zipped = file.read(2) == b"\x1f\x8b"
        with gzip.open(path, "rb") if zipped else path.open("rb") as file:
            return "gzip" if zipped else "none", file.read(HEAD)
    except PermissionError:
        raise InputError(f"{name} may not be read by this program.", "Change the file's permissions.") from None
    except (EOFError, OSError, zlib.error) as error:
        raise damaged(name, error) from None


def damaged(name: str, error: Exception) -> InputError:
    """A file that ends too early or does not unpack."""
    return InputError(f"{name} is cut off or damaged ({error}).", "Copy or export it again.")


def _decode(head: bytes) -> tuple[str, str]:
    try:
        # Incremental, for the head may end inside a character.
        text = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "", head.decode("cp1252", errors="replace")
    return ("UTF-8 with a byte order mark", text[1:]) if text.startswith("\ufeff") else ("UTF-8", text)


def _rows(text: str, delimiter: str, most: int) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [row for row in itertools.islice(reader, most + 1) if row]


def _newline(text: str, delimiter: str) -> str:
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter)
    next(reader)
    header = text[: lines.tell()]
    return next((mark for mark in ("\r\n", "\n", "\r") if header.endswith(mark)), "\n")
