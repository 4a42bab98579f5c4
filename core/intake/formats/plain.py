"""A plain copy of a text that DuckDB does not read as it stands: UTF-8, line feeds, one character between fields."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from core.errors import InputError
from core.intake.formats import decoding, delimiters
from core.intake.formats.source import Source

BLOCK = 1 << 20
# Either of these accepts every byte that UTF-8 does not.
WESTERN = ("cp1252", "latin-1")


def needed(source: Source) -> bool:
    """Whether its first bytes already tell that a text needs a copy."""
    if source.form == "parquet":
        return False
    marked = source.form.startswith("json") and source.encoding != "UTF-8"
    return source.codec != "utf-8" or source.zeros or source.delimiter == delimiters.BLANKS or marked


def copy(source: Source, codecs: tuple[str, ...], target: Path, tell: Callable[[float], None]) -> Source:
    """Write the copy, decoding by the first of the encodings that fits all of the file.

    Parameters
    ----------
    source : Source
    codecs : tuple of str
        Encodings as Python calls them.
    target : path
        Where to write.
    tell : callable
        Called with the share done; may raise to cancel.

    Returns
    -------
    Source
        The copy, with the encoding that was found in words.

    Raises
    ------
    InputError
        If none of the encodings fits.
    """
    for codec in codecs:
        try:
            return _write(source, codec, target, tell)
        except UnicodeError:
            continue
    raise InputError(
        f"{source.name} is not valid {decoding.words(codecs[-1])} throughout, or is cut off.",
        "Export it again, or choose another encoding.",
    )


def _write(source: Source, codec: str, target: Path, tell: Callable[[float], None]) -> Source:
    size, special = source.path.stat().st_size, False
    with (
        source.path.open("rb") as raw,
        target.open("w", encoding="utf-8", errors="replace", newline="") as out,
        io.TextIOWrapper(raw, encoding="utf-8-sig" if codec == "utf-8" else codec, newline=None) as reader,
    ):
        for text in _blocks(reader, source.delimiter):
            special = special or (codec == "cp1252" and not text.isascii() and decoding.special(text))
            out.write(text.replace("\0", ""))
            tell(min(raw.tell() / size, 1.0))
    words = source.encoding
    if codec in WESTERN and source.codec != codec:
        words = "Windows-1252" if special else "Latin-1"
    return replace(source, path=target, newline="\n", encoding=words, codec="utf-8", zeros=False)


def _blocks(reader: io.TextIOWrapper, delimiter: str) -> Iterator[str]:
    """The text a block at a time; runs of blanks become tabs."""
    if delimiter != delimiters.BLANKS:
        yield from iter(lambda: reader.read(BLOCK), "")
        return
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    for row in delimiters.split(_lines(reader), delimiter):
        writer.writerow(row)
        if out.tell() > BLOCK:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _lines(reader: Iterable[str]) -> Iterator[str]:
    return iter(reader)
