"""Periods in words, and what they are compared with."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import ParameterError
from core.periods import DAY, Span, check_period, compare, resolve, unfinished_month, year_before

RETAIL = Span(dt.date(2010, 12, 1), dt.date(2011, 12, 9))
THREE_YEARS = Span(dt.date(2010, 1, 1), dt.date(2012, 12, 31))


def span(text: str) -> Span:
    start, end = text.split("..")
    return Span(dt.date.fromisoformat(start), dt.date.fromisoformat(end))


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("all", "2010-12-01..2011-12-09"),
        ("2011", "2011-01-01..2011-12-31"),
        ("2011-Q1", "2011-01-01..2011-03-31"),
        ("2011-Q4", "2011-10-01..2011-12-31"),
        ("2012-02", "2012-02-01..2012-02-29"),
        ("last-1", "2011-12-09..2011-12-09"),
        ("last-90", "2011-09-11..2011-12-09"),
        ("2011-01-05..2011-01-05", "2011-01-05..2011-01-05"),
    ],
)
def test_a_period_means_these_days(text: str, dates: str) -> None:
    assert resolve(text, RETAIL) == span(dates)


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "2011-Q5", "2011-13", "2011-00", "0000", "last-0", "last-", "last-9999999", "last--3",
     "2011-02-30..2011-03-01", "2011-03-01..2011-02-01", "2011-1", "2011 ", "ALL", "2011-01-01.."],
)  # fmt: skip
def test_what_is_no_period_is_refused_with_the_forms_that_are(text: str) -> None:
    with pytest.raises(ParameterError) as refused:
        check_period(text)
    assert "2011-Q3" in refused.value.hint


@given(st.text(max_size=25))
@settings(max_examples=200, deadline=None)
def test_any_text_is_a_period_or_a_parameter_error(text: str) -> None:
    with contextlib.suppress(ParameterError):
        assert resolve(text, RETAIL).days >= 1


def test_everything_is_compared_by_its_last_six_full_months() -> None:
    found = compare("all", "before", RETAIL)
    assert found is not None
    assert (found.current, found.base) == (span("2011-06-01..2011-11-30"), span("2010-12-01..2011-05-31"))


def test_everything_against_the_year_before_needs_two_full_years() -> None:
    assert compare("all", "year", RETAIL) is None
    found = compare("all", "year", THREE_YEARS)
    assert found is not None
    assert (found.current, found.base) == (span("2012-01-01..2012-12-31"), span("2011-01-01..2011-12-31"))


def test_a_short_log_is_compared_by_fewer_months() -> None:
    found = compare("all", "before", span("2011-01-10..2011-05-05"))
    assert found is not None
    assert (found.current, found.base) == (span("2011-04-01..2011-04-30"), span("2011-03-01..2011-03-31"))


def test_within_one_month_there_is_nothing_to_compare() -> None:
    assert compare("all", "before", span("2011-01-03..2011-01-20")) is None


@pytest.mark.parametrize(
    ("text", "how", "current", "base"),
    [
        ("2011", "before", "2011-01-01..2011-12-31", "2010-01-01..2010-12-31"),
        ("2011-Q1", "before", "2011-01-01..2011-03-31", "2010-10-01..2010-12-31"),
        ("2012-03", "before", "2012-03-01..2012-03-31", "2012-02-01..2012-02-29"),
        ("2011-03", "year", "2011-03-01..2011-03-31", "2010-03-01..2010-03-31"),
        ("2012-02", "year", "2012-02-01..2012-02-29", "2011-02-01..2011-02-28"),
        ("last-30", "before", "2012-12-02..2012-12-31", "2012-11-02..2012-12-01"),
        ("2012-02-10..2012-02-29", "year", "2012-02-10..2012-02-29", "2011-02-10..2011-02-28"),
    ],
)
def test_a_period_is_compared_with_these_days(text: str, how: str, current: str, base: str) -> None:
    found = compare(text, how, THREE_YEARS)
    assert found is not None
    assert (str(found.current), str(found.base)) == (current, base)


def test_an_unfinished_period_is_compared_with_as_many_days() -> None:
    found = compare("2011-12", "before", RETAIL)
    assert found is not None
    assert (str(found.current), str(found.base)) == ("2011-12-01..2011-12-09", "2011-11-01..2011-11-09")


def test_an_unfinished_month_is_never_compared_with_more_than_the_month_before() -> None:
    found = compare("2011-03", "before", span("2011-01-01..2011-03-30"))
    assert found is not None
    assert str(found.base) == "2011-02-01..2011-02-28"


@pytest.mark.parametrize(
    ("text", "how"), [("2010-12", "before"), ("last-300", "before"), ("2011-06", "year"), ("2013", "before")]
)
def test_nothing_is_compared_with_days_before_the_data(text: str, how: str) -> None:
    assert compare(text, how, RETAIL) is None


def test_whole_months_stay_whole_a_year_before_a_leap_year_and_after() -> None:
    assert year_before(span("2013-01-01..2013-02-28")) == span("2012-01-01..2012-02-29")
    assert year_before(span("2012-02-29..2012-02-29")) == span("2011-02-28..2011-02-28")


def test_the_month_in_which_the_data_stop_is_named() -> None:
    assert unfinished_month(RETAIL, RETAIL) == "Dec, to 9th"
    assert unfinished_month(span("2011-01-01..2011-06-30"), RETAIL) == ""
    assert unfinished_month(THREE_YEARS, THREE_YEARS) == ""


@given(st.dates(dt.date(2009, 1, 1), dt.date(2013, 1, 1)), st.integers(0, 1500),
       st.sampled_from(["all", "2010", "2011-Q2", "2012-02", "last-45", "2011-05-03..2011-09-09"]),
       st.sampled_from(["before", "year"]))  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_both_sides_of_a_comparison_lie_in_the_data(start: dt.date, days: int, text: str, how: str) -> None:
    data = Span(start, start + days * DAY)
    found = compare(text, how, data)
    if found is not None:
        assert data.start <= found.base.start <= found.base.end <= data.end
        assert data.start <= found.current.start <= found.current.end <= data.end
        assert found.base.start < found.current.start
