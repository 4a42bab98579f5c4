"""A log without money: orders and customers still count, and nothing is said of what was spent."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.pipeline import Pipeline, View
from core.settings import Settings


@pytest.fixture
def view(tmp_path: Path) -> tuple[Pipeline, View]:
    rows = ["order_id,customer_id,order_date"]
    number = 0
    for customer in range(60):
        for order in range(1 + customer % 7):
            number += 1
            rows.append(
                f"O{number},C{customer:02d},2024-{1 + (customer * 3 + order * 2) % 12:02d}-{1 + customer % 28:02d}"
            )
    path = tmp_path / "visits.csv"
    path.write_text("\n".join(rows))
    pipeline = Pipeline(Settings(home=tmp_path / "home"))
    return pipeline, View(pipeline.receive(path).fingerprint, k=3)


def test_orders_and_customers_count_without_money(view):
    pipeline, looked = view
    meta = pipeline.tables(looked).meta
    assert (meta.customers, meta.orders, meta.cents) == (60, sum(1 + c % 7 for c in range(60)), 0)
    assert not pipeline.has_money(looked)


def test_portraits_say_nothing_of_spend(view):
    pipeline, looked = view
    for portrait in pipeline.segmentation(looked).segments["portrait"]:
        assert "orders each" in portrait
        assert "spen" not in portrait
        assert "revenue" not in portrait


def test_no_reason_of_a_strategy_speaks_of_money(view):
    pipeline, looked = view
    advice = pipeline.campaigns(looked)
    every = [one for group in (*advice.segments, *advice.groups) for one in group.advice] + advice.shop
    assert every
    for one in every:
        assert "£" not in one.reason
        assert "revenue" not in one.reason
