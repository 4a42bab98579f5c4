"""What people come for, clicked through: open, bring a file, move k, share a link, take customers along."""

import csv
from pathlib import Path

import pytest

from tests.browser.test_everywhere import settle
from tests.wire.conftest import write_log

pytestmark = pytest.mark.browser


def test_the_first_visit_opens_on_the_demo_shop(page, watch, base):
    page.goto(base)
    settle(page)
    assert "Demo shop" in page.inner_text("#bar")
    assert "customers spent" in page.inner_text(".answer")
    watch.check()


def test_moving_k_changes_the_segments_everywhere_and_back_undoes_it(page, watch, base):
    page.goto(f"{base}/campaigns?k=4")
    settle(page)
    assert page.locator(".idea-group").count() == 4
    page.goto(f"{base}/choose-k?k=4")
    settle(page)
    watch.updates.clear()
    page.click("main a[href*='k=5']:not([href*='range'])")
    page.wait_for_url("**k=5*")
    page.wait_for_selector("nav .nav-items a[href^='/campaigns'][href*='k=5']")
    settle(page)
    assert len(watch.updates) <= 2
    page.click("nav .nav-items a[href^='/campaigns']")
    page.wait_for_selector(".idea-group >> nth=4")
    assert page.locator(".idea-group").count() == 5
    page.go_back()
    page.wait_for_url("**/choose-k?*k=5*")
    page.go_back()
    page.wait_for_url("**/choose-k?*k=4*")
    watch.check()


def test_a_filter_stays_after_a_reload_and_a_chip_removes_it(page, watch, base):
    page.goto(f"{base}/overview")
    settle(page)
    everyone = page.inner_text(".left")
    page.click("#filters summary:has-text('Country')")
    page.click("#filters .menu-item:has-text('Germany')")
    page.wait_for_url("**country=Germany*")
    page.wait_for_selector(".filter.on")
    page.reload()
    settle(page)
    assert page.inner_text(".left") != everyone
    page.click("a[aria-label='Remove the filter Country']")
    page.wait_for_selector(".filter.on", state="detached")
    assert page.inner_text(".left") == everyone
    watch.check()


def test_a_bad_link_says_what_is_wrong_and_still_shows_the_page(page, base):
    page.goto(f"{base}/overview?period=2011-13&k=99")
    settle(page)
    said = page.inner_text("#banner")
    assert "2011-13" in said
    assert "k is 99" in said


def test_own_dates_become_the_period(page, watch, base):
    page.goto(f"{base}/overview")
    settle(page)
    page.click("#filters .period summary")
    page.fill("#own-from", "2024-03-01")
    page.fill("#own-to", "2024-03-31")
    page.click("#filters .own-period button")
    page.wait_for_url("**period=2024-03-01..2024-03-31*")
    page.wait_for_selector("text=Mar 2024")
    watch.check()


def test_the_keyboard_alone_reaches_a_page_and_a_filter(page, watch, base):
    page.goto(f"{base}/overview")
    settle(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.focus("nav .nav-items a[href^='/campaigns']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/campaigns?*")
    settle(page)
    page.focus("#filters summary:has-text('Country')")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**country=*")
    page.focus("#filters summary >> nth=0")
    page.keyboard.press("Enter")
    settle(page)
    page.wait_for_selector(".filter.on")
    page.wait_for_selector("#filters details.menu[open]")
    assert page.locator("details.menu[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("details.menu[open]").count() == 0
    watch.check()


def test_the_theme_changes_and_stays(page, watch, base):
    page.goto(f"{base}/overview")
    settle(page)
    before = page.get_attribute("html", "data-bs-theme")
    page.click("button[data-theme-toggle]")
    page.wait_for_selector(f"html[data-bs-theme='{'dark' if before == 'light' else 'light'}']")
    page.reload()
    settle(page)
    assert page.get_attribute("html", "data-bs-theme") != before
    watch.check()


def test_a_file_is_brought_and_its_receipt_adds_up(page, watch, base, tmp_path):
    page.goto(f"{base}/data")
    settle(page)
    page.set_input_files("input[type=file]", write_log(tmp_path / "brought.csv", customers=90, seed=11))
    page.wait_for_selector("#bar :text('brought')", timeout=60_000)
    settle(page)
    assert "adds up" in page.inner_text("main")
    page.click("nav .nav-items a[href^='/overview']")
    page.wait_for_selector("#overview-answer:has-text('customers spent')")
    watch.check()


def test_a_file_that_is_none_is_refused_in_words(page, base, tmp_path):
    path = tmp_path / "holiday.csv"
    path.write_bytes(bytes(range(256)) * 40)
    page.goto(f"{base}/data")
    settle(page)
    page.set_input_files("input[type=file]", path)
    page.wait_for_selector(":text('holiday')", timeout=60_000)
    page.wait_for_selector("[role=alert]", timeout=60_000)
    assert "holiday" in page.inner_text("[role=alert] >> nth=0")


def test_customers_are_taken_along_and_the_file_reads_back(page, watch, base):
    page.goto(f"{base}/export?k=4&segment=1")
    settle(page)
    with page.expect_download() as taken:
        page.click("main a[href*='customers.csv']")
    with open(taken.value.path(), encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert f"{len(rows):,}" in page.inner_text("main")
    watch.check()


def test_a_picture_can_be_taken_along(page, watch, base):
    page.goto(f"{base}/overview")
    settle(page)
    page.wait_for_selector("#overview-months-graph .js-plotly-plot .bars")
    with page.expect_download() as taken:
        page.click("button[data-png='overview-months-graph']")
    assert Path(taken.value.path()).read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    watch.check()
