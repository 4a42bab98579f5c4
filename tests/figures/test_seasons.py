"""When customers buy, drawn and said."""

import pandas as pd
import pytest

from dashboard.figures import hours, seasons
from dashboard.theme import LIGHT


@pytest.fixture
def rows():
    starts = pd.to_datetime(["2023-10-01", "2023-11-01", "2023-12-01"])
    return pd.DataFrame({
        "start": starts, "end": starts + pd.offsets.MonthEnd(1), "label": ["Oct 2023", "Nov 2023", "Dec 2023"],
        "revenue": [100_00, 300_00, 100_00], "orders": [4, 3, 2], "customers": [2, 3, 2],
        "unfinished": [False, False, True], "before": [float("nan"), 200_00, 50_00],
        "orders_before": [float("nan"), 2, 1], "customers_before": [float("nan"), 2, 1],
    })  # fmt: skip


@pytest.fixture
def week():
    pairs = pd.MultiIndex.from_product([range(7), range(24)], names=["weekday", "hour"]).to_frame(index=False)
    open_ = (pairs["weekday"] != 5) & pairs["hour"].between(9, 16)
    return pairs.assign(revenue=open_ * 100_00, orders=open_ * 1 + (pairs["weekday"] == 3) * open_, customers=open_ * 1)


def bars(figure):
    return [trace for trace in figure.data if trace.type == "bar"]


def test_the_year_before_stands_behind_the_columns(rows):
    before, now = bars(seasons.columns(rows, LIGHT, "GBP"))
    assert list(now.y) == [100, 300, 100]
    assert list(before.y[1:]) == [200, 50]
    assert before.width > now.width


def test_the_strongest_step_is_stressed_and_the_unfinished_hatched(rows):
    marker = bars(seasons.columns(rows, LIGHT, "GBP"))[1].marker
    assert marker.color[1] == LIGHT.mark_strong
    assert list(marker.pattern.shape) == ["", "", "/"]


def test_the_axis_names_what_is_counted_and_its_unit(rows):
    assert seasons.columns(rows, LIGHT, "EUR").layout.yaxis.title.text == "Revenue, € a month"
    drawn = seasons.columns(rows, LIGHT, "EUR", measure="orders")
    assert drawn.layout.yaxis.title.text == "Orders a month"
    assert list(bars(drawn)[1].y) == [4, 3, 2]


def test_many_days_become_a_line():
    starts = pd.date_range("2023-01-01", periods=200)
    none = [float("nan")] * 200
    days = pd.DataFrame({"start": starts, "end": starts, "label": "a day", "revenue": range(200), "orders": 1,
                         "customers": 1, "unfinished": False, "before": none, "orders_before": none,
                         "customers_before": none})  # fmt: skip
    figure = seasons.columns(days, LIGHT, "GBP", grain="day")
    assert any(trace.mode == "lines" for trace in figure.data if trace.type == "scatter")


def test_the_headline_names_the_strongest_step(rows):
    assert seasons.headline(rows, "GBP") == "November 2023 brought most: £300, 60.0 % of the period"
    assert seasons.headline(rows, "GBP", measure="orders").startswith("October 2023 had most orders: 4")


def test_the_year_before_is_compared_where_it_is_known(rows):
    said = seasons.against(rows, grain="month", measure="revenue")
    assert said == "paler: the year before, known for 2 of 3 months: up 60.0 %"


def test_customers_are_not_added_up_over_steps(rows):
    assert "up" not in seasons.against(rows, grain="month", measure="customers")


def test_the_table_holds_money_in_units(rows):
    assert seasons.table(rows)["revenue"].tolist() == [100, 300, 100]


def test_no_orders_make_a_designed_empty_figure(rows):
    figure = seasons.columns(rows.iloc[:0], LIGHT, "GBP")
    assert figure.layout.annotations[0].text == "No orders in this period"
    assert seasons.headline(rows.iloc[:0], "GBP") == "No orders in this period"


def test_the_index_rises_and_falls_from_the_average_month():
    index = [0.5] * 6 + [1.5] * 5 + [None]
    rows = pd.DataFrame({"label": [f"Month {i}" for i in range(12)], "index": index, "years": 1})
    figure = seasons.index(rows, LIGHT)
    assert list(figure.data[0].y[:7]) == [-50] * 6 + [50]
    assert figure.layout.annotations[0].x == 11
    assert seasons.index_headline(rows) == "Month 6 runs 50 % above an average month, Month 0 50 % below"


def test_a_day_without_orders_is_named(week):
    assert hours.headline(week, measure="orders") == (
        "Thursdays from 9 to 10 o’clock see most orders; no orders on Saturdays"
    )
    figure = hours.heat(week, LIGHT, "GBP")
    assert [note.text for note in figure.layout.annotations] == ["No orders on Saturdays"]
    assert list(figure.data[0].x) == [str(hour) for hour in range(9, 17)]


def test_a_log_without_times_says_so(week):
    midnight = week.assign(orders=(week["hour"] == 0) * 1)
    assert "no time of day" in hours.headline(midnight)
    assert list(hours.heat(midnight, LIGHT, "GBP").data[0].x) == ["any time"]
