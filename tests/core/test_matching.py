"""Segments are recognised by their customers: hand-made cases."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.segments.keeping.matching import match
from core.segments.keeping.tidings import tell


def division(**sizes):
    """Customers by id: ``division(a=(1, 3))`` has a0, a1, a2 in segment 1."""
    return pd.Series({f"{letter}{n}": segment for letter, (segment, many) in sizes.items() for n in range(many)})


def said(before, after, **more):
    found = match(before, after, **more)
    old = {each: f"Old {each}" for each in found.olds}
    new = {each: f"Old {found.kept[each]}" if each in found.kept else f"New {each}" for each in found.news}
    return found, " ".join(tell(found, old, new)).replace("\xa0", " ")


BEFORE = division(a=(1, 40), b=(2, 30), c=(3, 20))


def test_the_same_groups_under_other_numbers_are_the_same_segments():
    found, words = said(BEFORE, BEFORE.map({1: 3, 2: 1, 3: 2}).sample(frac=1, random_state=1))
    assert found.kept == {3: 1, 1: 2, 2: 3}
    assert words == "All 3 segments are still there: 100 % of the 90 customers who are in both are where they were."


def test_a_few_customers_who_move_change_nothing_but_the_count():
    after = BEFORE.copy()
    after[["a0", "a1", "b0"]] = [2, 2, 3]
    found, words = said(BEFORE, after)
    assert found.kept == {1: 1, 2: 2, 3: 3}
    assert "96.7 % of the 90 customers" in words
    assert "split" not in words
    assert "merged" not in words


def test_of_a_split_the_larger_part_goes_on_and_the_smaller_is_new():
    after = division(a=(1, 40), b=(2, 30), c=(3, 20)).where(lambda s: ~s.index.isin([f"a{n}" for n in range(15)]), 9)
    found, words = said(BEFORE, after)
    assert found.kept == {1: 1, 2: 2, 3: 3}
    assert found.fresh == [9]
    assert "Old 1 was split: of its customers 62 % are now in Old 1, 38 % in New 9." in words
    assert "New 9 is new" not in words


def test_a_split_into_halves_that_are_too_small_gives_two_new_segments():
    after = BEFORE.copy()
    for place, number in enumerate((7, 8, 9)):
        after[[f"a{n}" for n in range(40) if n % 3 == place]] = number
    found, words = said(BEFORE, after)
    assert found.gone == [1]
    assert found.fresh == [7, 8, 9]
    assert "Old 1 was split" in words


def test_of_a_merge_the_larger_one_goes_on():
    found, words = said(BEFORE, BEFORE.replace({3: 1}))
    assert found.kept == {1: 1, 2: 2}
    assert found.gone == [3]
    assert "Old 3 was merged into Old 1." in words


def test_equals_that_merge_keep_one_of_the_two_and_only_one():
    before = division(a=(1, 10), b=(2, 10), c=(3, 10))
    found, words = said(before, before.replace({2: 1}))
    assert len(found.kept) == 2
    assert len(found.gone) == 1
    assert "merged" in words


def test_a_segment_whose_customers_left_altogether_is_gone():
    found, words = said(BEFORE, BEFORE[BEFORE != 2])
    assert (found.kept, found.gone) == ({1: 1, 3: 3}, [2])
    assert "Old 2 is gone: none of its customers is here any more." in words


def test_a_segment_that_dissolves_says_where_its_customers_are():
    after = BEFORE.copy()
    after[[f"c{n}" for n in range(12)]] = 1
    after[[f"c{n}" for n in range(12, 20)]] = 2
    words = said(BEFORE, after)[1]
    assert "merged" in words or "Old 3 is gone: of its customers 60 % are now in Old 1, 40 % in Old 2." in words


def test_customers_who_came_later_are_no_matter():
    later = pd.concat([BEFORE, division(n=(1, 500), m=(2, 3))])
    found, words = said(BEFORE, later)
    assert found.kept == {1: 1, 2: 2, 3: 3}
    assert found.common == 90
    assert "100 % of the 90 customers" in words


def test_a_segment_of_newcomers_alone_is_new():
    words = said(BEFORE, pd.concat([BEFORE, division(n=(4, 50))]))[1]
    assert "“New 4” is a new segment: none of its customers was there before." in words


def test_a_new_segment_says_which_segments_it_came_from_and_how_many_are_newcomers():
    after = pd.concat([BEFORE, division(n=(4, 10))])
    after[["a0", "a1", "a2", "a3", "b0", "b1"]] = 4
    words = said(BEFORE, after)[1]
    told = (
        "“New 4” is a new segment: of its customers 25 % come from Old 1, 12 % from Old 2, 62 % were not there before."
    )
    assert told in words


def test_one_more_and_one_fewer_segment_keep_all_that_can_be_kept():
    more = said(BEFORE, BEFORE.where(~BEFORE.index.isin(["a0", "a1", "b0"]), 4))[0]
    fewer = said(BEFORE, BEFORE.replace({3: 2}))[0]
    assert (len(more.kept), more.fresh, more.gone) == (3, [4], [])
    assert (len(fewer.kept), fewer.fresh, fewer.gone) == (2, [], [3])


def test_strangers_alone_are_told_to_be_strangers():
    found, words = said(BEFORE, division(x=(1, 10), y=(2, 10)))
    assert found.kept == {}
    assert words == "None of these customers is in the saved segmentation, so every segment is new."


def test_an_overlap_of_exactly_one_half_is_enough_and_less_is_not():
    before = division(a=(1, 20), b=(2, 20))
    half = before.where(~before.index.isin([f"a{n}" for n in range(10)]), 3)
    less = before.where(~before.index.isin([f"a{n}" for n in range(11)]), 3)
    assert match(before, half).kept[1] == 1
    assert 1 not in match(before, less).kept


def test_those_in_no_group_are_always_the_same_segment_and_never_another():
    before, after = division(a=(1, 20), b=(5, 3)), division(a=(1, 20), c=(8, 2))
    assert match(before, after, apart=(5, 8)).kept == {1: 1, 8: 5}
    assert match(before, before, apart=(5, 0)).kept == {1: 1}


def test_two_small_overlaps_never_outweigh_one_of_half_or_more():
    # 20 shared of 38 in either is more than half; 9 of 29 twice adds up to more and is nothing.
    before = division(a=(1, 29), b=(2, 9))
    after = before.copy()
    after[[f"a{n}" for n in range(9)]] = 2
    after[[f"b{n}" for n in range(9)]] = 1
    found = match(before, after)
    assert found.kept == {1: 1}
    assert (found.gone, found.fresh) == ([2], [2])


def test_those_apart_for_another_reason_are_another_segment():
    before, after = division(a=(1, 20), b=(5, 3)), division(a=(1, 20), b=(8, 3))
    assert match(before, after, apart=(5, 8)).kept == {1: 1, 8: 5}
    assert match(before, after, apart=(5, 8), alike=False).kept == {1: 1}


def test_a_segment_with_other_customers_is_new_though_the_saved_rules_draw_it():
    # The newcomers of then are regulars now, and others are new.
    before = division(a=(1, 40), n=(2, 20))
    after = pd.concat([division(a=(1, 40)), division(n=(1, 20)), division(m=(2, 22))])
    by_rules = np.where(after.index.str.startswith("m"), 2, 1)
    assert match(before, after).kept == {1: 1}
    found, words = said(before, after, ruled=by_rules)
    assert found.kept == {1: 1}
    assert (found.fresh, found.gone, found.ruled) == ([2], [2], {2: 2})
    assert "New 2 has other customers than Old 2 had, whose rules would draw much the same now." in words


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 5)), min_size=1, max_size=60), st.randoms())
@settings(max_examples=25, deadline=None)
def test_matching_pairs_one_to_one_and_does_not_look_at_numbers_or_order(rows, order):
    ids = [f"c{n}" for n in range(len(rows))]
    before, after = (pd.Series([row[side] for row in rows], index=ids) for side in (0, 1))
    found = match(before, after)
    assert len(set(found.kept.values())) == len(found.kept)
    for new, old in found.kept.items():
        mine, theirs = set(before.index[before == old]), set(after.index[after == new])
        assert len(mine & theirs) / len(mine | theirs) >= 0.5
    shuffled = list(ids)
    order.shuffle(shuffled)
    again = match(before[shuffled], after.map({n: 10 - n for n in range(1, 6)}))
    strict = {new: old for new, old in found.kept.items() if _jaccard(before, after, old, new) > 0.5}
    assert all(again.kept[10 - new] == old for new, old in strict.items())
    pairs = [(new, old) for new in set(after) for old in set(before) if _jaccard(before, after, old, new) > 0.5]
    assert all(found.kept[new] == old for new, old in pairs)


def _jaccard(before, after, old, new):
    mine, theirs = set(before.index[before == old]), set(after.index[after == new])
    return len(mine & theirs) / len(mine | theirs)


@pytest.mark.parametrize("many", [1, 2, 5])
def test_the_first_sentence_counts_the_segments(many):
    before = division(**{letter: (place + 1, 5) for place, letter in enumerate("abcde"[:many])})
    start = {1: "The segment is", 2: "Both segments are", 5: "All 5 segments are"}[many]
    assert said(before, before)[1].startswith(start)
