"""Advice for the real customer table and survey, as the literature on them describes their groups."""

from pathlib import Path

import pytest

from core.campaigns.campaigns import SegmentAdvice
from core.pipeline import Pipeline
from core.view import View

pytestmark = pytest.mark.golden
ONLINE = ("income", "total_spend", "web_purchases", "web_visits")


@pytest.fixture(scope="module")
def groups(reference: Path, pipeline: Pipeline) -> dict[str, SegmentAdvice]:
    """The four groups of the four-feature run, by what they do: an income of 666,666 counted as missing."""
    view = View(pipeline.receive(reference / "marketing_campaign.csv").fingerprint, k=4)
    view = view.but(rules=pipeline.toggle(view, "implausible"))
    slugs = {column.role: column.slug for column in pipeline.people(view).columns}
    view = view.but(features=tuple(slugs[role] for role in ONLINE))
    rows, found = pipeline.profiles(view).rows, {one.id: one for one in pipeline.campaigns(view).segments}
    by_spend = sorted(found.values(), key=lambda one: -(one.revenue_share or 0) / one.share)
    assert len(rows) == 5
    return dict(zip(("vip", "digital", "casual", "browsing"), by_spend, strict=True))


def slugs(group: SegmentAdvice) -> list[str]:
    return [each.strategy for each in group.advice]


def test_the_groups_are_those_of_the_published_run(groups: dict[str, SegmentAdvice]) -> None:
    sizes = {name: group.customers for name, group in groups.items()}
    assert sizes == pytest.approx({"vip": 515, "digital": 534, "casual": 407, "browsing": 756}, abs=8)


def test_vips_get_premium_loyalty_and_early_access(groups: dict[str, SegmentAdvice]) -> None:
    assert slugs(groups["vip"])[:2] == ["premium-circle", "first-look"]
    titles = " ".join(each.title for each in groups["vip"].advice)
    assert "premium loyalty" in titles
    assert "early access" in titles


def test_digital_enthusiasts_get_the_website_recommendations_and_cross_selling(
    groups: dict[str, SegmentAdvice],
) -> None:
    assert slugs(groups["digital"]) == ["website-first", "recommend-on-site", "cross-sell-ranges"]


def test_casual_shoppers_get_promotions_codes_and_free_shipping(groups: dict[str, SegmentAdvice]) -> None:
    assert slugs(groups["casual"]) == ["seasonal-promotions", "discount-code", "free-shipping"]


def test_browsers_get_reactivation_and_a_personal_offer(groups: dict[str, SegmentAdvice]) -> None:
    assert slugs(groups["browsing"])[:2] == ["reactivate-visitors", "personal-offer"]
    reason = groups["browsing"].advice[0].reason
    assert reason.startswith("7.3 visits last month, and ")
    assert "of all customers 5.3 and " in reason


def test_the_survey_is_advised_on_service_quality_and_satisfaction(reference: Path, pipeline: Pipeline) -> None:
    view = View(pipeline.receive(reference / "amazon_survey.csv").fingerprint, k=4)
    found = pipeline.campaigns(view)
    given = {each.strategy for one in found.segments for each in one.advice}
    assert {"answer-faster", "as-described", "make-it-good"} <= given
    assert found.shop[0].strategy == "first-repair"
    assert found.shop[0].reason.startswith("36.1 % of those who answered name “Customer service responsiveness”")
