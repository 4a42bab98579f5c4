"""What sells: ranks, classes, buyers, returns and seasons of products."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from core import codec
from core.periods import Comparison, Span
from core.sales.overview import overview
from core.sales.products import product_seasons, products
from tests.core.little_shop import Line, lines_frame, shop
from tests.core.strategies import lines

QUICK = settings(max_examples=25, deadline=None)
LOG = [
    Line("1", 0, "2011-01-01", cents=800, quantity=10, product=0),
    Line("1", 0, "2011-01-01", cents=400, quantity=5, product=0),
    Line("2", 1, "2011-02-03", cents=1000, quantity=2, product=0),
    Line("2", 1, "2011-02-03", cents=1000, quantity=1, product=1),
    Line("3", 1, "2011-02-04", cents=500, quantity=1, product=2),
    Line("C2", 1, "2011-02-28", cents=1000, quantity=-2, product=0),
]


def test_products_are_counted_by_hand(tmp_path: Path) -> None:
    found = products(shop(tmp_path, LOG), None)
    best = found.rows.iloc[0]
    assert (best["code"], best["name"], best["revenue"], best["quantity"]) == ("P0", "Product 0", 10_000, 15)
    assert (best["buyers"], best["orders"]) == (2, 2)
    assert (best["sold"], best["returned"], best["returned_cents"]) == (17, 2, 2000)
    assert best["return_rate"] == pytest.approx(2 / 17)
    assert best["price"] == pytest.approx(12_000 / 17)
    assert best["share"] == pytest.approx(10_000 / 11_500)
    assert (best["peak_month"], best["peak_share"]) == (1, 1.0)
    assert found.rows["code"].tolist() == ["P0", "P1", "P2"]
    assert (found.revenue, found.returned, found.returned_cents) == (11_500, 2, 2000)
    assert found.return_rate == pytest.approx(2 / 19)
    assert found.returns_kept


def test_the_product_that_reaches_80_percent_is_still_an_a(tmp_path: Path) -> None:
    worth = [50, 29, 6, 9, 3, 2, 1]
    log = [Line(str(n), 0, "2011-01-05", cents=cents, product=n) for n, cents in enumerate(worth)]
    rows = products(shop(tmp_path, log), None).rows
    assert rows["revenue"].tolist() == sorted(worth, reverse=True)
    assert "".join(rows["abc"]) == "AAABBCC"
    assert rows["cumulative"].iloc[-1] == pytest.approx(1)


def test_a_product_that_was_only_returned_is_a_c_without_buyers(tmp_path: Path) -> None:
    log = [Line("1", 0, "2011-01-05", cents=900), Line("C1", 0, "2011-01-06", cents=400, quantity=-1, product=1)]
    last = products(shop(tmp_path, log), None).rows.iloc[-1]
    assert (last["code"], last["abc"], last["buyers"], last["orders"]) == ("P1", "C", 0, 0)
    assert np.isnan(last["return_rate"])


def test_growth_compares_the_two_spans(tmp_path: Path) -> None:
    january, february = (Span(pd.Timestamp(a).date(), pd.Timestamp(b).date()) for a, b in
                         (("2011-01-01", "2011-01-31"), ("2011-02-01", "2011-02-28")))  # fmt: skip
    rows = products(shop(tmp_path, LOG), Comparison(february, january)).rows.set_index("code")
    assert rows["growth"]["P0"] == -1
    assert np.isnan(rows["growth"]["P1"])


def test_an_unfinished_month_is_no_peak(tmp_path: Path) -> None:
    log = [Line("1", 0, "2011-01-01"), Line("2", 0, "2011-02-05", cents=300), Line("3", 0, "2011-02-10", cents=300)]
    assert products(shop(tmp_path, log), None).rows["peak_month"].tolist() == [1]


def test_a_calendar_month_seen_twice_is_no_stronger_for_that(tmp_path: Path) -> None:
    log = [
        Line("1", 0, "2010-12-01", cents=100),
        Line("2", 0, "2011-11-05", cents=150),
        Line("3", 0, "2011-12-31", cents=100),
    ]
    best = products(shop(tmp_path, log), None).rows.iloc[0]
    assert (best["peak_month"], best["peak_share"]) == (11, 150 / 250)


def test_a_period_without_sales_has_no_products(tmp_path: Path) -> None:
    found = products(shop(tmp_path, LOG, span=("2011-02-10", "2011-02-20")), None)
    assert found.rows.empty
    assert (found.revenue, found.return_rate) == (0, None)
    assert codec.loads(codec.dumps(found)).classes["products"].tolist() == [0, 0, 0]


def test_seasons_come_in_the_order_that_was_asked_for(tmp_path: Path) -> None:
    found = product_seasons(shop(tmp_path, LOG), ("P2", "P0", "unknown"))
    assert found.months["code"].unique().tolist() == ["P2", "P0"]
    assert found.months["revenue"].tolist() == [0, 500, 10_000, 0]
    assert found.months["quantity"].tolist() == [0, 1, 15, 0]
    strong = found.index[found.index["code"] == "P0"].set_index("month")["index"]
    assert strong[1] == pytest.approx(2)
    assert np.isnan(strong[3])


def test_nothing_asked_is_nothing_answered(tmp_path: Path) -> None:
    assert product_seasons(shop(tmp_path, LOG), ("unknown",)).months.empty


@given(lines())
@QUICK
def test_products_add_up_to_the_overview(tmp_path_factory: pytest.TempPathFactory, log: list[Line]) -> None:
    source = shop(tmp_path_factory.mktemp("shop"), log)
    found = products(source, None)
    assert found.rows["revenue"].sum() == overview(source, None).figures.revenue == found.revenue
    assert found.classes["products"].sum() == len(found.rows)
    assert found.classes["revenue"].sum() == found.revenue
    assert found.rows["abc"].is_monotonic_increasing


@given(lines())
@QUICK
def test_buyers_and_orders_are_those_that_pandas_counts(
    tmp_path_factory: pytest.TempPathFactory, log: list[Line]
) -> None:
    source = shop(tmp_path_factory.mktemp("shop"), log, countries=("EIRE", "Germany"))
    frame = lines_frame(log)
    bought = frame[(frame["quantity"] > 0) & frame["country"].isin(source.countries)].groupby("product")
    rows = products(source, None).rows
    for column, by in (("buyers", "customer"), ("orders", "order_id")):
        expected = {f"P{product}": count for product, count in bought[by].nunique().items()}
        got = rows[rows[column] > 0]
        assert dict(zip(got["code"], got[column], strict=True)) == expected


@given(lines())
@QUICK
def test_the_order_of_the_rows_changes_nothing(tmp_path_factory: pytest.TempPathFactory, log: list[Line]) -> None:
    mixed = random.Random(4).sample(log, len(log))
    one, other = (products(shop(tmp_path_factory.mktemp("shop"), rows), None) for rows in (log, mixed))
    pd.testing.assert_frame_equal(one.rows, other.rows)
