"""``/api/v1/predict`` over the wire: answers, limits, and errors that are JSON and clear."""

import json

import pytest

from dashboard import api

URL = "/api/v1/predict"


@pytest.fixture
def post(client):
    def run(body, **options):
        return client.post(URL, json=body, **options)

    return run


def hint_and_no_trace(answer):
    text = answer.get_data(as_text=True)
    assert "Traceback" not in text
    assert 'File "' not in text
    assert answer.json["error"]["message"]
    assert answer.json["error"]["hint"]
    return answer.json["error"]


def test_customers_get_a_segment_with_portrait_averages_and_strategies(post, fingerprint):
    given = [
        {"id": "a", "recency_days": 3, "frequency": 12, "monetary": 5000},
        {"id": 7, "Days since last order": "400"},
    ]
    answer = post({"data": fingerprint, "view": "k=3&prepare=standard", "customers": given})
    assert answer.status_code == 200
    said = answer.json
    assert [each["id"] for each in said["predictions"]] == ["a", 7]
    segments = {each["id"]: each for each in said["segments"]}
    assert len(segments) == 3
    for one in said["predictions"]:
        mine = segments[one["segment"]]
        assert (mine["name"], bool(mine["portrait"]), bool(mine["strategies"])) == (one["name"], True, True)
        assert set(mine["averages"]) == {"recency_days", "frequency", "monetary"}
        assert one["confidence"] in ("clear", "rather", "border")
        assert one["runner_up"]["id"] in segments
    assert {note["field"] for note in said["predictions"][1]["notes"] if note["kind"] == "missing"} == {
        "frequency", "monetary"
    }  # fmt: skip
    assert said["dataset"]["fingerprint"] == fingerprint


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"customers": [{"id": "\\ud800"}]}', 400),
        (b'{"customers": [{"\\ud800": 1}]}', 400),
        (b'{"customers": [{}], "saved": "\\ud800"}', 400),
        (b'{"customers": [{"frequency": 1' + b"0" * 400 + b"}]}", 422),
        (b'{"customers": [{"frequency": true}]}', 422),
        (b'{"customers": [{}], "view": "k=99"}', 422),
    ],
)
def test_what_json_can_write_and_nobody_can_be_is_refused_in_json(client, body, status):
    answer = client.post(URL, data=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == status
    error = hint_and_no_trace(answer)
    assert "shown instead" not in error["hint"]


def test_averages_are_in_units_of_the_currency(post, client, fingerprint):
    said = post({"data": fingerprint, "view": "k=3", "customers": [{}]}).json
    rows = client.get(f"/download/predict/averages.csv?data={fingerprint}&k=3").text.splitlines()
    spend = [float(row.split(",")[3]) for row in rows if ",monetary," in row]
    assert [one["averages"]["monetary"] for one in said["segments"]] == pytest.approx(spend)


def test_a_view_may_be_an_object(post, customers):
    text = post({"data": customers, "view": "k=3&feature=age&feature=income", "customers": [{"age": 30}]}).json
    same = post({"data": customers, "view": {"k": 3, "feature": ["age", "income"]}, "customers": [{"age": 30}]}).json
    assert text == same
    assert set(text["segments"][0]["averages"]) == {"age", "income"}


def test_levels_and_yes_and_no_are_given_by_name(post, survey):
    answer = post({"data": survey, "view": "k=2", "customers": [{"browsing": "always", "gender": "male"}]})
    assert answer.status_code == 200
    level = answer.json["segments"][0]["averages"]["browsing"]
    assert 0 < level["share"] <= 1


def test_it_describes_itself_with_an_example_that_works(client, post, customers):
    said = client.get(f"{URL}?data={customers}&k=3").json
    assert {field["name"] for field in said["fields"]} >= {"age", "education"}
    education = next(field for field in said["fields"] if field["name"] == "education")
    assert education["levels"] == ["Basic", "Graduation", "Master", "PhD"]
    assert said["limits"] == {"customers": 10_000, "bytes": 2 * 1024 * 1024}
    assert said["example"].startswith("curl -X POST http://localhost/api/v1/predict ")
    body = json.loads(said["example"].split(" -d '")[1].rstrip("'"))
    answer = post(body)
    assert answer.status_code == 200
    assert answer.json["predictions"][0]["notes"] == []


@pytest.mark.parametrize(
    ("body", "kind", "status", "words"),
    [
        (b"{", "application/json", 400, "no JSON"),
        (b"\xff\xfe", "application/json", 400, "no JSON"),
        (b"[" * 100_000, "application/json", 400, "no JSON"),
        (b"[]", "application/json", 400, "no object"),
        (b"", "application/json", 400, "no JSON"),
        (b"{}", "text/plain", 415, "text/plain"),
        (b"{}", "application/x-www-form-urlencoded", 415, "form"),
        (b"{}", None, 415, "no type"),
        (b"{}", "application/json", 422, "no list of objects"),
        (b'{"customers": []}', "application/json", 422, "no list of objects"),
        (b'{"customers": [1]}', "application/json", 422, "no list of objects"),
        (b'{"customer": [{}]}', "application/json", 422, "no key “customer”"),
        (b'{"customers": [{}], "view": 4}', "application/json", 422, "view"),
        (b'{"customers": [{}], "view": {"k": [[1]]}}', "application/json", 422, "view: k"),
        (b'{"customers": [{}], "data": ["x"]}', "application/json", 422, "no text"),
        (b'{"customers": [{}], "data": "nowhere"}', "application/json", 404, "nowhere"),
        (b'{"customers": [{}], "saved": "nobody"}', "application/json", 404, "nobody"),
        (b'{"customers": [{}], "view": "k=99"}', "application/json", 422, "k is 99"),
        (b'{"customers": [{}], "view": "colour=red"}', "application/json", 422, "colour"),
        (b'{"customers": [{"Orders": 1, "frequency": 2}]}', "application/json", 422, "same field twice"),
        (b'{"customers": [{"shoe": 1}]}', "application/json", 422, "“shoe”"),
    ],
)
def test_what_does_not_fit_is_told_in_json(client, body, kind, status, words):
    answer = client.post(URL, data=body, content_type=kind)
    assert answer.status_code == status
    assert words in hint_and_no_trace(answer)["message"]


def test_every_value_that_does_not_fit_is_named(post, fingerprint):
    given = [{"frequency": 1}, {"frequency": "many", "recency_days": -3}, {"monetary": True}]
    answer = post({"data": fingerprint, "customers": given})
    assert answer.status_code == 422
    hint_and_no_trace(answer)
    assert [(each["customer"], each["field"]) for each in answer.json["problems"]] == [
        (1, "recency_days"), (1, "frequency"), (2, "monetary")
    ]  # fmt: skip
    assert "predictions" not in answer.json


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_that_are_none_are_refused(client, number):
    answer = client.post(URL, data=f'{{"customers": [{{"frequency": {number}}}]}}', content_type="application/json")
    assert answer.status_code == 422
    assert "Orders" in hint_and_no_trace(answer)["message"]


def test_many_problems_are_cut_at_a_hundred(post):
    answer = post({"customers": [{"frequency": "x"}] * 250})
    assert (len(answer.json["problems"]), answer.json["more"]) == (100, 150)


def test_at_most_ten_thousand_at_a_time(post):
    assert len(post({"customers": [{}] * api.MOST}).json["predictions"]) == api.MOST
    answer = post({"customers": [{}] * (api.MOST + 1)})
    assert answer.status_code == 413
    assert "10,001 customers" in hint_and_no_trace(answer)["message"]


def test_a_body_over_the_limit_is_refused(client):
    answer = client.post(URL, data=b" " * (api.MOST_BYTES + 1), content_type="application/json")
    assert answer.status_code == 413
    hint_and_no_trace(answer)


def test_another_way_of_asking_and_another_path_are_refused_in_json(client):
    assert client.put(URL).status_code == 405
    hint_and_no_trace(client.put(URL))
    assert client.get("/api/v1/nothing").status_code == 404
    hint_and_no_trace(client.get("/api/v1/nothing"))


def test_another_site_is_refused_in_json(post):
    answer = post({"customers": [{}]}, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403
    hint_and_no_trace(answer)


def test_a_fault_of_ours_has_a_number_and_no_trace(post, monkeypatch):
    def fail(*_):
        raise RuntimeError("secret inside")

    monkeypatch.setattr(api, "portrayed", fail)
    answer = post({"customers": [{}]})
    assert answer.status_code == 500
    assert "secret" not in answer.get_data(as_text=True)
    assert "Reference " in hint_and_no_trace(answer)["message"]
