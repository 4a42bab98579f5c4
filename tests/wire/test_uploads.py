"""Files come in by PUT, block by block; jobs answer in JSON; what goes wrong leaves nothing behind."""

import io
import shutil
from collections import namedtuple

import pytest

from core.jobbook import Book
from core.settings import MIB, Settings
from dashboard.app import create_app
from dashboard.uploads import plain_name
from tests.wire.conftest import write_log


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = create_app(Settings(home=tmp_path_factory.mktemp("uploads"), upload_limit=2 * MIB)).server
    server.extensions["jobs"].huey.immediate = True
    return server


@pytest.fixture(scope="module")
def client(server):
    return server.test_client()


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return write_log(tmp_path_factory.mktemp("log") / "log.csv", customers=60).read_bytes()


@pytest.fixture
def aside(server):
    home = server.extensions["jobs"].book.path.parent
    yield home / "arrivals"
    left = [*(home / "aside").iterdir(), *(home / "arrivals").iterdir()]
    assert not left, "something was left behind"


def bring(client, name, data, currency="GBP", **options):
    """Send a file, and where it waits to be checked, say go."""
    answer = client.put(f"/upload/{name}?currency={currency}", data=data, **options)
    if answer.status_code == 202 and not answer.json["job"]:
        return client.post(f"/arrivals/{answer.json['arrival']}/go")
    return answer


def length(size):
    return {"CONTENT_LENGTH": str(size)}


def outcome(client, answer):
    assert answer.status_code == 202
    return client.get(f"/jobs/{answer.json['job']}").json


def test_a_file_that_is_brought_becomes_a_dataset(client, server, log, aside):
    job = outcome(client, bring(client, "my%20shop.csv", log, "usd"))
    assert (job["state"], job["share"], job["error"]) == ("done", 1.0, None)
    page = client.get(f"/download/data/receipt.csv?data={job['result']}")
    assert page.status_code == 200
    assert "my shop receipt.csv" in page.headers["Content-Disposition"]


def test_a_job_tells_exactly_what_the_page_needs(client, log, aside):
    job = outcome(client, bring(client, "log.csv", log))
    assert set(job) == {"id", "kind", "state", "words", "share", "result", "error", "href"}


def test_bringing_the_same_file_again_leads_to_the_same_dataset(client, log, aside):
    assert (
        outcome(client, bring(client, "one.csv", log))["result"]
        == outcome(client, bring(client, "two.csv", log))["result"]
    )


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../../etc/passwd", "passwd"),
        ("..", "orders.csv"),
        ("C:\\shop\\a b.csv", "a b.csv"),
        ("/absolute.csv", "absolute.csv"),
        ("a\nb\x00c.csv", "abc.csv"),
        ("x" * 500 + ".csv", "x" * 116 + ".csv"),
    ],
)
def test_a_name_with_tricks_is_only_a_name(name, kept):
    assert plain_name(name) == kept


def test_a_path_in_a_name_writes_nowhere_else(client, server, log, aside):
    home = server.extensions["jobs"].book.path.parent
    job = outcome(client, bring(client, "..%2F..%2Fescaped.csv", log))
    assert job["state"] == "done"
    assert not list(home.parent.rglob("escaped*"))


def test_a_file_that_cannot_be_read_says_why_by_its_own_name_and_is_not_kept(client, aside):
    answer = bring(client, "bad.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    assert answer.status_code == 422
    assert "bad.csv" in answer.json["error"]["message"]
    assert answer.json["error"]["hint"]


def test_a_file_of_which_nothing_is_left_fails_is_not_stored_and_waits_on(client, aside):
    head = b"InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
    arrived = client.put("/upload/guests.csv", data=head + b"1,A,Cup,2,2024-01-02 10:00:00,1.5,,France\n").json
    job = outcome(client, client.post(f"/arrivals/{arrived['arrival']}/go"))
    assert job["state"] == "failed"
    assert job["error"]["message"]
    assert f"arrival={arrived['arrival']}" in job["href"]
    assert "guests" not in client.get("/download/data/receipt.csv").headers["Content-Disposition"]
    assert client.post(f"/arrivals/{arrived['arrival']}/discard").json == {"href": "/data"}


def test_an_empty_file_is_refused(client, aside):
    answer = bring(client, "nothing.csv", b"")
    assert answer.status_code == 422
    assert "nothing.csv is empty" in answer.json["error"]["message"]


def test_a_file_above_the_limit_is_refused_before_it_is_read(client, aside):
    answer = bring(client, "large.csv", b"x" * (2 * MIB + 1))
    assert answer.status_code == 422
    assert "larger than the 2 MiB" in answer.json["error"]["message"]


def test_a_file_that_does_not_say_its_size_is_cut_off_at_the_limit(client, aside):
    stream = {"input_stream": io.BytesIO(b"x" * (3 * MIB)), "environ_overrides": {"wsgi.input_terminated": True}}
    answer = client.put("/upload/large.csv", **stream)
    assert answer.status_code == 422
    assert "larger than" in answer.json["error"]["message"]


def test_a_file_that_does_not_fit_on_the_disk_is_refused_with_both_sizes(client, aside, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**9, 10**9 - 10**6, 10**6))
    answer = bring(client, "log.csv", b"x" * MIB)
    assert answer.status_code == 422
    assert "1 MB left" in answer.json["error"]["message"]


