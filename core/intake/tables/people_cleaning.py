"""From the stored rows of a customer table or survey to one row a customer, and what each switch did on the way."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb

from core.intake.formats.reading import quote
from core.intake.tables.people_cells import Cleaner
from core.intake.tables.people_rules import RULES
from core.intake.tables.typed import KEY, customer, name
from core.warehouse import engine, people, presets
from core.warehouse.columns import Column
from core.warehouse.people import PeopleMeta, Taken
from core.warehouse.store import Dataset

# Dates with these roles say when the data end; where there are none, any date but of birth does.
_ENDS = ("signup", "answered", "date")


def clean(raw: Path, dataset: Dataset, slugs: tuple[str, ...], out: Path) -> None:
    """Apply the active switches and write people.parquet and people.json.

    Parameters
    ----------
    raw : path
        The stored rows.
    dataset : Dataset
        Its columns, and in its facts what names a customer.
    slugs : tuple of str
        Active switches, from :func:`core.intake.tables.people_rules.active`.
    out : path
        An existing folder to write to.
    """
    target = out / "people.parquet"
    with engine.open_cursor() as cursor:
        taken = _judge(cursor, raw, dataset, slugs)
        rows = f"(select r.* exclude ({KEY}), kept.* from {_parquet(raw)} r join kept on file_row_number = row)"
        read, left = cursor.execute(
            "select count(*), count(customer) from judged left join kept using (row)"
        ).fetchall()[0]
        as_of = _newest(cursor, rows, dataset.columns_found)
        fields, did = Cleaner(cursor, rows, slugs, as_of).fields(dataset.columns_found)
        cells, made = (
            [
                f"{each.sql} as {name(each.column.slug)}"
                for each in fields
                if each.derived is later and each.column.slug != KEY
            ]
            for later in (False, True)
        )
        cursor.execute(
            f"""copy (select {", ".join(["*", *made])}
                from (select {", ".join(["customer", KEY, *cells])} from {rows})
                order by customer) to {quote(str(target))} (format parquet, compression snappy)"""
        )
        columns = tuple(each.column for each in fields)
        taken = {**taken, **did, "missing": _missing(cursor, target, columns, left, "missing" in slugs)}
    entries = tuple(taken[rule.slug] for rule in RULES if rule.slug in taken)
    people.describe(PeopleMeta(read + dataset.misfit, left, as_of, columns, entries), out)


def _judge(cursor: duckdb.DuckDBPyConnection, raw: Path, dataset: Dataset, slugs: tuple[str, ...]) -> dict[str, Taken]:
    """Number the rows that stay in a table ``kept`` (row, customer, customer_id)."""
    ids = {KEY, *(column.slug for column in dataset.columns_found if column.scale == "identifier")}
    others = [name(column.slug) for column in dataset.columns_found if column.slug not in ids]
    repeats, alike = ("repeated" in slugs), ("alike" in slugs)
    who = customer(dataset.facts.get("key", ""), "file_row_number")
    cursor.execute(
        f"""create or replace temp table judged as
        with rows as (select file_row_number as row, {KEY} as known, {who} as id,
            hash({", ".join(others) or "0"}) as content from {_parquet(raw)}),
        named as (select row, content, id, case when known is null then 1
            else row_number() over (partition by known order by row desc) end as turn from rows)
        select row, id, turn, turn > 1 as repeated,
            row_number() over (partition by turn > 1 and {repeats}, content order by row) > 1 as alike from named"""
    )
    cursor.execute(
        f"""create or replace temp table kept as
        select row, (row_number() over (order by row) - 1)::integer as customer,
        case when repeated then id || ' (' || turn || ')' else id end as {KEY}
        from judged where not (repeated and {repeats}) and not (alike and {alike})"""
    )
    repeated, same = cursor.execute(
        f"select count_if(repeated), count_if(alike and not (repeated and {repeats})) from judged"
    ).fetchall()[0]
    return {
        "misfit": Taken("misfit", True, rows=dataset.misfit),
        "repeated": Taken("repeated", repeats, rows=repeated),
        "alike": Taken("alike", alike, rows=same),
    }


def _newest(cursor: duckdb.DuckDBPyConnection, rows: str, columns: tuple[Column, ...]) -> dt.date | None:
    dates = [column for column in columns if column.scale == "date" and column.role != "birth_year"]
    ends = [column for column in dates if column.role in _ENDS] or dates
    if not ends:
        return None
    newest = ", ".join(f"max({name(column.slug)})" for column in ends)
    found: dt.date | None = cursor.execute(f"select greatest({newest}, null)::date from {rows}").fetchall()[0][0]
    return found


def _missing(cursor: duckdb.DuckDBPyConnection, table: Path, columns: tuple[Column, ...], left: int, on: bool) -> Taken:
    """Who lacks one of the columns that segments are usually learned from."""
    needs = [name(slug) for slug in presets.usual(columns)]
    if not needs:
        return Taken("missing", on)
    lack = " or ".join(f"{slug} is null" for slug in needs)
    cells = " + ".join(f"count_if({slug} is null)" for slug in needs)
    rows, empty = cursor.execute(f"select count_if({lack}), {cells} from {_parquet(table)}").fetchall()[0]
    words = f"{rows:,} of {left:,} customers lack one of the {len(needs)} usual columns" if rows else ""
    return Taken("missing", on, cells=empty, effect=words)


def _parquet(path: Path) -> str:
    return f"read_parquet({quote(str(path))}, file_row_number=true)"
