"""Whom a campaign is for, put together by clicks: the count is that of the shop's own file."""

import io
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest

from core.pipeline import DEMO_FILES, read_who
from tests.browser.settling import settle
from tests.browser.test_everywhere import violations

pytestmark = pytest.mark.browser
SETTINGS = "rules=notebook&k=4"


def follow(page, link, until):
    """Click, and wait for what that brings: every link is made for the state that is shown."""
    link = page.locator(link).first if isinstance(link, str) else link
    name = link.inner_text().split("\n")[0]
    link.click()
    page.wait_for_selector(until)
    settle(page)
    return name


def test_a_segment_or_a_product_but_not_a_country_is_counted_exactly(page, watch, base, stored):
    data = f"data={stored['transactions']}&{SETTINGS}"
    page.goto(f"{base}/planner?{data}")
    settle(page)
    follow(page, ".who-new a:has-text('Narrow down')", ".who-panel.in")
    name = follow(page, ".who-panel h4:has-text('Segment') + ul a", ".who-part.in.open")
    follow(page, ".who-new a:has-text('Add another group')", ".who-panel h3")
    page.fill("#who-find", "garland")
    page.keyboard.press("Enter")
    page.wait_for_selector(".who-found a")
    settle(page)
    assert page.evaluate("document.activeElement.id") == "who-find"
    follow(page, ".who-found a", ".who-part.in.open .chip:has-text('bought')")
    follow(page, ".who-new a:has-text('Leave out a group')", ".who-panel.not")
    place = follow(page, page.locator(".who-panel h4:has-text('Country') + ul a").nth(1), ".who-part.not")
    assert violations(page) == []
    shown = page.inner_text(".who-total")

    who = read_who(parse_qs(urlsplit(page.url).query)["who"][0])
    code = who.include[1].products[0]
    assert who.exclude[0].countries == (place,)
    lines = pd.read_csv(DEMO_FILES["shop"][0], dtype={"StockCode": str}).drop_duplicates().dropna(subset="CustomerID")
    lines = lines[(lines["Quantity"] > 0) & (lines["UnitPrice"] > 0)]
    lines["CustomerID"] = lines["CustomerID"].astype(int)
    taken = page.request.get(f"{base}/export/customers.csv?{data}").body()
    file = pd.read_csv(io.BytesIO(taken))
    members = set(file.loc[file["segment"] == name, "customer_id"])
    buyers = set(lines.loc[lines["StockCode"] == code, "CustomerID"])
    there = set(lines.loc[lines["Country"] == place, "CustomerID"])
    wanted = (members | buyers) - there
    assert 0 < len(wanted) < len(file)
    assert shown == f"{len(wanted):,} of {len(file):,} customers"
    assert f"{len(wanted):,}" in page.inner_text("#planner-reach")
    watch.check()


def test_a_range_is_typed_and_what_does_not_fit_is_told(page, watch, base):
    page.goto(f"{base}/planner?{SETTINGS}&part=in0")
    settle(page)
    everybody = page.inner_text(".who-total strong")
    page.fill("#who-orders-from", "three")
    page.click(".who-ranges button")
    assert page.inner_text(".who-note") == "Days and orders are whole numbers."
    page.fill("#who-orders-from", "3")
    page.fill("#who-orders-to", "2")
    page.keyboard.press("Enter")
    assert page.inner_text(".who-note") == "“From” is above “to”."
    page.fill("#who-orders-to", "")
    page.keyboard.press("Enter")
    page.wait_for_selector(".who-part .chip:has-text('at least 3 orders')")
    settle(page)
    assert page.evaluate("document.activeElement.id") == "who-orders-to"
    assert page.inner_text(".who-total strong") != everybody
    # Everything can be reached and undone by keyboard.
    page.focus(".who-part .remove")
    page.keyboard.press("Enter")
    page.wait_for_selector(".who-part", state="detached")
    settle(page)
    assert page.inner_text(".who-total strong") == everybody
    assert "Narrow down" in page.evaluate("document.activeElement.textContent")
    watch.check()


def test_a_decimal_comma_is_no_thousand(page, base):
    page.goto(f"{base}/planner?{SETTINGS}&part=in0")
    settle(page)
    page.fill("#who-spend-from", "99,5")
    page.fill("#who-spend-to", "1,200")
    page.keyboard.press("Enter")
    page.wait_for_selector(".who-part .chip:has-text('spend of 99.50 to 1,200.00')")


def test_quick_clicks_all_count(page, watch, base):
    page.goto(f"{base}/planner?{SETTINGS}&part=in0")
    settle(page)
    # All on what is drawn before the first is answered.
    page.evaluate("document.querySelectorAll('.who-panel h4 + ul').forEach((list) => list.querySelector('a').click())")
    page.wait_for_selector(".who-part.open .filter >> nth=2")
    settle(page)
    (part,) = read_who(parse_qs(urlsplit(page.url).query)["who"][0]).include
    assert all((part.segments, part.groups, part.countries))
    watch.check()
