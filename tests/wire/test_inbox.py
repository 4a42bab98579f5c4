"""The inbox over the wire and in the worker: what is known comes in by itself, the rest waits for somebody."""

import dataclasses
import json

import pytest

from core.errands import visit_inbox
from core.pipeline import Pipeline
from core.settings import Settings
from dashboard.app import create_app
from tests.wire.conftest import caller, write_log


@pytest.fixture
def settings(tmp_path):
    (tmp_path / "inbox").mkdir()
    return Settings(home=tmp_path / "home", inbox=tmp_path / "inbox")


@pytest.fixture
def server(settings):
    pipeline = Pipeline(dataclasses.replace(settings, inbox=None))
    pipeline.receive(write_log(settings.home.parent / "first.csv", customers=40), name="First")
    server = create_app(settings).server
    server.extensions["jobs"].huey.immediate = True
    return server


def visit(settings, server, known, times=2):
    pipeline = Pipeline(settings)
    pipeline.inbox_knows = lambda found: known
    seen = {}
    for _ in range(times):
        seen = visit_inbox(pipeline, server.extensions["jobs"], seen)
    return [dataset.name for dataset in pipeline.datasets()]


def test_a_file_of_known_shape_comes_in_once_and_is_left_alone(settings, server):
    path = write_log(settings.inbox / "june.csv", customers=40, seed=5)
    before = path.read_bytes()
    assert "june" in visit(settings, server, True)
    assert path.read_bytes() == before
    assert Pipeline(settings).inbox_files() == []
    assert len(visit(settings, server, True, times=3)) == 2


def test_a_file_that_still_grows_is_left_until_it_is_whole(settings, server):
    write_log(settings.inbox / "june.csv", customers=40, seed=5)
    assert "june" not in visit(settings, server, True, times=1)


def test_a_file_of_unknown_shape_waits_and_is_brought_in_by_a_button(settings, server):
    write_log(settings.inbox / "june & july.csv", customers=40, seed=5)
    assert visit(settings, server, False, times=3) == ["First"]
    client = server.test_client()
    data = {"slug": "data", "search": f"data={Pipeline(settings).datasets()[0].fingerprint}", "theme": "light",
            "currency": "GBP"}  # fmt: skip
    drawn = caller(client)("data-asked", {"view.data": data}).json["response"]["data-asked"]
    assert "/inbox/june%20%26%20july.csv/bring" in json.dumps(drawn)
    assert "1 file waits in the inbox" in json.dumps(drawn)
    arrived = client.post("/inbox/june%20%26%20july.csv/bring").json
    assert "arrival=" in arrived["href"]
    job = client.post(f"/arrivals/{arrived['arrival']}/go").json["job"]
    assert client.get(f"/jobs/{job}").json["state"] == "done"
    assert (settings.inbox / "june & july.csv").exists()
    assert Pipeline(settings).inbox_files() == []


@pytest.mark.parametrize("name", ["..%2Ffirst.csv", "link.csv", "%2Fetc%2Fpasswd", "..", "nothing.csv"])
def test_nothing_outside_the_inbox_can_be_brought_in(settings, server, name):
    (settings.inbox / "link.csv").symlink_to(settings.home.parent / "first.csv")
    assert server.test_client().post(f"/inbox/{name}/bring").status_code in (404, 405)
    assert not list((settings.home / "arrivals").glob("*"))
