"""Segments of a customer table and of a survey against the figures published with the files."""

import pandas as pd
import pytest

from core.errors import ParameterError
from core.segments.choosing.selection import sweep
from core.segments.describing.portraits import portraits
from core.segments.dividing.segmentation import segmentation
from core.segments.inputs import features
from core.segments.inputs.features import Recipe
from core.view import View
from tests.core.little_table import table

pytestmark = pytest.mark.golden

SEVEN = (
    "Age", "Income", "Total_Spending", "NumWebPurchases", "NumStorePurchases", "NumWebVisitsMonth", "Recency",
)  # fmt: skip
FOUR = ("Income", "Total_Spending", "NumWebPurchases", "NumWebVisitsMonth")
ROLES = dict(
    zip(
        SEVEN,
        ("age", "income", "total_spend", "web_purchases", "store_purchases", "web_visits", "recency"),
        strict=True,
    )
)
INERTIA = [10218.6, 9007.8, 8158.8, 7568.1, 7094.3, 6534.1, 6151.8, 5855.6, 5619.0]
SILHOUETTE = [0.3215, 0.2645, 0.1947, 0.1916, 0.1839, 0.1850, 0.1848, 0.1849, 0.1876]
# Name -> customers, mean income, spend, visits to the website a month; missing where the source does not tell.
GROUPS = {
    "VIPs": (515, None, None, None),
    "Digital enthusiasts": (534, None, None, None),
    "Casual shoppers": (407, 48_500, 238, 4.1),
    "Browsers without conversion": (756, 30_600, 98, 7.3),
}


@pytest.fixture(scope="module")
def rows(reference):
    frame = pd.read_csv(reference / "marketing_campaign.csv")
    frame["Age"] = 2014 - frame["Year_Birth"]
    frame["Total_Spending"] = frame.filter(like="Mnt").sum(axis=1)
    return frame


def people(folder, frame, headers):
    amounts = dict.fromkeys(("Income", "Total_Spending"), "amount")
    source = table(folder, frame[list(headers)].reset_index(drop=True), amounts, ROLES, needs=["Income"])
    return source, Recipe(features.choose(source, headers), "standard")


@pytest.fixture(scope="module")
def seven(rows, tmp_path_factory):
    return people(tmp_path_factory.mktemp("seven"), rows, SEVEN)


@pytest.fixture(scope="module")
def usual(rows):
    return rows[~(rows["Income"] >= 200_000) & (rows["Age"] <= 90)]


@pytest.fixture(scope="module")
def four(usual, tmp_path_factory):
    return people(tmp_path_factory.mktemp("four"), usual, FOUR)


def test_inertia_and_silhouette_of_seven_features_are_those_of_the_reference_run_at_every_k(seven):
    found = sweep(*seven, (1, 10), 42)
    assert found.customers == 2216
    assert found.rows["inertia"][1:].tolist() == pytest.approx(INERTIA, rel=0.01)
    assert found.rows["silhouette"][1:].tolist() == pytest.approx(SILHOUETTE, abs=0.005)


@pytest.mark.parametrize(("k_range", "elbow"), [((1, 10), 3), ((2, 8), 4), ((2, 10), 5)])
def test_the_elbow_of_seven_features_moves_with_the_range(seven, k_range, elbow):
    assert sweep(*seven, k_range, 42).elbow == elbow


def test_four_features_separate_the_four_groups_by_name_and_size(four):
    found = segmentation(*four, 4, 42)
    assert found.silhouette == pytest.approx(0.343, abs=0.005)
    assert dict(zip(found.segments["name"], found.segments["customers"], strict=True)) == pytest.approx(
        {name: group[0] for name, group in GROUPS.items()}, abs=3
    )
    for _, row in found.segments.iterrows():
        _, income, spend, visits = GROUPS[row["name"]]
        if income:
            assert row["income"] / 100 == pytest.approx(income, abs=60)
            assert row["total_spending"] / 100 == pytest.approx(spend, abs=1)
            assert row["numwebvisitsmonth"] == pytest.approx(visits, abs=0.06)


