"""What comes next for a customer, counted by hand."""

import numpy as np
import pytest

from core.campaigns.offers.next_product import FEWEST, Likeness, likeness, next_for, next_products
from tests.core.little_shop import Line, shop

DAY = "2024-03-04"


def lines():
    """Thirty customers: tea (0) is bought by 0 to 9, cups (1) by 2 to 13, sugar (2) by 14 to 29, a spoon (3) by 0."""
    made = [Line(f"T{n}", n, DAY, product=0) for n in range(10)]
    made += [Line(f"U{n}", n, DAY, product=1) for n in range(2, 14)]
    made += [Line(f"S{n}", n, DAY, product=2) for n in range(14, 30)]
    return [*made, Line("X", 0, DAY, product=3), Line("Y", 1, DAY, product=1, quantity=-1)]


def test_likeness_is_the_cosine_of_who_bought_what(tmp_path):
    like = likeness(shop(tmp_path, lines()))
    at = {int(product): place for place, product in enumerate(like.products)}
    assert sorted(at) == [0, 1, 2]
    assert like.both[at[0], at[1]] == 8
    assert like.near()[at[0], at[1]] == pytest.approx(8 / np.sqrt(10 * 12))
    assert like.near()[at[0], at[2]] == 0
    assert (like.customers, like.every, like.known) == (30, 1, 4)


def test_who_bought_tea_alone_gets_cups_next_and_the_other_way_round(tmp_path):
    source = shop(tmp_path, lines())
    found = next_products(source, "", like=likeness(source))
    told = found.rows.set_index("code")
    assert told["customers"].to_dict() == {"P0": 4, "P1": 2}
    assert told["share"].tolist() == [4 / 30, 2 / 30]
    assert (found.customers, found.offered) == (30, 6)
    cups = told.loc["P1"]
    assert (cups["why_code"], cups["both"], cups["of"]) == ("P0", 8, 10)
    assert cups["lift"] == pytest.approx((8 / 10) / (12 / 30))


def test_nobody_is_offered_what_they_have(tmp_path):
    source = shop(tmp_path, lines())
    like = likeness(source)
    for customer in range(30):
        has = {line.product for line in lines() if line.customer == customer and line.quantity > 0}
        offered = {int(code[1:]) for code in next_for(source, customer, "", like=like)["code"]}
        assert not has & offered


def test_one_customer_gets_the_reason_in_counts(tmp_path):
    source = shop(tmp_path, lines())
    (row,) = next_for(source, 1, "", like=likeness(source)).to_dict("records")
    assert (row["code"], row["why_code"], row["both"], row["of"]) == ("P1", "P0", 8, 10)
    assert row["score"] == pytest.approx(8 / np.sqrt(10 * 12))


def test_nothing_is_next_for_who_has_bought_what_nobody_else_combines(tmp_path):
    source = shop(tmp_path, lines())
    assert next_for(source, 20, "", like=likeness(source)).empty


def test_only_customers_of_the_segment_are_offered_anything_but_all_teach(tmp_path):
    everybody = shop(tmp_path, lines())
    like = likeness(everybody)
    few = shop(tmp_path, lines(), members=np.arange(30) < 2)
    found = next_products(few, "", like=like)
    assert found.rows[["code", "customers"]].values.tolist() == [["P1", 2]]
    assert (found.customers, found.learned) == (2, 30)


def test_too_few_with_both_say_nothing(tmp_path):
    made = [Line(f"T{n}", n, DAY, product=0) for n in range(10)]
    made += [Line(f"U{n}", n, DAY, product=1) for n in range(FEWEST - 1)]
    made += [Line(f"V{n}", n, DAY, product=1) for n in range(10, 20)]
    source = shop(tmp_path, made)
    assert next_products(source, "", like=likeness(source)).rows.empty


def test_a_product_lends_its_weight_to_the_nearest_only():
    size = 40
    both = np.full((size, size), FEWEST)
    np.fill_diagonal(both, 100)
    both[0, 1:21] = both[1:21, 0] = 50
    near = Likeness(np.arange(size), both, 1000, 1, size).near()
    assert (near[0] > 0).sum() == 20
    assert near[0, 30] == 0


def test_days_without_orders_offer_nothing(tmp_path):
    source = shop(tmp_path, lines(), span=("2024-05-01", "2024-05-31"))
    found = next_products(source, "", like=likeness(source))
    assert (found.customers, found.offered, len(found.rows)) == (0, 0, 0)
    assert next_for(source, 1, "", like=likeness(source)).empty
