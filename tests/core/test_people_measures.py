"""Figures of the segments of a customer table or survey, beside those of everybody."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.campaigns.people import PEOPLE_MEASURES, people_measures
from core.campaigns.replies import area_of
from tests.core.people import OFTEN, TABLE, answered, column

TWO = [1, 1, 2, 2]


def shoppers(**changes: list[float]) -> pd.DataFrame:
    rows: dict[str, list[float | None]] = {
        "income": [50_000, 70_000, 20_000, None], "total_spending": [900, 700, 100, 100],
        "web_purchases": [6, 2, 1, 1], "store_purchases": [4, 6, 1, 2], "catalog_purchases": [0, 2, 0, 1],
        "deal_purchases": [1, 1, 1, 1], "web_visits": [5, 1, 8, 6], "recency": [10, 20, 30, 40],
        "tenure": [100, 300, 200, 400], "children": [0, 1, 2, 1], "accepted": [2, 0, 0, 0], "complaint": [0, 0, 0, 1],
    }  # fmt: skip
    return pd.DataFrame(rows | changes)


def test_a_segment_stands_beside_everybody() -> None:
    facts = people_measures(shoppers(), TABLE, TWO, "EUR")
    assert (facts[1]["spend"], facts[1]["all_spend"], facts[1]["spend_ratio"]) == (80_000, 45_000, 800 / 450)
    assert (facts[2]["web_visits"], facts[2]["all_web_visits"], facts[2]["web_visits_ratio"]) == (7, 5, 1.4)
    assert (facts[1]["customers"], facts[1]["share"], facts[1]["spend_share"]) == (2, 0.5, 1600 / 1800)
    assert facts[1]["value_ratio"] == pytest.approx(1600 / 900)
    assert facts[1]["currency"] == "EUR"


def test_shares_of_channels_and_offers_divide_sums_by_sums() -> None:
    facts = people_measures(shoppers(), TABLE, TWO)
    assert (facts[1]["web_share"], facts[1]["store_share"], facts[1]["catalog_share"]) == (0.4, 0.5, 0.1)
    assert (facts[1]["deal_share"], facts[2]["deal_share"], facts[1]["all_deal_share"]) == (0.1, 2 / 6, 4 / 26)
    assert (facts[1]["basket"], facts[2]["visits_per_order"]) == (160_000 / 20, 7)


def test_those_who_answered_a_campaign_or_look_more_than_they_buy_are_counted() -> None:
    facts = people_measures(shoppers(), TABLE, TWO)
    assert (facts[1]["responders"], facts[1]["responders_share"], facts[2]["responders"]) == (1, 0.5, 0)
    assert (facts[1]["lookers"], facts[2]["lookers"], facts[2]["all_lookers_share"]) == (0, 2, 0.5)


def test_a_mean_is_taken_over_those_whose_value_is_known() -> None:
    assert people_measures(shoppers(), TABLE, TWO)[2]["income"] == 2_000_000


def test_the_best_fifth_is_of_the_whole_table_alone() -> None:
    facts = people_measures(pd.DataFrame({"spend": [6.0, 1, 1, 1, 1]}), [column("spend", scale="amount")], [1] * 5)
    assert facts[0]["best_share"] == 0.6
    assert "best_share" not in facts[1]


def test_a_derived_column_is_taken_before_the_columns_that_it_was_made_from() -> None:
    wine, total = column("wine", "spend", "amount"), column("total_spending", "total_spend", "amount")
    frame = pd.DataFrame({"wine": [5.0], "meat": [7.0], "total_spending": [99.0]})
    meat = column("meat", "spend", "amount")
    assert people_measures(frame, [wine, meat, total], [1])[1]["spend"] == 9_900
    assert people_measures(frame, [wine, meat], [1])[1]["spend"] == 1_200


def test_yes_and_no_count_as_one_and_nothing() -> None:
    columns = [column(f"campaign_{n}", "accepted", "yes_no") for n in (1, 2)]
    frame = answered(campaign_1=["yes", "no", "no"], campaign_2=["yes", "no", None])
    facts = people_measures(frame, columns, [1, 1, 1])
    assert (facts[1]["accepted"], facts[1]["responders"]) == (2 / 3, 1)


def test_what_a_table_does_not_know_is_not_in_the_facts() -> None:
    facts = people_measures(pd.DataFrame({"age": [30, 40]}), [column("age")], [1, 2])
    assert set(facts[1]) == {"customers", "share", "currency", "age", "all_age", "age_ratio"}


def test_answers_on_a_scale_have_a_place_a_level_and_shares_beyond_the_middle() -> None:
    often = column("reads", "review_reliance", "ordinal", OFTEN)
    frame = answered(reads=[4.0, 3.0, 2.0, 0.0, 0.0, None])
    facts = people_measures(frame, [often], [1, 1, 1, 2, 2, 2])
    assert facts[1]["reviews_place"] == 0.75
    assert (facts[1]["reviews_high"], facts[1]["reviews_low"]) == (pytest.approx(2 / 3), 0)
    assert (facts[1]["reviews_level"], facts[1]["reviews_points"]) == ("Often", "4.0 of 5")
    assert facts[1]["reviews_lean"] == pytest.approx(0.75 - 0.45)
    assert facts[2]["reviews_level"] == "Never"


def test_several_questions_on_one_thing_are_averaged_on_their_own_scales() -> None:
    columns = [
        column("a", "review_reliance", "ordinal", OFTEN),
        column("b", "review_reliance", "ordinal", ("No", "Yes")),
    ]
    facts = people_measures(answered(a=[0.0, 4.0], b=[1.0, 1.0]), columns, [1, 2])
    assert (facts[1]["reviews_place"], facts[2]["reviews_place"]) == (0.5, 1)


def test_the_commonest_area_to_improve_stands_against_all() -> None:
    areas = ["Customer service responsiveness", "Customer service responsiveness", "Product quality and accuracy",
             "Shipping speed and reliability", "Shipping speed and reliability", "."]  # fmt: skip
    facts = people_measures(answered(mend=areas), [column("mend", "improvement", "nominal")], [1, 1, 1, 2, 2, 2])
    assert (facts[1]["improvement"], facts[1]["improvement_share"]) == ("Customer service responsiveness", 2 / 3)
    assert (facts[1]["all_improvement_share"], facts[1]["improvement_ratio"]) == (0.4, pytest.approx(5 / 3))
    assert (facts[1]["service_lead"], facts[1]["quality_lead"], facts[2]["shipping_share"]) == (2, 0.5, 1)
    assert "packaging_share" not in facts[1]


@pytest.mark.parametrize(
    ("answer", "area"),
    [("Customer service responsiveness", "service"), ("Product quality and accuracy", "quality"),
     ("Shipping speed and reliability", "shipping"), ("Reducing packaging waste", "packaging"),
     ("better app interface and lower shipping charges", "shipping"), ("User-friendly website", "website"),
     ("Cheaper", "price"), ("Schnellere Lieferung", "shipping"), ("Parking", None), ("Nothing", None)],
)  # fmt: skip
def test_an_answer_is_put_in_the_area_that_its_words_name(answer: str, area: str | None) -> None:
    (found,) = area_of(pd.Series([answer])).tolist()
    assert (None if pd.isna(found) else found) == area


def test_of_several_areas_in_one_answer_each_counts_for_the_person() -> None:
    mend = column("mend", "improvement", "multiple")
    facts = people_measures(answered(mend=["Prices;Service", "Prices; Website"]), [mend], [1, 1])
    assert (facts[1]["price_share"], facts[1]["service_share"], facts[1]["website_share"]) == (1, 0.5, 0.5)


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(6)), st.floats(0.01, 100))
def test_neither_the_order_of_rows_nor_the_currency_changes_a_ratio(order: list[int], rate: float) -> None:
    frame = pd.DataFrame({"spend": [5.0, 7, 1, 2, 9, 4], "visits": [1.0, 2, 3, 1, 0, 4]})
    columns, labels = [column("spend", scale="amount"), column("visits", "web_visits")], [1, 1, 2, 2, 2, 1]
    one = people_measures(frame, columns, labels)
    other = frame.assign(spend=frame["spend"] * rate).iloc[order]
    two = people_measures(other, columns, [labels[n] for n in order])
    for segment in (0, 1, 2):
        ratios = [name for name in one[segment] if name.endswith("_ratio")]
        assert all(math.isclose(float(one[segment][n]), float(two[segment][n]), rel_tol=1e-9) for n in ratios)


def test_every_fact_is_a_measure_that_a_strategy_may_name() -> None:
    often = column("reads", "review_reliance", "ordinal", OFTEN)
    mend = column("mend", "improvement", "nominal")
    frame = shoppers().assign(reads=[0.0, 1, 2, 3], mend=["Service", "Prices", "App", "Other"])
    for facts in people_measures(frame, [*TABLE, often, mend], TWO).values():
        assert set(facts) <= set(PEOPLE_MEASURES)
