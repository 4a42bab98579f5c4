"""Categories and channels of an order log: kept where the file has them, and nothing else changes."""

from __future__ import annotations

import pandas as pd
import pytest

from core.intake import appending, joining
from core.intake.answers import Answers
from core.intake.arrival import receive, tables
from core.warehouse import engine
from tests.core.logs import text, write
from tests.core.order_logs import Log, log

COLUMNS = "order customer date code category channel quantity price"
PLAIN = ["order_id", "code", "description", "quantity", "ts", "price", "customer_id", "country", "day", "month",
         "cents", "others"]  # fmt: skip
ROWS = [
    ("1", "a", "2024-03-01 10:00:00", "MUG", " Kitchen ", "web", 1, "10.00"),
    ("1", "a", "2024-03-01 10:00:00", "TEA", "Food", "web", 2, "5.00"),
    ("1", "a", "2024-03-01 10:00:00", "CUP", "", "shop", 1, "4.00"),
    ("2", "b", "2024-03-02 10:00:00", "MUG", "Gifts", "shop", 1, "10.00"),
    ("2", "b", "2024-03-02 10:00:00", "TEA", "Food", "app", 1, "5.00"),
    ("3", "c", "2024-03-03 10:00:00", "MUG", "Kitchen", "n/a", 3, "10.00"),
    ("4", "c", "2024-03-04 10:00:00", "PEN", "Office", "web", 1, "1.00"),
    ("4", "c", "2024-03-05 10:00:00", "PEN", "Desk", "web", 1, "1.00"),
]


def said(made: Log, table: str, key: str, column: str) -> dict[str, object]:
    """One column of a cleaned table by another."""
    frame = made.frame(table).set_index(key)[column]
    return dict(frame.astype(object).where(frame.notna(), None))


def without(*names: str) -> tuple[str, list[tuple[object, ...]]]:
    """The same log without these columns."""
    kept = [place for place, name in enumerate(COLUMNS.split()) if name not in names]
    return " ".join(COLUMNS.split()[place] for place in kept), [tuple(row[place] for place in kept) for row in ROWS]


def test_lines_keep_the_category_and_channel_that_the_file_gives_them():
    raw = log(COLUMNS, ROWS).raw()
    assert raw["category"].tolist()[:2] == ["Kitchen", "Food"]
    assert raw["category"].isna().tolist() == [False, False, True, False, False, False, False, False]
    assert raw["channel"].isna().tolist() == [False] * 5 + [True, False, False]


def test_a_product_has_the_category_of_most_of_its_lines_and_of_equally_many_the_first_by_name():
    assert said(log(COLUMNS, ROWS), "products", "code", "category") == {
        "MUG": "Kitchen", "TEA": "Food", "CUP": None, "PEN": "Desk",
    }  # fmt: skip


def test_an_order_has_the_channel_of_most_of_its_lines_and_of_equally_many_the_first_by_name():
    made = log(COLUMNS, ROWS)
    assert said(made, "orders", "order_id", "channel") == {"1": "web", "2": "app", "3": None, "4": "web"}
    assert (made.tables().meta.has_categories, made.tables().meta.has_channels) == (True, True)


def test_a_log_without_them_is_stored_and_cleaned_as_ever():
    columns, rows = without("category", "channel")
    made = log(columns, rows)
    assert list(made.raw().columns) == PLAIN
    assert list(made.frame("products").columns) == ["code", "name", "product"]
    assert "channel" not in [*made.frame("orders").columns, *made.frame("lines").columns]
    assert (made.tables().meta.has_categories, made.tables().meta.has_channels) == (False, False)


@pytest.mark.parametrize(("left", "other"), [("category", "channel"), ("channel", "category")])
def test_either_may_stand_alone(left, other):
    columns, rows = without(other)
    made = log(columns, rows)
    assert list(made.raw().columns) == [*PLAIN, left]
    assert getattr(made.tables().meta, {"category": "has_categories", "channel": "has_channels"}[left])


def test_keeping_them_changes_no_other_figure():
    bare = log(*without("category", "channel"))
    assert log(COLUMNS, ROWS).figures() == bare.figures()
    whole = log(COLUMNS, ROWS).frame("orders").drop(columns="channel")
    pd.testing.assert_frame_equal(whole, bare.frame("orders"))


def test_rows_that_differ_in_their_category_alone_repeat_nothing():
    more = [*ROWS, (*ROWS[0][:4], "Gifts", *ROWS[0][5:]), ROWS[1]]
    assert log(COLUMNS, more).taken() == {"duplicate": 1}


