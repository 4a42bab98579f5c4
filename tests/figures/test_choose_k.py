"""Figures for choosing the number of segments, from small frames."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from dashboard.figures import sweep
from dashboard.theme import LIGHT, segment_colour

ROWS = pd.DataFrame(
    {
        "k": [1, 2, 3, 4], "inertia": [100.0, 40.0, 30.0, 25.0], "silhouette": [np.nan, 0.6, 0.4, 0.3],
        "silhouette_low": [np.nan, 0.6, 0.4, 0.3], "silhouette_high": [np.nan, 0.6, 0.4, 0.3],
    }
)  # fmt: skip
NAMES = [SimpleNamespace(id=1, name="Best", colour=0), SimpleNamespace(id=2, name="The rest of them all", colour=3)]
SEGMENTS = pd.DataFrame({"id": [1, 2], "customers": [10, 30], "mean": [0.5, 0.2], "below": [0.0, 0.1]})
POINTS = pd.DataFrame({"id": [1, 1, 2, 2], "position": [0.0, 1.0, 0.0, 1.0], "width": [0.6, 0.4, 0.5, -0.1]})


def words(figure):
    return " ".join(note.text for note in figure.layout.annotations)


def test_inertia_starts_at_zero_and_rings_the_elbow():
    figure = sweep.inertia(ROWS, LIGHT, elbow=2, in_use=3)
    ring = figure.data[-1]
    assert (list(ring.x), list(ring.y)) == ([2], [40.0])
    assert figure.layout.yaxis.range[0] == 0
    assert "Elbow suggests 2" in words(figure)


def test_the_chord_runs_from_the_first_to_the_last_k():
    chord = sweep.inertia(ROWS, LIGHT, elbow=2, in_use=3).data[0]
    assert (list(chord.x), list(chord.y)) == ([1, 4], [100.0, 25.0])


def test_the_number_in_use_has_a_band_where_it_lies_in_the_range():
    assert "in use" in words(sweep.inertia(ROWS, LIGHT, elbow=2, in_use=3))
    assert "in use" not in words(sweep.inertia(ROWS, LIGHT, elbow=2, in_use=9))


def test_the_silhouette_begins_at_two_and_shows_where_groups_end():
    figure = sweep.silhouette(ROWS, LIGHT, best=2, in_use=3)
    assert list(next(t for t in figure.data if t.name == "line").x) == [2, 3, 4]
    assert "under 0.25" in words(figure)
    assert any(shape.y0 == 0.25 for shape in figure.layout.shapes)


def test_only_a_sampled_silhouette_has_whiskers():
    exact = sweep.silhouette(ROWS, LIGHT, best=2, in_use=3)
    sampled = sweep.silhouette(ROWS.assign(silhouette_high=ROWS["silhouette"] + 0.02), LIGHT, best=2, in_use=3)
    assert exact.data[0].error_y.array is None
    assert sampled.data[0].error_y.array[0] == pytest.approx(0.02)


def test_the_headline_names_the_best_and_the_next():
    assert sweep.silhouette_headline(ROWS, 2) == "The silhouette is highest at 2: 0.600, then 0.400 at 3"
    close = ROWS.assign(silhouette=[np.nan, 0.6, 0.595, 0.3])
    assert sweep.silhouette_headline(close, 2) == "The silhouette is highest at 2: 0.600, 3 hardly behind"


def test_each_segment_is_a_filled_shape_in_its_colour():
    figure = sweep.blades(POINTS, SEGMENTS, NAMES, LIGHT, mean=0.3)
    assert [trace.fillcolor for trace in figure.data] == [segment_colour(0), segment_colour(3)]
    assert list(figure.data[1].x) == [0, 0.5, -0.1, 0]
    assert "all customers 0.300" in words(figure)


def test_shapes_are_as_tall_as_segments_have_customers():
    figure = sweep.blades(POINTS, SEGMENTS, NAMES, LIGHT, mean=0.3)
    heights = [max(trace.y) - min(trace.y) for trace in figure.data]
    assert heights == pytest.approx([0.25, 0.75])


def test_the_clearest_and_the_softest_segment_are_named():
    assert sweep.blades_headline(SEGMENTS, {1: "Best", 2: "Rest"}) == "Clearest: Best; softest: Rest"


def test_nothing_to_compare_is_said():
    assert words(sweep.inertia(ROWS[:0], LIGHT, elbow=2, in_use=2))
    assert words(sweep.silhouette(ROWS[:0], LIGHT, best=2, in_use=2))
    assert words(sweep.blades(POINTS[:0], SEGMENTS, NAMES, LIGHT, mean=0.0))
