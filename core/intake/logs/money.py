"""What revenue is taken from: goods after discount, before tax and shipping, where the file can tell them apart.

A *basis* is one way of reading money from an order log. Amounts that belong to the whole order, whether they stand on
each of its lines or on the first alone, are counted once per order and divided among its lines, so that the lines
still add up to it; a line that repeats another exactly gets nothing of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from core.errors import ParameterError

# Basis -> what the page calls it.
BASES = {
    "lines": "Quantity × price",
    "amount": "The amount of each line",
    "subtotal": "The goods of each order, before tax and shipping",
    "total": "The total of each order, less tax and shipping where they are given",
    "paid": "The total of each order as it stands, with tax and shipping",
    "none": "Nothing: the file has no money",
}
# The role without which a basis is none.
_NEEDS = {"amount": "amount", "lines": "price", "subtotal": "subtotal", "total": "total", "paid": "total"}
# More than this on one line is no price but a slip; it keeps sums of cents within 64 bits.
MOST = 10**12
# An amount of the order, by how it stands on its lines: ``first`` on one alone, ``order`` the same on each.
ONCE = ("first", "order")


def offered(roles: Collection[str]) -> tuple[tuple[str, str], ...]:
    """The bases that a file with these roles has, the usual one first: (slug, words).

    Examples
    --------
    >>> [slug for slug, _ in offered({"price", "total", "tax"})]
    ['lines', 'total', 'paid', 'none']
    """
    found = [slug for slug, role in _NEEDS.items() if role in roles]
    if "paid" in found and not {"tax", "shipping"} & set(roles):
        found.remove("paid")
    return tuple((slug, BASES[slug]) for slug in (*found, "none"))


def choose(roles: Collection[str], wanted: str = "") -> str:
    """The basis to use: the one that was asked for, or the usual one.

    Raises
    ------
    ParameterError
        If the one that was asked for is unknown, or the file lacks what it needs.

    Examples
    --------
    >>> choose({"amount", "date"}), choose({"date"}), choose({"price", "total"}, "total")
    ('amount', 'none', 'total')
    """
    if not wanted:
        return offered(roles)[0][0]
    if wanted not in BASES:
        raise ParameterError(f"Revenue cannot be taken from {wanted!r}.", f"Give one of {', '.join(BASES)}.")
    if wanted != "none" and _NEEDS[wanted] not in roles:
        raise ParameterError(
            f"Revenue from {BASES[wanted].lower()} needs a column for it.",
            f"Say which it is with --map {_NEEDS[wanted]}=…",
        )
    return wanted


def lines(frame: str, basis: str, has: Collection[str], levels: Mapping[str, str], share: bool) -> str:
    """SQL: the rows of a frame with signed ``quantity``, ``price`` and ``cents``.

    Parameters
    ----------
    frame : str
        Rows with order_id, customer_id, row, twin (whether the row repeats another) and the columns in ``has``.
    basis : str
        One of :data:`BASES`.
    has : collection of str
        Roles whose columns the frame has.
    levels : mapping
        How the amounts of an order stand on its lines: ``first``, ``order``, or ``line`` where each line has its own.
    share : bool
        Whether discounts are shares of the line, not amounts.
    """
    if basis == "none":
        return (
            f"select * replace (coalesce(quantity, 1) as quantity, null::double as price), 0::bigint as cents"
            f" from ({frame})"
        )
    if basis == "lines":
        return _priced(frame, has, levels, share)
    if basis == "amount":
        return _signed(f"select *, {_cents('amount')} as cents from ({frame})", has)
    return _signed(_once(frame, basis, has, levels), has)


def _priced(frame: str, has: Collection[str], levels: Mapping[str, str], share: bool) -> str:
    """Quantity times price, less discounts."""
    value = "quantity * price"
    if "discount" in has and share:
        value = f"{value} * (1 - least(abs(coalesce(discount, 0)), 1))"
    elif "discount" in has and levels["discount"] == "line":
        value = f"{value} - sign({value}) * least(abs(coalesce(discount, 0)), abs({value}))"
    priced = f"select *, {_cents(value)} as cents from ({frame})"
    if "discount" not in has or share or levels["discount"] == "line":
        return priced
    # A discount on the order lowers its goods in proportion; what was taken back stays as it is.
    goods = "if(twin, 0, greatest(coalesce(cents, 0), 0))"
    return f"""select * exclude (goods, discounted) replace (
            case when goods > 0 then {_divide("discounted", "goods")} when twin and cents > 0 then 0 else cents end
            as cents)
        from (select *, sum(goods) over ordered - least(coalesce(({_of_order("discount", levels)}), 0),
                sum(goods) over ordered) as discounted
            from (select *, {goods} as goods from ({priced})) window ordered as (partition by order_id, customer_id))"""


def _once(frame: str, basis: str, has: Collection[str], levels: Mapping[str, str]) -> str:
    """What belongs to the order, counted once and divided among its lines."""
    main = "subtotal" if basis == "subtotal" else "total"
    less = [role for role in ("tax", "shipping") if role in has and basis == "total"]
    whole = _of_order(main, levels, signed=True)
    # What was taken back is less tax and shipping as well, towards nothing.
    rest = " + ".join([f"coalesce({_of_order(role, levels)}, 0)" for role in less]) or "0"
    weight = next((w for role, w in _WEIGHTS if set(role) <= set(has)), "1")
    return f"""select * exclude (goods, worth) replace ({_divide("worth", "goods")} as cents) from (
        select *, null::bigint as cents,
            case when {whole} < 0 then least({whole} + {rest}, 0) else greatest({whole} - ({rest}), 0) end as worth
        from (select *, if(twin, 0, {weight}) as goods from ({frame}))
        window ordered as (partition by order_id, customer_id))"""


# What an order's total is divided by, the best first.
_WEIGHTS = (
    (("price",), "coalesce(round(abs(quantity * price) * 100), 0)"),
    (("amount",), "coalesce(round(abs(amount) * 100), 0)"),
    (("quantity",), "coalesce(abs(quantity), 1)"),
)


def _divide(whole: str, weight: str) -> str:
    """SQL: the row's part of whole cents, rounded so that the parts add up; all on the first row without weights."""
    order = "partition by order_id, customer_id"
    above = f"{order} order by row rows between unbounded preceding and 1 preceding"
    before, total = f"coalesce(sum({weight}) over ({above}), 0)", f"sum({weight}) over ({order})"
    first = f"row = min(row) over ({order})"
    parts = f"round({whole} * (({before} + {weight}) / {total})) - round({whole} * ({before} / {total}))"
    return f"(case when {total} > 0 then {parts} when {first} then {whole} else 0 end)::bigint"


