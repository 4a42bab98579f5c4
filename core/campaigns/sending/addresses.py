"""How people can be reached, as views of one cursor: ``contact``, ``refused``, ``lands``."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa

from core.intake.formats.reading import quote
from core.intake.logs.contacts import ISSUES, region

Cursor = duckdb.DuckDBPyConnection
FIELDS = ("email", "phone", "first_name", "last_name", "street", "zip", "city", "state", "country", "consent",
          *ISSUES.values())  # fmt: skip
EMAIL = r"""[^@\s,;:<>"]+@[^@\s,;:<>"]+\.[^@\s.,;:<>"]{2,}"""
PHONE = r"\+[1-9][0-9]{5,14}"


def fields(cursor: Cursor, paths: tuple[Path, ...]) -> tuple[str, ...]:
    """Those of :data:`FIELDS` that one of the files has."""
    found = {name for path in paths for name in cursor.sql(_read(path)).columns}
    return tuple(name for name in FIELDS if name in found)


def prepare(cursor: Cursor, paths: tuple[Path, ...], has: tuple[str, ...]) -> None:
    """Make the views.

    ``contact``: ``customer_id`` and all of :data:`FIELDS`; a no to consent in any of the files is a no.
    ``refused``: ``kind`` and ``value`` of every address whose owner said no. ``lands``: ``name`` of a country and its
    two letters, ``land``.
    """
    blanks = ", ".join(f"null::varchar as {name}" for name in FIELDS if name not in has)
    cursor.execute(
        f"create or replace temp view contact as select *{', ' if blanks else ''}{blanks} from ({_all(paths, has)})"
    )
    cursor.execute("""create or replace temp table refused as
        select 'email' as kind, lower(trim(email)) as value from contact where consent = 'no' and email is not null
        union select 'phone', trim(phone) from contact where consent = 'no' and phone is not null""")
    names = [
        name for (name,) in cursor.sql("select distinct country from contact where country is not null").fetchall()
    ]
    lands = pa.table({"name": pa.array(names, pa.string()), "land": pa.array([region(n) for n in names], pa.string())})
    cursor.register("known_lands", lands)
    cursor.execute("create or replace temp table lands as select name, nullif(land, '') as land from known_lands")
    cursor.unregister("known_lands")


def _all(paths: tuple[Path, ...], has: tuple[str, ...]) -> str:
    named = ", ".join(("customer_id::varchar as customer_id", *has))
    if not paths:
        return "select null::varchar as customer_id where false"
    if len(paths) == 1:
        return f"select {named} from ({_read(paths[0])})"
    files = " union all by name ".join(
        f"select *, {turn} as turn from ({_read(path)})" for turn, path in enumerate(paths)
    )
    values = {name: f"arg_min({name}, turn) filter ({name} is not null)" for name in has}
    if "consent" in values:
        values["consent"] = f"case when bool_or(consent = 'no') then 'no' else {values['consent']} end"
    first = "".join(f", {value} as {name}" for name, value in values.items())
    return f"select customer_id::varchar as customer_id{first} from ({files}) group by all"


def _read(path: Path) -> str:
    return f"select * from read_parquet({quote(str(path))})"
