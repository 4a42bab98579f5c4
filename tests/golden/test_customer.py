"""Customers of Online Retail of whom it is known what they did."""

import pytest

from core.pipeline import Pipeline
from core.view import View

pytestmark = pytest.mark.golden


@pytest.fixture(scope="module")
def net(online_retail: str) -> View:
    return View(online_retail)


def test_who_took_back_all_they_bought_is_nobody_net_of_returns(pipeline: Pipeline, net: View):
    found = pipeline.find_customers(net, "12346.0")
    assert pipeline.customer(net, "12346") is None
    assert (found.how, found.aside) == ("near", 2)


def test_before_returns_they_spent_it_all_the_same(pipeline: Pipeline, notebook: View):
    one = pipeline.customer(notebook, "12346")
    assert one.timeline.orders["cents"].tolist() == [7718360]
    assert one.why.rows.set_index("feature").loc["monetary", "they"] == pytest.approx(7718360)


def test_a_cancelled_purchase_stands_in_the_timeline_and_does_not_count(pipeline: Pipeline, net: View):
    one = pipeline.customer(net, "16446")
    assert one.timeline.orders["cents"].sum() == 290
    assert one.timeline.orders["kind"].tolist() == ["order", "cancelled", "return"]
    assert one.why.rows.set_index("feature").loc["monetary", "they"] == 290


def test_the_most_typical_belong_clearly_and_those_between_stand_on_the_border(pipeline: Pipeline, notebook: View):
    found, names = pipeline.customer_examples(notebook)
    assert sorted(found.typical["segment"]) == [1, 2, 3, 4]
    # The 13 very largest lie so far from one another that even their most typical has a low silhouette.
    typical = [pipeline.customer(notebook, id).why for id in found.typical["customer_id"]]
    assert all(why.margin > 0.33 for why in typical)
    assert [why.sureness for why in typical].count("clear") >= 3
    between = [pipeline.customer(notebook, id).why for id in found.between["customer_id"]]
    assert {why.sureness for why in between} == {"border"}
    assert len(names) == 4
