"""Preparations, shares and outliers of the real files against the figures published with them."""

import pytest

from core.view import View

pytestmark = pytest.mark.golden

# k from 2 to 10, and the sizes at 4; see test_segments for log, standard and clip.
UNSCALED = [0.985, 0.959, 0.954, 0.838, 0.775, 0.731, 0.732, 0.674, 0.675]
STANDARD = [0.896, 0.594, 0.616, 0.617, 0.598, 0.516, 0.486, 0.478, 0.479]
SIZES = {
    "none": [4300, 31, 5, 2],
    "standard": [3054, 1067, 204, 13],
    "clip": [2630, 1038, 561, 109],
    "log": [1622, 1166, 837, 713],
}
FOUR = ("income", "total_spending", "numwebpurchases", "numwebvisitsmonth")


def sizes(found, treatment, *, apart=False):
    mine = found.sizes[(found.sizes["treatment"] == treatment) & (found.sizes["apart"].astype(bool) == apart)]
    return mine["customers"].tolist()


def test_silhouettes_of_every_k_without_a_scale_are_those_of_the_reference_run(pipeline, notebook):
    rows = pipeline.selection(notebook.but(prepare="none")).rows
    assert rows["silhouette"][1:].tolist() == pytest.approx(UNSCALED, abs=0.005)


@pytest.mark.parametrize("prepare", SIZES)
def test_sizes_at_four_are_those_of_the_reference_run(pipeline, notebook, prepare):
    found = pipeline.segmentation(notebook.but(prepare=prepare)).segments["customers"]
    assert sorted(found, reverse=True) == pytest.approx(SIZES[prepare], abs=15)


def test_a_preparation_for_each_feature_alone_is_the_same_as_one_for_all(pipeline, notebook):
    own = tuple((slug, "standard") for slug in ("recency_days", "frequency", "monetary"))
    rows = pipeline.selection(notebook.but(prepare="log", own=own)).rows
    assert rows["silhouette"][1:].tolist() == pytest.approx(STANDARD, abs=0.005)


def test_clipping_outliers_at_one_scale_is_the_preparation_clip(pipeline, notebook):
    found = pipeline.segmentation(notebook.but(outliers="clip")).segments["customers"]
    assert sorted(found, reverse=True) == pytest.approx(SIZES["clip"], abs=15)


def test_without_a_scale_spend_carries_nearly_all_distances(pipeline, notebook):
    found = pipeline.diagnosis(notebook.but(prepare="none"))
    shares = dict(zip(found.rows["slug"], found.rows["share"], strict=True))
    assert shares["monetary"] > 0.999
    assert ("monetary", "dominates") in {(remark.slug, remark.kind) for remark in found.remarks}


def test_the_thirteen_very_large_customers_are_pointed_out(pipeline, notebook):
    found = pipeline.treatments(notebook)
    assert sizes(found, "keep") == pytest.approx([3054, 1067, 204, 13], abs=15)
    assert found.handful == pytest.approx(13, abs=2)
    assert found.handful_share == pytest.approx(0.186, abs=0.005)
    assert found.top_share == pytest.approx(0.3184, abs=0.0005)
    keep = found.rows.set_index("treatment").loc["keep"]
    assert keep["silhouette"] == pytest.approx(0.616, abs=0.001)
    assert keep["agreement"] == 1


def test_those_thirteen_are_among_the_few_who_can_be_set_aside(pipeline, notebook):
    aside, kept = pipeline.segmentation(notebook.but(outliers="aside")), pipeline.segmentation(notebook)
    best = kept.labels == kept.segments.loc[kept.segments["customers"].idxmin(), "id"]
    assert best.sum() <= 15
    assert (aside.labels[best] == aside.apart).all()
    assert (aside.labels == aside.apart).sum() <= 43


@pytest.fixture(scope="module")
def marketing(reference, pipeline):
    return View(pipeline.receive(reference / "marketing_campaign.csv").fingerprint, features=FOUR, k=4)


def test_one_income_of_666_666_makes_a_segment_until_it_is_set_aside(pipeline, marketing):
    found = pipeline.treatments(marketing)
    assert found.handful == 1
    # The four groups of 756, 534, 515 and 407 customers come back.
    assert sizes(found, "aside") == pytest.approx([756, 534, 515, 407], abs=5)
    assert sum(sizes(found, "aside", apart=True)) < 0.01 * 2216


@pytest.mark.parametrize(("policy", "customers"), [("auto", 2216), ("drop", 2216), ("median", 2240), ("level", 2240)])
def test_the_24_incomes_that_are_missing_are_dealt_with_as_asked(pipeline, marketing, policy, customers):
    view = marketing.but(missing=policy)
    found = pipeline.missing(view)
    assert (found.customers, found.lacking, found.usual) == (2240, 24, "drop")
    assert found.rows.iloc[0]["slug"] == "income"
    assert pipeline.segmentation(view).segments["customers"].sum() == customers


def test_customers_who_ordered_once_can_be_set_aside_for_want_of_a_rhythm(pipeline, notebook):
    view = notebook.but(features=("recency_days", "frequency", "days_between"), missing="drop")
    assert pipeline.missing(view).lacking == 1493
    found = pipeline.segmentation(view)
    row = found.segments[found.segments["id"] == found.apart].iloc[0]
    assert (row["name"], row["customers"]) == ("Not enough known", 1493)
    assert len(found.labels) == 4338
