"""The Data tab over the wire: the receipt adds up as drawn, whatever is switched."""

import csv
import json
import re
from decimal import Decimal

import pytest

from core.errors import ParameterError
from core.pipeline import View
from tests.wire.conftest import write_log

EQUATION = re.compile(r"[\d,]+\.\d\d(?: [−+] [\d,]+\.\d\d)* = −?[\d,]+\.\d\d")


def text(part):
    return json.dumps(part, ensure_ascii=False)


def find(part, role):
    """Every component with that role, in order."""
    if isinstance(part, dict):
        properties = part.get("props", {})
        own = [properties] if properties.get("role") == role else []
        return own + [found for value in part.values() for found in find(value, role)]
    return [found for value in part for found in find(value, role)] if isinstance(part, list) else []


def switches(drawn):
    return {s["aria-label"]: s for s in find(drawn["data-receipt"], "switch")}


def equation(drawn):
    """The two sides of the line that adds up."""
    left, right = EQUATION.search(text(drawn["data-receipt"])).group().replace(",", "").replace("−", "-").split(" = ")
    terms = re.findall(r"(?:([-+]) )?([\d.]+)", left)
    return sum(Decimal(f"{sign or '+'}{amount}") for sign, amount in terms), Decimal(right)


@pytest.mark.parametrize("rules", ["net", "notebook", "none", "customer_missing+returned", "not_a_product+duplicate"])
def test_the_receipt_as_drawn_adds_up(draw, rules):
    left, right = equation(draw(f"/data?rules={rules}", "data-answer"))
    assert left == right


def test_every_switch_leads_to_a_receipt_that_adds_up_and_shows_it_moved(draw):
    before = switches(draw("/data", "data-answer"))
    for label, switch in before.items():
        drawn = draw(switch["href"], "data-answer")
        left, right = equation(drawn)
        assert left == right, label
        assert switches(drawn)[label]["aria-checked"] != switch["aria-checked"]


def test_switches_that_add_up_to_a_preset_are_that_preset(draw):
    href = switches(draw("/data?rules=notebook", "data-answer"))["Exact duplicates"]["href"]
    back = switches(draw(href, "data-answer"))["Exact duplicates"]["href"]
    assert "rules=notebook" in back


def test_a_rule_that_took_nothing_and_cannot_be_moved_is_not_shown(draw):
    assert "Not readable" not in text(draw("/data", "data-answer"))


def test_dropping_returns_but_not_what_they_undo_asks_for_a_decision(draw):
    drawn = draw("/data?rules=notebook", "data-answer")
    assert "one line needs your decision" in text(drawn["data-answer"])
    assert re.search(r"Revenue reads £[\d,]+ too high", text(drawn["data-receipt"]))
    assert re.search(r"Subtract returns: £[\d,.]+", text(drawn["data-receipt"]))
    assert "decision" not in text(draw("/data", "data-answer")["data-answer"])


def test_the_answer_names_rows_and_money_of_the_receipt(app, draw, fingerprint, settings):
    from core.pipeline import Pipeline

    made = Pipeline(settings).tables(View(fingerprint)).meta.receipt
    said = text(draw("/data", "data-answer")["data-answer"])
    assert f"{made.rows:,} of {made.rows_in:,} rows" in said


def test_what_was_found_in_the_file_and_its_columns_is_shown(draw):
    drawn = draw("/data", "data-answer")
    assert "comma" in text(drawn["data-found"])
    assert "Eight columns, eight meanings" in text(drawn["data-columns"])
    assert "small.csv" in text(drawn["data-file"])


def test_the_csv_of_the_receipt_holds_each_rule_and_ends_in_revenue_analysed(client, fingerprint):
    answer = client.get(f"/download/data/receipt.csv?data={fingerprint}&rules=notebook")
    rows = list(csv.DictReader(answer.text.lstrip("\ufeff").splitlines()))
    assert (rows[0]["rule"], rows[-1]["rule"]) == ("Revenue in", "Revenue analysed")
    for column in ("rows", "money"):
        taken = [Decimal(row[column]) for row in rows]
        assert sum(taken[:-1]) == taken[-1]


def test_a_switch_that_does_not_exist_is_refused(settings, fingerprint):
    from core.pipeline import Pipeline

    with pytest.raises((ParameterError, KeyError)):
        Pipeline(settings).toggle(View(fingerprint), "magic")


# The door: a file that waits to be checked, and datasets as a whole.


