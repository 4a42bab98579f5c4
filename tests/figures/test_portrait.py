"""A segment from close up: its rules and habits in words, its orders by time as a picture."""

import json
from types import SimpleNamespace

import pandas as pd
import pytest

from core.pipeline import View
from dashboard.components import portrait as components
from dashboard.components import portrait_tables
from dashboard.components.basics import customer_link
from dashboard.figures import drivers, habits, portrait
from dashboard.state import Look
from dashboard.theme import LIGHT

BEST = SimpleNamespace(id=3, name="Champions", colour=2)
RULES = pd.DataFrame(
    {
        "id": 3, "rule": [1, 2], "words": ["more than 6 orders, spend over ¤3,000", "last order under 9 days ago"],
        "described": [100, 50], "hits": [82, 25], "coverage": [0.82, 0.25], "precision": [0.82, 0.5],
    }
)  # fmt: skip
FIDELITY = {
    "rules": 2,
    "members": 100,
    "described": 120,
    "hits": 95,
    "coverage": 0.95,
    "precision": 0.79,
    "told": "well",
}


def times(part="month", share=(0.2, 0.3, 0.5), usual=(0.3, 0.3, 0.4), orders=1000):
    labels = {"month": ["January", "February", "March"], "hour": ["7:00", "8:00", "9:00"]}.get(
        part, ["Monday", "Tuesday", "Wednesday"]
    )
    rows = pd.DataFrame({"part": part, "place": [1, 2, 3], "label": labels, "share": share, "share_all": usual})
    counts = [round(orders * each) for each in share]
    return rows.assign(orders=counts, index=rows["share"] / rows["share_all"])


def text(component):
    return json.dumps(component.to_plotly_json(), default=lambda each: each.to_plotly_json(), ensure_ascii=False)


def test_a_rule_is_said_in_one_line_with_the_sign_of_the_currency():
    assert portrait.one_line(RULES, "well", "EUR") == "82 %: more than 6 orders, spend over €3,000"


def test_a_segment_that_no_rule_describes_says_so():
    assert portrait.one_line(RULES.head(0), "hardly", "EUR") == "No short rule describes them"
    assert portrait.rules_headline(RULES.head(0), FIDELITY, "Champions", "EUR") == "No short rule describes Champions"
    assert "no cut through a few features" in text(components.rules(RULES.head(0), FIDELITY, BEST, "EUR"))


def test_weak_rules_are_called_weak():
    weak = {**FIDELITY, "told": "hardly", "coverage": 0.3}
    assert portrait.rules_headline(RULES, weak, "Champions", "EUR") == (
        "Rules hardly tell Champions: together they find 30 % of them"
    )
    assert "That is little" in text(components.rules(RULES, weak, BEST, "EUR"))


def test_each_rule_shows_whom_it_finds_misses_and_takes_in():
    said = text(components.rules(RULES, FIDELITY, BEST, "EUR"))
    assert said.count("part hit") == said.count("part missed") == said.count("part wrong") == 2
    assert "More than 6 orders, spend over €3,000" in said
    assert "82 of 100" in said.replace('", "', "").replace("of  ", "of ")


def test_a_long_rule_leaves_the_headline_to_the_figures():
    long = RULES.assign(words="personalized recommendation frequency is “Sometimes” or higher, " * 3)
    assert portrait.rules_headline(long, FIDELITY, "Champions", "EUR") == "Two rules together find 95 % of Champions"


def test_differences_stand_in_order_of_their_size():
    cells = pd.DataFrame(
        {
            "id": [3, 3, 3, 0, 0, 0], "feature": ["a", "b", "c"] * 2, "label": ["A", "B", "C"] * 2, "unit": "number",
            "mean": [1.0, 9.0, float("nan"), 2.0, 5.0, 1.0], "z": [-0.3, 1.2, 0.0, 0.0, 0.0, 0.0],
        }
    )  # fmt: skip
    rows = portrait.differences(cells, 3)
    assert rows[["label", "they", "all", "effect"]].values.tolist() == [["B", 9.0, 5.0, 1.2], ["A", 1.0, 2.0, -0.3]]
    assert portrait.effects_headline(rows) == "One large difference from all customers"


def test_more_of_a_level_is_no_minus():
    rows = pd.DataFrame({"what": ["No", ""], "they": [0.5, 3.0], "all": [0.2, 4.0], "effect": [-0.8, -0.4]})
    assert portrait.as_shown(rows)["effect"].tolist() == [0.8, -0.4]


def test_orders_by_time_stand_beside_everybodys():
    figure = habits.times(times(), LIGHT, "#123456")
    bars, strokes = figure.data
    assert list(bars.y) == [20, 30, 50]
    assert list(strokes.y) == pytest.approx([30, 30, 40])
    assert figure.layout.yaxis.title.text == "Share of orders, %"
    assert figure.layout.xaxis.title.text == "Month"


