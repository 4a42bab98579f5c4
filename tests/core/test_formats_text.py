"""Text in any shape: delimiters, blanks, titles above the table, no header, encodings, gzip and zip."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from core.errors import InputError
from core.intake.answers import Answers
from core.intake.formats import loading, reading
from core.intake.formats.reading import Source
from core.warehouse import engine


def put(folder: Path, content: str | bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(path: Path, **answers: str) -> tuple[Source, list[tuple[str | None, ...]], int]:
    """The source, all rows as they are loaded, and how many do not fit."""
    source = reading.inspect(path, "", Answers(**answers))
    return load(source, path.parent)


def load(source: Source, folder: Path) -> tuple[Source, list[tuple[str | None, ...]], int]:
    done = loading.load(source, lambda s, query: f"select * from {reading.relation(s)}", folder, lambda *told: None)
    rows = engine.connection().execute(f"from read_parquet('{folder / 'raw.parquet'}')").fetchall()
    return done.source, rows, done.misfit


def columns(path: Path, **answers: str) -> tuple[str, ...]:
    return reading.inspect(path, "", Answers(**answers)).columns


@pytest.mark.parametrize("mark", list(",;\t|^~:§\x01"))
def test_any_character_that_divides_all_rows_alike_is_the_delimiter(tmp_path, mark):
    text = "".join(mark.join(row) + "\n" for row in [("name", "n", "day"), ("Ann", "1", "2024-01-02"), ("Bo", "2", "")])
    source, rows, misfit = read(put(tmp_path, text))
    assert (source.delimiter, source.columns) == (mark, ("name", "n", "day"))
    assert rows == [("Ann", "1", "2024-01-02"), ("Bo", "2", None)]
    assert misfit == 0


def test_decimal_commas_do_not_make_a_comma_the_delimiter(tmp_path):
    for text in ("a;b;c\n1;2,5;3,0\n4;5,5;6,0\n", "1;2,5;3,0\n4;5,5;6,0\n"):
        assert read(put(tmp_path, text))[1] == [("1", "2,5", "3,0"), ("4", "5,5", "6,0")]


def test_commas_in_every_quoted_field_do_not_outvote_the_delimiter(tmp_path):
    text = 'who\twhere\n"Ann; Bo"\t"1, Street; 2"\n"Cy; Di"\t"3, Road; 4"\n'
    assert read(put(tmp_path, text))[1] == [("Ann; Bo", "1, Street; 2"), ("Cy; Di", "3, Road; 4")]


def test_a_backslash_may_stand_before_a_quotation_mark(tmp_path):
    text = 'id,said\n1,"he said \\"no, no\\" twice"\n2,plain\n'
    assert read(put(tmp_path, text))[1] == [("1", 'he said "no, no" twice'), ("2", "plain")]
    assert read(put(tmp_path, 'id,path\n1,"C:\\new\\"\n2,"a ""b"" c"\n'))[1] == [("1", "C:\\new\\"), ("2", 'a "b" c')]


def test_one_column_is_a_table_too(tmp_path):
    source, rows, _ = read(put(tmp_path, "email\nann@x.org\nbo@x.org\n"))
    assert source.columns == ("email",)
    assert rows == [("ann@x.org",), ("bo@x.org",)]


def test_runs_of_blanks_divide_the_columns_of_a_fixed_width_file(tmp_path):
    text = " 00001 19970101  1   11.77\r\n 00002 19970112  1   12.00\r\n 00002 19970112  5   77.00\r\n"
    source, rows, _ = read(put(tmp_path, text))
    assert (source.delimiter, source.separator, source.header) == ("blanks", "runs of blanks", False)
    assert source.columns == ("column 1", "column 2", "column 3", "column 4")
    assert rows == [
        ("00001", "19970101", "1", "11.77"), ("00002", "19970112", "1", "12.00"), ("00002", "19970112", "5", "77.00"),
    ]  # fmt: skip


def test_quotes_hold_blanks_together_and_row_names_get_a_column(tmp_path):
    text = '"who" "spent"\n"1" "Ann Lee" 2.5\n"2" "Bo Cy" 3\n'
    source, rows, _ = read(put(tmp_path, text))
    assert source.columns == ("column 1", "who", "spent")
    assert rows == [("1", "Ann Lee", "2.5"), ("2", "Bo Cy", "3")]


def test_what_excel_says_of_the_delimiter_is_believed_and_no_row(tmp_path):
    source, rows, _ = read(put(tmp_path, "sep=;\r\na;b\r\n1,5;2,5\r\n"))
    assert (source.delimiter, source.columns, rows) == (";", ("a", "b"), [("1,5", "2,5")])


@pytest.mark.parametrize(
    "above",
    [
        "Orders 2024\n\n",
        "Orders 2024,,,\nShop:,Bath,,\n",
        "\n\n",
        '"Orders, all of them\nof 2024"\n',
        "x\n" * 3,
        "# a, b\n# c\n",
    ],
)
def test_lines_above_the_header_are_skipped_and_told(tmp_path, above):
    source, rows, misfit = read(put(tmp_path, above + "order,who,day,paid\n1,Ann,2024-01-02,3\n2,Bo,2024-01-03,4\n"))
    assert source.columns == ("order", "who", "day", "paid")
    assert rows == [("1", "Ann", "2024-01-02", "3"), ("2", "Bo", "2024-01-03", "4")]
    assert misfit == 0
    assert any(label == "Lines above the table" for label, _, _ in source.facts) == (above != "\n\n")


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("id,name\n1,Ann\n2,Bo\n", True),
        ("1,Ann\n2,Bo\n", False),
        ("name,town\nAnn,Bath\nBo,Ulm\n", True),
        ("Yes,Bath\nNo,Ulm\nYes,Rom\n", False),
        ("country,2010,2011\nUK,5,6\nFR,7,8\n", True),
        ("ann@x.org,5\nbo@x.org,6\n", False),
        ("day\n2024-01-02\n2024-01-03\n", True),
        ("4-Sep-12,£1.50\n5-Sep-12,£2.50\n", False),
    ],
)
def test_whether_there_is_a_header_is_seen_from_the_rows(tmp_path, text, header):
    source = reading.inspect(put(tmp_path, text))
    assert source.header == header
    assert source.why("header")
    assert source.columns == (tuple(text.split("\n")[0].split(",")) if header else ("column 1", "column 2"))


def test_the_header_of_a_further_part_is_no_row(tmp_path):
    source, rows, misfit = read(put(tmp_path, "a,b\n1,2\na,b\n3,4\n,b\n"))
    assert (source.columns, rows, misfit) == (("a", "b"), [("1", "2"), ("3", "4"), (None, "b")], 0)


def test_an_answer_about_the_header_is_heeded(tmp_path):
    path = put(tmp_path, "a,b\n1,2\n")
    assert read(path, header="no")[1] == [("a", "b"), ("1", "2")]
    with pytest.raises(InputError, match=r"table\.csv.*'perhaps'"):
        reading.inspect(path, "", Answers(header="perhaps"))


def test_headers_that_collide_once_trimmed_or_are_empty_get_names_of_their_own(tmp_path):
    assert columns(put(tmp_path, "X,X ,,X (2),X\n1,2,3,4,5\n")) == ("X", "X (3)", "column 3", "X (2)", "X (4)")


def test_columns_without_name_and_value_at_the_end_are_left_out(tmp_path):
    source, rows, misfit = read(put(tmp_path, "a,b,,,\n1,2,,,\n3,4,,,\n"))
    assert (source.columns, rows, misfit) == (("a", "b"), [("1", "2"), ("3", "4")], 0)


def test_a_value_far_down_in_a_column_that_seemed_empty_sets_its_row_aside(tmp_path):
    _, rows, misfit = read(put(tmp_path, "a,b,,\n" + "1,2,,\n" * 3000 + "1,2,,oops\n"))
    assert (len(rows), misfit) == (3000, 1)


def test_a_delimiter_at_the_end_of_every_row_is_no_field(tmp_path):
    for text in ("a,b\n1,2,\n3,4,\n", "a,b,\n1,2\n3,4\n", "a,b\n1,2,,\n3,4,,\n"):
        source, rows, misfit = read(put(tmp_path, text))
        assert (source.columns, rows, misfit) == (("a", "b"), [("1", "2"), ("3", "4")], 0)


def test_rows_of_nothing_but_delimiters_are_not_counted(tmp_path):
    _, rows, misfit = read(put(tmp_path, "a,b,c\n1,2,3\n" + ",,\n,,,,,\n,\n\n , \n" * 5))
    assert (rows, misfit) == ([("1", "2", "3")], 0)


def test_rows_that_do_not_fit_are_set_aside_and_counted(tmp_path):
    _, rows, misfit = read(put(tmp_path, "a,b,c\n1,2,3\n1,2\n1,2,3,4,5\n4,5,6\n"))
    assert (rows, misfit) == ([("1", "2", "3"), ("4", "5", "6")], 2)


WIDE = "name,paid,day\nCafé – 5 €,1,2024-01-02\nžluťoučký,2,2024-01-03\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_all_of_unicode_comes_through(tmp_path, encoding, end):
    source, rows, _ = read(put(tmp_path, WIDE.replace("\n", end).encode(encoding)))
    assert source.columns == ("name", "paid", "day")
    assert rows == [("Café – 5 €", "1", "2024-01-02"), ("žluťoučký", "2", "2024-01-03")]
    assert source.encoding.startswith(encoding.upper()[:6].rstrip("-"))


def test_an_encoding_that_was_said_is_heeded(tmp_path):
    path = put(tmp_path, "имя,n\nАнна,1\n".encode("cp1251"))
    assert read(path, encoding="cp1251")[1] == [("Анна", "1")]
    with pytest.raises(InputError, match=r"table\.csv is not valid UTF-8"):
        reading.inspect(path, "", Answers(encoding="utf-8"))
    with pytest.raises(InputError, match=r"table\.csv cannot be read as klingon"):
        reading.inspect(path, "", Answers(encoding="klingon"))


def test_an_encoding_that_was_said_and_fails_late_is_refused(tmp_path):
    path = put(tmp_path, b"a,b\n" + b"1,2\n" * 200_000 + b"\xe9,3\n")
    with pytest.raises(InputError, match=r"table\.csv is not valid UTF-8 throughout"):
        read(path, encoding="utf-8")


def test_a_delimiter_that_was_said_is_heeded(tmp_path):
    path = put(tmp_path, "a,b;c,d\n1,2;3,4\n")
    assert columns(path, delimiter=";") == columns(path, delimiter="semicolon") == ("a,b", "c,d")
    with pytest.raises(InputError, match=r"table\.csv: '<>' cannot stand between fields"):
        reading.inspect(path, "", Answers(delimiter="<>"))


def test_zero_bytes_are_left_out_and_told(tmp_path):
    source, rows, _ = read(put(tmp_path, "a,b\nx\0y,2\n" + "long enough to be text,3\n" * 50))
    assert rows[0] == ("xy", "2")
    assert source.facts == (("Zero bytes", "left out", "1 in the first rows"),)


def test_cells_of_a_megabyte_are_read(tmp_path):
    for size in (300_000, 3_000_000):
        source, rows, misfit = read(put(tmp_path, f"a,b\n1,{'x' * size}\n2,y\n" + "3,z\n" * 9))
        assert (len(rows), misfit, len(rows[0][1] or "")) == (11, 0, size)
        assert len(source.sample) == 11


def test_lost_cells_of_a_spreadsheet_are_told(tmp_path):
    source = reading.inspect(put(tmp_path, "a,b\n1,####\n2,#######\n3,#1\n"))
    assert source.facts == (("####", "2 cells are lost in the first rows", "widen the columns and export it again"),)


def zipped(folder: Path, files: dict[str, str | bytes], name: str = "table.zip") -> Path:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, text in files.items():
            archive.writestr(entry, text)
    return put(folder, content.getvalue(), name)


TABLE = "a,b\n1,2\n3,4\n"


def test_one_table_in_a_zip_is_read_whatever_a_system_added(tmp_path):
    files = {"__MACOSX/._t.csv": "x", "out/": "", "out/t.csv": TABLE, "out/.DS_Store": "x", "readme.pdf": "x"}
    source, rows, _ = read(zipped(tmp_path, files))
    assert (source.entry, source.format, rows) == ("out/t.csv", "CSV inside zip", [("1", "2"), ("3", "4")])


def test_of_several_tables_in_a_zip_one_is_asked_for(tmp_path):
    path = zipped(tmp_path, {"a.csv": TABLE, "b.csv": "c\n5\n"})
    with pytest.raises(InputError, match=r"table\.zip holds 2 files.*It holds: a\.csv, b\.csv"):
        reading.inspect(path)
    source, rows, _ = read(path, sheet="b.csv")
    assert (source.sheet, source.sheets, rows) == ("b.csv", ("a.csv", "b.csv"), [("5",)])
    with pytest.raises(InputError, match=r"holds no file 'c\.csv'"):
        reading.inspect(path, "", Answers(sheet="c.csv"))


def test_utf_16_inside_gzip_is_read(tmp_path):
    source, rows, _ = read(put(tmp_path, gzip.compress(WIDE.encode("utf-16")), "t.csv.gz"))
    assert (source.format, len(rows)) == ("CSV inside gzip", 2)
