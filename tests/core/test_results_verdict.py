"""What is said of a campaign, and what speaks against believing it."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from core.campaigns.evidence import pool
from core.campaigns.results.assessing import Terms, assess, run_of
from core.campaigns.results.lift import Arm, lift
from core.campaigns.results.verdict import smallest_lift, verdict
from core.errors import ParameterError


def crowd(counts: dict[tuple[str, str], tuple[int, int]], cents: int = 5000) -> pd.DataFrame:
    """Customers by (segment, arm): how many, and how many of them ordered."""
    rows = [
        {"segment": segment, "arm": arm, "converted": number < ordered, "cents": cents * (number < ordered)}
        for (segment, arm), (customers, ordered) in counts.items()
        for number in range(customers)
    ]
    frame = pd.DataFrame(rows)
    state = np.where(frame["arm"] == "treated", "sent", "holdout")
    return frame.assign(state=state, found=frame["converted"], customer_id=[str(n) for n in range(len(frame))])


def test_a_clear_effect_is_called_one_with_its_orders():
    found = verdict(lift(Arm(9000, 720), Arm(1000, 50)))
    assert found.kind == "effect"
    assert "8.0 % of the treated and 5.0 % of the holdout" in found.sentence
    assert "about 270 customers" in found.sentence


def test_fewer_orders_among_the_treated_are_called_harm():
    found = verdict(lift(Arm(9000, 270), Arm(1000, 60)))
    assert found.kind == "harm"
    assert "about 270 customers (95 % " in found.sentence
    assert "−270" not in found.sentence


def test_a_small_test_says_what_it_could_not_have_shown():
    found = verdict(lift(Arm(250, 38), Arm(250, 37)))
    assert found.kind == "open"
    assert found.sentence.startswith("The test could not show an effect under +67 %; none was seen")


def test_arms_too_small_for_any_lift_say_so():
    assert smallest_lift(lift(Arm(3, 1), Arm(3, 1))) == math.inf
    assert "an effect of any size" in verdict(lift(Arm(100, 0), Arm(10, 0))).sentence


def test_arms_of_the_published_size_could_show_a_fifth():
    assert smallest_lift(lift(Arm(41_855, 2200), Arm(4_660, 233))) == pytest.approx(0.2, abs=1e-3)


def test_a_difference_on_the_edge_is_not_called_none():
    found = verdict(lift(Arm(250, 52), Arm(250, 37)))
    assert found.kind == "open"
    assert "may be chance (p = 0.08)" in found.sentence


def test_segments_add_up_to_the_whole():
    people = crowd(
        {
            ("A", "treated"): (900, 90),
            ("A", "holdout"): (100, 5),
            ("B", "treated"): (450, 20),
            ("B", "holdout"): (50, 2),
        }
    )
    found = assess(people, Terms(margin=0.4, cost=0.1, holdout=0.1))
    assert [part.name for part in found.segments] == ["A", "B"]
    for arm in ("treated", "holdout"):
        parts = [getattr(part, arm) for part in found.segments]
        whole = getattr(found.whole, arm)
        assert (sum(p.customers for p in parts), sum(p.converted for p in parts)) == (whole.customers, whole.converted)
    assert not found.warnings


def test_profit_is_incremental_revenue_at_the_margin_less_the_contacts():
    people = crowd({("A", "treated"): (900, 90), ("A", "holdout"): (100, 5)})
    earned = assess(people, Terms(margin=0.4, cost=0.1)).whole.money
    assert earned.revenue.value == pytest.approx(900 * (500 - 250))
    assert earned.profit.value == pytest.approx(900 * 250 * 0.4 - 900 * 10)


def test_treated_who_could_not_be_sent_to_still_count_in_their_arm():
    people = crowd({("A", "treated"): (900, 90), ("A", "holdout"): (100, 5)})
    people.loc[people.index[:200], "state"] = "rejected"
    found = assess(people, Terms(margin=0.4, cost=0.1))
    assert (found.whole.treated.customers, found.whole.contacts, found.rejected) == (900, 700, 0)
    assert "200 treated could not be sent to" in found.warnings[0]


def test_customers_rejected_from_both_arms_by_the_same_rules_are_left_out_of_both():
    people = crowd({("A", "treated"): (900, 90), ("A", "holdout"): (100, 5)})
    people.loc[people["customer_id"].isin(["0", "1", "900"]), "state"] = "rejected"
    found = assess(people, Terms())
    assert (found.whole.treated.customers, found.whole.holdout.customers, found.rejected) == (898, 99, 3)


def test_unbalanced_arms_are_told():
    people = crowd({("A", "treated"): (900, 90), ("A", "holdout"): (100, 5)})
    assert not assess(people, Terms(holdout=0.1)).warnings
    assert "chance does not explain that" in assess(people, Terms(holdout=0.2)).warnings[0]


def test_segments_held_out_in_different_shares_are_told():
    people = crowd(
        {
            ("A", "treated"): (900, 90),
            ("A", "holdout"): (100, 5),
            ("B", "treated"): (500, 20),
            ("B", "holdout"): (500, 2),
        }
    )
    assert "Different shares of the segments" in assess(people, Terms()).warnings[0]


def test_a_file_that_names_the_treated_only_is_no_comparison_to_believe():
    people = crowd({("A", "treated"): (900, 90), ("A", "holdout"): (100, 0)}).assign(
        found=lambda f: f["arm"] == "treated"
    )
    assert "names 100 % of the treated and 0 % of the holdout" in assess(people, Terms()).warnings[0]


def test_without_a_holdout_nothing_is_claimed():
    found = assess(crowd({("A", "treated"): (900, 90)}), Terms())
    assert found.whole.verdict.kind == "unknown"
    assert found.whole.lift is None


def test_the_plan_is_held_against_what_came():
    people = crowd({("A", "treated"): (9000, 720), ("A", "holdout"): (1000, 50)})
    assert "too high" in assess(people, Terms(lift=3)).plan
    assert "too low" in assess(people, Terms(lift=0.01)).plan
    assert "within what the figures allow" in assess(people, Terms(lift=0.5)).plan


@pytest.mark.parametrize(
    "wrong", [{"margin": 0}, {"margin": -0.1}, {"margin": 1.2}, {"cost": -1}, {"holdout": 0}, {"holdout": 1}]
)
def test_terms_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ParameterError):
        Terms(**wrong)


def test_results_are_evidence_for_their_strategy():
    found = assess(crowd({("A", "treated"): (9000, 720), ("A", "holdout"): (1000, 50)}), Terms())
    run = run_of(found)
    assert (run.treated, run.holdout) == (9000, 1000)
    assert pool([run]).difference == pytest.approx(0.03)
    assert run_of(assess(crowd({("A", "treated"): (900, 90)}), Terms())) is None