def test_four_features_are_not_called_weak_and_bend_at_four(four):
    found = sweep(*four, (2, 10), 42)
    assert found.elbow == 4
    assert not found.weak
    assert "continuum" not in found.headline


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_other_seeds_give_the_same_ids_and_names(four, seven, seed):
    for source, recipe in (four, seven):
        names = [segmentation(source, recipe, 4, each).names for each in (42, seed)]
        assert [(n.id, n.name, n.colour) for n in names[0]] == [(n.id, n.name, n.colour) for n in names[1]]


def test_shuffled_rows_give_the_same_ids_names_and_members(four, usual, tmp_path):
    shuffled = usual.sample(frac=1, random_state=3)
    known = usual["Income"].notna()
    first = pd.Series(segmentation(*four, 4, 42).labels, usual.index[known])
    found = segmentation(*people(tmp_path, shuffled, FOUR), 4, 42)
    assert found.names == segmentation(*four, 4, 42).names
    second = pd.Series(found.labels, shuffled.index[shuffled["Income"].notna()])
    assert (first.sort_index() == second.sort_index()).all()


# What a forest on four segments of the survey ranks first, in every scaled run.
FIRST = {
    "customer_reviews_importance", "add_to_cart_browsing", "review_helpfulness", "shopping_satisfaction",
    "rating_accuracy",
}  # fmt: skip
ASKED = (
    "gender", "age", "browsing_frequency", "purchase_frequency", "review_reliance", "satisfaction", "improvement",
)  # fmt: skip


@pytest.fixture(scope="module")
def survey(reference, pipeline):
    return View(pipeline.receive(reference / "amazon_survey.csv").fingerprint, k=4)


def test_the_survey_has_no_distinct_groups_and_the_verdict_says_so(pipeline, survey):
    found = pipeline.selection(survey)
    assert found.weak
    assert "useful division of a continuum, not distinct groups" in found.headline
    assert found.rows["silhouette"].max() < 0.16


def test_the_first_eight_bars_hold_the_five_features_that_matter(pipeline, survey):
    bars = pipeline.importance(survey).rows
    assert set(bars["feature"][:8]) >= FIRST
    assert set(bars.sort_values("impurity", ascending=False)["feature"][:8]) >= FIRST


def test_each_portrait_of_the_survey_tells_what_was_asked_against_everyone(pipeline, survey):
    found = portraits(
        pipeline._everybody(survey), *pipeline._learned(survey), labels=pipeline.segmentation(survey).labels
    )
    for segment in (1, 2, 3, 4):
        mine = found.rows[found.rows["id"] == segment]
        assert set(ASKED) <= set(mine["role"])
        assert mine["effect"].abs().is_monotonic_decreasing
        women = mine[mine["role"] == "gender"].iloc[0]
        assert women["what"] == "Female"
        assert women["all"] == pytest.approx(352 / 602, abs=0.005)
        age = mine[mine["role"] == "age"].iloc[0]
        assert age["all"] == pytest.approx(30.79, abs=0.1)
    assert all(text.count(". ") == 1 for text in found.texts["portrait"])


@pytest.fixture(scope="module")
def marketing(reference, pipeline):
    return View(pipeline.receive(reference / "marketing_campaign.csv").fingerprint, features=SEVEN, k=4)


def test_the_file_itself_gives_the_figures_of_the_reference_run(pipeline, marketing):
    found = pipeline.selection(marketing)
    assert found.customers == 2216
    assert found.rows["inertia"][1:].tolist() == pytest.approx(INERTIA, rel=0.01)
    assert found.rows["silhouette"][1:].tolist() == pytest.approx(SILHOUETTE, abs=0.005)


def test_the_customer_table_holds_the_chosen_features_and_the_segment(pipeline, marketing):
    frame = pipeline.customer_table(marketing)
    chosen = [feature.slug for feature in pipeline.features(marketing)]
    assert list(frame) == ["customer_id", *chosen, "segment", "segment_name"]
    assert len(chosen) == 7
    assert frame["segment"].value_counts().sort_index().tolist() == (
        pipeline.segmentation(marketing).segments["customers"].tolist()
    )


def test_a_feature_that_does_not_exist_is_named_with_those_that_do(pipeline, marketing):
    with pytest.raises(ParameterError, match=r"no feature 'shoe_size'.*income"):
        pipeline.selection(marketing.but(features=("shoe_size",)))
