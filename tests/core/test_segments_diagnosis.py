"""What is said of features: what they carry, what says the same, and what would mend it."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import pdist

from core.errors import NotEnoughDataError, ParameterError
from core.segments.choosing.selection import sweep
from core.segments.dividing.segmentation import segmentation
from core.segments.inputs import choices, features
from core.segments.inputs.diagnosis import diagnosis
from core.segments.inputs.features import Recipe
from tests.core.little_table import table
from tests.core.shops import Source, crowd, people

RNG = np.random.default_rng(8)
ROWS = 240


@pytest.fixture(scope="module")
def club(tmp_path_factory):
    spend = RNG.normal(500, 90, ROWS)
    frame = pd.DataFrame({
        "Spend": spend, "Orders": spend / 50 + RNG.normal(0, 0.3, ROWS), "Debt": -spend + RNG.normal(0, 9, ROWS),
        "Age": RNG.normal(45, 12, ROWS), "Wealth": RNG.lognormal(9, 2.2, ROWS), "Same": np.full(ROWS, 3.0),
        "Complained": ["yes"] * 6 + ["no"] * (ROWS - 6), "Town": RNG.choice(["A", "B", "C"], ROWS),
    })  # fmt: skip
    return table(tmp_path_factory.mktemp("club"), frame, {"Spend": "amount", "Complained": "yes_no", "Town": "nominal"})


def kinds(found):
    return {(remark.slug, remark.kind): remark for remark in found.remarks}


def test_shares_are_parts_of_the_squared_distances_between_customers(club):
    recipe = Recipe(("spend", "age", "wealth", "town"), "robust", weights=(("age", 3.0),))
    made = features.table(club, recipe)
    values = features.prepared(made, recipe).values
    squares = [(pdist(values[:, made.owner == n]) ** 2).sum() for n in range(4)]
    assert diagnosis(club, recipe).rows["share"].tolist() == pytest.approx(np.array(squares) / sum(squares))


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(["standard", "log", "clip", "rank"]), st.sampled_from([0.5, 1.0, 2.0, 10.0]))
def test_scaled_features_share_by_weight_alone(club, how, weight):
    found = diagnosis(club, Recipe(("spend", "age", "town"), how, weights=(("age", weight),)))
    assert found.rows["share"].tolist() == pytest.approx(np.array([1, weight, 1]) / (2 + weight))


def test_what_is_not_scaled_dominates_and_the_others_are_hardly_heard(club):
    found = kinds(diagnosis(club, Recipe(("wealth", "age", "orders"), "none")))
    assert found[("wealth", "dominates")].remedy == "scale"
    assert ("age", "silent") in found
    assert "practically all" in found[("wealth", "dominates")].text


def test_what_dominates_by_ones_own_weight_is_said_to(club):
    found = kinds(diagnosis(club, Recipe(("spend", "age"), "standard", weights=(("age", 9.0),))))
    assert "You let it count 9 times" in found[("age", "dominates")].text
    assert found[("age", "dominates")].remedy == "once"


def test_alike_features_are_not_pointed_out(club):
    assert diagnosis(club, Recipe(("age", "orders", "town"), "standard")).remarks == []


def test_what_is_the_same_for_all_or_nearly_all_is_named(club):
    found = kinds(diagnosis(club, Recipe(("same", "complained", "age"), "standard")))
    assert found[("same", "constant")].remedy == "out"
    assert "97.5" in found[("complained", "rare")].text


def test_a_heavy_tail_is_tamed_by_a_log(club):
    found = diagnosis(club, Recipe(("wealth", "age"), "standard"))
    assert kinds(found)[("wealth", "tail")].remedy == "log"
    assert ("age", "tail") not in kinds(found)
    tamed = diagnosis(club, Recipe(("wealth", "age"), "standard", own=(("wealth", "log"),)))
    assert tamed.remarks == []
    assert abs(tamed.rows.loc[0, "skewed"]) < abs(found.rows.loc[0, "skewed"])


def test_a_tail_below_zero_is_tamed_by_ranks(tmp_path):
    frame = pd.DataFrame({"Balance": RNG.standard_cauchy(300) * 100, "Age": RNG.normal(40, 9, 300)})
    frame.loc[0, "Balance"] = 90_000
    assert kinds(diagnosis(table(tmp_path, frame), Recipe(("balance", "age"), "standard")))[
        ("balance", "tail")
    ].remedy == "rank"  # fmt: skip


def test_features_that_say_the_same_either_way_are_paired(club):
    pairs = diagnosis(club, Recipe(("spend", "orders", "debt", "age"), "standard")).pairs
    assert {frozenset(pair) for pair in zip(pairs["a"], pairs["b"], strict=True)} == {
        frozenset(("spend", "orders")), frozenset(("spend", "debt")), frozenset(("orders", "debt")),
    }  # fmt: skip
    assert pairs["strength"].is_monotonic_decreasing
    first = club.frame()[["spend", "debt"]].corr("spearman").iloc[0, 1]
    assert pairs.iloc[0]["spearman"] == pytest.approx(first)
    assert first < -0.9


def test_distributions_hold_every_customer_once(club):
    found = diagnosis(club, Recipe(("spend", "complained", "town"), "log"))
    sums = found.bars.groupby(["slug", "prepared"])["share"].sum()
    assert sums.to_numpy() == pytest.approx(1)
    assert set(sums.index) == {("spend", False), ("spend", True), ("complained", False), ("town", False)}


def test_one_feature_is_looked_at_without_complaint(club):
    found = diagnosis(club, Recipe(("age",), "standard"))
    assert found.rows["share"].tolist() == [1]
    assert found.pairs.empty
    assert found.remarks == []
    assert len(segmentation(club, Recipe(("age",), "standard"), 3, 42).segments) == 3


def test_features_that_are_the_same_for_all_are_told_and_refused_in_words(club):
    recipe = Recipe(("same",), "standard")
    assert [remark.kind for remark in diagnosis(club, recipe).remarks] == ["constant"]
    with pytest.raises(NotEnoughDataError, match=r"hardly differ in Same.*Choose other features"):
        sweep(club, recipe, (1, 10), 42)


def test_customers_who_are_all_equal_are_refused_in_words():
    source = Source(people([5] * 30, [2] * 30, [900] * 30))
    assert {remark.kind for remark in diagnosis(source, Recipe()).remarks} == {"constant"}
    with pytest.raises(NotEnoughDataError, match="hardly differ in recency, orders and spend"):
        segmentation(source, Recipe(), 4, 42)


def test_a_feature_that_does_not_exist_is_named_with_those_that_do(club):
    with pytest.raises(ParameterError, match=r"no feature 'shoe'.*spend, orders"):
        diagnosis(club, Recipe(("shoe",), "standard"))


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(60)))
def test_the_order_of_customers_changes_nothing(order):
    frame = crowd(60)
    plain, other = (diagnosis(Source(each), Recipe()) for each in (frame, frame.iloc[order].reset_index(drop=True)))
    pd.testing.assert_frame_equal(plain.rows, other.rows)
    assert plain.remarks == other.remarks


def test_choices_of_a_log_leave_out_what_is_the_same_for_all():
    frame = crowd(80).assign(country="Norway")
    frame["tenure_days"] += frame["cents"] % 97
    source = Source(frame)
    varies = choices.varying(source)
    named = {choice.label: choice.slugs for choice in choices.of_log(source, varies)}
    assert "country" not in varies
    assert named["Recency, orders and spend"] == ()
    assert "country" not in named["RFM and behaviour"]
    assert {"order_value", "products", "tenure_days", "days_between"} < set(named["RFM and behaviour"])


def test_a_log_without_money_is_not_divided_by_it():
    source = Source(crowd(80))
    source.tables.meta.has_money = False
    assert [feature.slug for feature in features.chosen(source, Recipe())] == ["recency_days", "frequency"]
    assert not {"monetary", "order_value", "price"} & {feature.slug for feature in features.known(source)}
    assert choices.of_log(source, choices.varying(source))[0].label == "Recency and orders"
