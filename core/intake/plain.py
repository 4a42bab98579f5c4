"""A plain copy of a file that is not read as it stands: unpacked, and where need be in UTF-8 with line feeds only."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from core.errors import InputError
from core.intake.reading import Source, damaged

BLOCK = 1 << 20
MOST_TIMES = 200
LEAST_TO_REFUSE = 1 << 30
# In cp1252 these bytes are quotes, dashes and the euro sign; in Latin-1 they are control characters that nobody types.
_CP1252_ONLY = re.compile(rb"[\x80-\x9f]")


def copy(source: Source, encodings: tuple[str, ...], target: Path, tell: Callable[[float], None]) -> Source:
    """Write the copy, decoding by the first of the encodings that fits all of the file.

    Parameters
    ----------
    source : Source
    encodings : tuple of str
        Python's names; the last one must accept every byte.
    target : path
        Where to write.
    tell : callable
        Called with the share done; may raise to cancel.

    Returns
    -------
    Source
        The copy, with the encoding that was found in words.
    """
    for encoding in encodings[:-1]:
        try:
            return _write(source, encoding, target, tell)
        except UnicodeDecodeError:
            continue
    return _write(source, encodings[-1], target, tell)


def unpack(source: Source, target: Path, tell: Callable[[float], None]) -> Source:
    """Unpack a gzip file: zlib is faster at it than DuckDB, which then reads the text in several threads.

    Raises
    ------
    InputError
        If the file is cut off or damaged, or would fill the disk.
    """
    packed, size = source.path.stat().st_size, 0
    try:
        with source.path.open("rb") as file, gzip.open(file) as text, target.open("wb") as out:
            while block := text.read(BLOCK):
                size += out.write(block)
                if size > max(MOST_TIMES * packed, LEAST_TO_REFUSE):
                    raise InputError(
                        f"{source.name} unpacks to more than {MOST_TIMES} times its size.",
                        "Unpack it yourself and bring the CSV file, if that is as it should be.",
                    )
                tell(file.tell() / packed)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise damaged(source.name, error) from None
    return replace(source, path=target)


def _write(source: Source, encoding: str, target: Path, tell: Callable[[float], None]) -> Source:
    size = source.path.stat().st_size
    special = False
    with source.path.open("rb") as raw, target.open("w", encoding="utf-8", newline="") as out:
        reader = io.TextIOWrapper(raw, encoding=encoding, newline=None)
        while text := reader.read(BLOCK):
            special = special or (encoding == "cp1252" and not text.isascii() and _special(text))
            out.write(text)
            tell(raw.tell() / size)
    words = {"utf-8-sig": source.encoding, "cp1252": "Windows-1252" if special else "Latin-1", "latin-1": "Latin-1"}
    return replace(source, path=target, newline="\n", encoding=words[encoding])


def _special(text: str) -> bool:
    return _CP1252_ONLY.search(text.encode("cp1252")) is not None
