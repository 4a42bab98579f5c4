"""Rules in words: true for the numbers they name, short, and with the figures that a recount gives."""

import re

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from core.segments.explaining.conditions import Condition, columns
from core.segments.explaining.thresholds import describe
from core.segments.inputs import logs
from core.segments.inputs.matrix import Feature, assemble

LEVELS = ("Never", "Rarely", "Sometimes", "Often")
OFTEN = Feature("often", "Browsing_Frequency", "level", "", "", scale="ordinal", levels=LEVELS)
LAND = Feature("land", "Country", "category", "", "", scale="nominal")
CARD = Feature("card", "Loyalty_Card", "share", "", "", scale="yes_no")
RECENCY, ORDERS, SPEND = logs.RFM


def rules(frame, features, labels):
    return describe(frame, assemble(frame, features), np.asarray(labels), 42)


def customers(seed, many=600):
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "recency_days": rng.integers(1, 370, many).astype(float),
            "frequency": rng.geometric(0.25, many).astype(float),
            "monetary": rng.lognormal(6, 1, many).round(2),
        }
    )


def recount(frame, words):
    """Of whom a rule about an order log holds, read from its words alone."""
    known = {"orders?": "frequency", "last order": "recency_days", "spend": "monetary"}
    found = np.ones(len(frame), dtype=bool)
    for part in words.split(", ") if "¤" not in words else re.split(r", (?!\d)", words):
        values = next(frame[slug] for word, slug in known.items() if re.search(word, part) and (
            slug != "frequency" or "last order" not in part))  # fmt: skip
        for side, number in re.findall(r"(more than|over|fewer than|under|at most|exactly) ¤?([\d,.]+)", part):
            bound = float(number.replace(",", ""))
            test = {"more than": values > bound, "over": values > bound, "at most": values <= bound,
                    "exactly": values == bound}.get(side, values < bound)  # fmt: skip
            found &= test.to_numpy()
    return found


def test_a_known_rule_is_found_in_round_numbers():
    frame = customers(1, 6_000)
    labels = np.where((frame["frequency"] > 6) & (frame["recency_days"] < 40), 1, 2)
    (rule,) = rules(frame, logs.RFM, labels).of(1).to_dict("records")
    assert set(rule["words"].split(", ")) == {"more than 6 orders", "last order under 40 days ago"}
    assert (rule["coverage"], rule["precision"]) == (1.0, 1.0)


def test_a_category_is_told_by_its_name():
    frame = pd.DataFrame({"land": ["Germany"] * 40 + ["France"] * 40 + ["Spain"] * 40})
    labels = np.where(frame["land"] == "Germany", 1, 2)
    found = rules(frame, [LAND], labels)
    assert found.of(1)["words"].tolist() == ["country is Germany"]
    assert found.of(2)["words"].tolist() == ["country is not Germany"]


def test_levels_and_answers_are_told_in_their_own_words():
    rng = np.random.default_rng(2)
    frame = pd.DataFrame({"often": rng.integers(0, 4, 300).astype(float), "card": rng.choice(["yes", "no"], 300)})
    labels = np.where((frame["often"] >= 2) & (frame["card"] == "yes"), 1, 2)
    (words,) = rules(frame, [OFTEN, CARD], labels).of(1)["words"]
    assert set(words.split(", ")) == {"browsing frequency is “Sometimes” or higher", "loyalty card: yes"}


def test_what_is_not_known_is_over_and_under_nothing():
    between = Feature("days_between", "", "days", "", "")
    known = columns(pd.DataFrame({"days_between": [None, 10.0, 50.0]}), [between])
    assert Condition(between, low=5).holds(known).tolist() == [False, True, True]
    assert Condition(between, high=60).holds(known).tolist() == [False, True, True]


def test_segments_by_chance_are_said_to_be_hardly_told():
    frame = customers(3)
    found = rules(frame, logs.RFM, np.random.default_rng(99).integers(1, 5, len(frame)))
    assert set(found.fidelity["told"]) == {"hardly"}


def test_a_tiny_segment_among_many_is_told_as_well():
    frame = customers(4, 40_000)
    frame.loc[:4, "monetary"] = 90_000 + np.arange(5.0)
    frame.loc[5:, "monetary"] = frame.loc[5:, "monetary"].clip(upper=50_000)
    (rule,) = rules(frame, logs.RFM, np.where(np.arange(len(frame)) < 5, 1, 2)).of(1).to_dict("records")
    assert (rule["described"], rule["hits"]) == (5, 5)
    assert rule["words"].startswith("spend over ¤")


def test_one_segment_alone_has_nothing_to_be_told_from():
    frame = customers(5, 50)
    found = rules(frame, logs.RFM, np.ones(50, dtype=int))
    assert found.rules.empty
    assert found.fidelity["told"].tolist() == ["hardly"]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), segments=st.integers(2, 5))
def test_coverage_and_precision_are_what_a_recount_of_the_words_gives(seed, segments):
    frame, rng = customers(seed, 300), np.random.default_rng(seed)
    score = rng.normal(size=3) @ ((frame - frame.mean()) / frame.std()).T + 0.2 * rng.normal(size=len(frame))
    labels = 1 + pd.qcut(score, segments, labels=False).to_numpy()
    found = rules(frame, logs.RFM, labels)
    for rule in found.rules.to_dict("records"):
        described, mine = recount(frame, rule["words"]), labels == rule["id"]
        assert described.sum() == rule["described"]
        assert (described & mine).sum() / mine.sum() == rule["coverage"]
        assert (described & mine).sum() / described.sum() == rule["precision"]
    for segment, rows in found.rules.groupby("id"):
        together = np.logical_or.reduce([recount(frame, words) for words in rows["words"]])
        assert together.sum() == found.fidelity.set_index("id").loc[segment, "described"]
    assert (found.conditions.groupby(["id", "rule"]).size() <= 3).all()
    assert (found.rules.groupby("id").size() <= 3).all()


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_order_of_customers_changes_no_rule(seed):
    frame = customers(seed, 200)
    labels = np.where(frame["frequency"] * frame["monetary"] > 2_000, 1, 2)
    order = np.random.default_rng(seed).permutation(200)
    again = rules(frame.iloc[order].reset_index(drop=True), logs.RFM, labels[order])
    pd.testing.assert_frame_equal(rules(frame, logs.RFM, labels).rules, again.rules)


def test_ids_may_have_gaps():
    frame = customers(6)
    found = rules(frame, logs.RFM, np.where(frame["frequency"] > 3, 2, 7))
    assert found.fidelity["id"].tolist() == [2, 7]
    assert found.of(2)["words"].tolist() == ["more than 3 orders"]
