"""The cleaning rules as a link writes them."""

import narwhals as nw
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import ParameterError
from core.intake.logs.rules import BY_SLUG, LOCKED, NOT_PRODUCTS, PRESETS, RULES, active, name, toggle
from core.warehouse import engine

SWITCHES = [rule.slug for rule in RULES if not rule.locked]
slugs = st.sets(st.sampled_from(SWITCHES)).map(lambda chosen: "+".join(sorted(chosen)) or "none")


def test_every_rule_says_in_words_what_it_does():
    assert len(BY_SLUG) == len(RULES)
    assert all(rule.label and rule.explains for rule in RULES)


def test_the_presets_are_what_their_names_say():
    assert set(PRESETS["net"]) == {
        *LOCKED,
        "customer_missing",
        "duplicate",
        "status",
        "cancelled_order",
        "nets_to_nothing",
    }
    assert set(PRESETS["notebook"]) == {
        *LOCKED,
        "customer_missing",
        "duplicate",
        "status",
        "returned",
        "price_not_positive",
    }
    assert "not_a_product" not in PRESETS["net"]


@given(slugs)
def test_a_name_leads_back_to_its_rules(rules):
    assert active(name(active(rules))) == active(rules)


@given(slugs, st.sampled_from(SWITCHES))
def test_a_switch_moved_twice_is_where_it_was(rules, slug):
    assert (slug in active(toggle(rules, slug))) != (slug in active(rules))
    assert set(active(toggle(toggle(rules, slug), slug))) == set(active(rules))


@given(slugs)
def test_locked_rules_are_always_on_and_rules_keep_their_order(rules):
    assert set(LOCKED) <= set(active(rules))
    assert [rule.slug for rule in RULES if rule.slug in active(rules)] == list(active(rules))


def test_a_preset_is_written_by_its_name():
    assert name(active("duplicate+customer_missing+price_not_positive+returned+status")) == "notebook"
    assert toggle(toggle("net", "duplicate"), "duplicate") == "net"


@pytest.mark.parametrize("text", ["nett", "duplicate+", "net+duplicate", "Duplicate"])
def test_an_unknown_rule_is_refused_or_empty_parts_are_passed_over(text):
    if text == "duplicate+":
        assert active(text) == active("duplicate")
        return
    with pytest.raises(ParameterError, match="There is no cleaning rule"):
        active(text)


@pytest.mark.parametrize("code", [*NOT_PRODUCTS, "post", "gift_0001_20", "GIFT_0001_10"])
def test_carriage_fees_and_vouchers_are_no_products(code):
    assert takes("not_a_product", code=code)


@pytest.mark.parametrize("code", ["85123A", "POSTER", "21777", "M1", ""])
def test_goods_are_products(code):
    assert not takes("not_a_product", code=code)


@pytest.mark.parametrize(
    ("order", "quantity", "taken"),
    [("536365", 1.0, False), ("C536365", 1.0, True), ("536365", 0.0, True), ("536365", -1.0, True), ("c1", 2.0, False)],
)
def test_returns_are_told_by_number_or_by_sign(order, quantity, taken):
    assert takes("returned", order_id=order, quantity=quantity) == taken


def takes(slug: str, **line: object) -> bool:
    frame = engine.lift(pd.DataFrame([{"order_id": "1", "quantity": 1.0, "code": "A", **line}]))
    return bool(engine.collect(frame.select(taken=BY_SLUG[slug].takes().fill_null(False)))["taken"][0])


def test_predicates_run_on_other_engines_too():
    frame = nw.from_native(pd.DataFrame({"code": ["POST", "A"], "price": [0.0, 1.0]}))
    found = frame.select(fee=BY_SLUG["not_a_product"].takes(), free=BY_SLUG["price_not_positive"].takes())
    assert found.to_native().to_numpy().tolist() == [[True, True], [False, False]]
