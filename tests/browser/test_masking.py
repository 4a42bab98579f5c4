"""Contacts on the page: masked, shown when asked for, masked again on the next page."""

import pytest

from tests.browser.settling import settle
from tests.browser.test_everywhere import violations

pytestmark = pytest.mark.browser
CELL = ".ag-cell[col-id=email]:has-text('@')"


def test_contacts_are_masked_until_somebody_asks_and_only_on_that_page(page, watch, base, stored):
    page.goto(f"{base}/export?data={stored['transactions']}&k=4&contacts=yes")
    settle(page)
    assert "•••@e•••." in page.locator(".ag-cell[col-id=email]:has-text('@e•••')").first.inner_text()
    assert "@example." not in page.content()
    assert violations(page) == []
    page.click("a:has-text('Show contacts')")
    page.wait_for_selector(f"{CELL}:has-text('@example.')")
    settle(page)
    assert violations(page) == []
    assert "personal=shown" not in page.get_attribute("nav a[href^='/segments']", "href")
    page.click("a:has-text('Hide contacts')")
    page.wait_for_selector(".ag-cell[col-id=email]:has-text('•••@')")
    settle(page)
    assert "@example." not in page.content()
    watch.check()
