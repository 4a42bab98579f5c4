"""What a campaign costs and brings, counted on margin; and how a budget is split."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.campaigns.planning import budget, worth
from core.campaigns.planning.budget import Offer
from core.campaigns.planning.worth import Guess, Part, Terms
from core.errors import ParameterError

SURE = Guess(0.08, 0.08, 0.08)


def test_break_even_is_on_margin_not_on_revenue():
    # 1.00 a contact, orders of 50.00 at 40 %: 20.00 stay, so one more order of 20 contacts pays.
    assert Terms(cost=100, margin=0.4).break_even(5_000) == pytest.approx(0.05)
    assert Terms(cost=100, margin=1).break_even(5_000) == pytest.approx(0.02)


def test_a_discount_comes_off_the_margin():
    assert Terms(cost=100, margin=0.4, discount=0.2).contribution(5_000) == pytest.approx(1_000)
    assert Terms(cost=100, margin=0.4, discount=0.2).break_even(5_000) == pytest.approx(0.1)


def test_a_discount_is_also_given_on_orders_that_come_anyway():
    terms = Terms(cost=100, margin=0.4, discount=0.2)
    assert terms.break_even(5_000, base=0.05) == pytest.approx((100 + 5_000 * 0.2 * 0.05) / 1_000)


@pytest.mark.parametrize("discount", [0.0, 0.1])
def test_profit_at_break_even_is_nothing(discount):
    terms = Terms(cost=100, margin=0.4, discount=discount)
    rate = 0.05 + terms.break_even(5_000, 0.05)
    assert worth.worth(Part(1_000, 5_000, 0.05, Guess(rate, rate, rate)), terms).profit == 0


def test_profit_is_what_both_worlds_leave_less_the_cost():
    terms, part = Terms(cost=100, margin=0.4, discount=0.1), Part(1_000, 5_000, 0.05, SURE)
    done = worth.worth(part, terms)
    with_it = 1_000 * 0.08 * 5_000 * (0.4 - 0.1) - 1_000 * 100
    without = 1_000 * 0.05 * 5_000 * 0.4
    assert done.profit == round(with_it - without)
    assert (done.cost, done.given_away, done.orders) == (100_000, 25_000, pytest.approx(30))


def test_the_range_holds_chance_and_assumption():
    terms = Terms(cost=10, margin=0.4)
    chance = worth.worth(Part(1_000, 5_000, 0.05, SURE), terms)
    both = worth.worth(Part(1_000, 5_000, 0.05, Guess(0.06, 0.08, 0.1)), terms)
    assert chance.high - chance.profit == pytest.approx(1.96 * math.sqrt(1_000 * 0.08 * 0.92) * 2_000, rel=1e-3)
    assert both.low < chance.low < chance.profit == both.profit < chance.high < both.high


def test_segments_add_up_to_the_whole():
    terms = Terms(cost=50, margin=0.5, discount=0.1)
    parts = [Part(300, 4_000, 0.02, SURE), Part(700, 9_000, 0.05, SURE)]
    whole, each = worth.total(parts, terms), [worth.worth(part, terms) for part in parts]
    assert whole.cost == sum(one.cost for one in each)
    assert whole.orders == pytest.approx(sum(one.orders for one in each))
    assert whole.profit == pytest.approx(sum(one.profit for one in each), abs=1)
    # Chance evens out: the whole is surer than its parts one by one.
    assert whole.high - whole.low < sum(one.high - one.low for one in each)


def test_nobody_brings_and_costs_nothing():
    nobody = worth.total([], Terms(cost=50, margin=0.5))
    assert (nobody.cost, nobody.profit, nobody.low, nobody.high) == (0, 0, 0, 0)


def test_nobody_responds_twice():
    assert Guess.lifted(0.6, (0.0, 0.5, 1.0)) == Guess(0.6, pytest.approx(0.9), 1.0)


@pytest.mark.parametrize(
    ("settings_", "said"),
    [
        ({"cost": 10, "margin": 0}, "margin of 0 %"),
        ({"cost": 10, "margin": -0.2}, "margin of -20 %"),
        ({"cost": 10, "margin": 1.2}, "margin of 120 %"),
        ({"cost": 10, "margin": 0.3, "discount": 0.3}, "never breaks even"),
        ({"cost": 10, "margin": 0.3, "discount": -0.1}, "discount of -10 %"),
        ({"cost": -1, "margin": 0.3}, "cost per contact"),
        ({"cost": math.nan, "margin": 0.3}, "cost per contact"),
        ({"cost": 10, "margin": math.nan}, "margin"),
    ],
)
def test_a_setting_that_does_not_fit_is_told_by_name(settings_, said):
    with pytest.raises(ParameterError, match=said):
        Terms(**settings_)


def test_an_order_of_no_value_is_told():
    with pytest.raises(ParameterError, match="value of an order"):
        Terms(cost=10, margin=0.3).break_even(0)


offers = st.lists(st.tuples(st.integers(0, 6), st.integers(-5, 9)), min_size=1, max_size=4).map(
    lambda rows: [Offer(n, contacts, profit) for n, (contacts, profit) in enumerate(rows)]
)


@settings(max_examples=25, deadline=None)
@given(offers, st.integers(1, 40), st.integers(0, 600))
def test_no_other_split_of_a_budget_brings_more(rows, cost, money):
    best = budget.split(rows, cost, money)
    assert sum(one.cost for one in best) <= money
    brought = sum(one.profit for one in best)
    ways = itertools.product(*(range(row.contacts + 1) for row in rows))
    possible = [
        sum(n * row.profit for n, row in zip(way, rows, strict=True)) for way in ways if sum(way) * cost <= money
    ]
    assert brought == max(possible)


def test_contacts_that_lose_money_are_never_made():
    assert [one.contacts for one in budget.split([Offer(1, 10, -1), Offer(2, 10, 0)], 10, 1_000)] == [0, 0]


def test_equal_segments_are_served_by_their_number():
    served = budget.split([Offer(2, 10, 5), Offer(1, 10, 5)], 10, 100)
    assert [(one.id, one.contacts) for one in served] == [(1, 10), (2, 0)]


def test_contacts_for_a_fraction_of_a_cent_are_counted_whole():
    assert budget.split([Offer(1, 99, 5)], 0.1, 1)[0].contacts == 10
    assert budget.split([Offer(1, 99, 5)], 0, 0)[0].contacts == 99


def test_a_budget_below_nothing_is_told():
    with pytest.raises(ParameterError, match="budget"):
        budget.split([], 10, -1)
