"""Where there are no groups the verdict says so, however compact the pieces of a cloud may be."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.segments.choosing import selection
from core.segments.choosing.grouping import dip, grouping, untie

SEEDS = (1, 2, 3)


def standardised(values):
    return (values - values.mean(axis=0)) / values.std(axis=0)


def clouds(name, columns, seed, rows=1500):
    rng = np.random.default_rng(seed)
    shape = (rows, columns)
    return standardised(
        {
            "uniform": lambda: rng.uniform(size=shape),
            "gaussian": lambda: rng.normal(size=shape) @ rng.normal(size=(columns, columns)),
            "exponential": lambda: rng.exponential(size=shape),
            "long tails": lambda: rng.standard_t(3, size=shape),
        }[name]()
    )


def blobs(sizes, seed, columns=3, apart=8.0):
    """Balls of spread 1, no two centres nearer than ``apart``."""
    rng = np.random.default_rng(seed)
    centres: list[np.ndarray] = []
    while len(centres) < len(sizes):
        new = rng.uniform(-12, 12, columns)
        if all(np.linalg.norm(new - centre) > apart for centre in centres):
            centres.append(new)
    return np.concatenate([rng.normal(c, 1, (n, columns)) for c, n in zip(centres, sizes, strict=True)])


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("columns", [2, 3, 5])
@pytest.mark.parametrize("name", ["uniform", "gaussian", "exponential", "long tails"])
def test_one_cloud_has_no_groups(name, columns, seed):
    assert not grouping(clouds(name, columns, seed), seed).distinct


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("rows", [100, 300])
def test_a_small_cloud_has_no_groups_either(rows, seed):
    assert not grouping(clouds("uniform", 2, seed, rows), seed).distinct
    assert not grouping(clouds("gaussian", 3, seed, rows), seed).distinct


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "sizes", [[400] * 2, [300] * 3, [300] * 4, [250] * 5, [200] * 6, [1200, 300, 150], [60, 60, 60]]
)
def test_islands_are_groups(sizes, seed):
    assert grouping(standardised(blobs(sizes, seed)), seed).distinct


@pytest.mark.parametrize("seed", SEEDS)
def test_rings_and_moons_are_groups(seed):
    rng = np.random.default_rng(seed)
    angle = rng.uniform(0, 2 * np.pi, 600)
    ring = np.column_stack([np.cos(angle), np.sin(angle)])
    rings = np.concatenate([4 * ring, ring]) + rng.normal(scale=0.1, size=(1200, 2))
    half = np.column_stack([np.cos(angle / 2), np.sin(angle / 2)])
    moons = np.concatenate([half, [1, 0.5] - half]) + rng.normal(scale=0.05, size=(1200, 2))
    assert grouping(rings, seed).distinct
    assert grouping(moons, seed).distinct


@pytest.mark.parametrize("seed", SEEDS)
def test_even_noise_is_called_weak_though_its_silhouette_is_above_a_quarter(seed):
    found = selection.study(clouds("uniform", 2, seed, 800), (1, 8), 42)
    assert found.rows["silhouette"].max() > 0.35
    assert found.weak
    assert "continuum, not distinct groups" in found.headline
    assert any(r.lead == "No distinct groups." and "no gap" in r.text for r in found.reasons if r.kind == "against")


def test_islands_are_not_called_weak():
    found = selection.study(blobs([200, 200, 200], 4), (1, 8), 42)
    assert (found.chosen, found.weak) == (3, False)
    assert any("do fall into groups" in reason.lead for reason in found.reasons if reason.kind == "for")


def test_a_few_who_stand_far_apart_make_no_groups_of_the_others():
    cloud = clouds("gaussian", 3, 1)
    found = selection.study(np.concatenate([cloud, np.full((8, 3), 60.0)]), (1, 6), 42)
    assert found.rows["silhouette"].max() > 0.8
    assert found.weak


def test_counts_are_no_groups_for_being_whole_numbers():
    rng = np.random.default_rng(2)
    assert not grouping(standardised(rng.poisson(4, size=(1500, 2)).astype(float)), 42).distinct


def test_the_order_of_rows_changes_nothing_once_they_are_sorted():
    values = blobs([300, 200], 5)
    shuffled = np.random.default_rng(9).permutation(values)
    assert grouping(values[np.lexsort(values.T)], 42) == grouping(shuffled[np.lexsort(shuffled.T)], 42)


def brute_dip(values):
    """Half the most that two intervals hold over one, at any density of a fine grid: all pairs of ends."""
    x, n = np.sort(values), len(values)
    most = 0.0
    for density in np.geomspace(0.1, 20, 32) / (x[-1] - x[0]):
        held = {(i, j): (j - i + 1) / n - density * (x[j] - x[i]) for i in range(n) for j in range(i, n)}
        one = max(held.values())
        two = max((a + b for (_, j), a in held.items() for (i, _), b in held.items() if i > j), default=one)
        most = max(most, (two - one) / 2)
    return most


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(0, 50), min_size=4, max_size=9, unique=True))
def test_the_dip_is_half_the_excess_mass_of_two_intervals(numbers):
    values = np.array(numbers, dtype=float)
    # The levels stand on the inner 98 %: stretched so that both grids agree.
    low, high = np.quantile(values, [0.01, 0.99])
    found = dip(values)
    scale = (values.max() - values.min()) / (high - low)
    assert found == pytest.approx(brute_dip(values), abs=0.02 * scale)


def test_the_dip_of_even_numbers_lies_where_hartigan_and_hartigan_have_it():
    # Their table: in samples of 200 even numbers the dip stays under 0.0370 in 95 of 100, and half lie above 0.0214.
    rng = np.random.default_rng(4)
    dips = [dip(rng.uniform(size=200)) for _ in range(200)]
    assert np.quantile(dips, 0.5) == pytest.approx(0.0214, abs=0.002)
    assert np.quantile(dips, 0.95) == pytest.approx(0.0330, abs=0.005)


def test_two_like_heaps_have_the_largest_dip_there_is():
    assert dip(np.repeat([0.0, 1.0], 500)) == pytest.approx(0.25, abs=0.005)


def test_only_ties_are_spread():
    column = np.array([1.0, 1.0, 1.0, 4.0, 5.0])
    spread = untie(column, np.random.default_rng(1))
    assert spread[3:].tolist() == [4.0, 5.0]
    assert len(set(spread)) == 5
    assert (np.abs(spread[:3] - 1) <= 1.5).all()


@pytest.mark.parametrize("rows", [np.zeros((50, 3)), np.zeros((2, 1)), np.empty((0, 2))])
def test_customers_who_are_all_alike_are_no_groups(rows):
    assert not grouping(rows, 42).distinct
