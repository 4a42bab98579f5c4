"""The demo shop tells the story that the dashboard needs, and always the same one."""

import gzip

import numpy as np
import pandas as pd
import pytest

from data import shop

SERVICES = ["POST", "DOT", "C2", "M", "BANK CHARGES"]
COLUMNS = ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID"]
COLUMNS += ["Country"]
OF_ONE_LINE = ["CustomerID", "StockCode", "UnitPrice"]


@pytest.fixture(scope="module")
def log() -> pd.DataFrame:
    text = {"InvoiceNo": str, "StockCode": str, "CustomerID": str}
    frame = pd.read_csv(shop.OUT, dtype=text, parse_dates=["InvoiceDate"], keep_default_na=False)
    frame["revenue"] = frame["Quantity"] * frame["UnitPrice"]
    frame["credit"] = frame["InvoiceNo"].str.startswith("C")
    return frame


@pytest.fixture(scope="module")
def sales(log) -> pd.DataFrame:
    known = (log["CustomerID"] != "") & (log["Quantity"] > 0) & (log["UnitPrice"] > 0)
    return log[known].drop_duplicates()


@pytest.fixture(scope="module")
def spent(log) -> pd.Series:
    """What each known customer spent, less what they brought back."""
    known = log[log["CustomerID"] != ""].drop_duplicates()
    return known.groupby("CustomerID")["revenue"].sum().sort_values(ascending=False)


def test_the_shipped_file_is_what_the_generator_makes():
    assert gzip.decompress(shop.OUT.read_bytes()) == shop.csv()


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(tmp_path):
    one, two, other = (shop.write(tmp_path / name, seed) for name, seed in [("a", 7), ("b.gz", 7), ("c", 8)])
    assert one.read_bytes() == two.read_bytes() != other.read_bytes()


def test_the_file_is_small_enough_to_ship():
    assert 2.5e6 < shop.OUT.stat().st_size < 4.5e6


def test_the_columns_are_those_of_online_retail(log):
    assert list(log.columns[:8]) == COLUMNS
    assert log["CustomerID"].str.fullmatch(r"(\d{5}\.0)?").all()
    assert log["InvoiceNo"].str.fullmatch(r"C?\d{6}").all()
    assert log.loc[~log["StockCode"].isin(SERVICES), "StockCode"].str.fullmatch(r"\d{5}[A-Z]?").all()


def test_it_spans_two_years_and_an_unfinished_december(log):
    assert log["InvoiceDate"].min().date().isoformat() == "2023-12-01"
    assert log["InvoiceDate"].max().date().isoformat() == "2025-12-09"
    assert log["InvoiceDate"].is_monotonic_increasing or log["InvoiceDate"].diff().min() >= -pd.Timedelta("1min")


def test_it_has_as_many_lines_customers_countries_and_products_as_promised(log):
    assert 180_000 <= len(log) <= 270_000
    assert 4_500 <= log["CustomerID"].nunique() - 1 <= 5_500
    assert log["Country"].nunique() >= 30
    assert {"EIRE", "USA", "RSA", "Channel Islands", "Unspecified"} <= set(log["Country"])
    assert log["StockCode"].nunique() >= 600


def test_most_revenue_is_made_at_home(log):
    revenue = log.groupby("Country")["revenue"].sum()
    assert revenue["United Kingdom"] / revenue.sum() == pytest.approx(0.8, abs=0.04)


def test_nothing_happens_on_saturdays_or_at_night_and_noon_is_busiest(log):
    assert not (log["InvoiceDate"].dt.day_of_week == 5).any()
    orders = log.drop_duplicates("InvoiceNo")["InvoiceDate"].dt
    by_day, by_hour = orders.day_of_week.value_counts(), orders.hour.value_counts()
    assert by_day.idxmin() == 6
    assert by_hour.index.min() >= 8
    assert by_hour.index.max() <= 18
    assert by_hour.idxmax() in (11, 12, 13)


def test_november_is_the_peak_of_both_years_before_and_after_returns(log):
    for lines in (log[log["Quantity"] > 0], log):
        month = lines.groupby(lines["InvoiceDate"].dt.to_period("M"))["revenue"].sum()
        assert str(month["2023-12":"2024-11"].idxmax()) == "2024-11"
        assert str(month["2024-12":"2025-11"].idxmax()) == "2025-11"


