"""The files of a campaign over the wire: counted, taken, listed, removed from; and who is never written to."""

import csv
import io
import json
import zipfile

import pytest

from core.campaigns.ledger.brief import Brief
from core.campaigns.targeting.who import Part, Who
from core.pipeline import Pipeline
from core.view import View
from tests.wire.conftest import date

STATED = {"destination": "plain", "statement": "All agreed in the shop"}


def words(part):
    return json.dumps(part, ensure_ascii=False).replace("\xa0", " ")


@pytest.fixture(scope="module")
def keeper(settings, fingerprint):
    return Pipeline(settings)


@pytest.fixture(scope="module")
def reach(keeper, settings, tmp_path_factory):
    """A table of 240: every second has an address, every third said yes, every third no, every third nothing."""
    lines = ["Customer ID,E-mail,Accepts Marketing,Age,Income,Total Spend,Orders"]
    for n in range(240):
        address, answer = f"p{n}@example.com" if n % 2 else "", ("yes", "no", "")[n % 3]
        lines.append(f"C{n:04},{address},{answer},{20 + n % 50},{20000 + 97 * n},{50 + 13 * (n % 40)},{1 + n % 9}")
    path = tmp_path_factory.mktemp("reach") / "reach.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    stored = keeper.receive(path).fingerprint
    date(settings, stored)
    yield View(stored)
    keeper.delete(stored)
    keeper.purge(stored)


@pytest.fixture
def planned(keeper, reach):
    yield keeper.plan_campaign(reach, Brief(name="May letter", wishes=(("holdout", "30"),)))
    for each in keeper.ledger.all():
        keeper.ledger.delete(each.id)
    for each in keeper.ledger.all(deleted=True):
        keeper.ledger.purge(each.id)
    for each in keeper.suppressions.all():
        keeper.suppressions.remove(each.id)


def take(client, id, to="email-tool", **more):
    return client.post(f"/campaigns/{id}/files", json={"destination": to, "search": "", **more})


def in_zip(answer):
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def opened(draw, campaign):
    return draw(f"/plans?data={campaign.dataset}&files={campaign.id}", "plans-answer")


def test_the_files_of_a_campaign_add_up_hold_its_arms_and_are_kept_in_its_record(client, keeper, planned):
    answer = take(client, planned.id)
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    files = in_zip(answer)
    sent = [row["Email Address"] for row in rows(files["audience-email-tool.csv"])]
    record = keeper.ledger.files.record(planned.id, 1).to_pandas()
    assert len(record) == 240 == len(rows(files["record.csv"]))
    states = record["state"].value_counts()
    assert len(sent) == states["sent"]
    assert states["sent"] + states["holdout"] == 40
    agreed = {f"p{n}@example.com" for n in range(240) if n % 2 and n % 3 == 0}
    assert set(sent) < agreed
    held = {row.customer_id for row in record.itertuples() if row.state == "holdout"}
    assert held == {f"C{int(mail[1:].split('@')[0]):04}" for mail in agreed - set(sent)}
    take(client, planned.id, "google")
    again = keeper.ledger.files.record(planned.id, 2).to_pandas()
    assert {row.customer_id for row in again.itertuples() if row.state == "holdout"} == held
    assert [event.what for event in keeper.ledger.get(planned.id).history] == ["file", "file", "planned"]


def test_before_anything_is_taken_each_destination_says_whom_it_would_get_and_which_list_is_too_short(
    draw, keeper, planned
):
    said = words(opened(draw, planned)["plans-list"])
    counts, notes = keeper.campaign_counts(planned.id)["google"]
    assert counts.sent + counts.holdout == 40
    assert counts.members == 240
    for text in (f'"{counts.sent}"', f'"{counts.holdout}"', '"200"', "120 no e-mail", "40 did not consent"):
        assert text in said
    assert f"{counts.sent} people" in notes[0]
    assert said.count('"files-warning"') == sum(counts.sent < each.least for each in keeper.destinations().values())
    assert all(each.rule in said for each in keeper.destinations().values())
    assert "Why they may be written to" not in said
    assert "Files that were made" not in said


