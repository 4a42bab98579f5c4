import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import NotEnoughDataError, ParameterError
from core.segments.describing.importance import explain, importance
from core.segments.describing.profiles import boxes, heat, profiles
from core.segments.describing.projection import projection
from core.segments.describing.silhouettes import silhouettes
from core.segments.describing.sizes import sizes
from core.segments.dividing.segmentation import segmentation
from core.segments.inputs.features import Recipe, table
from core.segments.scores.members import members
from core.segments.scores.rfm import rfm
from tests.core.shops import Source, crowd, people

SHOP = crowd(400)
LEARNED = (Recipe(), 4, 42)


@pytest.fixture(scope="module")
def found():
    return segmentation(Source(SHOP), *LEARNED)


@settings(max_examples=15, deadline=None)
@given(st.integers(10, 60), st.integers(2, 8), st.sampled_from(["log", "standard", "clip", "robust"]))
def test_labels_are_a_partition(customers, k, prepare):
    learned = segmentation(Source(crowd(customers, seed=k)), Recipe(how=prepare), k, 42)
    assert len(learned.labels) == customers
    assert set(learned.labels) == set(learned.segments["id"]) == set(range(1, k + 1))
    assert learned.segments["customers"].sum() == customers
    assert learned.segments["share"].sum() == pytest.approx(1)


def test_ids_follow_falling_spend(found):
    assert found.segments["monetary"].is_monotonic_decreasing


def test_the_order_of_rows_changes_nothing(found):
    other = segmentation(Source(SHOP.sample(frac=1, random_state=1)), *LEARNED)
    assert (other.labels == found.labels).all()
    pd.testing.assert_frame_equal(other.segments, found.segments)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_another_seed_gives_the_same_names_and_colours(found, seed):
    other = segmentation(Source(SHOP), Recipe(), 4, seed)
    assert other.names == found.names


def test_the_four_kinds_of_the_shop_are_called_what_they_are(found):
    assert {name.name for name in found.names} == {"Champions", "Loyal regulars", "Newcomers", "Lapsed one-time buyers"}


def test_more_segments_than_customers_are_refused_in_words():
    frame = people([1, 2, 3, 4] * 3, [1, 2, 3, 4] * 3, [100, 200, 300, 400] * 3)
    with pytest.raises(NotEnoughDataError, match="8 segments were asked for, and only 4 customers differ"):
        segmentation(Source(frame), Recipe(), 8, 42)


def test_averages_agree_with_the_customers(found):
    mine = SHOP[found.labels == 1]
    row = found.segments.iloc[0]
    assert row["monetary"] == pytest.approx(mine["cents"].mean())
    assert row["order_value"] == pytest.approx(mine["cents"].sum() / mine["frequency"].sum())
    assert row["price"] == pytest.approx(mine["bought_cents"].sum() / mine["items"].sum())
    assert row["one_time_share"] == pytest.approx((mine["frequency"] == 1).mean())
    assert row["active_share"] == pytest.approx((mine["recency_days"] <= 90).mean())
    assert row["revenue_share"] == pytest.approx(mine["cents"].sum() / SHOP["cents"].sum())


def test_each_segment_has_three_differences_of_different_kinds(found):
    told = profiles(Source(SHOP), *LEARNED, labels=found.labels)
    assert (told.differences.groupby("id").size() == 3).all()
    assert not told.differences.duplicated(["id", "feature"]).any()
    assert told.of(0)["customers"] == 400
    rows = told.rows.set_index("id")
    for _, mine in told.differences.groupby("id"):
        assert mine["effect"].abs().is_monotonic_decreasing
        for _, one in mine.iterrows():
            assert (one["they"], one["all"]) == (rows.at[one["id"], one["feature"]], rows.at[0, one["feature"]])
            assert (one["they"] > one["all"]) == (one["effect"] > 0)


def test_heat_is_nothing_for_all_customers_and_signed_for_segments(found):
    cells = heat(Source(SHOP), *LEARNED, labels=found.labels).cells
    assert (cells[cells["id"] == 0]["z"] == 0).all()
    best = cells[(cells["id"] == 1) & (cells["feature"] == "monetary")].iloc[0]
    assert best["z"] > 0
    assert best["mean"] == found.segments["monetary"].iloc[0]


def test_box_quantiles_are_in_order(found):
    drawn = boxes(Source(SHOP), *LEARNED, labels=found.labels).boxes
    steps = drawn[["low", "p5", "lower", "median", "upper", "p95", "high"]].to_numpy()
    assert (np.diff(steps, axis=1) >= 0).all()
    assert set(drawn["id"]) == {0, 1, 2, 3, 4}


def test_silhouettes_are_sorted_within_segments_and_thinned(found):
    drawn = silhouettes(Source(SHOP), *LEARNED, labels=found.labels)
    assert drawn.mean == pytest.approx(found.silhouette)
    for _, points in drawn.points.groupby("id"):
        assert points["width"].is_monotonic_decreasing
        assert len(points) <= 300


def test_the_map_is_the_same_whichever_way_the_rows_come(found):
    laid = projection(Source(SHOP), *LEARNED, labels=found.labels)
    again = projection(Source(SHOP.sample(frac=1, random_state=2)), *LEARNED, labels=found.labels)
    np.testing.assert_allclose(laid.points[["x", "y"]], again.points[["x", "y"]], atol=1e-9)
    assert laid.axes[0] == "more orders, more spend"
    assert sum(laid.explained) <= 1


def test_a_forest_tells_real_segments_far_better_than_guessing(found):
    told = importance(Source(SHOP), *LEARNED, labels=found.labels)
    assert told.accuracy > 0.9 > told.baseline
    assert told.trained + told.held_out == 400
    assert told.rows["impurity"].sum() == pytest.approx(1)
    assert (told.rows["permutation"] > 0).all()


def test_shuffled_labels_leave_no_importance(found):
    labels = np.random.default_rng(1).permutation(found.labels)
    told = explain(table(Source(SHOP), Recipe()), labels, 42)
    spread = 2 * told.rows["permutation_sd"]
    assert (told.rows["permutation"] - spread <= 0).all()
    assert told.accuracy < told.baseline + 0.1


def test_a_segment_of_one_does_not_stop_the_forest():
    labels = np.array([1] * 39 + [2])
    assert explain(table(Source(crowd(40)), Recipe()), labels, 42).held_out == 40


def test_sizes_count_buyers_of_the_slice_by_the_segments_of_all(found):
    orders = pd.DataFrame({"customer": [0, 0, 1], "cents": [500, -100, 300], "counted": [1, 0, 1]})
    counted = sizes(Source(SHOP, orders), *LEARNED, labels=found.labels)
    assert (counted.customers, counted.cents) == (2, 700)
    assert len(counted.rows) == 4
    assert counted.rows.set_index("id")["customers"][found.labels[0]] >= 1


def test_members_are_in_one_of_the_segments_and_one_of_the_groups(found):
    scored = rfm(Source(SHOP))
    both = members((1, 2), found, ("champions", "loyal"), scored)
    expected = np.isin(found.labels, [1, 2]) & scored.scores["group"].isin(["champions", "loyal"]).to_numpy()
    assert (both == expected).all()
    assert both.any()


def test_a_segment_or_group_that_does_not_exist_is_named_with_those_that_do(found):
    with pytest.raises(ParameterError, match=r"no segment 9.*1 \(Champions\)"):
        members((1, 9), found, (), None)
    with pytest.raises(ParameterError, match=r"no group 'vip'.*champions"):
        members((), None, ("vip",), rfm(Source(SHOP)))
