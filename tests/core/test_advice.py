import calendar
from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import codec
from core.campaigns.advice import MOST, advise
from core.campaigns.measures import measures
from core.campaigns.playbook import load
from core.campaigns.regions import home_of, region_facts
from core.campaigns.seasons import season_facts
from core.campaigns.strategies import Playbook
from core.errors import ParameterError
from core.sales import peaks
from core.segments.scores import rfm
from tests.core.profiles import ABOVE, ALL, BEST, GONE, STEADY, grid

CUSTOMERS, SHOP = load().about("customers"), load().about("shop")
REGION = {"home": "the United Kingdom", "home_monetary": 185842.0}
# Online Retail, months that lie in it in full (datasets.md).
MONTHS = np.arange(2010 * 12 + 11, 2011 * 12 + 11)
REVENUE = np.array(
    [
        57042273,
        56810131,
        44608492,
        59468176,
        46837433,
        67735515,
        66004605,
        59896296,
        64405104,
        95069020,
        103564245,
        115620561,
    ]
)
COUNTRIES = pd.DataFrame(
    [("United Kingdom", 3920, 728502464), ("Netherlands", 9, 28544634), ("EIRE", 3, 26526246),
     ("Germany", 94, 22867840), ("France", 87, 20893431), ("Australia", 9, 13845381), ("Spain", 30, 6155856),
     ("Unspecified", 6, 99999999)],
    columns=["country", "customers", "cents"],
)  # fmt: skip


def slugs(row: dict[str, Any], most: int = 3, everyone: dict[str, Any] = ALL) -> list[str]:
    return [advice.strategy for advice in advise(measures(row, everyone, region=REGION), CUSTOMERS, most)]


def reason(row: dict[str, Any], strategy: str) -> str:
    facts = measures(row, ALL, region=REGION)
    return next(advice.reason for advice in advise(facts, CUSTOMERS, MOST) if advice.strategy == strategy)


@pytest.fixture(scope="module")
def advised() -> list[list[str]]:
    return [slugs(row) for row in grid()]


def test_every_profile_of_the_grid_gets_one_to_five_strategies(advised: list[list[str]]) -> None:
    assert len(advised) > 5_000
    assert all(1 <= len(found) <= 5 and len(found) == len(set(found)) for found in advised)


def test_the_fallback_serves_under_5_percent_of_the_grid(advised: list[list[str]]) -> None:
    assert sum(found == ["stay-in-touch"] for found in advised) < 0.05 * len(advised)


def test_the_fallback_stands_alone(advised: list[list[str]]) -> None:
    assert all(len(found) == 1 for found in advised if "stay-in-touch" in found)


def test_no_strategy_is_out_of_reach(advised: list[list[str]]) -> None:
    reached = {slug for found in advised for slug in found}
    assert {strategy.slug for strategy in CUSTOMERS.strategies} - reached == set()


def test_no_two_strategies_for_a_profile_contradict_each_other(advised: list[list[str]]) -> None:
    by_slug = {strategy.slug: strategy for strategy in CUSTOMERS.strategies}
    for pair in {(a, b) for found in advised for a in found for b in found if a != b}:
        assert not by_slug[pair[0]].clashes(by_slug[pair[1]]), pair


def test_nobody_who_gets_a_thank_you_or_a_tier_gets_a_discount() -> None:
    tags = {strategy.slug: strategy.tags for strategy in CUSTOMERS.strategies}
    for row in (ABOVE, BEST):
        assert not any("discount" in tags[slug] for slug in slugs(row, MOST))


def test_steady_customers_are_asked_earlier_and_shown_more() -> None:
    assert slugs(STEADY)[:2] == ["bring-forward", "cross-sell"]
    assert reason(STEADY, "bring-forward") == (
        "On average 56 days pass between two of their orders; 378 of 3,054 last ordered more than 90 days ago."
    )


def test_those_long_gone_and_small_get_one_win_back_or_a_goodbye() -> None:
    assert slugs(GONE)[0] in ("win-back-once", "sunset")
    assert reason(GONE, "win-back-once") == (
        "All 1,067 last ordered more than 90 days ago. They are 24.6 % of customers and bring 5.7 % of revenue."
    )


def test_those_above_average_get_tiers_by_spend() -> None:
    assert slugs(ABOVE)[0] == "loyalty-tiers"
    assert reason(ABOVE, "loyalty-tiers") == (
        "They order 5.2 times as often as all customers and spend £12,690 each, against £2,049."
    )


