"""Every column gets a scale, with what shows it; ordered answers get their order."""

import pytest

from core.intake.columns import ladders, numerals, written
from core.intake.columns.dating import look
from core.intake.columns.scales import scale
from core.intake.columns.seen import Seen
from core.intake.columns.values import Contents
from core.intake.inspecting import understand
from tests.core.exports import EXPORTS
from tests.core.logs import write


def of(header: str, *cells: str, survey: bool = False, role: str = ""):
    return scale(Seen(header, Contents.of(cells)), role, "", survey)


@pytest.mark.parametrize(
    "lowest_first",
    [
        ("Never", "Rarely", "Sometimes", "Often", "Always"),
        ("Less than once a month", "Once a month", "Few times a month", "Once a week", "Multiple times a week"),
        ("Rarely", "Few times a month", "Few times a week", "Multiple times a day"),
        ("Never", "Rarely", "Occasionally", "Moderately", "Heavily"),
        ("No", "Maybe", "Yes"),
        ("Basic", "2n Cycle", "Graduation", "Master", "PhD"),
        ("High School", "Bachelor's Degree", "Master's Degree", "PhD"),
        ("Small", "Medium", "Large"),
        ("Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"),
        ("Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"),
        ("Bronze", "Silver", "Gold", "Platinum"),
        ("Under 18", "18-24", "25-34", "65+"),
        ("Less than $40K", "$40K - $60K", "$60K - $80K", "$80K - $120K", "$120K +"),
        ("Annually", "Every 3 Months", "Monthly", "Fortnightly", "Weekly"),
        ("nie", "selten", "manchmal", "oft", "immer"),
        ("jamais", "rarement", "parfois", "souvent", "toujours"),
        ("stimme nicht zu", "teils teils", "stimme zu"),
        ("low", "medium", "high"),
    ],
)
def test_ordered_answers_stand_in_their_order(lowest_first):
    mixed = sorted(lowest_first, key=lambda level: level[::-1])
    assert ladders.order(mixed).levels == lowest_first
    found = of("answer", *mixed * 3)
    assert (found.name, found.levels) == ("ordinal", lowest_first)


@pytest.mark.parametrize(
    "levels",
    [("red", "blue"), ("Single", "Married", "Divorced"), ("M", "S"), ("Standard Class", "First Class"), ("A1", "B2"),
     ("Kanyon", "Metrocity"), ("Keyword", "Filter", "categories", "others")],
)  # fmt: skip
def test_categories_without_an_order_get_none(levels):
    assert ladders.order(levels) is None
    assert of("thing", *levels * 4).name in ("nominal", "text")


def test_not_answering_is_outside_the_order():
    assert ladders.order(["Often", "Never", "Prefer not to say"]).levels == ("Never", "Often")


def test_an_order_does_not_depend_on_the_order_of_the_rows():
    levels = ["Gold", "Bronze", "Silver"]
    assert {ladders.order(each).levels for each in (levels, levels[::-1])} == {("Bronze", "Silver", "Gold")}


@pytest.mark.parametrize(
    ("header", "cells", "expected"),
    [
        ("Income", ["58138", "46344", "71613"], "number"),
        ("Spend", ["€ 12,50", "€ 7,00", "€ 1,00"], "amount"),
        ("Accepted", ["0", "1", "0"], "yes_no"),
        ("Newsletter?", ["ja", "nein", "ja"], "yes_no"),
        ("Kids", ["0", "1", "2", "0"], "number"),
        ("Z_Cost", ["3"] * 9, "constant"),
        ("Joined", ["2012-09-04", "2014-03-08"], "date"),
        ("Mail", ["a@b.co", "c@d.org"], "contact"),
        ("Ref no", ["00123", "00456", "00789"], "identifier"),
        ("Rating", ["1", "5", "3", "4"], "ordinal"),
        ("Bought", ["Books;Toys", "Toys", "Books", "Toys;Books", "Music"], "multiple"),
        ("Colour", ["red", "blue", "red", "blue"], "nominal"),
    ],
)
def test_a_scale_is_told_from_header_and_values(header, cells, expected):
    assert of(header, *cells).name == expected


def test_free_text_is_set_aside():
    cells = [f"I would like to see more of number {i} in your shop please" for i in range(40)]
    found = of("Comments", *cells)
    assert (found.name, found.enters, found.aside) == ("text", False, "it is free text")


