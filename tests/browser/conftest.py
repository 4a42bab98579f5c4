"""A real server and a real browser. Chromium comes from the system; `make test` installs it where it may."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.settling import follow

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-dev-shm-usage",
]  # fmt: skip


@dataclass
class Watch:
    """What must stay empty: messages on the console, failed answers, requests that leave the machine."""

    base: str
    console: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    updates: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        page.on("console", self._message)
        page.on("pageerror", lambda e: self.console.append(str(e)))
        page.on("response", lambda r: self.failed.append(f"{r.status} {r.url}") if r.status >= 400 else None)
        page.on("request", self._request)
        follow(page)

    def _message(self, message) -> None:
        # Chromium without a graphics card remarks on its own drawing; that is not the page's doing.
        if message.type in ("error", "warning") and "GL Driver Message" not in message.text:
            self.console.append(message.text)

    def _request(self, request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.foreign.append(request.url)
        if "_dash-update-component" in request.url:
            self.updates.append(request.url)

    def check(self) -> None:
        assert not self.console
        assert not self.failed
        assert not self.foreign


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def stored(base: str, home: Path) -> dict[str, str]:
    """The fingerprints of the demo datasets by their kind."""
    found = [json.loads(path.read_text()) for path in home.glob("datasets/*/dataset.json")]
    return {each["kind"]: each["fingerprint"] for each in found if each["name"].startswith("Demo")}


@pytest.fixture(scope="session")
def base(home: Path) -> Iterator[str]:
    """The address of a server that was started as users start it, on the demo shop."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {**os.environ, "CLIENTELE_HOME": str(home), "PORT": str(port), "WORKERS": "1", "HOST": "127.0.0.1"}
    with (home / "server.log").open("w") as log:
        server = subprocess.Popen([sys.executable, "wsgi.py"], cwd=ROOT, env=env, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, server, home / "server.log")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(address: str, server: subprocess.Popen, log: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=1)
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the server did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        pytest.fail("Chromium is missing: install it (Debian: apt install chromium) or set CHROMIUM to its path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, accept_downloads=True)
    yield context
    context.close()


@pytest.fixture
def watch(base: str) -> Watch:
    return Watch(base)


@pytest.fixture
def page(context: BrowserContext, watch: Watch) -> Page:
    page = context.new_page()
    page.set_default_timeout(20_000)
    watch.over(page)
    return page
