"""Which rows are one order, and whose it is."""

from __future__ import annotations

import pytest

from core.errors import InputError
from tests.core.order_logs import log

DAY = "2024-03-{:02} 10:00:00"


def test_what_stands_on_the_first_line_of_an_order_only_holds_for_all_of_them():
    rows = []
    for order in range(1, 5):
        rows.append((order, f"C{order % 2}@Shop.example", DAY.format(order), "France", "A", 1, "10.00"))
        rows += [(order, "", "", "", code, 2, "5.00") for code in "BC"]
    made = log("order email date country code quantity price", rows)
    assert made.figures() == (4 * 30.0, 4, 2)
    assert made.taken() == {}
    customers = made.frame("customers")
    assert list(customers["customer_id"]) == ["c0@shop.example", "c1@shop.example"]
    assert set(customers["country"]) == {"France"}
    assert "date" in made.note("First lines")[1]


def test_an_order_that_stands_there_twice_fills_down_and_counts_once():
    rows = []
    for order in range(1, 5):
        rows += [(order, f"c{order}", DAY.format(order), "A", 1, "10.00"), (order, "", "", "B", 1, "5.00")]
    again = log("order customer date code quantity price", [*rows, *rows[:2]])
    assert again.taken() == {"duplicate": 2}
    assert again.figures() == (60.0, 4, 4)


def test_order_numbers_that_stand_on_the_first_line_only_are_filled_down():
    rows = []
    for order in range(1, 4):
        rows += [(order, f"c{order}", DAY.format(order), "A", 1, "10.00"), ("", "", "", "B", 1, "1.00")]
    assert log("order customer date code quantity price", rows).figures() == (33.0, 3, 3)


def test_a_customer_missing_on_some_lines_of_a_dated_log_stays_missing():
    rows = [("1", "a", DAY.format(1), "A", 1, "10.00"), ("1", "", DAY.format(1), "B", 1, "1.00")]
    assert log("order customer date code quantity price", rows).taken() == {"customer_missing": 1}


def test_numbers_that_start_anew_are_told_apart_by_customer_and_day():
    rows = [
        (number, f"c{(number + day) % 7}", DAY.format(day), "A", 1, "10.00")
        for day in range(1, 29)
        for number in (1, 2, 3)
    ]
    made = log("order customer date code quantity price", rows)
    assert made.figures() == (840.0, 84, 7)
    assert made.note("Orders")[0] == "by number, customer and day"
    assert "used again" in made.note("Orders")[1]


def test_a_return_under_the_number_of_its_order_is_no_second_use_of_it():
    rows = [(n, f"c{n}", DAY.format(1), "A", 1, "10.00") for n in range(1, 5)]
    rows += [(n, f"c{n}", DAY.format(20), "A", -1, "10.00") for n in (1, 2)]
    assert log("order customer date code quantity price", rows).note("Orders")[0] == "by number"


def test_without_order_numbers_all_that_a_customer_bought_on_a_day_is_one():
    rows = [("a", DAY.format(1), "A", 1, "10.00"), ("a", "2024-03-01 19:00:00", "B", 1, "5.00"),
            ("a", DAY.format(2), "A", 1, "10.00"), ("b", DAY.format(1), "A", 1, "10.00")]  # fmt: skip
    made = log("customer date code quantity price", rows)
    assert made.figures() == (35.0, 3, 2)
    assert made.note("Orders")[0] == "by customer and day"


def test_without_numbers_and_products_each_row_is_an_order_and_none_is_a_repeat():
    rows = [("a", DAY.format(1), "10.00"), ("a", DAY.format(1), "10.00"), ("b", DAY.format(2), "0.00")]
    made = log("customer date amount", rows)
    assert made.figures() == (20.0, 3, 2)
    assert made.note("Repeats")[0] == "1 like another"
    assert made.tables().meta.has_products is False


def test_identifiers_keep_leading_zeros_and_lose_what_a_decimal_left():
    rows = [("0017.0", "00042", DAY.format(1), "0071.0", 1, "10.00"), (" 18 ", "43.0", DAY.format(2), "72", 1, "1")]
    made = log("order customer date code quantity price", rows)
    assert made.raw()[["order_id", "customer_id", "code"]].values.tolist() == [
        ["0017", "00042", "0071"],
        ["18", "43", "72"],
    ]


