"""What was planned, for as many as were treated, and what own results change in a plan."""

import pandas as pd
import pytest

from core.campaigns.planning import plan
from core.campaigns.planning.crowds import Crowds
from core.campaigns.planning.wishes import Wishes
from core.campaigns.results.assessing import EVERYBODY
from core.campaigns.results.planned import planned

COLUMNS = ["segment", "customers", "orders", "cents", "again", "days"]
CROWDS = Crowds(
    pd.DataFrame([(1, 3_000, 3_000, 15_000_000, 0, 0), (2, 1_000, 1_000, 2_000_000, 0, 0)], columns=COLUMNS)
)
WISHES = Wishes(cost=50, margin=0.4, discount=0.1, base=0.1, expected=(0.12, 0.16), holdout=0.25)
NAMES = {1: "Loyal", 2: "Lost"}


def test_the_figures_are_those_of_the_plan_for_as_many_as_were_treated():
    # 3,000 would be treated: 2,250 and 750. Of 1,500 in the end half of each: 1,125 at 50.00 and 375 at 20.00.
    found = planned(plan.plan(CROWDS, WISHES, log=False), 1_500, NAMES)
    assert (found.base, found.response) == (pytest.approx(0.1), pytest.approx((0.12, 0.14, 0.16)))
    assert found.relative == pytest.approx((0.2, 0.4, 0.6))
    assert found.orders == pytest.approx((30, 60, 90))
    worth = 1_125 * 5_000 + 375 * 2_000
    assert found.revenue == pytest.approx(tuple(worth * (rate * 0.9 - 0.1) for rate in (0.12, 0.14, 0.16)))
    # Of an order 40 − 10 % are left; one that would have come anyway left 40 %.
    assert found.profit[1] == pytest.approx(worth * (0.14 * 0.3 - 0.1 * 0.4) - 1_500 * 50, abs=1)
    assert found.profit[0] < found.profit[1] < found.profit[2]
    assert found.points == pytest.approx({"Loyal": 0.04, "Lost": 0.04, EVERYBODY: 0.04})
    assert not found.assumed


def test_without_a_margin_there_is_no_profit_and_without_an_order_no_revenue():
    assert planned(plan.plan(CROWDS, Wishes(), log=False), 100, NAMES).profit is None
    nothing = Crowds(CROWDS.rows.assign(orders=0, cents=0))
    assert planned(plan.plan(nothing, Wishes(margin=0.4), log=False), 100, NAMES).revenue is None


def test_own_results_take_the_place_of_the_assumption_but_not_of_what_is_typed_in():
    learned = (0.05, 0.15, 0.25)
    found = plan.plan(CROWDS, Wishes(), log=False, learned=learned)
    assert (found.lifts, found.learned) == (learned, True)
    assert not plan.plan(CROWDS, Wishes(), log=False).learned
    typed = plan.plan(CROWDS, WISHES, log=False, learned=learned)
    assert (typed.lifts[1], typed.learned) == (pytest.approx(0.4), False)
