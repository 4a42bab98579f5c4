"""The RFM rules in words."""

from types import SimpleNamespace

import pandas as pd

from dashboard.figures import groups, scores

INF = float("inf")


def group(slug, label, colour=0):
    return SimpleNamespace(slug=slug, label=label, colour=colour)


def test_orders_and_spend_of_a_score_leave_no_gap():
    assert scores.reached("f", [1.0, 2.0, 4.0, 7.0]) == {
        1: "1 order or none", 2: "2 orders", 3: "3 to 4 orders", 4: "5 to 7 orders", 5: "8 orders or more",
    }  # fmt: skip
    assert scores.reached("m", [4999.0, 9999.0, 24999.0, 99999.0], "EUR") == {
        1: "under €50.00", 2: "€50.00 to €100", 3: "€100 to €250", 4: "€250 to €1,000", 5: "€1,000 or more",
    }  # fmt: skip


def test_a_score_that_nobody_can_have_says_so():
    assert scores.reached("f", [-INF, 1.0, 1.0, 2.0])[1] == "nobody"
    assert scores.reached("f", [-INF, 1.0, 1.0, 2.0])[2] == "1 order or none"
    assert groups.days([INF, 72.0, 33.0, 14.0])[1] == "nobody"
    assert groups.days([INF, 72.0, 33.0, 14.0])[2] == "72 days or more"


def test_levels_count_everybody_once_a_feature():
    scored = SimpleNamespace(
        scores=pd.DataFrame({"r": [5, 5, 1], "f": [1, 2, 3], "m": [3, 3, 3]}),
        edges={"recency_days": [90.0, 60.0, 30.0, 7.0], "frequency": [1.0, 2.0, 4.0, 7.0],
               "monetary": [100.0, 200.0, 300.0, 400.0]},
    )  # fmt: skip
    rows = scores.levels(scored, "GBP")
    assert rows.groupby("letter")["customers"].sum().tolist() == [3, 3, 3]
    assert scores.biggest_level(rows) == "3 customers, 100 %, have score 3 for spend: £2.01 to £3.01"


def test_who_changes_group_is_told_by_label():
    changes = pd.DataFrame({"group": ["keep", "loyal"], "other": ["lost", "loyal"], "customers": [7, 3]})
    rows = scores.moved(changes, [group("keep", "Keep", 2), group("loyal", "Loyal")],
                        [group("lost", "Lost"), group("loyal", "Loyal")])  # fmt: skip
    assert rows.to_dict("records") == [{"usual": "Lost", "now": "Keep", "colour": 2, "customers": 7}]
    assert scores.moved_headline(rows, 10) == "7 of 10 customers are in a group of another name than on the usual map"
    assert scores.moved_headline(rows, 7).startswith("All 7 customers are in a group of another name")
    assert scores.moved_headline(rows[:0], 10) == "Nobody changes group"
