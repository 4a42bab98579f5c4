"""What a strategy's runs say together."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.campaigns.evidence import Run, cite, lifts, pool
from core.errors import ParameterError


def test_three_runs_are_cited_in_one_line() -> None:
    # Three runs with intervals of the same width: the width of all three is that ÷ √3.
    half = 0.009 * 3**0.5
    runs = [Run(d, d - half, d + half, 2000, 500) for d in (0.009, 0.011, 0.013)]
    assert cite(runs, "win-back e-mail") == "win-back e-mail: 3 runs, +1.1 points, 95 % 0.2 to 2.0"


def test_a_precise_run_counts_for_more() -> None:
    # Standard errors 1 to 2, so weights 4 to 1: (4 × 0.01 + 1 × 0.06) ÷ 5 = 0.02.
    found = pool([Run(0.01, -0.01, 0.03, 900, 900), Run(0.06, 0.02, 0.10, 300, 300)])
    assert found is not None
    assert found.difference == pytest.approx(0.02)
    # 1 ÷ √(1 ÷ 0.02² + 1 ÷ 0.04²) = 0.017889, in half widths.
    assert found.high - found.difference == pytest.approx(0.0178885, abs=1e-6)
    assert (found.runs, found.treated, found.holdout) == (2, 1200, 1200)


def test_one_run_is_cited_as_it_was() -> None:
    found = pool([Run(-0.01, -0.03, 0.01, 500, 500)])
    assert found is not None
    assert (found.low, found.high) == pytest.approx((-0.03, 0.01))
    assert cite([Run(-0.01, -0.03, 0.01, 500, 500)]) == "1 run, −1.0 points, 95 % −3.0 to 1.0"


def test_one_run_keeps_an_interval_that_reaches_further_to_one_side() -> None:
    run = Run(0.095, 0.053, 0.123, 1531, 189)
    found = pool([run])
    assert found is not None
    assert (found.low, found.high) == pytest.approx((run.low, run.high))
    assert cite([run]) == "1 run, +9.5 points, 95 % 5.3 to 12.3"


def test_no_runs_are_cited_as_nothing() -> None:
    assert (cite([]), cite([], "win-back"), pool([])) == ("", "", None)


def test_a_run_in_which_nobody_answered_does_not_outweigh_the_others() -> None:
    found = pool([Run(0.0, 0.0, 0.0, 50, 50), Run(0.02, 0.01, 0.03, 5000, 5000)])
    assert found is not None
    assert found.difference == pytest.approx(0.02 * 1 / (1 + (0.005102 / 0.02) ** 2), abs=1e-4)


@pytest.mark.parametrize("run", [Run(0.1, 0.2, 0.3, 9, 9), Run(0.1, 0.0, 0.2, 9, 0), Run(float("nan"), 0, 0, 9, 9)])
def test_a_run_that_cannot_be_is_refused(run: Run) -> None:
    with pytest.raises(ParameterError):
        pool([run])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.floats(-0.5, 0.5), st.floats(0.001, 0.4)), min_size=1, max_size=6))
def test_more_runs_never_widen_the_interval_and_order_does_not_matter(drawn: list[tuple[float, float]]) -> None:
    runs = [Run(d, d - half, d + half, 5000, 5000) for d, half in drawn]
    found, backwards = pool(runs), pool(runs[::-1])
    assert found is not None
    assert backwards is not None
    assert found.difference == pytest.approx(backwards.difference)
    assert found.high - found.low <= min(run.high - run.low for run in runs) + 1e-9
    lowest, highest = min(run.difference for run in runs), max(run.difference for run in runs)
    assert lowest - 1e-9 <= found.difference <= highest + 1e-9


def test_what_to_expect_is_the_pooled_difference_over_the_pooled_base() -> None:
    # Equal widths, so equal weights: 0.03 ÷ 0.15, and its interval 0.03 ± 0.02 ÷ √2.
    found = lifts([Run(0.02, 0.0, 0.04, 900, 900, 0.1), Run(0.04, 0.02, 0.06, 900, 900, 0.2)])
    assert found == pytest.approx(((0.03 - 0.02 / 2**0.5) / 0.15, 0.2, (0.03 + 0.02 / 2**0.5) / 0.15))


def test_nothing_is_expected_of_runs_that_showed_nothing_or_whose_base_is_not_known() -> None:
    assert lifts([]) is None
    assert lifts([Run(-0.01, -0.03, 0.01, 500, 500, 0.1)]) is None
    assert lifts([Run(0.02, 0.0, 0.04, 500, 500)]) is None
