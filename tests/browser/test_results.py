"""What came of a campaign, in a browser: a file with strange headers is brought, asked about, judged and taken back."""

import random

import pytest

from core.campaigns.ledger.brief import Brief
from core.pipeline import Pipeline
from core.settings import Settings
from core.view import View
from tests.browser.settling import settle
from tests.browser.test_everywhere import violations

pytestmark = pytest.mark.browser


@pytest.fixture
def pipeline(base, home):
    return Pipeline(Settings(home=home))


@pytest.fixture
def campaign(pipeline, stored, tmp_path):
    """A kept campaign whose files were taken."""
    brief = Brief(name="Autumn letter", wishes=(("cost", "0.5"), ("holdout", "30"), ("margin", "40")), quiet_days=0)
    made = pipeline.plan_campaign(View(stored["transactions"], k=4), brief)
    pipeline.pack_campaign(made.id, "plain", tmp_path / "files.zip", statement="All agreed in the shop")
    yield made.id
    pipeline.ledger.delete(made.id)
    pipeline.ledger.purge(made.id)


@pytest.fixture
def file(pipeline, campaign, tmp_path):
    """What came back, under headers that nobody could guess."""
    people, draw = pipeline.campaign_record(campaign)[0], random.Random(4)
    lines = ["Kdnr;qq;zz"]
    for row in people.itertuples():
        ordered = draw.random() < (0.2 if row.arm == "treated" else 0.1)
        lines.append(f"{row.customer_id};{'Ja' if ordered else 'Nein'};{'19,90' if ordered else '0,00'}")
    path = tmp_path / "Ergebnisse.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def bring(page, path):
    page.set_input_files("[data-results-file] input", str(path))


def test_a_file_is_asked_about_judged_counted_once_and_taken_back(page, watch, base, campaign, file, stored, tmp_path):
    page.goto(f"{base}/results?data={stored['transactions']}&campaign={campaign}")
    settle(page)
    assert "nothing came back" in page.inner_text("#results-answer")
    bring(page, file)
    page.wait_for_selector(".results-asked p:has-text('No column says who ordered')")
    page.select_option(".results-asked select[name=converted]", "qq")
    page.select_option(".results-asked select[name=revenue]", "zz")
    page.click(".results-asked button")
    page.wait_for_selector("#results-answer:has-text('The campaign had an effect')")
    settle(page)
    assert "who ordered: qq" in page.inner_text(".results-brought")
    assert page.locator("#results-intervals .js-plotly-plot, #results-intervals.js-plotly-plot").count() == 1
    assert violations(page) == []
    before = page.inner_text("#results-cards")

    bring(page, file)
    page.wait_for_selector("[data-results-outcome]:has-text('it counts once. Nothing was changed.')")
    assert page.inner_text("#results-cards") == before
    watch.check()

    other = tmp_path / "spring.csv"
    other.write_text("customer,campaign,converted\n1,Spring,yes\n2,Spring,no\n", encoding="utf-8")
    bring(page, other)
    page.wait_for_selector("[data-results-outcome] [role=alert]:has-text('is of Spring, not of Autumn letter')")
    assert page.inner_text("#results-cards") == before

    page.click(".results-brought button:has-text('Take back')")
    page.wait_for_selector("#results-answer:has-text('nothing came back')")
    page.click(".results-brought button:has-text('Put back')")
    page.wait_for_selector("#results-answer:has-text('The campaign had an effect')")
    assert not watch.console or all("422" in each for each in watch.console)
