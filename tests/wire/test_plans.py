"""The Campaign plans page over the wire: plan, change, undo, copy, archive, delete and put back; and its counts."""

import csv
import datetime as dt
import io
import json
import re
import zipfile

import pytest

from core.campaigns.ledger.brief import Brief
from core.campaigns.ledger.calendar import MONTHS, calendar, holidays_of, overlaps
from core.campaigns.ledger.rows import Campaign
from core.pipeline import Pipeline
from core.view import View


def text(part):
    return json.dumps(part, ensure_ascii=False).replace("\xa0", " ")


@pytest.fixture(scope="module")
def keeper(settings, fingerprint):
    return Pipeline(settings)


@pytest.fixture
def planned(client, keeper, fingerprint):
    """What a visitor planned on the page."""
    search = f"?data={fingerprint}&k=4&segment=1&cost=0.40&margin=35"
    filled = {"name": "Autumn", "start": "2027-09-01", "end": "2027-09-30", "offer": "Free delivery", "who": "Ana"}
    answer = client.post("/campaigns", json={**filled, "channel": "email", "search": search})
    assert answer.status_code == 200, answer.json
    yield answer.json["href"]
    for archived in (False, True):
        for each in keeper.ledger.all(archived=archived):
            keeper.ledger.delete(each.id)
    for each in keeper.ledger.all(deleted=True):
        keeper.ledger.purge(each.id)


def id_of(href):
    return re.search(r"at=(\w+)\.", href)[1]


def search(href):
    return href[href.index("?") :]


def test_what_is_planned_stands_on_the_page_with_its_words_and_counts(draw, keeper, planned, fingerprint):
    drawn = draw(planned, "plans-answer")
    assert "One campaign is" in text(drawn["plans-answer"])
    for words in ("Autumn", "Ana", "Free delivery", "1 Sep 2027 to 30 Sep 2027", "35 %", "0.40"):
        assert words in text(drawn["plans-list"])
    segment = next(one for one in keeper.segment_names(View(fingerprint, k=4)) if one.id == 1)
    assert f'"{segment.customers:,}"' in text(drawn["plans-list"])


def test_a_campaign_is_for_those_whom_the_filters_left(keeper, planned, fingerprint):
    campaign = keeper.ledger.get(id_of(planned))
    found = keeper.audience_members(campaign.view, campaign.brief.who)
    labels = keeper.segmentation(campaign.view).labels
    assert len(found) == (labels == 1).sum() == keeper.audience(campaign.view).customers
    counted = keeper.funnel(campaign.view, campaign.brief)
    assert counted.audience == len(found) == counted.segments["audience"].sum()


def test_ranges_of_the_page_become_part_of_whom_it_is_for(client, keeper, planned, fingerprint):
    asked = {"name": "Loyal", "search": f"?data={fingerprint}&orders=3.."}
    made = keeper.ledger.get(id_of(client.post("/campaigns", json=asked).json["href"]))
    assert made.brief.who.text == "in=orders%3D3.."
    wanted = keeper.audience(View(fingerprint, options=(("orders", "3.."),))).customers
    assert 0 < len(keeper.audience_members(made.view, made.brief.who)) == wanted


def test_a_change_keeps_money_and_customers_and_can_be_undone(client, keeper, planned):
    id, here = id_of(planned), search(planned)
    said = {"name": "Late autumn", "start": "2027-10-01", "channel": "post", "search": here}
    assert client.post(f"/campaigns/{id}/brief", json=said).status_code == 200
    now = keeper.ledger.get(id)
    assert (now.name, now.brief.channel, now.brief.end, dict(now.brief.wishes)["margin"]) == (
        "Late autumn",
        "post",
        None,
        "35",
    )
    client.post(f"/campaigns/{id}/undo", json={"search": here})
    assert keeper.ledger.get(id).brief.offer == "Free delivery"


