"""From segments to campaigns, clicked through: plan one, keep it, change it, delete it and take that back."""

import pytest

from tests.browser.settling import settle
from tests.browser.test_everywhere import violations

pytestmark = pytest.mark.browser


def test_a_campaign_is_planned_changed_deleted_and_put_back(page, watch, base):
    page.goto(f"{base}/plans?k=4&segment=1")
    settle(page)
    page.fill("#plans-here input[name=name]", "Autumn letter")
    page.select_option("#plans-here select[name=channel]", "post")
    page.fill("#plans-here input[name=start]", "2030-09-01")
    page.click("#plans-here button[type=submit]")
    page.wait_for_selector(".plan-card h2:has-text('Autumn letter')")
    assert "1 Sep 2030" in page.inner_text(".plan-card")
    assert violations(page) == []
    page.click(".plan-card summary:has-text('Change')")
    page.fill(".plan-card input[name=offer]", "Free delivery")
    page.click(".plan-card form[data-send] button")
    page.wait_for_selector(".plan-card dd:has-text('Free delivery')")
    assert "Post" in page.inner_text(".plan-card .plan-facts")
    page.click(".plan-card summary:has-text('Files for your tools')")
    page.select_option(".files-form select", "plain")
    page.fill(".files-form input[name=statement]", "All agreed in the shop")
    with page.expect_download() as files:
        page.click(".files-form button")
    assert files.value.suggested_filename == "Autumn letter.zip"
    page.click(".plan-card button:has-text('Delete')")
    page.click(".banner button:has-text('Undo')")
    page.wait_for_selector(".plan-card h2:has-text('Autumn letter')")
    watch.check()


def test_a_plan_without_a_name_is_refused_in_words_and_nothing_typed_is_lost(page, base):
    page.goto(f"{base}/plans?k=4")
    settle(page)
    page.fill("#plans-here input[name=offer]", "Free delivery")
    page.click("#plans-here button[type=submit]")
    page.wait_for_selector("#plans-here .form-said:has-text('needs a name')")
    assert page.input_value("#plans-here input[name=offer]") == "Free delivery"
