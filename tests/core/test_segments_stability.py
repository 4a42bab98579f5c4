import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import NotEnoughDataError
from core.segments.choosing.arguments import returning
from core.segments.choosing.resampling import overlap, resampled, several
from core.segments.choosing.stability import RESAMPLES, band, summary
from core.segments.dividing import clusterer

KMEANS = clusterer.of("kmeans")


def islands(sizes, apart=20.0, seed=1):
    rng = np.random.default_rng(seed)
    return np.concatenate([rng.normal((apart * i, 0), 1, (n, 2)) for i, n in enumerate(sizes)])


def as_sets(groups, found):
    """The definition: the share of those in both among those in either, of the most similar."""
    whole = [set(np.flatnonzero(found == each)) for each in np.unique(found[found >= 0])]
    wanted = []
    for each in range(groups.max() + 1):
        mine = set(np.flatnonzero(groups == each))
        wanted.append(max((len(mine & other) / len(mine | other) for other in whole), default=0.0) if mine else np.nan)
    return wanted


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(-1, 3), st.integers(-1, 4)), min_size=1, max_size=40))
def test_overlap_is_the_jaccard_of_sets(pairs):
    groups, found = np.array(pairs).T
    count = max(int(groups.max()) + 1, 0)
    wanted = as_sets(groups, found) if count else []
    np.testing.assert_allclose(overlap(groups, found, count), wanted)


def test_a_group_that_is_halved_overlaps_half():
    assert overlap(np.zeros(8, dtype=int), np.repeat([0, 1], 4), 1).tolist() == [0.5]


def test_a_group_that_is_lumped_with_one_as_large_overlaps_half():
    assert overlap(np.repeat([0, 1], 4), np.zeros(8, dtype=int), 2).tolist() == [0.5, 0.5]


def test_islands_come_back_every_time():
    values = islands([100, 60, 40])
    found = resampled(values, np.repeat([0, 1, 2], [100, 60, 40]), 3, KMEANS, 3, 42, 20)
    assert (found == 1).all()


def test_an_even_square_cut_into_five_does_not():
    values = np.random.default_rng(3).uniform(size=(400, 2))
    found = resampled(values, KMEANS.fit(values, 5, 42).labels, 5, KMEANS, 5, 42, 30)
    assert np.nanmean(found, axis=0).min() < 0.75


def test_other_seeds_agree_within_noise():
    values = islands([150, 150, 150], apart=4.0)
    groups = KMEANS.fit(values, 3, 42).labels
    means = [np.nanmean(resampled(values, groups, 3, KMEANS, 3, seed, 60), axis=0) for seed in (1, 2, 3)]
    assert np.ptp(means, axis=0).max() < 0.05


def test_the_same_seed_gives_the_same_overlaps_whatever_the_threads():
    values = np.random.default_rng(3).normal(size=(200, 3))
    groups = KMEANS.fit(values, 4, 42).labels
    first, second = (resampled(values, groups, 4, KMEANS, 4, 7, 12) for _ in range(2))
    np.testing.assert_array_equal(first, second)


def test_groups_of_no_similarity_to_the_fit_are_unstable():
    values = islands([100, 100])
    groups = np.random.default_rng(1).integers(0, 2, 200)
    assert np.nanmean(resampled(values, groups, 2, KMEANS, 2, 42, 10)) < 0.5


def test_a_group_that_was_never_drawn_has_no_band():
    assert summary(np.array([np.nan, np.nan]))["band"] == ""
    assert np.isnan(summary(np.array([np.nan]))["jaccard"])


@pytest.mark.parametrize(
    ("jaccard", "word"),
    [(0.0, "unstable"), (0.5999, "unstable"), (0.6, "doubtful"), (0.7499, "doubtful"), (0.75, "stable"),
     (0.85, "stable"), (0.8501, "highly stable"), (1.0, "highly stable"), (np.nan, "")],
)  # fmt: skip
def test_bands_are_those_of_clusterboot(jaccard, word):
    assert band(jaccard) == word


@pytest.mark.parametrize(
    ("least", "kind", "lead"),
    [(0.9, "for", "All four come back:"), (0.8, "for", "All four are stable:"),
     (0.7, "against", "One of them is doubtful:"), (0.5, "against", "One of them is unstable:")],
)  # fmt: skip
def test_stability_speaks_for_or_against_and_never_changes_the_number(least, kind, lead):
    rows = pd.DataFrame({"k": [4, 5], "least": [least, least], "mean": [least, least]})
    (reason,) = returning(rows, 4, RESAMPLES)
    assert (reason.kind, reason.lead) == (kind, lead)
    assert f"{least:.2f}" in reason.text


def test_where_stability_is_not_known_it_says_nothing():
    rows = pd.DataFrame({"k": [4], "least": [np.nan], "mean": [np.nan]})
    assert returning(rows, 4, RESAMPLES) == []
    assert returning(rows, 7, RESAMPLES) == []


class Nothing:
    """A method that finds no groups."""

    chooses_k = True

    def fit(self, values, k, seed, owner=None):
        raise NotEnoughDataError("No groups.")


def test_where_no_group_is_found_again_nothing_comes_back():
    found = resampled(islands([30, 30]), np.repeat([0, 1], 30), 2, Nothing(), 2, 42, 4)
    assert (found == 0).all()


def test_fewer_different_customers_than_groups_leave_it_open():
    values = np.repeat([[0.0], [1.0]], 20, axis=0)
    found = resampled(values, np.repeat([0, 1], 20), 2, KMEANS, 3, 42, 4)
    assert np.isnan(found).all()


def test_several_numbers_of_groups_are_drawn_again_as_each_alone():
    values = np.random.default_rng(3).normal(size=(120, 2))
    ward = clusterer.of("ward")
    groups = {k: ward.fit(values, k, 42).labels for k in (2, 4)}
    for k, found in several(values, groups, ward, 42, 6).items():
        np.testing.assert_array_equal(found, resampled(values, groups[k], k, ward, k, 42, 6))