def test_the_very_best_get_a_person_and_early_access() -> None:
    assert slugs(BEST)[:2] == ["named-contact", "early-access"]
    assert reason(BEST, "named-contact") == "13 customers, 0.3 % of all, bring 18.6 % of revenue: £127,188 each."


def test_the_rfm_groups_get_at_least_six_different_first_strategies() -> None:
    first = {group: slugs(row)[0] for group, row in rfm_groups().items()}
    assert len(first) == 11
    assert len(set(first.values())) >= 6, first
    assert "stay-in-touch" not in first.values()
    assert first["champions"] in ("thank-early", "loyalty-tiers", "early-access")
    assert first["lost"] in ("sunset", "win-back-once")
    assert first["recent"] in ("welcome", "second-order")
    assert first["cant-lose"] in ("call-first", "dated-win-back")


def rfm_groups() -> dict[str, dict[str, Any]]:
    """Typical profiles of the 11 groups: a shop's customers as they come, scored by the real scores."""
    people = shop(np.random.default_rng(7), 4000)
    values = (
        people["recency_days"].to_numpy(float),
        people["frequency"].to_numpy(float),
        people["cents"].to_numpy(float),
    )
    r, f, m = (
        rfm.score(column, rfm.edges(column, falling=falling), falling=falling)
        for column, falling in zip(values, (True, False, False), strict=True)
    )
    _, group = rfm.group_of(r, f, m)
    return {str(slug): typical(row_of(rows, people), row_of(people, people)) for slug, rows in people.groupby(group)}


def typical(row: dict[str, float], everyone: dict[str, float]) -> dict[str, Any]:
    """The same shares and ratios in a shop whose averages are those of Online Retail."""
    means = ("recency_days", "frequency", "monetary", "order_value")
    return ALL | row | {name: row[name] / everyone[name] * ALL[name] for name in means}


def shop(random: np.random.Generator, size: int) -> pd.DataFrame:
    """Customers who came at some time in a year, order at their own rate until they leave, and spend as they do."""
    tenure = random.integers(1, 373, size)
    rate = random.gamma(1.0, 1 / 40, size)
    stay = np.minimum(tenure, random.exponential(250, size))
    frequency = 1 + random.poisson(rate * stay)
    last = np.where(frequency > 1, stay * random.beta(frequency, 1), 0)
    cents = frequency * random.lognormal(10.2, 0.7, size)
    return pd.DataFrame(
        {"recency_days": np.maximum(1, tenure - last), "tenure_days": tenure, "frequency": frequency, "cents": cents}
    )


def row_of(rows: pd.DataFrame, people: pd.DataFrame) -> dict[str, float]:
    money, orders = rows["cents"], rows["frequency"]
    return {
        "customers": len(rows), "share": len(rows) / len(people), "revenue_share": money.sum() / people["cents"].sum(),
        "recency_days": rows["recency_days"].mean(), "frequency": orders.mean(), "monetary": money.mean(),
        "order_value": money.sum() / orders.sum(), "one_time_share": (orders == 1).mean(),
        "new_share": (rows["tenure_days"] <= 90).mean(), "active_share": (rows["recency_days"] <= 90).mean(),
    }  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.sampled_from([STEADY, GONE, ABOVE, BEST]), st.floats(0.01, 150), st.sampled_from(["JPY", "EUR", "CHF"]))
def test_money_in_another_currency_gets_the_same_strategies(row: dict[str, Any], rate: float, currency: str) -> None:
    def other(profile: dict[str, Any]) -> dict[str, Any]:
        return profile | {name: profile[name] * rate for name in ("cents", "monetary", "order_value", "price")}

    facts = measures(other(row), other(ALL), region=REGION, currency=currency)
    assert [advice.strategy for advice in advise(facts, CUSTOMERS, 3)] == slugs(row)


@settings(max_examples=50, deadline=None)
@given(
    st.fixed_dictionaries(
        {
            name: st.none() | st.floats(0, 1e6) | st.just(float("nan"))
            for name in ALL
            if name not in ("customers", "share", "top_country")
        }
    ),
    st.integers(1, MOST),
)
def test_any_profile_whatever_is_missing_gets_advice(row: dict[str, Any], most: int) -> None:
    found = advise(measures({"customers": 5, "share": 0.1, **row}, ALL), CUSTOMERS, most)
    assert 1 <= len(found) <= most
    assert all("{" not in advice.reason and "nan" not in advice.reason for advice in found)


