"""Figures of products."""

import pandas as pd

from dashboard.figures import products
from dashboard.theme import DARK, LIGHT


def index(values):
    return pd.DataFrame([("7", "HOLLY WREATH", month, value) for month, value in enumerate(values, 1)],
                        columns=["code", "name", "month", "index"])  # fmt: skip


def test_the_best_are_ranked_by_the_chosen_measure_and_ties_by_code():
    rows = pd.DataFrame({"code": ["b", "a", "c"], "revenue": [5, 5, 9], "buyers": [3, 1, 2]})
    assert list(products.best(rows, "revenue", 2)["code"]) == ["c", "a"]
    assert list(products.best(rows, "buyers", 3)["code"]) == ["b", "c", "a"]


def test_the_pile_starts_at_nothing_and_ends_at_everything():
    figure = products.pile(pd.DataFrame({"cumulative": [0.7, 0.9, 1.0]}), LIGHT)
    assert list(figure.data[0].y) == [0, 70, 90, 100]
    assert "A: to 2" in [a.text for a in figure.layout.annotations]
    assert "B: to 3" in [a.text for a in figure.layout.annotations]


def test_nothing_sold_is_said_in_the_picture():
    figure = products.pile(pd.DataFrame({"cumulative": []}), DARK)
    assert "No revenue" in figure.layout.annotations[0].text


def test_the_sharpest_season_is_named():
    values = [0.2] * 10 + [4.0, 1.0]
    assert products.season_sentence(index(values)) == "Holly Wreath sells 4.0 times its average in November"
    assert products.seasons(index(values)) == [("HOLLY WREATH", values)]


def test_a_month_that_was_never_whole_stays_empty():
    assert products.seasons(index([float("nan")] + [1.0] * 11))[0][1][0] is None


def test_few_units_say_nothing_about_returns():
    rows = pd.DataFrame({"code": ["a", "b"], "sold": [19, 100], "returned": [19, 5], "return_rate": [1.0, 0.05]})
    assert list(products.returned(rows)["code"]) == ["b"]
