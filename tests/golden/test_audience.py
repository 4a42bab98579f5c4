"""Audiences of Online Retail: each segment's customers and share of revenue, and the same customers in the file."""

import csv
import io

import pytest

pytestmark = pytest.mark.golden
SEGMENTS = [(3054, 46.5), (1067, 5.7), (204, 29.1), (13, 18.6)]


def test_segments_hold_the_published_customers_and_revenue(pipeline, notebook):
    found = [pipeline.audience(notebook.but(segments=(name.id,))) for name in pipeline.segment_names(notebook)]
    sizes = sorted(((one.customers, 100 * one.share) for one in found), reverse=True)
    assert sum(one.customers for one in found) == 4338
    assert sum(one.cents for one in found) == 888_720_889
    for (customers, share), (wanted, revenue) in zip(sizes, SEGMENTS, strict=True):
        assert customers == pytest.approx(wanted, abs=15)
        assert share == pytest.approx(revenue, abs=0.3)


def test_one_time_buyers_and_germans_are_as_many_as_published(pipeline, notebook):
    assert pipeline.audience(notebook.but(orders="1..1")).customers == 1493
    germans = notebook.but(countries=("Germany",))
    assert pipeline.audience(germans).customers == 94
    text = b"".join(pipeline.audience_csv(germans)).decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text)))) == 94


def test_the_largest_spender_stands_first(pipeline, notebook):
    page = pipeline.audience_page(notebook, 0, 4338)
    assert page["spend"].is_monotonic_decreasing
    assert round(page["spend"].sum() * 100) == 888_720_889
    assert page["spend"].head(43).sum() / page["spend"].sum() == pytest.approx(0.3184, abs=0.002)
