"""Segments of Online Retail against the figures published with the file."""

import pytest

from core.segments.naming import naming
from core.segments.naming.archetypes import ARCHETYPES

pytestmark = pytest.mark.golden

INERTIA = [9014.6, 5441.3, 4096.3, 3119.8, 2473.8, 2023.6, 1717.0, 1468.8, 1281.0]
SILHOUETTE = {
    "standard": [0.896, 0.594, 0.616, 0.617, 0.598, 0.516, 0.486, 0.478, 0.479],
    "log": [0.433, 0.337, 0.338, 0.316, 0.312, 0.309, 0.303, 0.281, 0.277],
    "clip": [0.660, 0.540, 0.535, 0.477, 0.447, 0.430, 0.425, 0.372, 0.380],
}
SIZES = {"standard": [13, 204, 3054, 1067], "log": [713, 1166, 837, 1622], "clip": [109, 561, 2630, 1038]}
# Rows by falling spend: recency, frequency, monetary in pounds, share of revenue.
MEANS = [
    (7.4, 82.5, 127_188, 0.186),
    (15.5, 22.3, 12_690.5, 0.291),
    (43.7, 3.7, 1_353.6, 0.465),
    (248.1, 1.6, 478.8, 0.057),
]


def test_four_segments_are_those_of_the_reference_run(pipeline, notebook):
    found = pipeline.segmentation(notebook)
    assert found.silhouette == pytest.approx(0.616, abs=0.001)
    assert found.inertia == pytest.approx(4096.3, rel=0.01)
    assert found.sampled == 0
    for (_, row), (recency, frequency, monetary, share) in zip(found.segments.iterrows(), MEANS, strict=True):
        assert row["recency_days"] == pytest.approx(recency, abs=0.05)
        assert row["frequency"] == pytest.approx(frequency, abs=0.05)
        assert row["monetary"] / 100 == pytest.approx(monetary, rel=0.0005)
        assert row["revenue_share"] == pytest.approx(share, abs=0.0006)


@pytest.mark.parametrize("prepare", SIZES)
def test_sizes_at_four_are_those_of_the_reference_run(pipeline, notebook, prepare):
    segments = pipeline.segmentation(notebook.but(prepare=prepare)).segments
    assert segments["customers"].tolist() == pytest.approx(SIZES[prepare], abs=15)


@pytest.mark.parametrize("prepare", SILHOUETTE)
def test_silhouettes_of_every_k_are_those_of_the_reference_run(pipeline, notebook, prepare):
    rows = pipeline.selection(notebook.but(prepare=prepare)).rows
    assert rows["silhouette"][1:].tolist() == pytest.approx(SILHOUETTE[prepare], abs=0.005)


def test_inertia_of_every_k_is_that_of_the_reference_run(pipeline, notebook):
    rows = pipeline.selection(notebook).rows
    assert rows["inertia"][1:].tolist() == pytest.approx(INERTIA, rel=0.01)


def test_the_elbow_moves_with_the_range(pipeline, notebook):
    assert pipeline.selection(notebook).elbow == 4
    assert pipeline.selection(notebook.but(k_range=(2, 10))).elbow == 5


def test_the_verdict_is_not_the_useless_two(pipeline, notebook):
    found = pipeline.selection(notebook)
    assert found.best_silhouette == 2
    assert found.chosen == 4
    assert any("4,312 of 4,338" in reason.text for reason in found.reasons if reason.kind == "against")
    assert pipeline.selection(notebook.but(prepare="log")).chosen == 4


NAMES = {
    "standard": ["Top accounts", "High-value regulars", "Steady buyers", "Gone quiet"],
    "log": ["Champions", "Steady buyers", "Newcomers", "Gone quiet"],
}


@pytest.mark.parametrize("prepare", NAMES)
def test_the_four_segments_have_the_same_names_and_colours_whatever_the_seed(pipeline, notebook, prepare):
    for seed in (42, 1, 2, 3, 4, 5):
        names = pipeline.segment_names(notebook.but(prepare=prepare, seed=seed))
        assert [name.name for name in names] == NAMES[prepare]
        assert {name.colour for name in names} == {0, 1, 2, 3}


def test_the_best_713_customers_bring_64_9_percent(pipeline, notebook):
    best = pipeline.segmentation(notebook.but(prepare="log")).segments.iloc[0]
    assert best["customers"] == pytest.approx(713, abs=5)
    assert best["revenue_share"] == pytest.approx(0.649, abs=0.003)


def test_groups_hold_every_customer_once(pipeline, notebook):
    scored, grid = pipeline.rfm(notebook), pipeline.rfm_grid(notebook)
    assert len(scored.scores) == grid.customers == 4338
    assert grid.cents == 888_720_889
    assert "1,493 of 4,338 customers ordered once" in scored.empty[0]


def test_choosing_a_segment_narrows_the_shop_to_it(pipeline, notebook):
    chosen = notebook.but(segments=(1, 2))
    figures = pipeline.overview(chosen).figures
    assert figures.customers == pytest.approx(217, abs=15)
    sizes = pipeline.segment_sizes(chosen).rows
    assert (sizes["customers"] > 0).tolist() == [True, True, False, False]
    assert sizes["cents"].sum() == figures.revenue


def test_a_period_does_not_change_who_is_in_a_segment(pipeline, notebook):
    november = notebook.but(period="2011-11")
    assert (pipeline.segmentation(november).labels == pipeline.segmentation(notebook).labels).all()
    assert pipeline.segment_sizes(november).customers == 1664


def test_net_of_returns_customer_16446_is_no_vip(pipeline, notebook):
    view = notebook.but(rules="net", prepare="log", k=0)
    table = pipeline.slice(view.whole()).customers().to_native().df().sort_values("customer", ignore_index=True)
    where = table.index[table["customer_id"] == "16446"]
    assert len(where) == 1
    names = {name.id: name.slug for name in pipeline.segment_names(view)}
    assert names[pipeline.segmentation(view).labels[where[0]]] not in {
        "champions",
        "top-accounts",
        "high-value-regulars",
    }


@pytest.mark.parametrize("k", [4, 5, 6, 7, 9, 12])
@pytest.mark.parametrize("prepare", ["log", "standard"])
def test_no_name_claims_what_the_segment_does_not_do(pipeline, notebook, prepare, k):
    rows = pipeline.profiles(notebook.but(k=k, prepare=prepare)).rows
    claims = {kind.slug: kind.must for kind in ARCHETYPES}
    looks = naming.looks(rows)
    for segment in naming.name(rows).itertuples():
        for claim in claims[segment.archetype]:
            value = looks.loc[segment.id, claim.removeprefix("-")]
            assert (value < 0) if claim.startswith("-") else (value > 0), f"{segment.name}: {claim}"
