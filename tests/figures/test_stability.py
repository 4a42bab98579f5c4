"""How well segments come back, and how customers split, from small frames."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from core.segments.choosing.clustree import tree
from dashboard.figures import clustree, stability
from dashboard.theme import DARK, LIGHT, segment_colour

NAMES = [SimpleNamespace(id=1, name="Best", colour=0), SimpleNamespace(id=4, name="<b>Rest</b>", colour=3)]
LEVELS = {1: np.zeros(10, dtype=int), 2: np.repeat([0, 1], [6, 4]), 3: np.repeat([0, 1, 2], [4, 2, 4])}
NODES, EDGES = tree(LEVELS, np.repeat([1, 4], [6, 4]), 2)


def rows(*jaccards):
    found = [
        {"id": id, "jaccard": j, "low": j - 0.1, "high": min(j + 0.1, 1.0), "spread": 0.05, "dissolved": 0.0,
         "band": "doubtful" if j < 0.75 else "highly stable"}
        for id, j in zip((1, 4), jaccards, strict=False)
    ]  # fmt: skip
    return pd.DataFrame(found)


def said(figure):
    return " ".join(note.text for note in figure.layout.annotations)


def test_a_dot_stands_at_the_mean_and_a_line_spans_the_resamples():
    figure = stability.overlaps(rows(0.9, 0.7), NAMES, LIGHT)
    line, dot = figure.data[:2]
    assert list(line.x) == pytest.approx([0.8, 1.0])
    assert (list(dot.x), dot.marker.color) == ([0.9], segment_colour(0))


def test_every_band_is_named_and_every_name_is_text():
    shown = said(stability.overlaps(rows(0.9, 0.7), NAMES, DARK))
    assert all(word in shown for word in ("unstable", "doubtful", "stable", "highly"))
    assert "&lt;b&gt;Rest" in shown


def test_what_lies_left_of_the_picture_stays_at_its_edge():
    assert stability.overlaps(rows(0.1, 0.7), NAMES, LIGHT).data[1].x[0] == stability.LEFT


@pytest.mark.parametrize(
    ("jaccards", "words"),
    [((0.9, 0.95), "Both always come back; Best blur the most"), ((0.8, 0.9), "Both come back; Best blur the most"),
     ((0.7, 0.9), "Best are doubtful, the rest come back"), ((0.7, 0.65), "Both are doubtful")],
)  # fmt: skip
def test_the_headline_names_what_does_not_come_back(jaccards, words):
    assert stability.headline(rows(*jaccards), NAMES) == words


def test_no_segment_to_draw_again_is_said():
    nothing = rows(0.9, 0.9).assign(jaccard=np.nan)
    assert said(stability.overlaps(nothing, NAMES, LIGHT))
    assert "No segment" in stability.headline(nothing, NAMES)


def test_a_group_is_a_mark_in_the_row_of_its_number():
    figure = clustree.tree(NODES, EDGES, NAMES, LIGHT, in_use=2)
    marks = figure.data[0]
    assert list(marks.y) == [1, 2, 2, 3, 3, 3]
    assert {segment_colour(0), segment_colour(3)} <= set(marks.marker.color)
    assert "<b>2</b>" in figure.layout.yaxis.ticktext


def test_a_group_that_no_segment_has_half_of_has_no_segments_colour():
    even = NODES.assign(purity=0.4)
    assert set(clustree.tree(even, EDGES, NAMES, LIGHT, in_use=2).data[0].marker.color) == {LIGHT.mark}


def test_streams_are_as_wide_as_they_have_customers():
    shapes = [s for s in clustree.tree(NODES, EDGES, NAMES, LIGHT, in_use=2).layout.shapes if s.type == "path"]
    assert len(shapes) == len(EDGES)
    widths = sorted(shape.line.width for shape in shapes)
    assert widths[-1] > widths[0]


def test_the_sentence_names_whom_the_next_group_would_be_drawn_from():
    told = clustree.sentence(NODES, EDGES, NAMES, 2)
    assert "parts" in told
    assert "A third would take its 2 customers from Best (100 %)." in told


def test_the_newest_segment_is_told_from_those_that_go_on():
    nodes, edges = tree(LEVELS, np.repeat([1, 4, 7], [4, 2, 4]), 3)
    names = [SimpleNamespace(id=i, name=n, colour=i) for i, n in ((1, "Best"), (4, "New ones"), (7, "Quiet"))]
    assert clustree.headline(nodes, edges, names, 3) == "From two to three: New ones come up"
    assert "New ones come up, out of what stays Best (100 %)" in clustree.sentence(nodes, edges, names, 3)


def test_without_a_row_in_use_nothing_is_named():
    nodes, edges = tree(LEVELS, np.repeat([1, 4], [6, 4]), 0)
    assert clustree.headline(nodes, edges, NAMES, 0).startswith("From 1 to 3 groups")
    assert clustree.sentence(nodes, edges, NAMES, 0) == ""


def test_no_groups_to_follow_is_said():
    assert said(clustree.tree(NODES[:0], EDGES[:0], NAMES, LIGHT, in_use=2))
