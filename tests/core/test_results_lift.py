"""Two arms compared: published intervals, coverage in simulated campaigns, and p-values that agree with them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.stats.proportion import test_proportions_2indep as proportions_test
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from core.campaigns.results import scores
from core.campaigns.results.lift import Arm, lift, money, welch

RUNS = 2000
# R. G. Newcombe, Statistics in Medicine 17 (1998), 873–890, table II, method 6 (Miettinen and Nurminen).
PUBLISHED = {
    (70, 56, 80, 48): (0.0528, 0.3382),
    (10, 9, 10, 3): (0.1700, 0.8406),
    (7, 6, 7, 2): (0.0342, 0.8534),
    (56, 5, 29, 0): (-0.0326, 0.1933),
    (10, 0, 20, 0): (-0.1658, 0.2844),
    (10, 0, 10, 0): (-0.2879, 0.2879),
    (10, 10, 20, 0): (0.7156, 1.0),
    (10, 10, 10, 0): (0.6636, 1.0),
}


@pytest.mark.parametrize(("counts", "interval"), PUBLISHED.items())
def test_intervals_of_a_difference_are_those_of_the_published_table(counts, interval):
    assert [float(end) for end in scores.difference(*counts)] == pytest.approx(interval, abs=6e-5)


@pytest.mark.parametrize("counts", [(70, 56, 80, 48), (9000, 600, 1000, 50), (500, 60, 480, 71)])
def test_ratio_and_p_value_are_those_of_statsmodels(counts):
    n1, x1, n0, x0 = counts
    expected = confint_proportions_2indep(x1, n1, x0, n0, compare="ratio", method="score", correction=True)
    assert [float(end) for end in scores.ratio(*counts)] == pytest.approx(expected, abs=1e-5)
    p = proportions_test(x1, n1, x0, n0, compare="diff", method="score", correction=True).pvalue
    assert float(scores.p_value(*counts)) == pytest.approx(p, rel=1e-9)


@given(st.integers(2, 400), st.integers(2, 400), st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=100, deadline=None)
def test_the_p_value_never_contradicts_either_interval(n1, n0, share1, share0):
    found = lift(Arm(n1, round(share1 * n1)), Arm(n0, round(share0 * n0)))
    if abs(found.p - 0.05) < 1e-6:
        return
    assert (found.p < 0.05) == (not found.difference.holds(0))
    assert (found.p < 0.05) == (not found.relative.holds(0))
    assert found.difference.low - 1e-9 <= found.difference.value <= found.difference.high + 1e-9


@given(st.integers(2, 200), st.integers(2, 200), st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=50, deadline=None)
def test_arms_exchanged_turn_the_interval_round(n1, n0, share1, share0):
    x1, x0 = round(share1 * n1), round(share0 * n0)
    low, high = scores.difference(n1, x1, n0, x0)
    other = scores.difference(n0, x0, n1, x1)
    assert (float(low), float(high)) == pytest.approx((-float(other[1]), -float(other[0])), abs=1e-9)


def test_incremental_orders_are_the_treated_times_the_difference_of_the_rates():
    found = lift(Arm(9000, 630), Arm(1000, 50))
    assert found.orders.value == pytest.approx(9000 * (0.07 - 0.05))
    assert found.relative.value == pytest.approx(0.4)
    assert found.orders.low == pytest.approx(9000 * found.difference.low)


def test_a_holdout_in_which_nobody_ordered_leaves_the_relative_change_open():
    found = lift(Arm(56, 5), Arm(29, 0))
    assert math.isnan(found.relative.value)
    assert found.relative.high == math.inf


@pytest.mark.parametrize(
    ("base", "effect", "n1", "n0"), [(0.05, 1.0, 4500, 500), (0.05, 1.3, 4500, 500), (0.15, 1.2, 900, 900)]
)
def test_intervals_of_conversions_cover_the_truth_in_95_of_100_campaigns(base, effect, n1, n0):
    random = np.random.default_rng(20261121)
    x1, x0 = random.binomial(n1, base * effect, RUNS), random.binomial(n0, base, RUNS)
    low, high = scores.difference(n1, x1, n0, x0)
    truth = base * (effect - 1)
    assert 0.94 <= ((low <= truth) & (truth <= high)).mean() <= 0.96
    low, high = scores.ratio(n1, x1, n0, x0)
    assert 0.94 <= ((low <= effect) & (effect <= high)).mean() <= 0.96


def test_without_an_effect_5_of_100_campaigns_are_called_one():
    random = np.random.default_rng(5)
    n1, n0 = 4500, 500
    p = scores.p_value(n1, random.binomial(n1, 0.05, RUNS), n0, random.binomial(n0, 0.05, RUNS))
    assert 0.04 <= (p < 0.05).mean() <= 0.06


@pytest.mark.parametrize(("effect", "n1", "n0"), [(1.0, 3600, 900), (1.25, 1800, 1800)])
def test_intervals_of_revenue_cover_the_truth_in_95_of_100_campaigns(effect, n1, n0):
    random = np.random.default_rng(7)
    rate, spread, middle = 0.1, 0.6, math.log(4000)
    mean = math.exp(middle + spread**2 / 2)

    def arm(n: int, share: float) -> tuple[np.ndarray, np.ndarray]:
        moments = []
        for bought in random.binomial(n, share, RUNS):
            spent = np.concatenate([random.lognormal(middle, spread, bought), np.zeros(n - bought)])
            moments.append((spent.mean(), spent.var(ddof=1)))
        return tuple(np.array(moments).T)

    (m1, v1), (m0, v0) = arm(n1, rate * effect), arm(n0, rate)
    _, (low, high), p = welch(n1, m1, v1, n0, m0, v0)
    truth = rate * (effect - 1) * mean
    assert 0.94 <= ((low <= truth) & (truth <= high)).mean() <= 0.96
    if effect == 1:
        assert 0.04 <= (p < 0.05).mean() <= 0.06


def test_revenue_is_compared_as_by_welch():
    random = np.random.default_rng(3)
    a, b = random.lognormal(8, 1, 60).round(), random.lognormal(8.2, 0.5, 40).round()
    found = money(
        *(Arm(len(each), len(each), each.sum(), (each**2).sum()) for each in (a, b)), margin=0.3, cost_cents=60
    )
    expected = CompareMeans(DescrStatsW(a), DescrStatsW(b))
    assert (found.each.low, found.each.high) == pytest.approx(expected.tconfint_diff(usevar="unequal"))
    assert found.p == pytest.approx(stats.ttest_ind(a, b, equal_var=False).pvalue)
    assert found.profit.value == pytest.approx(60 * (a.mean() - b.mean()) * 0.3 - 60)


def test_arms_that_spent_nothing_differ_in_nothing():
    found = money(Arm(50, 0), Arm(50, 0))
    assert (found.each.value, found.each.low, found.p) == (0, 0, 1)
