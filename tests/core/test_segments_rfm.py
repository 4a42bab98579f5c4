from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.segments.scores.rfm import GROUPS, MAP, edges, grid, group_of, rfm, score
from tests.core.shops import Source, crowd, people

# Rows R 5 to 1, columns FM 5 to 1, as in the table of definitions.
DEFINED = """
Champions | Champions | Loyal | Potential loyalist | Recent
Champions | Loyal | Potential loyalist | Potential loyalist | Promising
Loyal | Loyal | Potential loyalist | Needs attention | Promising
At risk | At risk | Needs attention | Needs attention | About to sleep
Can't lose | Can't lose | At risk | Hibernating | Lost
"""
VALUES = st.lists(st.integers(0, 50), min_size=1, max_size=60)


def test_every_code_falls_into_exactly_one_of_eleven_groups():
    slugs = {group.slug for group in GROUPS}
    seen = set()
    for r, f, m in product(range(1, 6), repeat=3):
        fm, group = group_of(np.array([r]), np.array([f]), np.array([m]))
        assert fm[0] == int((f + m) / 2 + 0.5)
        assert group[0] == MAP[r, fm[0]]
        seen.add(str(group[0]))
    assert len(slugs) == len(GROUPS) == 11
    assert seen == slugs
    assert len(MAP) == 25


def test_the_map_is_the_defined_one():
    labels = {group.slug: group.label for group in GROUPS}
    for r, row in zip(range(5, 0, -1), DEFINED.strip().splitlines(), strict=True):
        assert [labels[MAP[r, fm]] for fm in range(5, 0, -1)] == row.split(" | ")


def test_groups_have_colours_of_their_own():
    assert sorted(group.colour for group in GROUPS) == list(range(11))


def test_ten_different_values_get_two_customers_a_score():
    values = np.arange(10.0)
    assert list(score(values, edges(values))) == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert list(score(values, edges(values, falling=True), falling=True)) == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]


@settings(max_examples=40, deadline=None)
@given(VALUES, st.booleans())
def test_scores_are_those_of_mid_rank_percentiles(values, falling):
    column = pd.Series(values, dtype=float)
    percentile = (-column if falling else column).rank(method="average", pct=True).to_numpy()
    expected = 1 + sum((percentile > cut + 1e-9).astype(int) for cut in (0.2, 0.4, 0.6, 0.8))
    found = score(column.to_numpy(), edges(column.to_numpy(), falling=falling), falling=falling)
    assert list(found) == list(expected)


@settings(max_examples=25, deadline=None)
@given(VALUES)
def test_equal_values_get_equal_scores_and_larger_values_never_smaller_ones(values):
    column = np.array(values, dtype=float)
    scores = score(column, edges(column))
    assert (np.diff(scores[np.argsort(column, kind="stable")]) >= 0).all()
    assert all(len(set(scores[column == value])) == 1 for value in values)


@settings(max_examples=25, deadline=None)
@given(VALUES, st.floats(-5, 60))
def test_a_new_customer_is_scored_between_neighbours_without_ranking_again(values, new):
    column = np.array(values, dtype=float)
    cuts = edges(column)
    found = score(np.array([new]), cuts)[0]
    below, above = column[column <= new], column[column >= new]
    assert 1 <= found <= 5
    assert not len(below) or found >= score(below.max(keepdims=True), cuts)[0]
    assert not len(above) or found <= score(above.min(keepdims=True), cuts)[0]


def test_the_order_of_rows_changes_no_score():
    frame = crowd(120)
    mixed = frame.sample(frac=1, random_state=3)
    straight, other = rfm(Source(frame)).scores, rfm(Source(mixed)).scores
    pd.testing.assert_frame_equal(straight, other)


def test_a_score_nobody_has_is_stated():
    frame = people(range(1, 11), [1] * 7 + [2, 3, 4], range(100, 1100, 100))
    sentences = rfm(Source(frame)).empty
    assert sentences == [
        "Nobody has scores 1 and 3 for orders: 7 of 10 customers ordered once, and equal customers get equal scores."
    ]


def test_the_grid_always_has_25_cells_and_counts_everybody_once():
    frame = crowd(60)
    scored = rfm(Source(frame))
    found = grid(Source(frame), scored=scored)
    assert len(found.cells) == 25
    assert found.cells["customers"].sum() == found.customers == 60
    assert found.cells["cents"].sum() == found.cents == frame["cents"].sum()
    assert found.cells["share"].sum() == pytest.approx(1)


def test_the_grid_of_a_narrower_slice_keeps_the_scores_of_all():
    frame = crowd(60)
    scored = rfm(Source(frame))
    orders = pd.DataFrame({"customer": [0, 0, 5], "cents": [100, 50, 70], "counted": [1, 0, 1]})
    found = grid(Source(frame, orders), scored=scored)
    assert (found.customers, found.cents) == (2, 220)
    filled = found.cells[found.cells["customers"] > 0]
    assert set(filled["r"]) == set(scored.scores["r"][[0, 5]])
