"""What cannot be answered is said by the page that asks: a job never keeps it waiting for ever."""

from __future__ import annotations

import json
from typing import Any

import pytest

from core.errors import NotEnoughDataError
from core.pipeline import Pipeline, View, readiness
from core.settings import Settings
from dashboard import app as application
from tests.wire.conftest import caller, write_log


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, str]:
    folder = tmp_path_factory.mktemp("waiting")
    settings = Settings(home=folder / "home")
    return settings, Pipeline(settings).receive(write_log(folder / "log.csv")).fingerprint


@pytest.fixture
def large(shop: tuple[Settings, str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """An application for which every dataset is a large one: ``visit`` opens a link, and does the job it waits for."""
    monkeypatch.setattr(readiness, "SMALL", 10)
    app = application.create_app(shop[0])
    call = caller(client := app.server.test_client())

    def visit(path: str, search: str) -> tuple[Any, Any]:
        inputs = {"url.pathname": path, "url.search": f"?data={shop[1]}{search}", "theme.data": "light"}
        page, job = call("view", inputs, {}).json["response"], None
        if " waiting " in (shown := page["shown"]["data"]):
            app.server.extensions["jobs"].run(shown.split()[-1])
            job = client.get(f"/jobs/{shown.split()[-1]}").json
            page = call("view", inputs, {}).json["response"]
        return page, job

    return visit


@pytest.mark.parametrize(
    "search",
    ["&method=hdbscan", "&k=20&feature=country", "&saved=nothing0", "&feature=nonsense", "&segment=99", "&own=a:rank",
     "&method=nonsense", "&rfm_map=nonsense", "&rfm_edges=spend:1", "&rules=nonsense", "&weight=monetary:99"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/segments", "/choose-k"])
def test_a_link_without_an_answer_opens_once_its_job_is_over(large: Any, path: str, search: str) -> None:
    page, job = large(path, search)
    assert job is None or job["state"] == "done"
    assert "data-wait" not in json.dumps(page["content"])
    assert page["view"]["data"]["slug"] == path[1:]


def test_a_method_without_an_answer_is_not_asked_for_ever_where_only_methods_are_slow(
    shop: tuple[Settings, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline, view = Pipeline(shop[0]), View(shop[1], method="gaussian", seed=11)
    monkeypatch.setattr(readiness, "SLOW_FROM", {("gaussian", "selection"): 10})

    def too_few(self: Pipeline, view: View) -> Any:
        raise NotEnoughDataError("They hardly differ.", "Choose other features.")

    monkeypatch.setattr(Pipeline, "selection", too_few)
    assert pipeline.lacks(view) == ["selection"]
    pipeline.answer(view, pipeline.lacks(view), lambda words, share: None)
    assert pipeline.lacks(view) == []


def test_rules_that_leave_nobody_fail_once_and_open_the_page(
    shop: tuple[Settings, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_left(self: Pipeline, view: View) -> Any:
        raise NotEnoughDataError("Nothing is left.", "Switch a rule off.")

    for name in ("canonical", "tables"):
        monkeypatch.setattr(Pipeline, name, none_left)
    monkeypatch.setattr(readiness, "SMALL", 10)
    monkeypatch.setattr(readiness, "SMALL_LINES", 10)
    pipeline, view = Pipeline(shop[0]), View(shop[1], rules="notebook")
    asks = pipeline.lacks(view)
    assert "canonical" in asks
    with pytest.raises(NotEnoughDataError):
        pipeline.answer(view, asks, lambda words, share: None)
    assert pipeline.lacks(view) == []
