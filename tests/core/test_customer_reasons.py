"""Why one customer is in a segment: distances, silhouette and the pull of each feature."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import silhouette_samples

from core.segments.customers import reasons
from core.segments.customers.examples import examples
from core.segments.customers.standing import restore
from core.segments.dividing.segmentation import segmentation
from core.segments.inputs import features
from core.segments.inputs.features import Recipe
from tests.core.little_table import table
from tests.core.shops import Source, crowd, people

LOG = Recipe(columns=("recency_days", "frequency", "monetary"))


@pytest.fixture(scope="module")
def shop():
    source = Source(crowd())
    return source, features.frame(source), segmentation(source, LOG, 4, 42)


@settings(max_examples=25, deadline=None)
@given(customer=st.integers(0, 399))
def test_pulls_add_up_to_the_difference_of_squared_distances(shop, customer):
    _, frame, found = shop
    why = reasons.why(frame, found, customer)
    assert why.rows["pull"].sum() == pytest.approx(why.next_distance**2 - why.distance**2, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(customer=st.integers(0, 399))
def test_the_silhouette_is_that_of_scikit_learn_where_no_segment_is_sampled(shop, customer):
    _, frame, found = shop
    expected = silhouette_samples(found.model.values(frame), found.labels)[customer]
    why = reasons.why(frame, found, customer)
    assert why.silhouette == pytest.approx(expected, abs=1e-9)
    assert why.compared == why.of - 1


def test_margin_and_runner_up_are_those_of_the_model(shop):
    _, frame, found = shop
    placed = found.model.place(found.model.values(frame))
    for customer in range(0, 400, 17):
        why = reasons.why(frame, found, customer)
        assert (why.segment, why.runner_up) == (placed.segment[customer], placed.runner_up[customer])
        assert why.margin == pytest.approx(placed.margin[customer])


def test_figures_of_the_reasons_are_those_of_the_frame(shop):
    _, frame, found = shop
    why = reasons.why(frame, found, 11)
    rows = why.rows.set_index("feature")
    orders, mine = frame["frequency"], found.labels == why.segment
    assert rows.loc["frequency", "they"] == orders.iloc[11]
    assert rows.loc["monetary", "they"] == pytest.approx(100 * frame["monetary"].iloc[11])
    assert rows.loc["frequency", "own_average"] == pytest.approx(orders[mine].mean())
    assert rows.loc["frequency", "all_average"] == pytest.approx(orders.mean())
    assert rows.loc["frequency", "below"] == pytest.approx((orders < orders.iloc[11]).mean())
    assert rows.loc["frequency", "above_own"] == pytest.approx((orders[mine] > orders.iloc[11]).mean())


def test_typical_is_the_average_itself_where_nothing_is_logged():
    source = Source(crowd())
    recipe = replace(LOG, how="standard")
    found, frame = segmentation(source, recipe, 3, 42), features.frame(source)
    row = reasons.why(frame, found, 5).rows.set_index("feature").loc["frequency"]
    assert row["own"] == pytest.approx(row["own_average"], rel=1e-6)
    assert row["all"] == pytest.approx(row["all_average"], rel=1e-6)


@pytest.mark.parametrize("how", ["standard", "log", "robust", "none"])
def test_what_was_prepared_can_be_brought_back(how):
    frame = features.frame(Source(crowd()))
    source = Source(crowd())
    made = features.table(source, replace(LOG, how=how))
    prepared = features.prepared(made, replace(LOG, how=how))
    assert restore(prepared, prepared.values)[:, 1] == pytest.approx(frame["frequency"].to_numpy())


def test_who_lies_in_the_middle_belongs_clearly_and_who_lies_between_does_not():
    source = Source(people([10] * 20 + [300] * 20 + [155], [5] * 41, [1000] * 41))
    recipe = Recipe(columns=("recency_days",), how="standard")
    found, frame = segmentation(source, recipe, 2, 42), features.frame(source)
    assert reasons.why(frame, found, 0).sureness == "clear"
    assert reasons.why(frame, found, 40).sureness == "border"


def test_who_is_set_aside_is_told_in_which_feature_they_lie_beyond_all_others():
    base = crowd()
    base.loc[7, "cents"] = 90_000_000
    source = Source(base)
    found = segmentation(source, replace(LOG, how="standard", outliers="aside"), 3, 42)
    why = reasons.why(features.frame(source), found, 7)
    assert (why.sureness, why.silhouette, why.segment) == ("apart", None, found.apart)
    assert "monetary" in why.beyond
    assert why.nearest != found.apart


def test_levels_and_categories_are_told_in_words(tmp_path):
    rng = np.random.default_rng(1)
    old = rng.random(120) < 0.5
    answers = pd.DataFrame(
        {
            "Often": np.where(old, "Rarely", "Often"), "City": np.where(old, "Oslo", "Lyon"),
            "Tea": np.where(old, "yes", "no"), "Spend": np.where(old, 900.0, 100.0) + rng.normal(0, 20, 120),
        }
    )  # fmt: skip
    scales = {"Often": ("Rarely", "Sometimes", "Often"), "City": "nominal", "Tea": "yes_no", "Spend": "amount"}
    people_ = table(tmp_path, answers, scales)
    found = segmentation(people_, Recipe(how="standard"), 2, 42)
    customer = int(np.flatnonzero(old)[0])
    rows = reasons.why(features.frame(people_), found, customer).rows.set_index("feature")
    assert rows.loc["often", ["said", "said_own", "said_next"]].tolist() == ["Rarely", "Rarely", "Often"]
    assert rows.loc["city", "said"] == "Oslo"
    assert rows.loc["city", ["own", "next"]].tolist() == pytest.approx([1.0, 0.0], abs=1e-9)
    assert rows.loc["tea", "said"] == "yes"
    assert rows.loc["tea", ["own", "next"]].tolist() == pytest.approx([1.0, 0.0], abs=1e-9)


def test_what_is_not_learned_from_is_compared_by_averages(shop):
    source, frame, found = shop
    others = [each for each in features.known(source) if each.slug in ("products", "country", "order_value")]
    rows = reasons.why(frame, found, 3, others=others).others.set_index("feature")
    mine = found.labels == found.labels[3]
    assert rows.loc["products", "own"] == pytest.approx(frame["products"][mine].mean())
    assert rows.loc["order_value", "all"] == pytest.approx(100 * frame["order_value"].mean())
    assert rows.loc["country", "said"] == frame["country"].iloc[3]
    assert rows.loc["country", "all"] == pytest.approx((frame["country"] == frame["country"].iloc[3]).mean())


def test_a_large_segment_is_sampled_and_says_so(monkeypatch, shop):
    _, frame, found = shop
    exact = reasons.why(frame, found, 9)
    monkeypatch.setattr(reasons, "MEMBERS", 30)
    sampled = reasons.why(frame, found, 9)
    assert sampled.compared == sum(min(30, int((found.labels == each).sum()) - (each == exact.segment))
                                   for each in found.model.ids)  # fmt: skip
    assert sampled.silhouette == pytest.approx(exact.silhouette, abs=0.15)


def test_examples_are_the_nearest_to_each_centre_and_those_between_two():
    base = crowd().assign(customer_id=[f"C{n}" for n in range(400)])
    source = Source(base)
    found = segmentation(source, LOG, 4, 42)
    shown = examples(source, LOG, 4, 42, found=found)
    placed = found.model.place(found.model.values(features.frame(source)))
    for customer, name, segment in shown.typical.itertuples(index=False):
        assert name == f"C{customer}"
        mine = found.labels == segment
        assert placed.distance[customer] == placed.distance[mine].min()
    assert set(shown.typical["segment"]) == set(found.labels)
    assert shown.between["margin"].iloc[0] == pytest.approx(placed.margin.min())
    assert shown.between["margin"].is_monotonic_increasing
