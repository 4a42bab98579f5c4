"""What somebody says about a file goes before what is found; it is remembered for the next file of its shape."""

import json
import time

import pytest

from core.__main__ import main
from core.errors import ParameterError
from core.intake.answers import Answers
from core.intake.columns import shapes
from core.intake.inspecting import understand
from tests.core.exports import EXPORTS
from tests.core.logs import row, text, write

OPEN = EXPORTS["days that may be months"].text
TWO_KEYS = EXPORTS["two customer keys"].text


def roles(found) -> dict[str, str]:
    return {column.role: column.name for column in found.columns if column.role}


def test_a_mapping_goes_before_the_guess(tmp_path):
    path = write(tmp_path, TWO_KEYS)
    found = understand(path, answers=Answers(roles=(("customer", "Client ID"),)))
    assert roles(found)["customer"] == "client id"
    assert found.questions == ()
    assert next(column for column in found.columns if column.role == "customer").confidence == 1


def test_an_empty_mapping_takes_the_role_off(tmp_path):
    found = understand(write(tmp_path, text([row()])), answers=Answers(roles=(("country", ""),)))
    assert "country" not in roles(found)
    assert ("country", "") in found.answers.roles


@pytest.mark.parametrize(
    ("answers", "message"),
    [(Answers(roles=(("customer", "Nobody"),)), "orders.csv has no column 'Nobody'.*It has: InvoiceNo"),
     (Answers(roles=(("buyer", "CustomerID"),)), "no role 'buyer'"),
     (Answers(scales=(("Country", "fancy"),)), "no scale 'fancy'"),
     (Answers(kind="poem"), "--kind 'poem' is unknown"),
     (Answers(date_order="dym"), "--date-order 'dym' is unknown"),
     (Answers(money="gold"), "--money 'gold' is unknown")],
)  # fmt: skip
def test_an_answer_without_sense_is_refused_by_name(tmp_path, answers, message):
    with pytest.raises(ParameterError, match=message):
        understand(write(tmp_path, text([row()])), answers=answers)


def test_a_scale_can_be_given(tmp_path):
    found = understand(write(tmp_path, EXPORTS["mall customers"].text), answers=Answers(scales=(("Age", "ordinal"),)))
    age = next(column for column in found.columns if column.name == "Age")
    assert (age.scale, age.levels) == ("ordinal", ("19", "20", "21", "23"))


def test_a_kind_can_be_given(tmp_path):
    found = understand(write(tmp_path, EXPORTS["Shopify customers"].text), answers=Answers(kind="survey"))
    assert found.kind == "survey"


def test_answers_are_complete_enough_to_read_the_file_alike(tmp_path):
    path = write(tmp_path, EXPORTS["German shop"].text)
    first = understand(path)
    again = understand(path, answers=first.answers)
    assert (roles(again), again.kind, again.answers) == (roles(first), first.kind, first.answers)


def test_the_next_export_of_a_shape_goes_straight_through(tmp_path):
    home = tmp_path / "home"
    asked = understand(write(tmp_path, OPEN), home=home)
    assert [question.slug for question in asked.questions] == ["date_order"]
    shapes.remember(home, understand(write(tmp_path, OPEN), answers=Answers(date_order="dmy"), home=home))
    later = understand(write(tmp_path, OPEN.replace("2024", "2025").replace("date", "Date"), "next.csv"), home=home)
    assert (later.remembered, later.questions, later.answers.date_order) == (True, (), "dmy")


def test_the_same_file_is_understood_the_same_whether_or_not_it_is_remembered(tmp_path):
    home, path = tmp_path / "home", write(tmp_path, EXPORTS["Shopify orders"].text)
    first = understand(path, home=home)
    shapes.remember(home, first)
    assert understand(path, home=home).answers == first.answers


def test_an_answer_given_now_wins_over_a_remembered_one(tmp_path):
    home, path = tmp_path / "home", write(tmp_path, TWO_KEYS)
    shapes.remember(home, understand(path, answers=Answers(roles=(("customer", "client id"),))))
    now = understand(path, answers=Answers(roles=(("customer", "customer id"),)), home=home)
    assert roles(now)["customer"] == "customer id"
    assert roles(understand(path, home=home))["customer"] == "client id"


