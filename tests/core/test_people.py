"""A customer table described: columns, one against another, what goes together."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import codec
from core.people import against, correlations, joined, measures, mixes, overview
from core.warehouse import beside, engine, people
from core.warehouse.people import People, PeopleMeta
from tests.people_tables import CUSTOMERS, SURVEY, column, customers, survey


def table(folder: Path, frame: pd.DataFrame, columns=CUSTOMERS, key: str = "test") -> People:
    folder.mkdir(exist_ok=True)
    people.write(frame, PeopleMeta(len(frame), len(frame), None, tuple(columns), ()), folder)
    return People.open(folder, key)


def numbers(folder: Path, **values: list) -> People:
    """A table of bare numbers."""
    frame = pd.DataFrame({"customer": range(len(next(iter(values.values())))), **values}).astype(float)
    frame = frame.astype({"customer": "int32"}).assign(customer_id=[str(n) for n in frame["customer"]])
    return table(folder, frame, [column(name.title(), name, "number") for name in values])


@pytest.fixture
def shop(tmp_path):
    return table(tmp_path / "shop", customers())


def shares(found, slug):
    return found.bars[found.bars["slug"] == slug]


def test_missing_cells_are_counted_by_column(shop):
    found = overview.overview(shop)
    rows = found.columns.set_index("slug")
    lacking = int(customers()["income"].isna().sum())
    assert lacking > 0
    assert rows.at["income", "missing"] == found.missing == lacking
    assert rows.at["income", "known"] == 160 - lacking


def test_cells_of_derived_columns_are_not_cells_of_the_file(shop):
    derived = sum(bool(c.derived) for c in CUSTOMERS)
    assert overview.overview(shop).cells == 160 * (len(CUSTOMERS) - derived)


def test_every_known_value_stands_in_exactly_one_bar(shop):
    found = overview.overview(shop)
    for row in found.columns[found.columns["measured"]].to_dict("records"):
        bars = shares(found, row["slug"])
        assert bars["customers"].sum() == row["known"], row["slug"]
        assert bars["share"].sum() == pytest.approx(1)


def test_money_is_in_cents(shop):
    rows = overview.overview(shop).columns.set_index("slug")
    assert rows.at["income", "median"] == pytest.approx(100 * customers()["income"].median())
    assert rows.at["income", "unit"] == "money"


def test_ordered_levels_stand_in_their_order(shop):
    assert list(shares(overview.overview(shop), "education")["label"]) == ["Basic", "Graduation", "Master", "PhD"]


def test_one_extreme_value_does_not_flatten_the_histogram(tmp_path):
    source = numbers(tmp_path, income=[*range(20_000, 80_000, 300), 66_666_600])
    bars = shares(overview.overview(source), "income")
    assert bars["high"].max() < 100_000
    assert bars["open"].iloc[-1]
    assert bars["share"].max() < 0.3


def test_few_whole_numbers_have_a_bar_each(shop):
    bars = shares(overview.overview(shop), "kids")
    assert list(bars["low"]) == [0, 1, 2]


def test_bands_are_round_and_open_at_the_ends():
    frame = pd.DataFrame({"age": [float(age) for age in range(20, 70)]})
    found = measures.levels(frame, column("Age", "age", "number", "age"))
    assert [level.label for level in found] == ["under 30", "30 to 39", "40 to 49", "50 to 59", "60 or more"]


def test_bands_of_money_carry_the_sign_of_money():
    frame = pd.DataFrame({"income": np.linspace(5_000, 95_000, 400)})
    found = measures.levels(frame, column("Income", "income", "amount"))
    assert found[0].label == "under ¤20,000"
    assert found[-1].label == "¤80,000 or more"


def test_what_lumps_together_is_cut_at_quarters():
    spend = np.concatenate([np.linspace(1, 100, 800), np.linspace(100, 20_000, 200)])
    frame = pd.DataFrame({"spend": spend})
    group = column("Spend", "spend", "amount")
    found = measures.levels(frame, group)
    sizes = np.bincount(measures.place(frame, group, found))
    assert sizes.max() < 0.3 * len(spend)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(-1e6, 1e6).map(lambda v: round(v, 2)), min_size=1, max_size=60))
def test_every_number_is_in_one_band(values):
    frame, group = pd.DataFrame({"x": values}), column("X", "x", "number")
    found = measures.levels(frame, group)
    where = measures.place(frame, group, found)
    assert (where >= 0).all()
    assert set(where) == set(range(len(found)))


def test_spend_by_level_adds_up_to_everybodys(shop):
    found = against.against(shop, "kids", "total_spend").rows.set_index("level")
    assert found["total"].drop(-1).sum() == pytest.approx(found.at[-1, "total"])
    assert found["customers"].drop(-1).sum() == found.at[-1, "customers"] == 160
    first = customers().query("kids == 0")["total_spend"]
    assert found.at[0, "mean"] == pytest.approx(100 * first.mean())
    assert found.at[0, "median"] == pytest.approx(100 * first.median())


def test_who_lacks_either_is_left_out_and_counted(shop):
    found = against.against(shop, "income", "total_spend")
    assert found.left_out == customers()["income"].isna().sum()


def test_what_decides_is_strong_and_noise_is_not(shop):
    by_kids, by_marital = (against.against(shop, by, "total_spend") for by in ("kids", "marital"))
    assert by_kids.strength > 0.7
    assert by_kids.chance < 1e-6
    assert by_marital.strength < 0.06


def test_answers_by_level_add_up_to_one(tmp_path):
    asked = table(tmp_path, survey(), SURVEY)
    found = against.against(asked, "browsing", "reviews")
    assert found.measure == "cramer"
    assert found.cells.groupby("level")["share"].sum().to_numpy() == pytest.approx(1)
    assert found.strength > 0.4
    assert against.against(asked, "gender", "improve").strength < 0.2


def test_cramers_v_of_independent_answers_is_nothing():
    # 2 × 2 of 100 with every margin even: chi squared is 0.
    assert against.cramer(np.full((2, 2), 25.0)) == (0.0, 1.0)


def test_cramers_v_agrees_with_a_table_worked_by_hand():
    # (30, 10 / 10, 30): chi² = 80 (30·30 − 10·10)² / 40⁴ = 20; φ² = 0.25; less 1/79; over 1 − 1/79.
    strength, chance = against.cramer(np.array([[30.0, 10.0], [10.0, 30.0]]))
    assert strength == pytest.approx(math.sqrt((0.25 - 1 / 79) / (1 - 1 / 79)))
    assert chance == pytest.approx(7.744e-6, rel=1e-3)


def test_columns_that_make_up_a_sum_are_not_said_to_go_with_it(shop):
    rows = against.strengths(shop, "total_spend").rows
    assert not {"wines", "fruits", "meat", "total_spend"} & set(rows["slug"])
    assert rows["strength"].is_monotonic_decreasing
    assert rows.iloc[0]["slug"] in ("kids", "income", "store", "visits", "web")


def test_shares_of_a_mix_add_up_to_one(shop):
    found = mixes.mix(shop, "kids", ("web", "store"))
    assert found.cells.groupby("level")["share"].sum().to_numpy() == pytest.approx(1)
    everybody = found.cells[found.cells["level"] < 0]
    assert everybody["ratio"].to_numpy() == pytest.approx(1)


def test_a_rank_correlation_does_not_see_how_far(tmp_path):
    source = numbers(tmp_path, a=list(range(30)), b=[x**5 for x in range(30)], c=[-x for x in range(30)])
    found = correlations.correlations(source, 1)
    assert found.pairs.set_index(["a", "b"])["r"].to_dict() == pytest.approx(
        {("a", "b"): 1.0, ("a", "c"): -1.0, ("b", "c"): -1.0}
    )
    assert found.pairs["copy"].all()


def test_spearman_agrees_with_a_table_worked_by_hand(tmp_path):
    # Ranks 1…10 against the same with neighbours swapped: 1 − 6 · 10 / (10 · 99).
    swapped = [2, 1, 4, 3, 6, 5, 8, 7, 10, 9]
    found = correlations.correlations(numbers(tmp_path, a=list(range(1, 11)), b=swapped), 1)
    assert found.pairs["r"].iloc[0] == pytest.approx(1 - 6 * 10 / 990)


def test_categories_have_no_order_to_correlate(shop):
    assert "marital" not in set(correlations.correlations(shop, 1).columns["slug"])


def test_a_sum_and_its_parts_are_marked(shop):
    pairs = correlations.correlations(shop, 1).pairs
    made = pairs[pairs["made"]]
    assert {("meat", "total_spend"), ("total_spend", "wines")} <= set(zip(made["a"], made["b"], strict=True))


def test_shuffled_rows_give_equal_results(tmp_path):
    frame = customers()
    mixed = frame.sample(frac=1, random_state=4).assign(customer=range(len(frame)))
    first, second = table(tmp_path / "a", frame), table(tmp_path / "b", mixed.astype({"customer": "int32"}))
    for run in (
        lambda s: overview.overview(s).columns,
        lambda s: overview.overview(s).bars,
        lambda s: against.against(s, "income", "total_spend").rows,
        lambda s: against.strengths(s, "total_spend").rows,
        lambda s: mixes.mix(s, "age", ("wines", "meat")).cells,
        lambda s: correlations.correlations(s, 1).pairs,
    ):
        pd.testing.assert_frame_equal(run(first), run(second))


def test_results_can_be_kept(shop):
    for result in (overview.overview(shop), against.against(shop, "kids", "education"),
                   mixes.mix(shop, "kids", ("web", "store")), correlations.correlations(shop, 1)):  # fmt: skip
        kept = codec.loads(codec.dumps(result))
        assert type(kept) is type(result)


def test_members_narrow_what_is_described(shop):
    some = People(shop.folder, "some", shop.meta, members=customers()["kids"].to_numpy() == 0)
    assert overview.overview(some).customers == int((customers()["kids"] == 0).sum())


def test_a_joined_table_brings_what_was_bought_to_each_customer(tmp_path):
    cards = table(tmp_path, customers())
    log = pd.DataFrame({"cents": [100_00, 7_50, 0], "frequency": [4, 1, 0], "recency_days": [3, 90, None]})
    known = customers()["customer_id"]
    ids = pd.DataFrame({"customer": range(3), "customer_id": [known[5], "a stranger", known[0]]})
    engine.write(engine.lift(ids), tmp_path / "customers.parquet")
    laid = beside.lay(cards, tmp_path)
    source = joined.beside(laid, log, "both")
    frame = source.frame()
    assert frame["log_spend"].tolist() == [100.0, 7.5, 0.0]
    assert frame["income"].isna().tolist() == [False, True, False]
    some = replace(source, key="some", members=np.array([True, False, True]))
    assert some.frame()["log_spend"].tolist() == [100.0, 0.0]
    assert overview.overview(some).columns.set_index("slug").at["log_spend", "median"] == 5_000
