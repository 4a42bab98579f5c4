"""Files of a campaign, clicked through: taken twice, seen by the next campaign, and who opts out is removed."""

import csv
import io
import zipfile

import pytest

from tests.browser.settling import settle
from tests.browser.test_everywhere import violations

pytestmark = pytest.mark.browser


def keep(page, base, shop, name, who):
    """A plan that is kept, as the planner would."""
    search = f"?data={shop}&k=4&name={name}&who={who}&holdout=30"
    answer = page.request.post(f"{base}/campaigns", data={"search": search})
    assert answer.ok, answer.text()
    return f".plan-card:has(h2:text-is('{name}'))"


def rows(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def lost(page, card, label):
    found = page.inner_text(f"{card} .funnel li:has-text('{label}') .funnel-lost")
    return int(found.strip("−").replace(",", "") or 0)


def test_files_are_taken_seen_by_the_next_campaign_and_who_opts_out_is_removed(page, watch, base, stored, tmp_path):
    shop, who = stored["transactions"], "in%3Dsegment%253D1"
    first = keep(page, base, shop, "Spring", who)
    second = keep(page, base, shop, "Summer", who)
    page.goto(f"{base}/plans?data={shop}")
    settle(page)
    assert page.locator(".files-list").count() == 0
    page.click(f"{first} a:has-text('Files for your tools')")
    settle(page)
    place = f"{first} .files-list li:has-text('E-mail tool')"
    page.wait_for_selector(place)
    shown = [int(one.replace(",", "")) for one in page.locator(f"{place} p >> nth=1 >> strong").all_inner_texts()]
    for number in (1, 2):
        with page.expect_download() as files:
            page.click(f"{place} button:has-text('Take')")
        page.wait_for_selector(f"{first} button[aria-label='Removals since file {number}, E-mail tool']")
    settle(page)
    assert files.value.suggested_filename == "Spring.zip"
    with zipfile.ZipFile(files.value.path()) as archive:
        record = list(csv.DictReader(io.StringIO(archive.read("record.csv").decode())))
        sent = list(csv.DictReader(io.StringIO(archive.read("audience-email-tool.csv").decode())))
    states = [row["state"] for row in record]
    assert len(sent) == states.count("sent") == shown[0]
    assert states.count("holdout") == shown[1] > 0
    assert violations(page) == []

    assert lost(page, second, "Not written to in the 30 days before") == shown[0]
    assert lost(page, second, "Not held back by another campaign") == shown[1]

    page.click(f"{first} button[aria-label='Removals since file 2, E-mail tool']")
    page.wait_for_selector(f"{first} .removals-said:has-text('Nobody who was sent with this file has opted out')")
    gone = sent[0]["Email Address"]
    (tmp_path / "no more.txt").write_text(f"{gone}\n", encoding="utf-8")
    page.set_input_files("#plans-never input[type=file]", tmp_path / "no more.txt")
    page.wait_for_selector("#plans-never h2:has-text('Never to be written to: 1 entry')")
    settle(page)
    assert gone not in page.inner_text("main")
    with page.expect_download() as removals:
        page.click(f"{first} button[aria-label='Removals since file 2, E-mail tool']")
    assert [row["Email Address"] for row in rows(removals.value.path())] == [gone]
    page.click("#plans-never button:has-text('Take away')")
    page.wait_for_selector("#plans-never .banner:has-text('no more.txt no longer counts')")
    page.click("#plans-never .banner button:has-text('Undo')")
    page.wait_for_selector("#plans-never h2:has-text('1 entry')")
    page.click("#plans-never button:has-text('Take away')")
    page.wait_for_selector("#plans-never .banner")
    assert violations(page) == []
    for card in (first, second):
        page.click(f"{card} button:has-text('Delete')")
        page.wait_for_selector(card, state="detached")
    watch.check()


def test_a_file_that_is_refused_is_said_on_the_page_and_nothing_typed_is_lost(page, base, stored):
    card = keep(page, base, stored["survey"], "Ask", "")
    page.goto(f"{base}/plans?data={stored['survey']}")
    settle(page)
    page.click(f"{card} a:has-text('Files for your tools')")
    page.wait_for_selector(f"{card} .files-list")
    page.fill(f"{card} input[name=statement]", "Short")
    page.click(f"{card} button[aria-label='Take the files for CSV']")
    page.wait_for_selector(f"{card} .form-said:has-text('who agreed to be written to')")
    assert page.input_value(f"{card} input[name=statement]") == "Short"
    page.fill(f"{card} input[name=statement]", "All agreed in the shop, list of May")
    with page.expect_download() as files:
        page.click(f"{card} button[aria-label='Take the files for CSV']")
    assert files.value.suggested_filename == "Ask.zip"
    page.wait_for_selector(f"{card} .files-list button:has-text('Removals')")
    page.click(f"{card} button:has-text('Delete')")
    page.wait_for_selector(card, state="detached")