def test_a_connection_that_breaks_off_leaves_nothing(client, aside):
    answer = bring(client, "half.csv", None, input_stream=io.BytesIO(b"x" * 1000), environ_overrides=length(5000))
    assert answer.status_code == 400
    assert "did not arrive whole" in answer.json["error"]["message"]


def test_a_file_is_never_whole_in_memory(client, log, aside):
    asked = []

    class Stream(io.BytesIO):
        def readinto(self, buffer):
            asked.append(len(buffer))
            return super().readinto(buffer)

    data = log * (2 * MIB // len(log))
    bring(client, "log.csv", None, input_stream=Stream(data), environ_overrides=length(len(data)))
    assert len(asked) >= 2
    assert max(asked) <= MIB


def test_a_currency_that_is_none_is_refused(client, aside):
    answer = bring(client, "log.csv", b"x", "%3Cb%3E")
    assert answer.status_code == 422
    assert "currency" in answer.json["error"]["message"]


@pytest.mark.parametrize(("method", "path"), [("put", "/upload/a.csv"), ("post", "/jobs/1/cancel")])
def test_other_sites_can_neither_bring_nor_cancel(client, method, path, aside):
    assert getattr(client, method)(path, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_a_cancelled_import_leaves_its_file_waiting_until_it_is_discarded(server, client, log, aside):
    jobs = server.extensions["jobs"]
    jobs.huey.immediate = False
    try:
        number = bring(client, "cancelled.csv", log + log.splitlines(keepends=True)[3]).json["job"]
        assert client.get(f"/jobs/{number}").json["state"] == "waiting"
        job = client.post(f"/jobs/{number}/cancel").json
    finally:
        jobs.huey.immediate = True
    assert job["state"] == "cancelled"
    (waiting,) = aside.iterdir()
    assert waiting.name in job["href"]
    client.post(f"/arrivals/{waiting.name}/discard")


def test_saying_go_twice_starts_one_job(server, client, log, aside):
    jobs = server.extensions["jobs"]
    jobs.huey.immediate = False
    try:
        first = bring(client, "twice.csv", log + log.splitlines(keepends=True)[4]).json["job"]
        (waiting,) = aside.iterdir()
        assert client.post(f"/arrivals/{waiting.name}/go").json["job"] == first
        client.post(f"/arrivals/{waiting.name}/discard")
    finally:
        jobs.huey.immediate = True
    assert client.get(f"/jobs/{first}").json["state"] == "cancelled"


def test_an_unknown_job_is_not_found_with_words(client):
    for answer in (client.get("/jobs/nothing"), client.post("/jobs/nothing/cancel")):
        assert answer.status_code == 404
        assert "Bring the file again" in answer.json["error"]["hint"]


def test_a_cancelled_import_removes_what_it_had_stored(server, client, log, aside, monkeypatch):
    home, tell = server.extensions["jobs"].book.path.parent, Book.tell
    before = set((home / "datasets").iterdir())
    monkeypatch.setattr(Book, "tell", lambda *a: tell(*a) and a[3] != "Adding up orders and customers")
    job = outcome(client, bring(client, "new.csv", log + log.splitlines(keepends=True)[-1]))
    assert job["state"] == "cancelled"
    assert set((home / "datasets").iterdir()) == before
    (waiting,) = aside.iterdir()
    client.post(f"/arrivals/{waiting.name}/discard")


def test_the_currency_of_what_is_stored_can_be_changed(client, log, aside):
    fingerprint = outcome(client, bring(client, "log.csv", log))["result"]
    assert client.post(f"/datasets/{fingerprint}/currency?to=chf").json == {"currency": "CHF"}
    assert client.post(f"/datasets/{fingerprint}/currency?to=francs").status_code == 422
    assert client.post("/datasets/0000000000000000/currency?to=CHF").status_code == 404
