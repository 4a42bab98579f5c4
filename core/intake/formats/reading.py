"""Bytes to a table of text: what a file is, in whatever format it comes, and how DuckDB reads it."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from core.errors import InputError
from core.intake.answers import Answers
from core.intake.formats import columnar, layout, packed, records, refusals, texts, workbooks
from core.intake.formats.source import DELIMITERS, Source, damaged, quote, separator

__all__ = ["DELIMITERS", "HEAD", "SAMPLE", "Source", "beyond", "damaged", "inspect", "quote", "relation", "separator"]
SAMPLE, HEAD = layout.SAMPLE, texts.HEAD
_MAGIC = 4096


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
    return _inspect(Source(path, name), answers)


def relation(source: Source) -> str:
    """SQL of the rows of a file, every column as text and named c0, c1 …, less blank rows.

    What does not fit is set aside in DuckDB's table of rejects. Where the file cannot be read as it stands,
    :func:`core.intake.formats.loading.load` has converted it and calls for the copy.
    """
    if source.form == "parquet":
        return columnar.relation(source)
    return records.relation(source) if source.form.startswith("json") else texts.relation(source)


def beyond(source: Source) -> str:
    """SQL that counts the rows that :func:`relation` leaves out and DuckDB does not reject; empty where it need not."""
    if source.form == "json lines":
        return records.beyond(source)
    return texts.beyond(source) if source.form == "text" and source.width > len(source.columns) else ""


def _inspect(source: Source, answers: Answers) -> Source:
    head = packed.head(source, _MAGIC)
    if not head:
        raise InputError(f"{source.name} is empty.", "Export it again and check that it holds rows.")
    refusals.refuse_bytes(head, source.name)
    if head.startswith(refusals.OLE):
        return _whole(source, answers, "XLS")
    if head.startswith(b"PAR1"):
        return _whole(source, answers, "Parquet")
    form = packed.kind(head)
    if form == "none":
        return texts.inspect(source, answers)
    if source.compression != "none":
        return _whole(source, answers, form)
    if form == "gzip":
        return _inside(replace(source, compression="gzip"), answers)
    entries = packed.entries(source.path, source.name)
    if workbook := packed.workbook(source, entries):
        return workbooks.inspect(source, workbook, answers)
    entry, all_entries = packed.choose(entries, answers.sheet, source.name)
    found = _inside(replace(source, compression="zip", entry=entry), answers)
    if found.sheets or len(all_entries) < 2:
        return found
    return replace(
        found,
        sheet=entry,
        sheets=all_entries,
        evidence=(*found.evidence, ("sheet", f"one of {len(all_entries)} files in it")),
    )


def _inside(source: Source, answers: Answers) -> Source:
    """What is in a gzip or zip, which is looked into without unpacking it."""
    found = _inspect(source, answers)
    return replace(found, format=f"{found.format} inside {source.compression}")


def _whole(source: Source, answers: Answers, kind: str) -> Source:
    """A format that has to be at hand as a whole: where it is packed, from an unpacked copy that is removed again."""
    if source.compression != "none":
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "unpacked"
            packed.unpack(source, path, lambda share: None)
            if kind == "zip" and not packed.workbook(replace(source, path=path), packed.entries(path, source.name)):
                raise InputError(f"{source.name} is packed twice.", "Unpack it and bring the table inside.")
            found = _inspect(Source(path, source.name), answers)
        return replace(found, path=source.path, compression=source.compression, entry=source.entry)
    if kind == "Parquet":
        return columnar.inspect(source)
    refusals.refuse_ole(source.path, source.name)
    return workbooks.inspect(source, kind, answers)
