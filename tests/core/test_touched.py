"""Whom other campaigns touch, the lists of those never to be written to, and that page, file and record count alike."""

import datetime as dt
import hashlib
import io
import json
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.campaigns.ledger import apart, records, touched
from core.campaigns.ledger.brief import Brief
from core.campaigns.ledger.made import Made
from core.campaigns.ledger.rows import Campaign
from core.campaigns.ledger.suppressions import Suppressions
from core.campaigns.sending import suppression
from core.campaigns.sending.reasons import SHARING
from core.campaigns.targeting.who import Part, Who
from core.errors import ExpiredError, NotEnoughDataError
from core.pipeline import Pipeline
from core.settings import Settings
from core.view import View
from core.warehouse.database import FILE, Database

TODAY = dt.date(2027, 3, 10)


def day(text):
    return dt.date.fromisoformat(f"2027-{text}")


def other(start=None, end=None, id="c1", **more):
    return Campaign(id, "", "", 1, "d", "D", View("d"), Brief(name="Spring", start=start, end=end), "s", **more)


def file(number=1, dataset="d", made="2027-03-01T09:00:00+00:00", campaign="c1"):
    return Made(campaign, number, "plain", dataset, "", made)


def kinds(theirs, mine, files=(), but=""):
    return {touch.kind for touch in touched.touches([(theirs, files or [file()])], mine, but, TODAY)}


@pytest.mark.parametrize(
    ("starts", "quiet", "recent"),
    [
        ("02-08", 30, True), ("02-07", 30, False), ("03-10", 30, True), ("03-20", 30, True), ("03-21", 30, False),
        ("03-09", 1, True), ("03-10", 0, False),
    ],
)  # fmt: skip
def test_written_to_lately_is_in_the_quiet_days_before_or_while_it_runs(starts, quiet, recent):
    mine = Brief(start=day("03-10"), end=day("03-20"), quiet_days=quiet)
    assert ("recent" in kinds(other(day(starts), day("12-31")), mine)) is recent


def test_without_a_first_day_the_day_of_its_file_counts_for_them_and_today_for_us():
    assert kinds(other(), Brief(quiet_days=9)) == {"recent", "held"}
    assert kinds(other(), Brief(quiet_days=8)) == {"held"}
    assert kinds(other(), Brief(start=day("03-11"), quiet_days=0)) == set()


@pytest.mark.parametrize(("first", "last", "held"), [("03-01", "03-09", False), ("03-01", "03-10", True),
                                                     ("03-20", "04-01", True), ("03-21", "04-01", False)])  # fmt: skip
def test_held_back_is_by_a_campaign_that_runs_on_a_common_day(first, last, held):
    mine = Brief(start=day("03-10"), end=day("03-20"), quiet_days=0)
    assert ("held" in kinds(other(day(first), day(last)), mine)) is held


def test_a_campaign_never_keeps_its_own_people_out():
    assert kinds(other(TODAY), Brief(), but="c1") == set()


DOUBLE, BESIDE = (reason for _, reason, _ in SHARING)


def record(double="", beside="", **states):
    rows = [(one, state, "") for state, ids in states.items() for one in ids.split()]
    rows += [(one, "rejected", why) for ids, why in ((double, DOUBLE), (beside, BESIDE)) for one in ids.split()]
    return pa.table(list(zip(*rows, strict=True)), ["customer_id", "state", "reason"])


def touch(kind, *files):
    return touched.Touch(kind, f"{kind} by Spring", files)


@pytest.fixture
def kept_out(tmp_path):
    def run(found, there, here=""):
        packed = {each: as_parquet(table) for each, table in there}
        ids = pa.array(here.split(), pa.string())
        rows = apart.people(found, "d", lambda: ids, packed.__getitem__, tmp_path)
        return {(row["customer_id"], row["kind"]): row["reason"] for row in rows.to_pylist()}

    return run


def as_parquet(table):
    sink = io.BytesIO()
    pq.write_table(table, sink)
    return sink.getvalue()


def test_only_who_was_sent_was_written_to_and_the_first_reason_stays(kept_out):
    one, two = file(1), file(1, campaign="c2")
    found = [touch("recent", one), touched.Touch("recent", "later", (two,))]
    said = kept_out(found, [(one, record(sent="a b", holdout="c", rejected="d")), (two, record(sent="b e"))])
    assert said == {("a", "recent"): "recent by Spring", ("b", "recent"): "recent by Spring", ("e", "recent"): "later"}