def test_guests_go_to_the_customer_with_their_email_or_telephone():
    rows = [
        ("1", "7", DAY.format(1), "Ann@Example.com ", "+44 20 7946 0018", "10.00"),
        ("2", "", DAY.format(2), "ann@example.com", "", "10.00"),
        ("3", "", DAY.format(3), "", "0044 20 7946 0018", "10.00"),
        ("4", "", DAY.format(4), "New@example.com", "+44 20 7946 0999", "10.00"),
        ("5", "", DAY.format(5), "", "+442079460999", "10.00"),
        ("6", "0", DAY.format(6), "", "+44 20 7946 0555", "10.00"),
        ("7", "nan", DAY.format(7), "n/a", "", "10.00"),
    ]
    made = log("order customer date email phone total", rows)
    orders = made.frame("customers").set_index("customer_id")["frequency"]
    assert orders.to_dict() == {"7": 3, "new@example.com": 2, "+442079460555": 1}
    assert made.taken() == {"customer_missing": 1}
    assert made.note("Customers")[1].startswith("2 rows of guests given to the customer")


def test_a_telephone_that_several_customers_share_is_nobodys():
    rows = [("1", "7", DAY.format(1), "+44 20 7946 0018", "10.00"), ("2", "8", DAY.format(2), "+44 20 7946 0018", "10"),
            ("3", "", DAY.format(3), "+44 20 7946 0018", "10.00")]  # fmt: skip
    customers = log("order customer date phone total", rows).frame("customers")["customer_id"]
    assert set(customers) == {"7", "8", "+442079460018"}


def test_without_number_and_email_people_are_known_by_name():
    rows = [
        ("1", "Ann  Lee", DAY.format(1), "10.00"),
        ("2", "ann lee", DAY.format(2), "5.00"),
        ("3", "Bo", DAY.format(3), "1"),
    ]
    assert log("order name date total", rows).figures() == (16.0, 3, 2)


def test_a_log_that_does_not_say_who_bought_is_refused():
    with pytest.raises(InputError, match="customer"):
        log("order date total", [("1", DAY.format(1), "10.00"), ("2", DAY.format(2), "10.00")])


def test_contacts_are_the_latest_that_are_not_blank():
    rows = [
        (
            "1",
            "7",
            DAY.format(1),
            "Old@Example.com",
            "020 7946 0018",
            "Ann van Lee",
            "N1",
            "United Kingdom",
            "yes",
            "1",
        ),
        ("2", "7", DAY.format(5), "NEW@example.com", "", "", "", "United Kingdom", "no", "1"),
        (
            "3",
            "8",
            DAY.format(2),
            "not an address",
            "030 901820",
            "Brandt, Willy",
            "10117",
            "Germany",
            "Subscribed",
            "1",
        ),
        ("4", "9", DAY.format(3), "", "12", "", "", "", "", "1"),
    ]
    made = log("order customer date email phone name zip country consent total", rows)
    found = made.contacts().astype(object).where(made.contacts().notna(), None)
    assert found.loc["7"].to_dict() == {
        "email": "new@example.com", "phone": "+442079460018", "name": "Ann van Lee", "zip": "N1",
        "country": "United Kingdom", "consent": "no", "first_name": "Ann van", "last_name": "Lee",
        "email_issue": None, "phone_issue": None,
    }  # fmt: skip
    assert found.loc["8", ["email", "phone", "first_name", "last_name", "consent"]].tolist() == [
        None, "+4930901820", "Willy", "Brandt", "yes",
    ]  # fmt: skip
    assert found.loc["8", ["email_issue", "phone_issue"]].tolist() == ["invalid", None]
    assert found.loc["9"].drop("phone_issue").isna().all()
    assert found.loc["9", "phone_issue"] == "invalid"
    assert "email" not in made.raw().columns


def test_a_log_without_contacts_has_no_file_of_them():
    made = log("order customer date total", [("1", "7", DAY.format(1), "10.00"), ("2", "8", DAY.format(1), "10.00")])
    assert made.store.contacts(made.dataset.fingerprint) is None
