"""Who is taken along: filters, counts, pages and files of the same customers."""

import csv
import datetime as dt
import io

import pandas as pd
import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from core.campaigns.audience import Filters
from core.campaigns.ranges import Range, parse
from core.campaigns.rows import COLUMNS
from core.errors import ParameterError
from core.pipeline import AUDIENCE_COLUMNS, Pipeline, View
from core.settings import Settings
from tests.core import logs

FIRST = dt.datetime(2023, 1, 2, 10)
PLACES = ("Germany", "France", "United Kingdom")


def receive(folder, rows):
    pipeline = Pipeline(Settings(home=folder / "home"))
    stored = pipeline.receive(logs.write(folder, logs.text(rows)), name="Little shop")
    return pipeline, View(stored.fingerprint, rules="notebook", k=3, prepare="standard")


def order(number, customer, day, price, country="Germany"):
    date = (FIRST + dt.timedelta(days=day)).isoformat(sep=" ")
    return logs.row(order=number, customer=customer, date=date, quantity=1, price=price, country=country)


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """90 customers; number n orders n % 7 + 1 times, spends more the higher n is, and ties come in threes."""
    rows, number = [], 1000
    for n in range(90):
        for turn in range(n % 7 + 1):
            number += 1
            day = (n * 3 + turn * 31) % 300
            rows.append(order(number, 20000 + n, day, f"{(n // 3 + 1) * 1.25:.2f}", PLACES[n % 3]))
    return receive(tmp_path_factory.mktemp("shop"), rows)


@pytest.fixture(scope="module")
def four(tmp_path_factory):
    """Four customers whose figures are plain to see; the as-of date is the day after the last order, day 100."""
    rows = [
        order(1, 1, 0, "10.00"), order(2, 1, 90, "10.00"),
        order(3, 2, 50, "99.50", "France"),
        order(4, 3, 99, "20.00"), order(5, 3, 99, "20.00", "France"), order(6, 3, 10, "59.50"),
        order(7, 4, 70, "500.00", "United Kingdom"),
    ]  # fmt: skip
    return receive(tmp_path_factory.mktemp("four"), rows)


def everybody(pipeline, view):
    pages, size = [], 17
    for offset in range(0, pipeline.audience(view).customers, size):
        pages.append(pipeline.audience_page(view, offset, size))
    return pd.concat(pages, ignore_index=True)


def csv_rows(pipeline, view):
    text = b"".join(pipeline.audience_csv(view)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def sheet(pipeline, view, folder, name="Customers"):
    pipeline.save_audience(view, folder / "a.xlsx")
    return python_calamine.CalamineWorkbook.from_path(str(folder / "a.xlsx")).get_sheet_by_name(name).to_python()


def test_segments_are_a_partition(shop):
    pipeline, view = shop
    counts = [pipeline.audience(view.but(segments=(s.id,))).customers for s in pipeline.segment_names(view)]
    assert len(counts) == 3
    assert sum(counts) == pipeline.audience(view).customers == 90


def test_groups_are_a_partition(shop):
    pipeline, view = shop
    assert sum(pipeline.audience(view.but(groups=(g.slug,))).customers for g in pipeline.rfm_map(view).groups) == 90


def test_money_of_all_segments_is_the_revenue(shop):
    pipeline, view = shop
    parts = [pipeline.audience(view.but(segments=(s.id,))) for s in pipeline.segment_names(view)]
    assert sum(part.cents for part in parts) == pipeline.tables(view).meta.cents
    assert sum(part.share for part in parts) == pytest.approx(1)


def test_a_choice_shows_the_customers_that_it_then_gives(shop):
    pipeline, view = shop
    view = view.but(recency="..150", segments=(1, 2))
    found = pipeline.audience(view)
    for segment, customers in found.segments.items():
        assert pipeline.audience(view.but(segments=(segment,))).customers == customers
    for group, customers in found.groups.items():
        assert pipeline.audience(view.but(groups=(group,))).customers == customers
    for country, customers in found.countries:
        assert pipeline.audience(view.but(countries=(country,))).customers == customers


def test_each_step_leaves_no_more_than_the_one_before(shop):
    pipeline, view = shop
    view = view.but(countries=("Germany", "France"), segments=(1, 2, 3), groups=("champions", "loyal"), orders="3..")
    found = pipeline.audience(view)
    assert [name for name, _ in found.steps] == ["period", "countries", "segments", "groups", "orders"]
    left = [customers for _, customers in found.steps]
    assert left == sorted(left, reverse=True)
    assert left[-1] == found.customers


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ({"recency": "1..10"}, {"1", "3"}),
        ({"recency": "2..9"}, set()),
        ({"recency": "10"}, {"1"}),
        ({"recency": "50.."}, {"2"}),
        ({"orders": "2..2"}, {"1"}),
        ({"orders": "..1"}, {"2", "4"}),
        ({"spend": "99.50..99.50"}, {"2", "3"}),
        ({"spend": "99.51.."}, {"4"}),
        ({"spend": "..99.49"}, {"1"}),
        ({"spend": "99.5..", "orders": "3.."}, {"3"}),
    ],
)
def test_both_ends_of_a_range_count(four, options, ids):
    pipeline, view = four
    assert {row["customer_id"] for row in csv_rows(pipeline, view.but(**options))} == ids


