import pytest

from core.pipeline import Pipeline
from core.view import View

pytestmark = pytest.mark.golden


def test_the_four_segments_of_online_retail_are_advised_as_the_literature_describes_them(
    pipeline: Pipeline, notebook: View
) -> None:
    segments = sorted(pipeline.campaigns(notebook).segments, key=lambda segment: segment.customers)
    best, above, gone, steady = ([advice.strategy for advice in segment.advice] for segment in segments)
    assert best[:2] == ["named-contact", "early-access"]
    assert above[0] == "loyalty-tiers"
    assert gone[0] in ("win-back-once", "sunset")
    assert steady[:2] == ["bring-forward", "cross-sell"]


def test_the_eleven_groups_of_online_retail_start_with_at_least_six_strategies(
    pipeline: Pipeline, notebook: View
) -> None:
    groups = pipeline.campaigns(notebook).groups
    assert len(groups) == 11
    assert sum(group.customers for group in groups) == 4338
    assert len({group.advice[0].strategy for group in groups}) >= 6


def test_the_shop_prepares_in_september_for_november(pipeline: Pipeline, notebook: View) -> None:
    shop = {advice.strategy: advice for advice in pipeline.campaigns(notebook).shop}
    assert shop["stock-up"].title == "Have the stock in by September"
    assert "those in the United Kingdom £1,858" in shop["invest-in-region"].reason
