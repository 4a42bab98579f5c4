"""Key figures of small shops, by hand and by property."""

from __future__ import annotations

import random
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings

from core.periods import Comparison, Span
from core.sales.overview import overview
from tests.core.little_shop import Line, shop
from tests.core.strategies import lines

QUICK = settings(max_examples=25, deadline=None)
SMALL = [
    Line("1", 0, "2011-01-05", cents=1000, quantity=2),
    Line("1", 0, "2011-01-05", cents=500, product=1),
    Line("2", 0, "2011-03-02", cents=1500),
    Line("3", 1, "2011-03-09", cents=4000),
    Line("C3", 1, "2011-03-10", cents=4000, quantity=-1),
    Line("4", 2, "2011-03-31", cents=500),
]


def test_key_figures_are_what_one_counts_by_hand(tmp_path: Path) -> None:
    figures = overview(shop(tmp_path, SMALL), None).figures
    assert (figures.revenue, figures.orders, figures.customers) == (4500, 4, 3)
    assert figures.order_value == 4500 / 4
    assert figures.basket_median == 2000
    assert figures.basket_items == (3 + 1 + 1 + 1) / 4
    assert figures.basket_lines == 5 / 4
    assert (figures.customer_mean, figures.customer_median) == (1500, 500)
    assert figures.repeat_rate == pytest.approx(1 / 3)
    assert figures.top_share == pytest.approx(4000 / 4500)


def test_a_customer_who_only_returned_in_the_period_is_no_customer_of_it(tmp_path: Path) -> None:
    figures = overview(shop(tmp_path, SMALL, span=("2011-03-10", "2011-03-31")), None).figures
    assert (figures.revenue, figures.orders, figures.customers) == (500 - 4000, 1, 1)


def test_a_period_without_sales_has_no_averages_and_does_not_fail(tmp_path: Path) -> None:
    found = overview(shop(tmp_path, SMALL, span=("2011-02-01", "2011-02-28")), None)
    assert (found.figures.revenue, found.figures.orders, found.figures.order_value) == (0, 0, None)
    assert found.gini is None
    assert found.lorenz.empty
    assert found.months.empty


def test_both_spans_of_a_comparison_have_figures(tmp_path: Path) -> None:
    source = shop(tmp_path, SMALL)
    january, march = (Span(pd.Timestamp(a).date(), pd.Timestamp(b).date()) for a, b in
                      (("2011-01-01", "2011-01-31"), ("2011-03-01", "2011-03-31")))  # fmt: skip
    found = overview(source, Comparison(march, january))
    assert found.base is not None
    assert found.current is not None
    assert (found.base.revenue, found.current.revenue) == (2500, 2000)


def test_a_month_without_orders_stands_between_the_others_as_zero(tmp_path: Path) -> None:
    months = overview(shop(tmp_path, SMALL), None).months
    assert months["revenue"].tolist() == [2500, 0, 2000]
    assert months["customers"].tolist() == [1, 0, 3]


def test_equal_customers_have_no_inequality(tmp_path: Path) -> None:
    found = overview(shop(tmp_path, [Line(str(n), n, "2011-01-05", cents=700) for n in range(10)]), None)
    assert found.gini == pytest.approx(0)
    assert found.lorenz["revenue"].tolist() == pytest.approx(found.lorenz["customers"].tolist())


def test_one_customer_with_everything_has_all_the_inequality_there_is(tmp_path: Path) -> None:
    rich = [Line("0", 0, "2011-01-05", cents=10_000), *(Line(str(n), n, "2011-01-05", cents=0) for n in range(1, 10))]
    paid = [Line(line.order, line.customer, line.day, max(line.cents, 1)) for line in rich]
    assert overview(shop(tmp_path, paid), None).gini == pytest.approx(0.9, abs=0.002)


@given(lines())
@QUICK
def test_the_last_month_reaches_the_figures_of_the_whole(
    tmp_path_factory: pytest.TempPathFactory, log: list[Line]
) -> None:
    found = overview(shop(tmp_path_factory.mktemp("shop"), log), None)
    assert found.months["revenue"].sum() == found.figures.revenue
    assert found.months["orders"].sum() == found.figures.orders
    if found.figures.orders:
        last = found.months.iloc[-1]
        assert last["repeat_rate"] == pytest.approx(found.figures.repeat_rate)
        assert found.figures.top_share is None or last["top_share"] == pytest.approx(found.figures.top_share)


@given(lines())
@QUICK
def test_shares_lie_between_none_and_all_and_the_curve_bends_one_way(
    tmp_path_factory: pytest.TempPathFactory, log: list[Line]
) -> None:
    found = overview(shop(tmp_path_factory.mktemp("shop"), log), None)
    curve = found.lorenz
    assert curve["revenue"].is_monotonic_increasing
    assert (curve["revenue"] <= curve["customers"] + 1e-9).all()
    assert found.tops["share"].is_monotonic_increasing
    assert found.gini is None or -1e-9 <= found.gini < 1
    assert found.frequency["customers"].sum() == found.figures.customers


@given(lines())
@QUICK
def test_the_order_of_the_rows_changes_nothing(tmp_path_factory: pytest.TempPathFactory, log: list[Line]) -> None:
    mixed = random.Random(1).sample(log, len(log))
    one, other = (overview(shop(tmp_path_factory.mktemp("shop"), rows), None) for rows in (log, mixed))
    assert one.figures == other.figures
    pd.testing.assert_frame_equal(one.months, other.months)
    pd.testing.assert_frame_equal(one.statistics, other.statistics)
