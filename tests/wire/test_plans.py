"""The Campaign plans page over the wire: keep, change, undo, copy, archive, delete and put back; and its counts."""

import datetime as dt
import json
import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from core.campaigns.ledger.brief import Brief
from core.campaigns.ledger.calendar import MONTHS, calendar, holidays_of, overlaps
from core.campaigns.ledger.rows import Campaign
from core.pipeline import Pipeline
from core.view import View
from dashboard.components.calendar import calendar_card

PLAN = (
    "who=in%3Dsegment%253D1&cost=0.40&margin=35&name=Autumn&start=2027-09-01&end=2027-09-30&offer=Free+delivery"
    "&message=The+leaves+fall&quiet_days=14"
)


def text(part):
    return json.dumps(part, ensure_ascii=False).replace("\xa0", " ")


@pytest.fixture(scope="module")
def keeper(settings, fingerprint):
    return Pipeline(settings)


@pytest.fixture
def planned(client, keeper, fingerprint):
    """What a visitor planned in the planner."""
    search = f"?data={fingerprint}&k=4&{PLAN}"
    answer = client.post("/campaigns", json={"who": "Ana", "search": search})
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
    segment = next(one for one in keeper.segment_names(View(fingerprint, k=4)) if one.id == 1)
    for words in (
        "Autumn", "Ana", "Free delivery", "1 Sep 2027 to 30 Sep 2027", "35 %", "0.40", "The leaves fall",
        f"In {segment.name}", f'"{segment.customers:,}"',
    ):  # fmt: skip
        assert words in text(drawn["plans-list"])


def test_a_campaign_is_for_those_whom_it_asks_for_among_those_whom_the_filters_left(keeper, planned):
    campaign = keeper.ledger.get(id_of(planned))
    found = keeper.audience_members(campaign.view, campaign.brief.who)
    labels = keeper.segmentation(campaign.view).labels
    assert len(found) == (labels == 1).sum() == keeper.audience(campaign.view.but(segments=(1,))).customers
    counted = keeper.funnel(campaign.view, campaign.brief)
    assert counted.audience == len(found) == counted.segments["audience"].sum()


def test_filters_of_the_page_narrow_whom_it_is_for(client, keeper, planned, fingerprint):
    asked = {"search": f"?data={fingerprint}&who=in%3Dorders%253D3..&country=Germany&name=Loyal"}
    made = keeper.ledger.get(id_of(client.post("/campaigns", json=asked).json["href"]))
    assert (made.brief.who.text, made.view.countries) == ("in=orders%3D3..", ("Germany",))
    wanted = keeper.audience(View(fingerprint, countries=("Germany",), options=(("orders", "3.."),))).customers
    assert 0 < len(keeper.audience_members(made.view, made.brief.who)) == wanted


def href_of(drawn, label):
    """Where a link on the page leads."""
    return re.search(rf'"children": "{label}", "className": "[^"]*", "href": "([^"]+)"', text(drawn))[1]


def test_a_kept_campaign_opens_in_the_planner_as_it_was(draw, keeper, planned):
    href = href_of(draw(planned, "plans-answer")["plans-list"], "Open in the planner")
    campaign = keeper.ledger.get(id_of(planned))
    opened = dict(parse_qsl(urlsplit(href).query))
    assert opened.pop("plan") == campaign.id
    assert opened == {"data": campaign.dataset, "k": "4", **campaign.brief.pairs}
    drawn = draw(href, "planner-answer")
    assert "This is the plan of “Autumn”" in text(drawn["planner-keep-head"])
    assert f"/campaigns/{campaign.id}/brief" in text(drawn["planner-keep-ways"])


def test_a_change_keeps_what_stands_and_can_be_undone(client, keeper, planned, fingerprint):
    id = id_of(planned)
    said = (
        PLAN.replace("Autumn", "Late+autumn").replace("segment%253D1", "segment%253D2").replace("&end=2027-09-30", "")
    )
    answer = client.post(f"/campaigns/{id}/brief", json={"search": f"?data={fingerprint}&k=4&{said}&channel=post"})
    assert answer.status_code == 200, answer.json
    now = keeper.ledger.get(id)
    assert (now.name, now.brief.channel, now.brief.end) == ("Late autumn", "post", None)
    assert now.brief.who.include[0].segments == (2,)
    assert dict(now.brief.wishes)["margin"] == "35"
    client.post(f"/campaigns/{id}/undo", json={"search": f"?data={fingerprint}"})
    back = keeper.ledger.get(id)
    assert (back.brief.offer, back.name, back.brief.who.include[0].segments) == ("Free delivery", "Autumn", (1,))


def test_once_files_were_made_the_words_can_change_and_the_audience_cannot(client, keeper, planned, fingerprint):
    id = id_of(planned)
    data = {"destination": "plain", "statement": "All agreed in the shop"}
    assert client.post(f"/campaigns/{id}/files", json=data).status_code == 200
    here = f"?data={fingerprint}&k=4&{PLAN}"
    assert client.post(f"/campaigns/{id}/brief", json={"search": here.replace("Autumn", "Fall")}).status_code == 200
    others = here.replace("segment%253D1", "segment%253D2"), f"{here}&country=Germany", f"{here}&holdout=30"
    for other in others:
        answer = client.post(f"/campaigns/{id}/brief", json={"search": other})
        assert answer.status_code == 422
        assert "Files were made for “Fall”" in answer.json["error"]["message"]
    assert keeper.ledger.get(id).brief.who.include[0].segments == (1,)


def test_copy_archive_delete_and_put_back_do_what_they_say(client, draw, keeper, planned):
    id, here = id_of(planned), search(planned)
    hrefs = [client.post(f"/campaigns/{id}/copy", json={"search": here}).json["href"] for _ in range(2)]
    assert len({planned, *hrefs}) == 3, "a copy would not be seen: the page is drawn where its link changes"
    client.post(f"/campaigns/{id_of(hrefs[1])}/delete", json={"search": here})
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
        ("", "needs a name"),
        ("name=A&start=next+week", "is no day"),
        ("name=A&start=2027-02-01&end=2027-01-01", "before it starts"),
        ("name=A&channel=pigeon", "'pigeon' is unknown"),
        ("name=A&margin=0", "margin of 0 %"),
        ("name=A&holdout=100", "holdout of 100 %"),
        ("name=A&strategy=moonshot", "no strategy 'moonshot'"),
        (f"name=A&message={'x' * 2001}", "2,001 characters"),
        (f"name={'x' * 121}", "121 characters"),
        ("name=A&quiet_days=a+few", "quiet days"),
        ("name=A&who=in%3Dsegment%253D99", "99"),
        ("name=A&country=Atlantis", "Atlantis"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words_and_nothing_is_kept(client, keeper, fingerprint, said, words):
    before = len(keeper.ledger.all())
    answer = client.post("/campaigns", json={"search": f"?data={fingerprint}&{said}"})
    assert answer.status_code == 422
    assert words.lower() in answer.json["error"]["message"].lower()
    assert len(keeper.ledger.all()) == before


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


def test_of_many_campaigns_at_one_time_some_pairs_are_told_and_the_others_counted():
    many = [campaign(f"Letter {n}", dt.date(2026, 12, 1), dt.date(2026, 12, 9)) for n in range(5)]
    months = calendar(many, [], {}, dt.date(2026, 11, 21))
    card = str(calendar_card(months, overlaps(many)))
    assert card.count("run at the same time") == 5
    assert "So do 5 more pairs" in card
