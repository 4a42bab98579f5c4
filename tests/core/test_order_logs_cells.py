"""Numbers and moments as the world writes them: each column is read one way, and what cannot be read is no number."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError, ParameterError
from core.intake.cells import Cells, decimals
from core.intake.dates import Dates, clock, decide, form_of
from core.intake.formats.source import Source
from core.warehouse import engine
from tests.core.order_logs import log


def value(expression: str, cell: str) -> object:
    with engine.open_cursor() as cursor:
        return cursor.execute(f"select {expression} from (select $1 as c0)", [cell]).fetchall()[0][0]


@pytest.mark.parametrize(
    ("cell", "number"),
    [("12.50", 12.5), ("1,234.56", 1234.56), ("1,234", 1234), ("1,23,456.7", 123456.7), ("$5.50", 5.5),
     ("£1,000", 1000), ("(12.50)", -12.5), ("($12.50)", -12.5), ("12.50-", -12.5), ("-$3", -3), ("$-3", -3),
     ("− 3", -3), ("US$ 7.00", 7), ("7.00 USD", 7), ("CHF 1'234.50", 1234.5), ("Rs.1,200", 1200), ("25%", 0.25),
     ("1 234.5", 1234.5), (" 8 ", 8), ("1e3", 1000), (".5", 0.5), ("####", None), ("", None), ("x", None), ("-", None),
     ("1.2.3", None), ("12 to 15", None), ("2024-01-02", None), ("1,2", None)],
)  # fmt: skip
def test_numbers_with_a_decimal_point(cell, number):
    assert value(Cells().number("c0"), cell) == number


@pytest.mark.parametrize(
    ("cell", "number"),
    [("1.234,56", 1234.56), ("12,5", 12.5), ("R$ 1.234,56", 1234.56), ("1\u202f234,56\u00a0€", 1234.56),
     ("1.234", 1234), ("€ -5,50", -5.5), ("5,50-", -5.5), ("(5,50 €)", -5.5), ("1'234,5", 1234.5), ("0,99 kr.", 0.99),
     ("12.5", None), ("1.234.567", 1234567), ("10 %", 0.1), ("7", 7)],
)  # fmt: skip
def test_numbers_with_a_decimal_comma(cell, number):
    assert value(Cells(comma=True).number("c0"), cell) == number


def mark(*cells: str, delimiter: str = ",") -> bool:
    source = Source(None, "x.csv", delimiter=delimiter, columns=("price",), sample=tuple((c,) for c in cells))  # type: ignore[arg-type]
    with engine.open_cursor() as cursor:
        cursor.execute("create temp table cells as select unnest($1) as c0", [list(cells)])

        def query(sql: str) -> tuple:
            return cursor.execute(sql[: sql.index(" from ")] + " from cells").fetchall()[0]

        return decimals(source, [0], query).comma


@pytest.mark.parametrize(
    ("cells", "comma"),
    [(["1,5"], True), (["1.5"], False), (["1.234,56"], True), (["1,234.56"], False), (["1.234.567"], True),
     (["1,234,567"], False), (["0,125"], True), (["1234,567"], True), (["12", "13"], False), (["1,234"], False),
     (["12,50 €", "1.000"], True)],
)  # fmt: skip
def test_the_decimal_mark_is_the_one_that_some_number_must_have(cells, comma):
    assert mark(*cells, *["7"] * 5) == comma


def test_among_semicolons_a_group_of_three_after_a_point_is_a_thousand():
    assert mark("1.234", "7", delimiter=";")


def test_both_decimal_marks_in_one_column_are_refused():
    with pytest.raises(InputError, match=r"mixes decimal commas \(1 rows\) and decimal points \(2 rows\)"):
        mark("1,5", "1.5", "2.5")


def test_an_answer_decides_the_decimal_mark():
    rows = [("1", "a", "2024-03-01", 1, "1,234"), ("2", "b", "2024-03-02", 1, "1,500")]
    assert log("order customer date quantity price", rows, decimal="comma").raw()["cents"].tolist() == [123, 150]
    assert log("order customer date quantity price", rows, decimal="point").raw()["cents"].tolist() == [123400, 150000]


@settings(max_examples=60, deadline=None)
@given(
    st.decimals(-(10**9), 10**9, places=2), st.booleans(), st.sampled_from(["{}", "€ {}", "{} €", "R$ {}", "{} USD"])
)
def test_every_amount_is_read_back_as_it_was_written(amount, comma, around):
    text = f"{amount:,.2f}"
    text = around.format(text.translate(str.maketrans(",.", ".,")) if comma else text)
    assert value(Cells(comma=comma).number("c0"), text) == pytest.approx(float(amount))


MOMENT = dt.datetime(2012, 9, 4, 13, 28)


@pytest.mark.parametrize(
    ("form", "cell"),
    [("iso", "2012-09-04 13:28"), ("iso", "2012-09-04T13:28:00.000Z"), ("iso", "2012-09-04 13:28:00 +0000"),
     ("iso", "2012/9/4 1:28 PM"), ("iso", "2012/09/04 1:28:00 PM GMT+5:30"), ("iso", "2012.09.04 13:28"),
     ("dmy", "04/09/2012 13:28"), ("dmy", "4.9.12 13:28"), ("dmy", "04-09-2012, 13:28:00"), ("dmy", "04/09/2012 13h28"),
     ("mdy", "9/4/12 1:28 PM"), ("mdy", "09/04/2012 01:28:00 p.m."), ("named", "4-Sep-12 13:28"),
     ("named", "Sep 4, 2012 1:28 PM"), ("named", "Sep 4, 2012 at 1:28 PM"), ("named", "04 September 2012 13:28"),
     ("named", "Tue, 4 Sep 2012 13:28:00 GMT"), ("named", "4. September 2012 13:28 Uhr"),
     ("named", "4 de setembro de 2012 13:28"), ("named", "4 de septiembre de 2012 13:28"),
     ("named", "4 sept. 2012 13:28"),
     ("named", "September 4th, 2012 1:28pm"), ("named", "2012-Sep-04 13:28"), ("named", "Tue Sep 04 2012 13:28:00"),
     ("compact", "20120904 132800"), ("compact", "20120904132800"), ("serial", "41156.561111111"),
     ("seconds", "1346765280"), ("millis", "1346765280000"), ("micros", "1346765280000000")],
)  # fmt: skip
def test_moments_in_every_form(form, cell):
    assert form_of([cell]) == ("numeric" if form in ("dmy", "mdy") else form)
    assert value(Dates(form).moment("c0"), cell) == MOMENT


@pytest.mark.parametrize(
    ("name", "month"),
    [("Jan", 1), ("janvier", 1), ("enero", 1), ("Févr.", 2), ("März", 3), ("mars", 3), ("avril", 4), ("abril", 4),
     ("Mai", 5), ("mayo", 5), ("juin", 6), ("junho", 6), ("juillet", 7), ("julio", 7), ("août", 8), ("agosto", 8),
     ("setembro", 9), ("Oktober", 10), ("outubro", 10), ("Nov", 11), ("Dezember", 12), ("décembre", 12),
     ("diciembre", 12)],
)  # fmt: skip
def test_months_by_name_in_several_languages(name, month):
    assert value(Dates("named").moment("c0"), f"3 {name} 2021") == dt.datetime(2021, month, 3)


@pytest.mark.parametrize(
    ("form", "cell"),
    [("dmy", "31/02/2012"), ("dmy", "12/31/2012"), ("named", "4 Foo 2012"), ("compact", "20121301"), ("serial", "7"),
     ("iso", "0009-12-09"), ("iso", "infinity"), ("seconds", "soon")],
)  # fmt: skip
def test_what_is_no_moment_is_not_guessed(form, cell):
    assert value(Dates(form).moment("c0"), cell) is None


@pytest.mark.parametrize(
    ("cell", "seconds"), [("13:28", 48480), ("1:28:30 PM", 48510), ("12:05 am", 300), ("0.5", 43200), ("soon", None)]
)
def test_times_of_day_in_a_column_of_their_own(cell, seconds):
    found = value(clock("c0"), cell)
    assert (found.total_seconds() if found is not None else None) == seconds


def moments(*cells: str, **said: str) -> list[dt.datetime]:
    made = log("order customer date total", [(i, f"c{i}", cell, "1") for i, cell in enumerate(cells)], **said)
    return list(made.raw()["ts"].dt.to_pydatetime())


def test_one_offset_or_two_of_summer_and_winter_are_the_clock_of_the_shop():
    assert moments("2024-05-01T23:30:00-0400", "2024-05-02T10:00:00-0400")[0] == dt.datetime(2024, 5, 1, 23, 30)
    assert moments("2024-05-01T23:30:00+02:00", "2024-12-01T10:00:00+01:00")[0] == dt.datetime(2024, 5, 1, 23, 30)


def test_offsets_of_several_places_are_put_on_one_clock():
    found = moments("2024-05-01T23:30:00-04:00", "2024-05-02T10:00:00+09:00")
    assert found == [dt.datetime(2024, 5, 2, 3, 30), dt.datetime(2024, 5, 2, 1)]


def test_a_time_zone_that_is_asked_for_is_the_clock_of_all():
    found = moments("2024-07-01T22:30:00Z", "2024-12-01T22:30:00Z", time_zone="Europe/Berlin")
    assert found == [dt.datetime(2024, 7, 2, 0, 30), dt.datetime(2024, 12, 1, 23, 30)]
    made = log("order customer date total", [("1", "a", "2024-07-01T22:30:00Z", "1")], time_zone="Europe/Berlin")
    assert made.note("Time zone")[0] == "Europe/Berlin"
    assert str(made.tables().meta.first_day) == "2024-07-02"


def test_an_unknown_time_zone_is_refused():
    with pytest.raises(ParameterError, match="Nowhere/Land"):
        moments("2024-07-01T22:30:00Z", "2024-07-01T22:30:00Z", time_zone="Nowhere/Land")


def test_day_and_time_in_two_columns_are_one_moment():
    rows = [("1", "a", "03/14/2024", "1:05 PM", "1"), ("2", "b", "03/15/2024", "", "1")]
    made = log("order customer date time total", rows)
    assert list(made.raw()["ts"].dt.to_pydatetime()) == [dt.datetime(2024, 3, 14, 13, 5), dt.datetime(2024, 3, 15)]


def test_a_form_that_nothing_has_is_iso():
    source = Source(None, "x.csv", columns=("d",), sample=(("soon",),))  # type: ignore[arg-type]
    assert decide(source, 0, lambda sql: ()).form == "iso"