def test_the_second_year_brings_about_an_eighth_more_than_the_first(log):
    month = log.groupby(log["InvoiceDate"].dt.to_period("M"))["revenue"].sum()
    growth = month["2024-12":"2025-11"].sum() / month["2023-12":"2024-11"].sum() - 1
    assert 0.10 < growth < 0.15


def test_wreaths_sell_before_christmas_and_watering_cans_in_spring(sales):
    def share(word: str, months: list[int]) -> float:
        sold = sales[sales["Description"].str.endswith(word)]
        return sold.loc[sold["InvoiceDate"].dt.month.isin(months), "revenue"].sum() / sold["revenue"].sum()

    assert share(" WREATH", [9, 10, 11, 12]) > 0.85
    assert share(" WATERING CAN", [3, 4, 5, 6]) > 0.5
    assert share(" BACKPACK", [7, 8, 9]) > 0.4


def test_a_fifth_of_the_customers_bring_three_quarters_of_the_revenue(spent):
    top = spent.cumsum() / spent.sum()
    assert 0.70 < top.iloc[len(spent) // 5 - 1] < 0.80
    assert 0.25 < top.iloc[len(spent) // 100 - 1] < 0.35


def test_about_a_third_of_the_customers_order_once(sales):
    orders = sales.groupby("CustomerID")["InvoiceNo"].nunique()
    assert 0.30 < (orders == 1).mean() < 0.38
    assert orders.max() > 40


def test_orders_are_heavy_tailed(log):
    lines = log[~log["credit"] & (log["UnitPrice"] > 0)].groupby("InvoiceNo").size()
    assert lines.mean() > 1.4 * lines.median()
    assert lines.max() > 150


def test_customers_come_in_kinds_that_recency_frequency_and_money_tell_apart(sales):
    end = pd.Timestamp("2025-12-10")
    last = (end - sales.groupby("CustomerID")["InvoiceDate"].max()).dt.days
    first = (end - sales.groupby("CustomerID")["InvoiceDate"].min()).dt.days
    orders = sales.groupby("CustomerID")["InvoiceNo"].nunique()
    kinds = {
        "champions": (orders >= 8) & (last < 90),
        "steady": orders.between(3, 7) & (last < 180) & (first > 90),
        "newcomers": first <= 90,
        "gone quiet": (orders >= 2) & (last > 270),
        "once, long ago": (orders == 1) & (last > 180),
    }
    for name, kind in kinds.items():
        assert kind.mean() > 0.05, name
    assert np.sum(list(kinds.values()), axis=0).max() == 1


def test_the_log_has_the_blemishes_of_a_real_one(log):
    assert 0.20 < (log["CustomerID"] == "").mean() < 0.25
    assert 0.008 < log[COLUMNS].duplicated().mean() < 0.012
    assert (log["UnitPrice"] == 0).sum() > 100
    assert ((log["Quantity"] < 0) & ~log["credit"]).sum() > 100
    assert set(SERVICES) <= set(log["StockCode"])
    assert (log.groupby("InvoiceNo")["InvoiceDate"].nunique() == 2).sum() > 50
    countries = log[log["CustomerID"] != ""].groupby("CustomerID")["Country"].nunique()
    assert 5 <= (countries == 2).sum() <= 20


def test_credits_are_negative_and_refer_to_an_earlier_purchase(log):
    assert (log.loc[log["credit"], "Quantity"] < 0).all()
    goods = log[~log["StockCode"].isin(SERVICES) & (log["CustomerID"] != "")]
    bought = goods[~goods["credit"]].groupby(OF_ONE_LINE)
    had = bought.agg(first=("InvoiceDate", "min"), pieces=("Quantity", "sum"))
    back = goods[goods["credit"]].groupby(OF_ONE_LINE).agg(at=("InvoiceDate", "min"), less=("Quantity", "sum"))
    pairs = back.join(had)
    assert len(pairs) > 3_000
    assert (pairs["at"] > pairs["first"]).all()
    assert (pairs["less"] + pairs["pieces"] >= 0).all()


def test_one_huge_order_is_cancelled_a_quarter_of_an_hour_later(log):
    made, undone = log.loc[log["Quantity"].idxmax()], log.loc[log["Quantity"].idxmin()]
    assert made["revenue"] == -undone["revenue"] > 50_000
    assert made["CustomerID"] == undone["CustomerID"]
    assert undone["InvoiceDate"] - made["InvoiceDate"] == pd.Timedelta("15min")


def test_a_few_customers_net_to_nothing(spent):
    assert 5 <= (spent.abs() < 0.005).sum() <= 60
