"""Columns that are made from others: each a row of one table, and a switch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from core.intake.tables.typed import name
from core.warehouse.columns import Column

DAYS_A_YEAR = 365.25
CHANNELS = ("web_purchases", "store_purchases", "catalog_purchases")
Roles = dict[str, list[Column]]


@dataclass(frozen=True)
class Made:
    """SQL of a derived column, from which columns, and how, in words."""

    sql: str
    parts: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class Derivation:
    """A column that can be made.

    Parameters
    ----------
    slug, name, role, scale
        Of the column that is made.
    explains : str
        What the switch says.
    make : callable
        ``make(roles, as_of)``: roles -> the columns that have them; None where it cannot be made, or stands in the
        file already.
    replaces : bool
        Whether its parts no longer enter the segmentation, as it says the same in one.
    enters : bool
    """

    slug: str
    name: str
    role: str
    scale: str
    explains: str
    make: Callable[[Roles, dt.date | None], Made | None]
    replaces: bool = True
    enters: bool = True


def _age(roles: Roles, as_of: dt.date | None) -> Made | None:
    born = roles.get("birth_year", [])
    if "age" in roles or not born or as_of is None:
        return None
    column = born[0]
    year = f"year({name(column.slug)})" if column.scale == "date" else name(column.slug)
    return Made(f"{as_of.year} - {year}", (column.slug,), f"{as_of.year} less {column.name}: {as_of} ends the data")


def _tenure(roles: Roles, as_of: dt.date | None) -> Made | None:
    since = [column for column in roles.get("signup", []) if column.scale == "date"]
    if not since or as_of is None:
        return None
    cell = name(since[0].slug)
    return Made(f"date_diff('day', {cell}, date '{as_of}')", (since[0].slug,), f"{since[0].name} to {as_of}")


def _sum_of(part: str, whole: str) -> Callable[[Roles, dt.date | None], Made | None]:
    def make(roles: Roles, as_of: dt.date | None) -> Made | None:
        columns = roles.get(part, [])
        return None if len(columns) < 2 or (whole and whole in roles) else _total(columns)

    return make


def _purchases(roles: Roles, as_of: dt.date | None) -> Made | None:
    columns = [column for role in CHANNELS for column in roles.get(role, [])[:1]]
    return None if len(columns) < 2 or "orders" in roles else _total(columns)


def _share_of(role: str) -> Callable[[Roles, dt.date | None], Made | None]:
    def make(roles: Roles, as_of: dt.date | None) -> Made | None:
        columns = [column for each in CHANNELS for column in roles.get(each, [])[:1]]
        if len(columns) < 2 or role not in roles:
            return None
        total, own = _total(columns), roles[role][0]
        sql = f"coalesce({_number(own)}, 0) / nullif({total.sql}, 0)"
        return Made(sql, total.parts, f"{own.name} of {total.words}; missing where nothing was bought")

    return make


def _total(columns: list[Column]) -> Made:
    cells = [_number(column) for column in columns]
    known = f"coalesce({', '.join(cells)}) is not null"
    sql = f"case when {known} then {' + '.join(f'coalesce({cell}, 0)' for cell in cells)} end"
    words = " + ".join(column.name for column in columns)
    return Made(sql, tuple(column.slug for column in columns), f"{words}; a blank counts as 0 beside others")


def _number(column: Column) -> str:
    """SQL: a cell as a number; yes is 1."""
    cell = name(column.slug)
    if column.scale == "yes_no":
        return f"case {cell} when 'yes' then 1.0 when 'no' then 0.0 end"
    return f"try_cast({cell} as double)"


DERIVATIONS = (
    Derivation("age", "Age", "age", "number", "from the year of birth, as of the newest date in the file", _age),
    Derivation("tenure", "Tenure", "", "number", "days from becoming a customer to the newest date in the file",
               _tenure, enters=False),
    Derivation("total_spending", "Total spending", "total_spend", "amount", "the columns of spending added up",
               _sum_of("spend", "total_spend")),
    Derivation("total_purchases", "Total purchases", "orders", "number",
               "purchases on the web, in stores and by catalogue added up", _purchases, replaces=False, enters=False),
    Derivation("children", "Children", "", "number", "children and teenagers at home added up",
               _sum_of("children", "")),
    Derivation("campaigns_accepted", "Campaigns accepted", "", "number", "how many campaigns were accepted",
               _sum_of("accepted", "")),
    Derivation("web_share", "Share of the web", "", "number", "purchases on the web, of all purchases",
               _share_of("web_purchases"), replaces=False, enters=False),
    Derivation("store_share", "Share of stores", "", "number", "purchases in stores, of all purchases",
               _share_of("store_purchases"), replaces=False, enters=False),
    Derivation("catalog_share", "Share of the catalogue", "", "number", "purchases by catalogue, of all purchases",
               _share_of("catalog_purchases"), replaces=False, enters=False),
)  # fmt: skip


def derive(columns: tuple[Column, ...], as_of: dt.date | None) -> list[tuple[Derivation, Made]]:
    """What can be made from the columns of a file; a slug that the file itself has is not made again."""
    roles: Roles = {}
    for column in columns:
        if column.role:
            roles.setdefault(column.role, []).append(column)
    taken = {column.slug for column in columns}
    made = [(each, each.make(roles, as_of)) for each in DERIVATIONS if each.slug not in taken]
    return [(each, how) for each, how in made if how is not None]


def column_of(each: Derivation, made: Made) -> Column:
    """The derived column's description."""
    return Column(
        each.name, each.role, each.name, "", "", each.slug, each.scale, derived=made.words, enters=each.enters
    )