@pytest.mark.parametrize("most", [0, 6])
def test_none_or_more_than_five_strategies_cannot_be_asked_for(most: int) -> None:
    with pytest.raises(ParameterError):
        advise(measures(STEADY, ALL), CUSTOMERS, most)


def test_advice_is_sorted_by_score_and_asking_for_fewer_keeps_the_best() -> None:
    found = advise(measures(STEADY, ALL, region=REGION), CUSTOMERS, MOST)
    assert [advice.score for advice in found] == sorted((advice.score for advice in found), reverse=True)
    assert advise(measures(STEADY, ALL, region=REGION), CUSTOMERS, 1) == found[:1]


def test_the_usual_gap_is_the_time_between_first_and_last_order_per_further_order() -> None:
    row = {"customers": 2, "tenure_days": 100.0, "recency_days": 20.0, "frequency": 3.0}
    assert measures(row, row)["gap_days"] == 40


def season(revenue: np.ndarray = REVENUE, months: np.ndarray = MONTHS) -> dict[str, float | str]:
    """Season facts of consecutive full months."""
    values, years, adjusted = peaks.seasonal(revenue.astype(float), months)
    rows = pd.DataFrame({"month": range(1, 13), "label": calendar.month_name[1:], "index": values, "years": years})
    found = peaks.SeasonalIndex(rows, adjusted, bool(years.max() == 1), len(months))
    top = int(np.nanargmax(values))
    share = float(revenue[list(months % 12).index(top)] / revenue.sum()) if np.isfinite(values).all() else None
    names = [calendar.month_name[(top - lead) % 12 + 1] for lead in (0, 2, 1)]
    peak = peaks.Peak(top + 1, names[0], float(values[top]), share, (), None, names[1], names[2], True, found.once)
    return season_facts(found, peak)


def test_online_retail_peaks_in_november_and_prepares_in_september() -> None:
    facts = season()
    assert facts["peak_month"] == "November"
    assert facts["peak_share"] == pytest.approx(0.1381, abs=0.0001)
    assert (facts["low_month"], facts["stock_month"], facts["campaign_month"]) == ("April", "September", "October")


def test_less_than_a_whole_year_has_no_season() -> None:
    assert season(REVENUE[1:], MONTHS[1:]) == {}


def test_the_best_region_has_at_least_five_customers_and_is_a_country() -> None:
    facts = region_facts(COUNTRIES, home_of(COUNTRIES))
    assert (facts["home"], facts["region"], facts["region_customers"]) == ("the United Kingdom", "the Netherlands", 9)
    assert facts["region_ratio"] == pytest.approx((28544634 / 9) / (728502464 / 3920))


def test_a_shop_in_one_country_has_no_region() -> None:
    facts = region_facts(COUNTRIES[:1], "United Kingdom")
    assert "region" not in facts
    assert region_facts(COUNTRIES[:0], home_of(COUNTRIES[:0])) == {}


def test_the_shop_is_told_its_season_and_its_best_country() -> None:
    facts = measures(ALL, ALL, season(), region_facts(COUNTRIES, "United Kingdom"))
    found = {advice.strategy: advice for advice in advise(facts, SHOP, MOST)}
    assert list(found) == ["stock-up", "start-before-peak", "invest-in-region", "fill-quiet-month"]
    assert found["stock-up"].title == "Have the stock in by September"
    assert found["stock-up"].reason == (
        "A day in November sells 1.7 times as much as an average day: 13.8 % of the year's revenue falls in it. "
        "Each month was seen in full only once: a good month, not yet a season."
    )
    assert found["start-before-peak"].title == "Start the campaigns in October"
    assert found["invest-in-region"].reason == (
        "9 customers in the Netherlands spent £31,716 each, those in the United Kingdom £1,858. "
        "They are few: test before you invest."
    )


def test_a_shop_without_season_or_region_keeps_a_calendar() -> None:
    assert Counter(advice.strategy for advice in advise(measures(ALL, ALL), SHOP, MOST)) == {"keep-a-calendar": 1}


def test_advice_survives_being_kept() -> None:
    found = advise(measures(STEADY, ALL, region=REGION), CUSTOMERS, MOST)
    assert codec.loads(codec.dumps(found)) == found


def test_a_playbook_with_another_word_is_another_edition() -> None:
    first, *others = CUSTOMERS.strategies
    changed = Playbook((replace(first, title="Call"), *others))
    assert changed.edition != CUSTOMERS.edition == Playbook(CUSTOMERS.strategies).edition
