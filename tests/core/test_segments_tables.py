"""Segments of customer tables and surveys: what they are learned from, compared, named and portrayed by."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import NotEnoughDataError, ParameterError
from core.segments.choosing.selection import sweep
from core.segments.describing.comparing import compare
from core.segments.describing.importance import importance
from core.segments.describing.portraits import portraits
from core.segments.describing.profiles import boxes, heat, profiles
from core.segments.describing.projection import projection
from core.segments.describing.silhouettes import silhouettes
from core.segments.describing.sizes import sizes
from core.segments.dividing.segmentation import segmentation
from core.segments.inputs import features, tables
from core.segments.inputs.features import Recipe
from core.segments.inputs.matrix import Feature, assemble
from core.segments.naming import table_naming
from core.segments.naming.table_archetypes import TABLE_ARCHETYPES
from tests.core.little_table import table
from tests.core.shops import Source, crowd

OFTEN = ("Rarely", "Sometimes", "Often")
MARKS = ("1", "2", "3", "4", "5")
SCALES = {
    "Gender": "nominal", "Spend": "amount", "Browsing": OFTEN, "Mark": MARKS, "Likes: tea": "yes_no", "City": "nominal",
}  # fmt: skip
ROLES = {"Gender": "gender", "Age": "age", "Spend": "total_spend", "Browsing": "browsing_frequency"}


def answers(customers=240, seed=5):
    """Two kinds: young who browse often and spend little, older who browse rarely and spend a lot."""
    rng = np.random.default_rng(seed)
    old = rng.random(customers) < 0.4
    return pd.DataFrame(
        {
            "Age": np.where(old, 60, 25) + rng.normal(0, 3, customers).round(),
            "Gender": np.where(rng.random(customers) < np.where(old, 0.8, 0.4), "Female", "Male"),
            "Spend": np.where(old, 900, 100) + rng.normal(0, 40, customers).round(2),
            "Browsing": np.array(OFTEN)[np.where(rng.random(customers) < 0.05, 1, np.where(old, 0, 2))],
            "Mark": np.array(MARKS)[rng.integers(0, 5, customers)],
            "Likes: tea": np.where(rng.random(customers) < 0.5, "yes", "no"),
            "City": np.array(["Oslo", "Lyon", "Porto"])[rng.integers(0, 3, customers)],
        }
    )


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    return table(tmp_path_factory.mktemp("people"), answers(), SCALES, ROLES)


RECIPE = Recipe(how="standard")
LEARNED = (RECIPE, 2, 42)


@pytest.fixture(scope="module")
def found(people):
    return segmentation(people, *LEARNED)


def test_a_feature_of_several_columns_varies_as_much_as_one_standardised_column(people):
    values = features.table(people, RECIPE)
    prepared = values.prepare("standard").values
    weights = np.bincount(values.owner, prepared.var(axis=0))
    np.testing.assert_allclose(weights, 1.0)
    assert [level for level in values.levels if level][:2] == ["Female", "Male"]


def test_all_choices_of_one_question_weigh_like_one_feature():
    choices = [Feature(f"q__{n}", n, "share", "", "", scale="yes_no", question="q") for n in ("tea", "milk")]
    frame = pd.DataFrame({"q__tea": ["yes", "no"] * 10, "q__milk": ["yes"] * 5 + ["no"] * 15, "age": range(20)})
    prepared = assemble(frame, [*choices, Feature("age", "Age", "", "", "")]).prepare("standard").values
    assert prepared[:, :2].var(axis=0).sum() == pytest.approx(1)
    assert prepared[:, 2].var() == pytest.approx(1)


def test_the_preparation_is_for_numbers_alone(people):
    values = features.table(people, RECIPE)
    log, standard = (values.prepare(how).values for how in ("log", "standard"))
    numeric = np.array([values.features[owner].numeric for owner in values.owner])
    np.testing.assert_allclose(log[:, ~numeric], standard[:, ~numeric])
    assert not np.allclose(log[:, numeric], standard[:, numeric])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(st.none(), st.sampled_from("abc")), min_size=3, max_size=30), st.integers(0, 99))
def test_every_customer_has_exactly_one_category(levels, seed):
    frame = pd.DataFrame({"x": pd.Series(levels, dtype=object)})
    rows = assemble(frame, [Feature("x", "X", "", "", "", scale="nominal")]).rows
    assert np.isfinite(rows).all()
    assert set(rows.sum(axis=1)) <= {1.0} or frame["x"].isna().all()


def test_rare_categories_stand_together():
    frame = pd.DataFrame({"x": [f"city {n}" for n in range(40) for _ in range(n + 1)]})
    found = assemble(frame, [Feature("x", "X", "", "", "", scale="nominal")])
    assert len(found.levels) == 12
    assert found.levels[-1] == "other"


def test_features_are_found_by_slug_or_header_in_any_case(people):
    assert features.choose(people, ("AGE", "likes: Tea", "spend")) == ("age", "likes_tea", "spend")


def test_an_unknown_feature_is_named_with_those_there_are(people):
    with pytest.raises(ParameterError, match=r"no feature 'income'.*age, gender, spend"):
        features.choose(people, ("income",))


def test_a_log_offers_baskets_rhythm_and_returns_beside_rfm():
    source = Source(crowd(60))
    columns = features.choose(source, ("recency_days", "Spend per order", "days_between", "returned_share", "country"))
    values = features.table(source, Recipe(columns))
    assert [feature.slug for feature in values.features] == list(columns)
    assert np.isfinite(values.rows).all()
    assert set(segmentation(source, Recipe(columns), 3, 42).labels) == {1, 2, 3}


def test_a_log_joined_with_a_table_can_use_both(people, tmp_path):
    source = Source(crowd(240))
    source.people = people
    columns = ("frequency", "age", "gender")
    values = features.table(source, Recipe(columns))
    assert values.rows.shape == (240, 4)
    labels = segmentation(source, Recipe(columns), 2, 42).labels
    drawn = heat(source, Recipe(columns), 2, 42, labels=labels).cells
    assert {"frequency", "age", "gender"} <= set(drawn["feature"])


def test_messages_name_the_features_in_use(tmp_path):
    alike = table(tmp_path, pd.DataFrame({"Age": [30.0] * 20, "Income": [5.0] * 20}))
    with pytest.raises(NotEnoughDataError, match="hardly differ in Age and Income"):
        sweep(alike, RECIPE, (1, 5), 42)


def test_a_table_without_anything_to_measure_is_refused_in_words(tmp_path):
    with pytest.raises(NotEnoughDataError, match="No column of this table can be measured"):
        features.table(table(tmp_path, pd.DataFrame({"Note": ["a", "b"]}), {"Note": "text"}), RECIPE)


def test_customers_who_lack_a_feature_are_left_out_unless_they_are_many(tmp_path):
    frame = pd.DataFrame({"Age": [*range(18), None, None], "Income": [1.0] * 10 + [None] * 10})
    source = table(tmp_path, frame)
    assert len(tables.lacking_none(source, ("age",)).frame()) == 18
    filled = tables.lacking_none(source, ("age", "income"))
    assert len(filled.frame()) == 20
    assert filled.frame()["income"].notna().all()
    assert filled.key != source.key


def test_ids_follow_falling_spend(found):
    assert found.segments["cents"].div(found.segments["customers"]).is_monotonic_decreasing
    assert found.segments["revenue_share"].sum() == pytest.approx(1)
    assert found.segments["share"].sum() == pytest.approx(1)


def test_shuffled_rows_and_other_seeds_give_the_same_segments(found, tmp_path):
    rows = answers().sample(frac=1, random_state=2)
    again = segmentation(table(tmp_path, rows.reset_index(drop=True), SCALES, ROLES), RECIPE, 2, 7)
    assert again.names == found.names
    assert (pd.Series(again.labels, rows.index).sort_index().to_numpy() == found.labels).all()


def test_everything_downstream_answers_for_a_table(people, found):
    told = {stage: stage(people, *LEARNED, labels=found.labels) for stage in (profiles, heat, boxes, projection)}
    assert (told[profiles].differences.groupby("id").size() == 3).all()
    assert set(told[heat].cells["feature"]) == {feature.slug for feature in features.known(people)}
    assert set(told[boxes].boxes["feature"]) == {"age", "spend"}
    assert len(told[projection].points) == 240
    assert silhouettes(people, *LEARNED, labels=found.labels).customers == 240
    counted = sizes(people, *LEARNED, labels=found.labels)
    assert counted.rows["customers"].tolist() == found.segments["customers"].tolist()
    assert counted.cents == pytest.approx(100 * answers()["Spend"].sum(), abs=1)


def test_heat_says_levels_in_words(people, found):
    cells = heat(people, *LEARNED, labels=found.labels).cells.set_index(["id", "feature"])
    assert cells.at[(1, "browsing"), "said"] == "Rarely"
    assert cells.at[(1, "gender"), "said"].startswith("Female")
    assert (cells.loc[0, "z"] == 0).all()


def test_importance_has_one_bar_a_feature(people, found):
    bars = importance(people, *LEARNED, labels=found.labels).rows
    assert sorted(bars["feature"]) == sorted(feature.slug for feature in features.known(people))
    assert bars["impurity"].sum() == pytest.approx(1)
    assert set(bars["feature"][:3]) == {"age", "spend", "browsing"}


def test_shares_and_averages_of_a_segment_are_those_of_its_customers(people, found):
    rows = compare(people.frame(), features.known(people), found.labels).set_index(["id", "feature"])
    mine = answers()[found.labels == 1]
    assert rows.at[(1, "age"), "they"] == pytest.approx(mine["Age"].mean())
    assert rows.at[(1, "spend"), "all"] == pytest.approx(100 * answers()["Spend"].mean())
    assert rows.at[(1, "gender"), "share"] == pytest.approx((mine["Gender"] == "Female").mean())
    assert rows.at[(1, "mark"), "they"] == pytest.approx(mine["Mark"].astype(int).mean())
    assert rows.at[(1, "likes_tea"), "they"] == pytest.approx((mine["Likes: tea"] == "yes").mean())


def test_two_categories_have_the_effect_of_yes_and_no():
    labels = np.array([1] * 30 + [2] * 30)
    frame = pd.DataFrame({"a": ["x"] * 25 + ["y"] * 35, "b": ["yes"] * 25 + ["no"] * 35})
    told = [Feature("a", "A", "", "", "", scale="nominal"), Feature("b", "B", "share", "", "", scale="yes_no")]
    rows = compare(frame, told, labels).set_index(["id", "feature"])["effect"]
    assert rows[1, "a"] == pytest.approx(rows[1, "b"])
    assert rows[2, "a"] == pytest.approx(-rows[2, "b"])


def test_portraits_order_by_effect_and_set_each_figure_against_everyone(people, found):
    told = portraits(people, *LEARNED, labels=found.labels)
    for _, mine in told.rows.groupby("id"):
        assert mine["effect"].abs().is_monotonic_decreasing
    first = told.rows[told.rows["id"] == 1].set_index("feature")
    assert first.at["browsing", "what"] == "Rarely"
    assert first.at["browsing", "all"] == pytest.approx((answers()["Browsing"] == "Rarely").mean())
    assert "women" in told.texts["portrait"][0]


def looks(kind):
    traits = dict(kind.ideal)
    for claim in kind.must:
        key = claim.strip("-?")
        traits.setdefault(key, -0.8 if claim.startswith("-") else 0.8)
    return traits


@pytest.mark.parametrize("kind", TABLE_ARCHETYPES, ids=lambda kind: kind.slug)
def test_a_segment_at_the_ideal_of_a_kind_is_called_that(kind):
    three = pd.DataFrame([looks(kind)] * 3, index=[1, 2, 3])
    named = table_naming.name(three, NOTHING, pd.Series({1: 100, 2: 100, 3: 100}))
    assert kind.label in named["name"].tolist()


def test_half_of_all_customers_are_no_vips():
    vips = next(kind for kind in TABLE_ARCHETYPES if kind.slug == "vips")
    both = pd.DataFrame([looks(vips), {key: -value for key, value in looks(vips).items()}], index=[1, 2])
    assert table_naming.name(both, NOTHING, pd.Series({1: 30, 2: 70}))["name"][0] == "VIPs"
    assert table_naming.name(both, NOTHING, pd.Series({1: 50, 2: 50}))["name"][0] != "VIPs"


NOTHING = compare(pd.DataFrame({"x": [1.0, 1.0]}), [Feature("x", "X", "number", "", "")], np.array([1, 1]))
KEYS = ("spend", "income", "web", "visits", "recency", "deals", "children")


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 12), st.integers(0, 10_000))
def test_names_are_unique_and_claim_nothing_that_is_not_so(k, seed):
    rng = np.random.default_rng(seed)
    ids = range(1, k + 1)
    traits = pd.DataFrame(rng.normal(0, 0.8, (k, len(KEYS))), index=ids, columns=list(KEYS))
    frame = pd.DataFrame(rng.normal(0, 1, (10 * k, 3)), columns=["a", "b", "c"])
    told = [Feature(slug, slug.upper(), "number", "", "") for slug in frame]
    named = table_naming.name(traits, compare(frame, told, np.repeat(ids, 10)), pd.Series(10, index=ids))
    assert named["name"].is_unique
    assert not named["name"].str.contains("luster").any()
    assert named["colour"].is_unique or k > 10
    claims = {kind.slug: kind.must for kind in TABLE_ARCHETYPES}
    for row in named.itertuples():
        known = {str(key): float(value) for key, value in traits.loc[row.id].items()} | {"few": 1.0}
        assert all(table_naming.holds(known, claim) for claim in claims.get(row.archetype, ()))


def test_segments_that_differ_in_nothing_still_have_names_of_their_own():
    labels = np.array([1, 1, 2, 2])
    alike = compare(pd.DataFrame({"x": [1.0] * 4}), [Feature("x", "X", "number", "", "")], labels)
    named = table_naming.name(pd.DataFrame(index=[1, 2]), alike, pd.Series({1: 2, 2: 2}))
    assert named["name"].is_unique


@pytest.mark.parametrize("columns", [("age",), ("city",), ("gender", "likes_tea")])
def test_one_feature_or_categories_alone_are_enough(people, columns):
    recipe = Recipe(columns, "standard")
    found = segmentation(people, recipe, 2, 42)
    laid = projection(people, recipe, 2, 42, labels=found.labels)
    assert np.isfinite(laid.points[["x", "y"]].to_numpy()).all()
    assert importance(people, recipe, 2, 42, labels=found.labels).accuracy > 0.9
    assert found.segments["name"].is_unique
    # Of categories alone there is nothing to draw a box of.
    drawn = boxes(people, recipe, 2, 42, labels=found.labels).boxes
    assert set(drawn["feature"]) == ({"age"} & set(columns))


def test_sizes_of_some_segments_leave_the_others_empty(people, found):
    some = replace(people, members=found.labels == 2)
    rows = sizes(some, *LEARNED, labels=found.labels).rows.set_index("id")
    assert rows["customers"].to_dict() == {1: 0, 2: int((found.labels == 2).sum())}


def test_a_table_without_spend_or_income_numbers_its_segments_by_size(tmp_path):
    rows = answers()[["Age", "Browsing"]]
    found = segmentation(table(tmp_path, rows, SCALES, ROLES), RECIPE, 2, 42)
    assert found.segments["customers"].is_monotonic_decreasing
    assert (found.segments["revenue_share"] == 0).all()
    assert found.segments["name"].tolist() == [
        "Younger customers who browse often",
        "Older customers who browse rarely",
    ]
