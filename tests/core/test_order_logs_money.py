"""Money in all the ways a log can have it: each order's goods count once, after discount, before tax and shipping."""

from __future__ import annotations

import pytest

from core.errors import ParameterError
from core.intake.logs import money
from tests.core.order_logs import log

DAY = "2024-03-0{} 10:00:00"


def test_quantity_times_price_less_what_a_line_is_discounted():
    rows = [("1", "a", DAY.format(1), "A", 2, "10.00", "5.00"), ("2", "b", DAY.format(2), "B", 1, "3.00", "0")]
    assert log("order customer date code quantity price discount", rows).figures() == (18.0, 2, 2)


def test_a_discount_of_a_share_lowers_each_line_by_it():
    rows = [("1", "a", DAY.format(1), "A", 2, "10.00", "25%"), ("2", "b", DAY.format(2), "B", 1, "3.00", "0%")]
    assert log("order customer date code quantity price discount", rows).figures() == (18.0, 2, 2)


@pytest.mark.parametrize("later", ["", "7.00"])
def test_a_discount_on_the_order_is_taken_once_and_divided_among_its_lines(later):
    rows = []
    for order in range(1, 6):
        rows.append((order, f"c{order}", DAY.format(order), "A", 1, "10.00", "7.00"))
        rows += [(order, f"c{order}", DAY.format(order), code, 1, "10.00", later) for code in "BC"]
    made = log("order customer date code quantity price discount", rows)
    assert made.figures() == (5 * 23.0, 5, 5)
    assert made.frame("lines")["cents"].between(766, 767).all()


def test_the_amount_of_a_line_is_taken_as_it_stands():
    rows = [("1", "a", DAY.format(1), "A", 2, "19.98"), ("2", "a", DAY.format(2), "A", 1, "-9.99")]
    made = log("order customer date code quantity amount", rows)
    assert made.figures() == (9.99, 1, 1)
    back = made.frame("lines").set_index("order_id").loc["2"]
    assert (back["quantity"], back["price"], back["cents"]) == (-1.0, 9.99, -999)
    assert made.taken("notebook") == {"returned": 1}


def test_amounts_without_sign_are_negative_where_the_quantity_is():
    rows = [("1", "a", DAY.format(1), "A", 2, "20.00"), ("C2", "a", DAY.format(2), "A", -1, "10.00")]
    assert log("order customer date code quantity amount", rows).figures() == (10.0, 1, 1)


def totals(where: str) -> list[tuple[object, ...]]:
    """Three orders of two lines each, with their total, tax and shipping on each line or on the first."""
    rows: list[tuple[object, ...]] = []
    for order in range(1, 4):
        for line, code in enumerate("AB"):
            order_level = ("30.00", "4.00", "6.00") if line == 0 or where == "each" else ("", "", "")
            rows.append((order, f"c{order}", DAY.format(order), code, line + 1, *order_level))
    return rows


@pytest.mark.parametrize("where", ["each", "first"])
def test_totals_count_once_per_order_less_tax_and_shipping(where):
    made = log("order customer date code quantity total tax shipping", totals(where))
    assert made.figures() == (60.0, 3, 3)
    assert "counted once per order" in made.note("Revenue is taken from")[1]
    lines = made.frame("lines").groupby("order_id")["cents"]
    assert lines.sum().tolist() == [2000] * 3
    assert set(lines.max()) == {1333}


def test_what_was_paid_can_be_taken_instead():
    assert log("order customer date code quantity total tax shipping", totals("each"), money="paid").figures()[0] == 90


def test_a_total_that_a_repeated_row_says_again_counts_once_however_duplicates_are_treated():
    rows = [("1", "a", DAY.format(1), "30.00"), ("1", "a", DAY.format(1), "30.00"), ("2", "b", DAY.format(2), "5.00")]
    made = log("order customer date total", rows)
    assert made.figures("net") == made.figures("none") == (35.0, 2, 2)


def test_payments_of_one_order_add_up():
    rows = [("1", "a", DAY.format(1), "10.00"), ("1", "a", DAY.format(1), "5.50"), ("2", "a", DAY.format(3), "1")]
    assert log("order customer date amount", rows).figures() == (16.5, 2, 1)