def test_a_fold_that_is_closed_counts_nothing(draw, planned):
    said = words(draw(f"/plans?data={planned.dataset}", "plans-answer")["plans-list"])
    assert "Files for your tools" in said
    assert "Google Customer Match" not in said


def test_what_was_taken_is_listed_with_its_manifest_and_record(client, draw, planned):
    answer = take(client, planned.id, who="Ana")
    said = words(draw(answer.headers["Content-Location"], "plans-answer")["plans-list"])
    assert "Files that were made" in said
    assert "by Ana" in said
    where = f"/campaigns/{planned.id}/files/1"
    assert f"{where}/removals" in said
    manifest = client.get(f"{where}/manifest.json")
    assert manifest.json == json.loads(in_zip(answer)["manifest.json"])
    record = client.get(f"{where}/record.csv")
    assert rows(record.text) == rows(in_zip(answer)["record.csv"])
    assert "May_letter-record-1.csv" in record.headers["Content-Disposition"]
    assert client.get(f"/campaigns/{planned.id}/files/2/manifest.json").status_code == 404
    assert client.get(f"/campaigns/{planned.id}/files/2/record.csv").status_code == 404


def test_a_second_campaign_sees_whom_the_first_wrote_to_and_held_back_and_files_leave_them_out(
    client, draw, keeper, planned
):
    first = json.loads(in_zip(take(client, planned.id))["manifest.json"])["counts"]
    second = keeper.plan_campaign(planned.view, Brief(name="June letter", who=Who((Part(segments=(1,)),))))
    found = keeper.funnel(second.view, second.brief, but=second.id)
    record = keeper.ledger.files.record(planned.id, 1).to_pandas()
    mine = set(keeper.audience_members(second.view, second.brief.who)["customer_id"])
    states = record[record["customer_id"].isin(mine)]["state"].value_counts()
    assert [(kind, lost) for kind, lost, _ in found.steps[-2:]] == [
        ("recent", states["sent"]),
        ("held", states["holdout"]),
    ]
    assert first["sent"] + first["holdout"] == 40
    assert found.reachable == 0
    answer = take(client, second.id)
    assert answer.status_code == 422
    assert "written to by May letter on" in answer.json["error"]["message"]
    assert "held back by May letter" in answer.json["error"]["message"]
    said = words(opened(draw, second)["plans-list"])
    assert "Nobody to send" in said


def test_who_opts_out_after_a_file_stands_in_its_removal_file(client, keeper, planned):
    take(client, planned.id)
    where = f"/campaigns/{planned.id}/files/1/removals"
    assert "nothing to remove" in client.post(where, json={}).json["said"]
    record = keeper.ledger.files.record(planned.id, 1).to_pandas()
    gone = record[record["state"] == "sent"]["customer_id"].iloc[0]
    client.put("/suppressions/no.txt?search=", data=f"p{int(gone[1:])}@example.com\n")
    answer = client.post(where, json={})
    assert answer.mimetype == "text/csv"
    assert [row["Email Address"] for row in rows(answer.get_data(as_text=True))] == [f"p{int(gone[1:])}@example.com"]
    assert client.post(f"/campaigns/{planned.id}/files/9/removals", json={}).status_code == 404
    after = json.loads(in_zip(take(client, planned.id))["manifest.json"])
    assert after["rejected_because"]["suppressed"] == 1


def test_files_without_consent_need_a_statement_and_a_platform_needs_contacts(client, draw, keeper, fingerprint):
    made = keeper.plan_campaign(View(fingerprint, k=4), Brief(name="Autumn"))
    assert "Why they may be written to" in words(opened(draw, made)["plans-list"])
    for to, said in (("google", "needs e-mail addresses"), ("plain", "who agreed to be written to"), ("owl", "owl")):
        answer = take(client, made.id, to)
        assert (answer.status_code, said in answer.json["error"]["message"]) == (422, True)
        assert answer.json["error"]["hint"]
    assert keeper.ledger.get(made.id).files == 0
    assert take(client, made.id, **{**STATED, "to": STATED["destination"]}).status_code == 200
    assert client.get(f"/campaigns/{made.id}/files/1/manifest.json").json["statement"] == STATED["statement"]
    keeper.ledger.delete(made.id)
    keeper.ledger.purge(made.id)


