"""What people come for, clicked through: open, bring a file, move k, share a link, take customers along."""

import csv
from pathlib import Path

import pytest

from tests.browser.settling import settle
from tests.browser.test_everywhere import violations
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
    # The shell, the charts, and what takes longer.
    assert len(watch.updates) <= 3
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


def write_unknown(path, **options):
    """A log of a shape of its own, so that it is not let straight through."""
    header, *rows = write_log(path, **options).read_text().splitlines()
    path.write_text("\n".join([f"{header},{path.stem}", *(f"{row},{n % 7}" for n, row in enumerate(rows))]))
    return path


def go(page):
    page.wait_for_selector("button.go:not([disabled])", timeout=60_000)
    settle(page)
    page.click("button.go")


def test_a_file_is_checked_brought_in_and_its_receipt_adds_up_and_the_next_goes_straight_through(
    page, watch, base, tmp_path
):
    page.goto(f"{base}/data")
    settle(page)
    page.set_input_files("input[type=file]", write_log(tmp_path / "brought.csv", customers=90, seed=11))
    go(page)
    assert "arrival=" in page.url
    page.wait_for_selector("#bar :text('brought')", timeout=60_000)
    settle(page)
    assert "adds up" in page.inner_text("main")
    page.set_input_files("input[type=file]", write_log(tmp_path / "second.csv", customers=80, seed=12))
    page.wait_for_selector("#bar :text('second')", timeout=60_000)
    settle(page)
    page.click("nav .nav-items a[href^='/overview']")
    page.wait_for_selector("#overview-answer:has-text('customers spent')")
    watch.check()


def test_what_the_file_does_not_tell_is_asked_and_answered_by_a_click(page, watch, base, tmp_path):
    path = tmp_path / "undecided.csv"
    days = [f"{1 + n * 5 % 12:02d}/{1 + n * 7 % 11:02d}/2024" for n in range(120)]
    rows = [f"{n},{100 + n % 30},{day},{5 + n % 7}.50" for n, day in enumerate(days)]
    path.write_text("\n".join(["Order ID,Customer ID,Order Date,Total", *rows]))
    page.goto(f"{base}/data")
    settle(page)
    page.set_input_files("input[type=file]", path)
    page.wait_for_selector(".asked button", timeout=60_000)
    settle(page)
    assert page.is_disabled("button.go")
    assert violations(page) == []
    watch.updates.clear()
    page.click(".asked button:has-text('the day comes first')")
    page.wait_for_selector("button.go:not([disabled])")
    settle(page)
    assert len(watch.updates) <= 2
    page.wait_for_selector("#data-shelf :text('2024-08-06')")
    assert violations(page) == []
    go(page)
    page.wait_for_selector("#bar :text('undecided')", timeout=60_000)
    watch.check()


def test_a_changed_meaning_is_read_again_and_the_keyboard_stays_on_its_menu(page, watch, base, tmp_path):
    page.goto(f"{base}/data")
    settle(page)
    page.set_input_files("input[type=file]", write_unknown(tmp_path / "meant.csv", customers=40, seed=31))
    page.wait_for_selector("button.go:not([disabled])", timeout=60_000)
    settle(page)
    menu = "select[data-slug='column:StockCode']"
    page.focus(menu)
    page.select_option(menu, "category")
    page.wait_for_url("**v=1*")
    settle(page)
    page.wait_for_selector(f"{menu}[data-now='category']")
    assert page.evaluate("document.activeElement.dataset.slug") == "column:StockCode"
    page.reload()
    settle(page)
    assert page.input_value(menu) == "category"
    page.click("button:has-text('Discard')")
    page.wait_for_selector(".bring-idle")
    watch.check()


def test_a_discarded_file_leaves_nothing(page, watch, base, tmp_path):
    page.goto(f"{base}/data")
    settle(page)
    before = page.locator(".shelf-name").all_inner_texts()
    page.set_input_files("input[type=file]", write_unknown(tmp_path / "unwanted.csv", customers=30, seed=41))
    page.wait_for_selector("button.go:not([disabled])", timeout=60_000)
    page.click("button:has-text('Discard')")
    page.wait_for_selector(".shelf-name")
    page.reload()
    settle(page)
    assert "unwanted" not in page.inner_text("body")
    assert page.locator(".shelf-name").all_inner_texts() == before
    watch.check()


def test_a_dataset_is_renamed_deleted_and_brought_back(page, watch, base, tmp_path):
    page.goto(f"{base}/data")
    settle(page)
    page.set_input_files("input[type=file]", write_unknown(tmp_path / "kept.csv", customers=30, seed=51))
    go(page)
    page.wait_for_selector("#bar :text('kept')", timeout=60_000)
    settle(page)
    row = page.locator("tr", has=page.locator(".shelf-name:text-is('Demo shop')"))
    row.get_by_role("button", name="Rename").click()
    page.fill(".rename-form input", "Our shop")
    page.keyboard.press("Enter")
    page.wait_for_selector(".shelf-name:text-is('Our shop')")
    settle(page)
    row = page.locator("tr", has=page.locator(".shelf-name:text-is('Our shop')"))
    row.get_by_role("button", name="Delete").click()
    page.wait_for_selector("text=Our shop is in the trash")
    settle(page)
    assert violations(page) == []
    page.click("button:has-text('Undo')")
    page.wait_for_selector(".shelf-name:text-is('Our shop')")
    settle(page)
    row = page.locator("tr", has=page.locator(".shelf-name:text-is('Our shop')"))
    row.get_by_role("button", name="Rename").click()
    page.fill(".rename-form input", "Demo shop")
    page.click(".rename-form button")
    page.wait_for_selector(".shelf-name:text-is('Demo shop')")
    watch.check()


def test_a_file_that_is_none_is_refused_in_words(page, base, tmp_path):
    path = tmp_path / "holiday.csv"
    path.write_bytes(bytes(range(256)) * 40)
    page.goto(f"{base}/data")
    settle(page)
    page.set_input_files("input[type=file]", path)
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
