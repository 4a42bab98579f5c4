"""The real customer table and the real survey, as they come: figures of the reference, not of this program."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from core.intake import arrival
from core.intake.tables import people_rules
from core.pipeline import Pipeline
from core.warehouse import engine, presets
from core.warehouse.people import People
from core.warehouse.store import Dataset

SEVEN = ("Age", "Income", "Total_Spending", "NumWebPurchases", "NumStorePurchases", "NumWebVisitsMonth", "Recency")


@pytest.fixture(scope="module")
def marketing(reference: Path, pipeline: Pipeline) -> Dataset:
    return pipeline.receive(reference / "marketing_campaign.csv")


@pytest.fixture(scope="module")
def customers(marketing: Dataset, pipeline: Pipeline) -> People:
    return arrival.people(pipeline.store, marketing.fingerprint, "net")


@pytest.fixture(scope="module")
def survey(reference: Path, pipeline: Pipeline) -> Dataset:
    return pipeline.receive(reference / "amazon_survey.csv")


@pytest.fixture(scope="module")
def answers(survey: Dataset, pipeline: Pipeline) -> People:
    return arrival.people(pipeline.store, survey.fingerprint, "net")


def _taken(people: People) -> dict[str, tuple[int, int]]:
    return {entry.rule: (entry.rows, entry.cells) for entry in people.meta.entries}


def _strict(pipeline: Pipeline, dataset: Dataset, *switches: str) -> People:
    rules = "+".join((*people_rules.active("net"), *switches))
    return arrival.people(pipeline.store, dataset.fingerprint, rules)


def test_every_customer_of_the_table_is_there(marketing, customers):
    assert (marketing.kind, marketing.rows, marketing.columns) == ("customers", 2240, 29)
    assert (customers.meta.rows_in, customers.meta.customers) == (2240, 2240)


def test_incomes_births_and_sign_ups_are_read_right(customers):
    frame = customers.frame()
    assert frame["income"].isna().sum() == 24
    assert round(frame["income"].mean()) == 52247
    assert frame["income"].max() == 666_666
    assert frame["year_birth"].min() == 1893
    assert (frame["dt_customer"].min(), frame["dt_customer"].max()) == (dt.date(2012, 7, 30), dt.date(2014, 6, 29))
    assert customers.meta.as_of == dt.date(2014, 6, 29)


def test_total_spending_is_the_six_categories(customers):
    total = customers.frame()["total_spending"]
    assert round(total.mean(), 2) == 605.80
    assert total.median() == 396


def test_age_counts_to_the_end_of_the_data(customers):
    frame = customers.frame()
    assert frame["age"].max() == 2014 - 1893
    assert (frame["age"] + frame["year_birth"]).eq(2014).all()


def test_constants_do_not_enter(customers):
    constant = [column.slug for column in customers.columns if column.scale == "constant"]
    assert constant == ["z_costcontact", "z_revenue"]
    assert not any(customers.column(slug).enters for slug in constant)


def test_education_is_ordered(customers):
    assert customers.column("education").levels == ("Basic", "2n Cycle", "Graduation", "Master", "PhD")


def test_what_is_odd_is_flagged_and_kept(customers):
    taken = _taken(customers)
    assert taken["alike"] == (182, 0)
    assert taken["odd_levels"] == (0, 3 + 2 + 2)
    assert taken["implausible"] == (0, 4)
    assert taken["repeated"] == (0, 0)


def test_needing_the_seven_features_leaves_2216(customers):
    seven = presets.resolve(customers, SEVEN)
    assert set(seven) == set(presets.default_features(customers))
    assert len(dataclasses.replace(customers, needs=seven).frame()) == 2216


def test_without_wild_ages_and_incomes_2212_are_left(marketing, pipeline):
    people = _strict(pipeline, marketing, "implausible")
    assert len(dataclasses.replace(people, needs=presets.resolve(people, SEVEN)).frame()) == 2212


def test_odd_levels_are_merged_by_their_switch(marketing, pipeline):
    status = _strict(pipeline, marketing, "odd_levels").frame()["marital_status"]
    assert (status == "Other").sum() == 7
    assert status.nunique() == 6


def test_the_survey_keeps_both_columns_whose_headers_collide(survey, answers):
    assert (survey.kind, survey.rows, survey.columns) == ("survey", 602, 23)
    both = [c for c in answers.columns if c.slug.startswith("personalized_recommendation_frequency")]
    assert [column.levels for column in both] == [("No", "Sometimes", "Yes"), ("1", "2", "3", "4", "5")]


def test_the_survey_s_clock_is_ahead_of_utc(survey, pipeline):
    first = engine.collect(engine.scan(pipeline.store.raw(survey.fingerprint)).head(1))["timestamp"][0]
    assert first == dt.datetime(2023, 6, 4, 13, 28, 19)
    assert any(what == "Time zone" and found.startswith("+05:30") for what, found, _ in survey.notes)


def test_answers_are_ordered_and_numbered_from_the_lowest(answers):
    ordered = {column.slug: column.levels for column in answers.columns if column.scale == "ordinal"}
    assert ordered["cart_completion_frequency"] == ("Never", "Rarely", "Sometimes", "Often", "Always")
    assert ordered["browsing_frequency"][0] == "Rarely"
    assert ordered["purchase_frequency"][0] == "Less than once a month"
    assert ordered["purchase_frequency"][-1] == "Multiple times a week"
    assert ordered["customer_reviews_importance"] == ("1", "2", "3", "4", "5")
    assert answers.frame()[list(ordered)].notna().all(axis=None)


def test_ages_run_from_3_to_67_and_the_child_is_flagged(answers):
    age = answers.frame()["age"]
    assert (age.min(), age.max()) == (3, 67)
    assert _taken(answers)["implausible"] == (0, 1)


def test_choices_split_by_semicolons_are_five_columns(answers):
    made = [column.slug for column in answers.columns if column.slug.startswith("purchase_categories__")]
    assert len(made) == 5
    assert answers.frame()["purchase_categories"].nunique() == 29


def test_blanks_and_odd_answers_are_counted(answers):
    frame = answers.frame()
    assert frame["product_search_method"].isna().sum() == 2
    assert (frame["service_appreciation"] == "Customer service").sum() == 2
    assert _taken(answers)["respelled"] == (0, 1)
