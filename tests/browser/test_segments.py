"""Segments that can be trusted, clicked through: another method, a saved name, one customer, a new one, own groups."""

import csv
from pathlib import Path

import pytest

from tests.browser.settling import settle

pytestmark = pytest.mark.browser


def test_another_method_is_used_on_every_page(page, watch, base):
    page.goto(f"{base}/methods?k=4")
    settle(page)
    page.click("main a[href*='method=ward']:has-text('Use this')")
    page.wait_for_url("**method=ward*")
    settle(page)
    page.click("nav .nav-items a[href^='/segments'][href*='method=ward']")
    page.wait_for_url("**/segments?*method=ward*")
    # A slow method may come as a job, whose page opens by itself.
    page.locator("main h3, main h2").nth(4).wait_for(timeout=60_000)
    watch.check()


def test_a_name_that_somebody_gave_survives_another_seed_and_a_refit_can_be_kept_and_undone(page, watch, base):
    page.goto(f"{base}/saved?k=4")
    settle(page)
    page.fill("form.save-form input[name=name]", "Winter")
    page.click("form.save-form button[type=submit]")
    page.wait_for_url("**saved=*")
    page.wait_for_selector("h2:has-text('Winter')")
    page.click(".card.saved summary:has-text('Name its segments')")
    first = page.locator(".card.saved form[data-send*='/segments/1/name']")
    first.locator("input").fill("Regulars of ours")
    first.locator("button").click()
    page.wait_for_selector(".saved-segment:has-text('Regulars of ours')")
    saved = page.url.split("saved=")[1].split("&")[0]
    page.goto(f"{base}/segments?k=4&seed=7&saved={saved}")
    settle(page)
    assert "Regulars of ours" in page.inner_text("main")
    assert "Winter" in page.inner_text("#filters")
    page.goto(f"{base}/saved?k=5&saved={saved}")
    settle(page)
    page.click("button:has-text('Keep this refit')")
    page.wait_for_selector(".tag:has-text('version 2')")
    page.click("button:has-text('Undo')")
    page.wait_for_selector(".tag:has-text('version 2')", state="detached")
    page.click("button[aria-label='Delete Winter']")
    page.wait_for_selector(".banner:has-text('Winter is in the trash')")
    watch.check()


def test_a_customer_is_found_by_keyboard_and_the_back_button_leads_to_the_search(page, watch, base):
    page.goto(f"{base}/customer")
    settle(page)
    known = page.locator("main a[href*='customer=']").first.inner_text().split()[0]
    page.fill("#customer-find", known[:3])
    page.keyboard.press("Enter")
    page.wait_for_url(f"**find={known[:3]}*")
    settle(page)
    page.locator("main a[href*='customer=']").first.press("Enter")
    page.wait_for_url("**customer=*")
    page.wait_for_selector(".customer-back")
    assert known[:3] in page.inner_text(".answer")
    page.go_back()
    page.wait_for_url(f"**find={known[:3]}*")
    watch.check()


def test_a_customer_who_is_not_there_is_said_and_others_are_offered(page, base):
    page.goto(f"{base}/customer?customer=nobody-of-that-name")
    settle(page)
    assert "nobody-of-that-name" in page.inner_text("main")


def test_a_number_that_is_typed_places_a_customer_and_the_link_holds_it(page, watch, base):
    page.goto(f"{base}/predict?k=4")
    settle(page)
    page.locator("input[type=number]").first.fill("400")
    page.keyboard.press("Tab")
    page.wait_for_url("**values=*")
    page.wait_for_selector("#predict-averages:has-text('400')")
    answer = page.inner_text(".answer")
    page.goto(page.url)
    settle(page)
    assert page.inner_text(".answer") == answer
    watch.check()


def test_a_file_of_new_customers_comes_back_with_a_segment_for_each(page, watch, base, tmp_path):
    page.goto(f"{base}/predict?k=4")
    settle(page)
    with page.expect_download() as template:
        page.click("a:has-text('Template')")
    rows = list(csv.reader(Path(template.value.path()).read_text(encoding="utf-8-sig").splitlines()))
    file = tmp_path / "new.csv"
    file.write_text("\n".join(",".join(row) for row in [rows[0], rows[1], rows[1]]), encoding="utf-8")
    page.set_input_files("input[type=file]", str(file))
    with page.expect_download() as placed:
        page.click("a:has-text('Take the placed customers')")
    back = list(csv.DictReader(Path(placed.value.path()).read_text(encoding="utf-8-sig").splitlines()))
    assert len(back) == 2
    assert back[0]["segment"] == back[1]["segment"]
    watch.check()


def test_a_cell_that_is_painted_makes_a_map_of_ones_own(page, watch, base):
    page.goto(f"{base}/rfm-rules")
    settle(page)
    page.locator("main a[href*='rfm_map=own']").first.click()
    page.wait_for_url("**rfm_map=own*")
    settle(page)
    assert "25 of 25" in page.inner_text("main")
    page.click("a:has-text('Back to the usual map')")
    page.wait_for_selector("a:has-text('Back to the usual map')", state="detached")
    watch.check()


def test_who_moved_can_be_taken_along(page, watch, base):
    page.goto(f"{base}/movement?k=4")
    settle(page)
    with page.expect_download() as taken:
        page.locator("a.take[href*='movers']").first.click()
    rows = list(csv.DictReader(Path(taken.value.path()).read_text(encoding="utf-8-sig").splitlines()))
    assert rows
    assert {"from", "to"} <= set(rows[0])
    watch.check()