def test_points_are_ordered_among_answers_and_numbers_elsewhere():
    assert of("Q7", "1", "4", "5", survey=True).levels == ("1", "4", "5")
    assert of("Visits", "1", "4", "5").name == "number"


def columns(tmp_path, name: str):
    return {column.name: column for column in understand(write(tmp_path, EXPORTS[name].text)).columns}


def test_what_another_model_said_stays_out(tmp_path):
    found = columns(tmp_path, "bank customers")
    leak = found["Naive_Bayes_Classifier_Attrition_Flag_1"]
    assert (leak.enters, leak.aside) == (False, "it looks like the output of another model")
    assert found["Credit_Limit"].enters


@pytest.mark.parametrize("header", ["cluster", "Predicted CLV", "churn_probability", "RFM_Score", "Segment", "Label"])
def test_results_of_models_are_known_by_their_names(header):
    assert not of(header, "1.5", "2.5", "3.5", "1.5").enters


@pytest.mark.parametrize("header", ["Shopping_Satisfaction", "Labelled goods bought", "Age", "Spending Score (1-100)"])
def test_measures_are_not_taken_for_results(header):
    assert of(header, "11", "25", "36", "14").enters


def test_identifiers_contacts_and_dates_stay_out(tmp_path):
    found = columns(tmp_path, "Shopify customers")
    assert [found[name].enters for name in ("Customer ID", "Email", "Phone", "Accepts Email Marketing")] == [False] * 4
    assert all(found[name].aside for name in ("Customer ID", "Email", "Phone"))
    assert found["Total Spent"].enters


def test_a_column_that_copies_another_stays_out(tmp_path):
    rows = "".join(f"{i},{i * 7 % 40},{'abc'[i % 3]},{'xyz'[i % 3]},{i * 7 % 40}\n" for i in range(60))
    found = understand(write(tmp_path, "customer id,age,plan,plan code,age again\n" + rows)).columns
    assert [column.aside for column in found if column.name in ("plan code", "age again")] == [
        "it says the same as plan", "it says the same as age",
    ]  # fmt: skip


def test_features_can_be_named_by_their_headers(tmp_path):
    assert [column.slug for column in columns(tmp_path, "mall customers").values()] == [
        "customerid", "genre", "age", "annual_income_k", "spending_score_1_100",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "comma", "number"),
    [("1.234,56", True, 1234.56), ("R$ 1.234,56", True, 1234.56), ("1 234,56 €", True, 1234.56),
     ("(12.50)", False, -12.5), ("-$3.10", False, -3.1), ("3.10-", False, -3.1), ("1'234.50", False, 1234.5),
     ("12%", False, 12.0), ("12 kg", False, None), ("", False, None)],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text, comma, number):
    assert written.number(text, comma) == number


@pytest.mark.parametrize(
    ("numbers", "mark"),
    [(["1.234,56", "3,00"], "comma"), (["1,234.56"], "point"), (["1234", "12"], ""), (["2.55"], "point")],
)
def test_the_decimal_mark_is_decided_by_what_can_only_be_read_one_way(numbers, mark):
    assert numerals.decimal(numbers, semicolons=False)[0] == mark


@pytest.mark.parametrize(
    ("cell", "form", "order", "offset"),
    [
        ("2023/06/04 1:28:19 PM GMT+5:30", "iso", "ymd", "+05:30"),
        ("2024-05-01 09:58:12 +0000", "iso", "ymd", "UTC"),
        ("2024-05-01T10:00:00.000+02:00", "iso", "ymd", "+02:00"),
        ("31.12.2010 08:26", "numeric", "dmy", ""),
        ("12/31/10", "numeric", "mdy", ""),
        ("4-Sep-12", "named", "ymd", ""),
        ("Nov-21-24", "named", "ymd", ""),
        ("12 de março de 2020", "named", "ymd", ""),
        ("3. April 2024", "named", "ymd", ""),
    ],
)
def test_dates_are_known_in_all_their_forms(cell, form, order, offset):
    found = look(Contents.of([cell]))
    assert (found.form, found.order, found.offset) == (form, order, offset)


@pytest.mark.parametrize("cell", ["85123A", "5 pack", "1/2/3", "12.50", "+49 228 12345", "2024", "v 1.2.3"])
def test_what_is_no_date_is_none(cell):
    assert look(Contents.of([cell])) is None
