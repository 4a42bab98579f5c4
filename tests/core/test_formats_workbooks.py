"""Workbooks: values as text, every sheet looked at, overlaps counted once, and nothing that harms."""

import datetime as dt
import io
import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from core.errors import CancelledError, InputError
from core.intake.answers import Answers
from core.intake.formats import loading, reading, workbooks
from tests.core.test_formats_text import load, put, read, zipped

HEADER = ("order", "day", "paid")
DAY = dt.datetime(2024, 1, 2, 8, 26)


def book(folder: Path, sheets: dict[str, Sequence[Sequence[Any]]], name: str = "book.xlsx") -> Path:
    path = folder / name
    with xlsxwriter.Workbook(path) as workbook:
        formats = {
            dt.datetime: workbook.add_format({"num_format": "m/d/yy h:mm"}),
            dt.date: workbook.add_format({"num_format": "dd.mm.yy"}),
            dt.time: workbook.add_format({"num_format": "h:mm"}),
            dt.timedelta: workbook.add_format({"num_format": "[h]:mm"}),
        }
        for title, rows in sheets.items():
            sheet = workbook.add_worksheet(title)
            for place, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write(place, column, cell, formats.get(type(cell)))
    return path


def test_cells_become_the_text_that_a_person_would_type(tmp_path):
    row = (17850, 2.5, "00123", DAY, dt.date(2024, 1, 2), dt.time(8, 5), dt.timedelta(hours=26), True, "a\n€;,", None)
    path = book(tmp_path, {"A": [("id", "f", "code", "ts", "day", "t", "long", "yes", "text", "none"), row]})
    source, rows, _ = read(path)
    cells = ("17850", "2.5", "00123", "2024-01-02 08:26:00", "2024-01-02", "08:05:00", "26:00:00", "TRUE", "a\n€;,")
    assert rows == [(*cells, None)]
    assert source.sample == ((*cells, ""),)
    assert (source.format, source.form, source.columns[0]) == ("XLSX workbook", "text", "id")


def test_a_formula_is_the_value_that_was_saved_with_it(tmp_path):
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["n", "twice"])
        sheet.write(1, 0, 4)
        sheet.write_formula(1, 1, "=A2*2", None, 8)
    assert read(path)[1] == [("4", "8")]


def test_sheets_of_one_header_are_one_table_and_what_they_share_is_counted_once(tmp_path):
    first = [(1, DAY, 5), (2, DAY, 6), (2, DAY, 6)]
    second = [(2, DAY, 6), (3, DAY, 7), (2, DAY, 6), (2, DAY, 6)]
    path = book(tmp_path, {"2023": [HEADER, *first], "2024": [HEADER, *second], "notes": [("a", "b"), ("c", "d")]})
    source, rows, _ = read(path)
    assert (source.sheet, source.sheets) == ("2023 + 2024", ("2023 + 2024", "notes", "2023", "2024"))
    assert sorted(row[0] for row in rows) == ["1", "2", "2", "2", "3"]
    fact = ("Rows in several sheets", "2 counted once", "the same in 2023 + 2024")
    assert fact in source.facts
    assert fact in reading.inspect(path).facts


def test_another_sheet_can_be_chosen_and_one_that_is_not_there_is_refused(tmp_path):
    path = book(tmp_path, {"big": [HEADER, *[(i, DAY, i) for i in range(9)]], "small": [("x", "y"), (1, 2)]})
    assert reading.inspect(path).sheet == "big"
    assert "big (9 rows)" in reading.inspect(path).why("sheet")
    assert read(path, sheet="small")[1] == [("1", "2")]
    with pytest.raises(InputError, match=r"book\.xlsx has no sheet 'gone'.*big, small"):
        reading.inspect(path, "", Answers(sheet="gone"))


def test_titles_blank_rows_and_blank_columns_around_the_table_are_left_out(tmp_path):
    rows = [("Orders of 2024",), (), ("", *HEADER), (), ("", 1, DAY, 5), ("", "", "", ""), ("", 2, DAY, 6), ()]
    source, rows, misfit = read(book(tmp_path, {"A": rows}))
    assert source.facts[0] == ("Lines above the table", "1 skipped", "Orders of 2024")
    assert [row[-3:] for row in rows] == [("1", "2024-01-02 08:26:00", "5"), ("2", "2024-01-02 08:26:00", "6")]
    assert misfit == 0


def test_cells_of_hashes_are_counted_over_all_rows(tmp_path):
    path = book(tmp_path, {"A": [HEADER, *[(i, "####", i) for i in range(2000)]]})
    assert read(path)[0].facts == (("####", "2,000 cells are lost in it", "widen the columns and export it again"),)


def test_an_ods_sheet_is_read(tmp_path):
    def line(*cells: str) -> str:
        return "<table:table-row>" + "".join(cells) + "</table:table-row>"

    def word(text: str) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

    def number(value: float) -> str:
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p/></table:table-cell>'

    day = '<table:table-cell office:value-type="date" office:date-value="2024-01-02"><text:p/></table:table-cell>'
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="Blatt">{line(word("id"), word("day"))}{line(number(7), day)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"></manifest:manifest>'
    )
    files: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content,
        "META-INF/manifest.xml": manifest,
    }
    source, rows, _ = read(zipped(tmp_path, files, "table.ods"))
    assert (source.format, source.sheet, source.columns, rows) == (
        "ODS workbook", "Blatt", ("id", "day"), [("7", "2024-01-02")],
    )  # fmt: skip


