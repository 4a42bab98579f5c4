"""What to offer in Online Retail, against a count of its own in pandas over the file."""

import itertools

import numpy as np
import pandas as pd
import pytest

from core.campaigns.offers.next_product import likeness
from core.warehouse import engine


@pytest.fixture(scope="module")
def log(reference):
    """The lines of the notebook's cleaning, read by pandas alone."""
    text = {"InvoiceNo": str, "StockCode": str}
    raw = pd.read_csv(reference / "online_retail.csv.gz", dtype=text, encoding_errors="replace")
    raw = raw.dropna(subset=["CustomerID"]).drop_duplicates()
    return raw[(raw["Quantity"] > 0) & (raw["UnitPrice"] > 0)]


@pytest.fixture(scope="module")
def baskets(log):
    return log.groupby("StockCode")["InvoiceNo"].agg(set)


@pytest.fixture(scope="module")
def buyers(log):
    return log.groupby("StockCode")["CustomerID"].agg(set)


def test_pairs_hold_against_sets_of_invoices(pipeline, notebook, log, baskets):
    found, orders = pipeline.bought_together(notebook), log["InvoiceNo"].nunique()
    assert (found.baskets, found.every) == (orders, 1) == (18_532, 1)
    assert len(found.rows) == 50
    for row in found.rows.to_dict("records"):
        one, other = baskets[row["code"]], baskets[row["then_code"]]
        assert (row["baskets"], row["baskets_first"], row["baskets_then"]) == (len(one & other), len(one), len(other))
        assert row["support"] == len(one & other) / orders
        assert row["confidence"] == len(one & other) / len(one) >= row["confidence_back"]
        assert row["lift"] == pytest.approx(len(one & other) / len(one) / (len(other) / orders))


def test_no_frequent_pair_is_overlooked(pipeline, notebook, log, baskets):
    found = pipeline.bought_together(notebook)
    often = baskets[baskets.map(len).sort_values(ascending=False).index[:120]]
    worst, told = found.rows["low"].min(), found.rows[["code", "then_code"]].apply(frozenset, axis=1)
    for (code, one), (then, other) in itertools.combinations(often.items(), 2):
        lift = len(one & other) * found.baskets / len(one) / len(other)
        if lift > 2.5 * worst and len(one & other) >= 10:
            assert frozenset((code, then)) in set(told)


def test_pairs_of_a_segment_are_those_of_its_own_orders(pipeline, notebook, log):
    view = notebook.but(segments=(int(pipeline.outline(notebook).segments["id"].iloc[0]),))
    table = pipeline.customer_table(notebook)
    mine = set(table.loc[table["segment"] == view.segments[0], "customer_id"].astype(float))
    theirs = log[log["CustomerID"].isin(mine)]
    sets = theirs.groupby("StockCode")["InvoiceNo"].agg(set)
    found = pipeline.bought_together(view)
    assert found.baskets == theirs["InvoiceNo"].nunique() < 18_532
    row = found.rows.iloc[0]
    assert row["baskets"] == len(sets[row["code"]] & sets[row["then_code"]])


def test_reasons_hold_against_sets_of_customers(pipeline, notebook, log, buyers):
    found = pipeline.next_products(notebook)
    assert found.learned == log["CustomerID"].nunique() == 4_338
    for row in found.rows.to_dict("records"):
        that, this = buyers[row["why_code"]], buyers[row["code"]]
        assert (row["both"], row["of"]) == (len(that & this), len(that))
        assert row["lift"] == pytest.approx(len(that & this) / len(that) / (len(this) / 4_338))
        # Nobody who has it is offered it.
        assert row["customers"] <= 4_338 - len(this)


def test_the_next_products_of_one_customer_are_the_largest_sums_of_cosines(pipeline, notebook, log, buyers):
    top = buyers.map(len).sort_values(ascending=False, kind="stable")
    source = pipeline.slice(notebook)
    names = engine.collect(source.products()).set_index("product")["code"]
    codes = list(names.reindex(likeness(source).products))
    assert len(codes) == 500
    assert sum(top[codes]) == sum(top.head(500))
    wide = np.array([[customer in buyers[code] for code in codes] for customer in sorted(log["CustomerID"].unique())])
    both = wide.astype(float).T @ wide
    near = np.where(both >= 5, both / np.sqrt(np.outer(both.diagonal(), both.diagonal())), 0)
    np.fill_diagonal(near, 0)
    for row in range(len(near)):
        near[row, near[row] < np.sort(near[row])[-20]] = 0
    customer = 17_850
    has = np.array([customer in buyers[code] for code in codes])
    score = pd.Series(np.where(has, 0, near[has].sum(axis=0)), codes)
    found = pipeline.next_for(notebook, str(customer))
    assert found["score"].tolist() == pytest.approx(sorted(score, reverse=True)[:10])
    assert score[found["code"]].tolist() == pytest.approx(found["score"].tolist())


def test_the_price_band_is_that_of_pandas(pipeline, notebook, log):
    rows = pipeline.price_band(notebook).set_index("what")
    paid = log.loc[log["UnitPrice"] >= 0.005, "UnitPrice"]
    assert rows.loc["piece", ["low", "middle", "high"]].tolist() == pytest.approx(
        (100 * np.quantile(paid, [0.25, 0.5, 0.75], method="inverted_cdf")).tolist()
    )
    value = (log["Quantity"] * log["UnitPrice"]).groupby(log["InvoiceNo"]).sum()
    assert rows.loc["order", ["low", "middle", "high"]].tolist() == pytest.approx(
        (100 * np.quantile(value, [0.25, 0.5, 0.75], method="inverted_cdf")).tolist(), abs=1
    )
    assert rows["number"].tolist() == [len(paid), 18_532]


def test_day_and_hour_are_those_of_the_invoices(pipeline, notebook, log):
    first = pd.to_datetime(log.groupby("InvoiceNo")["InvoiceDate"].min())
    found = pipeline.sending(notebook)
    times = found.times.set_index(["part", "place"])["orders"]
    for part, counts in (("weekday", first.dt.day_of_week.value_counts()), ("hour", first.dt.hour.value_counts())):
        assert times[part][lambda each: each > 0].to_dict() == counts.to_dict()
    assert (found.best("weekday"), found.best("hour")) == (["Thursday"], ["12:00"])


def test_the_best_months_are_those_before_christmas(pipeline, notebook):
    rows, why = pipeline.best_months(notebook)
    assert why == ""
    assert rows.loc[rows["best"], "label"].tolist() == ["September", "October", "November"]
