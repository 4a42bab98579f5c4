"""The demo customer table has what a customer table has: groups, gaps, a joke or two, and a log that it belongs to."""

import gzip

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score

from data import customers, shop
from data.contacts import plain


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return pd.read_csv(customers.OUT, dtype={"customer_id": str})


@pytest.fixture(scope="module")
def usual(table) -> pd.DataFrame:
    """Those with an income that somebody can have; total spend beside it."""
    known = table[table["income"] < 200_000]
    return known.assign(spend=known.filter(regex="^spend_").sum(axis=1))


@pytest.fixture(scope="module")
def groups(usual) -> pd.Series:
    return pd.Series(KMeans(4, n_init=10, random_state=42).fit(four(usual)).labels_, usual.index)


def four(usual: pd.DataFrame) -> np.ndarray:
    values = usual[["income", "spend", "web_purchases", "web_visits_last_month"]].to_numpy(float)
    return (values - values.mean(axis=0)) / values.std(axis=0)


def test_the_shipped_file_is_what_the_generator_makes():
    assert gzip.decompress(customers.OUT.read_bytes()) == customers.csv(customers.generate())


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(tmp_path):
    one, two, other = (customers.write(tmp_path / name, seed) for name, seed in [("a", 7), ("b.gz", 7), ("c", 8)])
    assert one.read_bytes() == two.read_bytes() != other.read_bytes()


def test_the_file_is_small_enough_to_ship():
    assert 40_000 < customers.OUT.stat().st_size < 150_000


def test_each_customer_stands_in_one_row(table):
    assert len(table) == 2_000
    assert table["customer_id"].is_unique


def test_four_features_separate_four_groups(usual, groups):
    values = four(usual)
    assert silhouette_score(values, groups) > 0.3
    assert groups.value_counts(normalize=True).min() > 0.1


def test_the_groups_are_vips_digital_buyers_browsers_and_casual_shoppers(usual, groups):
    means = usual.groupby(groups)[["income", "spend", "web_purchases", "web_visits_last_month"]].mean()
    vip, browsing = means["spend"].idxmax(), means["spend"].idxmin()
    digital = means["web_purchases"].idxmax()
    (casual,) = {*means.index} - {vip, browsing, digital}
    assert means.loc[vip, "web_visits_last_month"] == means["web_visits_last_month"].min()
    assert means.loc[browsing, "web_visits_last_month"] == means["web_visits_last_month"].max()
    assert means.loc[browsing, "income"] < means.loc[casual, "income"] < means.loc[vip, "income"]
    assert means.loc[casual, "spend"] < means.loc[digital, "spend"] / 2


def test_most_customers_stand_in_the_order_log_and_last_bought_when_it_says(table):
    log = pd.read_csv(shop.OUT, dtype=str, usecols=["CustomerID", "InvoiceDate", "Quantity", "InvoiceNo"])
    log = log[log["CustomerID"].notna() & ~log["InvoiceNo"].str.startswith("C")]
    last = pd.to_datetime(log["InvoiceDate"]).groupby(log["CustomerID"].str.removesuffix(".0")).max()
    known = table[table["customer_id"].isin(last.index)]
    assert len(known) / len(table) == pytest.approx(0.85, abs=0.01)
    days = (pd.Timestamp("2025-12-10") - known["customer_id"].map(last)).dt.days
    assert (days == known["days_since_last_purchase"]).mean() > 0.99
    first = pd.to_datetime(log["InvoiceDate"]).groupby(log["CustomerID"].str.removesuffix(".0")).min()
    assert (pd.to_datetime(known["customer_since"]) <= known["customer_id"].map(first)).all()


def test_each_address_is_one_persons_and_some_are_missing(table):
    assert table["email"].dropna().is_unique
    assert 0.01 < table["email"].isna().mean() < 0.06


def test_who_stands_in_the_order_log_has_the_contacts_of_the_order_log(table):
    log = pd.read_csv(shop.OUT, dtype=str, usecols=["CustomerID", *shop.CONTACTS]).drop_duplicates("CustomerID")
    both = table.merge(log.assign(customer_id=log["CustomerID"].str.removesuffix(".0")), on="customer_id")
    assert len(both) > 1_600
    for here, there in {"email": "Email", "last_name": "LastName", "marketing_consent": "MarketingConsent"}.items():
        assert both[here].fillna("").equals(both[there].fillna("")), here


def test_addresses_are_written_from_names(table):
    known = table.dropna(subset=["email"])
    first = known["first_name"].map(plain)
    assert np.mean([name in email for name, email in zip(first, known["email"], strict=True)]) == 1


def test_it_has_the_blemishes_of_a_real_one(table):
    assert table["income"].isna().sum() == customers.NO_INCOME
    assert (table["income"] > 200_000).sum() == 1
    assert (table["year_of_birth"] < 1920).sum() == 1
    assert set(table["marital_status"].value_counts().tail(2).index) == {"Complicated", "Pirate"}
    assert 0.002 < table["complained"].mean() < 0.03


def test_some_did_not_agree_to_advertising_and_some_were_never_asked(table):
    consent = table["marketing_consent"].fillna("").value_counts(normalize=True)
    assert consent["no"] == pytest.approx(0.22, abs=0.03)
    assert consent[""] == pytest.approx(0.17, abs=0.03)


def test_offers_are_no_more_than_purchases_and_families_take_more_of_them(table):
    bought = table[["web_purchases", "store_purchases", "catalogue_purchases"]].sum(axis=1)
    assert (table["deal_purchases"] <= bought).all()
    share = (
        table["deal_purchases"].groupby(table["children_at_home"] > 0).sum()
        / bought.groupby(table["children_at_home"] > 0).sum()
    )
    assert share[True] > share[False] * 1.3
