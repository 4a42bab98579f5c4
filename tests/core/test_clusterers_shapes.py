"""The classic shapes: what each algorithm must and must not find."""

import numpy as np
import pandas as pd
import pytest
from scipy.spatial.distance import cdist
from sklearn.datasets import make_blobs, make_circles, make_moons
from sklearn.metrics import adjusted_rand_score

from core.errors import NotEnoughDataError
from core.segments.clusterers.medoids import units
from core.segments.dividing import clusterer, neighbours
from core.segments.inputs.matrix import Feature, assemble

WAYS = clusterer.every()
MOONS = make_moons(800, noise=0.06, random_state=1)
RINGS = make_circles(800, noise=0.04, factor=0.45, random_state=1)


def likeness(slug, values, kinds, k=2):
    return adjusted_rand_score(kinds, WAYS[slug].fit(values, k, 42).labels)


@pytest.mark.parametrize("slug", WAYS)
@pytest.mark.parametrize("seed", [3, 8])
def test_all_find_blobs_that_stand_apart(slug, seed):
    centres = 10 * np.array([[0, 0], [1, 0], [0, 1], [1, 1], [2, 0.5]])
    values, kinds = make_blobs(900, centers=centres, cluster_std=0.8, random_state=seed)
    assert likeness(slug, values, kinds, 5) > 0.95


@pytest.mark.parametrize("shape", [MOONS, RINGS], ids=["moons", "rings"])
def test_hdbscan_finds_moons_and_rings_and_k_means_does_not(shape):
    assert likeness("hdbscan", *shape) > 0.9
    assert likeness("kmeans", *shape) < 0.6


def test_a_gaussian_mixture_keeps_long_groups_whole_which_k_means_cuts():
    rng = np.random.default_rng(2)
    long = rng.normal(size=(600, 2)) * [8, 0.5] + np.repeat([[0, 0], [0, 5]], 300, axis=0)
    kinds = np.repeat([0, 1], 300)
    assert likeness("gaussian", long, kinds) > 0.95
    assert likeness("kmeans", long, kinds) < 0.1


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("columns", [2, 3, 5])
def test_in_uniform_noise_hdbscan_finds_nothing_or_leaves_most_on_their_own(seed, columns):
    values = np.random.default_rng(seed).random((1000, columns))
    try:
        found = WAYS["hdbscan"].fit(values, 0, 42)
    except NotEnoughDataError:
        return
    assert (found.labels < 0).mean() > 0.5


def test_one_crowd_alone_is_no_division():
    with pytest.raises(NotEnoughDataError, match="no groups: nowhere do 100 customers or more") as refused:
        WAYS["hdbscan"].fit(np.random.default_rng(0).normal(size=(2000, 3)), 0, 42)
    assert "another method" in refused.value.hint


def test_a_stranger_far_from_every_crowd_is_on_their_own():
    values, _ = make_blobs(300, centers=[[0, 0], [9, 9]], cluster_std=0.5, random_state=1)
    way = WAYS["hdbscan"]
    assert way.place(way.fit(values, 0, 42), np.array([[0.0, 9.0], [0.1, 0.1]])).tolist().index(-1) == 0
    assert WAYS["ward"].place(WAYS["ward"].fit(values, 2, 42), np.array([[0.0, 5.0]]))[0] in (0, 1)


def test_neighbours_who_are_in_no_group_vote_for_none():
    known = np.array([[0.0], [0.1], [0.2], [5.0], [5.1]])
    votes = neighbours.place(known, np.array([-1, -1, -1, 0, 0]), np.array([[0.05], [5.05]]))
    assert votes.tolist() == [-1, 0]


def mixed(customers=400, seed=3):
    """Two kinds that a category alone tells apart, beside two numbers that tell nothing."""
    rng = np.random.default_rng(seed)
    kinds = rng.integers(0, 2, customers)
    frame = pd.DataFrame({name: rng.normal(size=customers) for name in ("age", "visits")})
    numbers = [Feature(name, name, "", "", "") for name in frame]
    city = Feature("city", "City", "", "", "", scale="nominal")
    return assemble(frame.assign(city=np.array(["Oslo", "Lyon"])[kinds]), [city, *numbers]), kinds


def test_medoids_find_what_a_category_alone_separates():
    table, kinds = mixed()
    values = table.prepare("standard").values
    found = WAYS["medoids"].fit(values, 2, 42, table.owner)
    assert adjusted_rand_score(kinds, found.labels) > 0.95


def test_gower_is_the_range_share_of_numbers_and_one_for_another_category():
    rows = np.array([[0.0, 1, 0, 0], [10.0, 0, 1, 0], [5.0, 0, 0, 1]])
    gower = cdist(rows / units(rows, np.array([0, 1, 1, 1])), rows / units(rows, np.array([0, 1, 1, 1])), "cityblock")
    np.testing.assert_allclose(gower, [[0, 2, 1.5], [2, 0, 1.5], [1.5, 1.5, 0]])


def test_gower_is_the_same_however_the_columns_were_scaled():
    table, _ = mixed()
    raw, prepared = table.rows, table.prepare("standard").values
    first, second = (cdist(v / units(v, table.owner), v / units(v, table.owner), "cityblock") for v in (raw, prepared))
    np.testing.assert_allclose(first, second, atol=1e-9)


def test_a_number_beside_a_column_that_says_whether_it_is_known_is_no_category():
    rows = np.array([[0.0, 0.0], [10.0, 0.0], [4.0, 1.0]])
    assert units(rows, np.array([0, 0])).tolist() == [10.0, 1.0]
