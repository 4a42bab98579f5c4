"""Text with a character between its fields, CSV above all: how it is laid out, and how DuckDB reads it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from core.errors import InputError
from core.intake.answers import Answers
from core.intake.formats import decoding, delimiters, layout, packed, records, refusals, remarks
from core.intake.formats.source import Source, quote

HEAD = 256 * 1024
# What is looked at where the first rows are longer than the head.
LONG_HEAD = 16 * 1024**2
MOST_LINE = 10_000_000
_FORMATS = {"\t": "TSV", delimiters.BLANKS: "Columns between blanks"}


def inspect(source: Source, answers: Answers, size: int = HEAD) -> Source:
    """Find the table in a text, or in JSON, from its first bytes; ``size`` of them are looked at.

    Raises
    ------
    InputError
        If it is no text, empty, no table, or not what was answered.
    """
    name, head = source.name, packed.head(source, size)
    whole = len(head) < size
    refusals.refuse_bytes(head, name)
    decoded = decoding.decode(head, whole, answers.encoding, name)
    text = decoded.text.replace("\0", "")
    if not text.strip():
        raise InputError(f"{name} is empty.", "Export it again and check that it holds rows.")
    refusals.refuse_words(text, name)
    source = replace(
        source,
        encoding=decoded.words,
        codec=decoded.codec,
        zeros="\0" in decoded.text,
        evidence=(("encoding", decoded.evidence),),
    )
    if not whole and size < LONG_HEAD and text.lstrip()[0] in "[{":
        return inspect(source, answers, LONG_HEAD)
    if not answers.delimiter and (found := records.inspect(source, text, whole)):
        return found
    try:
        mark, why = delimiters.choose(text, whole, answers.delimiter, name)
        rows = delimiters.rows(text, mark, layout.SAMPLE + layout.MOST_TITLES)
    except csv.Error as error:
        raise InputError(f"{name} is not a CSV file: {error}.", "Export it as CSV and try again.") from None
    if not whole and len(rows) < 20 and size < LONG_HEAD:
        return inspect(source, answers, LONG_HEAD)
    if not whole and len(rows) < layout.SAMPLE + layout.MOST_TITLES and len(rows) > 1:
        rows.pop()  # It may be cut off where the head ends.
    if text[:4].lower() == "sep=":
        rows[0] = []
    table = layout.find(rows, answers.header, name, row_names=mark == delimiters.BLANKS)
    if whole and not any(map(layout.filled, rows[table.skip + 1 :])) and table.header:
        raise InputError(f"{name} has a header and no rows.", "Export it again and check that it holds rows.")
    return replace(
        source,
        delimiter=mark,
        escape=delimiters.escape(text),
        newline=_newline(text, mark, table.skip),
        blank=table.skip,
        columns=table.columns,
        sample=table.sample,
        format=_FORMATS.get(mark, "CSV"),
        header=table.header,
        width=table.width,
        facts=(
            *remarks.titles(table.titles),
            *remarks.headers(table.columns),
            *remarks.zeros(decoded.text.count("\0")),
            *remarks.lost(sum(remarks.is_lost(cell) for row in table.sample for cell in row), "in the first rows"),
        ),
        evidence=(*source.evidence, ("delimiter", why), ("header", table.why)),
    )


def relation(source: Source) -> str:
    """SQL of the rows, less those that are blank or the header again; what does not fit DuckDB rejects."""
    columns = ", ".join(f"c{i}" for i in range(len(source.columns)))
    further = f" and not ({_further(source)})" if source.width > len(source.columns) else ""
    return f"(select {columns} from {_csv(source)} where coalesce({columns}) is not null{_again(source)}{further})"


def _again(source: Source) -> str:
    """SQL that leaves out the header where it comes again, as in files that were put together from several."""
    if not source.header or len(source.columns) < 2:
        return ""
    same = " and ".join(f"c{place} = {quote(name)}" for place, name in enumerate(source.columns[:3]))
    return f" and ({same}) is not true"


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
        f" quote='\"', escape={quote(source.escape)}, auto_detect=false, null_padding=false,"
        f" store_rejects=true, compression='none', max_line_size={MOST_LINE}, buffer_size={3 * MOST_LINE}{newline},"
        f" columns={{{names}}})"
    )


def _newline(text: str, mark: str, skip: int) -> str:
    """How the line of the header ends."""
    lines = io.StringIO(text, newline="")
    reader = delimiters.split(lines, mark, delimiters.escape(text))
    for _ in range(skip + 1):
        next(reader)
    above = text[: lines.tell()]
    return next((end for end in ("\r\n", "\n", "\r") if above.endswith(end)), "\n")
