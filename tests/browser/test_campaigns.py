"""From segments to campaigns, clicked through: advice is planned, kept, changed, taken back, deleted and put back."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.browser.settling import settle
from tests.browser.test_everywhere import violations

pytestmark = pytest.mark.browser


def settled(page, path):
    page.goto(path)
    settle(page)


def type_in(page, name, text):
    page.fill(f"#planner-{name}", text)
    page.wait_for_function(
        "([name, text]) => new URLSearchParams(location.search).get(name) === text", arg=[name, text]
    )


def test_advice_is_planned_kept_changed_and_taken_back(page, watch, base):
    settled(page, f"{base}/campaigns?k=4")
    page.click("a:has-text('Plan this')")
    page.wait_for_selector("#planner-strategy option:checked:not([value=''])", state="attached")
    settle(page)
    offer = page.input_value("#planner-offer")
    assert offer
    assert "in=segment" in page.evaluate("new URLSearchParams(location.search).get('who')")
    type_in(page, "name", "Autumn letter")
    type_in(page, "margin", "40")
    type_in(page, "start", page.evaluate("new Date(Date.now() + 40 * 864e5).toISOString().slice(0, 10)"))
    page.select_option("#planner-channel", "phone")
    page.wait_for_selector("#planner-calendar .planned:has-text('Autumn letter')")
    page.wait_for_selector("#planner-answer:has-text('expected from a campaign')")
    assert violations(page) == []
    page.click("#planner-keep button:has-text('Keep this plan')")
    page.wait_for_selector(".plan-card h2:has-text('Autumn letter')")
    settle(page)
    card = ".plan-card:has(h2:has-text('Autumn letter'))"
    assert offer in page.inner_text(f"{card} .plan-facts")
    assert "Autumn letter" in page.inner_text("#plans-calendar")
    assert violations(page) == []

    page.click(f"{card} a:has-text('Open in the planner')")
    page.wait_for_selector("#planner-keep:has-text('This is the plan of “Autumn letter”')")
    settle(page)
    assert page.input_value("#planner-offer") == offer
    assert page.input_value("#planner-channel") == "phone"
    # What was typed last is kept, even before the link knows it.
    page.fill("#planner-offer", "Free delivery")
    page.click("#planner-keep button:has-text('Keep the change')")
    page.wait_for_selector(f"{card} dd:has-text('Free delivery')")
    page.click(f"{card} button:has-text('Undo the last change')")
    page.wait_for_selector(f"{card} dd:has-text('{offer[:30]}')")
    page.click(f"{card} button:has-text('Delete')")
    page.click(".banner button:has-text('Undo')")
    page.wait_for_selector(card)
    watch.check()


def test_a_strategy_fills_in_what_is_empty_and_leaves_what_was_written(page, watch, base):
    settled(page, f"{base}/planner?k=4")
    type_in(page, "offer", "Our own offer")
    slugs = page.eval_on_selector_all("#planner-strategy option[data-offer]", "each => each.map((one) => one.value)")
    said = {}
    for slug in slugs[:2]:
        page.select_option("#planner-strategy", slug)
        words = page.get_attribute(f"#planner-strategy option[value='{slug}']", "data-message")
        page.wait_for_url(lambda url, words=words: dict(parse_qsl(urlsplit(url).query)).get("message") == words)
        settle(page)
        assert page.input_value("#planner-message") == words
        said[slug] = page.input_value("#planner-message")
        assert page.input_value("#planner-offer") == "Our own offer"
        assert page.input_value("#planner-strategy") == slug
    assert len({*said.values()}) == 2
    watch.check()


@pytest.mark.parametrize(
    ("typed", "read"),
    [("0,40", "0.40"), ("12,5", "12.5"), ("1,200", "1200"), ("1,234.50", "1234.50"), ("5,5–7", "5.5..7")],
)
def test_a_decimal_comma_is_no_thousand(page, base, typed, read):
    settled(page, f"{base}/planner?k=4")
    page.fill("#planner-expected", typed)
    page.wait_for_function("(read) => new URLSearchParams(location.search).get('expected') === read", arg=read)


def test_a_plan_without_a_name_is_refused_in_words_and_nothing_typed_is_lost(page, base):
    settled(page, f"{base}/planner?k=4")
    type_in(page, "offer", "Free delivery")
    page.click("#planner-keep button[type=submit]")
    page.wait_for_selector("#planner-keep .form-said:has-text('needs a name')")
    # What is said stays, even where the page is drawn anew because something was typed right before.
    page.fill("#planner-offer", "Free delivery, twice")
    page.click("#planner-keep button[type=submit]")
    page.wait_for_url("**offer=Free+delivery%2C+twice**")
    settle(page)
    assert "needs a name" in page.inner_text("#planner-keep .form-said")
    assert page.input_value("#planner-offer") == "Free delivery, twice"