def test_what_the_file_itself_shows_wins_over_what_an_earlier_file_left_open(tmp_path):
    home = tmp_path / "home"
    shapes.remember(home, understand(write(tmp_path, OPEN), answers=Answers(date_order="dmy")))
    other = understand(write(tmp_path, OPEN.replace("01/02/2024", "01/22/2024")), home=home)
    assert next(note for note in other.notes if note.slug == "date_order").found == "month-day-year"
    assert other.answers.date_order in ("", "mdy")


def test_a_forgotten_shape_is_asked_about_again(tmp_path):
    home, path = tmp_path / "home", write(tmp_path, OPEN)
    shapes.remember(home, understand(path, answers=Answers(date_order="dmy")))
    assert shapes.known(home) == [understand(path).shape]
    assert shapes.forget(home, understand(path).shape)
    assert not shapes.forget(home, understand(path).shape)
    assert understand(path, home=home).questions


def test_nothing_of_a_person_is_remembered(tmp_path):
    home = tmp_path / "home"
    shapes.remember(home, understand(write(tmp_path, EXPORTS["Shopify orders"].text)))
    kept = next((home / "shapes").glob("*.json")).read_text(encoding="utf-8")
    assert not any(word in kept for word in ("ann@", "Ann Lee", "53111", "#1001"))


def test_a_damaged_memory_is_no_memory(tmp_path):
    home, path = tmp_path / "home", write(tmp_path, OPEN)
    shapes.remember(home, understand(path, answers=Answers(date_order="dmy")))
    next((home / "shapes").glob("*.json")).write_text("{", encoding="utf-8")
    assert not understand(path, home=home).remembered


def test_inspect_prints_what_was_found_and_stores_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CLIENTELE_HOME", str(tmp_path / "home"))
    assert main(["inspect", str(write(tmp_path, EXPORTS["German shop"].text))]) == 0
    out = capsys.readouterr().out
    assert "order log, 9 columns" in out
    assert "Decimal mark" in out
    assert "comma" in out
    assert not (tmp_path / "home").exists()


def test_inspect_as_json_says_everything(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CLIENTELE_HOME", str(tmp_path / "home"))
    path = write(tmp_path, TWO_KEYS)
    assert main(["inspect", str(path), "--json", "--map", "customer=client id"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["kind"] == "transactions"
    assert ["customer", "client id"] in said["answers"]["roles"]
    assert said["questions"] == []
    assert {"kind", "decimal", "money", "header"} <= {note["slug"] for note in said["notes"]}


@pytest.mark.parametrize("flags", [["gone.csv"], ["--map", "customer", "x.csv"], ["--map", "customer=Nobody", "x.csv"]])
def test_inspect_says_in_one_line_what_is_wrong(tmp_path, monkeypatch, capsys, flags):
    monkeypatch.setenv("CLIENTELE_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    write(tmp_path, OPEN, "x.csv")
    assert main(["inspect", *flags]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("clientele: ")
    assert said.err.count("\n") == 1


def test_a_large_file_is_understood_from_little_of_it(tmp_path):
    lines = "".join(f"{i},C{i % 999},0{1 + i // 90_000}/0{1 + i % 9}/2024,{i % 50}.25\n" for i in range(700_000))
    path = write(tmp_path, "order,customer,date,amount\n" + lines + "700000,C1,25/08/2024,1.50\n" * 40_000, "big.csv")
    start = time.perf_counter()
    found = understand(path)
    assert time.perf_counter() - start < 2
    assert next(note for note in found.notes if note.slug == "date_order").found == "day-month-year"


def test_many_columns_do_not_take_long(tmp_path):
    header = ",".join(f"Question {i}" for i in range(2000))
    rows = "\n".join(",".join(str((i * j) % 5 + 1) for i in range(2000)) for j in range(200))
    start = time.perf_counter()
    found = understand(write(tmp_path, f"{header}\n{rows}\n"))
    assert len(found.columns) == 2000
    assert time.perf_counter() - start < 10