def _of_order(role: str, levels: Mapping[str, str], signed: bool = False) -> str:
    """SQL: an amount of the order in cents, over the window ``ordered``."""
    cents = _cents(role) if signed else f"abs({_cents(role)})"
    if levels[role] in ONCE:
        return (
            f"(arg_min({cents}, row) filter ({role} <> 0) over ordered)" if signed else f"(max({cents}) over ordered)"
        )
    return f"(sum(if(twin, 0, {cents})) over ordered)"


def _signed(frame: str, has: Collection[str]) -> str:
    """Where money is not from prices: quantities below zero for what was taken back, and the price of one."""
    below = "(cents < 0 or quantity < 0)" if "quantity" in has else "cents < 0"
    quantity = f"if({below}, -1, 1) * abs(coalesce(quantity, 1))"
    return f"""select * replace ({quantity} as quantity, case when {below} then -abs(cents) else cents end as cents,
        abs(cents) / 100 / nullif(abs(coalesce(quantity, 1)), 0) as price) from ({frame})"""


def _cents(value: str) -> str:
    return f"case when abs({value}) < {MOST} then round(({value}) * 100)::bigint end"


def words(facts: Mapping[str, Any]) -> str:
    """What else was done with the money of a file, from the facts of its plan.

    Examples
    --------
    >>> words({"money": "total", "roles": {"total": 3, "tax": 4}, "levels": {"total": "order", "tax": "first"}})
    'counted once per order, where it stands on each line; less tax'
    """
    basis, roles, levels = facts["money"], facts["roles"], facts.get("levels", {})
    said = []
    if basis in ("subtotal", "total", "paid"):
        main = "subtotal" if basis == "subtotal" else "total"
        where = {"first": ", where it stands on the first line", "order": ", where it stands on each line"}
        said.append("each row's added up" if levels[main] == "line" else f"counted once per order{where[levels[main]]}")
        less = [role for role in ("tax", "shipping") if basis == "total" and role in roles]
        said += [f"less {' and '.join(less)}"] if less else []
    if basis == "lines" and "discount" in roles:
        order = levels.get("discount", "line") != "line" and not facts.get("share")
        said.append(
            "less discounts, those of an order divided among its lines" if order else "less each line's discount"
        )
    if basis == "none":
        said.append("orders are counted, their worth is not known")
    return "; ".join(said)
