"""What holds for every algorithm that is discovered, present and future."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import codec
from core.errors import NotEnoughDataError
from core.segments.dividing import clusterer

WAYS = clusterer.every()
K = 3


def crowds(customers=240, columns=3, seed=1):
    """Three crowds that stand well apart, in an order of their own as the caller gives them."""
    rng = np.random.default_rng(seed)
    centres = 8 * np.eye(3, columns)
    values = centres[np.arange(customers) % 3] + rng.normal(0, 0.7, (customers, columns))
    return values[np.lexsort(values.T)]


@pytest.fixture(params=WAYS.values(), ids=WAYS.keys())
def way(request):
    return request.param


@pytest.fixture
def fit(way):
    return way.fit(crowds(), K, 42)


def partition(labels, k):
    """Groups from 0 without a gap, beside whom the algorithm leaves without one."""
    assert labels.dtype == np.int64
    assert set(labels) - {-1} == set(range(k))


def test_it_says_what_it_is_and_where_it_comes_from(way):
    assert way.says.endswith(".")
    assert any(character.isdigit() for character in way.term)


def test_labels_are_a_partition_and_centres_are_averages(way, fit):
    partition(fit.labels, len(fit.centres))
    for group, centre in enumerate(fit.centres):
        np.testing.assert_allclose(centre, crowds()[fit.labels == group].mean(axis=0), atol=1e-6)
    mine = fit.labels >= 0
    away = ((crowds()[mine] - fit.centres[fit.labels[mine]]) ** 2).sum()
    assert fit.inertia == pytest.approx(away)


def test_the_same_seed_gives_the_same_labels(way, fit):
    assert (way.fit(crowds(), K, 42).labels == fit.labels).all()


def test_who_was_learned_from_is_placed_where_they_were(way, fit):
    assert (way.place(fit, crowds()) == fit.labels).all()


def test_the_order_of_those_who_are_placed_is_no_matter(way, fit):
    order = np.random.default_rng(5).permutation(len(crowds()))
    assert (way.place(fit, crowds()[order]) == fit.labels[order]).all()


def test_nobody_is_placed_without_an_error(way, fit):
    assert way.place(fit, crowds()[:0]).shape == (0,)


def test_what_it_remembers_survives_storage_without_pickle(way, fit):
    stored = codec.loads(codec.dumps(fit))
    assert (way.place(stored, crowds(seed=9)) == way.place(fit, crowds(seed=9))).all()


def test_a_larger_crowd_is_placed_from_a_sample_of_it(way):
    values = crowds(12_000)
    found = way.fit(values, K, 42)
    partition(found.labels, K)
    kinds = (values / 8).round().argmax(axis=1)
    assert all((found.labels[kinds == kind] == np.bincount(found.labels[kinds == kind] + 1).argmax() - 1).mean() > 0.98
               for kind in range(3))  # fmt: skip
    same = (way.place(found, values) == found.labels).mean()
    assert same == 1 if way.places else same > 0.99


def test_a_column_that_is_the_same_for_all_changes_nothing(way, fit):
    wider = np.column_stack([crowds(), np.zeros(len(crowds()))])
    assert (way.fit(wider, K, 42).labels == fit.labels).all()


def test_customers_who_are_alike_are_in_one_group(way):
    values = np.repeat(np.random.default_rng(4).normal(size=(6, 2)), 40, axis=0)
    found = way.fit(values, 4, 42)
    for start in range(0, 240, 40):
        assert len(set(found.labels[start : start + 40])) == 1
    partition(found.labels, len(found.centres))


def test_as_many_groups_come_back_as_were_asked_for(way):
    if way.chooses_k:
        return
    for k in (1, 2, 7, 12):
        partition(way.fit(crowds(60), k, 42).labels, k)


def test_as_many_groups_as_customers_differ_can_be_made(way):
    if way.chooses_k:
        return
    values = np.repeat([[0.0, 0.0], [0.0, 1.0], [5.0, 1.0], [5.0, 9.0]], 5, axis=0)
    partition(way.fit(values, 4, 42).labels, 4)


def test_the_few_who_differ_are_found_among_very_many(way):
    values = np.concatenate([np.zeros((11_998, 2)), [[1.0, 1.0], [2.0, 2.0]]])
    if way.chooses_k:
        with pytest.raises(NotEnoughDataError, match="finds no groups"):
            way.fit(values, 0, 42)
        return
    partition(way.fit(values, 3, 42).labels, 3)


@settings(max_examples=15, deadline=None)
@given(st.integers(12, 60), st.integers(1, 5), st.integers(2, 6), st.integers(0, 1000))
def test_whatever_the_customers_are_like_labels_are_a_partition(customers, columns, k, seed):
    values = np.random.default_rng(seed).normal(size=(customers, columns)).round(1)
    values = values[np.lexsort(values.T)]
    k = min(k, len(np.unique(values, axis=0)))
    for each in WAYS.values():
        if each.chooses_k:
            continue
        found = each.fit(values, k, seed)
        partition(found.labels, k)
        assert (each.place(found, values) == found.labels).all()


def test_several_numbers_at_once_are_the_divisions_one_by_one(way):
    if way.chooses_k:
        pytest.skip("it finds the number itself")
    values = np.random.default_rng(5).normal(size=(150, 3))
    together = clusterer.fits(way, values, [2, 3, 5], 42)
    for number, fit in together.items():
        assert (fit.labels == way.fit(values, number, 42).labels).all()
        assert fit.inertia == pytest.approx(way.fit(values, number, 42).inertia)
