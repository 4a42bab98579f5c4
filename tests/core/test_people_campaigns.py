"""From the demo tables to campaigns and audiences, through the pipeline's door."""

import io
from pathlib import Path

import pandas as pd
import pytest

from core.campaigns.playbook import shipped
from core.pipeline import Pipeline, View
from core.settings import Settings
from data import customers, survey

ONLINE = ("income", "total_spend", "web_purchases", "web_visits")


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    return Pipeline(Settings(home=tmp_path_factory.mktemp("home")))


@pytest.fixture(scope="module")
def table(pipeline: Pipeline) -> View:
    view = View(pipeline.receive(customers.OUT).fingerprint, k=4)
    slugs = {column.role: column.slug for column in pipeline.people(view).columns}
    return view.but(features=tuple(slugs[role] for role in ONLINE))


@pytest.fixture(scope="module")
def answers(pipeline: Pipeline) -> View:
    return View(pipeline.receive(survey.OUT).fingerprint, k=4)


def test_each_segment_of_the_demo_customers_starts_with_what_suits_it(pipeline: Pipeline, table: View) -> None:
    found = pipeline.campaigns(table)
    assert found.groups == []
    by_spend = sorted(found.segments, key=lambda one: -(one.revenue_share or 0) / one.share)
    vips, digital, casual, browsing = ([each.strategy for each in one.advice] for one in by_spend)
    assert vips[:2] == ["premium-circle", "first-look"]
    assert digital == ["website-first", "recommend-on-site", "cross-sell-ranges"]
    assert casual == ["seasonal-promotions", "discount-code", "free-shipping"]
    assert browsing[:2] == ["reactivate-visitors", "personal-offer"]
    assert sum(one.revenue_share or 0 for one in found.segments) == pytest.approx(1)


def test_a_reason_says_what_the_segment_does_and_what_all_do(pipeline: Pipeline, table: View) -> None:
    reasons = [each.reason for one in pipeline.campaigns(table).segments for each in one.advice]
    assert any("visits last month, and £" in reason and "of all customers 5.6 and £" in reason for reason in reasons)


def test_answer_sheets_that_are_numbered_and_dated_are_a_survey(pipeline: Pipeline, answers: View) -> None:
    assert pipeline.kind(answers) == "survey"


def test_a_survey_is_advised_on_what_people_answered_and_has_no_revenue(pipeline: Pipeline, answers: View) -> None:
    found = pipeline.campaigns(answers)
    known = {strategy.slug for strategy in shipped("survey").strategies}
    given = {each.strategy for one in found.segments for each in one.advice}
    assert len(given & known) >= 5
    assert not given & {"stay-in-touch", "say-thanks"}
    assert all(one.revenue_share is None for one in found.segments)
    assert {each.strategy for each in found.shop} >= {"first-repair", "call-the-discontent"}


def test_all_advice_stands_in_one_table(pipeline: Pipeline, table: View) -> None:
    rows = pipeline.strategies(table)
    assert rows["for"].nunique() == 5
    assert rows[["title", "reason", "measure"]].notna().all(axis=None)


def test_an_audience_of_a_segment_is_counted_shown_and_written_alike(
    pipeline: Pipeline, table: View, tmp_path: Path
) -> None:
    one = pipeline.campaigns(table).segments[0]
    view = table.but(segments=(one.id,), contacts="yes")
    found = pipeline.audience(view)
    assert (found.customers, found.steps[0]) == (one.customers, ("everybody", 2000))
    assert len(pipeline.audience_page(view, 0, 5000)) == one.customers
    lines = b"".join(pipeline.audience_csv(view)).decode("utf-8-sig").splitlines()
    assert len(lines) == one.customers + 1
    assert lines[0].split(",") == [column.name for column in pipeline.audience_columns(view)]
    assert pipeline.audience_conditions(view) == {"segments": f"in {one.name}"}
    pipeline.save_audience(view, tmp_path / "audience.xlsx")
    book = pd.read_excel(tmp_path / "audience.xlsx", sheet_name=None, engine="calamine")
    assert len(book["Customers"]) == one.customers
    assert "email" in book["Customers"]


def test_contacts_leave_only_on_wish(pipeline: Pipeline, table: View) -> None:
    assert "email" not in pipeline.audience_page(table, 0, 1)
    wished = pipeline.audience_page(table.but(contacts="yes"), 0, 2000)
    assert wished.loc[wished["consent"] == "no", "email"].isna().all()
    assert wished.loc[wished["consent"] == "yes", "email"].notna().mean() > 0.9


def test_a_log_joined_with_the_table_is_taken_along_with_its_contacts(
    pipeline: Pipeline, table: View, tmp_path: Path
) -> None:
    known = customers.generate().set_index("customer_id")
    ids = [*known.index[:20], 99_001, 99_002]
    days = pd.date_range("2025-01-01", periods=3 * len(ids))
    lines = [
        (f"{600_000 + n}", "21001", "MUG", 1 + n % 5, f"{day:%Y-%m-%d %H:%M:%S}", 2.5 + n, ids[n % len(ids)], "France")
        for n, day in enumerate(days)
    ]
    names = ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"]
    pd.DataFrame(lines, columns=names).to_csv(tmp_path / "log.csv", index=False)
    log = pipeline.receive(tmp_path / "log.csv").fingerprint
    assert not pipeline.has_contacts(View(log))
    view = View(pipeline.join(log, table.dataset).fingerprint)
    assert pipeline.has_contacts(view)
    text = b"".join(pipeline.audience_csv(view.but(contacts="yes"))).decode("utf-8-sig")
    rows = pd.read_csv(io.StringIO(text)).set_index("customer_id")
    agreed = [one for one in ids[:20] if known.at[one, "marketing_consent"] == "yes"]
    assert rows.loc[agreed, "email"].fillna("").tolist() == known.loc[agreed, "email"].fillna("").tolist()
    assert rows.drop(index=agreed)["email"].isna().all()
    assert "email" not in pipeline.audience_page(view, 0, 1)
