"""A plain copy of a file that cannot be read as it stands: UTF-8, line feeds only, unpacked."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.intake.reading import Source, damaged

BLOCK = 1 << 20
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


@contextmanager
def opened(source: Source) -> Iterator[Any]:
    """The file's bytes, unpacked."""
    try:
        with gzip.open(source.path, "rb") if source.compression == "gzip" else source.path.open("rb") as file:
            yield file
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise damaged(source.name, error) from None


def _write(source: Source, encoding: str, target: Path, tell: Callable[[float], None]) -> Source:
    size = source.path.stat().st_size
    special = False
    with opened(source) as raw, target.open("w", encoding="utf-8", newline="") as out:
        packed: Any = raw.fileobj if source.compression == "gzip" else raw
        for text in _blocks(raw, encoding):
            special = special or (encoding == "cp1252" and not text.isascii() and _special(text))
            out.write(text)
            tell(min(1.0, packed.tell() / size))
    words = {"utf-8-sig": source.encoding, "cp1252": "Windows-1252" if special else "Latin-1", "latin-1": "Latin-1"}
    return replace(source, path=target, compression="none", newline="\n", encoding=words[encoding])


def _blocks(raw: Any, encoding: str) -> Iterator[str]:
    """The text in pieces, every line end a line feed."""
    reader = io.TextIOWrapper(raw, encoding=encoding, newline=None)
    while text := reader.read(BLOCK):
        yield text
    reader.detach()


def _special(text: str) -> bool:
    return _CP1252_ONLY.search(text.encode("cp1252")) is not None
