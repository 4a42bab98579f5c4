"""Parquet and JSON: whatever their types, they arrive as the text of their values."""

import datetime as dt
import gzip
import json
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core.errors import InputError
from core.intake.formats import reading, records
from tests.core.test_formats_text import put, read


def parquet(folder: Path, columns: dict[str, object]) -> Path:
    pq.write_table(pa.table(columns), folder / "table.parquet")
    return folder / "table.parquet"


def test_every_type_of_parquet_becomes_text(tmp_path):
    berlin = dt.datetime(2024, 1, 2, 9, 26, tzinfo=ZoneInfo("Europe/Berlin"))
    columns: dict[str, object] = {
        "id": [17850.0, None], "paid": [2.5, 1e20], "d": [Decimal("12.50"), None], "n": [7, 8],
        "ts": [dt.datetime(2024, 1, 2, 8, 26), None], "day": [dt.date(2024, 1, 2), None], "yes": [True, None],
        "zone": pa.array([berlin, None], pa.timestamp("us", "Europe/Berlin")),
        "code": ["00123", ""], "bytes": ["Café".encode(), b"\xff"],
        "list": [[1, 2], None], "thing": [{"a": 1}, None], "kind": pa.array(["x", "y"]).dictionary_encode(),
    }  # fmt: skip
    source, rows, misfit = read(parquet(tmp_path, columns))
    assert source.columns == tuple(columns)
    assert rows == [
        (
            "17850", "2.5", "12.50", "7", "2024-01-02 08:26:00", "2024-01-02", "true", "2024-01-02 08:26:00+00:00",
            "00123", "Café", "[1,2]", '{"a":1}', "x",
        ),
        (None, "1e+20", None, "8", None, None, None, None, None, "\\xFF", None, None, "y"),
    ]  # fmt: skip
    assert source.sample[0] == rows[0]
    assert (source.format, source.form, misfit) == ("Parquet", "parquet", 0)


def test_blank_rows_of_parquet_are_not_counted(tmp_path):
    assert read(parquet(tmp_path, {"a": ["1", None, ""], "b": [None, None, ""]}))[1] == [("1", None)]


def test_names_of_parquet_that_collide_once_trimmed_are_told_apart(tmp_path):
    assert read(parquet(tmp_path, {"X": [1], "X ": [2], 'q"': [3]}))[0].columns == ("X", "X (2)", 'q"')


def test_half_a_parquet_file_is_damaged(tmp_path):
    path = parquet(tmp_path, {"a": [*range(1000)]})
    path.write_bytes(path.read_bytes()[:-50])
    with pytest.raises(InputError, match=r"table\.parquet is cut off or damaged"):
        reading.inspect(path)


def test_parquet_without_rows_says_so(tmp_path):
    with pytest.raises(InputError, match="has a header and no rows"):
        reading.inspect(parquet(tmp_path, {"a": pa.array([], pa.int64())}))


ROWS = [
    {"id": 1, "who": {"name": "Ann"}, "tags": ["a"]},
    {"id": 2.5, "late/~\"'": True, "": "e"},
    {"id": None, "tags": []},
]
FOUND = [
    ("1", '{"name":"Ann"}', '["a"]', None, None),
    ("2.5", None, None, "true", "e"),
    (None, None, "[]", None, None),
]
NAMES = ("id", "who", "tags", "late/~\"'", "column 5")


def lines(rows: list[dict[str, object]]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_json_lines_are_read_and_what_is_nested_stays_json(tmp_path):
    source, rows, _ = read(put(tmp_path, lines(ROWS), "t.jsonl"))
    assert (source.format, source.columns, rows) == ("JSON lines", NAMES, FOUND)
    assert source.sample[1] == ("2.5", "", "", "true", "e")


@pytest.mark.parametrize("indent", [None, 2])
def test_a_list_of_objects_is_read(tmp_path, indent):
    source, rows, _ = read(put(tmp_path, json.dumps(ROWS, indent=indent), "t.json"))
    assert (source.format, source.columns, rows) == ("JSON list", NAMES, FOUND)


@pytest.mark.parametrize("indent", [None, 2])
def test_the_longest_list_inside_an_object_is_the_table(tmp_path, indent):
    content = json.dumps({"page": 1, "errors": [{"x": 1}], "data": {"orders": ROWS}}, indent=indent)
    source, rows, _ = read(put(tmp_path, content, "t.json"))
    assert (source.format, source.columns, rows) == ("JSON object", NAMES, FOUND)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_json_in_other_encodings_and_packed_is_read(tmp_path, encoding):
    content = '{"who":"Café"}\n{"who":"Bo"}\n'.encode(encoding)
    assert read(put(tmp_path, gzip.compress(content), "t.jsonl.gz"))[1] == [("Café",), ("Bo",)]


def test_a_field_that_comes_first_far_down_a_large_file_is_a_column(tmp_path):
    content = lines([{"id": i, "text": "x" * 400} for i in range(60_000)] + [{"id": 0, "late": 1}] * 200)
    assert len(content) > records.MOST_WHOLE / 4
    assert read(put(tmp_path, content, "t.jsonl"))[0].columns == ("id", "text", "late")


def test_lines_that_are_no_object_are_set_aside_and_counted(tmp_path):
    content = lines([{"a": 1}, {"a": 2}]) + '{"a":\n3\n[1]\n' + lines([{"a": 4}])
    _, rows, misfit = read(put(tmp_path, content, "t.jsonl"))
    assert (rows, misfit) == ([("1",), ("2",), ("4",)], 3)


def test_json_without_rows_is_refused(tmp_path):
    for content in ('{"error": "no access"}', "{}", '{"a": [1, 2]}'):
        with pytest.raises(InputError, match=r"t\.json is JSON without rows"):
            reading.inspect(put(tmp_path, content, "t.json"))


def test_text_that_only_begins_like_json_is_read_as_text(tmp_path):
    assert read(put(tmp_path, "[id],{n}\n1,2\n", "t.csv"))[0].columns == ("[id]", "{n}")
