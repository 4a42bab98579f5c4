"""What is bought together, counted by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.campaigns.offers.baskets import holdings, together
from core.campaigns.offers.pairs import pairs
from tests.core.little_shop import Line, shop

DAY = "2024-03-04"


def lines():
    """A hundred orders: tea (0) in 20, of these cups (1) in 16; cups in 20; sugar (2) in all, spoons (3) returned."""
    made = []
    for n in range(100):
        order, customer = f"A{n}", n % 30
        made.append(Line(order, customer, DAY, product=2))
        if n < 20:
            made.append(Line(order, customer, DAY, product=0, quantity=3))
            made.append(Line(f"C{n}", customer, DAY, product=3, quantity=-1))
        if 4 <= n < 24:
            made += [Line(order, customer, DAY, product=1), Line(order, customer, DAY, product=1, quantity=2)]
    return made


def test_support_confidence_and_lift_are_those_of_the_definition(tmp_path):
    found = pairs(shop(tmp_path, lines()))
    (pair,) = found.rows.to_dict("records")
    assert {pair["code"], pair["then_code"]} == {"P0", "P1"}
    assert (pair["baskets"], pair["baskets_first"], pair["baskets_then"]) == (16, 20, 20)
    assert (pair["support"], pair["confidence"], pair["confidence_back"]) == (0.16, 0.8, 0.8)
    assert pair["lift"] == pytest.approx(0.8 / 0.2)
    assert 1 < pair["low"] < pair["lift"]
    assert (found.baskets, found.every) == (100, 1)


def test_what_everybody_buys_goes_with_nothing(tmp_path):
    assert "P2" not in set(pairs(shop(tmp_path, lines())).rows[["code", "then_code"]].to_numpy().ravel())


def test_what_was_only_returned_is_in_no_basket(tmp_path):
    found = pairs(shop(tmp_path, lines()), 1)
    assert found.known == 3
    assert "P3" not in set(found.rows["code"]) | set(found.rows["then_code"])


def test_fewer_orders_than_the_least_are_no_pair(tmp_path):
    source = shop(tmp_path, lines())
    assert len(pairs(source, 16).rows) == 1
    assert pairs(source, 17).rows.empty


def test_the_rarer_product_leads_to_the_other(tmp_path):
    more = [*lines(), *(Line(f"B{n}", n, DAY, product=1) for n in range(10))]
    (pair,) = pairs(shop(tmp_path, more)).rows.to_dict("records")
    assert (pair["code"], pair["then_code"]) == ("P0", "P1")
    assert (pair["confidence"], pair["confidence_back"]) == (16 / 20, 16 / 30)


def test_only_the_orders_of_the_members_count(tmp_path):
    members = np.arange(30) < 10
    found = pairs(shop(tmp_path, lines(), members=members), 1)
    assert found.baskets == sum(n % 30 < 10 for n in range(100))


def test_by_chance_nothing_goes_together(tmp_path):
    rng = np.random.default_rng(3)
    made = [
        Line(f"A{n}", n % 50, DAY, product=int(product))
        for n in range(600)
        for product in rng.choice(60, size=8, replace=False)
    ]
    found = pairs(shop(tmp_path, made))
    assert found.met > 500
    assert found.rows.empty


def test_a_log_of_one_product_has_no_pairs(tmp_path):
    found = pairs(shop(tmp_path, [Line(f"A{n}", n, DAY) for n in range(40)]))
    assert found.rows.empty
    assert (found.baskets, found.known, found.met) == (40, 1, 0)


def test_days_without_orders_have_no_pairs(tmp_path):
    found = pairs(shop(tmp_path, lines(), span=("2024-05-01", "2024-05-31")))
    assert (found.baskets, len(found.rows)) == (0, 0)


def test_of_a_large_log_whole_orders_are_left_out_and_it_says_how_many(tmp_path):
    source = shop(tmp_path, lines())
    some, whole = holdings(source, "order", 1, most_lines=45), holdings(source, "order", 1)
    # 180 lines by 45.
    assert (len(lines()), some.every) == (180, 4)
    assert 0 < some.total < whole.total
    assert set(some.holders) <= set(whole.holders)
    # Sugar is in every order: whichever are looked at, it is in each.
    assert some.matrix[:, list(some.products).index(2)].sum() == some.total


@settings(max_examples=25, deadline=None)
@given(bought=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5)), min_size=1, max_size=60))
def test_pairs_are_counted_as_pandas_counts_them(tmp_path_factory, bought):
    made = [Line(f"A{order}", order % 3, DAY, product=product) for order, product in bought]
    found = holdings(shop(tmp_path_factory.mktemp("shop"), made), "order", 1)
    frame = pd.DataFrame(bought, columns=["order", "product"]).drop_duplicates().assign(n=1)
    wide = frame.pivot(index="order", columns="product", values="n").fillna(0).astype(int)
    expected = (wide.T @ wide).loc[found.products, found.products].to_numpy()
    assert (together(found.matrix) == expected).all()