def test_without_contacts_a_list_of_numbers_is_counted_as_it_is_taken_and_other_campaigns_are_seen(
    client, keeper, fingerprint
):
    first, second = (keeper.plan_campaign(View(fingerprint, k=4), Brief(name=name)) for name in ("One", "Two"))
    assert keeper.funnel(first.view, first.brief, but=first.id).steps == []
    manifest = json.loads(in_zip(take(client, first.id, "plain", statement=STATED["statement"]))["manifest.json"])
    found = keeper.funnel(second.view, second.brief, but=second.id)
    counts, _ = keeper.campaign_counts(second.id)["plain"]
    assert [(kind, lost) for kind, lost, _ in found.steps] == [
        ("recent", manifest["counts"]["sent"]),
        ("held", manifest["counts"]["holdout"]),
    ]
    assert found.reachable == counts.sent + counts.holdout == 0
    for each in (first, second):
        keeper.ledger.delete(each.id)
        keeper.ledger.purge(each.id)


def test_files_of_a_campaign_that_is_gone_are_refused_in_words(client):
    answer = take(client, "nowhere")
    assert (answer.status_code, "no campaign" in answer.json["error"]["message"]) == (404, True)


def test_a_list_of_those_never_written_to_is_brought_counted_taken_away_and_put_back(client, draw, keeper, planned):
    here, body = f"%3Fdata%3D{planned.dataset}", "email,customer\np3@example.com,\n,C0009\n"
    answer = client.put(f"/suppressions/../no%20more.csv?search={here}", data=body)
    said = words(draw(answer.json["href"], "plans-answer")["plans-never"])
    assert "2 customers of reach stand on it." in said
    for text in ("Never to be written to: 2 entries", "no more.csv", "1 e-mail address, 1 customer number"):
        assert text in said
    assert "example.com" not in said
    assert keeper.funnel(planned.view, planned.brief, but=planned.id).reachable == 38
    (made,) = keeper.suppressions.all()
    gone = client.post(f"/suppressions/{made.id}/remove", json={"search": ""}).json["href"]
    assert "no more.csv no longer counts." in words(draw(gone, "plans-answer")["plans-never"])
    assert keeper.funnel(planned.view, planned.brief, but=planned.id).reachable == 40
    back = client.post(f"/suppressions/{made.id}/restore", json={"search": gone[gone.index("?") :]}).json["href"]
    assert "no longer counts" not in words(draw(back, "plans-answer")["plans-never"])
    assert client.post("/suppressions/99/remove", json={}).status_code == 404


@pytest.mark.parametrize(
    ("body", "said"),
    [(b"", "is empty"), (b"\n\n", "holds nobody"), (b"\xff\xfe\x00a", "no UTF-8 text"),
     (b"Name,Town\nAna,Bonn\n", "none is called e-mail, phone or customer")],
)  # fmt: skip
def test_a_list_that_cannot_be_used_is_refused_in_words_and_nothing_is_kept(client, keeper, body, said):
    before = keeper.suppressions.state()
    answer = client.put("/suppressions/no.csv?search=", data=body)
    assert (answer.status_code, said in answer.json["error"]["message"]) == (422, True)
    assert keeper.suppressions.state() == before


def test_a_list_stays_when_a_dataset_is_deleted_for_good(client, keeper, tmp_path, settings):
    client.put("/suppressions/no.csv?search=", data="C1\n")
    lines = ["Customer ID,Age,Income,Total Spend"] + [f"X{n},{20 + n % 40},{900 + n},{n}" for n in range(60)]
    (tmp_path / "x.csv").write_text("\n".join(lines), encoding="utf-8")
    stored = keeper.receive(tmp_path / "x.csv").fingerprint
    before = keeper.suppressions.state()
    keeper.delete(stored)
    keeper.purge(stored)
    assert keeper.suppressions.state() == before
    for each in keeper.suppressions.all():
        keeper.suppressions.remove(each.id)
