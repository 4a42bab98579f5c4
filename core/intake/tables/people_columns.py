"""What the columns of a stored customer table hold, over all of its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from core.intake.formats.reading import quote
from core.intake.tables import people_levels as levels
from core.intake.tables.typed import UNREAD, name
from core.warehouse import engine
from core.warehouse.columns import Column

# So many columns a query: DuckDB's plans grow with them.
AT_ONCE = 100
SHOWN = 6
# Between what the first rows showed and what all of them hold, which is renewed when rows are added.
OVERALL = " · "


def describe(columns: tuple[Column, ...], raw: Path) -> tuple[Column, ...]:
    """The columns with evidence over all rows, their levels, and set aside where they cannot divide anybody.

    Parameters
    ----------
    columns : tuple of Column
        With slugs as in the file.
    raw : path
        raw.parquet.
    """
    rows = f"read_parquet({quote(str(raw))})"
    with engine.open_cursor() as cursor:
        total = cursor.execute(f"select count(*) from {rows}").fetchall()[0][0]
        sums = _sums(cursor, rows, columns)
        unread = dict(
            cursor.execute(
                f"""select unnest(string_split({UNREAD}, ',')) as slug, count(*) from {rows}
                where {UNREAD} <> '' group by slug"""
            ).fetchall()
        )
        return tuple(
            _described(cursor, rows, column, total, {**sums[column.slug], "unread": unread.get(column.slug, 0)})
            for column in columns
        )


def _sums(cursor: duckdb.DuckDBPyConnection, rows: str, columns: tuple[Column, ...]) -> dict[str, dict[str, Any]]:
    found = {}
    for some in _batches(columns):
        fields = [
            f"{{n: count({c}), low: min({c})::varchar, high: max({c})::varchar, first: first({c})::varchar}}"
            for c in (name(column.slug) for column in some)
        ]
        values = cursor.execute(f"select {', '.join(fields)} from {rows}").fetchall()[0]
        found.update({column.slug: value for column, value in zip(some, values, strict=True)})
    return found


def _described(
    cursor: duckdb.DuckDBPyConnection, rows: str, column: Column, total: int, facts: dict[str, Any]
) -> Column:
    missing, cell = total - facts["n"], name(column.slug)
    unread, what = facts["unread"], "date" if column.scale == "date" else "number"
    missing -= unread
    blank = ", ".join(
        filter(None, (f"{missing:,} missing" if missing else "", f"{unread:,} are no {what}" if unread else ""))
    )
    if not facts["n"]:
        return _aside(replace(column, evidence=_said(column, "blank throughout")), "blank throughout")
    if facts["low"] == facts["high"] and not (missing and column.scale == "yes_no"):
        column = replace(
            column, scale="constant", evidence=_said(column, f"always {_value(column, facts['low'])}", blank)
        )
        return _aside(column, "the same for everybody")
    match column.scale:
        case "number" | "amount":
            middle = cursor.execute(f"select median({cell}) from {rows}").fetchall()[0][0]
            low, high, half = (_value(column, value) for value in (facts["low"], facts["high"], middle))
            words = f"{low} to {high}, median {half}"
            return replace(column, evidence=_said(column, words, blank))
        case "date":
            words = f"{facts['low'][:10]} to {facts['high'][:10]}"
            return replace(column, evidence=_said(column, words, blank))
        case "ordinal" | "nominal" | "yes_no" | "constant" | "":
            return _levels(cursor, rows, column, facts["n"], blank)
        case "multiple":
            _, found = levels.choices(cursor, rows, column)
            shown = tuple(level.label for level in found)
            return replace(column, levels=shown, evidence=_said(column, _list(found, "choices"), blank))
    different = "approx_count_distinct(" if total > 10**6 else "count(distinct"
    (exact,) = cursor.execute(f"select {different} {cell}) from {rows}").fetchall()[0]
    return replace(column, evidence=_said(column, f"{exact:,} different", blank))


def _levels(cursor: duckdb.DuckDBPyConnection, rows: str, column: Column, filled: int, blank: str) -> Column:
    found = levels.count(cursor, rows, f"{name(column.slug)}::varchar")
    if column.scale in ("constant", ""):
        # More than one level after all.
        column = replace(column, scale="nominal" if len(found) <= levels.MOST_LEVELS else "text", enters=False)
    words = _list(found, "levels")
    if column.scale == "ordinal":
        order = levels.ordered(found, column.levels)
        outside = sum(each.count for each in found if each.key not in set(map(levels.plain, order)))
        odd = f"{outside:,} outside the order" if outside else ""
        return replace(column, levels=order, evidence=_said(column, " < ".join(order), odd, blank))
    if column.scale == "yes_no":
        yes = sum(each.count for each in found if each.key in levels.YES)
        no = sum(each.count for each in found if each.key in levels.NO)
        neither = filled - yes - no
        order = ("yes", "no") if yes > no else ("no", "yes")
        if blank and yes and not no and not neither:
            order, blank = ("yes",), f"{blank}, which is no: nothing but yes is written"
        return replace(
            column,
            levels=order,
            evidence=_said(column, f"{yes:,} yes, {no:,} no", f"{neither:,} neither" if neither else "", blank),
        )
    if len(found) > levels.MOST_LEVELS:
        column = _aside(column, f"more than {levels.MOST_LEVELS} levels")
    shown = tuple(level.label for level in found[: levels.MOST_LEVELS])
    return replace(column, levels=shown, evidence=_said(column, words, blank))


def _aside(column: Column, why: str) -> Column:
    return replace(column, enters=False, aside=column.aside or why)


def _said(column: Column, *found: str) -> str:
    sight, _, _ = column.evidence.partition(OVERALL)
    return OVERALL.join(filter(None, (sight, ", ".join(filter(None, found)))))


def _list(found: list[levels.Level], what: str) -> str:
    more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    shown = ", ".join(f"{level.label[:40]} {level.count:,}" for level in found[:SHOWN])
    return f"{len(found)} {what}: {shown}{more}"


def _value(column: Column, value: Any) -> str:
    try:
        number = float(value)
    except ValueError:
        return str(value)[:40]
    if number != round(number):
        return f"{number:,.2f}"
    return f"{number:.0f}" if column.role == "birth_year" else f"{number:,.0f}"


def _batches(columns: tuple[Column, ...]) -> Iterator[tuple[Column, ...]]:
    return (columns[start : start + AT_ONCE] for start in range(0, len(columns), AT_ONCE))
