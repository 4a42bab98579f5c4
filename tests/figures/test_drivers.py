"""Figures of what sets segments apart, from small frames."""

from types import SimpleNamespace

import pandas as pd
import pytest

from dashboard.figures import drivers
from dashboard.theme import LIGHT

ROWS = pd.DataFrame(
    {
        "feature": ["monetary", "frequency"], "label": ["Spend", "Orders <i>"], "impurity": [0.7, 0.3],
        "permutation": [0.4, 0.1], "permutation_sd": [0.02, 0.01],
    }
)  # fmt: skip


def test_both_measures_stand_side_by_side_in_the_same_order():
    shuffled, split = drivers.bars(ROWS, LIGHT).select_traces({"type": "bar"})
    assert list(shuffled.x) == pytest.approx([40, 10])
    assert list(split.x) == pytest.approx([70, 30])
    assert list(shuffled.y) == list(split.y)


def test_permutation_shows_its_spread_and_impurity_has_none():
    shuffled, split = drivers.bars(ROWS, LIGHT).select_traces({"type": "bar"})
    assert list(shuffled.error_x.array) == pytest.approx([2, 1])
    assert split.error_x.array is None


def test_the_first_row_is_on_top_and_bars_start_at_zero():
    figure = drivers.bars(ROWS, LIGHT)
    assert figure.layout.yaxis.autorange == "reversed"
    assert figure.layout.xaxis.range[0] == figure.layout.xaxis2.range[0] == 0


def test_a_feature_name_is_text():
    assert all("<i>" not in label for trace in drivers.bars(ROWS, LIGHT).data for label in trace.y)


def test_the_headline_says_whether_the_measures_agree():
    assert drivers.headline(ROWS) == "Spend: most important by both measures"
    disagree = ROWS.assign(impurity=[0.3, 0.7])
    assert drivers.headline(disagree) == "Shuffled, spend is missed most; by splits, orders <i> leads"


def test_no_features_are_said():
    assert drivers.bars(ROWS[:0], LIGHT).layout.annotations


def test_accuracy_can_be_taken_along_beside_guessing():
    found = SimpleNamespace(accuracy=0.9, baseline=0.4, held_out=25, trained=75, customers=100, sampled=0)
    assert drivers.accuracy(found).loc[0, ["accuracy", "baseline"]].tolist() == [0.9, 0.4]
