"""Rows from further down a large text file, for what the first rows leave open."""

from __future__ import annotations

import csv
import io

from core.intake.formats.reading import HEAD, Source

BLOCKS, BLOCK = 24, 32 * 1024


def rows(source: Source) -> list[list[str]]:
    """Some rows from blocks spread over the file; none where it is small, packed, or no text of one byte a mark."""
    if getattr(source, "form", "text") != "text" or source.compression != "none" or "16" in source.encoding:
        return []
    size = source.path.stat().st_size
    if size <= HEAD or not source.delimiter:
        return []
    found: list[list[str]] = []
    with source.path.open("rb") as file:
        for number in range(1, BLOCKS + 1):
            file.seek(max(0, min(size - BLOCK, size * number // BLOCKS)))
            text = file.read(BLOCK).decode(getattr(source, "codec", "") or "cp1252", errors="replace")
            found += _whole(text, source)
    return found


def _whole(text: str, source: Source) -> list[list[str]]:
    """The whole rows of a block, those that are as wide as the header."""
    lines = text.splitlines()[1:-1]
    if source.delimiter == "blanks":
        split = [line.split() for line in lines]
    else:
        try:
            split = list(csv.reader(io.StringIO("\n".join(lines)), delimiter=source.delimiter))
        except csv.Error:
            return []
    width = getattr(source, "width", 0) or len(source.columns)
    return [row for row in split if len(row) == width]
