"""What columns say by how their values hang together, where headers are silent or speak of several things."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from core.intake.columns import headers
from core.intake.columns.fitting import NEVER, fit
from core.intake.columns.seen import Seen

Give = Callable[[str, Sequence[int]], None]
WHY = {
    "date": "its values are dates",
    "email": "its values are e-mail addresses",
    "phone": "its values are telephone numbers",
    "currency": "its values are currencies",
    "country": "its values are countries",
    "quantity": "its values are small whole numbers",
    "amount": "its values are amounts",
    "price": "its values are amounts",
    "product": "its values are wordings that come again",
    "code": "its values go with the wordings beside them",
    "order": "its values go with one customer and one day each",
    "customer": "its values come again on other days",
}


def by_content(seen: Sequence[Seen], free: Sequence[int], taken: Collection[str]) -> dict[int, str]:
    """Roles of an order log for columns whose headers say nothing.

    Parameters
    ----------
    seen : sequence of Seen
        All columns.
    free : sequence of int
        Positions without a role.
    taken : collection of str
        Roles that others have.
    """
    mute = sum(any(headers.read(each.header).ideas) for each in seen) < 0.3 * len(seen)
    strange = [place for place in free if seen[place].contents.filled and _strange(seen[place])]
    silent = [place for place in strange if mute or seen[place].meaningless]
    found: dict[int, str] = {}

    def give(role: str, places: Sequence[int]) -> None:
        left = [place for place in places if place not in found]
        if left and role not in taken and role not in found.values():
            found[left[0]] = role

    give("date", [p for p in strange if seen[p].is_date])
    give("email", [p for p in strange if seen[p].is_email])
    give("currency", [p for p in strange if fit("currency", seen[p]) > 0])
    give("country", [p for p in strange if seen[p].contents.countries >= 0.8 and seen[p].contents.worded > 0.8])
    ids = [p for p in silent if p not in found and _identifies(seen[p])]
    day = next((p for p, each in enumerate(seen) if found.get(p) == "date" or (each.is_date and p not in free)), -1)
    for place, role in _keys(seen, ids, day, taken).items():
        give(role, [place])
    numbers = [p for p in silent if p not in found and p not in ids and seen[p].is_number and not seen[p].is_running]
    counts = [p for p in numbers if fit("quantity", seen[p]) >= 0.9 and not seen[p].contents.yes_no and _small(seen[p])]
    moneys = [p for p in numbers if p not in counts and fit("amount", seen[p]) != NEVER]
    moneys.sort(key=lambda p: (not seen[p].contents.signs, seen[p].is_whole))
    if not {"price", "amount", "total", "subtotal"} & set(taken):
        _money(seen, counts, moneys, give)
    elif counts:
        give("quantity", counts)
    if not {"price", "amount", "total", "subtotal"} & {*taken, *found.values()}:
        paid = [p for p in strange if p not in found and fit("amount", seen[p]) >= 0.9 and not seen[p].contents.yes_no]
        give("amount", paid)
    texts = [p for p in silent if p not in found and seen[p].is_name_like and seen[p].contents.length >= 1.5]
    give("product", [p for p in texts if seen[p].contents.variety < 0.98 or len(seen[p].contents.filled) < 20])
    give("phone", [p for p in silent if p not in found and seen[p].contents.phones > 0.9 and _dials(seen[p])])
    return found


def determines(seen: Sequence[Seen], one: int, other: int) -> float:
    """The share of the values of a column that always stand beside the same value of another."""
    beside: dict[str, set[str]] = {}
    for a, b in zip(seen[one].contents.values, seen[other].contents.values, strict=True):
        if a and b:
            beside.setdefault(a, set()).add(b)
    return sum(len(each) == 1 for each in beside.values()) / len(beside) if beside else 0.0


def same(seen: Sequence[Seen], one: int, other: int) -> bool:
    """Whether two columns tell the same things apart."""
    return determines(seen, one, other) > 0.98 and determines(seen, other, one) > 0.98


def _strange(seen: Seen) -> bool:
    return seen.meaningless or not any(headers.read(seen.header).ideas)


def _identifies(seen: Seen) -> bool:
    if seen.is_date or seen.is_email or fit("order", seen) == NEVER or fit("currency", seen) > 0:
        return False
    if (seen.contents.countries > 0.8 and seen.contents.worded > 0.8) or seen.contents.length > 1.2:
        return False
    return not (seen.is_number and _small(seen) and not seen.is_running)


def _small(seen: Seen) -> bool:
    lead = any(len(value) > 1 and value.startswith("0") and value.isdigit() for value in seen.contents.counts)
    middle = sorted(map(abs, seen.numbers))[len(seen.numbers) // 2]
    return not lead and (middle < 100 or max(map(abs, seen.numbers)) < 1000) and seen.contents.distinct < 500


def _keys(seen: Sequence[Seen], ids: list[int], day: int, taken: Collection[str]) -> dict[int, str]:
    """Which of the columns that identify something is the order, the customer and the product."""
    found: dict[int, str] = {}
    one_day = {p: determines(seen, p, day) if day >= 0 else 0.0 for p in ids}
    orders = [p for p in ids if one_day[p] > 0.95 and "order" not in taken]
    again = [p for p in ids if p not in orders and seen[p].contents.variety < 0.98]
    if not again and len(orders) > 1:
        # Too few rows to see anybody come again: the one that varies more is the order.
        orders.sort(key=lambda p: -seen[p].contents.variety)
        again = [p for p in orders[1:] if not same(seen, p, orders[0])]
    if orders and again:
        found[orders[0]] = "order"
    elif orders and not again:
        unlike = [p for p in orders if seen[p].contents.variety < 0.9]
        found[unlike[0] if unlike else orders[0]] = "order" if len(ids) > 1 or unlike else "customer"
    whose = [p for p in again if not orders or determines(seen, orders[0], p) > 0.9]
    if whose and "customer" not in taken:
        found[whose[0]] = "customer"
    codes = [p for p in again if p not in found and not any(same(seen, p, other) for other in found)]
    if codes and "code" not in taken:
        found[codes[0]] = "code"
    return found


def _money(seen: Sequence[Seen], counts: list[int], moneys: list[int], give: Give) -> None:
    """A quantity, a price and an amount told by whether one is the product of the others."""
    for count in counts:
        for price in moneys:
            for amount in moneys:
                if price != amount and multiplies(seen, count, price, amount) > 0.9:
                    give("quantity", [count])
                    give("price", [price])
                    give("amount", [amount])
                    return
    give("quantity", counts)
    if moneys and counts and seen[moneys[0]].contents.variety < 0.5 and _price_like(seen, counts[0], moneys[0]):
        give("price", moneys)
    else:
        give("amount", moneys)


def _price_like(seen: Sequence[Seen], count: int, money: int) -> bool:
    """Whether more of a thing does not cost more: so it is the price of one."""
    pairs = [
        (a, b)
        for a, b in zip(seen[count].contents.numbers(), seen[money].contents.numbers(seen[money].comma), strict=True)
        if a and b and a > 0
    ]
    one = sorted(b for a, b in pairs if a == 1)
    more = sorted(b for a, b in pairs if a > 2)
    return len(one) < 3 or len(more) < 3 or more[len(more) // 2] <= 1.3 * one[len(one) // 2]


def multiplies(seen: Sequence[Seen], count: int, price: int, amount: int) -> float:
    """The share of rows in which quantity × price is the amount; 0 where one factor is always 1."""
    columns = [seen[p].contents.numbers(seen[p].comma) for p in (count, price, amount)]
    rows = [(a, b, c) for a, b, c in zip(*columns, strict=True) if a is not None and b is not None and c is not None]
    telling = [row for row in rows if row[0] not in (0, 1)]
    if not telling:
        return 0.0
    right = [row for row in telling if abs(row[0] * row[1] - row[2]) <= 0.01 * max(1.0, abs(row[0]))]
    return len(right) / len(telling)


def _dials(seen: Seen) -> bool:
    return any(value.startswith("+") or "-" in value or " " in value for value in seen.contents.counts)