def test_a_customer_is_in_a_period_with_an_order_there_and_keeps_all_figures(four):
    pipeline, view = four
    rows = csv_rows(pipeline, view.but(period="2023-01"))
    assert [(row["customer_id"], row["orders"], row["spend"]) for row in rows] == [
        ("3", "3", "99.50"),
        ("1", "2", "20.00"),
    ]


def test_a_customer_is_in_every_country_that_they_ordered_from(four):
    pipeline, view = four
    assert {row["customer_id"] for row in csv_rows(pipeline, view.but(countries=("France",)))} == {"2", "3"}
    period = view.but(countries=("France",), period="2023-01")
    assert pipeline.audience(period).customers == 0


def test_figures_of_a_row_are_those_of_the_customer(four):
    pipeline, view = four
    row = next(row for row in csv_rows(pipeline, view) if row["customer_id"] == "3")
    assert row | {"segment": "", "rfm_group": "", "r": "", "f": "", "m": "", "fm": ""} == {
        "customer_id": "3", "segment": "", "rfm_group": "", "r": "", "f": "", "m": "", "fm": "", "recency_days": "1",
        "orders": "3", "spend": "99.50", "average_order": "33.17", "average_price": "33.17", "products": "1",
        "first_order": "2023-01-12", "last_order": "2023-04-11", "country": "Germany",
    }  # fmt: skip


@pytest.mark.parametrize("column", ["", *COLUMNS])
@pytest.mark.parametrize("descending", [True, False])
def test_pages_neither_overlap_nor_leave_anybody_out(shop, column, descending):
    pipeline, view = shop
    whole = pipeline.audience_page(view, 0, 1000, column, descending)
    pages = [pipeline.audience_page(view, offset, 13, column, descending) for offset in range(0, 91, 13)]
    pieced = pd.concat(pages, ignore_index=True)
    assert pieced["customer_id"].tolist() == whole["customer_id"].tolist()
    assert pieced["customer_id"].nunique() == 90
    if column:
        assert pieced[column].is_monotonic_decreasing if descending else pieced[column].is_monotonic_increasing


def test_rows_come_by_spend_falling_and_ties_by_id(shop):
    pipeline, view = shop
    rows = everybody(pipeline, view)
    pairs = [(-spend, int(number)) for spend, number in zip(rows["spend"], rows["customer_id"], strict=True)]
    assert pairs == sorted(pairs)


def test_an_unknown_column_is_refused(shop):
    pipeline, view = shop
    with pytest.raises(ParameterError, match="password"):
        pipeline.audience_page(view, 0, 10, "password")


@settings(max_examples=15, deadline=None)
@given(
    low=st.integers(0, 310), width=st.integers(0, 310), orders=st.integers(1, 8), cents=st.integers(0, 30000),
    places=st.sets(st.sampled_from(PLACES)), segments=st.sets(st.integers(1, 3)),
)  # fmt: skip
def test_count_file_and_table_agree_with_a_plain_filter(shop, low, width, orders, cents, places, segments):
    pipeline, view = shop
    rows = everybody(pipeline, view)
    names = {s.id: s.name for s in pipeline.segment_names(view)}
    wanted = rows[rows["recency_days"].between(low, low + width) & (rows["orders"] >= orders)]
    wanted = wanted[(wanted["spend"] * 100).round() <= cents]
    if places:
        wanted = wanted[wanted["country"].isin(places)]
    if segments:
        wanted = wanted[wanted["segment"].isin([names[i] for i in segments])]
    limits = {"recency": f"{low}..{low + width}", "orders": f"{orders}..", "spend": f"..{cents / 100:.2f}"}
    narrowed = view.but(countries=tuple(sorted(places)), segments=tuple(sorted(segments)), **limits)
    found = pipeline.audience(narrowed)
    assert found.customers == len(wanted)
    assert found.cents == round(wanted["spend"].sum() * 100)
    assert [row["customer_id"] for row in csv_rows(pipeline, narrowed)] == wanted["customer_id"].tolist()


