"""The shell over the wire: links, guards, files."""

import json

import pytest

from core.errors import ParameterError
from core.pipeline import Pipeline
from core.settings import Settings
from dashboard.app import create_app
from tests.wire.conftest import caller


def words(response):
    return json.dumps(response, ensure_ascii=False)


def test_the_first_page_opens_without_any_parameter(open_page, fingerprint):
    page = open_page("/")
    assert page["view"]["data"]["search"] == f"data={fingerprint}"
    assert page["shown"]["data"] == "overview"
    assert not page["banner"]["children"]


def test_a_bad_link_says_so_and_shows_the_default(open_page):
    page = open_page("/overview?period=2011-13&k=many&rules=magic&country=Atlantis&colour=red")
    said = words(page["banner"])
    for part in ("2011-13", "k=many", "magic", "Atlantis", "colour"):
        assert part in said
    assert "period" not in page["view"]["data"]["search"]


def test_a_link_to_a_dataset_that_is_gone_says_so(open_page):
    page = open_page("/overview?data=0000000000000000")
    assert "0000000000000000" in words(page["banner"])


def test_what_the_browser_holds_is_small(open_page):
    page = open_page("/overview?country=Germany&period=2023&compare=year&k=4&prepare=standard")
    assert len(json.dumps(page["view"]["data"])) < 2048


def test_moving_a_control_does_not_rebuild_the_layout(open_page):
    assert "content" not in open_page("/overview?period=2023", shown="overview")
    assert "content" in open_page("/overview?period=2023", shown="countries")


def test_the_overview_draws_figures_that_the_pipeline_computes(draw):
    drawn = draw("/overview?rules=notebook", "overview-answer")
    assert "customers spent" in words(drawn["overview-answer"])
    assert "ordered once" in words(drawn["overview-frequency"])


def test_every_answer_forbids_foreign_content(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "http" not in policy


def test_requests_from_other_sites_are_refused(client):
    answer = client.post("/_dash-update-component", json={}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_another_host_name_is_refused(client):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 421
    assert client.get("/healthz", headers={"Host": "evil.example"}).json == {"status": "ok"}


def test_a_csv_holds_what_is_drawn(client, fingerprint):
    answer = client.get(f"/download/overview/frequency.csv?data={fingerprint}")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Small shop frequency.csv"'
    assert answer.text.lstrip("\ufeff").splitlines()[0] == "orders,customers"


def test_a_csv_that_does_not_exist_is_not_found(client):
    assert client.get("/download/overview/nothing.csv").status_code == 404


def test_a_host_that_others_can_reach_needs_a_password(tmp_path):
    with pytest.raises(ParameterError, match="no password is set"):
        create_app(Settings(home=tmp_path, host="0.0.0.0"))


def test_with_a_password_nothing_but_the_health_check_is_open(tmp_path):
    client = create_app(Settings(home=tmp_path, host="0.0.0.0", password="open sesame")).server.test_client()
    assert client.get("/").status_code == 401
    assert client.get("/healthz").status_code == 200
    assert client.get("/", auth=("anyone", "open sesame")).status_code == 200
    assert client.get("/", auth=("anyone", "wrong")).status_code == 401


def test_a_log_of_which_nobody_is_left_says_so_and_the_page_stays(tmp_path):
    log = tmp_path / "returns.csv"
    log.write_text(
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
        "C1,10001,A,-1,2011-01-02 10:00:00,2.5,12001,France\n"
    )
    settings = Settings(home=tmp_path / "home")
    stored = Pipeline(settings).receive(log)
    call = caller(create_app(settings).server.test_client())
    link = {"url.pathname": "/data", "url.search": f"?data={stored.fingerprint}", "theme.data": "light"}
    page = call("view", link).json["response"]
    assert "No customer is left after cleaning" in words(page["banner"])
    assert "Data and receipt" in words(page["nav"])
