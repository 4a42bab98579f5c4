"""Pictures and words of methods side by side, from small frames."""

import numpy as np
import pandas as pd
import pytest

from dashboard.figures import methods
from dashboard.theme import LIGHT, segment_colour

POINTS = pd.DataFrame({"x": [0.0, 1, 2, 3], "y": [0.0, 2, 1, 3], "kmeans": [1, 1, 2, 2], "hdbscan": [1, 2, 2, 3]})
SEGMENTS = pd.DataFrame(
    {
        "method": ["kmeans"] * 2 + ["hdbscan"] * 3, "id": [1, 2, 1, 2, 3], "apart": [False] * 2 + [True, False, False],
        "name": ["Champions <b>", "Gone quiet", "On their own", "A", "B"], "customers": [2, 2, 1, 2, 1],
        "share": [0.5, 0.5, 0.25, 0.5, 0.25], "colour": [4, 0, -1, 4, 0],
    }
)  # fmt: skip
METHODS = pd.DataFrame(
    {
        "method": ["kmeans", "ward", "hdbscan", "medoids"], "label": ["K-Means", "Ward", "HDBSCAN", "Medoids"],
        "reason": ["", "", "", "Medoids cannot."], "alone": [0, 0, 9, np.nan],
        "silhouette": [0.4, 0.3, 0.9, np.nan], "calinski_harabasz": [90, 120, 999, np.nan],
        "davies_bouldin": [0.8, 1.2, 0.1, np.nan],
    }
)  # fmt: skip
PAIRS = pd.DataFrame({"a": ["kmeans", "kmeans", "ward"], "b": ["ward", "hdbscan", "hdbscan"], "rand": [0.7, 0.2, 0.1]})


def test_every_customer_is_a_point_in_the_colour_of_their_segment():
    first, second = methods.picture(POINTS, SEGMENTS, "kmeans", LIGHT).data
    assert list(first.x) == [0, 1]
    assert (first.marker.color, second.marker.color) == (segment_colour(4), segment_colour(0))


def test_who_is_on_their_own_is_hollow_and_drawn_below_the_others():
    alone = methods.picture(POINTS, SEGMENTS, "hdbscan", LIGHT).data[0]
    assert alone.marker.symbol == "circle-open"
    assert list(alone.x) == [0]


def test_all_maps_have_the_same_axes():
    one, other = (methods.picture(POINTS, SEGMENTS, slug, LIGHT).layout for slug in ("kmeans", "hdbscan"))
    assert (one.xaxis.range, one.yaxis.range) == (other.xaxis.range, other.yaxis.range)


def test_a_name_is_text():
    assert "<b>" not in methods.picture(POINTS, SEGMENTS, "kmeans", LIGHT).data[0].name


def test_no_customers_are_said():
    assert methods.picture(POINTS[:0], SEGMENTS, "kmeans", LIGHT).layout.annotations


def test_the_best_divides_everybody_and_less_is_better_where_it_is():
    assert methods.best(METHODS) == {"silhouette": "kmeans", "calinski_harabasz": "ward", "davies_bouldin": "kmeans"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Of the methods that place everybody, K-Means leads by two of three criteria"),
        (
            {"calinski_harabasz": [130, 120, 1, np.nan], "silhouette": 0.1, "davies_bouldin": 1, "alone": 0},
            "K-Means leads by all three criteria",
        ),
        ({"alone": [0, 9, 9, np.nan]}, "Only one method divides these customers"),
    ],
)
def test_the_headline_counts_the_criteria(changes, said):
    assert methods.headline(METHODS.assign(**changes)) == said


def test_the_matrix_is_symmetric_and_leaves_out_who_cannot():
    rows = methods.matrix(METHODS, PAIRS)
    assert [label for label, _ in rows] == ["K-Means", "Ward", "HDBSCAN"]
    assert rows[0][1] == [None, 0.7, 0.2]
    assert rows[1][1] == [0.7, None, 0.1]
    assert [row["label"] for row in methods.refused(METHODS)] == ["Medoids"]


def test_the_meaning_of_colours_is_said_with_whoever_is_on_their_own():
    assert "Hollow grey" in methods.colours(SEGMENTS, "K-Means")
    assert "Hollow grey" not in methods.colours(SEGMENTS[:2], "K-Means")


def test_a_far_customer_stands_at_the_edge_and_does_not_press_the_others_together():
    x = [*np.linspace(0, 1, 400), 500.0]
    points = pd.DataFrame({"x": x, "y": x, "kmeans": [1] * 400 + [2]})
    figure = methods.picture(points, SEGMENTS, "kmeans", LIGHT)
    low, high = figure.layout.xaxis.range
    assert high < 2
    assert low <= figure.data[1].x[0] <= high
