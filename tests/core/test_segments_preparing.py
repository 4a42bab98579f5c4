"""Preparations: every one orders customers as before, and does to further customers what it did to the first."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.errors import ParameterError
from core.segments.inputs.matrix import UNKNOWN, Feature, assemble
from core.segments.inputs.preparing import MOST_KNOTS, prepare
from core.view import PREPARATIONS

CELLS = st.floats(-50, 1e6, allow_nan=False, width=32)
ROWS = arrays(float, st.tuples(st.integers(2, 40), st.integers(1, 3)), elements=CELLS)
HOWS = st.sampled_from(list(PREPARATIONS))

AGE = Feature("age", "Age", "years", "", "")
INCOME = Feature("income", "Income", "money", "", "", scale="amount")
MOOD = Feature("mood", "Mood", "level", "", "", scale="ordinal", levels=("bad", "fair", "good"))
TOWN = Feature("town", "Town", "category", "", "", scale="nominal")


@settings(max_examples=60, deadline=None)
@given(ROWS, HOWS, st.booleans())
def test_further_customers_are_prepared_as_the_first_were(rows, how, clip):
    made = prepare(rows, how, clip=clip)
    np.testing.assert_array_equal(made.apply(rows), made.values)


@settings(max_examples=60, deadline=None)
@given(ROWS, HOWS)
def test_who_has_more_never_has_less_once_prepared(rows, how):
    made = prepare(rows, how).values
    for column in range(rows.shape[1]):
        order = np.argsort(rows[:, column], kind="stable")
        assert (np.diff(made[order, column]) >= -1e-9).all()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 5), min_size=2, max_size=50), HOWS)
def test_equal_values_stay_equal(values, how):
    rows = np.array(values, dtype=float)[:, None]
    made = prepare(rows, how).values[:, 0]
    for value in set(values):
        assert len(set(made[rows[:, 0] == value])) == 1


def test_ranks_of_ties_lie_in_the_middle_of_them():
    made = prepare(np.array([[1.0], [2.0], [2.0], [9.0]]), "rank")
    np.testing.assert_allclose(made.ranks["0"], [[1, 2, 9], [0.125, 0.5, 0.875]])


def test_ranks_of_many_values_are_read_off_a_shorter_curve_without_losing_their_order():
    rows = np.random.default_rng(1).lognormal(size=(5 * MOST_KNOTS, 1))
    made = prepare(rows, "rank")
    assert made.ranks["0"].shape[1] <= MOST_KNOTS
    assert np.corrcoef(made.values[:, 0], pd.Series(rows[:, 0]).rank())[0, 1] == pytest.approx(1, abs=1e-5)
    np.testing.assert_array_equal(made.apply(rows), made.values)


@pytest.mark.parametrize("how", ["standard", "log", "clip", "rank"])
def test_a_scaled_feature_has_mean_0_and_spread_1(how):
    made = prepare(np.random.default_rng(2).lognormal(size=(500, 2)), how).values
    np.testing.assert_allclose(made.mean(axis=0), 0, atol=1e-9)
    np.testing.assert_allclose(made.std(axis=0), 1)


def test_robust_is_less_the_median_by_the_middle_half():
    rows = np.array([[0.0], [10.0], [20.0], [30.0], [1000.0]])
    np.testing.assert_allclose(prepare(rows, "robust").values[:, 0], [-1, -0.5, 0, 0.5, 49])


def test_robust_falls_back_to_the_standard_deviation_where_the_middle_half_is_all_the_same():
    rows = np.array([[0.0]] * 98 + [[50.0]] * 2)
    assert prepare(rows, "robust").values.max() == pytest.approx(50 / rows.std())


def test_clip_keeps_all_beyond_the_99th_percentile_together():
    rows = np.arange(1000.0)[:, None]
    made = prepare(rows, "clip").values[:, 0]
    assert (made[990:] == made[-1]).all()
    assert made[989] < made[-1]


@pytest.mark.parametrize("how", list(PREPARATIONS))
def test_what_is_the_same_for_all_becomes_0_whatever_the_preparation(how):
    rows = np.column_stack([np.full(12, 7.3), np.arange(12.0)])
    made = prepare(rows, how)
    assert (made.values[:, 0] == 0).all()
    assert np.isfinite(made.apply(rows + 1)).all()


@pytest.mark.parametrize("weight", [0.5, 2.0, 3.0, 10.0])
def test_a_weight_multiplies_squared_distances(weight):
    rows = np.random.default_rng(3).normal(size=(50, 2))
    plain = prepare(rows, "standard").values
    heavy = prepare(rows, "standard", weights=np.array([1.0, weight])).values
    np.testing.assert_allclose(heavy[:, 0], plain[:, 0])
    np.testing.assert_allclose(heavy[:, 1].var(), weight * plain[:, 1].var())


def test_an_unknown_preparation_is_refused_with_those_there_are():
    with pytest.raises(ParameterError, match=r"'cube' is unknown.*log, standard, clip, robust, rank, none"):
        prepare(np.ones((3, 1)), "cube")


def people():
    return pd.DataFrame({
        "age": [20.0, 30, 40, 50, 60, 70], "income": [10.0, 20, 40, 80, 160, 320], "mood": [0.0, 1, 2, 2, 1, 0],
        "town": ["A", "B", "A", "C", "A", "B"],
    })  # fmt: skip


def test_each_feature_can_have_a_preparation_of_its_own():
    table = assemble(people(), [AGE, INCOME])
    made = table.prepare("standard", {"income": "log"}).values
    np.testing.assert_allclose(made[:, 0], prepare(table.rows[:, :1], "standard").values[:, 0])
    np.testing.assert_allclose(made[:, 1], prepare(table.rows[:, 1:], "log").values[:, 0])


def test_levels_are_scaled_unless_they_have_a_preparation_of_their_own():
    table = assemble(people(), [AGE, MOOD])
    assert table.prepare("none").values[:, 1].std() == pytest.approx(1)
    assert table.prepare("none", {"mood": "none"}).values[:, 1].tolist() == pytest.approx([-1, 0, 1, 1, 0, -1])


def test_a_preparation_or_weight_for_a_feature_not_in_use_changes_nothing():
    table = assemble(people(), [AGE])
    plain = table.prepare("standard").values
    np.testing.assert_array_equal(table.prepare("standard", {"income": "rank"}, {"income": 3.0}).values, plain)


@pytest.mark.parametrize("how", ["standard", "log", "rank", "clip"])
def test_a_feature_with_gaps_as_a_level_counts_as_one_feature(how):
    frame = people().assign(income=[10.0, None, 40, 80, None, 320])
    made = assemble(frame, [INCOME, AGE], unknown=True).prepare(how).values
    assert made[:, :2].var(axis=0).sum() == pytest.approx(1)
    assert made[:, 2].var() == pytest.approx(1)


@pytest.mark.parametrize("how", ["standard", "log", "none", "robust"])
def test_who_is_not_known_lies_as_far_as_two_customers_lie_from_one_another(how):
    frame = people().assign(income=[1e4, None, 4e4, 8e4, 2e4, 32e4])
    table = assemble(frame, [INCOME], unknown=True)
    assert table.levels == ("", UNKNOWN)
    made = table.prepare(how).values
    apart = made[1, 1] - made[0, 1]
    assert apart == pytest.approx(np.sqrt(2) * made[:, 0].std())


def test_categories_with_gaps_get_a_level_more():
    table = assemble(people().assign(town=["A", None, "A", "C", "A", "B"]), [TOWN], unknown=True)
    assert table.levels == ("A", "B", "C", UNKNOWN)
    assert table.rows[1].tolist() == [0, 0, 0, 1]
    assert table.prepare("none").values.var(axis=0).sum() == pytest.approx(1)
