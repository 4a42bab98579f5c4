"""Dates are read one way for the whole column, and asked about where the column cannot say."""

import datetime as dt
from pathlib import Path

import pytest

from core.errors import InputError, ParameterError
from core.intake import arrival
from core.warehouse import engine
from core.warehouse.store import Dataset, Store
from tests.core.logs import SAID, row, text, write


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "home")


def receive(store: Store, tmp_path: Path, *dates: str, order: str = "", zone: str = "") -> Dataset:
    rows = [row(order=i, date=date) for i, date in enumerate(dates)]
    return arrival.receive(write(tmp_path, text(rows)), store, answers=SAID.but(date_order=order, time_zone=zone))


def moments(store: Store, dataset: Dataset) -> list[dt.datetime]:
    return list(engine.collect(engine.scan(store.raw(dataset.fingerprint)))["ts"].dt.to_pydatetime())


def test_hours_told_by_am_and_pm_are_read_where_the_year_stands_first(store, tmp_path):
    found = moments(store, receive(store, tmp_path, "2011-12-09 01:02 PM", "2011-12-09 12:30 AM"))
    assert found == [dt.datetime(2011, 12, 9, 13, 2), dt.datetime(2011, 12, 9, 0, 30)]


@pytest.mark.parametrize(
    "date", ["2011-12-09 12:50:00", "2011-12-09T12:50", " 2011-12-09 12:50 ", "2011/12/9 12:50", "2011-12-09 12:50:00Z"]
)
def test_iso_dates_in_all_their_forms(store, tmp_path, date):
    assert moments(store, receive(store, tmp_path, date)) == [dt.datetime(2011, 12, 9, 12, 50)]


@pytest.mark.parametrize(
    ("late", "order"),
    [("12/31/2010 8:26", "month-day-year"), ("12/31/10 8:26", "month-day-year"),
     ("12/31/2010 8:26 AM", "month-day-year"), ("31/12/2010 8:26", "day-month-year"),
     ("31.12.2010 08:26", "day-month-year"),
     ("31-12-2010 08:26:00", "day-month-year")],
)  # fmt: skip
def test_one_telling_value_decides_for_the_whole_column(store, tmp_path, late, order):
    early = late.replace("31", "01").replace("12", "02")
    dataset = receive(store, tmp_path, *[early] * 1500, late)
    assert next(found for what, found, _ in dataset.notes if what == "Dates") == order
    found = moments(store, dataset)
    assert found[-1] == dt.datetime(2010, 12, 31, 8, 26)
    assert set(found[:-1]) == {dt.datetime(2010, 2, 1, 8, 26)}


def test_dates_that_can_be_read_both_ways_are_asked_about(store, tmp_path):
    with pytest.raises(
        InputError, match=r"InvoiceDate can be read day first or month first \(3/4/2011\).*--date-order"
    ):
        receive(store, tmp_path, "3/4/2011", "5/6/2011")
    assert store.all() == []


@pytest.mark.parametrize(("order", "month"), [("dmy", 4), ("mdy", 3)])
def test_the_answer_is_taken(store, tmp_path, order, month):
    found = moments(store, receive(store, tmp_path, "3/4/2011", order=order))
    assert found == [dt.datetime(2011, month, 7 - month)]


def test_both_answers_can_be_stored_side_by_side(store, tmp_path):
    receive(store, tmp_path, "3/4/2011", order="dmy")
    receive(store, tmp_path, "3/4/2011", order="mdy")
    assert len(store.all()) == 2


def test_dates_with_points_are_day_first_unless_they_cannot_be(store, tmp_path):
    assert moments(store, receive(store, tmp_path, "03.04.2011")) == [dt.datetime(2011, 4, 3)]
    assert moments(store, receive(store, tmp_path, "03.14.2011")) == [dt.datetime(2011, 3, 14)]


def test_an_answer_that_the_column_contradicts_is_refused(store, tmp_path):
    with pytest.raises(InputError, match="cannot be month-day-year"):
        receive(store, tmp_path, "31/12/2011", order="mdy")


def test_a_column_that_mixes_both_orders_is_refused(store, tmp_path):
    with pytest.raises(InputError, match="InvoiceDate mixes"):
        receive(store, tmp_path, "31/12/2011", "12/31/2011")


def test_a_stray_date_in_the_other_order_is_not_readable_rather_than_turned_round(store, tmp_path):
    dataset = receive(store, tmp_path, *["31/12/2010"] * 200, "12/31/2010")
    receipt = arrival.tables(store, dataset.fingerprint, "net").meta.receipt
    assert [entry.rows for entry in receipt.entries if entry.rule == "unreadable"] == [1]


def test_an_unknown_date_order_is_refused(store, tmp_path):
    with pytest.raises(ParameterError, match="'ydm' is unknown"):
        receive(store, tmp_path, "31/12/2011", order="ydm")


@pytest.mark.parametrize("dates", [("soon", "later"), ("2011-02-30", "2011-13-01"), ("40/40/2011",), ("",)])
def test_a_column_without_any_date_is_refused_by_name(store, tmp_path, dates):
    with pytest.raises(InputError, match="InvoiceDate"):
        receive(store, tmp_path, *dates)
    assert store.all() == []


def test_single_dates_that_do_not_parse_are_counted_and_not_guessed(store, tmp_path):
    dataset = receive(store, tmp_path, "2011-12-09", "2011-02-30", "infinity", "0009-12-09", "9999-12-31", "9/12/2011")
    receipt = arrival.tables(store, dataset.fingerprint, "net").meta.receipt
    assert [entry.rows for entry in receipt.entries if entry.rule == "unreadable"] == [5]
    assert receipt.adds_up