def test_a_workbook_inside_a_zip_is_read_and_nothing_of_it_stays(tmp_path):
    inner = book(tmp_path, {"A": [HEADER, (1, DAY, 5)]})
    source, rows, _ = read(zipped(tmp_path, {"out/book.xlsx": inner.read_bytes()}))
    assert (source.format, rows) == ("XLSX workbook inside zip", [("1", "2024-01-02 08:26:00", "5")])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book.xlsx", "raw.parquet", "table.zip"]


def test_an_empty_workbook_says_so(tmp_path):
    with pytest.raises(InputError, match=r"book\.xlsx is empty: no sheet holds a table"):
        reading.inspect(book(tmp_path, {"A": [], "B": [()]}))


@pytest.mark.parametrize("stream", ["EncryptedPackage", "WordDocument"])
def test_a_compound_file_that_is_no_open_workbook_is_refused(tmp_path, stream):
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + stream.encode("utf-16-le") + bytes(500)
    words = "protected with a password" if "Package" in stream else "holds no sheet"
    with pytest.raises(InputError, match=f"orders.xls is .*{words}"):
        reading.inspect(put(tmp_path, content, "orders.xls"))


def test_half_a_workbook_is_damaged(tmp_path):
    path = book(tmp_path, {"A": [HEADER, (1, DAY, 5)]})
    path.write_bytes(path.read_bytes()[:-300])
    with pytest.raises(InputError, match=r"book\.xlsx is cut off or damaged"):
        reading.inspect(path)


def test_a_workbook_with_a_broken_sheet_is_damaged(tmp_path):
    whole = book(tmp_path, {"A": [HEADER, (1, DAY, 5)]})
    with zipfile.ZipFile(whole) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    files["xl/worksheets/sheet1.xml"] = b"<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>99999</v></c></row>"
    with pytest.raises(InputError, match=r"book\.xlsx is (cut off or damaged|empty)"):
        reading.inspect(zipped(tmp_path, files, "book.xlsx"))


def test_another_office_document_is_no_workbook(tmp_path):
    with pytest.raises(InputError, match=r"letter\.xlsx is an Office document that holds no sheet"):
        reading.inspect(zipped(tmp_path, {"[Content_Types].xml": "x", "word/document.xml": "x"}, "letter.xlsx"))


def test_a_workbook_bomb_is_refused_by_its_directory_alone(tmp_path):
    path = zipped(tmp_path, {"[Content_Types].xml": "x", "xl/worksheets/sheet1.xml": bytes(1000)}, "bomb.xlsx")
    content = bytearray(path.read_bytes())
    place = content.rindex(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<I", 3 << 30)
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"bomb\.xlsx unpacks to more than 200 times its size"):
        reading.inspect(path)


def test_what_needs_too_much_memory_is_ended_and_said(tmp_path, monkeypatch):
    path = book(tmp_path, {"A": [HEADER, *[(i, "x" * 30_000, i) for i in range(8_000)]]})
    assert path.stat().st_size < 1 << 20
    monkeypatch.setattr(workbooks, "MEMORY", 200 << 20)
    with pytest.raises(InputError, match=r"book\.xlsx needs more than 200 MiB of memory"):
        reading.inspect(path)


def test_what_takes_too_long_is_ended_and_said(tmp_path, monkeypatch):
    monkeypatch.setattr(workbooks, "SECONDS", 0)
    with pytest.raises(InputError, match=r"book\.xlsx needs more than 0 seconds"):
        reading.inspect(book(tmp_path, {"A": [HEADER, (1, DAY, 5)]}))


def test_cancelling_ends_the_child_at_once(tmp_path):
    path = book(tmp_path, {"A": [HEADER, (1, DAY, 5)]})
    source = reading.inspect(path)

    def cancel(words: str, share: float) -> None:
        raise CancelledError("Cancelled.")

    with pytest.raises(CancelledError):
        loading.load(source, lambda s, query: f"from {reading.relation(s)}", tmp_path, cancel)
    assert [found.name for found in tmp_path.iterdir()] == ["book.xlsx"]


def test_a_table_without_header_in_a_sheet_gets_numbered_columns(tmp_path):
    source, rows, _ = load(reading.inspect(book(tmp_path, {"A": [(1, DAY, 5), (2, DAY, 6)]})), tmp_path)
    assert (source.header, source.columns, len(rows)) == (False, ("column 1", "column 2", "column 3"), 2)


def test_a_zip_that_is_named_like_a_workbook_is_looked_at_for_what_it_is(tmp_path):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("t.csv", "a,b\n1,2\n")
    assert read(put(tmp_path, content.getvalue(), "t.xlsx"))[1] == [("1", "2")]
