import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import silhouette_samples, silhouette_score

from core.errors import NotEnoughDataError, ParameterError
from core.segments.choosing import selection, verdict
from core.segments.clusterers.kmeans import CLUSTERER
from core.segments.describing import silhouettes
from core.segments.dividing import sampling
from core.segments.inputs import features
from core.segments.inputs.features import Recipe
from core.segments.inputs.preparing import prepare
from tests.core.shops import Source, crowd, people

PREPARATIONS = ("log", "standard", "clip", "robust")


def blobs(sizes, seed=3, spread=0.3):
    rng = np.random.default_rng(seed)
    centres = rng.uniform(-10, 10, (len(sizes), 3))
    return np.concatenate([rng.normal(c, spread, (n, 3)) for c, n in zip(centres, sizes, strict=True)])


@pytest.mark.parametrize("how", PREPARATIONS)
def test_rows_prepared_later_are_prepared_alike(how):
    rows = features.table(Source(crowd(200)), Recipe()).rows
    prepared = prepare(rows, how)
    np.testing.assert_allclose(prepared.apply(rows), prepared.values)


@pytest.mark.parametrize("how", PREPARATIONS)
def test_a_constant_column_becomes_zero(how):
    rows = np.column_stack([np.arange(20.0), np.full(20, 0.1), np.arange(20.0) ** 2])
    values = prepare(rows, how).values
    assert (values[:, 1] == 0).all()
    assert np.isfinite(values).all()


def test_an_unknown_preparation_is_refused():
    with pytest.raises(ParameterError, match="'sqrt'"):
        prepare(np.zeros((3, 3)), "sqrt")


def test_a_customer_without_orders_stands_with_the_longest_silent():
    frame = people([3, 9, 5], [1, 2, 0], [100, 200, 300]).astype({"recency_days": float})
    frame.loc[2, "recency_days"] = np.nan
    assert list(features.customers(Source(frame))["recency_days"]) == [3, 9, 9]


@settings(max_examples=25, deadline=None)
@given(st.integers(5, 60), st.integers(2, 5), st.integers(0, 1000))
def test_silhouettes_are_those_of_scikit_learn(rows, k, seed):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(rows, 3)).round(1)
    labels = np.concatenate([np.arange(k), rng.integers(0, k, rows)])[:rows]
    labels = np.unique(labels, return_inverse=True)[1]
    if labels.max() + 1 >= rows:
        return
    np.testing.assert_allclose(silhouettes.widths(values, [labels])[0], silhouette_samples(values, labels), atol=1e-7)


def test_one_pass_serves_every_labeling_to_nine_digits():
    values = blobs([300, 400, 500])
    labelings = [CLUSTERER.fit(values, k, 1).labels for k in (2, 3, 4, 5)]
    for labels, width in zip(labelings, silhouettes.widths(values, labelings), strict=True):
        assert width.mean() == pytest.approx(silhouette_score(values, labels), abs=1e-9)


def test_three_islands_are_found_by_every_criterion():
    found = selection.study(blobs([100, 120, 140]), (1, 10), 42)
    assert (found.elbow, found.best_silhouette, found.chosen) == (3, 3, 3)
    assert not found.weak
    assert found.headline.startswith("Three:")


def test_a_lone_outlier_does_not_make_two_the_verdict():
    values = np.concatenate([blobs([150, 150, 150, 150]), [[500.0, 500.0, 500.0]]])
    found = selection.study(values, (1, 10), 42)
    assert found.best_silhouette == 2
    assert found.chosen != 2
    assert any("600 of 601" in reason.text for reason in found.reasons if reason.kind == "against")


def test_one_even_cloud_is_called_weak():
    values = np.random.default_rng(5).normal(size=(400, 12))
    found = selection.study(values, (1, 8), 42)
    assert found.weak
    assert "useful division of a continuum" in found.headline


def test_the_elbow_is_the_farthest_from_the_chord_of_the_range_shown():
    # Inertia of Online Retail, standardised, as published with the file.
    inertia = [13014.0, 9014.6, 5441.3, 4096.3, 3119.8, 2473.8, 2023.6, 1717.0, 1468.8, 1281.0]
    rows = pd.DataFrame({"k": range(1, 11), "inertia": inertia})
    assert rows["k"][int(verdict.bend(rows).argmax())] == 4
    rows = rows[1:].reset_index(drop=True)
    assert rows["k"][int(verdict.bend(rows).argmax())] == 5


def test_a_large_shop_is_sampled_and_says_so(monkeypatch):
    monkeypatch.setattr(sampling, "EXACT_UP_TO", 800)
    monkeypatch.setattr(sampling, "SAMPLE", 200)
    values = blobs([300, 300, 300])
    found = selection.study(values, (1, 6), 42)
    assert (found.customers, found.sampled, found.chosen) == (900, 200, 3)
    row = found.rows[found.rows["k"] == 3].iloc[0]
    exact = silhouette_score(values, CLUSTERER.fit(values, 3, 42).labels)
    assert row["silhouette_low"] <= exact <= row["silhouette_high"]


def test_a_sample_is_the_same_for_the_same_seed():
    assert list(sampling.draw(1000, 50, 1)) == list(sampling.draw(1000, 50, 1))
    assert list(sampling.draw(1000, 50, 1)) != list(sampling.draw(1000, 50, 2))


def test_a_fit_on_many_starts_from_a_sample_and_finds_the_same_islands(monkeypatch):
    values = blobs([400, 400, 400])
    exact = CLUSTERER.fit(values, 3, 42)
    monkeypatch.setattr("core.segments.clusterers.kmeans.EXACT_UP_TO", 150)
    warm = CLUSTERER.fit(values, 3, 42)
    assert warm.inertia == pytest.approx(exact.inertia)
    assert len({*zip(exact.labels.tolist(), warm.labels.tolist(), strict=True)}) == 3


def test_the_range_ends_where_customers_stop_to_differ():
    values = np.repeat(np.arange(5.0), 8)[:, None] * np.ones(3)
    found = selection.study(values, (1, 10), 42)
    assert found.rows["k"].max() == 5
    assert "Only up to 5 segments" in found.note


@pytest.mark.parametrize(
    ("customers", "words"), [(1, "1 customer is too few"), (9, "9 customers are too few"), (30, "hardly differ")]
)
def test_too_few_customers_or_all_alike_are_refused_in_words(customers, words):
    source = Source(people([5] * customers, [2] * customers, [1000] * customers))
    with pytest.raises(NotEnoughDataError, match=words):
        selection.sweep(source, Recipe(), (1, 10), 42)


def test_categories_of_one_size_have_no_elbow_and_still_a_verdict():
    # One feature with four even categories: each further group takes as much inertia away as the one before.
    rows = prepare(np.repeat(np.eye(4), 15, axis=0), "standard", np.zeros(4, dtype=int)).values
    found = selection.study(rows, (1, 10), 42)
    assert found.chosen == 4
    assert "nan" not in " ".join(f"{each.lead} {each.text}" for each in found.reasons)
    assert any(each.lead == "There is no elbow:" for each in found.reasons)
