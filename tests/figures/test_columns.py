"""Small pictures of columns, and what they say."""

import json
import math

from dashboard.components import columns

INCOME = {
    "slug": "income", "label": "Income", "scale": "amount", "unit": "money", "role": "income", "derived": "",
    "missing": 24, "known": 976, "missing_share": 0.024, "mean": 5_224_700.0, "median": 5_138_150.0,
    "lower": 3_530_300.0, "upper": 6_852_200.0,
}  # fmt: skip
BARS = [
    {"slug": "income", "position": n, "label": "", "low": 2e6 * n, "high": 2e6 * (n + 1), "customers": n + 1,
     "share": (n + 1) / 10, "open": n == 3}
    for n in range(4)
]  # fmt: skip


def drawn(row, bars):
    return json.dumps(
        columns.panel(row, bars, "GBP").to_plotly_json(), default=lambda part: part.to_plotly_json(), ensure_ascii=False
    )


def test_a_histogram_marks_the_median_and_what_lies_beyond():
    said = drawn(INCOME, BARS)
    assert "median £51.4 k" in said
    assert "24 missing" in said
    assert "hist-median" in said
    assert "or more" in said
    assert "a quarter less than £35.3 k" in said


def test_levels_stand_with_their_shares_and_a_few_are_not_none():
    row = {**INCOME, "scale": "nominal", "unit": "category", "top": "Married", "top_share": 0.999, "missing": 0}
    bars = [{**BARS[0], "label": "Married", "share": 0.999}, {**BARS[1], "label": "YOLO", "share": 0.001}]
    said = drawn(row, bars)
    assert "most often Married" in said
    assert "<\xa01\xa0%" in said


def test_a_family_is_headed_by_its_middle_and_its_commonest():
    education = {**INCOME, "label": "Education", "scale": "ordinal", "top": "Graduation", "top_share": 0.5}
    head = columns.headline([INCOME, education], "GBP")
    assert head == "Income: half lie between £35.3 k and £68.5 k; Education: most often Graduation, 50 %"


def test_nothing_known_is_said():
    assert columns.headline([{**INCOME, "known": 0}], "GBP") == "Nothing is known here"
    assert columns.said(math.nan, "money", "GBP") == "–"
