"""When a page stands still: its heading is there, no card waits, and nothing that it asked for is outstanding."""

from playwright.sync_api import Page

_outstanding: set = set()


def follow(page: Page) -> None:
    """Keep count of what the page asks its callbacks for."""
    _outstanding.clear()
    page.on("request", lambda request: "_dash-update" in request.url and _outstanding.add(request))
    for end in ("requestfinished", "requestfailed"):
        page.on(end, lambda request: _outstanding.discard(request))


def settle(page: Page, milliseconds: int = 200) -> None:
    """Wait until the page stands still."""
    page.wait_for_selector("main h1")
    # The policy forbids eval, and with it Playwright's wait_for_function.
    page.locator("main .skeleton").first.wait_for(state="detached")
    page.wait_for_load_state("networkidle")
    # That state is reached once a document: what a link inside the page asks for afterwards is waited for here.
    still = 0
    while still < milliseconds:
        page.wait_for_timeout(50)
        still = 0 if _outstanding else still + 50
