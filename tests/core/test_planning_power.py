"""What a test can show: sample sizes of the published table, and the lift that given arms detect."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.campaigns.planning import power
from core.errors import ParameterError

TABLE = [
    (0.02, 21_108, 108_416, 12_046),
    (0.05, 8_158, 41_855, 4_651),
    (0.15, 2_402, 12_272, 1_364),
]


def test_the_size_is_that_of_r_power_prop_test():
    assert power.sample_size(0.5, 0.75, power=0.9) == pytest.approx(76.7, abs=0.05)


@pytest.mark.parametrize(("base", "each", "treated", "holdout"), TABLE)
def test_sizes_of_the_table(base, each, treated, holdout):
    assert round(power.sample_size(base, base * 1.2)) == each
    needed = power.sample_size(base, base * 1.2, ratio=1 / 9)
    assert (round(needed), round(needed / 9)) == (treated, holdout)


@pytest.mark.parametrize(("base", "lift"), [(0.15, 0.67), (0.05, 1.39)])
def test_250_an_arm_show_only_large_lifts(base, lift):
    assert power.detectable(250, 250, base) == pytest.approx(lift, abs=0.005)


@settings(max_examples=25, deadline=None)
@given(st.floats(0.01, 0.5), st.floats(0.1, 0.9), st.floats(0.1, 2))
def test_the_smallest_lift_is_the_inverse_of_the_size(base, lift, ratio):
    rate = base * (1 + lift)
    if rate >= 0.99:
        return
    treated = power.sample_size(base, rate, ratio=ratio)
    # Arms are whole customers: one more or less moves the lift a little.
    found = power.detectable(round(treated) + 1, round(treated * ratio) + 1, base)
    assert found is not None
    assert found <= lift + 1e-6


def test_more_customers_show_smaller_lifts():
    found = [power.detectable(n, n, 0.05) for n in (100, 1_000, 10_000, 1_000_000)]
    assert None not in found
    assert found == sorted(found, reverse=True)


@pytest.mark.parametrize(("treated", "holdout"), [(0, 100), (100, 0), (3, 3)])
def test_too_few_customers_show_nothing(treated, holdout):
    assert power.detectable(treated, holdout, 0.3) is None
    assert "cannot show any lift" in power.Trial(treated, holdout, 0.3, 0.2, None).verdict


def test_a_verdict_says_what_cannot_be_shown():
    made = power.trial(500, 0.5, 0.15, 0.2)
    assert not made.able
    assert made.verdict == "Nothing below +67 % can be shown, and +20 % is planned."
    assert power.trial(20_000, 0.5, 0.15, 0.2).able


def test_the_holdout_that_is_needed_is_the_smallest():
    share = power.holdout_needed(20_000, 0.05, 0.2)
    assert share is not None
    assert power.trial(20_000, share, 0.05, 0.2).able
    assert not power.trial(20_000, share - 0.01, 0.05, 0.2).able
    assert power.holdout_needed(16_000, 0.05, 0.2) is None


@pytest.mark.parametrize("rate", [0, 1, -0.1, 1.5, float("nan")])
def test_a_rate_that_is_none_is_told_by_name(rate):
    with pytest.raises(ParameterError, match="response without"):
        power.detectable(100, 100, rate)


def test_no_difference_has_no_size():
    with pytest.raises(ParameterError, match="the same"):
        power.sample_size(0.1, 0.1)


@pytest.mark.parametrize("share", [0, 1, -0.2, 1.2])
def test_a_holdout_of_nobody_or_everybody_is_told(share):
    with pytest.raises(ParameterError, match="makes no test"):
        power.arms(1_000, share)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**7), st.floats(0.01, 0.99))
def test_arms_add_up(customers, share):
    assert sum(power.arms(customers, share)) == customers