def test_who_is_held_back_stands_in_the_latest_file_that_did_not_reject_them(kept_out):
    old, new = file(1), file(2)
    rows = [(new, record(sent="a", holdout="b", rejected="c")), (old, record(holdout="a c", sent="b d"))]
    assert set(kept_out([touch("held", new, old)], rows)) == {("b", "held"), ("c", "held")}


def test_who_has_the_address_of_somebody_in_a_file_is_touched_with_them(kept_out):
    one = file(1)
    rows = [(one, record(sent="a", holdout="b", double="c", beside="d", rejected="e"))]
    assert {id for id, _ in kept_out([touch("recent", one)], rows)} == {"a", "c"}
    assert {id for id, _ in kept_out([touch("held", one)], rows)} == {"b", "c", "d"}


def test_a_file_of_another_dataset_counts_if_half_of_its_people_are_customers_here(kept_out):
    next_log, foreign = file(dataset="later"), file(dataset="elsewhere")
    rows = record(sent="a b", holdout="c", rejected="x")
    assert kept_out([touch("recent", next_log)], [(next_log, rows)], here="a c q r")
    assert not kept_out([touch("recent", foreign)], [(foreign, rows)], here="a q r s")


# --- lists of those never to be written to


@pytest.fixture
def lists(tmp_path):
    return Suppressions(Database(tmp_path))


def entries(folder, text, name="no.csv"):
    (folder / name).write_text(text, encoding="utf-8")
    return suppression.read(folder / name)


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


def test_of_a_list_only_digests_are_kept(lists, tmp_path):
    made = lists.add("no.csv", entries(tmp_path, "email,phone,customer\nAna@Example.com,+491701234567,K-77\n"), "Ada")
    assert (made.name, made.who, made.entries) == ("no.csv", "Ada", {"email": 1, "phone": 1, "customer": 1})
    kept = {row["value"] for row in lists.entries().to_pylist()}
    assert kept == {sha("ana@example.com"), sha("+491701234567"), sha("K-77")}
    stored = b"".join(path.read_bytes() for path in tmp_path.glob(f"{FILE}*")).lower()
    assert not any(word in stored for word in (b"ana@example", b"491701234567", b"k-77"))


def test_what_stands_in_two_lists_stays_as_long_as_one_of_them_does(lists, tmp_path):
    one = lists.add("one.csv", entries(tmp_path, "email\na@b.de\nc@d.de\n"))
    lists.add("two.csv", entries(tmp_path, "email\na@b.de\n"))
    assert lists.entries().num_rows == 2
    before = lists.state()
    lists.remove(one.id)
    assert [row["value"] for row in lists.entries().to_pylist()] == [sha("a@b.de")]
    assert [each.name for each in lists.all(removed=True)] == ["one.csv"]
    assert lists.state() != before
    lists.restore(one.id)
    assert lists.state() == before
    with pytest.raises(ExpiredError, match="no longer here"):
        lists.remove(99)


def test_a_list_that_was_taken_away_goes_for_good_after_a_week(lists, tmp_path, monkeypatch):
    made = lists.add("one.csv", entries(tmp_path, "email\na@b.de\n"))
    lists.remove(made.id)
    monkeypatch.setattr("core.warehouse.book.KEPT_DAYS", -1)
    assert lists.all(removed=True) == []
    with pytest.raises(ExpiredError, match="Bring its file again"):
        lists.restore(made.id)


def test_a_record_comes_back_as_the_csv_that_it_was(tmp_path):
    text = "customer_id,campaign,state\n'+49170,\"A, B\",sent\n007,2027,holdout\nNA,'=x,rejected\n"
    (tmp_path / "record.csv").write_text(text, encoding="utf-8")
    kept = records.read(records.pack(tmp_path / "record.csv"))
    assert kept["customer_id"].to_pylist() == ["+49170", "007", "NA"]
    back = tmp_path / "back.csv"
    back.write_bytes(b"".join(records.text(kept)))
    assert records.read(records.pack(back)).equals(kept)
    assert b"'+49170" in back.read_bytes()


# --- the page, the file and its record


PEOPLE = 90


