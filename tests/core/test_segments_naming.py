import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.segments.naming import naming
from core.segments.naming.archetypes import ARCHETYPES
from core.segments.naming.traits import describe
from tests.core.shops import crowd

SHOP = crowd(400)


def profile(people, k, seed=0):
    """Any division: customers by spend and recency into k parts of random size."""
    rng = np.random.default_rng(seed)
    score = people["cents"].rank(pct=True) - rng.uniform(0, 1) * people["recency_days"].rank(pct=True)
    cuts = np.sort(rng.choice(np.arange(10, len(people) - 10), k - 1, replace=False)) if k > 1 else []
    return describe(people, 1 + np.searchsorted(cuts, score.rank(method="first") - 1, side="right"))


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 20), st.integers(0, 10_000))
def test_names_are_unique_and_colours_are_up_to_ten(k, seed):
    named = naming.name(profile(SHOP, k, seed))
    assert named["name"].is_unique
    assert named["slug"].is_unique
    assert named["colour"].is_unique or k > 10
    assert named["colour"].between(0, 9).all()


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 10), st.integers(0, 1000), st.floats(0.01, 200))
def test_another_currency_gives_the_same_names(k, seed, rate):
    rows = profile(SHOP, k, seed)
    other = rows.assign(**{column: rows[column] * rate for column in ("cents", "monetary", "order_value", "price")})
    assert naming.name(rows).equals(naming.name(other))


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 10), st.integers(0, 1000), st.randoms(use_true_random=False))
def test_renaming_ids_keeps_each_segment_its_name_and_colour(k, seed, random):
    rows = profile(SHOP, k, seed)
    renamed = dict(zip(range(1, k + 1), random.sample(range(1, k + 1), k), strict=True)) | {0: 0}
    first = naming.name(rows).set_index("id")[["name", "colour"]]
    second = naming.name(rows.assign(id=rows["id"].map(renamed))).set_index("id")[["name", "colour"]]
    for old in range(1, k + 1):
        assert tuple(first.loc[old]) == tuple(second.loc[renamed[old]])


@pytest.mark.parametrize("kind", ARCHETYPES, ids=lambda kind: kind.slug)
def test_a_segment_at_the_ideal_of_a_kind_is_called_that(kind):
    rows = describe(SHOP, np.ones(len(SHOP), dtype=int))
    everybody = rows[rows["id"] == 0].iloc[0]
    mean = {
        "value": "monetary",
        "orders": "frequency",
        "silence": "recency_days",
        "basket": "order_value",
        "price": "price",
    }
    ideal = {"basket": 0.0, "price": 0.0, "silence": 0.0} | kind.ideal
    row = {column: everybody[column] * 2 ** ideal[trait] for trait, column in mean.items()}
    row["one_time_share"] = everybody["one_time_share"] + ideal.get("once", 0.0)
    row["new_share"] = everybody["new_share"] + ideal.get("fresh", 0.0)
    row["share"] = 1e-9 if ideal.get("rare") else 0.3
    better = {"id": 2, "monetary": everybody["monetary"] * 60, "share": 0.001, "frequency": everybody["frequency"] * 12}
    for column, value in row.items():
        rows.loc[rows["id"] == 1, column] = value
    if not ideal.get("best"):
        extra = rows[rows["id"] == 1].assign(**better, recency_days=everybody["recency_days"] / 6)
        rows = pd.concat([rows, extra], ignore_index=True)
    assert naming.name(rows).set_index("id")["name"][1] == kind.label


def test_portraits_speak_in_the_segments_own_numbers():
    rows = profile(SHOP, 4)
    for _, words in naming.name(rows).iterrows():
        assert any(character.isdigit() for character in words["portrait"])
        assert words["portrait"].count(". ") >= 1
        assert words["portrait"].endswith(".")
