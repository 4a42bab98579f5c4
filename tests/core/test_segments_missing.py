"""What is missing, and what each way of dealing with it does, of customer tables and of order logs."""

import numpy as np
import pandas as pd
import pytest

from core.errors import NotEnoughDataError
from core.segments.dividing.segmentation import segmentation
from core.segments.inputs import features, tables
from core.segments.inputs.features import Recipe
from core.segments.inputs.missing import missing
from core.view import MISSING
from tests.core.little_table import table
from tests.core.shops import Source, crowd, people

RHYTHM = ("recency_days", "monetary", "days_between")


@pytest.fixture(scope="module")
def club(tmp_path_factory):
    """60 members, of whom 6 do not tell their income and 4 not their town, 1 of them neither."""
    rng = np.random.default_rng(4)
    frame = pd.DataFrame({
        "Income": rng.normal(40_000, 9_000, 60).round(), "Visits": rng.integers(0, 9, 60).astype(float),
        "Town": rng.choice(["Bergen", "Bergen", "Oslo"], 60), "Mood": rng.choice(["bad", "fair", "good"], 60),
    })  # fmt: skip
    frame.loc[:5, "Income"] = np.nan
    frame.loc[5:8, "Town"] = None
    frame.loc[9, "Mood"] = None
    scales = {"Income": "amount", "Town": "nominal", "Mood": ["bad", "fair", "good"]}
    return table(tmp_path_factory.mktemp("club"), frame, scales)


COLUMNS = ("income", "visits", "town", "mood")


def test_gaps_are_counted_by_feature_and_by_customer(club):
    found = missing(club, COLUMNS, "auto")
    assert dict(zip(found.rows["slug"], found.rows["missing"], strict=True)) == {
        "income": 6, "town": 4, "mood": 1, "visits": 0,
    }  # fmt: skip
    assert (found.customers, found.lacking, found.cells) == (60, 10, 11)


def test_the_middle_is_the_median_the_commonest_category_or_the_lower_level(club):
    rows = missing(club, COLUMNS, "auto").rows.set_index("slug")
    known = club.frame()["income"].dropna().sort_values()
    assert rows.loc["income", "fill"] == pytest.approx(100 * known.iloc[(len(known) - 1) // 2])
    assert rows.loc["town", "level"] == "Bergen"
    assert rows.loc["mood", "level"] in ("bad", "fair", "good")


@pytest.mark.parametrize(("policy", "in_use", "customers"), [
    ("auto", "drop", 50), ("drop", "drop", 50), ("median", "median", 60), ("level", "level", 60),
])  # fmt: skip
def test_each_policy_leaves_as_many_customers_as_it_says(club, policy, in_use, customers):
    assert missing(club, COLUMNS, policy).in_use == in_use
    source = tables.lacking_none(club, COLUMNS, policy)
    found = segmentation(source, Recipe(COLUMNS, "standard", missing=policy), 2, 42)
    assert len(found.labels) == customers


def test_a_table_that_lacks_something_of_more_than_a_quarter_is_filled_as_usual(tmp_path):
    frame = pd.DataFrame({"Age": [20.0, np.nan, 30, 40] * 10, "Spend": np.arange(40.0)})
    frame.loc[2, "Spend"] = np.nan
    assert missing(table(tmp_path, frame), ("age", "spend"), "auto").usual == "median"


def test_nothing_missing_needs_no_policy(club):
    found = missing(club, ("visits",), "drop")
    assert (found.lacking, found.in_use) == (0, "")


def test_a_column_of_which_nothing_is_known_is_no_error(tmp_path):
    frame = pd.DataFrame({"Age": [np.nan] * 40, "Spend": np.arange(40.0)})
    found = missing(table(tmp_path, frame), ("age", "spend"), "auto")
    assert found.rows.iloc[0]["missing"] == 40
    assert np.isnan(found.rows.iloc[0]["fill"])


@pytest.mark.parametrize("policy", [policy for policy in MISSING if policy != "drop"])
def test_an_order_log_divides_everybody_unless_told_otherwise(policy):
    found = segmentation(Source(crowd(200)), Recipe(RHYTHM, missing=policy), 3, 42)
    assert found.apart == 0
    assert len(found.labels) == 200


def test_who_ordered_once_has_no_rhythm_and_can_be_set_aside():
    source = Source(crowd(300))
    once = (source._people["frequency"] == 1).to_numpy()
    counted = missing(source, RHYTHM, "drop")
    assert (counted.lacking, counted.usual, counted.in_use) == (once.sum(), "median", "drop")
    found = segmentation(source, Recipe(RHYTHM, missing="drop"), 3, 42)
    assert ((found.labels == found.apart) == once).all()
    row = found.segments[found.segments["id"] == found.apart].iloc[0]
    assert row["name"] == "Not enough known"
    assert "not known" in row["portrait"]


def test_the_scale_is_that_of_those_of_whom_enough_is_known():
    frame = crowd(300)
    frame["tenure_days"] += frame["cents"] % 97
    source, recipe = Source(frame), Recipe(RHYTHM, "standard", missing="drop")
    made = features.table(source, recipe)
    prepared = features.prepared(made, recipe)
    np.testing.assert_allclose(prepared.values[~made.gaps].std(axis=0), 1)
    np.testing.assert_array_equal(prepared.apply(made.rows), prepared.values)


def test_setting_aside_nearly_everybody_is_refused_with_the_numbers():
    frame = people(range(1, 41), [1] * 35 + [3] * 5, range(100, 4100, 100))
    with pytest.raises(NotEnoughDataError, match=r"Of 40 customers all but 5 lack something.*Fill what is missing"):
        features.table(Source(frame), Recipe(RHYTHM, missing="drop"))


def test_an_order_without_a_country_leaves_the_country_unknown():
    frame = crowd(60).assign(country=["Norway"] * 40 + ["Unspecified"] * 20)
    found = missing(Source(frame), ("country", "monetary"), "auto")
    assert found.rows.iloc[0][["slug", "missing", "level"]].tolist() == ["country", 20, "Norway"]