def test_without_orders_the_picture_says_so():
    assert "ordered" in habits.times(times(share=(0, 0, 0)), LIGHT, "#123456").layout.annotations[0].text
    assert habits.times_headline(times(share=(0, 0, 0)), "Champions") == "Champions ordered nothing in this period"


@pytest.mark.parametrize(("part", "when"), [("month", "in January"), ("hour", "at 7:00"), ("weekday", "on Mondays")])
def test_the_largest_deviation_is_named(part, when):
    assert habits.times_headline(times(part), "Champions") == (
        f"Champions order less {when}: 20.0 % of their orders, 30.0 % of all"
    )


def test_a_deviation_that_may_be_chance_is_not_named():
    assert habits.times_headline(times(orders=20), "Champions") == "Champions order by calendar month as everybody does"


def test_a_mix_names_what_takes_a_larger_part():
    rows = pd.DataFrame({"label": ["Web", "Store"], "share": [0.6, 0.4], "share_all": [0.4, 0.6]})
    assert habits.mix_headline(rows, "Champions", "purchases") == (
        "Champions: 60 % of their purchases in web, 40 % of everybody’s"
    )
    level = rows.assign(share=rows["share_all"])
    assert habits.mix_headline(level, "Champions", "spend") == "Champions divide their spend as everybody does"


def test_a_difference_is_called_as_large_as_it_is_written():
    rows = pd.DataFrame({"label": ["Review: No"], "unit": "share", "they": 0.56, "all": 0.23, "effect": 0.797})
    assert portrait.effects_headline(rows) == "One large difference from all customers"
    made = text(components.differences(rows, "Sceptics", "GBP"))
    assert "+0.80" in made
    assert "large" in made


def test_no_favourite_is_no_finding():
    none = pd.DataFrame(columns=["name", "lift"])
    assert portrait.likes_headline(none, "Champions", product=True) == (
        "Champions buy no product clearly more than others do"
    )


def test_typical_customers_link_to_their_own_page():
    rows = pd.DataFrame({"id": 3, "rank": [1], "customer_id": ["A/7"]})
    cells = pd.DataFrame(
        {"id": 3, "rank": 1, "feature": ["spend", "often"], "label": ["Spend", "Often"], "unit": ["money", "level"],
         "value": [1_234_500.0, 1.0], "said": ["", "Rarely"]}
    )  # fmt: skip
    pipeline = SimpleNamespace(customer_label=lambda id: id, customer_key=lambda id: id)
    look = Look("portrait", View("abc"))
    made = text(
        portrait_tables.typical(
            rows, cells, ["often", "spend"], "Champions", lambda id: customer_link(pipeline, id, look), "GBP"
        )
    )
    assert "/customer?data=abc&customer=A%2F7" in made
    assert made.index("Rarely") < made.index("12,345")


def test_features_that_hide_each_other_are_called_so():
    pair = {"first": "Income", "second": "Spend", "correlation": 0.85, "alone_first": 0.03, "alone_second": 0.11,
            "together": 0.39, "together_sd": 0.03}  # fmt: skip
    assert drivers.hiding(pair)
    assert drivers.pair_said(pair).endswith("Each hides what the other is worth.")
    assert drivers.pairs_headline(pd.DataFrame([pair])) == "Income and spend hide each other’s importance"
    apart = {**pair, "together": 0.15}
    assert drivers.pairs_headline(pd.DataFrame([apart])) == "Income and spend go together"
    against = {**apart, "correlation": -0.56}
    assert drivers.pairs_headline(pd.DataFrame([against])) == "Income and spend run against each other"
    assert "run against each other (rank correlation −0.56)" in drivers.pair_said(against)


def test_a_driver_within_its_spread_tells_nothing():
    rows = pd.DataFrame({"label": ["Age"], "importance": [0.01], "sd": [0.01]})
    assert portrait.drivers_headline(rows, "Champions") == "No single feature tells Champions from the rest"
    assert portrait.drivers_headline(rows.assign(sd=0.002), "Champions") == (
        "Champions are told from the rest above all by age"
    )


def test_the_channel_that_stands_out_is_named_beside_the_commonest():
    rows = pd.DataFrame(
        {"channel": ["web", "app"], "customers": [30, 20], "share": [0.6, 0.4], "share_all": [0.7, 0.2],
         "lift": [0.6 / 0.7, 2.0], "low": [0.7, 1.3]}
    )  # fmt: skip
    assert habits.channels_headline(rows, "Champions") == (
        "60 % of Champions order through web, 70 % of all; app is 2.0 times as frequent as among all"
    )
    assert habits.channels_headline(rows.iloc[:0], "Champions") == (
        "Champions ordered through no known channel in this period"
    )


def test_no_liked_category_is_no_finding():
    none = pd.DataFrame(columns=["name", "lift"])
    assert portrait.likes_headline(none, "Champions", product=True, category=True) == (
        "Champions buy from no category clearly more than others do"
    )
