"""The map of correlations, and pairs in words."""

import numpy as np
import pandas as pd

from dashboard.figures import correlations
from dashboard.theme import DARK, LIGHT

LABELS = ["Income", "Web_visits", "Spend"]
MATRIX = np.array([[1.0, -0.64, 0.85], [-0.64, 1.0, np.nan], [0.85, np.nan, 1.0]])
PAIRS = pd.DataFrame(
    [
        ("age", "year", "Age", "Year", -1.0, 9, True, True),
        ("income", "spend", "Income", "Spend", 0.85, 9, False, False),
        ("income", "visits", "Income", "Web_visits", -0.64, 9, False, False),
    ],
    columns=["a", "b", "a_label", "b_label", "r", "known", "copy", "made"],
)


def test_the_map_runs_from_minus_one_to_one_and_leaves_the_diagonal_blank():
    for theme in (LIGHT, DARK):
        drawn = correlations.heat(LABELS, MATRIX, theme).data[0]
        assert (drawn.zmin, drawn.zmax) == (-1, 1)
        assert np.isnan(np.diag(np.array(drawn.z, dtype=float))).all()


def test_names_read_as_labels_and_are_not_html():
    ticks = correlations.heat(["<b>a</b>", *LABELS[1:]], MATRIX, LIGHT).layout.xaxis.ticktext
    assert ticks == ("&lt;b&gt;a&lt;/b&gt;", "Web visits", "Spend")


def test_one_column_has_nothing_to_go_with():
    assert "Fewer than two" in correlations.heat(["Income"], np.ones((1, 1)), LIGHT).layout.annotations[0].text


def test_the_headline_names_the_strongest_pair_that_is_no_copy():
    assert correlations.headline(PAIRS) == "Income and Spend go together most: +0.85"
    assert correlations.headline(PAIRS.iloc[:1]) == "Nothing goes together beyond what says the same"


def test_a_pair_is_said_in_a_sentence():
    assert correlations.in_words(PAIRS.iloc[2].to_dict()) == "The more Income, the less Web visits: clearly"
