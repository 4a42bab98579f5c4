"""Pages of a large dataset wait for a job instead of blocking."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient

from core.pipeline import Pipeline, readiness
from core.settings import Settings
from core.view import View
from dashboard import app as application
from tests.wire.conftest import caller, write_log


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Dash, str]:
    """An application for which every dataset is a large one, with a log that nobody has looked at."""
    settings = Settings(home=tmp_path / "home")
    fingerprint = Pipeline(settings).receive(write_log(tmp_path / "log.csv")).fingerprint
    monkeypatch.setattr(readiness, "SMALL", 10)
    return application.create_app(settings), fingerprint


def opened(client: FlaskClient, href: str) -> Any:
    path, _, search = href.partition("?")
    call: Callable[..., Any] = caller(client)
    return call("view", {"url.pathname": path, "url.search": f"?{search}", "theme.data": "light"}, {}).json["response"]


def test_a_page_waits_for_a_job_and_opens_once_it_is_done(large: tuple[Dash, str]) -> None:
    app, fingerprint = large
    client, href = app.server.test_client(), f"/choose-k?data={fingerprint}"
    waits = opened(client, href)
    assert "view" not in waits or waits["view"].get("data") is None
    assert "data-wait" in json.dumps(waits["content"])
    job = waits["shown"]["data"].split()[-1]
    assert client.get(f"/jobs/{job}").json["state"] == "waiting"
    app.server.extensions["jobs"].run(job)
    assert client.get(f"/jobs/{job}").json["state"] == "done"
    page = opened(client, href)
    assert "data-wait" not in json.dumps(page["content"])
    assert page["view"]["data"]["slug"] == "choose-k"


def test_two_who_ask_the_same_wait_for_one_job_and_another_question_has_its_own(large: tuple[Dash, str]) -> None:
    app, fingerprint = large
    client = app.server.test_client()
    first, second, other = (
        opened(client, f"/segments?data={fingerprint}{more}")["shown"]["data"] for more in ("", "", "&seed=7")
    )
    assert first == second != other


def test_a_cancelled_job_can_be_asked_again(large: tuple[Dash, str]) -> None:
    app, fingerprint = large
    client = app.server.test_client()
    job = opened(client, f"/segments?data={fingerprint}")["shown"]["data"].split()[-1]
    client.post(f"/jobs/{job}/cancel")
    again = opened(client, f"/segments?data={fingerprint}")["shown"]["data"].split()[-1]
    assert again != job
    assert client.get(f"/jobs/{again}").json["state"] == "waiting"


def test_only_agreed_questions_are_answered(large: tuple[Dash, str], monkeypatch: pytest.MonkeyPatch) -> None:
    app, fingerprint = large
    asked = list[str]()
    monkeypatch.setattr(Pipeline, "answer", lambda self, view, asks, tell: asked.extend(asks))
    jobs = app.server.extensions["jobs"]
    jobs.run(jobs.put("answer", {"view": View(fingerprint).to_json(), "asks": ["purge", "canonical"]}))
    assert asked == ["canonical"]
