"""Figures of segments, from small frames."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from dashboard.components.segment_answer import answer
from dashboard.figures import groups, people, profiles
from dashboard.theme import DARK, LIGHT, segment_colour

NAMES = [
    SimpleNamespace(id=1, name="Best <b>", colour=0, customers=2),
    SimpleNamespace(id=2, name="Rest", colour=3, customers=3),
]
PLACE = {"explained": (0.7, 0.2), "axes": ("more spend", "more recent")}
POINTS = pd.DataFrame(
    {
        "x": [1.0, 2.0, -1.0, -2.0, -1.5], "y": [0.0, 1.0, 0.0, 1.0, 0.5], "segment": [1, 1, 2, 2, 2],
        "orders": [9, 8, 1, 2, 0], "cents": [90000, 80000, 1000, 2500, 0],
    }
)  # fmt: skip


def traces(figure):
    return {trace.name: trace for trace in figure.data}


def test_the_map_has_a_trace_a_segment_in_its_colour_and_shape():
    drawn = traces(people.chart(POINTS, NAMES, LIGHT, **PLACE))
    assert list(drawn["Rest"].x) == [-1.0, -2.0, -1.5]
    assert drawn["Rest"].marker.color == segment_colour(3)
    assert drawn["Rest"].marker.symbol == "square"


def test_the_axes_of_the_map_say_what_loads_on_them():
    figure = people.chart(POINTS, NAMES, LIGHT, **PLACE)
    assert "more spend" in figure.layout.xaxis.title.text
    assert "70.0 %" in figure.layout.xaxis.title.text
    assert "more recent" in figure.layout.yaxis.title.text


def test_a_long_axis_has_a_line_for_each_feature():
    long = ("higher Customer Reviews Importance, higher Shopping Satisfaction", "more recent")
    title = people.chart(POINTS, NAMES, LIGHT, explained=(0.7, 0.2), axes=long).layout.xaxis.title.text
    assert title.startswith("higher Customer Reviews Importance<br>higher Shopping Satisfaction →")


def test_names_from_data_are_text():
    figure = people.chart(POINTS, NAMES, LIGHT, **PLACE)
    assert all("<b>" not in label.text for label in figure.layout.annotations)


def test_segments_that_are_not_chosen_stay_in_the_background():
    drawn = traces(people.chart(POINTS, NAMES, DARK, chosen=(2,), **PLACE))
    assert drawn["Best &lt;b&gt;"].marker.color == DARK.mark_soft


def test_thousands_of_points_are_drawn_by_webgl():
    many = pd.concat([POINTS] * 700)
    assert {trace.type for trace in people.chart(many, NAMES, LIGHT, **PLACE).data} == {"scattergl"}
    assert {trace.type for trace in people.chart(POINTS, NAMES, LIGHT, **PLACE).data} == {"scatter"}


def test_labels_at_one_place_are_moved_apart():
    here = POINTS.assign(x=1.0, y=[0.0, 0.0, 0.0, 0.0, 1.0])
    one, other = people.chart(here, NAMES, LIGHT, **PLACE).layout.annotations
    assert abs(one.y - other.y) >= 0.1


def test_customers_without_spend_are_not_drawn_on_a_logarithmic_axis():
    figure = people.spend(POINTS, NAMES, LIGHT, "GBP")
    assert sum(len(trace.x) for trace in figure.data) == 4
    assert list(traces(figure)["Rest"].y) == [10.0, 25.0]
    assert figure.layout.xaxis.type == figure.layout.yaxis.type == "log"


def test_no_customers_are_a_figure_that_says_so():
    assert people.chart(POINTS[:0], NAMES, LIGHT, **PLACE).layout.annotations
    assert people.spend(POINTS[:0], NAMES, LIGHT, "GBP").layout.annotations


@pytest.mark.parametrize(
    ("silhouette", "said"), [(0.1, "no distinct"), (0.338, "touch"), (0.616, "apart"), (0.9, "far")]
)
def test_the_map_says_how_apart_the_segments_are(silhouette, said):
    assert said in people.map_headline(silhouette, 4)


def test_who_lies_far_out_is_drawn_at_the_edge_of_the_map():
    many = pd.DataFrame({"x": [*np.linspace(0, 10, 400), 900.0], "y": [*np.linspace(0, 10, 400), 0.0], "segment": 2})
    assert people.beyond(many) == 1
    drawn = traces(people.chart(many, NAMES, LIGHT, **PLACE))["Rest"]
    assert max(drawn.x) < 20
    assert len(drawn.x) == 401
    assert people.beyond(POINTS) == people.beyond(POINTS[:0]) == 0


def test_spend_that_grows_with_orders_is_said_to_follow_them():
    assert people.spend_headline(POINTS) == "Spend follows orders closely"
    shuffled = POINTS.assign(orders=[1, 2, 3, 4, 5], cents=[300, 100, 500, 200, 400])
    assert people.spend_headline(shuffled) == "Spend hardly follows orders"


CELLS = pd.DataFrame(
    [
        (1, "frequency", "Orders each", "orders", 9.0, 2.0), (1, "monetary", "Spend each", "money", 80000.0, 1.0),
        (2, "frequency", "Orders each", "orders", 1.2, -0.5), (2, "monetary", "Spend each", "money", 1000.0, -0.2),
        (0, "frequency", "Orders each", "orders", 4.0, 0.0), (0, "monetary", "Spend each", "money", 30000.0, 0.0),
    ],
    columns=["id", "feature", "label", "unit", "mean", "z"],
)  # fmt: skip


def test_the_profile_quotes_what_a_share_is_of():
    once = CELLS.assign(label="Ordered only once", unit="share", mean=[0.0, 0.0, 1.0, 1.0, 0.3, 0.3])
    said = profiles.headline(once, {1: "Best", 2: "Rest"}, "GBP").replace("\u00a0", " ")
    assert said == "They differ most in “Ordered only once”: Rest 100 %, Best 0 %"
    answers = CELLS.assign(label="Reads reviews", unit="level", said=["Never", "", "Always", "", "", ""])[::2]
    assert profiles.headline(answers[:2], {1: "Best", 2: "Rest"}, "GBP").endswith("Best (Never), Rest (Always)")


def test_the_profile_names_the_trait_in_which_they_differ_most():
    said = profiles.headline(CELLS, {1: "Best", 2: "Rest"}, "GBP")
    assert said == "They differ most in orders each: Best 9.0, Rest 1.2"


def test_money_to_take_along_is_in_units():
    assert list(profiles.in_units(CELLS, "mean")["mean"]) == [9.0, 800.0, 1.2, 10.0, 4.0, 300.0]


def panel(*quantiles):
    columns = ["id", "feature", "label", "unit", "low", "p5", "lower", "median", "upper", "p95", "high"]
    return profiles.panels(pd.DataFrame([(1, "monetary", "Spend", "money", *quantiles)], columns=columns))[0]


def test_boxes_of_skewed_values_lie_on_a_logarithmic_axis():
    drawn = panel(1.0, 1.0, 10.0, 100.0, 1000.0, 10000.0, 99999.0)
    assert drawn["logged"]
    assert drawn["lines"][0]["at"] == pytest.approx([0, 0.25, 0.5, 0.75, 1])


def test_boxes_of_negative_values_are_not_logarithmic():
    drawn = panel(-9.0, -5.0, 0.0, 5.0, 10.0, 15.0, 99.0)
    assert not drawn["logged"]
    assert drawn["lines"][0]["at"] == pytest.approx([0, 0.25, 0.5, 0.75, 1])


GROUPS = [
    SimpleNamespace(slug="champions", label="Champions", colour=0, meaning="Best."),
    SimpleNamespace(slug="at-risk", label="At risk", colour=3, meaning="Slipping."),
    SimpleNamespace(slug="lost", label="Lost", colour=10, meaning="Gone."),
]
GRID = pd.DataFrame(
    {"group": ["champions", "champions", "at-risk"], "customers": [2, 1, 1], "cents": [5000, 3000, 2000]}
)


def test_cells_of_a_group_add_up():
    rows = groups.totals(GRID, GROUPS).set_index("group")
    assert rows.loc["champions", ["customers", "cents"]].tolist() == [3, 8000]
    assert rows.loc["champions", "revenue_share"] == pytest.approx(0.8)
    assert rows.loc["lost", "customers"] == 0


def test_the_groups_say_who_brings_most_and_who_slips_away():
    rows = groups.totals(GRID, GROUPS)
    assert groups.headline(rows) == "Champions: 75 % of customers, 80 % of revenue"
    assert groups.slipping(rows) == (1, pytest.approx(0.2))
    assert groups.headline(groups.totals(GRID[:0], GROUPS)) == "Nobody ordered in this period"


def test_days_of_a_score_leave_no_gap():
    assert groups.days([180.0, 72.0, 33.0, 14.0]) == {
        1: "180 days or more", 2: "72 to 179 days", 3: "33 to 71 days", 4: "14 to 32 days", 5: "under 14 days",
    }  # fmt: skip
    assert groups.days([np.inf, 72.0, 33.0, 14.0])[2] == "72 days or more"


SIZES = SimpleNamespace(
    customers=100,
    rows=pd.DataFrame({"id": [1, 2, 3], "customers": [44, 30, 26], "share": [0.44, 0.3, 0.26], "cents": [800, 160, 40],
                       "revenue_share": [0.8, 0.16, 0.04]}),
)  # fmt: skip
LONE = [SimpleNamespace(id=number, name=name) for number, name in ((1, "On their own"), (2, "Steady"), (3, "Lapsed"))]


def said(parts):
    return "".join(part if isinstance(part, str) else part.children for part in parts).replace("\u00a0", " ")


def test_who_is_in_no_segment_is_not_counted_as_one():
    told = said(answer(SIZES, LONE, 1, "revenue"))
    assert told.startswith(
        "Two segments. Steady are 30.0 % of customers and bring 16.0 % of revenue; Lapsed are 26.0 %"
    )
    assert told.endswith(" The other 44.0 %, On their own, bring 80.0 %.")
    assert said(answer(SIZES, LONE, 1, "")).endswith(" The other 44.0 %, On their own.")
    assert said(answer(SIZES, LONE, 0, "revenue")).startswith("Three segments. On their own are 44.0 % of customers")