def test_a_subtotal_is_preferred_to_a_total():
    rows = [("1", "a", DAY.format(1), "25.00", "30.00")]
    assert log("order customer date subtotal total", rows).figures()[0] == 25


def test_without_money_orders_count_and_their_worth_is_not_known():
    rows = [("1", "a", DAY.format(1), "A"), ("1", "a", DAY.format(1), "B"), ("2", "a", DAY.format(4), "A")]
    made = log("order customer date code", [*rows, ("3", "b", DAY.format(2), "A")])
    for rules in ("net", "notebook"):
        meta = made.tables(rules).meta
        assert (meta.cents, meta.orders, meta.customers, meta.has_money) == (0, 3, 2, False)
    customers = made.frame("customers").set_index("customer_id")
    assert customers["frequency"].to_dict() == {"a": 2, "b": 1}
    assert customers["recency_days"].to_dict() == {"a": 1, "b": 3}


def test_a_refund_is_a_line_of_its_order_and_of_its_goods_at_most():
    rows = [
        ("1", "a", DAY.format(1), "40.00", "10.00"),
        ("2", "b", DAY.format(2), "20.00", "24.50"),
        ("3", "b", DAY.format(3), "5.00", ""),
    ]
    made = log("order customer date subtotal refund", rows)
    assert made.figures("net") == (35.0, 2, 2)
    assert made.figures("notebook") == (65.0, 3, 2)
    refunds = made.raw().query("code == 'REFUND'")
    assert refunds[["order_id", "quantity", "cents"]].values.tolist() == [["1", -1.0, -1000], ["2", -1.0, -2000]]
    assert made.tables().meta.receipt.adds_up


@pytest.mark.parametrize(
    ("status", "counts"),
    [("completed", True), ("Paid", True), ("Cancelled", False), ("storniert", False), ("wc-failed", False),
     ("Annulé", False), ("PENDING", False), ("on-hold", False), ("partially_refunded", True), ("refunded", False),
     ("Reembolsado", False), ("teilweise erstattet", True), ("Erstattet", False), ("voided", False), ("", True),
     ("unfulfilled", True), ("Resolved", True), ("checkout-draft", False), ("Shipped", True)],
)  # fmt: skip
def test_orders_that_brought_nothing_are_told_by_their_status(status, counts):
    rows = [("1", "a", DAY.format(1), "40.00", "completed"), ("2", "b", DAY.format(2), "20.00", status)]
    made = log("order customer date total status", rows)
    assert made.figures("net")[:2] == ((60.0, 2) if counts else (40.0, 1))
    assert made.figures("none")[0] == 60
    assert made.taken().get("status", 0) == (not counts)


def test_currencies_are_never_added():
    rows = [("1", "a", DAY.format(1), "40.00", "EUR"), ("2", "b", DAY.format(2), "20.00", "eur"),
            ("3", "c", DAY.format(3), "99.00", "USD"), ("4", "c", DAY.format(4), "1.00", "")]  # fmt: skip
    made = log("order customer date total currency", rows)
    assert made.dataset.currency == "EUR"
    assert made.figures() == (61.0, 3, 3)
    assert made.tables().meta.receipt.cents_in == 6100
    assert made.taken()["other_currency"] == 1
    assert made.note("Currency")[1] == "2 rows; set aside and not added: 1 row with 99.00 USD"
    chosen = log("order customer date total currency", rows, currency="USD")
    assert chosen.figures() == (100.0, 2, 1)
    assert chosen.dataset.currency == "USD"


def test_currencies_are_converted_at_given_rates():
    rows = [("1", "a", DAY.format(1), "40.00", "EUR"), ("2", "b", DAY.format(2), "20.00", "USD"),
            ("3", "c", DAY.format(3), "7.00", "CHF")]  # fmt: skip
    made = log("order customer date total currency", rows, currency="EUR", rates=(("USD", 0.9),))
    assert made.figures() == (58.0, 2, 2)
    assert "USD at 0.9 EUR" in made.note("Currency")[1]


def test_money_that_the_file_lacks_is_refused():
    with pytest.raises(ParameterError, match="--map total="):
        money.choose({"price", "quantity"}, "total")
    with pytest.raises(ParameterError, match="cannot be taken from 'gold'"):
        money.choose({"price"}, "gold")
