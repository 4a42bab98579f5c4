"""Bytes to a table of text: what the file is (compression, encoding, separator, header) and how DuckDB reads it."""

from __future__ import annotations

import csv
import gzip
import io
from dataclasses import dataclass
from pathlib import Path

from core.errors import InputError

HEAD = 256 * 1024
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


@dataclass(frozen=True)
class Source:
    """A file as it is read: its path, what was found, and the header's names."""

    path: Path
    name: str
    compression: str
    delimiter: str
    columns: tuple[str, ...]
    encoding: str = "utf-8"


def inspect(path: Path, name: str = "") -> Source:
    """Find out how to read a file, from its first bytes.

    Raises
    ------
    InputError
        If it is missing, a folder, empty, binary, or has a header only.
    """
    name = name or path.name
    if path.is_dir():
        raise InputError(f"{name} is a folder.", "Choose the CSV file inside it.")
    if not path.exists():
        raise InputError(f"{name} does not exist.", "Check the path.")
    head = _head(path, name)
    if not head.strip():
        raise InputError(f"{name} is empty.", "Export it again and check that it holds orders.")
    if b"\0" in head:
        raise InputError(f"{name} is not a text file.", "Save it as CSV (comma separated) and try again.")
    text = head.decode("utf-8-sig", errors="replace")
    delimiter = max(DELIMITERS, key=text.split("\n", 1)[0].count)
    columns = next(csv.reader(io.StringIO(text), delimiter=delimiter))
    with path.open("rb") as file:
        magic = file.read(2)
    compression = "gzip" if magic == b"\x1f\x8b" else "none"
    return Source(path, name, compression, delimiter, tuple(columns))


def relation(source: Source) -> str:
    """The DuckDB table function that reads the file, every column as text."""
    names = ", ".join(f"{_quote(f'c{i}')}: 'VARCHAR'" for i in range(len(source.columns)))
    return (
        f"read_csv({_quote(str(source.path))}, header=true, delim={_quote(source.delimiter)}, quote='\"', escape='\"',"
        f" auto_detect=false, null_padding=false, compression={_quote(source.compression)}, columns={{{names}}})"
    )


def _head(path: Path, name: str) -> bytes:
    with path.open("rb") as file:
        start = file.read(2)
    opener = gzip.open if start == b"\x1f\x8b" else open
    try:
        with opener(path, "rb") as file:
            return bytes(file.read(HEAD))
    except (EOFError, OSError, gzip.BadGzipFile) as error:
        raise InputError(f"{name} cannot be unpacked: {error}.", "The file is cut off or damaged; copy it again.") from None


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
