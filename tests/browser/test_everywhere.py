"""Every page, in both themes and at both widths: accessible, quiet, self-contained, not scrolling sideways."""

from pathlib import Path

import pytest

import dashboard.tabs
from core.registry import discover
from tests.browser.settling import settle

pytestmark = pytest.mark.browser
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
SLUGS = list(discover(dashboard.tabs, "TAB"))
# Their charts stand at once; what takes longer comes with one request more.
LATER = {"choose-k"}


def violations(page):
    # Through the protocol: a strict policy would refuse a script tag.
    page.evaluate(AXE)
    found = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']})"
    )["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]} ({len(v['nodes'])}) {v['help']}" for v in found]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_is_accessible_and_keeps_to_itself(context, page, watch, base, slug, width, theme):
    context.add_cookies([{"name": "theme", "value": theme, "url": base}])
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{base}/{slug}")
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert not page.query_selector("#banner .banner")
    assert violations(page) == []
    watch.check()


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (390, "dark")])
@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("kind", ["customers", "survey"])
def test_a_page_of_a_table_is_accessible_and_keeps_to_itself(
    context, page, watch, base, stored, kind, slug, width, theme
):
    context.add_cookies([{"name": "theme", "value": theme, "url": base}])
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{base}/{slug}?data={stored[kind]}")
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert not page.query_selector("#banner .banner")
    assert violations(page) == []
    watch.check()


@pytest.mark.parametrize("slug", SLUGS)
def test_opening_a_page_costs_at_most_two_updates(page, watch, base, slug):
    page.goto(f"{base}/overview" if slug != "overview" else f"{base}/campaigns")
    settle(page)
    watch.updates.clear()
    page.click(f"nav .nav-items a[href^='/{slug}?']")
    page.wait_for_url(f"**/{slug}?*")
    page.wait_for_timeout(300)
    settle(page)
    assert len(watch.updates) <= (3 if slug in LATER else 2)
