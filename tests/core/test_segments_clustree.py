import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.segments.choosing.clustree import tree


def repeated(*groups):
    return np.repeat([group for group, _ in groups], [times for _, times in groups])


ONE = np.zeros(10, dtype=int)
TWO = repeated((0, 6), (1, 4))
THREE = repeated((2, 3), (0, 3), (1, 4))
IDS = repeated((5, 3), (9, 3), (7, 4))


def crossings(edges):
    found = 0
    for _, level in edges.groupby("k"):
        pairs = level[["source", "target"]].to_numpy()
        found += sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for i, a in enumerate(pairs) for b in pairs[i + 1 :])
    return found


def test_customers_are_followed_from_one_number_to_the_next():
    nodes, edges = tree({1: ONE, 2: TWO, 3: THREE}, IDS, 3)
    assert nodes.groupby("k")["customers"].apply(sorted).tolist() == [[10], [4, 6], [3, 3, 4]]
    split = edges[(edges["k"] == 2) & (edges["share_source"] == 0.5)]
    assert split["customers"].tolist() == [3, 3]
    assert split["share_target"].tolist() == [1.0, 1.0]


def test_a_group_has_the_segment_that_most_of_its_customers_are_in():
    nodes, _ = tree({1: ONE, 2: TWO, 3: THREE}, IDS, 3)
    assert nodes[nodes["k"] == 1][["id", "purity"]].to_numpy().tolist() == [[7, 0.4]]
    used = nodes[nodes["used"]]
    assert sorted(used["id"]) == [5, 7, 9]
    assert (used["purity"] == 1).all()


def test_a_tree_is_drawn_without_a_crossing():
    _, edges = tree({1: ONE, 2: 1 - TWO, 3: THREE}, IDS, 3)
    assert crossings(edges) == 0


def test_each_group_but_the_new_one_goes_on_from_one_before():
    _, edges = tree({1: ONE, 2: TWO, 3: THREE}, IDS, 3)
    assert edges[edges["heir"]].groupby("k").size().tolist() == [1, 2]


def test_customers_in_no_segment_give_no_colour():
    nodes, _ = tree({2: TWO}, np.where(TWO == 1, -1, 4), 0)
    assert sorted(zip(nodes["id"], nodes["customers"], strict=True)) == [(0, 4), (4, 6)]


@settings(max_examples=25, deadline=None)
@given(st.integers(5, 60), st.integers(3, 7), st.integers(0, 1000))
def test_nobody_is_lost_on_the_way(customers, last, seed):
    rng = np.random.default_rng(seed)
    levels = {k: np.unique(rng.integers(0, k, customers), return_inverse=True)[1] for k in range(1, last)}
    nodes, edges = tree(levels, rng.integers(1, 4, customers), 3)
    assert (nodes.groupby("k")["customers"].sum() == customers).all()
    assert (edges.groupby("k")["customers"].sum() == customers).all()
    for k, level in nodes.groupby("k"):
        assert sorted(level["group"]) == list(range(len(level)))
        out = edges[edges["k"] == k]
        if len(out):
            sums = out.groupby("source")["share_source"].sum()
            assert sums.to_numpy() == pytest.approx(np.ones(len(sums)))
