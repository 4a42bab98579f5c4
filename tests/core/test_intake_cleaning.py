"""What cleaning may never do: depend on the order of rows, lose a cent, or count a customer or order wrongly."""

from __future__ import annotations

import itertools
import random
import tempfile
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.intake import arrival
from core.intake.logs.rules import LOCKED, PRESETS, RULES
from core.warehouse import engine
from core.warehouse.store import Store
from core.warehouse.tables import Tables
from tests.core.logs import SAID, row, text, write

few = settings(max_examples=25, deadline=None)
SWITCHES = [rule.slug for rule in RULES if not rule.locked]

line = st.builds(
    row,
    order=st.sampled_from(["1", "2", "3", "C4", "C5", "6"]),
    code=st.sampled_from(["A", "B", "POST", "gift_0001_20"]),
    name=st.sampled_from(["cup", "CUP", "", "lamp"]),
    quantity=st.sampled_from(["2", "-2", "5", "0", "-5", "x"]),
    date=st.sampled_from(["2011-01-01 10:00:00", "2011-01-02 09:30:00", "2011-03-05 12:00:00", "soon"]),
    price=st.sampled_from(["1.00", "2.49", "0", "-3.10"]),
    customer=st.sampled_from(["7", "8", "9.0", "10", ""]),
    country=st.sampled_from(["EIRE", "Spain", ""]),
)
log = st.lists(st.one_of(line, line, line, line.map(lambda cells: cells[:6])), max_size=25)
# One line that every set of rules leaves, so that there is something to analyse.
KEPT = row(order="100", customer="1", date="2011-02-01 08:00:00", price="40.00")


def clean(rows: list[tuple[str, ...]], rules: str, as_of: str = "") -> Tables:
    folder = Path(tempfile.mkdtemp())
    store = Store(folder)
    dataset = arrival.receive(write(folder, text([KEPT, *rows])), store, answers=SAID)
    return arrival.tables(store, dataset.fingerprint, rules, as_of)


def content(tables: Tables, name: str) -> pd.DataFrame:
    frame = engine.collect(tables.scan(name))
    return frame.sort_values(list(frame.columns), ignore_index=True)


@few
@given(log, st.sampled_from(["net", "notebook", "none"]), st.randoms(use_true_random=False))
def test_row_order_changes_nothing(rows, rules, dice):
    shuffled = dice.sample(rows, len(rows))
    first, second = clean(rows, rules), clean(shuffled, rules)
    assert first.meta == second.meta
    for name in ("lines", "orders", "customers", "products"):
        pd.testing.assert_frame_equal(content(first, name), content(second, name))


@few
@given(log, st.sets(st.sampled_from(SWITCHES)), st.sampled_from(["", "2011-02-02"]))
def test_the_receipt_adds_up_for_every_set_of_rules(rows, on, as_of):
    tables = clean(rows, "+".join(sorted(on)) or "none", as_of)
    meta, receipt = tables.meta, tables.meta.receipt
    assert receipt.adds_up
    assert receipt.rows_in == len(rows) + 1
    assert [entry.rule for entry in receipt.entries] == [rule.slug for rule in RULES]
    lines, orders, customers = (engine.collect(tables.scan(name)) for name in ("lines", "orders", "customers"))
    assert len(lines) == meta.lines == orders["lines"].sum()
    assert lines["cents"].sum() == orders["cents"].sum() == customers["cents"].sum() == meta.cents
    assert orders["counted"].sum() == customers["frequency"].sum() == meta.orders
    assert list(customers["customer"]) == list(range(meta.customers))
    assert set(lines["customer"]) == set(customers["customer"])
    assert lines["product"].nunique() == meta.products == len(engine.collect(tables.scan("products")))


def test_the_receipt_adds_up_for_all_combinations_of_switches_on_one_log(tmp_path):
    dice = random.Random(5)
    rows = [
        row(order=dice.choice(["1", "2", "C3"]), code=dice.choice(["A", "POST"]), quantity=dice.choice([1, 2, -2]),
            date=f"2011-0{dice.randint(1, 9)}-01", price=dice.choice(["1.25", "0", "3"]),
            customer=dice.choice(["7", "8", ""]))
        for _ in range(60)
    ]  # fmt: skip
    store = Store(tmp_path)
    dataset = arrival.receive(write(tmp_path, text([KEPT, *rows])), store, answers=SAID)
    for count in (0, 1, 2, len(SWITCHES) - 1, len(SWITCHES)):
        for on in itertools.combinations(SWITCHES, count):
            receipt = arrival.tables(store, dataset.fingerprint, "+".join(on) or "none").meta.receipt
            assert receipt.adds_up, on
            assert [entry.rule for entry in receipt.entries if entry.on][len(LOCKED) :] == [
                s for s in SWITCHES if s in on
            ]


