"""Intervals of a campaign as a picture."""

import pytest

from dashboard.figures.intervals import Row, edge, height, intervals, sentence
from dashboard.theme import DARK, LIGHT

ROWS = [
    Row("Loyal <b>", 9.9, 2.7, 16.4, planned=4.0),
    Row("Tiny", 0.0, -60.0, 60.0),
    Row("All segments", 2.8, 0.4, 5.0, planned=4.0, whole=True),
]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_each_row_has_its_interval_its_mark_and_its_plan(theme):
    figure = intervals(ROWS, theme)
    lines = [each for each in figure.data if each.mode == "lines"]
    marks = [each for each in figure.data if each.mode == "markers"]
    assert [tuple(each.x) for each in lines][2] == (0.4, 5.0)
    assert [each.x[0] for each in marks] == [9.9, 4.0, 0.0, 2.8, 4.0]
    assert [each.y[0] for each in lines] == [2, 1, 0]


def test_a_wide_interval_of_a_small_segment_runs_to_the_edge_and_stands_in_words():
    figure, end = intervals(ROWS, LIGHT), edge(ROWS)
    lines = [each for each in figure.data if each.mode == "lines"]
    assert tuple(lines[1].x) == (-end, end)
    assert end < 20
    assert any("(−60.0 to +60.0)" in each.text for each in figure.layout.annotations)


def test_names_are_text():
    said = [each.text for each in intervals(ROWS, LIGHT).layout.annotations]
    assert "Loyal &lt;b&gt;" in said


def test_the_sentence_names_all_and_the_plan():
    assert sentence(ROWS) == (
        "Difference in points between treated and holdout, with 95 % interval: Loyal <b> +9.9 (+2.7 to +16.4); "
        "Tiny 0.0 (−60.0 to +60.0); All segments +2.8 (+0.4 to +5.0). Planned for all: +4.0."
    )


def test_nothing_to_compare_is_a_designed_picture():
    assert intervals([], LIGHT).layout.annotations[0].text == "Nothing to compare with"
    assert sentence([]) == "Nothing to compare with."
    assert height([]) > 100