@pytest.fixture
def arrival(client, tmp_path):
    data = write_log(tmp_path / "waiting.csv", customers=40, seed=21).read_bytes()
    answer = client.put("/upload/waiting.csv", data=data).json
    yield answer
    client.post(f"/arrivals/{answer['arrival']}/discard")


def buttons(part):
    """What every button asks for."""
    if isinstance(part, dict):
        own = [part["props"]["data-post"]] if "data-post" in part.get("props", {}) else []
        return own + [found for value in part.values() for found in buttons(value)]
    return [found for value in part for found in buttons(value)] if isinstance(part, list) else []


def test_a_waiting_file_is_shown_with_its_mapping_its_first_rows_and_both_ways_on(draw, arrival):
    drawn = draw(arrival["href"], "data-answer")
    assert "An order log" in text(drawn["data-answer"])
    assert "waiting.csv" in text(drawn["data-file"])
    assert buttons(drawn["data-file"]) == [f"/arrivals/{arrival['arrival']}/{way}" for way in ("discard", "go")]
    assert "column:CustomerID" in text(drawn["data-receipt"])
    assert "as they will be stored" in text(drawn["data-shelf"])
    assert "would be analysed" in text(drawn["data-columns"])


def test_a_change_of_meaning_is_kept_and_drawn(client, draw, arrival):
    path = f"/arrivals/{arrival['arrival']}/answers"
    answer = client.post(path, json={"slug": "currency", "value": "CHF"})
    assert answer.json == {"href": arrival["href"].replace("v=0", "v=1")}
    drawn = draw(answer.json["href"], "data-answer")
    chosen = re.search(r'"data-now": "CHF", "data-slug": "currency"', json.dumps(drawn["data-found"], sort_keys=True))
    assert chosen


@pytest.mark.parametrize(
    "said",
    [{}, {"slug": "currency"}, {"slug": "currency", "value": 5}, {"slug": "x", "value": "y"},
     {"slug": "column:Nothing", "value": "customer"}],
)  # fmt: skip
def test_an_answer_that_makes_no_sense_changes_nothing(client, arrival, said):
    answer = client.post(f"/arrivals/{arrival['arrival']}/answers", json=said)
    assert answer.status_code == 422
    assert answer.json["error"]["hint"]


def test_other_sites_cannot_answer_delete_or_bring_in(client, arrival, fingerprint):
    away = {"Sec-Fetch-Site": "cross-site"}
    for path in (f"/arrivals/{arrival['arrival']}/go", f"/datasets/{fingerprint}/delete", "/inbox/a.csv/bring"):
        assert client.post(path, headers=away).status_code == 403


def test_a_file_that_no_longer_waits_is_said_to_be_gone_and_the_page_stays(draw):
    drawn = draw(f"/data?arrival={'0' * 32}", "data-answer")
    assert "no longer waits" in text(drawn["data-asked"])
    assert "are analysed" in text(drawn["data-answer"])


def test_what_waits_is_listed_until_it_is_discarded(client, draw, arrival):
    assert "waiting.csv" in text(draw("/data", "data-answer")["data-asked"])
    client.post(f"/arrivals/{arrival['arrival']}/discard")
    assert "waiting.csv" not in text(draw("/data", "data-answer")["data-asked"])


def test_a_dataset_is_renamed_deleted_and_brought_back(client, draw, app, arrival):
    app.server.extensions["jobs"].huey.immediate = True
    number = client.post(f"/arrivals/{arrival['arrival']}/go").json["job"]
    made = client.get(f"/jobs/{number}").json["result"]
    assert client.post(f"/datasets/{made}/rename", json={"value": " May\n shop "}).json == {"name": "May shop"}
    assert client.post(f"/datasets/{made}/rename", json={"value": " "}).status_code == 422
    assert "May shop" in text(draw("/data", "data-answer")["data-shelf"])
    gone = client.post(f"/datasets/{made}/delete").json["href"]
    drawn = draw(gone, "data-answer")
    assert "May shop is in the trash" in text(drawn["data-asked"])
    assert f"/datasets/{made}/restore" in buttons(drawn["data-asked"])
    assert client.post(f"/datasets/{made}/restore").json == {"href": f"/data?data={made}"}
    assert "May shop" in text(draw("/data", "data-answer")["data-shelf"])
    client.post(f"/datasets/{made}/delete")
    client.post(f"/datasets/{made}/purge")
    assert "May shop" not in text(draw("/data", "data-answer"))
    assert client.post(f"/datasets/{made}/restore").status_code == 404