@few
@given(log, st.sampled_from(["net", "notebook"]))
def test_duplicates_and_money_are_those_of_a_plain_count(rows, rules):
    fitting = [cells for cells in [KEPT, *rows] if len(cells) == 8]
    alike = Counter(fitting)
    readable = [c for c in fitting if c[3] != "x" and c[4] != "soon"]
    receipt = clean(rows, rules).meta.receipt
    entries = {entry.rule: entry for entry in receipt.entries}
    assert receipt.cents_in == sum(round(float(c[3]) * float(c[5]) * 100) for c in fitting if c[3] != "x")
    assert entries["misfit"].rows == len(rows) + 1 - len(fitting)
    assert entries["unreadable"].rows == len(fitting) - len(readable)
    assert entries["customer_missing"].rows == sum(not c[6] for c in readable)
    assert entries["duplicate"].rows == sum(n - 1 for c, n in alike.items() if c in readable and c[6])


@pytest.fixture
def shop(tmp_path: Path) -> tuple[Store, str]:
    store = Store(tmp_path)
    rows = [
        row(order=1, customer="10", code="A", name="lamp", quantity=2, price="5.00", date="2011-01-01 10:00:00",
            country="Spain"),
        row(order=1, customer="10", code="B", name="cup", quantity=1, price="3.00", date="2011-01-01 10:00:00",
            country="Spain"),
        row(order=2, customer="10", code="A", name="LAMP", quantity=1, price="5.00", date="2011-02-01 10:00:00"),
        row(order=3, customer="9", code="A", name="lamp", quantity=1, price="5.00", date="2011-02-03 10:00:00"),
        row(order=4, customer="9", code="B", name="", quantity=4, price="3.00", date="2011-02-04 10:00:00"),
        row(order="C5", customer="9", code="B", name="", quantity=-4, price="3.00", date="2011-02-05 10:00:00"),
        row(order=6, customer="11", code="A", name="lamp", quantity=1, price="5.00", date="2011-02-06 10:00:00"),
        row(order="C7", customer="11", code="A", name="lamp", quantity=-1, price="5.00", date="2011-02-07 10:00:00"),
        row(order=8, customer="", code="A", name="lamp", quantity=1, price="5.00", date="2011-02-08 10:00:00"),
    ]  # fmt: skip
    return store, arrival.receive(write(tmp_path, text(rows)), store, answers=SAID).fingerprint


def test_the_three_grains_of_a_small_shop(shop):
    tables = arrival.tables(*shop, "net")
    customers = engine.collect(tables.scan("customers"))
    assert list(customers["customer_id"]) == ["9", "10"]
    assert list(customers["cents"]) == [500, 1800]
    assert list(customers["frequency"]) == [1, 2]
    assert list(customers["bought_cents"]) == [1700, 1800]
    assert list(customers["products"]) == [2, 2]
    # Until 9 February 10:00, the day after the last line, whoever's it is.
    assert list(customers["recency_days"]) == [6, 8]
    assert list(customers["tenure_days"]) == [6, 39]
    assert list(customers["country"]) == ["United Kingdom", "Spain"]
    orders = engine.collect(tables.scan("orders")).set_index("order_id")
    assert orders["counted"].to_dict() == {"1": 1, "2": 1, "3": 1, "4": 0, "C5": 0}
    assert orders.loc["1", ["cents", "lines", "items", "weekday", "hour"]].to_list() == [1300, 2, 3.0, 5, 10]
    products = engine.collect(tables.scan("products"))
    assert products[["product", "code", "name"]].to_numpy().tolist() == [[0, "A", "lamp"], [1, "B", "cup"]]


def test_customers_who_net_to_nothing_are_set_aside_and_counted(shop):
    entries = {entry.rule: entry for entry in arrival.tables(*shop, "net").meta.receipt.entries}
    assert (entries["nets_to_nothing"].customers, entries["nets_to_nothing"].rows) == (1, 2)
    assert entries["cancelled_order"].orders == 1


def test_without_the_rule_each_order_without_a_customer_is_a_guest(shop):
    customers = engine.collect(arrival.tables(*shop, "duplicate").scan("customers"))
    assert list(customers["customer_id"]) == ["10", "11", "9", "guest 8"]


def test_recency_counts_to_the_date_that_is_asked_for(shop):
    tables = arrival.tables(*shop, "net", "2011-02-05")
    entries = {entry.rule: entry for entry in tables.meta.receipt.entries}
    customers = engine.collect(tables.scan("customers")).set_index("customer_id")
    assert entries["after_as_of"].rows == 4
    assert customers["recency_days"].to_dict() == {"9": 1, "10": 4}


def test_numeric_ids_are_ordered_as_numbers_and_others_as_text():
    numbers = engine.collect(clean([row(customer=c, order=c) for c in ("10", "9", "100")], "net").scan("customers"))
    words = engine.collect(clean([row(customer=c, order=c) for c in ("10", "9", "b")], "net").scan("customers"))
    assert list(numbers["customer_id"]) == ["1", "9", "10", "100"]
    assert list(words["customer_id"]) == ["1", "10", "9", "b"]


@pytest.mark.parametrize("rules", PRESETS)
def test_all_orders_from_one_country_are_no_obstacle(rules):
    tables = clean([row(order=i, country="France") for i in range(3)], rules)
    assert set(engine.collect(tables.scan("orders"))["country"]) == {"France", "United Kingdom"}
