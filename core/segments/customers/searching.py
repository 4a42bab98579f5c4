"""Finding a customer: by id, by the beginning of one, or by a contact that was given in full."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import narwhals as nw
import pandas as pd

from core.errors import ParameterError
from core.warehouse import engine
from core.warehouse.tables import Lazy

MOST = 12
NEAR = 6
LONGEST = 120
# Stands before what an id that is an address is called in links.
MARK = "~"


@dataclass(frozen=True)
class Found:
    """Customers who were found.

    Parameters
    ----------
    rows : frame
        customer (number in its table) and customer_id, the exact one first, then in order of number.
    total : int
        How many there are; ``rows`` holds the first of them.
    how : str
        ``id``, ``start`` (ids that begin so), ``contact``, ``near`` (ids that are spelled alike) or empty for nobody.
    """

    rows: pd.DataFrame
    total: int
    how: str


def plain(text: str) -> str:
    """A search text as ids are compared: any case, no blanks around it, no ``.0`` of a spreadsheet behind a number.

    Examples
    --------
    >>> plain(" 17850.0 "), plain("AB-12"), plain("1.05")
    ('17850', 'ab-12', '1.05')
    """
    return re.sub(r"^(\d+)\.0+$", r"\1", " ".join(text.split()).casefold())


def check(text: str) -> str:
    """A search text that may be looked for.

    Raises
    ------
    ParameterError
        If it is longer than any id.
    """
    if len(text) > LONGEST:
        raise ParameterError(
            f"The search text has {len(text):,} characters.", f"Give an id or an e-mail of at most {LONGEST}."
        )
    return text


def find(people: Lazy, text: str, contacts: Sequence[Path] = (), most: int = MOST) -> Found:
    """Look customers up.

    Parameters
    ----------
    people : lazy frame
        customer, customer_id.
    text : str
        An id or its beginning; or an e-mail, a telephone or a full name.
    contacts : sequence of path
        Files of contacts, where the dataset has them. Contacts must be given in full: a search is no way to list them.
    most : int
        How many to return.

    Notes
    -----
    The text is compared as a value and never becomes part of a query. Ids that are e-mail addresses are only found in
    full. Where nobody is found, ids within a few keystrokes are named (Damerau and Levenshtein's distance).
    """
    wanted = plain(check(text))
    known = people.select("customer", "customer_id", key=nw.col("customer_id").cast(nw.String).str.to_lowercase())
    if not wanted:
        return Found(_rows(known, 0), 0, "")
    if len(exact := _rows(known.filter(nw.col("key") == wanted), most)):
        return Found(exact, len(exact), "id")
    begin = known.filter(nw.col("key").str.starts_with(wanted), ~nw.col("key").str.contains("@", literal=True))
    if total := int(engine.collect(begin.select(nw.len().alias("n")))["n"].iloc[0]):
        return Found(_rows(begin, most), total, "start")
    ids = {each for path in contacts for each in _with_contact(path, wanted)}
    if ids and len(rows := _rows(known.filter(nw.col("customer_id").is_in(sorted(ids))), most)):
        return Found(rows, len(rows), "contact")
    near = _near(known, wanted)
    return Found(near, len(near), "near" if len(near) else "")


def token(id: str) -> str:
    """What stands for an id in a link that must not hold it.

    Examples
    --------
    >>> token("a@b.org")
    '~5b26064bbe849dab'
    """
    return f"{MARK}{hashlib.sha256(id.encode()).hexdigest()[:16]}"


def of_token(people: Lazy, wanted: str) -> pd.DataFrame:
    """The customer of a token: a row as of :class:`Found`, or none."""
    known = people.select("customer", "customer_id").to_native()
    name = duckdb.ColumnExpression("customer_id").cast("varchar")
    same = duckdb.FunctionExpression("left", duckdb.FunctionExpression("sha256", name), duckdb.ConstantExpression(16))
    found: Lazy = nw.from_native(known.filter(same == duckdb.ConstantExpression(wanted.removeprefix(MARK))))
    return _rows(found, 1)


def _rows(known: Lazy, most: int) -> pd.DataFrame:
    return engine.collect(known.select("customer", "customer_id").sort("customer").head(most))


def _with_contact(path: Path, wanted: str) -> list[str]:
    """Ids of those who have exactly this e-mail, telephone or name."""
    frame = engine.scan(path)
    names = frame.collect_schema().names()
    tests = [nw.col(name).str.to_lowercase() == wanted for name in ("email", "name") if name in names]
    digits = re.sub(r"\D", "", wanted)
    if "phone" in names and len(digits) >= 6:
        tests.append(nw.col("phone").str.replace_all(r"\D", "") == digits)
    if {"first_name", "last_name"} <= set(names):
        both = nw.concat_str([nw.col("first_name"), nw.col("last_name")], separator=" ", ignore_nulls=True)
        tests.append(both.str.to_lowercase() == wanted)
    if not tests:
        return []
    found = engine.collect(frame.filter(nw.any_horizontal(*tests, ignore_nulls=True)).select("customer_id").head(MOST))
    return found["customer_id"].astype(str).tolist()


def _near(known: Lazy, wanted: str) -> pd.DataFrame:
    """Ids that a slip of the keyboard away would have been found."""
    away = duckdb.FunctionExpression(
        "damerau_levenshtein", duckdb.ColumnExpression("key"), duckdb.ConstantExpression(wanted)
    )
    columns = [duckdb.ColumnExpression(name) for name in ("customer", "customer_id", "key")]
    told: Lazy = nw.from_native(known.to_native().select(*columns, away.alias("away")))
    told = told.filter(
        nw.col("away") <= max(1, min(2, len(wanted) // 3)), ~nw.col("key").str.contains("@", literal=True)
    )
    return engine.collect(told.sort("away", "customer").head(NEAR).select("customer", "customer_id"))
