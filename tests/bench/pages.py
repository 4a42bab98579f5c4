"""``make bench-pages LOG=file``: how long each page takes on a stored log, first and again, over Dash's own endpoint.

First means that no result of the page's own stages is kept: a country that was not looked at before. Again means that
all are. The first line is the segmentation, which every page shares.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import Any

import dashboard.tabs
from core.pipeline import Pipeline, View
from core.registry import discover
from core.settings import Settings
from dashboard import app as application
from tests.wire.conftest import caller


class Browser:
    """Enough of a browser to open pages."""

    def __init__(self, settings: Settings) -> None:
        self.app = application.create_app(settings)
        self.call = caller(self.app.server.test_client())

    def open(self, slug: str, search: str) -> float:
        """Seconds to open a page: the shell's callback, the job where the page waits for one, and the page's own."""
        start = time.perf_counter()
        page = self._page(slug, search)
        if "data" not in page.get("view", {}):
            self.app.server.extensions["jobs"].run(page["shown"]["data"].split()[-1])
            page = self._page(slug, search)
        self.call(f"{slug}-answer", {"view.data": page["view"]["data"]})
        return time.perf_counter() - start

    def _page(self, slug: str, search: str) -> Any:
        given = {"url.pathname": f"/{slug}", "url.search": f"?{search}", "theme.data": "light"}
        return self.call("view", given).json["response"]


def main() -> None:
    """Store the log, then time every page."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("log", type=Path)
    options.add_argument("--home", type=Path, help="where the log is or will be stored; a temporary folder by default")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=given.home or Path(folder))
        pipeline = Pipeline(settings)
        view = View(pipeline.receive(given.log).fingerprint)
        pipeline.tables(view)
        start = time.perf_counter()
        pipeline.segmentation(view.but(k=pipeline.chosen_k(view)))
        print(f"segmentation  {time.perf_counter() - start:6.2f} s")
        countries = [name for name, _ in pipeline.countries_left(view)]
        browser = Browser(settings)
        browser.open("overview", f"data={view.dataset}")
        for number, slug in enumerate(discover(dashboard.tabs, "TAB")):
            search = f"data={view.dataset}&country={countries[number % len(countries)]}"
            whole, first = browser.open(slug, f"data={view.dataset}&compare=none"), browser.open(slug, search)
            again = min(browser.open(slug, search) for _ in range(3))
            print(
                f"{slug:12}  {whole:6.2f} s whole   {first:6.2f} s a country   {1000 * again:6.0f} ms again", flush=True
            )


if __name__ == "__main__":
    main()
