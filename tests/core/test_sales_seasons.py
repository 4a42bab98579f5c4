"""When customers buy: steps of the calendar, hours, the seasonal index and the peak."""

from __future__ import annotations

import calendar
import random
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import ParameterError
from core.sales import peaks
from core.sales.overview import overview
from core.sales.seasonality import GRAINS, hours, seasonality
from tests.core.little_shop import Line, lines_frame, orders_frame, shop
from tests.core.strategies import lines

QUICK = settings(max_examples=25, deadline=None)


def monthly(values: dict[str, int]) -> list[Line]:
    """One order a month, and orders of nothing that stretch the data to whole months."""
    last = pd.Period(max(values), "M")
    edges = [Line("first", 9, f"{min(values)}-01", cents=0), Line("last", 9, str(last.end_time.date()), cents=0)]
    return [*(Line(month, 0, f"{month}-15", cents=cents) for month, cents in values.items()), *edges]


def year_of(year: int, level: int = 1000, **strong: int) -> dict[str, int]:
    return {f"{year}-{m:02}": strong.get(calendar.month_abbr[m].lower(), level) * _days(year, m) for m in range(1, 13)}


def _days(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


@pytest.mark.parametrize(
    ("grain", "start", "end", "label", "steps"),
    [
        ("day", "2011-01-01", "2011-01-01", "Sat 1 Jan 2011", 40),
        ("week", "2010-12-27", "2011-01-02", "Week of 27 Dec 2010", 7),
        ("month", "2011-01-01", "2011-01-31", "Jan 2011", 2),
        ("quarter", "2011-01-01", "2011-03-31", "Q1 2011", 1),
    ],
)
def test_every_step_of_the_span_is_there(
    tmp_path: Path, grain: str, start: str, end: str, label: str, steps: int
) -> None:
    rows = seasonality(shop(tmp_path, [Line("1", 0, "2011-01-01"), Line("2", 1, "2011-02-09")]), grain).rows
    assert len(rows) == steps
    first = rows.iloc[0]
    assert (first["start"], first["end"], first["label"]) == (pd.Timestamp(start), pd.Timestamp(end), label)
    assert (first["revenue"], first["orders"], first["customers"]) == (
        (100, 1, 1) if grain != "quarter" else (200, 2, 2)
    )
    assert rows["revenue"].sum() == 200


def test_there_is_no_other_grain(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="fortnight"):
        seasonality(shop(tmp_path, [Line("1", 0, "2011-01-01")]), "fortnight")


def test_a_step_of_which_the_data_hold_a_part_is_unfinished(tmp_path: Path) -> None:
    rows = seasonality(shop(tmp_path, [Line("1", 0, "2010-12-01"), Line("2", 0, "2011-02-09")]), "month").rows
    assert rows["unfinished"].tolist() == [False, False, True]


def test_a_step_that_the_period_cuts_is_unfinished(tmp_path: Path) -> None:
    log = [Line("1", 0, "2011-01-01"), Line("2", 0, "2011-12-31")]
    rows = seasonality(shop(tmp_path, log, span=("2011-03-10", "2011-05-31")), "month").rows
    assert rows["unfinished"].tolist() == [True, False, False]


def test_an_unfinished_month_stands_beside_the_same_part_of_the_year_before(tmp_path: Path) -> None:
    log = [Line("1", 0, "2010-12-01"), Line("2", 1, "2010-12-09", cents=30), Line("3", 2, "2010-12-10", cents=999),
           Line("4", 0, "2011-12-09")]  # fmt: skip
    rows = seasonality(shop(tmp_path, log), "month").rows
    assert rows["before"].isna().sum() == 12
    assert rows.iloc[-1][["before", "orders_before", "customers_before"]].tolist() == [130, 2, 2]


def test_a_week_stands_beside_that_of_52_weeks_before(tmp_path: Path) -> None:
    log = [Line("1", 0, "2010-12-06"), Line("2", 0, "2010-12-12", cents=30), Line("3", 0, "2011-12-11")]
    rows = seasonality(shop(tmp_path, log), "week").rows
    assert rows.iloc[-1]["label"] == "Week of 5 Dec 2011"
    assert rows.iloc[-1]["before"] == 130


def test_a_day_stands_beside_the_same_weekday(tmp_path: Path) -> None:
    rows = seasonality(shop(tmp_path, [Line("1", 0, "2011-01-03", cents=70), Line("2", 0, "2012-01-02")]), "day").rows
    assert rows.iloc[-1]["before"] == 70
    assert rows["before"].notna().sum() == 1


def test_a_year_before_that_the_data_reach_and_nobody_bought_in_is_zero(tmp_path: Path) -> None:
    rows = seasonality(shop(tmp_path, [Line("1", 0, "2010-01-01"), Line("2", 0, "2012-12-31")]), "quarter").rows
    assert rows["before"].isna().tolist() == [True] * 4 + [False] * 8
    assert rows["before"].iloc[5] == 0


def test_a_leap_day_belongs_to_the_february_before(tmp_path: Path) -> None:
    log = [Line("1", 0, "2012-01-01"), Line("2", 0, "2012-02-29", cents=70), Line("3", 0, "2013-02-28")]
    rows = seasonality(shop(tmp_path, log), "month").rows
    assert rows.iloc[-1]["before"] == 70


def test_the_peak_is_the_step_with_the_largest_revenue(tmp_path: Path) -> None:
    log = [Line("1", 0, "2011-01-01"), Line("2", 0, "2011-02-01", cents=700), Line("3", 0, "2011-03-31")]
    assert seasonality(shop(tmp_path, log), "month").peak == 1


def test_a_period_without_sales_is_all_zero_and_has_no_peak(tmp_path: Path) -> None:
    log = [Line("1", 0, "2011-01-01"), Line("2", 0, "2011-12-01")]
    found = seasonality(shop(tmp_path, log, span=("2011-03-01", "2011-04-30")), "month")
    assert found.rows["revenue"].tolist() == [0, 0]
    assert found.peak is None
    assert not found.has_before


@given(lines(), st.sampled_from(list(GRAINS)))
@QUICK
def test_the_steps_add_up_to_the_overview(
    tmp_path_factory: pytest.TempPathFactory, log: list[Line], grain: str
) -> None:
    source = shop(tmp_path_factory.mktemp("shop"), log)
    rows, figures = seasonality(source, grain).rows, overview(source, None).figures
    assert rows["revenue"].sum() == figures.revenue
    assert rows["orders"].sum() == figures.orders
    assert rows["customers"].sum() >= figures.customers
    assert (rows["start"].iloc[1:].to_numpy() - rows["end"].iloc[:-1].to_numpy() == np.timedelta64(1, "D")).all()


@given(lines())
@QUICK
def test_the_hours_add_up_to_the_overview(tmp_path_factory: pytest.TempPathFactory, log: list[Line]) -> None:
    source = shop(tmp_path_factory.mktemp("shop"), log)
    found, figures = hours(source), overview(source, None).figures
    assert len(found) == 168
    assert (found["revenue"].sum(), found["orders"].sum()) == (figures.revenue, figures.orders)
    orders = orders_frame(lines_frame(log))
    expected = orders[orders["counted"] == 1].groupby(["weekday", "hour"])["customer"].nunique()
    got = found[found["orders"] > 0].set_index(["weekday", "hour"])["customers"]
    assert got.to_dict() == expected.to_dict()


@given(lines(), st.sampled_from(list(GRAINS)))
@QUICK
def test_the_order_of_the_rows_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, log: list[Line], grain: str
) -> None:
    mixed = random.Random(2).sample(log, len(log))
    one, other = (seasonality(shop(tmp_path_factory.mktemp("shop"), rows), grain) for rows in (log, mixed))
    pd.testing.assert_frame_equal(one.rows, other.rows)


