"""``python -m core predict``, as somebody would call it."""

import csv

import pytest

from core.__main__ import main
from tests import people_tables
from tests.wire.conftest import write_log

HOW = ("--k", "3", "--features", "Age,Income")


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    path = tmp_path_factory.mktemp("table") / "people.csv"
    return people_tables.write(path, people_tables.customers(), people_tables.CUSTOMERS)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CLIENTELE_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.fixture
def new(home):
    path = home / "new.csv"
    path.write_text("name,Age,Income\nAnn,30,80000\nBob,,30000\nCid,x,1\n", encoding="utf-8")
    return path


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_file_comes_back_with_the_segment_of_everybody(table, home, new, capsys):
    out = home / "placed.csv"
    assert main(["predict", str(new), "--fit", str(table), *HOW, "--out", str(out)]) == 0
    ann, bob, cid = rows(out)
    assert (ann["name"], ann["segment"] != "", ann["confidence"] != "") == ("Ann", True, True)
    assert "the median, stands for it" in bob["note"]
    assert (cid["segment"], cid["note"]) == (
        "", "Not placed: Age “x” is not a number. Give a plain number such as 1250.5."
    )  # fmt: skip
    said = capsys.readouterr().out
    assert "2 of 3 customers were placed." in said
    assert "Row 3: Age “x” is not a number." in said


def test_without_out_the_rows_go_to_standard_output_and_the_rest_elsewhere(table, new, capfdbinary):
    assert main(["predict", str(new), "--fit", str(table), *HOW]) == 0
    said = capfdbinary.readouterr()
    assert said.out.startswith(b"name,Age,Income,segment,")
    assert b"2 of 3" in said.err


def test_the_newest_dataset_is_taken_where_none_is_named(table, home, new):
    out = home / "a.csv"
    assert main(["predict", str(new), "--fit", str(table), *HOW, "--out", str(out)]) == 0
    again = home / "b.csv"
    assert main(["predict", str(new), *HOW, "--out", str(again)]) == 0
    assert out.read_bytes() == again.read_bytes()


def test_the_orders_of_new_customers_are_placed(home, tmp_path):
    log, later = write_log(home / "log.csv"), write_log(home / "later.csv", customers=20, seed=9)
    out = home / "placed.csv"
    assert main(["predict", str(later), "--fit", str(log), "--k", "3", "--out", str(out)]) == 0
    assert len({row["customer_id"] for row in rows(out)}) == 20


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--data", "nothing"], "'nothing' is not stored here"),
        (["--saved", "nothing"], "no saved segmentation 'nothing'"),
        (["--k", "many"], "--k 'many' is not a whole number"),
        (["--features", "Shoe size"], "no feature 'Shoe size'"),
    ],
)
def test_what_does_not_fit_is_one_clear_line_and_code_2(table, new, capsys, flags, words):
    assert main(["predict", str(new), "--fit", str(table)]) == 0
    capsys.readouterr()
    assert main(["predict", str(new), *flags]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1


def test_the_customers_file_is_never_written_over(table, new, capsys):
    before = new.read_bytes()
    assert main(["predict", str(new), "--fit", str(table), *HOW, "--out", str(new)]) == 2
    assert new.read_bytes() == before
    assert "--out is the file of the customers" in capsys.readouterr().err


def test_a_file_that_is_not_there_or_no_table_is_told(home, table, capsys):
    assert main(["predict", str(home / "none.csv"), "--fit", str(table)]) == 2
    junk = home / "junk.csv"
    junk.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    assert main(["predict", str(junk), "--fit", str(table)]) == 2
    assert "junk.csv" in capsys.readouterr().err


def test_with_nothing_stored_it_says_what_to_do(new, capsys):
    assert main(["predict", str(new)]) == 2
    assert "--fit FILE" in capsys.readouterr().err