def test_copy_archive_delete_and_put_back_do_what_they_say(client, draw, keeper, planned):
    id, here = id_of(planned), search(planned)
    client.post(f"/campaigns/{id}/copy", json={"search": here})
    assert sorted(each.name for each in keeper.ledger.all()) == ["Autumn", "Autumn (copy)"]
    client.post(f"/campaigns/{id}/archive", json={"search": here})
    drawn = draw(planned, "plans-answer")
    assert "In the archive" in text(drawn["plans-away"])
    href = client.post(f"/campaigns/{id}/delete", json={"search": here}).json["href"]
    drawn = draw(href, "plans-answer")
    assert "Autumn is in the trash" in text(drawn["plans-here"])
    client.post(f"/campaigns/{id}/restore", json={"search": here})
    client.post(f"/campaigns/{id}/unarchive", json={"search": here})
    assert len(keeper.ledger.all()) == 2


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "needs a name"),
        ({"name": "A", "start": "next week"}, "is no day"),
        ({"name": "A", "start": "2027-02-01", "end": "2027-01-01"}, "before it starts"),
        ({"name": "A", "channel": "pigeon"}, "'pigeon' is unknown"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words_and_nothing_is_kept(client, keeper, fingerprint, said, words):
    before = len(keeper.ledger.all())
    answer = client.post("/campaigns", json={**said, "search": f"?data={fingerprint}"})
    assert answer.status_code == 422
    assert words in answer.json["error"]["message"]
    assert len(keeper.ledger.all()) == before


def test_a_plan_with_a_filter_that_does_not_exist_is_refused(client, fingerprint):
    answer = client.post("/campaigns", json={"name": "A", "search": f"?data={fingerprint}&country=Atlantis"})
    assert answer.status_code == 422
    assert "Atlantis" in answer.json["error"]["message"]


def test_a_campaign_that_is_gone_is_said(client, fingerprint):
    answer = client.post("/campaigns/nowhere/archive", json={"search": f"?data={fingerprint}"})
    assert (answer.status_code, "no campaign" in answer.json["error"]["message"]) == (404, True)


def test_a_table_has_a_funnel_of_its_contacts_and_consent(settings, tmp_path_factory):
    pipeline = Pipeline(settings)
    view = table_with_contacts(pipeline, tmp_path_factory.mktemp("reach"))
    found = pipeline.funnel(view, Brief())
    at = {reason: left for reason, _, left in found.steps}
    assert found.of == found.audience == 240
    assert at["contact"] == 120
    assert found.reachable == sum(n % 2 and n % 3 == 0 for n in range(240)) == 40
    pipeline.delete(view.dataset)


def table_with_contacts(pipeline, folder, said=("yes", "no", "")):
    lines = ["Customer ID,E-mail,Accepts Marketing,Age,Income,Total Spend,Orders"]
    for n in range(240):
        address, answer = f"p{n}@example.com" if n % 2 else "", said[n % 3]
        lines.append(f"C{n:04},{address},{answer},{20 + n % 50},{20000 + 97 * n},{50 + 13 * (n % 40)},{1 + n % 9}")
    (folder / "reach.csv").write_text("\n".join(lines), encoding="utf-8")
    return View(pipeline.receive(folder / "reach.csv").fingerprint)


def test_the_files_of_a_campaign_add_up_hold_its_arms_and_are_kept_in_its_record(client, settings, tmp_path_factory):
    pipeline = Pipeline(settings)
    view = table_with_contacts(pipeline, tmp_path_factory.mktemp("files"))
    made = pipeline.plan_campaign(view, Brief(name="May letter", wishes=(("holdout", "30"),)))
    answer = client.post(f"/campaigns/{made.id}/files", data={"destination": "email-tool"})
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        files = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    sent = [row["Email Address"] for row in csv.DictReader(io.StringIO(files["audience-email-tool.csv"]))]
    record = pipeline.ledger.record(made.id, 1).to_pandas()
    assert len(record) == 240 == len(list(csv.DictReader(io.StringIO(files["record.csv"]))))
    states = record["state"].value_counts()
    assert len(sent) == states["sent"]
    assert states["sent"] + states["holdout"] == 40
    agreed = {f"p{n}@example.com" for n in range(240) if n % 2 and n % 3 == 0}
    assert set(sent) < agreed
    held = {row.customer_id for row in record.itertuples() if row.state == "holdout"}
    assert held == {f"C{int(mail[1:].split('@')[0]):04}" for mail in agreed - set(sent)}
    client.post(f"/campaigns/{made.id}/files", data={"destination": "google"})
    again = pipeline.ledger.record(made.id, 2).to_pandas()
    assert {row.customer_id for row in again.itertuples() if row.state == "holdout"} == held
    assert [event.what for event in pipeline.ledger.get(made.id).history] == ["file", "file", "planned"]
    pipeline.ledger.delete(made.id)
    pipeline.ledger.purge(made.id)
    pipeline.delete(view.dataset)


def test_files_without_consent_need_a_statement_and_a_platform_needs_contacts(client, keeper, planned):
    id = id_of(planned)
    answer = client.post(f"/campaigns/{id}/files", data={"destination": "google"})
    assert (answer.status_code, "needs e-mail addresses" in answer.text) == (422, True)
    answer = client.post(f"/campaigns/{id}/files", data={"destination": "plain"})
    assert (answer.status_code, "who agreed to be written to" in answer.text) == (422, True)
    answer = client.post(f"/campaigns/{id}/files", data={"destination": "pigeon"})
    assert (answer.status_code, "pigeon" in answer.text) == (422, True)
    assert keeper.ledger.get(id).files == 0
    said = {"destination": "plain", "statement": "All agreed in the shop"}
    assert client.post(f"/campaigns/{id}/files", data=said).status_code == 200
    assert keeper.ledger.get(id).files == 1


def campaign(name, start, end):
    return Campaign(name, "", "", 1, "d", "D", View("d"), Brief(name=name, start=start, end=end), "s")


def test_the_calendar_shows_a_campaign_in_every_month_that_it_runs_and_overlaps_once():
    long = campaign("long", dt.date(2026, 12, 20), dt.date(2027, 2, 3))
    short, dateless = campaign("short", dt.date(2027, 2, 3), None), campaign("none", None, None)
    months = calendar([short, long, dateless], ["Germany", "Atlantis"], {12: 1.8}, dt.date(2026, 11, 21))
    assert len(months) == MONTHS
    assert [[each.name for each in month.campaigns] for month in months[:5]] == [
        [],
        ["long"],
        ["long"],
        ["long", "short"],
        [],
    ]
    assert [month.index for month in months[:3]] == [None, 1.8, None]
    assert (dt.date(2027, 1, 1), "New Year's Day", "Germany") in months[2].holidays
    assert [(a.name, b.name, first, last) for a, b, first, last in overlaps([short, long, dateless])] == [
        ("long", "short", dt.date(2027, 2, 3), dt.date(2027, 2, 3))
    ]


def test_holidays_are_those_of_the_country():
    days = {day for day, name, _ in holidays_of(["United Kingdom"], [2026]) if "Boxing" in name}
    assert dt.date(2026, 12, 26) in days
    assert (dt.date(2026, 10, 3), "Germany") in {(day, land) for day, _, land in holidays_of(["Germany"], [2026])}
