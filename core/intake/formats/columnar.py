"""Parquet: a table with types, read as text like every other."""

from __future__ import annotations

from dataclasses import replace

import duckdb

from core.errors import InputError
from core.intake.formats import layout, remarks
from core.intake.formats.source import Source, damaged, quote
from core.warehouse import engine

_NESTED = ("STRUCT", "MAP", "UNION", "VARIANT")
_FLOATS = ("FLOAT", "DOUBLE")


def inspect(source: Source) -> Source:
    """The columns of a Parquet file and its first rows.

    Raises
    ------
    InputError
        If it is damaged or has too many columns.
    """
    try:
        with engine.open_cursor() as cursor:
            names = [row[0] for row in cursor.execute(f"describe from {_table(source)}").fetchall()]
            if len(names) > layout.MOST_COLUMNS:
                raise InputError(
                    f"{source.name} has {len(names):,} columns.", f"It may have {layout.MOST_COLUMNS:,} at most."
                )
            columns = layout.unique([name.strip() for name in names])
            source = replace(
                source, form="parquet", format="Parquet", encoding="", delimiter="", columns=columns, width=len(columns)
            )
            sample = cursor.execute(f"from {relation(source)} limit {layout.SAMPLE}").fetchall()
    except duckdb.Error as error:
        raise damaged(source.name, str(error).split("\n", 1)[0][:200]) from None
    if not sample:
        raise InputError(f"{source.name} has a header and no rows.", "Export it again and check that it holds rows.")
    return replace(
        source,
        sample=tuple(tuple(cell or "" for cell in row) for row in sample),
        facts=tuple(remarks.headers(columns)),
        evidence=(("header", "the file names its columns"),),
    )


def relation(source: Source) -> str:
    """SQL of the rows as text: whole numbers without decimals, times as ISO, what is nested as JSON."""
    with engine.open_cursor() as cursor:
        found = cursor.execute(f"describe from {_table(source)}").fetchall()
    texts = ", ".join(f"{_text(row[0], row[1])} as c{place}" for place, row in enumerate(found))
    columns = ", ".join(f"c{i}" for i in range(len(found)))
    return f"(select * from (select {texts} from {_table(source)}) where coalesce({columns}) is not null)"


def _text(name: str, kind: str) -> str:
    column = '"' + name.replace('"', '""') + '"'
    if kind in _FLOATS:
        whole = f"{column} = trunc({column}) and abs({column}) < 1e15"
        return f"case when {whole} then {column}::bigint::varchar else {column}::varchar end"
    if kind == "BLOB":
        return f"nullif(coalesce(try(decode({column})), {column}::varchar), '')"
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"({column} at time zone 'UTC')::varchar || '+00:00'"
    nested = kind.startswith(_NESTED) or kind.endswith("]")
    return f"to_json({column})::varchar" if nested else f"nullif({column}::varchar, '')"


def _table(source: Source) -> str:
    return f"read_parquet({quote(str(source.path))})"