def test_count_csv_and_workbook_hold_the_same_customers(shop, tmp_path):
    pipeline, view = shop
    view = view.but(segments=(1, 2), recency="..200")
    rows, cells = csv_rows(pipeline, view), sheet(pipeline, view, tmp_path)
    assert len(rows) == len(cells) - 1 == pipeline.audience(view).customers > 0
    assert [row["customer_id"] for row in rows] == [cell[0] for cell in cells[1:]]
    assert cells[0] == list(rows[0]) == list(COLUMNS)
    first = dict(zip(cells[0], cells[1], strict=True))
    assert first["spend"] == float(rows[0]["spend"])
    assert first["last_order"] == dt.date.fromisoformat(rows[0]["last_order"])


def test_a_workbook_says_where_it_comes_from(four, tmp_path):
    pipeline, view = four
    said = sheet(pipeline, view.but(countries=("Germany",), spend="50.."), tmp_path, "About")
    facts = {row[0]: row[1] for row in said}
    assert facts["Dataset"] == "Little shop"
    assert facts["Period"] == "2023-01-02 to 2023-04-11"
    assert facts["As-of date"] == "2023-04-12"
    assert facts["Cleaning"] == "as in most notebooks"
    assert facts["Filters"] == "in Germany; spend of at least 50.00 GBP"
    assert facts["Customers"] == "1 of 4"
    assert {column.name for column in AUDIENCE_COLUMNS} <= set(facts)


def test_nobody_gives_a_valid_file_with_a_header(shop, tmp_path):
    pipeline, view = shop
    view = view.but(orders="500..")
    assert pipeline.audience(view).customers == 0
    assert pipeline.audience_page(view, 0, 100).empty
    assert b"".join(pipeline.audience_csv(view)).decode("utf-8-sig") == ",".join(COLUMNS) + "\r\n"
    assert sheet(pipeline, view, tmp_path) == [list(COLUMNS)]


def test_a_shop_with_one_customer_can_still_be_exported(tmp_path):
    pipeline, view = receive(tmp_path, [order(1, 7, 0, "10.00")])
    assert pipeline.audience(view).customers == 1
    assert [(row["customer_id"], row["segment"]) for row in csv_rows(pipeline, view)] == [("7", "")]


def test_a_customer_id_that_looks_like_a_formula_is_disarmed(tmp_path):
    evil = '=HYPERLINK("http://example.com")'
    pipeline, view = receive(tmp_path, [order(1, evil, 0, "10.00"), order(2, "@x", 5, "5.00")])
    assert [row["customer_id"] for row in csv_rows(pipeline, view)] == [f"'{evil}", "'@x"]
    assert [row[0] for row in sheet(pipeline, view, tmp_path)[1:]] == [f"'{evil}", "'@x"]


@pytest.mark.parametrize("text", ["..", "a..b", "9..1", "1.5..", "--1", "1...2", "1..2..3", "١..", "-5..", "9" * 20])
def test_a_range_that_makes_no_sense_is_refused(text):
    with pytest.raises(ParameterError, match="recency"):
        parse("recency", text)


@pytest.mark.parametrize(
    ("text", "limits"),
    [("0..90", Range(0, 90)), ("90..", Range(90, None)), ("..90", Range(None, 90)), ("7", Range(7, 7)), ("", Range())],
)
def test_a_range_has_two_ends_either_may_be_open(text, limits):
    assert parse("recency", text) == limits


def test_money_may_have_cents_and_be_below_nothing():
    assert parse("spend", "-0.5..12.34", money=True) == Range(-50, 1234)
    with pytest.raises(ParameterError):
        parse("spend", "1.234..", money=True)


def test_the_order_of_choices_does_not_matter(shop):
    _, view = shop
    assert Filters.of(view.but(segments=(2, 1))) == Filters.of(view.but(segments=(1, 2)))
