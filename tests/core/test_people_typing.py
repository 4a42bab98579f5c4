"""A stranger's customer table becomes typed columns: ids, numbers, dates, levels, choices."""

from __future__ import annotations

import datetime as dt

import pytest

from core.errors import InputError
from core.intake.answers import Answers
from core.intake.tables import people_levels as levels
from core.intake.tables import typed
from core.warehouse import engine
from tests.core.tables import Tables, column

ID = {"Id": ("customer", "identifier")}


@pytest.fixture
def tables(tmp_path, monkeypatch):
    return Tables(tmp_path, monkeypatch)


def _ids(tables, dataset):
    return tables.people(dataset).frame()["customer_id"].tolist()


def _raw(tables, dataset):
    return engine.collect(engine.scan(tables.store.raw(dataset.fingerprint)))


def test_ids_keep_leading_zeros_and_lose_the_point_zero_of_a_spreadsheet(tables):
    dataset = tables.rows({**ID, "Age": ("age", "number")}, ("00017", 30), ("17850.0", 31), ("A-7", 32))
    assert _ids(tables, dataset) == ["00017", "17850", "A-7"]


def test_without_an_id_the_e_mail_names_the_customer(tables):
    said = {"Mail": ("email", "contact"), "Age": ("age", "number")}
    assert _ids(tables, tables.rows(said, (" Ann@Example.com", 30), ("bo@example.com", 40))) == [
        "ann@example.com",
        "bo@example.com",
    ]


def test_where_an_id_is_blank_the_e_mail_stands_in_and_else_the_row(tables):
    said = {**ID, "Mail": ("email", "contact"), "Age": ("age", "number")}
    dataset = tables.rows(said, (1, "a@example.com", 30), ("", "b@example.com", 40), ("", "", 50))
    assert _ids(tables, dataset) == ["1", "b@example.com", "row 3"]


def test_answers_without_any_id_are_numbered_by_their_rows(tables):
    dataset = tables.rows({"Age": ("age", "number")}, (30,), (40,), kind="survey")
    assert _ids(tables, dataset) == ["1", "2"]
    assert dataset.facts["key"] == "row"


def test_amounts_are_read_with_signs_and_decimal_commas(tables):
    dataset = tables.rows(
        {**ID, "Einkommen": ("income", "amount")},
        (1, "1.234,56 €"), (2, "€ 99,00"), (3, "2.000.000,5"), (4, "-"), (5, "viel"),
    )  # fmt: skip
    frame = tables.people(dataset).frame()
    assert frame["einkommen"].tolist()[:3] == [1234.56, 99.0, 2000000.5]
    assert frame["einkommen"].isna().tolist() == [False, False, False, True, True]
    assert "1 missing, 1 are no number" in dataset.columns_found[1].evidence


def test_cells_that_cannot_be_read_are_counted_on_the_receipt(tables):
    dataset = tables.rows({**ID, "Age": ("age", "number")}, (1, "30"), (2, "old"), (3, ""), (4, "31"))
    entry = {each.rule: each for each in tables.people(dataset).meta.entries}["unreadable"]
    assert (entry.cells, entry.effect) == (1, "Age 1")


def test_the_order_of_dates_is_decided_once_for_the_column(tables):
    said = {**ID, "Since": ("signup", "date"), "N": ("", "number")}
    dataset = tables.rows(said, (1, "04-09-2012", 1), (2, "31-12-2013", 2))
    assert tables.people(dataset).frame()["since"].tolist() == [dt.date(2012, 9, 4), dt.date(2013, 12, 31)]
    assert tables.people(dataset).meta.as_of == dt.date(2013, 12, 31)


def test_dates_that_can_be_read_both_ways_are_asked_about(tables):
    said = {**ID, "Since": ("signup", "date")}
    with pytest.raises(InputError, match="Since can be read day first or month first"):
        tables.rows(said, (1, "04-09-2012"), (2, "05-10-2013"))
    dataset = tables.rows(said, (1, "04-09-2012"), (2, "05-10-2013"), answers=Answers(date_order="mdy"))
    assert tables.people(dataset).meta.as_of == dt.date(2013, 5, 10)


def test_a_clock_behind_gmt_plus_keeps_its_own_day(tables):
    dataset = tables.rows({**ID, "At": ("answered", "date")}, (1, "2023/06/04 11:28:19 PM GMT+5:30"))
    assert _raw(tables, dataset)["at"][0] == dt.datetime(2023, 6, 4, 23, 28, 19)
    assert ("Time zone", "+05:30, as written") in [note[:2] for note in dataset.notes]


def test_ordered_answers_are_numbers_from_0_for_the_lowest(tables):
    scale = ("Never", "Rarely", "Often")
    dataset = tables.rows({**ID, "How": ("", "ordinal", scale)}, (1, "often"), (2, "Never "), (3, "NA"), (4, "Rarely"))
    codes = tables.people(dataset).frame()["how"]
    assert codes.tolist()[:2] == [2.0, 0.0]
    assert codes.isna()[2]
    assert codes[3] == 1.0


def test_points_beyond_those_of_the_first_rows_still_have_their_place(tables):
    dataset = tables.rows({**ID, "Stars": ("", "ordinal", ("1", "2"))}, (1, "2"), (2, "10"), (3, "1.0"), (4, "3"))
    assert tables.people(dataset).column("stars").levels == ("1", "2", "3", "10")
    assert tables.people(dataset).frame()["stars"].tolist() == [1.0, 3.0, 0.0, 2.0]


def test_an_answer_outside_the_order_is_missing_and_counted(tables):
    dataset = tables.rows({**ID, "How": ("", "ordinal", ("low", "high"))}, (1, "low"), (2, "purple"), (3, "high"))
    people = tables.people(dataset)
    assert people.frame()["how"].isna().tolist() == [False, True, False]
    assert {each.rule: each.effect for each in people.meta.entries}["outside_order"] == "How: purple (1)"


