"""Which rows are one order: what stands on its first line is filled down, numbers that repeat are told apart."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import duckdb

from core.intake.formats.reading import Source

# Columns that say something of the whole order, and may stand on its first line only.
OF_ORDER = (
    "ts", "customer_id", "email", "phone", "name", "first_name", "last_name", "street", "zip", "city", "state",
    "consent", "land", "country", "currency", "status",
    "channel",
)  # fmt: skip
AMOUNTS = ("subtotal", "total", "discount", "tax", "shipping", "refund")
# An order whose lines are further apart, in days, is several that share a number.
FAR_APART = 7
# Up to this share of orders with several customers, or days far apart, are slips; more, and the number starts anew.
MOST_SHARED = 0.01
# From this share of nameless lines on they belong to the order above; fewer are sums at the foot, or slips.
LEAST_HOLLOW = 0.1

Cursor = duckdb.DuckDBPyConnection


def on_first_lines(source: Source, order: int) -> frozenset[int]:
    """The positions of columns that hold something on the first line of an order only, among the first rows."""
    votes = [[0, 0] for _ in source.columns]
    above = ""
    first: tuple[str, ...] = ()
    for row in source.sample:
        number = row[order].strip()
        if number and number != above:
            above, first = number, row
            continue
        for place, cell in enumerate(row):
            if cell.strip():
                votes[place][1] += 1
            elif first and first[place].strip():
                votes[place][0] += 1
    return frozenset(place for place, (hollow, full) in enumerate(votes) if hollow > 20 * full)


def filled(cursor: Cursor, frame: str, has: Collection[str]) -> tuple[str, list[str]]:
    """SQL: the rows with what stands on an order's first line on all of its lines; and which columns that were."""
    blank = cursor.execute(
        f"""select count_if(order_id is null and ts is null and code <> ''), count_if(order_id is not null)
        from ({frame})"""
    ).fetchall()[0]
    # As where cells were merged: the number itself stands on the first line only.
    if blank[0] > blank[1] * LEAST_HOLLOW:
        frame = (
            f"""select * replace (last_value(order_id ignore nulls) over (order by row) as order_id) from ({frame})"""
        )
    names = [name for name in OF_ORDER if name in has]
    stands = levels(cursor, frame, names, "order_id", gaps=True)
    first = [name for name in names if stands[name] == "first"]
    if not first:
        return frame, []
    tops = ", ".join(f"max({name}) as {name}" for name in first)
    cursor.execute(f"create or replace temp table tops as select order_id, {tops} from ({frame}) group by order_id")
    replaced = ", ".join(f"coalesce(f.{name}, t.{name}) as {name}" for name in first)
    return f"select f.* replace ({replaced}) from ({frame}) f left join tops t on f.order_id = t.order_id", first


def levels(cursor: Cursor, frame: str, names: Collection[str], key: str, *, gaps: bool = False) -> dict[str, str]:
    """How each column stands on the lines of orders with several: ``first``, ``order`` or ``line``.

    Where no order has several lines, what a line has is what the order has. With ``gaps`` what is blank on some lines
    of an order counts as standing on the first: an order that was exported twice has two of them.
    """
    if not names:
        return {}
    each = ", ".join(f"count({n}) as n_{n}, min({n}) is not distinct from max({n}) as same_{n}" for n in names)
    once = "n_{n} < n and n_{n} > 0 and same_{n}" if gaps else "n_{n} = 1"
    every = "n_{n} > 1 and n_{n} = n and same_{n}" if gaps else "n_{n} > 1 and same_{n}"
    kinds = f"count_if(n > 1 and {once}), count_if({every}), count_if(n_{{n}} > 1 and not same_{{n}})"
    sums = ", ".join(kinds.format(n=n) for n in names)
    counts = cursor.execute(
        f"select {sums} from (select count(*) as n, {each} from ({frame}) where order_id is not null group by {key})"
    ).fetchall()[0]
    found = {}
    for number, name in enumerate(names):
        first, same, differ = counts[3 * number : 3 * number + 3]
        found[name] = (
            "first" if first > 4 * (same + differ) else "order" if same > 4 * differ or not same + differ else "line"
        )
    return found


def numbered(cursor: Cursor, frame: str, has: Mapping[str, int] | Collection[str]) -> tuple[str, dict[str, Any]]:
    """SQL: the rows with an ``order_id`` for each, and what makes an order, in words.

    The facts say ``orders``: ``id`` for the order's number, ``id day`` where numbers start anew, ``day`` for all that
    a customer bought on a day, ``row`` where each row is an order.
    """
    if "order" not in has:
        if {"code", "product"} & set(has):
            day = "coalesce(customer_id, strftime(ts, '%H:%M:%S')) || ' ' || strftime(ts, '%Y-%m-%d')"
            facts = {
                "orders": "day",
                "orders_why": "no column has an order number: what a customer bought on a day is one",
            }
            return f"select * replace ({day} as order_id) from ({frame})", facts
        each = "strftime(ts, '%Y-%m-%d') || ' #' || (row + 1)"
        facts = {"orders": "row", "orders_why": "each row is an order of its own"}
        return f"select * replace ({each} as order_id) from ({frame})", facts
    orders, several, shared = cursor.execute(shared_numbers(frame)).fetchall()[0]
    if shared <= MOST_SHARED * orders:
        why = f"{orders:,} different numbers"
        if shared:
            why += f"; {shared:,} stand for several customers or for days far apart, and count once for each customer"
        return frame, {"orders": "id", "orders_why": why}
    day = "order_id || ' ' || strftime(ts, '%Y-%m-%d')"
    why = (
        f"numbers are used again ({several:,} for several customers, {shared - several:,} on days far apart):"
        " an order is number, customer and day"
    )
    return f"select * replace ({day} as order_id) from ({frame})", {"orders": "id day", "orders_why": why}


def shared_numbers(frame: str) -> str:
    """SQL: how many order numbers there are, how many have several customers, and with those on days far apart."""
    bought = "filter (quantity is null or quantity > 0)" if FAR_APART else ""
    return f"""select count(*), count_if(several), count_if(several or apart) from (
        select coalesce(min(customer_id) <> max(customer_id), false) as several,
            coalesce(max(ts) {bought} - min(ts) {bought} > interval {FAR_APART} day, false) as apart
        from ({frame}) where order_id is not null group by order_id)"""