def test_one_channel_alone_is_nothing_to_compare():
    made = log(COLUMNS, [(*row[:4], "Food", "web", *row[6:]) for row in ROWS])
    assert (made.tables().meta.has_categories, made.tables().meta.has_channels) == (False, False)


def test_a_channel_on_the_first_line_of_an_order_holds_for_all_of_it():
    rows = []
    for order in range(1, 5):
        rows += [(order, f"c{order}", f"2024-03-0{order} 10:00:00", "A", "web" if order % 2 else "shop", 1, "9.00")]
        rows += [(order, "", "", code, "", 1, "5.00") for code in "BC"]
    made = log("order customer date code channel quantity price", rows)
    assert made.raw()["channel"].tolist() == [*["web"] * 3, *["shop"] * 3] * 2


def test_a_refund_stands_in_the_channel_of_its_order():
    rows = [
        ("1", "a", "2024-03-01", "A", "web", 1, "10.00", "4.00"),
        ("2", "b", "2024-03-02", "A", "app", 1, "9.00", ""),
    ]
    raw = log("order customer date code channel quantity price refund", rows).raw()
    assert raw.loc[raw["code"] == "REFUND", "channel"].tolist() == ["web"]


def test_where_lines_name_no_product_categories_stand_in_for_them():
    rows = [(str(n), f"c{n % 3}", f"2024-03-{n:02}", ("Food", "Toys", "")[n % 3], 1, "10.00") for n in range(1, 13)]
    made = log("order customer date category quantity price", rows)
    assert said(made, "products", "code", "category") == {"": None, "Food": "Food", "Toys": "Toys"}
    assert not made.tables().meta.has_products
    assert made.figures() == (120.0, 12, 3)


def test_what_a_column_holds_is_told():
    columns = {column.name: column for column in log(COLUMNS, ROWS).dataset.columns_found}
    assert columns["category"].evidence == "5 different, in 7 rows"
    assert columns["channel"].label == "Sales channel"


def added(first: Log, columns: str, rows: list[tuple[object, ...]]) -> Log:
    """The log with a later export."""
    header = columns.split()
    path = write(first.store.home, text([[str(cell) for cell in row] for row in rows], header=header), "later.csv")
    answers = Answers(kind="transactions", roles=tuple((name, name) for name in header))
    return Log(first.store, appending.append(first.store, first.dataset.fingerprint, path, answers=answers))


def test_a_later_export_brings_its_own_and_the_earlier_keeps_those_it_had():
    later = [("2", "b", "2024-03-02 10:00:00", "MUG", "Gifts", "web", 1, "10.00"),
             ("9", "a", "2024-04-01 10:00:00", "BAG", "Travel", "fair", 1, "20.00")]  # fmt: skip
    made = added(log(COLUMNS, ROWS), COLUMNS, later)
    assert said(made, "orders", "order_id", "channel") == {"1": "web", "2": "web", "3": None, "4": "web", "9": "fair"}
    assert said(made, "products", "code", "category")["BAG"] == "Travel"
    assert said(made, "products", "code", "category")["TEA"] == "Food"


def test_a_later_export_without_them_is_taken_and_so_is_one_that_has_them_first():
    columns, rows = without("category", "channel")
    later = [("9", "a", "2024-04-01 10:00:00", "BAG", 1, "20.00")]
    assert said(added(log(COLUMNS, ROWS), columns, later), "orders", "order_id", "channel")["9"] is None
    had = added(log(columns, rows), COLUMNS, [("9", "a", "2024-04-01 10:00:00", "BAG", "Travel", "fair", 1, "20.00")])
    assert said(had, "products", "code", "category") == {"MUG": None, "TEA": None, "CUP": None, "PEN": None,
                                                         "BAG": "Travel"}  # fmt: skip


def test_logs_of_neither_are_added_to_as_ever():
    columns, rows = without("category", "channel")
    made = added(log(columns, rows), columns, [("9", "a", "2024-04-01 10:00:00", "BAG", 1, "20.00")])
    assert list(made.raw().columns) == PLAIN


def test_a_log_joined_with_a_customer_table_keeps_them():
    made = log(COLUMNS, ROWS)
    rows = [(name, 30 + place, "Basic") for place, name in enumerate("abcdefghij")]
    path = write(made.store.home, text([[str(cell) for cell in row] for row in rows], header=["id", "age", "school"]))
    people = Answers(kind="customers", roles=(("customer", "id"), ("age", "age")))
    table = receive(path, made.store, answers=people)
    joined = joining.join(made.store, made.dataset.fingerprint, table.fingerprint)
    products = engine.collect(tables(made.store, joined.fingerprint, "net").scan("products"))
    assert products["category"].notna().sum() == 3
