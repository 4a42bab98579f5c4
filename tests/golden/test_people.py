"""The pages of a customer table and a survey against published figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.pipeline import Pipeline, View
from core.settings import Settings

pytestmark = pytest.mark.golden


@pytest.fixture(scope="module")
def people(reference: Path, tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    return Pipeline(Settings(home=tmp_path_factory.mktemp("people")))


@pytest.fixture(scope="module")
def marketing(people: Pipeline, reference: Path) -> View:
    return View(people.receive(reference / "marketing_campaign.csv").fingerprint)


@pytest.fixture(scope="module")
def survey(people: Pipeline, reference: Path) -> View:
    return View(people.receive(reference / "amazon_survey.csv").fingerprint)


def rows(people, view):
    return people.people_overview(view).columns.set_index("slug")


def test_the_middle_of_income_and_spend(people, marketing):
    found = rows(people, marketing)
    assert people.people_overview(marketing).customers == 2240
    assert found.at["income", "missing"] == 24
    assert found.at["income", "mean"] / 100 == pytest.approx(52_247, abs=0.5)
    spend = found[found["role"] == "total_spend"].iloc[0]
    assert spend["mean"] / 100 == pytest.approx(605.80, abs=0.005)
    assert spend["median"] / 100 == pytest.approx(396, abs=0.5)


def test_odd_levels_and_constants_are_seen(people, marketing):
    bars = people.people_overview(marketing).bars
    marital = bars[bars["slug"] == "marital_status"].set_index("label")["customers"]
    assert marital[["Alone", "Absurd", "YOLO"]].to_dict() == {"Alone": 3, "Absurd": 2, "YOLO": 2}
    found = rows(people, marketing)
    assert not found.loc[["z_costcontact", "z_revenue"], "measured"].any()


def test_spend_by_level_adds_up_to_all_spend(people, marketing):
    spend = people.measured_of(marketing)
    for by in ("age", "education", "marital_status"):
        found = people.against(marketing, by, spend).rows.set_index("level")
        # 2,240 customers who spend 605.80 on average.
        assert found.at[-1, "total"] / 100 == pytest.approx(2240 * 605.80, abs=12)
        assert found["total"].drop(-1).sum() == pytest.approx(found.at[-1, "total"])
        assert found["customers"].drop(-1).sum() == 2240


def test_age_is_said_to_copy_the_year_of_birth(people, marketing):
    pairs = people.correlations(marketing).pairs
    copy = pairs[pairs["copy"]].iloc[0]
    assert {copy["a"], copy["b"]} == {"age", "year_birth"}
    assert copy["r"] == pytest.approx(-1)
    assert copy["made"]


def test_answers_of_the_survey_are_counted(people, survey):
    found = people.people_overview(survey)
    columns = found.columns.set_index("slug")
    assert found.customers == 602
    assert columns.at["age", "low"] == 3
    assert columns.at["age", "high"] == 67
    assert columns.at["product_search_method", "missing"] == 2


def test_answers_against_answers_are_shares_of_everybody(people, survey):
    found = people.against(survey, "gender", "shopping_satisfaction")
    assert found.measure == "cramer"
    assert 0 <= found.strength <= 1
    assert found.cells.groupby("level")["share"].sum().to_numpy() == pytest.approx(1)
