"""Files that people open in a spreadsheet: no cell becomes a formula, and numbers stay numbers."""

import csv
import datetime as dt
import io

import pandas as pd
import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from core import spreadsheets
from core.errors import ParameterError
from core.spreadsheets import Sheet, save_xlsx, stream_csv, to_csv

DANGEROUS = ["=1+1", "+49 30", "-3", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x")']
HARMLESS = ["Müller", "a=b", " =1", "'quoted", "0042", "1e5", "http://example.com", ""]
KINDS = {"id": "text", "n": "whole", "spend": "money", "day": "date"}


def frame(*ids):
    return pd.DataFrame(
        {"id": list(ids), "n": [-3] * len(ids), "spend": [-2.5] * len(ids), "day": [dt.date(2023, 1, 2)] * len(ids)}
    )


def saved(folder, *frames, name="A", kinds=KINDS):
    path = folder / "a.xlsx"
    save_xlsx(path, [Sheet(name, frames, kinds)])
    return python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_name(name).to_python()


def read(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_would_run_is_disarmed_in_every_kind_of_file(text, tmp_path):
    assert read(to_csv(frame(text)))[1][0] == f"'{text}"
    assert read(b"".join(stream_csv([frame(text)])))[1][0] == f"'{text}"
    assert saved(tmp_path, frame(text))[1][0].replace("_x000D_", "\r") == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_stays_as_it_is(text, tmp_path):
    assert read(b"".join(stream_csv([frame(text)])))[1][0] == text
    assert saved(tmp_path, frame(text))[1][0] == text


def test_headers_are_disarmed_too(tmp_path):
    evil = pd.DataFrame({"=1+1": [1], "@b": ["x"]})
    assert read(to_csv(evil))[0] == read(b"".join(stream_csv([evil])))[0] == ["'=1+1", "'@b"]
    assert saved(tmp_path, evil, kinds={"=1+1": "whole"})[0] == ["'=1+1", "'@b"]


def test_numbers_stay_numbers_and_dates_dates(tmp_path):
    assert read(b"".join(stream_csv([frame("a")])))[1] == ["a", "-3", "-2.50", "2023-01-02"]
    assert saved(tmp_path, frame("a"))[1] == ["a", -3.0, -2.5, dt.date(2023, 1, 2)]


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(tmp_path):
    import zipfile

    saved(tmp_path, frame(*DANGEROUS, *HARMLESS))
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        xml = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in xml
        assert "<hyperlink" not in xml
        assert not [name for name in book.namelist() if "rels" in name and "sheet" in name]


def test_the_header_stands_once_however_many_pieces_come(tmp_path):
    pieces = [frame(), frame("a", "b"), frame("c")]
    assert [row[0] for row in read(b"".join(stream_csv(pieces)))] == ["id", "a", "b", "c"]
    assert [row[0] for row in saved(tmp_path, *pieces)] == ["id", "a", "b", "c"]


def test_nothing_but_a_header_is_a_valid_file(tmp_path):
    assert read(b"".join(stream_csv([frame()]))) == [["id", "n", "spend", "day"]]
    assert saved(tmp_path, frame()) == [["id", "n", "spend", "day"]]


def test_what_is_missing_is_an_empty_cell(tmp_path):
    gap = pd.DataFrame({"id": ["a", None], "spend": [None, 1.0]})
    assert read(b"".join(stream_csv([gap])))[1:] == [["a", ""], ["", "1.00"]]
    assert saved(tmp_path, gap)[1:] == [["a", ""], ["", 1.0]]


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 2)
    saved(tmp_path, frame("a", "b"))
    with pytest.raises(ParameterError, match="holds 2 rows"):
        saved(tmp_path, frame("a", "b"), frame("c"))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12), min_size=1, max_size=5))
def test_no_text_cell_starts_with_what_a_spreadsheet_runs(texts):
    cells = [row[0] for row in read(b"".join(stream_csv([frame(*texts)])))[1:]]
    assert not any(cell.startswith(spreadsheets.DANGEROUS) for cell in cells)
    assert [
        cell.removeprefix("'") if not text.startswith("'") else cell for cell, text in zip(cells, texts, strict=True)
    ] == texts
