"""The orders of one customer: every entry at its own date, marked and added up."""

import math

import pandas as pd
import pytest

from core.segments.customers.timeline import timeline
from tests.core.little_shop import Line, shop

LINES = (
    Line("1", 0, "2024-01-03", 500, product=1),
    Line("1", 0, "2024-01-03", 300, 2, product=0),
    Line("2", 0, "2024-01-03", 100, product=0, hour=15),
    Line("3", 0, "2024-01-13", 1000, product=1),
    Line("C3", 0, "2024-02-01", 1000, -1, product=1),
    Line("4", 0, "2024-03-13", 200, product=2),
    Line("9", 1, "2024-05-01", 700, product=0),
)


@pytest.fixture(scope="module")
def past(tmp_path_factory):
    return timeline(shop(tmp_path_factory.mktemp("shop"), LINES), 0)


def test_only_their_own_orders_stand_there_in_order(past):
    assert past.orders["order_id"].tolist() == ["1", "2", "3", "C3", "4"]
    assert past.orders["cents"].tolist() == [1100, 100, 1000, -1000, 200]


def test_the_sum_so_far_ends_at_what_they_brought(past):
    assert past.orders["sum_cents"].tolist() == [1100, 1200, 2200, 1200, 1400]


def test_a_return_is_marked_and_does_not_count(past):
    assert past.orders["kind"].tolist() == ["order", "order", "order", "return", "order"]
    assert (past.count, past.taken_back) == (4, 1)


def test_gaps_are_between_counted_orders_and_their_middle_between_days(past):
    gaps = past.orders["gap"].tolist()
    assert math.isnan(gaps[0])
    assert math.isnan(gaps[3])
    assert [gaps[1], gaps[2], gaps[4]] == [0, 10, 60]
    assert past.gap == 35


def test_no_month_is_left_out(past):
    assert past.months["orders"].tolist() == [3, 0, 1]
    assert past.months["cents"].tolist() == [2200, -1000, 200]


def test_products_are_net_of_what_came_back(past):
    assert past.products["code"].tolist()[0] == "P0"
    assert dict(zip(past.products["code"], past.products["cents"], strict=True)) == {"P0": 700, "P1": 500, "P2": 200}
    assert past.kinds_of_product == 3


def test_recency_is_counted_to_the_day_of_the_data(past):
    assert past.since == (past.as_of - pd.Timestamp("2024-03-13 12:00")).days


def test_an_order_that_does_not_count_although_it_was_paid_was_cancelled(tmp_path):
    source = shop(tmp_path, LINES)
    path = tmp_path / "orders.parquet"
    orders = pd.read_parquet(path)
    orders.loc[orders["order_id"] == "3", "counted"] = 0
    orders.to_parquet(path)
    past = timeline(source, 0)
    assert past.orders.set_index("order_id").loc["3", "kind"] == "cancelled"
    assert past.count == 3


def test_one_order_has_no_rhythm(tmp_path):
    past = timeline(shop(tmp_path, LINES), 1)
    assert past.count == 1
    assert math.isnan(past.gap)
