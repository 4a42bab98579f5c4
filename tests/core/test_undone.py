"""The largest order that was taken back, and the receipt as a waterfall."""

import pytest

from core.intake.logs import waterfall
from core.pipeline import Pipeline, View
from core.settings import Settings
from core.warehouse.receipt import Entry, Receipt

HEAD = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
LINES = [
    "1,A,Cup,10,2024-01-02 10:00:00,5.00,7,France",
    "C2,A,Cup,-10,2024-01-02 10:12:00,5.00,7,France",
    "3,A,Cup,4,2024-01-03 10:00:00,5.00,7,France",
    "4,B,Jug,9,2024-01-01 10:00:00,9.00,8,France",
    "C5,B,Jug,-8,2024-01-04 10:00:00,9.00,8,France",
    "C6,B,Jug,-100,2023-12-01 10:00:00,9.00,9,France",
    "7,B,Jug,100,2024-01-05 10:00:00,9.00,9,France",
    "8,B,Jug,1,2024-01-06 10:00:00,9.00,9,France",
]


@pytest.fixture
def shop(tmp_path):
    pipeline = Pipeline(Settings(home=tmp_path / "home"))

    def store(lines):
        path = tmp_path / "log.csv"
        path.write_text(HEAD + "\n".join(lines) + "\n")
        return pipeline, pipeline.receive(path).fingerprint

    return store


@pytest.mark.parametrize("rules", ["net", "notebook"])
def test_only_an_order_that_came_back_whole_and_later_is_undone(shop, rules):
    pipeline, fingerprint = shop(LINES)
    found = pipeline.undone(View(fingerprint, rules=rules))
    assert (found.customer_id, found.cents, found.minutes) == ("7", 5000, 12)


def test_the_order_of_the_rows_changes_nothing(shop):
    pipeline, forth = shop(LINES)
    _, back = shop(LINES[::-1])
    assert forth != back
    assert pipeline.undone(View(forth)) == pipeline.undone(View(back))


def test_a_shop_without_such_an_order_has_no_example(shop):
    pipeline, fingerprint = shop(LINES[2:5])
    assert pipeline.undone(View(fingerprint)) is None


def test_each_step_says_what_is_left_and_the_last_one_what_is_analysed():
    receipt = Receipt(10, 1000, 6, 750, [
        Entry("unreadable", True, 0, 0),
        Entry("customer_missing", True, 3, 300),
        Entry("duplicate", False, 2, 100),
        Entry("returned", True, 1, -50),
    ])  # fmt: skip
    assert receipt.adds_up
    made = waterfall.steps(receipt)
    assert [(step.slug, step.left) for step in made] == [
        ("customer_missing", 700),
        ("duplicate", 700),
        ("returned", 750),
    ]
    assert waterfall.frame(receipt)["money"].tolist() == [10.0, -3.0, 0.0, 0.5, 7.5]


def test_a_locked_rule_shows_once_it_took_something():
    made = waterfall.steps(Receipt(2, 100, 1, 100, [Entry("unreadable", True, 1, 0)]))
    assert [(step.slug, step.locked) for step in made] == [("unreadable", True)]