def lines(*, doubles=False):
    """A table of 90: some give the address of somebody who refused, some have none, some were never asked."""
    yield "Customer ID,E-mail,Accepts Marketing,Age,Income,Total Spend,Orders"
    for n in range(PEOPLE):
        owner = n - 2 if n % 10 == 5 else n - 1 if doubles and n % 10 in (1, 2) else n
        address = "" if n % 7 == 0 else f"p{owner}@example.com"
        answer = ("yes", "yes", "yes", "no", "")[n % 5]
        yield f"C{n:04},{address},{answer},{20 + n % 50},{20000 + 97 * n},{50 + 13 * (n % 40)},{1 + n % 9}"


def write(path, rows):
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shop")
    pipeline = Pipeline(Settings(home=folder / "home"))
    return pipeline, View(pipeline.receive(write(folder / "shop.csv", lines())).fingerprint)


@pytest.fixture(scope="module")
def sharing(tmp_path_factory):
    """The same, but some customers have one address together."""
    folder = tmp_path_factory.mktemp("sharing")
    pipeline = Pipeline(Settings(home=folder / "home"))
    return pipeline, View(pipeline.receive(write(folder / "shop.csv", lines(doubles=True))).fingerprint)


def clear(pipeline):
    for each in (*pipeline.ledger.all(), *pipeline.ledger.all(archived=True)):
        pipeline.ledger.delete(each.id)
    for each in pipeline.ledger.all(deleted=True):
        pipeline.ledger.purge(each.id)
    for each in pipeline.suppressions.all():
        pipeline.suppressions.remove(each.id)


def take(pipeline, id, folder, to="email-tool"):
    """The counts of a file in its manifest and in its record; None where nobody can be sent."""
    try:
        pipeline.pack_campaign(id, to, folder / "files.zip")
    except NotEnoughDataError:
        return None
    with zipfile.ZipFile(folder / "files.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
    number = pipeline.campaign_files(id)[0][0].number
    return manifest, pipeline.ledger.files.record(id, number).to_pandas()


days = st.integers(0, 60).map(lambda n: dt.date(2027, 1, 1) + dt.timedelta(days=n))
plans = st.builds(
    Brief, name=st.just("Any"), start=st.none() | days, quiet_days=st.integers(0, 40),
    who=st.sampled_from([Who(), Who((Part(segments=(1,)),)), Who((), (Part(segments=(2,)),))]),
    wishes=st.sampled_from([(("holdout", "10"),), (("holdout", "40"),)]),
)  # fmt: skip
refusals = st.lists(st.integers(0, PEOPLE - 1), max_size=6)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(plans, min_size=1, max_size=4), refusals, refusals)
def test_the_funnel_the_file_and_its_record_never_disagree(sharing, tmp_path, campaigns, mails, numbers):
    pipeline, view = sharing
    clear(pipeline)
    listed = ["customer,email", *(f",p{n}@example.com" for n in mails), *(f"C{n:04}," for n in numbers)]
    if len(listed) > 1:
        pipeline.suppressions.add("no.csv", entries(tmp_path, "\n".join(listed)))
    for brief in campaigns:
        made = pipeline.plan_campaign(view, brief)
        counts, _ = pipeline.campaign_counts(made.id)["email-tool"]
        found = pipeline.funnel(made.view, made.brief, but=made.id)
        table = found.segments
        assert found.audience == table["audience"].sum() == counts.members
        assert found.reachable == table["reachable"].sum() == counts.sent + counts.holdout
        assert (table.drop(columns=["segment", "audience"]).sum(axis=1) == table["audience"]).all()
        taken = take(pipeline, made.id, tmp_path)
        if taken is None:
            assert counts.sent == 0
            continue
        manifest, rows = taken
        states = rows["state"].value_counts()
        for name in ("sent", "holdout", "rejected"):
            assert manifest["counts"][name] == states.get(name, 0) == getattr(counts, name)
        assert len(rows) == found.audience
        why = rows[rows["state"] == "rejected"]["reason"].value_counts().to_dict()
        assert manifest["rejected_because"] == why == {reason: number for _, reason, number in counts.reasons}
        lost = {kind: number for kind, number, _ in found.steps if number}
        by_kind: dict[str, int] = {}
        for kind, _, number in counts.reasons:
            by_kind[kind] = by_kind.get(kind, 0) + number
        assert lost == by_kind
        reached = set(rows[rows["state"] != "rejected"]["customer_id"])
        assert not reached & {f"C{n:04}" for n in numbers}
        addresses = dict(line.split(",")[:2] for line in lines(doubles=True))
        assert not {addresses[one] for one in reached} & {f"p{n}@example.com" for n in mails}


