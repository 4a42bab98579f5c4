"""One customer's orders as a picture, and the words beside it."""

import datetime as dt
from types import SimpleNamespace as Told

import pandas as pd
import pytest

from dashboard.figures import customers, timeline
from dashboard.theme import DARK, LIGHT

AS_OF = dt.datetime(2024, 12, 31)


def past(kinds=("order", "return", "order"), days=("2024-01-03", "2024-02-01", "2024-03-13"), gap=70.0, since=293):
    cents = [-500 if kind == "return" else 1000 for kind in kinds]
    ts = pd.to_datetime(list(days))
    orders = pd.DataFrame(
        {
            "order_id": [f"{n}<b>" for n in range(len(kinds))], "ts": ts, "day": [d.toordinal() for d in ts],
            "cents": cents, "items": [2.0] * len(kinds), "lines": [1] * len(kinds), "kind": list(kinds),
            "country": ["EIRE"] * len(kinds), "sum_cents": pd.Series(cents).cumsum(),
            "gap": [float("nan")] * len(kinds),
            "month": [d.year * 12 + d.month - 1 for d in ts],
        }
    )  # fmt: skip
    months = pd.DataFrame({"month": [24288, 24289, 24290], "cents": [1000, -500, 1000], "orders": [1, 0, 1]})
    count = kinds.count("order")
    return Told(orders=orders, months=months, count=count, taken_back=len(kinds) - count, gap=gap, since=since,
                start=dt.date(2024, 1, 1), as_of=AS_OF)  # fmt: skip


def test_every_entry_is_a_bar_at_its_own_date_and_returns_point_down():
    bars = timeline.chart(past(), LIGHT, "GBP").data[0]
    assert list(bars.y) == [10.0, -5.0, 10.0]
    assert list(bars.marker.pattern.shape) == ["", "/", ""]


def test_order_numbers_are_text_and_no_tags():
    bars = timeline.chart(past(), LIGHT, "GBP").data[0]
    assert "0&lt;b&gt;" in bars.customdata[0][0]


def test_a_long_silence_is_told_in_the_picture():
    figure = timeline.chart(past(), DARK, "GBP")
    assert any("293 days without an order" in note.text for note in figure.layout.annotations)
    assert not timeline.chart(past(since=5), DARK, "GBP").layout.annotations


def test_months_and_the_sum_so_far_are_other_pictures_of_the_same():
    assert list(timeline.chart(past(), LIGHT, "GBP", how="months").data[0].y) == [10.0, -5.0, 10.0]
    total = timeline.chart(past(), LIGHT, "GBP", how="total").data[0]
    assert list(total.y) == [10.0, 5.0, 15.0, 15.0]
    assert total.line.shape == "hv"


def test_without_money_items_are_drawn():
    figure = timeline.chart(past(), LIGHT, "", money=False)
    assert list(figure.data[0].y) == [2.0, 2.0, 2.0]
    assert figure.layout.yaxis.title.text == "An order, items"


def test_the_axis_names_the_unit():
    assert timeline.chart(past(), LIGHT, "GBP").layout.yaxis.title.text == "An order, £"


def test_nobody_without_orders_breaks_the_picture():
    nothing = past(kinds=(), days=())
    assert "No orders" in timeline.chart(nothing, LIGHT, "GBP").layout.annotations[0].text
    assert timeline.sentence(nothing, "GBP") == "No orders."


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (past(), "Two orders on two days; the last one 293 days ago"),
        (past(kinds=("order",), days=("2024-05-01",), since=1), "One order, a day ago"),
        (past(kinds=("return",), days=("2024-05-01",)), "No order counts: what was bought was taken back"),
        (
            past(kinds=("order",) * 3, days=("2024-01-01", "2024-01-11", "2024-01-21"), gap=10.0),
            "Three orders, every 10 days or so; the last one 293 days ago",
        ),
    ],
)
def test_the_headline_says_how_often_and_when_last(told, said):
    assert timeline.headline(told) == said


def test_the_sentence_holds_the_sum_and_what_does_not_count():
    said = timeline.sentence(past(), "GBP")
    assert "£15.00 in all" in said
    assert "one entry cancelled, returned or free" in said


def test_what_is_taken_along_is_in_units_and_newest_first():
    listed = timeline.listing(past())
    assert listed["amount"].tolist() == [10.0, -5.0, 10.0]
    assert listed["date"].iloc[0].startswith("2024-03-13")
    assert "amount" not in timeline.listing(past(), money=False)


def test_the_headline_of_the_features_names_the_strongest():
    rows = pd.DataFrame({"label": ["Orders", "Spend"], "pull": [1.0, -3.0]})
    assert customers.headline(rows, "Champions", "Newcomers") == "The strongest sign points to Newcomers: spend"
    assert customers.headline(rows.head(1), "Champions", "Newcomers") == "The strongest reason for Champions: orders"
