"""Health: later customers by the rules of a saved segmentation, against figures worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from core.pipeline import Pipeline, View
from core.segments.dividing import signs
from core.segments.inputs.matrix import Feature
from core.segments.keeping import baseline
from core.segments.keeping.health import stability_index
from core.settings import Settings
from tests.wire.conftest import write_log

ORDERS = Feature("orders", "Orders", "orders", "more", "fewer")
CITY = Feature("city", "City", "category", "", "", scale="nominal")


def test_the_stability_index_is_that_of_the_textbook():
    then, now = np.array([0.1, 0.2, 0.3, 0.4]), np.array([0.2, 0.2, 0.2, 0.4])
    by_hand = (0.2 - 0.1) * np.log(0.2 / 0.1) + (0.2 - 0.3) * np.log(0.2 / 0.3)
    assert stability_index(then, now, 1000, 1000) == pytest.approx(by_hand)
    assert stability_index(then, then, 1000, 1000) == 0


def test_an_empty_bin_gives_a_number_and_not_infinity():
    assert 0 < stability_index(np.array([0.5, 0.5, 0.0]), np.array([0.4, 0.4, 0.2]), 100, 100) < 2


def test_bins_are_tenths_and_their_shares_add_up():
    values = pd.Series(np.arange(1000.0))
    found = baseline.bins(values, ORDERS)
    assert len(found) == 10
    assert found["share"].tolist() == pytest.approx([0.1] * 10)
    later = baseline.shares(values + 500, ORDERS, found)
    assert later.sum() == pytest.approx(1)
    assert later[-1] == pytest.approx(0.6)


def test_few_values_have_a_bin_each_and_what_is_missing_has_one_too():
    found = baseline.bins(pd.Series([1.0, 1.0, 2.0, 5.0, None]), ORDERS)
    assert found["share"].tolist() == pytest.approx([0.4, 0.2, 0.2, 0.2])
    assert found["level"].tolist()[-1] == baseline.UNKNOWN


def test_a_category_that_nobody_had_counts_for_any_other():
    found = baseline.bins(pd.Series(["Oslo", "Oslo", "Rome"]), CITY)
    shares = baseline.shares(pd.Series(["Oslo", "Paris", "Lima", "Rome"]), CITY, found)
    assert dict(zip(found["level"], shares, strict=True)) == {"Oslo": 0.25, "Rome": 0.25, baseline.OTHERS: 0.5}


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    folder = tmp_path_factory.mktemp("health")
    pipeline = Pipeline(Settings(home=folder / "home"))
    made = pipeline.receive(write_log(folder / "shop.csv", customers=120), name="Shop")
    return pipeline, made.fingerprint, folder


def test_the_same_customers_under_another_fingerprint_have_not_moved(shop):
    pipeline, first, folder = shop
    saved = pipeline.keep(View(first, k=4), "Spring plan")
    again = pipeline.append(first, folder / "shop.csv").fingerprint
    found = pipeline.health(saved.view.but(dataset=again))
    assert found.drift["psi"].max() == 0
    assert set(found.drift["band"]) == {"steady"}
    assert found.moved == 0
    assert found.common == found.customers_then == found.customers_now
    assert found.silhouette_now == pytest.approx(found.silhouette_then)
    assert (found.sizes["customers_then"] == found.sizes["customers_now"]).all()
    assert not found.refit
    assert pipeline.health(saved.view) is None
    assert pipeline.health(View(first)) is None


def test_who_lacks_a_feature_stays_with_those_set_aside_for_it(shop):
    pipeline, first, folder = shop
    rhythm = ("recency_days", "days_between", "monetary")
    saved = pipeline.keep(View(first, k=3, features=rhythm, missing="drop"), "Rhythm")
    found = pipeline.health(saved.view.but(dataset=pipeline.append(first, folder / "shop.csv").fingerprint))
    assert any(each.apart and each.customers for each in saved.current.living)
    assert found.moved == 0
    assert (found.sizes["customers_then"] == found.sizes["customers_now"]).all()
    assert not found.refit


def test_another_crowd_calls_for_a_refit_and_says_why(shop):
    pipeline, first, folder = shop
    saved = pipeline.keep(View(first, k=4), "Spring plan")
    # The same shop years later: nobody of then has ordered since, so everybody has been silent for years.
    now = pipeline.health(saved.view.but(as_of="2030-01-01", dataset=pipeline.append(first, _late(folder)).fingerprint))
    drift = now.drift.set_index("feature")
    assert drift.loc["recency_days", "band"] == "shifted"
    assert now.refit
    assert now.signs[0].level == "refit"
    assert "Days since last order" in " ".join(sign.words for sign in now.signs)


def _late(folder):
    lines = (folder / "shop.csv").read_text().splitlines()
    _, *rest = lines[1].split(",")
    late = folder / "late.csv"
    day = "2029-12-30 10:00:00"
    late.write_text("\n".join([lines[0], ",".join(["999999", *rest[:3], day, *rest[4:]])]) + "\n")
    return late


@pytest.mark.parametrize(
    ("then", "now", "level"),
    [(0.01, 0.012, "keep"), (0.01, 0.03, "watch"), (0.01, 0.06, "refit"), (0.04, 0.06, "keep")],
)
def test_customers_far_from_all_count_when_they_are_many_and_more_than_before(shop, then, now, level):
    from dataclasses import replace

    pipeline, first, folder = shop
    saved = pipeline.keep(View(first, k=4), "Spring plan")
    again = pipeline.append(first, folder / "shop.csv").fingerprint
    found = replace(pipeline.health(saved.view.but(dataset=again)), far_then=then, far_now=now)
    sign = next(each for each in signs.advise(found) if each.what == "Customers far from all")
    assert sign.level == level
