"""The switches of a customer table: what each takes, empties, merges or makes, and that it is counted."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import ParameterError
from core.intake.tables import people_rules
from tests.core.tables import Tables

ID = {"Id": ("customer", "identifier")}


@pytest.fixture
def tables(tmp_path, monkeypatch):
    return Tables(tmp_path, monkeypatch)


def _entries(people):
    return {entry.rule: entry for entry in people.meta.entries}


def _with(rules, *slugs):
    return people_rules.name(people_rules.active("+".join([*people_rules.active(rules), *slugs])))


def test_of_a_customer_listed_twice_the_last_row_counts(tables):
    dataset = tables.rows({**ID, "Age": ("age", "number")}, (1, 30), (2, 40), (1, 31))
    people = tables.people(dataset)
    assert people.frame()[["customer_id", "age"]].values.tolist() == [["2", 40.0], ["1", 31.0]]
    assert _entries(people)["repeated"].rows == 1


def test_with_the_switch_off_both_rows_stay_with_ids_of_their_own(tables):
    dataset = tables.rows({**ID, "Age": ("age", "number")}, (1, 30), (1, 31))
    people = tables.people(dataset, people_rules.toggle("net", "repeated"))
    assert sorted(people.frame()["customer_id"]) == ["1", "1 (2)"]
    assert (_entries(people)["repeated"].on, _entries(people)["repeated"].rows) == (False, 1)


def test_rows_alike_but_for_the_id_stay_unless_they_are_switched_off(tables):
    said = {**ID, "Age": ("age", "number"), "Sex": ("gender", "nominal")}
    dataset = tables.rows(said, (1, 30, "F"), (2, 30, "F"), (3, 30, ""), (4, "30.0", ""), (5, 31, "F"))
    assert (tables.people(dataset).meta.customers, _entries(tables.people(dataset))["alike"].rows) == (5, 2)
    assert tables.people(dataset, _with("net", "alike")).frame()["customer_id"].tolist() == ["1", "3", "5"]


def test_ages_that_nobody_has_are_kept_until_they_are_switched_off(tables):
    said = {**ID, "Born": ("birth_year", "number"), "Since": ("signup", "date")}
    rows = [(i, 1960 + i % 30, f"2014-06-{i % 28 + 1:02}") for i in range(40)]
    dataset = tables.rows(said, *rows, (98, 1893, "2014-01-01"), (99, 2010, "2014-01-01"))
    usual, strict = tables.people(dataset), tables.people(dataset, _with("net", "implausible"))
    assert usual.frame()["age"].max() == 2014 - 1893
    assert _entries(usual)["implausible"].effect == "Born 1893, 2010"
    assert strict.frame()["age"].isna().sum() == strict.frame()["born"].isna().sum() == 2


def test_one_income_far_beyond_all_is_implausible_and_a_long_tail_is_not(tables):
    said = {**ID, "Income": ("income", "amount"), "Spend": ("spend", "amount")}
    tail = [round(1.06**i, 2) for i in range(200)]
    dataset = tables.rows(said, *[(i, 30_000 + 150 * i, tail[i]) for i in range(200)], (999, 666_666, 50))
    entry = _entries(tables.people(dataset))["implausible"]
    assert (entry.on, entry.cells, entry.effect) == (False, 1, "Income 666,666")


def test_odd_levels_are_flagged_and_merged_by_a_switch(tables):
    rows = [(i, ("Single", "Married")[i % 2]) for i in range(998)]
    dataset = tables.rows({**ID, "Marital": ("marital", "nominal")}, *rows, (998, "YOLO"), (999, "Absurd"))
    usual, merged = tables.people(dataset), tables.people(dataset, _with("net", "odd_levels"))
    assert _entries(usual)["odd_levels"].cells == _entries(merged)["odd_levels"].cells == 2
    assert "YOLO" in usual.column("marital").levels
    assert merged.column("marital").levels == ("Married", "Single", "Other")
    assert (merged.frame()["marital"] == "Other").sum() == 2


def test_rare_levels_among_many_are_not_odd(tables):
    dataset = tables.rows({**ID, "City": ("city", "nominal")}, *[(i, f"Town {i % 300}") for i in range(1000)])
    assert _entries(tables.people(dataset))["odd_levels"].cells == 0


def test_who_lacks_a_value_is_counted_and_left_out_or_filled(tables):
    said = {
        **ID,
        "Age": ("age", "number"),
        "Sex": ("gender", "nominal"),
        "How": ("", "ordinal", ("no", "maybe", "yes")),
    }
    dataset = tables.rows(
        said, (1, 20, "F", "no"), (2, "", "F", "yes"), (3, 40, "", "maybe"), (4, 60, "M", ""), (5, 30, "F", "no")
    )
    people = tables.people(dataset)
    entry = _entries(people)["missing"]
    assert (entry.on, entry.cells, entry.rows) == (True, 3, 0)
    assert entry.effect == "3 of 5 customers lack one of the 3 usual columns"
    needing = dataclasses.replace(people, needs=("age", "sex", "how"))
    assert needing.frame()["customer_id"].tolist() == ["1", "5"]
    filled = dataclasses.replace(tables.people(dataset, people_rules.toggle("net", "missing")), needs=needing.needs)
    frame = filled.frame()
    assert frame["age"].tolist() == [20, 30, 40, 60, 30]
    assert frame["sex"].tolist() == ["F", "F", "F", "M", "F"]
    assert frame["how"].tolist() == [0, 2, 1, 0, 0]


def test_rows_of_the_file_less_rows_taken_are_the_customers(tables):
    said = {**ID, "Age": ("age", "number")}
    dataset = tables.rows(said, (1, 30), (2, 30), (1, 31), (3, 44))
    for rules in ("net", "none", _with("net", "alike"), "alike"):
        meta = tables.people(dataset, rules).meta
        assert meta.rows_in - sum(entry.rows for entry in meta.entries if entry.on) == meta.customers


def test_an_unknown_switch_is_named():
    with pytest.raises(ParameterError, match="no switch duplicate"):
        people_rules.active("duplicate+missing")


@settings(max_examples=25, deadline=None)
@given(st.sets(st.sampled_from([rule.slug for rule in people_rules.RULES if not rule.locked])))
def test_the_name_of_a_set_of_switches_means_just_these(chosen):
    slugs = people_rules.active("+".join(chosen) or "none")
    assert set(slugs) == chosen | set(people_rules.LOCKED)
    assert people_rules.active(people_rules.name(slugs)) == slugs


@pytest.mark.parametrize("slug", people_rules.BY_SLUG)
def test_a_switch_moved_twice_is_where_it_was(slug):
    assert people_rules.toggle(people_rules.toggle("net", slug), slug) == "net"
    assert (people_rules.toggle("net", slug) == "net") == people_rules.BY_SLUG[slug].locked