def test_what_another_campaign_did_is_seen_at_once_and_gone_when_it_is_deleted(stored, tmp_path):
    pipeline, view = stored
    clear(pipeline)
    first = pipeline.plan_campaign(view, Brief(name="First", wishes=(("holdout", "30"),)))
    second = pipeline.plan_campaign(view, Brief(name="Second"))
    free = pipeline.funnel(view, second.brief, but=second.id)
    assert [kind for kind, _, _ in free.steps] == ["contact", "consent", "asked"]
    manifest, _ = take(pipeline, first.id, tmp_path)
    found = pipeline.funnel(view, second.brief, but=second.id)
    lost = {kind: number for kind, number, _ in found.steps}
    assert lost["recent"] == manifest["counts"]["sent"]
    assert lost["held"] == manifest["counts"]["holdout"] > 0
    assert found.reachable == 0
    assert pipeline.funnel(view, first.brief, but=first.id).reachable == free.reachable
    pipeline.ledger.archive(first.id)
    assert pipeline.funnel(view, second.brief, but=second.id).reachable == 0
    pipeline.ledger.delete(first.id)
    assert pipeline.funnel(view, second.brief, but=second.id).reachable == free.reachable


@pytest.fixture
def later(stored, tmp_path):
    """The next export of the same shop: one customer more, and C0002 has said no since."""
    pipeline, _ = stored
    rows = [row.replace(",yes,", ",no,") if row.startswith("C0002") else row for row in lines()]
    made = pipeline.receive(write(tmp_path / "later.csv", [*rows, "C9999,new@example.com,yes,33,30000,70,2"]))
    yield View(made.fingerprint)
    pipeline.delete(made.fingerprint)
    pipeline.purge(made.fingerprint)


def test_the_next_export_of_a_shop_knows_whom_a_campaign_on_the_last_one_wrote_to(stored, later, tmp_path):
    pipeline, view = stored
    clear(pipeline)
    take(pipeline, pipeline.plan_campaign(view, Brief(name="First")).id, tmp_path)
    assert pipeline.funnel(later, Brief(name="Second")).reachable == 1
    clear(pipeline)
    assert pipeline.funnel(later, Brief(name="Second")).reachable > 1


def removed(pipeline, id, number, folder):
    path = pipeline.write_removals(id, number, folder)
    return path and set(path.read_text(encoding="utf-8").splitlines()[1:])


def test_who_opted_out_since_a_file_is_removed_in_the_form_of_its_tool(stored, tmp_path):
    pipeline, view = stored
    clear(pipeline)
    made = pipeline.plan_campaign(view, Brief(name="First", wishes=(("holdout", "20"),)))
    _, rows = take(pipeline, made.id, tmp_path)
    assert removed(pipeline, made.id, 1, tmp_path) is None
    sent = list(rows[rows["state"] == "sent"]["customer_id"])
    held = rows[rows["state"] == "holdout"]["customer_id"].iloc[0]
    pipeline.suppressions.add("no.csv", entries(tmp_path, f"customer\n{sent[0]}\n{held}\n"))
    (line,) = removed(pipeline, made.id, 1, tmp_path)
    assert line.startswith(f"p{int(sent[0][1:])}@example.com,")
    with pytest.raises(ExpiredError, match="no file 7"):
        pipeline.write_removals(made.id, 7, tmp_path)


def test_who_says_no_in_a_later_export_is_removed_too(stored, tmp_path, request):
    pipeline, view = stored
    clear(pipeline)
    made = pipeline.plan_campaign(view, Brief(name="First", wishes=(("holdout", "1"),)))
    _, rows = take(pipeline, made.id, tmp_path)
    assert rows.set_index("customer_id").loc["C0002", "state"] == "sent"
    request.getfixturevalue("later")
    (line,) = removed(pipeline, made.id, 1, tmp_path)
    assert line.startswith("p2@example.com,")
