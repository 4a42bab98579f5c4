"""Wholly cancelled orders, against a search through all lines one by one."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from core.intake.logs.returns import wholly_cancelled
from core.warehouse import engine

COLUMNS = ["order_id", "customer", "product", "quantity", "price", "ts"]
line = st.tuples(
    st.sampled_from("abcdef"),
    st.integers(0, 1),
    st.integers(0, 1),
    st.sampled_from([1, 1, 2, -1, -1, -2]),
    st.sampled_from([0.0, 1.5, 1.5, 2.0]),
    st.integers(0, 4),
)


def frame(lines: list[tuple]) -> pd.DataFrame:
    table = pd.DataFrame(lines, columns=COLUMNS)
    table["ts"] = pd.Timestamp("2011-01-01") + pd.to_timedelta(table["ts"].astype("int64"), unit="h")
    table["cents"] = (table["quantity"] * table["price"] * 100).astype("int64")
    return table


def found(lines: list[tuple]) -> set[tuple[str, int]]:
    result = wholly_cancelled(engine.lift(frame(lines)))
    return {(order, int(customer)) for order, customer in result.itertuples(index=False)}


def searched(lines: list[tuple]) -> set[tuple[str, int]]:
    """Go through the lines in time, purchases before returns; each return takes back the newest open purchase."""
    paid = [line for line in lines if line[3] * line[4] != 0]
    open_lines: dict[tuple, list[tuple]] = {}
    taken_back: list[tuple] = []
    for line in sorted(paid, key=lambda line: (line[5], line[3] < 0, line[0])):
        stack = open_lines.setdefault((line[1], line[2], line[4], abs(line[3])), [])
        if line[3] > 0:
            stack.append(line)
        elif stack:
            taken_back.append(stack.pop())
    bought = [line for line in paid if line[3] > 0]
    orders = {line[:2] for line in bought}
    count = lambda lines, order: sum(line[:2] == order for line in lines)  # noqa: E731
    return {order for order in orders if count(bought, order) == count(taken_back, order)}


@settings(max_examples=200, deadline=None)
@given(st.lists(line, min_size=1, max_size=14))
def test_the_orders_are_those_of_a_search_line_by_line(lines):
    assert found(lines) == searched(lines)


@settings(max_examples=25, deadline=None)
@given(st.lists(line, min_size=1, max_size=14), st.randoms(use_true_random=False))
def test_row_order_changes_nothing(lines, dice):
    assert found(lines) == found(dice.sample(lines, len(lines)))


def test_an_order_taken_back_line_by_line_is_cancelled():
    assert found(
        [("a", 0, 0, 2, 1.5, 0), ("a", 0, 1, 1, 2.0, 0), ("x", 0, 0, -2, 1.5, 1), ("y", 0, 1, -1, 2.0, 2)]
    ) == {("a", 0)}


def test_an_order_of_which_one_line_stays_is_not():
    assert found([("a", 0, 0, 2, 1.5, 0), ("a", 0, 1, 1, 2.0, 0), ("x", 0, 0, -2, 1.5, 1)]) == set()


def test_a_return_before_the_purchase_takes_nothing_back():
    assert found([("x", 0, 0, -2, 1.5, 0), ("a", 0, 0, 2, 1.5, 1)]) == set()


def test_a_return_of_part_of_the_quantity_is_no_cancellation():
    assert found([("a", 0, 0, 2, 1.5, 0), ("x", 0, 0, -1, 1.5, 1)]) == set()


def test_another_customers_return_takes_nothing_back():
    assert found([("a", 0, 0, 2, 1.5, 0), ("x", 1, 0, -2, 1.5, 1)]) == set()


def test_one_return_takes_back_the_newest_of_two_equal_orders():
    assert found([("a", 0, 0, 2, 1.5, 0), ("b", 0, 0, 2, 1.5, 1), ("x", 0, 0, -2, 1.5, 2)]) == {("b", 0)}


def test_lines_without_money_do_not_keep_an_order_alive():
    assert found([("a", 0, 0, 2, 1.5, 0), ("a", 0, 1, 1, 0.0, 0), ("x", 0, 0, -2, 1.5, 1)]) == {("a", 0)}
