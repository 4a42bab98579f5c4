"""Bytes to a table of text: what a file is, in whatever format it comes, and how DuckDB reads it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

from core.errors import InputError
from core.intake import decoding, delimiters, layout, packed, refusals
from core.intake.answers import Answers
from core.intake.source import DELIMITERS, Source, damaged, quote, separator

__all__ = ["DELIMITERS", "SAMPLE", "Source", "damaged", "inspect", "quote", "relation", "separator"]
SAMPLE = layout.SAMPLE
HEAD = 256 * 1024
# What is looked at where the first rows are longer than the head.
LONG_HEAD = 16 * 1024**2
MOST_LINE = 10_000_000


def inspect(path: Path, name: str = "", answers: Answers = Answers()) -> Source:  # noqa: B008
    """Find out how to read a file, from its first bytes.

    Parameters
    ----------
    path : path
    name : str
        What its user calls it; the path's own name by default.
    answers : Answers
        Its ``encoding``, ``delimiter``, ``header`` and ``sheet`` are heeded.

    Raises
    ------
    InputError
        If it is missing, a folder, not readable, empty, not a table, damaged at its start, or not what was answered.
    """
    name = name or path.name
    if path.is_dir():
        raise InputError(f"{name} is a folder.", "Choose the file inside it.")
    if not path.exists():
        raise InputError(f"{name} does not exist.", "Check the path.")
    if not path.is_file():
        raise InputError(f"{name} is not a file.", "Choose a file with a table, such as CSV or XLSX.")
    source = Source(path, name)
    head = _head(source, 4096)
    if not head:
        raise InputError(f"{name} is empty.", "Export it again and check that it holds rows.")
    if (compression := packed.kind(head)) == "gzip":
        source = replace(source, compression="gzip")
    elif compression == "zip":
        entry, entries = packed.choose(packed.entries(path, name), answers.sheet, name)
        source = replace(source, compression="zip", entry=entry, sheet=entry, sheets=entries)
    return _text(source, answers)


def _text(source: Source, answers: Answers, size: int = HEAD) -> Source:
    name, head = source.name, _head(source, size)
    whole = len(head) < size
    refusals.refuse_bytes(head, name)
    decoded = decoding.decode(head, whole, answers.encoding, name)
    text = decoded.text.replace("\0", "")
    if not text.strip():
        raise InputError(f"{name} is empty.", "Export it again and check that it holds rows.")
    refusals.refuse_words(text, name)
    try:
        mark, why_mark = delimiters.choose(text, whole, answers.delimiter, name)
        rows = delimiters.rows(text, mark, SAMPLE + layout.MOST_TITLES)
    except csv.Error as error:
        raise InputError(f"{name} is not a CSV file: {error}.", "Export it as CSV and try again.") from None
    if not whole and len(rows) < 20 and size < LONG_HEAD:
        return _text(source, answers, LONG_HEAD)
    if not whole and len(rows) < SAMPLE + layout.MOST_TITLES and len(rows) > 1:
        rows.pop()  # It may be cut off where the head ends.
    if text[:4].lower() == "sep=":
        rows[0] = []
    found = layout.find(rows, answers.header, name, row_names=mark == delimiters.BLANKS)
    if whole and not any(map(layout.filled, rows[found.skip + 1 :])) and found.header:
        raise InputError(f"{name} has a header and no rows.", "Export it again and check that it holds rows.")
    compression = {"none": "", "gzip": " inside gzip", "zip": " inside zip"}[source.compression]
    what = {",": "CSV", "\t": "TSV", delimiters.BLANKS: "Columns between blanks"}.get(mark, "CSV")
    facts = []
    if "\0" in decoded.text:
        facts.append(("Zero bytes", "left out", f"{decoded.text.count(chr(0)):,} in the first rows"))
    if found.titles:
        facts.append(("Lines above the table", f"{len(found.titles)} skipped", "; ".join(found.titles)[:200]))
    facts += overflow([cell for row in found.sample for cell in row])
    return replace(
        source,
        delimiter=mark,
        newline=_newline(text, mark, found.skip),
        blank=found.skip,
        columns=found.columns,
        sample=found.sample,
        encoding=decoded.words,
        codec=decoded.codec,
        format=what + compression,
        header=found.header,
        width=found.width,
        zeros="\0" in decoded.text,
        facts=tuple(facts),
        evidence=(
            ("encoding", decoded.evidence),
            ("delimiter", why_mark),
            ("header", found.why),
            *([("sheet", f"one of {len(source.sheets)} files in it")] if len(source.sheets) > 1 else []),
        ),
    )


def overflow(cells: list[str]) -> list[tuple[str, str, str]]:
    """Cells of ``####``, which a spreadsheet writes where a column is too narrow to show the value."""
    lost = sum(1 for cell in cells if len(cell) > 2 and not cell.strip("#"))
    return [("####", f"{lost:,} cells are lost", "widen the columns and export it again")] if lost else []


def relation(source: Source) -> str:
    """SQL of the rows of a file, every column as text and named c0, c1 …, less blank rows.

    What does not fit is set aside in DuckDB's table of rejects. Where the file cannot be read as it stands,
    :func:`core.intake.loading.load` has converted it and calls for the copy.
    """
    columns = ", ".join(f"c{i}" for i in range(len(source.columns)))
    further = f" and not ({_further(source)})" if source.width > len(source.columns) else ""
    return f"(select {columns} from {_csv(source)} where coalesce({columns}) is not null{further})"


def beyond(source: Source) -> str:
    """SQL that counts the rows with something in a field for which there is no column."""
    return f"select count(*) from {_csv(source)} where {_further(source)}"


def _further(source: Source) -> str:
    """SQL: whether anything stands in fields beyond the columns."""
    return f"coalesce({', '.join(f'c{i}' for i in range(len(source.columns), source.width))}) is not null"


def _csv(source: Source) -> str:
    names = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(source.width))
    mark = "\t" if source.delimiter == delimiters.BLANKS else source.delimiter
    # Only where it is CRLF: told of a plain line feed, DuckDB 2.0 reads nothing of a file that mixes the two.
    newline = ", new_line='\\r\\n'" if source.newline == "\r\n" else ""
    return (
        f"read_csv({quote(str(source.path))}, header=false, skip={source.blank + source.header}, delim={quote(mark)},"
        f" quote='\"', escape='\"', auto_detect=false, null_padding=false, store_rejects=true, compression='none',"
        f" max_line_size={MOST_LINE}, buffer_size={3 * MOST_LINE}{newline}, columns={{{names}}})"
    )


def _head(source: Source, size: int) -> bytes:
    with packed.opened(source) as (file, _):
        return file.read(size)


def _newline(text: str, mark: str, skip: int) -> str:
    """How the line of the header ends."""
    lines = io.StringIO(text, newline="")
    reader = delimiters.split(lines, mark)
    for _ in range(skip + 1):
        next(reader)
    above = text[: lines.tell()]
    return next((end for end in ("\r\n", "\n", "\r") if above.endswith(end)), "\n")
