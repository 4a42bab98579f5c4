"""The book of campaigns: plans are read and written without loss, every change is told and can be taken back."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from core.campaigns.ledger.brief import CHANNELS, Brief, of, read
from core.campaigns.ledger.ledger import Ledger
from core.campaigns.ranges import Range
from core.campaigns.targeting.who import Part, Who
from core.errors import ExpiredError, ParameterError
from core.view import View
from core.warehouse.database import Database

SHOP = View("a" * 16, k=4, seed=7)
AUTUMN = Brief(
    name="Autumn", start=dt.date(2026, 9, 1), end=dt.date(2026, 9, 30), wishes=(("cost", "0.4"), ("margin", "35"))
)

names = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=30).map(
    lambda words: " ".join(words.split())
)
ranges = st.builds(
    lambda low, more: Range(low, None if low is None or more is None else low + more),
    st.none() | st.integers(0, 10**6), st.none() | st.integers(0, 10**6),
)  # fmt: skip
parts = st.builds(
    Part,
    segments=st.sets(st.integers(0, 99), max_size=4).map(lambda s: tuple(sorted(s))),
    groups=st.sets(names.filter(bool), max_size=3).map(lambda s: tuple(sorted(s))),
    countries=st.sets(names.filter(bool), max_size=3).map(lambda s: tuple(sorted(s))),
    recency=ranges,
    spend=ranges,
    consent=st.sampled_from(["", "yes", "asked"]),
).filter(lambda part: part != Part())
audiences = st.builds(Who, st.lists(parts, max_size=3).map(tuple), st.lists(parts, max_size=2).map(tuple))
amounts = st.integers(1, 9900).map(lambda n: f"{n / 100:.2f}")
money = st.fixed_dictionaries({}, optional={"cost": amounts, "margin": amounts, "holdout": amounts, "budget": amounts})
briefs = st.builds(
    Brief, name=names, offer=names, who=audiences, channel=st.sampled_from(sorted(CHANNELS)),
    start=st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2024, 1, 1)),
    end=st.none() | st.dates(dt.date(2024, 1, 1), dt.date(2030, 1, 1)), quiet_days=st.integers(0, 3650),
    wishes=money.map(lambda typed: tuple(sorted(typed.items()))),
)  # fmt: skip


@pytest.fixture
def ledger(tmp_path):
    return Ledger(Database(tmp_path))


@settings(max_examples=60, deadline=None)
@given(briefs)
def test_a_brief_is_read_as_it_was_written(brief):
    assert read(brief.text) == brief
    assert of(brief.pairs) == brief


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ({"margin": "0"}, "argin of 0 %"),
        ({"margin": "-0.2"}, "argin of -0.2 %"),
        ({"margin": "140"}, "argin of 140 %"),
        ({"holdout": "100"}, "holdout of 100 %"),
        ({"holdout": "0"}, "holdout of 0 %"),
        ({"cost": "-1"}, "cost per contact is -1"),
        ({"cost": "nan"}, "'nan', is no number"),
        ({"base": "120"}, "response without"),
        ({"channel": "pigeon"}, "'pigeon' is unknown"),
        ({"start": "1 May"}, "start '1 May' is no day"),
        ({"start": "2026-05-02", "end": "2026-05-01"}, "before it starts"),
        ({"quiet_days": "a few"}, "quiet days"),
        ({"who": "in=moon%3D1"}, "moon=1"),
        ({"who": "in="}, "holds no condition"),
        ({"name": "x" * 121}, "121 characters"),
        ({"colour": "red"}, "no setting 'colour'"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused_by_name(pairs, said):
    with pytest.raises(ParameterError, match=said):
        of(pairs)


def test_a_campaign_is_kept_with_its_plan_its_view_and_a_salt_of_its_own(ledger):
    made, other = ledger.add(SHOP, "Shop", AUTUMN, "Ada"), ledger.add(SHOP, "Shop", AUTUMN)
    kept = ledger.get(made.id)
    assert (kept.brief, kept.view, kept.dataset_name, kept.who) == (AUTUMN, SHOP, "Shop", "Ada")
    assert [event.words for event in kept.history] == ["Planned"]
    assert len({made.salt, other.salt, made.id, other.id}) == 4


def test_a_change_is_told_and_taken_back_and_leaves_the_salt(ledger):
    made = ledger.add(SHOP, "Shop", AUTUMN)
    changed = ledger.change(
        made.id, SHOP.but(seed=9), AUTUMN.but(name="Late autumn", wishes=(("cost", "0.5"),)), "Grace"
    )
    assert (changed.name, changed.view.seed, changed.salt, changed.revision) == ("Late autumn", 9, made.salt, 2)
    back = ledger.undo(made.id)
    assert (back.brief, back.view) == (AUTUMN, SHOP)
    with pytest.raises(ParameterError, match="Nothing was changed"):
        ledger.undo(made.id)


def test_a_change_that_changes_nothing_is_none(ledger):
    made = ledger.add(SHOP, "Shop", AUTUMN)
    assert ledger.change(made.id, SHOP, AUTUMN).revision == made.revision


def test_a_campaign_without_a_name_is_not_kept(ledger):
    with pytest.raises(ParameterError, match="needs a name"):
        ledger.add(SHOP, "Shop", Brief())
    assert ledger.all() == []


def test_a_copy_has_the_plan_and_arms_of_its_own(ledger):
    made = ledger.add(SHOP, "Shop", AUTUMN)
    copy = ledger.copy(made.id)
    assert copy.brief == AUTUMN.but(name="Autumn (copy)")
    assert copy.salt != made.salt
    assert copy.history[0].words == "Copied from “Autumn”"


def test_archive_and_trash_take_a_campaign_out_of_the_list_and_give_it_back(ledger):
    made = ledger.add(SHOP, "Shop", AUTUMN)
    ledger.archive(made.id)
    assert ledger.all() == []
    assert [each.id for each in ledger.all(archived=True)] == [made.id]
    ledger.unarchive(made.id)
    ledger.delete(made.id)
    assert ledger.all() == ledger.all(archived=True) == []
    with pytest.raises(ExpiredError, match="was deleted"):
        ledger.get(made.id)
    ledger.restore(made.id)
    assert [each.id for each in ledger.all()] == [made.id]


def test_only_what_is_in_the_trash_goes_for_good_and_by_itself_after_a_week(ledger, monkeypatch):
    made = ledger.add(SHOP, "Shop", AUTUMN)
    with pytest.raises(ParameterError, match="not in the trash"):
        ledger.purge(made.id)
    ledger.delete(made.id)
    assert len(ledger.all(deleted=True)) == 1
    monkeypatch.setattr("core.warehouse.book.KEPT_DAYS", -1)
    assert ledger.all(deleted=True) == []
    with pytest.raises(ExpiredError):
        ledger.restore(made.id)


def test_erasing_a_dataset_erases_its_campaigns_and_no_others(ledger):
    mine, other = ledger.add(SHOP, "Shop", AUTUMN), ledger.add(View("b" * 16), "Other", AUTUMN)
    ledger.forget([SHOP.dataset])
    assert [each.id for each in ledger.all()] == [other.id]
    with ledger.database.read() as connection:
        left = connection.execute(text("SELECT campaign FROM campaign_events")).scalars().all()
    assert mine.id not in left


def test_a_campaign_that_is_not_there_is_said(ledger):
    with pytest.raises(ExpiredError, match="no campaign 'nowhere'"):
        ledger.get("nowhere")


def test_once_files_were_made_neither_a_change_nor_its_undoing_moves_who_is_in_which_arm(ledger):
    made = ledger.add(SHOP, "Shop", AUTUMN)
    held = AUTUMN.but(wishes=(("holdout", "30"),))
    ledger.change(made.id, SHOP, held)
    ledger.files.add(made.id, "plain", SHOP.dataset, "{}", b"")
    for change in (held.but(wishes=()), held.but(who=Who((Part(segments=(9,)),)))):
        with pytest.raises(ParameterError, match="Files were made"):
            ledger.change(made.id, SHOP, change)
    with pytest.raises(ParameterError, match="Files were made"):
        ledger.undo(made.id)
    assert ledger.change(made.id, SHOP, held.but(name="Later", wishes=(("holdout", "30.0"),))).name == "Later"
    assert ledger.undo(made.id).brief == held
