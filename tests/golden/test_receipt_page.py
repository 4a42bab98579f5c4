"""What the Data tab says of Online Retail, held to the published figures."""

import pytest

from core.view import View


def test_the_largest_order_taken_back_is_that_of_customer_16446(pipeline, online_retail):
    found = pipeline.undone(View(online_retail, rules="notebook"))
    assert (found.customer_id, found.cents, found.minutes) == ("16446", 16_846_960, 12)


@pytest.mark.parametrize(
    ("rule", "rows", "left"),
    [("customer_missing", 135_080, None), ("duplicate", 5_225, 827_851_942), ("returned", None, 888_720_889)],
)
def test_the_receipt_of_the_usual_cleaning_goes_by_the_published_steps(pipeline, online_retail, rule, rows, left):
    step = {s.slug: s for s in pipeline.receipt_steps(View(online_retail, rules="notebook"))}[rule]
    assert rows in (None, step.rows)
    assert left in (None, step.left)


def test_net_of_returns_sets_aside_41_customers_below_nothing_and_14_at_it(pipeline, online_retail):
    step = {s.slug: s for s in pipeline.receipt_steps(View(online_retail))}["nets_to_nothing"]
    assert (step.customers, step.left + step.cents) == (55, 827_851_942)
