"""The segments of Online Retail, as datasets.md describes them, explained."""

import numpy as np
import pandas as pd
import pytest

from core.pipeline import Pipeline
from core.segments.describing.importance import explain
from core.segments.explaining.conditions import Condition, columns
from core.segments.inputs import features
from core.view import View
from core.warehouse import engine


@pytest.fixture(scope="module")
def told(pipeline: Pipeline, notebook: View) -> pd.DataFrame:
    return pipeline.thresholds(notebook).fidelity.set_index("id")


def test_the_four_segments_of_the_reference_run_are_told_well_by_rules(told):
    assert (told["told"] == "well").all()
    assert sorted(told["members"]) == pytest.approx([13, 204, 1067, 3054], abs=15)


def test_those_long_gone_are_told_by_their_last_order(pipeline, notebook, told):
    gone = int(told.index[(told["members"] - 1067).abs().argmin()])
    (words,) = pipeline.thresholds(notebook).of(gone)["words"][:1]
    assert "last order over" in words


def test_stated_figures_are_those_of_a_recount_on_all_customers(pipeline, notebook):
    found, labels = pipeline.thresholds(notebook), pipeline.segmentation(notebook).labels
    told = {each.slug: each for each in pipeline.features(notebook)}
    known = columns(features.frame(pipeline._everybody(notebook)), list(told.values()))
    parts = found.conditions.groupby(["id", "rule"])
    for rule in found.rules.to_dict("records"):
        rows = parts.get_group((rule["id"], rule["rule"])).to_dict("records")
        holds = [
            Condition(told[r["feature"]], r["low"], r["high"], r["level"], r["negated"]).holds(known) for r in rows
        ]
        described, mine = np.logical_and.reduce(holds), labels == rule["id"]
        assert (described & mine).sum() / mine.sum() == rule["coverage"]
        assert (described & mine).sum() / described.sum() == rule["precision"]


def test_with_permuted_labels_no_feature_of_the_shop_matters(pipeline, notebook):
    everybody, labels = pipeline._everybody(notebook), pipeline.segmentation(notebook).labels
    table = features.table(everybody, pipeline._recipe(notebook))
    rows = explain(table, np.random.default_rng(7).permutation(labels), 7).rows
    assert (rows["permutation"].abs() <= 2 * rows["permutation_sd"]).all()


def test_favourites_are_counted_as_the_definition_says(pipeline, notebook):
    found, labels = pipeline.favourites(notebook), pipeline.segmentation(notebook).labels
    source = pipeline.slice(notebook)
    lines, codes = engine.collect(source.lines()), engine.collect(source.products()).set_index("code")["product"]
    first = found.rows.iloc[0]
    buyers = np.unique(lines.loc[(lines["product"] == codes[first["code"]]) & (lines["quantity"] > 0), "customer"])
    anybody = np.unique(lines.loc[lines["quantity"] > 0, "customer"])
    share = (labels[buyers] == first["id"]).sum() / (labels[anybody] == first["id"]).sum()
    usual = len(buyers) / len(anybody)
    assert first["buyers_all"] == len(buyers)
    assert first["lift"] == pytest.approx(share / usual)


def test_a_product_sold_to_4338_customers_has_all_of_them_as_its_base(pipeline, notebook):
    assert pipeline.favourites(notebook).bases.set_index("id").loc[0, "buyers"] == 4338


def test_customers_by_country_are_those_of_the_shop(pipeline, notebook):
    rows = pipeline.habits(notebook).countries.drop_duplicates("country").set_index("country")["customers_all"]
    assert rows[["United Kingdom", "Germany", "France"]].tolist() == [3920, 94, 87]