def test_months_of_equal_days_have_an_index_of_one(tmp_path: Path) -> None:
    found = peaks.index(shop(tmp_path, monthly(year_of(2011))))
    assert found.rows["index"].to_numpy() == pytest.approx(np.ones(12))
    assert (found.adjusted, found.once, found.full_months) == (False, True, 12)


def test_an_unfinished_month_is_left_out_of_the_index(tmp_path: Path) -> None:
    log = [*monthly(year_of(2011)), Line("late", 0, "2012-01-20", cents=10**9)]
    found = peaks.index(shop(tmp_path, log))
    assert found.full_months == 12
    assert found.rows["index"].max() == pytest.approx(1)


def test_a_calendar_month_that_was_never_seen_has_no_index(tmp_path: Path) -> None:
    found = peaks.index(shop(tmp_path, monthly({"2011-03": 31, "2011-04": 60})))
    assert found.rows["index"].notna().tolist() == [False] * 2 + [True] * 2 + [False] * 8
    assert found.rows["index"][3] == pytest.approx(4 / 3)
    assert found.rows["share"].isna().all()


@pytest.mark.parametrize("growth", [1.0, 1.5])
def test_growth_does_not_look_like_a_season(tmp_path: Path, growth: float) -> None:
    """Sales that rise evenly for three years have no season, though December is the largest month of each year."""
    months = pd.period_range("2010-01", "2012-12", freq="M")
    values = {str(m): int(_days(m.year, m.month) * (10_000 + 1_000 * growth * n)) for n, m in enumerate(months)}
    found = peaks.index(shop(tmp_path, monthly(values)))
    assert found.adjusted
    assert found.rows["years"].tolist() == [2] * 12
    assert found.rows["index"].to_numpy() == pytest.approx(np.ones(12), abs=0.005)
    peak = peaks.peak(shop(tmp_path, monthly(values)))
    assert peak is not None
    assert not peak.marked


def test_the_season_is_found_again_under_growth(tmp_path: Path) -> None:
    factors = np.array([0.8, 0.7, 0.9, 0.9, 1.0, 1.0, 0.9, 0.9, 1.1, 1.2, 1.6, 1.0])
    months = pd.period_range("2009-01", "2012-12", freq="M")
    values = {str(m): int(_days(m.year, m.month) * (10_000 + 100 * n) * factors[n % 12]) for n, m in enumerate(months)}
    found = peaks.index(shop(tmp_path, monthly(values)))
    assert found.rows["index"].to_numpy() == pytest.approx(factors, abs=0.02)


def test_the_peak_says_when_to_plan(tmp_path: Path) -> None:
    peak = peaks.peak(shop(tmp_path, monthly(year_of(2011, oct=1500, nov=3000, dec=2000))))
    assert peak is not None
    assert (peak.label, peak.stock_by, peak.campaign_by) == ("November", "September", "October")
    assert peak.run == ("October", "November", "December")
    assert peak.share == pytest.approx(90_000 / sum(year_of(2011, oct=1500, nov=3000, dec=2000).values()))
    assert (peak.marked, peak.once) == (True, True)


def test_a_peak_in_january_is_planned_in_the_year_before(tmp_path: Path) -> None:
    peak = peaks.peak(shop(tmp_path, monthly(year_of(2011, jan=3000, dec=2000))))
    assert peak is not None
    assert (peak.label, peak.stock_by, peak.campaign_by) == ("January", "November", "December")
    assert peak.run in [("November", "December", "January"), ("December", "January", "February")]


def test_some_weeks_of_data_have_no_peak(tmp_path: Path) -> None:
    assert peaks.peak(shop(tmp_path, [Line("1", 0, "2011-01-05"), Line("2", 0, "2011-01-25")])) is None
