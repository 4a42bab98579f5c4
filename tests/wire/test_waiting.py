"""Pages of a large dataset wait for a job instead of blocking."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from dash import Dash
from flask.testing import FlaskClient

import dashboard.tabs
from core.pipeline import Pipeline, readiness
from core.registry import discover
from core.settings import Settings
from core.view import View
from dashboard import app as application
from tests import people_tables
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


@pytest.fixture
def ordinary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Dash, str]:
    """An application for which the sweep of a mixture is slow from eleven customers on, with a log of a hundred."""
    settings = Settings(home=tmp_path / "home")
    fingerprint = Pipeline(settings).receive(write_log(tmp_path / "log.csv")).fingerprint
    monkeypatch.setattr(readiness, "SLOW_FROM", {("gaussian", "selection"): 10, ("gaussian", "stabilities"): 10})
    monkeypatch.setattr(readiness, "SLOW_OF_EVERY_METHOD", {"comparison_of_methods": 10})
    return application.create_app(settings), fingerprint


def waits_for(app: Dash, client: FlaskClient, href: str) -> list[str]:
    """What a page waits for, after which it opens; nothing where it is there at once."""
    page = opened(client, href)
    if "data-wait" not in json.dumps(page["content"]):
        assert page["view"]["data"]
        return []
    jobs, job = app.server.extensions["jobs"], page["shown"]["data"].split()[-1]
    with patch.object(Pipeline, "answer", autospec=True, side_effect=Pipeline.answer) as answered:
        jobs.run(job)
    asks: list[str] = answered.call_args.args[2]
    assert "data-wait" not in json.dumps(opened(client, href)["content"])
    return asks


@pytest.mark.parametrize("slug", ["choose-k", "segments", "portrait", "drivers", "features", "overview"])
def test_on_an_ordinary_dataset_no_page_of_the_usual_method_waits(ordinary: tuple[Dash, str], slug: str) -> None:
    app, fingerprint = ordinary
    assert waits_for(app, app.server.test_client(), f"/{slug}?data={fingerprint}") == []


def test_a_slow_method_waits_for_its_sweep_once_for_all_pages(ordinary: tuple[Dash, str]) -> None:
    app, fingerprint = ordinary
    client, href = app.server.test_client(), f"data={fingerprint}&method=gaussian"
    assert waits_for(app, client, f"/segments?{href}") == ["selection"]
    assert waits_for(app, client, f"/portrait?{href}") == []
    assert waits_for(app, client, f"/choose-k?{href}") == ["stabilities"]


def test_another_number_of_segments_waits_for_nothing_that_is_known(ordinary: tuple[Dash, str]) -> None:
    app, fingerprint = ordinary
    client, href = app.server.test_client(), f"data={fingerprint}&method=gaussian"
    assert waits_for(app, client, f"/choose-k?{href}") == ["selection", "stabilities"]
    assert waits_for(app, client, f"/choose-k?{href}&k=3") == []
    assert waits_for(app, client, f"/choose-k?{href}&seed=7") != []


def test_every_method_beside_the_others_is_a_job(ordinary: tuple[Dash, str]) -> None:
    app, fingerprint = ordinary
    assert waits_for(app, app.server.test_client(), f"/methods?data={fingerprint}") == ["comparison_of_methods"]


def test_fewer_customers_than_a_method_is_slow_from_wait_for_nothing(
    ordinary: tuple[Dash, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    app, fingerprint = ordinary
    monkeypatch.setattr(readiness, "SLOW_FROM", {("gaussian", "selection"): 5_000})
    assert waits_for(app, app.server.test_client(), f"/choose-k?data={fingerprint}&method=gaussian") == []


def test_every_page_asks_what_there_are_words_for(ordinary: tuple[Dash, str]) -> None:
    asked = {each for tab in discover(dashboard.tabs, "TAB").values() for each in tab.asks}
    assert asked <= readiness.QUESTIONS.keys()
    assert all(callable(getattr(Pipeline, name)) for name in readiness.QUESTIONS)


def test_a_question_that_does_not_fit_the_table_keeps_no_page_from_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(home=tmp_path / "home")
    file = people_tables.write(tmp_path / "people.csv", people_tables.customers(), people_tables.CUSTOMERS)
    fingerprint = Pipeline(settings).receive(file).fingerprint
    monkeypatch.setattr(readiness, "SMALL", 10)
    app = application.create_app(settings)
    assert "overview" in waits_for(app, app.server.test_client(), f"/overview?data={fingerprint}")


def test_only_agreed_questions_are_answered(large: tuple[Dash, str], monkeypatch: pytest.MonkeyPatch) -> None:
    app, fingerprint = large
    asked = list[str]()
    monkeypatch.setattr(Pipeline, "answer", lambda self, view, asks, tell: asked.extend(asks))
    jobs = app.server.extensions["jobs"]
    jobs.run(jobs.put("answer", {"view": View(fingerprint).to_json(), "asks": ["purge", "canonical"]}))
    assert asked == ["canonical"]