def test_spellings_of_one_level_are_one_level_and_said(tables):
    dataset = tables.rows(
        {**ID, "What": ("", "nominal")},
        (1, "Customer service"), (2, "customer  service "), (3, "Customer service"), (4, "Price"),
    )  # fmt: skip
    people = tables.people(dataset)
    assert people.frame()["what"].tolist() == ["Customer service"] * 3 + ["Price"]
    assert {each.rule: each.cells for each in people.meta.entries}["respelled"] == 1


@pytest.mark.parametrize(
    ("yes", "no"), [("1", "0"), ("Yes", "No"), ("TRUE", "FALSE"), ("Ja", "Nein"), ("Sim", "Não"), ("1.0", "0.0")]
)
def test_yes_and_no_are_read_however_they_are_written(tables, yes, no):
    dataset = tables.rows({**ID, "Did": ("", "yes_no")}, (1, yes), (2, no), (3, ""))
    did = tables.people(dataset).frame()["did"]
    assert did.tolist()[:2] == ["yes", "no"]
    assert did.isna()[2]


def test_where_only_yes_is_ever_written_a_blank_is_no(tables):
    dataset = tables.rows({**ID, "Member": ("", "yes_no")}, (1, "x"), (2, ""), (3, "x"))
    assert tables.people(dataset).frame()["member"].tolist() == ["yes", "no", "yes"]
    assert tables.people(dataset).column("member").levels == ("no", "yes")


def test_several_choices_become_a_yes_no_column_each(tables):
    dataset = tables.rows(
        {**ID, "Buys": ("", "multiple")},
        (1, "Beauty and Care;Home"),
        (2, "Home; beauty and care"),
        (3, "Food"),
        (4, ""),
    )
    people = tables.people(dataset)
    assert [c.slug for c in people.columns][1:4] == ["buys", "buys__beauty_and_care", "buys__home"]
    frame = people.frame()
    assert frame["buys__beauty_and_care"].tolist()[:3] == ["yes", "yes", "no"]
    assert frame["buys__food"].isna()[3]


def test_a_column_that_is_always_the_same_never_enters(tables):
    dataset = tables.rows({**ID, "Z": ("", "number"), "Age": ("age", "number")}, (1, 3, 30), (2, 3, 31))
    found = {c.slug: c for c in dataset.columns_found}
    assert (found["z"].scale, found["z"].enters, found["z"].aside) == ("constant", False, "the same for everybody")


def test_a_column_that_was_the_same_in_the_first_rows_alone_gets_its_levels(tables):
    dataset = tables.rows({**ID, "Plan": ("", "constant")}, (1, "free"), (2, "free"), (3, "paid"))
    assert {c.slug: c.scale for c in dataset.columns_found}["plan"] == "nominal"


def test_blank_rows_are_no_customers(tables):
    dataset = tables.rows({**ID, "Age": ("age", "number")}, (1, 30), ("", ""), ("", ""))
    assert _ids(tables, dataset) == ["1"]


def test_headers_that_collide_or_are_ours_get_slugs_of_their_own():
    columns = typed.named([column(n, "", "number") for n in ("Customer", "row", "Row")])
    assert [c.slug for c in columns] == ["customer_2", "row_2", "row_3"]


def test_contacts_are_normalised_into_a_table_of_their_own(tables):
    said = {**ID, "Mail": ("email", "contact"), "Tel": ("phone", "contact"), "OK": ("consent", "consent")}
    dataset = tables.rows(said, (7, "Ann@EXAMPLE.com ", "+44 20 7946 0958", "Yes"), (8, "nobody", "", "no"))
    path = tables.store.raw(dataset.fingerprint).with_name("contacts.parquet")
    rows = engine.collect(engine.scan(path)).set_index("customer_id")
    assert rows.loc["7", ["email", "phone", "consent"]].tolist() == ["ann@example.com", "+442079460958", "yes"]
    assert rows.loc["8", "consent"] == "no"
    assert rows["email"].isna()["8"]


def test_what_is_wrong_with_an_address_is_kept_without_the_address(tables):
    said = {**ID, "Mail": ("email", "contact"), "Tel": ("phone", "contact")}
    wrong = ((1, "nobody", "0844 412 4653"), (2, "", "+1 12345"), (3, "", ""), (4, "a@", "+44 844 412 4653"))
    dataset = tables.rows(said, *wrong, (5, "", "12"))
    path = tables.store.raw(dataset.fingerprint).with_name("contacts.parquet")
    rows = engine.collect(engine.scan(path)).set_index("customer_id")
    assert rows["email_issue"].dropna().to_dict() == {"1": "invalid", "4": "invalid"}
    assert rows["phone_issue"].dropna().to_dict() == {"1": "without country", "2": "invalid", "5": "invalid"}
    assert "nobody" not in rows.to_string()
    assert "08444124653" not in rows.to_string()


@pytest.mark.parametrize("text", ["Customer  Service ", "2.0", "-1.00", "É", "a.b", "1.5", ".0"])
def test_what_python_and_sql_make_of_a_level_is_the_same(text):
    found = engine.connection().execute(f"select {levels.key('$1')}", [text]).fetchall()[0][0]
    assert levels.plain(text) == found


@pytest.mark.parametrize("name", ["select", "order", 'a"b', "c0", "t1", "id", "kept"])
def test_a_header_that_is_a_word_of_sql_is_a_column_as_any(tables, name):
    dataset = tables.rows({**ID, name: ("", "number")}, (1, 5), (2, 6))
    people = tables.people(dataset)
    assert people.frame()[people.columns[1].slug].tolist() == [5.0, 6.0]
