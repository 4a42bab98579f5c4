"""Who bought: by the shop's own customer number, or by e-mail, telephone or name; guests are given to whom they are."""

from __future__ import annotations

from collections.abc import Collection

import duckdb

# What stands in a column of customers where there is none.
NOBODY = (
    "nan", "null", "none", "nil", "n/a", "na", "#n/a", "<na>", "-", "guest", "guest checkout", "anonymous", "unknown",
    "walk-in", "walk in", "gast", "invite", "invité", "invitado", "convidado", "ospite",
)  # fmt: skip
# A name that this share of rows lacks is no key: e-mail and telephone are, row by row.
_MOST_BLANK = 0.5

_NAME = "lower(regexp_replace(name, '\\s+', ' ', 'g'))"
Cursor = duckdb.DuckDBPyConnection


def known(cursor: Cursor, frame: str, has: Collection[str]) -> tuple[str, str]:
    """SQL: the rows with a ``customer_id`` for everybody who can be told, and how that was done, in words.

    Parameters
    ----------
    cursor : cursor
    frame : str
        Rows with customer_id, and with email, phone and name where ``has`` says so, all of them normalised.
    has : collection of str

    Notes
    -----
    A row without a number goes to the customer who has its e-mail on other rows, else to the only one who has its
    telephone; else its e-mail is the number, that of another guest with this telephone, or the telephone.
    """
    ways = [way for way in ("email", "phone") if way in has]
    named = "name" in has and "customer" not in has and _blank(cursor, frame, ways) > _MOST_BLANK
    if not ways:
        by_name = f"select * replace (coalesce(customer_id, {_NAME}) as customer_id) from ({frame})"
        return (by_name, "by name") if named else (frame, "")
    chain = ["f.customer_id"]
    joins = []
    for way in ways:
        if "customer" in has:
            _whose(cursor, frame, way, "customer_id", f"by_{way}")
            joins.append(f"left join by_{way} on f.{way} = by_{way}.{way}")
            chain.append(f"by_{way}.found")
    if "email" in has:
        chain.append("f.email")
    if {"email", "phone"} <= set(has):
        _whose(cursor, frame, "phone", "email", "guest_phone")
        joins.append("left join guest_phone on f.phone = guest_phone.phone")
        chain.append("guest_phone.found")
    chain += ["f.phone"] if "phone" in has else []
    chain += [_NAME.replace("name", "f.name")] if named else []
    made = f"select f.* replace (coalesce({', '.join(chain)}) as customer_id) from ({frame}) f {' '.join(joins)}"
    return made, _words(cursor, frame, has, ways, joins) if "customer" in has else f"by {' or '.join(ways)}"


def _whose(cursor: Cursor, frame: str, way: str, whose: str, table: str) -> None:
    """Whose an e-mail or a telephone is; a telephone of several is nobody's."""
    only = f"having count(distinct {whose}) = 1" if way == "phone" else ""
    cursor.execute(
        f"""create or replace temp table {table} as select {way}, arg_max({whose}, ts) as found from ({frame})
        where {way} is not null and {whose} is not null group by {way} {only}"""
    )


def _blank(cursor: Cursor, frame: str, ways: list[str]) -> float:
    if not ways:
        return 1.0
    nothing = " and ".join(f"{way} is null" for way in ways)
    share: float = cursor.execute(f"select coalesce(avg(({nothing})::integer), 1) from ({frame})").fetchall()[0][0]
    return share


def _words(cursor: Cursor, frame: str, has: Collection[str], ways: list[str], joins: list[str]) -> str:
    found = [f"by_{way}.found" for way in ways]
    joins = [join for join in joins if "guest_phone" not in join]
    met, own = cursor.execute(
        f"""select count_if(coalesce({", ".join(found)}) is not null), count_if(coalesce({", ".join(found)}) is null
        and coalesce({", ".join(f"f.{way}" for way in ways)}) is not null)
        from ({frame}) f {" ".join(joins)} where f.customer_id is null"""
    ).fetchall()[0]
    words = [f"{met:,} rows of guests given to the customer with the same e-mail or telephone"] if met else []
    words += [f"{own:,} rows of guests known by e-mail or telephone only"] if own else []
    return "; ".join(words)
