"""The price band and when to write, counted by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.campaigns.offers.price_band import price_band, quartiles
from core.campaigns.offers.sending import best_months, sending
from core.sales import peaks
from tests.core.little_shop import Line, shop

MONDAY, TUESDAY = "2024-03-04", "2024-03-05"


def test_the_price_band_is_of_lines_and_of_orders(tmp_path):
    made = [
        Line("A", 0, MONDAY, cents=100, quantity=10), Line("A", 0, MONDAY, cents=300), Line("B", 1, MONDAY, cents=500),
        Line("C", 2, MONDAY, cents=900), Line("D", 3, MONDAY, cents=0), Line("E", 3, MONDAY, cents=700, quantity=-1),
    ]  # fmt: skip
    rows = price_band(shop(tmp_path, made)).rows.set_index("what")
    # Pieces at 1, 3, 5 and 9; orders of 13, 5 and 9.
    assert rows.loc["piece"].tolist() == [4, 100, 300, 500]
    assert rows.loc["order"].tolist() == [3, 500, 900, 1300]


def test_days_without_orders_have_no_price(tmp_path):
    rows = price_band(shop(tmp_path, [Line("A", 0, MONDAY)], span=("2024-05-01", "2024-05-31"))).rows
    assert rows["number"].tolist() == [0, 0]
    assert rows[["low", "middle", "high"]].isna().all(axis=None)


@settings(max_examples=25, deadline=None)
@given(paid=st.lists(st.integers(1, 30), min_size=1, max_size=40))
def test_quartiles_are_those_of_the_values_written_out(paid):
    values, weights = np.unique(paid, return_counts=True)
    expected = np.quantile(paid, [0.25, 0.5, 0.75], method="inverted_cdf")
    assert quartiles(values.astype(float), weights) == pytest.approx(expected.tolist())


def orders(counts):
    """So many orders on a day at an hour, each of a customer of their own."""
    return [
        Line(f"{day}-{hour}-{n}", n, day, hour=hour) for (day, hour), number in counts.items() for n in range(number)
    ]


def test_the_best_day_and_hour_have_the_most_orders(tmp_path):
    found = sending(shop(tmp_path, orders({(MONDAY, 9): 60, (TUESDAY, 20): 20})))
    assert found.best("weekday") == ["Monday"]
    assert found.best("hour") == ["9:00"]
    assert found.orders == 80
    at = found.times.set_index(["part", "label"])
    assert (at.loc[("weekday", "Tuesday"), "orders"], at.loc[("hour", "20:00"), "share"]) == (20, 0.25)


def test_days_that_cannot_be_told_from_the_best_are_best_too(tmp_path):
    found = sending(shop(tmp_path, orders({(MONDAY, 9): 42, (TUESDAY, 9): 38})))
    assert found.best("weekday") == ["Monday", "Tuesday"]


def test_a_log_without_time_of_day_names_no_hour(tmp_path):
    found = sending(shop(tmp_path, orders({(MONDAY, 0): 60, (TUESDAY, 0): 20})))
    assert found.best("hour") == []
    assert "no time of day" in found.why("hour")
    assert found.best("weekday") == ["Monday"]
    assert found.why("weekday") == ""


def test_a_few_orders_name_neither(tmp_path):
    found = sending(shop(tmp_path, orders({(MONDAY, 9): 30, (TUESDAY, 9): 19})))
    assert found.best("weekday") == found.best("hour") == []
    assert found.why("weekday").startswith("49 orders are too few")


def test_returns_are_no_orders(tmp_path):
    made = orders({(MONDAY, 9): 60}) + [Line(f"R{n}", n, TUESDAY, quantity=-1) for n in range(90)]
    found = sending(shop(tmp_path, made))
    assert (found.orders, found.best("weekday")) == (60, ["Monday"])


def months(last):
    days = pd.date_range("2023-01-01", last)
    return [Line(f"{day:%j}", 0, f"{day:%Y-%m-%d}", cents=300 if day.month == 11 else 100) for day in days]


def test_the_best_months_stand_out_of_the_customers_own_year(tmp_path):
    rows, why = best_months(peaks.index(shop(tmp_path, months("2023-12-31"))))
    assert why == ""
    assert rows.loc[rows["best"], "label"].tolist() == ["November"]
    # Eleven months at 100 a day and one at 300: the mean is 1400 / 12.
    assert rows.set_index("label").loc["November", "index"] == pytest.approx(300 * 12 / 1400)


def test_under_a_full_year_no_month_is_named_and_it_says_why(tmp_path):
    rows, why = best_months(peaks.index(shop(tmp_path, months("2023-12-30"))))
    assert rows.empty
    assert why == "The log holds 11 full months; a season takes all twelve."
