"""Figures of the overview."""

import pandas as pd
import pytest

from dashboard.figures import concentration, months
from dashboard.theme import DARK, LIGHT

DECEMBER = 2010 * 12 + 11


@pytest.fixture
def course():
    return pd.DataFrame({"month": [DECEMBER, DECEMBER + 1, DECEMBER + 2], "revenue": [57_042_273, 115_620_561, 90],
                         "orders": [1400, 2657, 1]})  # fmt: skip


def test_the_strongest_month_is_named_with_its_share(course):
    assert months.headline(course, "GBP") == "January 2011 brought most: £1.16 M, 67.0 % of the whole period"


def test_an_unfinished_month_is_hatched_and_cannot_be_the_peak():
    course = pd.DataFrame({"month": [DECEMBER, DECEMBER + 1], "revenue": [100, 900], "orders": [1, 9]})
    assert months.headline(course, "GBP", unfinished="Jan, to 9th").startswith("December 2010")
    figure = months.columns(course, LIGHT, "GBP", unfinished="Jan, to 9th")
    assert list(figure.data[0].marker.pattern.shape) == ["", "/"]


def test_a_period_that_begins_inside_a_month_hatches_it(course):
    figure = months.columns(course, LIGHT, "GBP", begun=True)
    assert list(figure.data[0].marker.pattern.shape) == ["/", "", ""]


def test_money_is_drawn_in_units_and_hovers_to_the_cent(course):
    bars = months.columns(course, DARK, "EUR").data[0]
    assert list(bars.y) == [570422.73, 1156205.61, 0.9]
    assert bars.customdata[0][1] == "€570,422.73"


def test_months_that_are_not_there_are_said_in_words(course):
    assert "No orders" in months.columns(course.iloc[:0], LIGHT, "GBP").layout.annotations[0].text


def test_the_curve_marks_what_the_smaller_four_fifths_bring():
    curve = pd.DataFrame({"customers": [0, 0.5, 0.8, 1], "revenue": [0, 0.1, 0.253, 1]})
    assert "80 % bring 25.3 %" in [a.text for a in concentration.lorenz(curve, LIGHT).layout.annotations]


def test_the_open_tail_stands_apart():
    counts = pd.DataFrame({"orders": [1, 2, 3], "customers": [1493, 835, 162]})
    bars = concentration.frequency(counts, LIGHT)
    assert list(bars.data[0].x) == ["1", "2", "3+"]
    assert bars.layout.xaxis.categoryarray == ("1", "2", " ", "3+")
