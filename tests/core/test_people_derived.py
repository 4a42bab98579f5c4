"""Columns that are made from others, and which are chosen to learn segments from."""

from __future__ import annotations

import pytest

from core.errors import ParameterError
from core.intake.tables import people_rules
from core.warehouse import presets
from tests.core.tables import Tables

ID = {"Id": ("customer", "identifier")}
BEHAVIOUR = {
    **ID, "Born": ("birth_year", "number"), "Income": ("income", "amount"), "Since": ("signup", "date"),
    "Kids": ("children", "number"), "Teens": ("children", "number"), "Wine": ("spend", "amount"),
    "Meat": ("spend", "amount"), "Web": ("web_purchases", "number"), "Shop": ("store_purchases", "number"),
    "Post": ("catalog_purchases", "number"), "Deals": ("deal_purchases", "number"), "Visits": ("web_visits", "number"),
    "C1": ("accepted", "yes_no"), "C2": ("accepted", "yes_no"), "Recency": ("recency", "number"),
}  # fmt: skip
ROWS = (
    (1, 1957, 58138, "2012-09-04", 1, 1, 635, 546, 8, 4, 10, 3, 7, 1, 0, 58),
    (2, 1984, 26646, "2014-06-29", 0, 1, 5, "", 0, 0, 0, 1, 6, 1, 1, 26),
    (3, "", 30000, "2013-06-29", "", "", "", "", 1, "", "", 0, 5, 0, 0, 94),
)


@pytest.fixture
def tables(tmp_path, monkeypatch):
    return Tables(tmp_path, monkeypatch)


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        tables = Tables(tmp_path_factory.mktemp("behaviour"), patch)
        return tables.people(tables.rows(BEHAVIOUR, *ROWS))


def _values(people, slug):
    return people.frame()[slug].astype(object).where(people.frame()[slug].notna(), None).tolist()


@pytest.mark.parametrize(
    ("slug", "values"),
    [
        ("age", [57, 30, None]),
        ("tenure", [663, 0, 365]),
        ("total_spending", [1181, 5, None]),
        ("total_purchases", [22, 0, 1]),
        ("children", [2, 1, None]),
        ("campaigns_accepted", [1, 2, 0]),
        ("web_share", [8 / 22, None, 1]),
        ("store_share", [4 / 22, None, 0]),
        ("catalog_share", [10 / 22, None, 0]),
    ],
)
def test_each_derived_column_is_what_it_says(people, slug, values):
    assert _values(people, slug) == values
    assert people.column(slug).derived


def test_parts_no_longer_enter_where_their_sum_does(people):
    assert people.column("wine").aside == "counted in Total spending"
    assert not any(people.column(slug).enters for slug in ("born", "wine", "meat", "kids", "teens", "c1", "c2"))
    assert people.column("web").enters


def test_a_derivation_that_is_switched_off_leaves_its_parts(tables):
    dataset = tables.rows(BEHAVIOUR, *ROWS)
    people = tables.people(dataset, people_rules.toggle("net", "derive_total_spending"))
    assert "total_spending" not in people.frame()
    assert people.column("wine").enters
    assert {e.rule: e.on for e in people.meta.entries}["derive_total_spending"] is False


@pytest.mark.parametrize("there", ["age", "total_spend", "orders"])
def test_what_stands_in_the_file_is_not_derived_again(tables, there):
    dataset = tables.rows({**BEHAVIOUR, "There": (there, "number")}, *((*row, n + 5) for n, row in enumerate(ROWS)))
    rules = {e.rule for e in tables.people(dataset).meta.entries}
    made = {"age": "derive_age", "total_spend": "derive_total_spending", "orders": "derive_total_purchases"}
    assert made[there] not in rules
    assert len(rules & set(made.values())) == 2


def test_a_single_column_of_spending_is_no_sum(tables):
    dataset = tables.rows({**ID, "Wine": ("spend", "amount")}, (1, 5), (2, 6))
    assert [c.slug for c in tables.people(dataset).columns] == ["customer_id", "wine"]


def test_without_a_date_no_age_is_made_up(tables):
    dataset = tables.rows({**ID, "Born": ("birth_year", "number")}, (1, 1970), (2, 1980))
    people = tables.people(dataset)
    assert people.meta.as_of is None
    assert people.column("born").enters
    assert "age" not in people.frame()


def test_of_many_behaviours_the_summary_is_the_usual_choice(people):
    assert presets.default_features(people) == ("age", "income", "total_spending", "web", "shop", "visits", "recency")


def test_of_a_few_columns_all_are_the_usual_choice(tables):
    said = {**ID, "Gender": ("gender", "nominal"), "Age": ("age", "number"), "Score": ("", "number")}
    people = tables.people(tables.rows(said, (1, "F", 20, 5), (2, "M", 30, 6)))
    assert presets.default_features(people) == ("gender", "age", "score")


def test_of_many_answers_those_with_more_and_less_are_the_usual_choice(tables):
    asked = {f"Q{n}": ("", "ordinal", ("no", "maybe", "yes")) for n in range(9)}
    said = {"Age": ("age", "number"), "Sex": ("gender", "nominal"), "Buys": ("", "multiple"), **asked}
    rows = [(20 + n, "FM"[n % 2], "a;b" if n % 3 else "a", *(("no", "maybe", "yes")[(n + i) % 3] for i in range(9)))
            for n in range(9)]  # fmt: skip
    people = tables.people(tables.rows(said, *rows, kind="survey"))
    assert presets.default_features(people) == ("age", *(f"q{n}" for n in range(9)))
    assert presets.presets(people)["answers"] == tuple(f"q{n}" for n in range(9))
    assert {"buys__a", "sex"} & set(presets.presets(people)["all"])


def test_choices_with_a_name_hold_columns_that_can_be_measured(people):
    choices = presets.presets(people)
    assert choices["online"] == ("income", "total_spending", "web", "visits")
    assert set(choices) <= set(presets.LABELS)
    known = {c.slug for c in people.columns}
    assert all(len(slugs) >= 2 and set(slugs) <= known for slugs in choices.values())


def test_columns_are_found_by_header_or_slug_whatever_the_case(people):
    names = ["Age", "INCOME", "Total_Spending", "Web", "campaigns accepted"]
    assert presets.resolve(people, names) == ("age", "income", "total_spending", "web", "campaigns_accepted")


@pytest.mark.parametrize(("name", "why"), [("Shoe size", "does not exist"), ("Since", "cannot be measured")])
def test_a_column_that_cannot_enter_is_named(people, name, why):
    with pytest.raises(ParameterError, match=why):
        presets.resolve(people, [name])
