"""What revenue is taken from: which of the amounts in an order log are of a line and which of the order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.intake.columns import headers
from core.intake.columns.guessing import Guess
from core.intake.columns.seen import Seen
from core.intake.columns.structure import multiplies

_MONEY = ("price", "amount", "subtotal", "total")


def settle(seen: Sequence[Seen], guesses: Mapping[int, Guess], said: Mapping[int, str]) -> dict[int, Guess]:
    """The roles with amounts of a line told from amounts of an order by what stands in the rows."""
    found = dict(guesses)
    at = {guess.role: place for place, guess in found.items()}
    for role in ("total", "subtotal"):
        place = at.get(role, -1)
        if place < 0 or place in said or "amount" in at:
            continue
        product = role == "total" and _is_product(seen, at, place)
        if product or ("order" in at and _varies(seen, at["order"], place)):
            found[place] = replace(found[place], role="amount", why=f"{found[place].why}; it differs from line to line")
            at = {guess.role: place for place, guess in found.items()}
    place = at.get("price", -1)
    if place >= 0 and place not in said and not {"amount", "subtotal", "total"} & {*at} and _grows(seen, at):
        found[place] = replace(found[place], role="amount", why=f"{found[place].why}; it grows with the quantity")
        at = {guess.role: place for place, guess in found.items()}
    place = at.get("amount", -1)
    if place >= 0 and place not in said and "total" not in at and _holds_more(seen, at, place):
        found[place] = replace(found[place], role="total", why=f"{found[place].why}; shipping or tax is in it")
        at = {guess.role: place for place, guess in found.items()}
        place = -1
    if place >= 0 and place not in said and "total" not in at and "order" in at and not _is_product(seen, at, place):
        how = repeats(seen, at["order"], place)
        if how:
            found[place] = replace(found[place], role="total", why=f"{found[place].why}; it stands {how}")
    paid = [place for role, place in at.items() if role in _MONEY]
    for place in paid:
        # What something cost the shop is no revenue; it may be meant where there is no other money.
        costs = any("cost" in ideas for ideas in headers.read(seen[place].header).ideas)
        if costs and len(paid) > 1 and place not in said:
            del found[place]
    at = {guess.role: place for place, guess in found.items()}
    if (
        "price" in at
        and "quantity" not in at
        and not {"amount", "subtotal", "total"} & {*at}
        and at["price"] not in said
    ):
        place = at["price"]
        found[place] = replace(found[place], role="amount", why=f"{found[place].why}; there is no quantity")
    return found


def choose(seen: Sequence[Seen], at: Mapping[str, int]) -> tuple[str, str]:
    """The basis of revenue and why.

    Parameters
    ----------
    seen : sequence of Seen
    at : mapping
        Role -> position.
    """
    if "amount" in at:
        return "amount", _amounts(seen, at)
    if "quantity" in at and "price" in at:
        if "subtotal" in at and "order" in at:
            share = _sums(seen, at)
            if share is not None and share < 0.9:
                return "subtotal", f"lines add up to it in {share:.0%} of orders: the rest are discounts on the order"
            if share is not None:
                return "lines", f"they add up to the subtotal in {share:.0%} of orders"
        return "lines", "it has both"
    for role in ("subtotal", "total"):
        if role in at:
            how = repeats(seen, at["order"], at[role]) if "order" in at else ""
            return role, f"it stands {how}" if how else "one row is one order"
    return ("lines", "it has prices") if "price" in at else ("none", "no column holds amounts")


def repeats(seen: Sequence[Seen], order: int, place: int) -> str:
    """How an amount of an order stands on its lines: on each, or on the first only; empty where it differs."""
    orders = [values for values in _by_order(seen, order, place) if len(values) > 1]
    if len(orders) < 3:
        return ""
    first = sum(bool(values[0]) and not any(values[1:]) for values in orders)
    every = sum(len({*values}) == 1 and bool(values[0]) for values in orders)
    if first > 0.9 * len(orders):
        return "on the first line of an order only"
    return "on every line of an order" if every > 0.95 * len(orders) else ""


def _varies(seen: Sequence[Seen], order: int, place: int) -> bool:
    orders = [values for values in _by_order(seen, order, place) if len(values) > 1 and all(values)]
    return bool(orders) and sum(len({*values}) > 1 for values in orders) > 0.3 * len(orders)


def _by_order(seen: Sequence[Seen], order: int, place: int) -> list[list[str]]:
    found: dict[str, list[str]] = {}
    for number, value in zip(seen[order].contents.values, seen[place].contents.values, strict=True):
        if number:
            found.setdefault(number, []).append(value)
    return list(found.values())


def _is_product(seen: Sequence[Seen], at: Mapping[str, int], place: int) -> bool:
    return "quantity" in at and "price" in at and multiplies(seen, at["quantity"], at["price"], place) > 0.8


def _holds_more(seen: Sequence[Seen], at: Mapping[str, int], place: int) -> bool:
    """Whether an amount is goods and shipping or tax together."""
    extras = [at[role] for role in ("shipping", "tax") if role in at]
    if not extras or not {"quantity", "price"} <= {*at}:
        return False
    counts, prices, whole = (seen[p].contents.numbers(seen[p].comma) for p in (at["quantity"], at["price"], place))
    more = [seen[p].contents.numbers(seen[p].comma) for p in extras]
    rows = [
        (count * price, sum(each[row] or 0.0 for each in more), total)
        for row, (count, price, total) in enumerate(zip(counts, prices, whole, strict=True))
        if count is not None and price is not None and total is not None
    ]
    telling = [row for row in rows if row[1] > 0]
    return bool(telling) and sum(abs(goods + extra - total) < 0.02 for goods, extra, total in telling) > 0.8 * len(
        telling
    )


def _grows(seen: Sequence[Seen], at: Mapping[str, int]) -> bool:
    """Whether what is called a price is of the whole line: more of the same product costs more, in proportion."""
    if any("amazon" in headers.words(each.header) for each in seen):
        return True  # Its reports call so what was paid for all pieces.
    product = next((at[role] for role in ("code", "product") if role in at), -1)
    if product < 0 or "quantity" not in at:
        return False
    first: dict[str, tuple[float, float]] = {}
    grown = same = 0
    columns = [seen[p].contents.numbers(seen[p].comma) for p in (at["quantity"], at["price"])]
    for name, count, price in zip(seen[product].contents.values, *columns, strict=True):
        if not name or not count or not price or count < 0:
            continue
        other = first.setdefault(name, (count, price))
        if other[0] != count:
            same += abs(other[1] - price) < 0.01
            grown += abs(other[1] / other[0] - price / count) < 0.01
    return grown >= 3 and grown > 3 * same


def _amounts(seen: Sequence[Seen], at: Mapping[str, int]) -> str:
    if "quantity" in at and "price" in at:
        share = multiplies(seen, at["quantity"], at["price"], at["amount"])
        return f"quantity × price gives it in {share:.0%} of rows" if share > 0.5 else "it is no plain quantity × price"
    return "the header" if seen[at["amount"]].meaning else "its values"


def _sums(seen: Sequence[Seen], at: Mapping[str, int]) -> float | None:
    """The share of orders whose lines, less discounts of lines, add up to the subtotal."""
    names = ("quantity", "price", "discount", "subtotal")
    columns = {role: seen[at[role]].contents.numbers(seen[at[role]].comma) for role in names if role in at}
    sums: dict[str, float] = {}
    said: dict[str, float] = {}
    for row, number in enumerate(seen[at["order"]].contents.values):
        quantity, price = columns["quantity"][row], columns["price"][row]
        if number and quantity is not None and price is not None:
            sums[number] = sums.get(number, 0.0) + quantity * price
            if (subtotal := columns["subtotal"][row]) is not None:
                said.setdefault(number, subtotal)
    last = next(reversed(sums), "")
    both = [number for number in sums if number in said and (number != last or len(sums) == 1)]
    return sum(abs(sums[n] - said[n]) < 0.02 for n in both) / len(both) if both else None
