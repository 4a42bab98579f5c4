"""The few who lie far from all others: who they are, and what keeping, clipping or setting them aside does."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score

from core.errors import NotEnoughDataError
from core.segments.describing.silhouettes import silhouettes
from core.segments.dividing.segmentation import GREY, segmentation
from core.segments.inputs import features
from core.segments.inputs.features import Recipe
from core.segments.inputs.outliers import MOST, outlying
from core.segments.inputs.treatments import treatments
from core.view import PREPARATIONS
from tests.core.shops import Source, crowd

RECIPE = Recipe(how="standard")


def shop(customers=600, whales=3):
    """A shop of four kinds of customers, and a few who spend a thousand times as much."""
    frame = crowd(customers)
    frame.loc[: whales - 1, ["cents", "bought_cents"]] = 900_000_000
    frame.loc[: whales - 1, "frequency"] = 400
    return Source(frame)


@settings(max_examples=40, deadline=None)
@given(st.integers(10, 400), st.integers(1, 3), st.integers(0, 1000))
def test_never_more_than_one_in_a_hundred_is_set_aside_and_of_few_one(customers, columns, seed):
    values = np.random.default_rng(seed).standard_cauchy((customers, columns))
    assert outlying(values).sum() <= max(int(MOST * customers), 1)


@settings(max_examples=40, deadline=None)
@given(st.floats(0.001, 1000), st.floats(-1e4, 1e4), st.integers(0, 1000))
def test_neither_unit_nor_zero_point_decides_who_lies_far(unit, shift, seed):
    values = np.random.default_rng(seed).standard_cauchy((200, 2)).round(3)
    assert outlying(values * unit + shift).tolist() == pytest.approx(outlying(values).tolist())


def test_nobody_lies_far_where_all_are_alike_or_evenly_spread():
    assert not outlying(np.ones((50, 2))).any()
    assert not outlying(np.linspace(0, 1, 300)[:, None]).any()
    assert not outlying(np.empty((0, 2))).any()


def test_one_customer_of_thirty_can_lie_far():
    values = np.array([[float(n)] for n in [*range(29), 5000]])
    assert outlying(values).nonzero()[0].tolist() == [29]


def test_rare_answers_are_no_outliers():
    rare = np.zeros((300, 1))
    rare[:4] = 1
    assert not outlying(rare).any()


def test_whoever_is_set_aside_does_not_set_the_scale():
    source = shop()
    table, recipe = features.table(source, RECIPE), replace(RECIPE, outliers="aside")
    aside = features.aside(table, recipe)
    made = features.prepared(table, recipe)
    assert aside[:3].all()
    np.testing.assert_allclose(made.values[~aside].std(axis=0), 1)
    np.testing.assert_array_equal(made.apply(table.rows), made.values)


def test_exceptional_customers_become_a_segment_beside_the_others():
    found = segmentation(shop(), replace(RECIPE, outliers="aside"), 3, 42)
    assert found.k == 4
    row = found.segments[found.segments["id"] == found.apart].iloc[0]
    assert row["name"] == "Exceptional customers"
    assert row["colour"] == GREY
    assert found.segments["colour"].is_unique
    assert (found.labels[:3] == found.apart).all()


def test_silhouettes_are_of_those_in_a_segment():
    recipe = replace(RECIPE, outliers="aside")
    found = segmentation(shop(), recipe, 3, 42)
    drawn = silhouettes(shop(), recipe, 3, 42, found.apart, labels=found.labels)
    assert drawn.mean == pytest.approx(found.silhouette)
    assert drawn.customers == (found.labels != found.apart).sum()
    assert found.apart not in set(drawn.segments["id"])


def test_the_model_sets_aside_who_was_set_aside():
    source, recipe = shop(), replace(RECIPE, outliers="aside")
    found = segmentation(source, recipe, 3, 42)
    placed = found.model.place(found.model.values(features.frame(source)))
    assert (placed.segment == found.labels).all()


@pytest.mark.parametrize("missing", ["drop", "median", "level"])
@pytest.mark.parametrize("how", PREPARATIONS)
@pytest.mark.parametrize("method", ["kmeans", "gaussian", "ward", "hdbscan", "medoids"])
def test_whoever_was_learned_from_is_placed_where_they_are(method, how, missing):
    # Days between orders are not known of who ordered once; who was clipped must not pass for one of the others.
    recipe = Recipe(("recency_days", "days_between", "monetary", "country"), how, method=method, missing=missing)
    for source, outliers in ((shop(200), "aside"), (shop(200), "clip")):
        try:
            found = segmentation(source, replace(recipe, outliers=outliers), 3, 42)
        except NotEnoughDataError:
            assert method == "hdbscan"
            continue
        placed = found.model.place_all(features.frame(source), drop=missing == "drop")
        assert (placed.segment == found.labels).all()


@pytest.fixture(scope="module")
def compared():
    source = shop()
    found = segmentation(source, RECIPE, 4, 42)
    return found, treatments(source, RECIPE, 4, 42, labels=found.labels, apart=found.apart)


def test_every_treatment_places_every_customer_once(compared):
    _, found = compared
    sums = found.sizes.groupby("treatment")[["customers", "share", "spend_share"]].sum()
    assert sums["customers"].tolist() == [600] * 3
    assert sums[["share", "spend_share"]].to_numpy() == pytest.approx(1)


def test_the_treatment_in_use_is_the_segmentation_itself(compared):
    kept, found = compared
    row = found.rows.set_index("treatment").loc["keep"]
    assert (row["agreement"], row["silhouette"]) == (1, pytest.approx(kept.silhouette))
    mine = found.sizes[found.sizes["treatment"] == "keep"].set_index("id")["customers"]
    assert mine.to_dict() == kept.segments.set_index("id")["customers"].to_dict()


def test_agreement_is_the_adjusted_rand_index_of_the_two_divisions(compared):
    kept, found = compared
    other = segmentation(shop(), replace(RECIPE, outliers="aside"), 4, 42)
    row = found.rows.set_index("treatment").loc["aside"]
    assert row["agreement"] == pytest.approx(adjusted_rand_score(kept.labels, other.labels))


def test_a_handful_with_much_of_the_spend_is_counted(compared):
    _, found = compared
    assert found.handful == 3
    assert found.far >= 3
    assert found.handful_share > 0.5
    assert found.top_share >= found.handful_share


def test_a_treatment_that_leaves_too_few_is_told_not_raised():
    source = shop(12, whales=1)
    found = segmentation(source, RECIPE, 12, 42)
    compared = treatments(source, RECIPE, 12, 42, labels=found.labels, apart=found.apart)
    told = compared.rows.set_index("treatment").loc["aside", "told"]
    assert "12 segments were asked for, and only 11 customers differ" in told
