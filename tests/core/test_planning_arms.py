"""The arm of a customer is the same for ever, in Python and in SQL, and of the stated share."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.campaigns.planning.arms import arm, arm_sql, fraction
from core.errors import ParameterError

IDS = [str(number) for number in range(10_000)]


def test_the_arm_is_a_known_hash():
    # sha256("a:b") begins 6783a31eabf68.
    assert fraction("a", "b") == int("6783a31eabf68", 16) / 16**13
    assert arm("a", "b", 0.41) == "holdout"
    assert arm("a", "b", 0.40) == "treated"


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=12).filter(lambda text: "\0" not in text), st.floats(0.01, 0.99))
def test_sql_and_python_agree(salt, share):
    ids = [*IDS[:50], "o'Neil", "ä 1", ""]
    rows = duckdb.connect().execute(
        f'SELECT "customer id", {arm_sql(salt, "customer id", share)} FROM (SELECT unnest(?) AS "customer id")', [ids]
    )
    assert rows.fetchall() == [(each, arm(salt, each, share)) for each in ids]


@pytest.mark.parametrize("share", [0.1, 0.5])
def test_the_share_is_the_stated_one(share):
    held = sum(arm("spring", each, share) == "holdout" for each in IDS)
    # Four standard deviations of a binomial.
    assert abs(held - share * len(IDS)) < 4 * (len(IDS) * share * (1 - share)) ** 0.5


def test_a_larger_holdout_takes_nobody_back():
    before = {each for each in IDS if arm("spring", each, 0.1) == "holdout"}
    assert before < {each for each in IDS if arm("spring", each, 0.2) == "holdout"}


def test_another_campaign_deals_anew():
    both = sum(arm("spring", each, 0.5) == arm("autumn", each, 0.5) for each in IDS)
    assert 4_800 < both < 5_200


@pytest.mark.parametrize("share", [0, 1, -1, 2, float("nan")])
def test_a_holdout_of_nobody_or_everybody_is_told(share):
    with pytest.raises(ParameterError, match="makes no test"):
        arm("spring", "1", share)
