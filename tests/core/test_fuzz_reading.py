"""Anything may be brought: any bytes give a table or a message, and any table that is written is read back.

Some seconds in the usual run; ``make fuzz`` does the same for as long as FUZZ_EXAMPLES says.
"""

import csv
import gzip
import io
import os
import struct
import tempfile
import zipfile
from pathlib import Path

import duckdb
import pytest
import xlsxwriter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.errors import ClienteleError, InputError
from core.intake.answers import Answers
from core.intake.formats import loading, reading
from core.intake.formats.reading import Source
from core.warehouse import engine

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "0"))
quick = settings(max_examples=EXAMPLES or 60, deadline=None, suppress_health_check=list(HealthCheck))
slow = settings(max_examples=EXAMPLES // 10 or 6, deadline=None, suppress_health_check=list(HealthCheck))
ANSWERS = (Answers(), Answers(encoding="latin-1", delimiter=","), Answers(header="no"), Answers(delimiter="blanks"))


def bring(
    content: bytes, name: str = "t.csv", answers: Answers = ANSWERS[0]
) -> tuple[Source, list[tuple[str, ...]], int]:
    """What is found, the rows that are loaded with blanks as empty text, and the count of those that do not fit."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        before = path.stat()
        source = reading.inspect(path, "", answers)
        assert all(len(row) == len(source.columns) for row in source.sample)
        assert len(set(source.columns)) == len(source.columns) > 0
        done = loading.load(source, lambda s, query: f"from {reading.relation(s)}", Path(folder), lambda *told: None)
        loading.check(done, path, before)
        rows = engine.connection().execute(f"from read_parquet('{folder}/raw.parquet')").fetchall()
        assert sorted(entry.name for entry in Path(folder).iterdir()) == sorted([name, "raw.parquet"])
        return source, [tuple(cell or "" for cell in row) for row in rows], done.misfit


def brought_or_refused(content: bytes, answers: Answers) -> None:
    refused: ClienteleError | None = None
    try:
        bring(content, "any.csv", answers)
    except InputError as error:
        refused = error
    except duckdb.Error as error:
        refused = loading.explain(error, Source(Path(__file__), "any.csv"))
    if refused:
        assert "any.csv" in refused.message
        assert refused.hint
        assert "DuckDB" not in str(refused)


SCRAPS = st.lists(
    st.one_of(
        st.sampled_from(
            [b",", b";", b"\t", b"|", b'"', b'""', b"\n", b"\r\n", b"\r", b"\0", b" ", b"\xef\xbb\xbf", b"#"]
        ),
        st.sampled_from(
            [b"a,b,c\n", b"1,2,3\n", b"sep=;\n", b"{", b'{"a":1}\n', b"[", b"]", b"<html>", b"\xe9", b"\xff"]
        ),
        st.sampled_from(
            [b"\x1f\x8b", b"PK\x03\x04", b"PAR1", b"\xff\xfe", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF"]
        ),
        st.binary(max_size=12),
        st.text(max_size=8).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.integers(0, 99999).map(lambda number: b"%d" % number),
    ),
    max_size=60,
).map(b"".join)


@quick
@given(content=st.one_of(st.binary(max_size=400), SCRAPS), answers=st.sampled_from(ANSWERS))
@example(content=b'a,b\n"', answers=ANSWERS[0])
@example(content=b"\xff\xfe\xff\xfe\x00", answers=ANSWERS[0])
def test_any_bytes_are_a_table_or_get_a_message(content, answers):
    brought_or_refused(content, answers)


@quick
@given(content=SCRAPS, answers=st.sampled_from(ANSWERS), cut=st.integers(0, 60))
def test_any_bytes_that_are_packed_are_a_table_or_get_a_message(content, answers, cut):
    packed = gzip.compress(content, 1)
    brought_or_refused(packed[: len(packed) - cut], answers)


def archive(files: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, inside in files.items():
            zipped.writestr(name, inside)
    return content.getvalue()


@quick
@given(
    names=st.lists(st.sampled_from(["a.csv", "../b.csv", "/c", "d/", "__MACOSX/e", "f.txt", "C:\\g"]), max_size=3),
    content=SCRAPS,
    place=st.integers(0, 10_000),
    byte=st.integers(0, 255),
)
def test_any_zip_is_a_table_or_gets_a_message(names, content, place, byte):
    packed = bytearray(archive(dict.fromkeys(names, content)))
    if packed:
        packed[place % len(packed)] = byte
    brought_or_refused(bytes(packed), ANSWERS[0])


def workbook() -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for name in ("A", "B"):
            sheet = book.add_worksheet(name)
            for place in range(4):
                sheet.write_row(place, 0, ["id", "name"] if place == 0 else [place, "x"])
    return content.getvalue()


@settings(slow, max_examples=EXAMPLES // 20 or 6)
@given(place=st.integers(0, 100_000), content=st.binary(min_size=1, max_size=8))
def test_any_damage_to_a_workbook_is_survived(place, content):
    whole = bytearray(workbook())
    place %= len(whole)
    whole[place : place + len(content)] = content
    brought_or_refused(bytes(whole), ANSWERS[0])


# No quotation mark at the start of a cell that is not quoted, no blanks at the edges of names: a writer has a say too.
PLAIN = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters='"'), min_size=1, max_size=9
)
WORD = st.from_regex(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ ,;']{0,12}[a-zà-ÿ]", fullmatch=True)
CELL = st.one_of(
    WORD,
    st.integers(-9999, 99999).map(str),
    st.dates().map(str),
    st.decimals(0, 9999, places=2).map(str),
    st.just(""),
    PLAIN,
    st.text(st.sampled_from('ab",;\t|\n é'), max_size=8),
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    """A header of different names and rows under it that are not blank; the first column is numbers."""
    width = draw(st.integers(2, 6))
    header = draw(st.lists(WORD, min_size=width, max_size=width, unique=True))
    rest = st.lists(CELL, min_size=width - 1, max_size=width - 1)
    rows = draw(st.lists(rest, min_size=2, max_size=12))
    return header, [[str(number), *row] for number, row in enumerate(rows, 1)]


def written(table: list[list[str]], mark: str, end: str, quoting: int) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator=end, quoting=quoting).writerows(table)
    return out.getvalue()


@quick
@given(
    table=tables(),
    mark=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]),
    packed=st.sampled_from(["", "gzip", "zip"]),
    header=st.booleans(),
)
def test_a_table_is_read_back_as_it_was_written(table, mark, end, quoting, encoding, packed, header):
    names, rows = table
    content = written([names, *rows] if header else rows, mark, end, quoting).encode(encoding)
    content = gzip.compress(content) if packed == "gzip" else archive({"t.csv": content}) if packed else content
    # What a table holds may look like another delimiter, or its first row like a header: then somebody says so.
    source, found, misfit = bring(content, answers=Answers(delimiter=mark, header="yes" if header else "no"))
    width = len(source.columns)
    assert source.columns == (tuple(names) if header else tuple(f"column {i + 1}" for i in range(width)))
    assert width == len(names) or not any(any(row[width:]) for row in rows)
    if encoding not in ("utf-8", "utf-8-sig"):  # A copy ends all lines alike, those inside quotes too.
        rows = [[cell.replace("\r\n", "\n") for cell in row] for row in rows]
    assert (found, misfit) == ([tuple(row[:width]) for row in rows], 0)


TIDY = (
    WORD.map(lambda text: text.replace(",", "").replace(";", "")),
    st.dates().map(str),
    st.integers().map(str),
    st.decimals(0, 9999, places=2).map(str),
)


@st.composite
def tidy(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    """A table with one sort of value in each column, none of them missing; the first column is numbers."""
    sorts = draw(st.lists(st.sampled_from(TIDY), min_size=1, max_size=5))
    header = draw(st.lists(TIDY[0], min_size=len(sorts) + 1, max_size=len(sorts) + 1, unique=True))
    rows = draw(st.lists(st.tuples(*sorts), min_size=2, max_size=12))
    return header, [[str(number), *row] for number, row in enumerate(rows, 1)]


@quick
@given(
    table=tidy(),
    mark=st.sampled_from(",;\t|^~"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"]),
    header=st.booleans(),
    title=st.sampled_from(["", "Export\n\n", "\n"]),
)
def test_a_tidy_table_is_understood_without_a_word(table, mark, encoding, header, title):
    names, rows = table
    text = title + written([names, *rows] if header else rows, mark, "\n", csv.QUOTE_MINIMAL)
    source, found, misfit = bring(text.encode(encoding))
    assert (source.delimiter, source.header) == (mark, header)
    assert source.columns == (tuple(names) if header else tuple(f"column {i + 1}" for i in range(len(names))))
    assert (found, misfit) == ([tuple(row) for row in rows], 0)


@slow
@given(table=tidy(), titles=st.integers(0, 2))
def test_a_sheet_is_read_back_as_it_was_written(table, titles):
    names, rows = table
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("A")
        for place, row in enumerate([*[["Export"]] * titles, names, *rows]):
            for column, cell in enumerate(row):
                sheet.write_string(place, column, cell)
    source, found, misfit = bring(content.getvalue(), "t.xlsx")
    assert source.columns == tuple(names)
    assert (found, misfit) == ([tuple(row) for row in rows], 0)


@pytest.mark.parametrize("size", [0x7FFFFFFF, 0xFFFFFFF0])
def test_a_zip_that_lies_about_its_size_is_refused(size):
    content = bytearray(archive({"t.csv": b"a,b\n1,2\n" * 999}))
    place = content.rindex(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<I", size)
    with pytest.raises(InputError):
        bring(bytes(content), "t.zip")
