"""The levels of a column: spellings of one level brought together, ordered answers as numbers, yes and no, odd ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from core.intake.columns import ladders
from core.intake.formats.reading import quote
from core.intake.tables.typed import name, slug_of
from core.warehouse.columns import Column

YES = (
    "yes", "y", "true", "t", "1", "x", "on", "checked", "accepted", "ja", "j", "oui", "o", "si", "sí", "s", "sim", "da",
    "tak", "wahr", "vrai", "evet", "ano", "kyllä",
)  # fmt: skip
NO = (
    "no", "n", "false", "f", "0", "off", "unchecked", "declined", "nein", "non", "não", "nao", "nie", "falsch", "faux",
    "nej", "nei", "nee", "hayir", "hayır", "ne", "ei",
)  # fmt: skip
OTHER = "Other"
# A level is odd where it is this rare, and where all such levels together are.
ODD_SHARE, ODD_TOGETHER, ODD_LEAST_ROWS = 0.005, 0.05, 100
MOST_LEVELS = 200
MOST_CHOICES = 30
SEPARATORS = (";", "|", ",")


@dataclass(frozen=True)
class Level:
    """A level as it is most often spelled, how many cells have it, and how many of them spell it otherwise."""

    key: str
    label: str
    count: int
    respelled: int


def key(cell: str) -> str:
    """SQL: what all spellings of a level have in common."""
    tidy = f"lower(regexp_replace(trim({cell}), '\\s+', ' ', 'g'))"
    return f"regexp_replace({tidy}, '^(-?\\d+)\\.0+$', '\\1')"


def count(cursor: duckdb.DuckDBPyConnection, raw: str, cell: str, most: int = MOST_LEVELS + 1) -> list[Level]:
    """The levels of a column, the most frequent first.

    Parameters
    ----------
    raw : str
        SQL: the rows.
    cell : str
        SQL: the cell, null where missing.
    """
    rows = cursor.execute(
        f"""select key, arg_max(trim(typed), n), sum(n)::bigint, (sum(n) - max(n))::bigint
        from (select {key(cell)} as key, {cell} as typed, count(*) as n from {raw}
            where {cell} is not null group by all)
        group by key order by 3 desc, key limit {most}"""
    ).fetchall()
    return [Level(key, key if _is_number(key) else label, *counts) for key, label, *counts in rows]


def ordered(levels: Iterable[Level], known: tuple[str, ...]) -> tuple[str, ...]:
    """The levels of an ordered column, lowest first; those outside any order are left out.

    Examples
    --------
    >>> ordered([Level("3", "3", 9, 0), Level("10", "10", 2, 0)], ("3",))
    ('3', '10')
    """
    found = list(levels)
    try:
        return tuple(level.label for level in sorted(found, key=lambda level: float(level.key)))
    except ValueError:
        pass
    if {level.key for level in found} <= set(map(plain, known)):
        return known
    # The first rows did not have them all.
    whole = ladders.order([level.label for level in found])
    return whole.levels if whole and len(whole.levels) >= len(known) else known


def code(column: Column, cell: str) -> str:
    """SQL: an ordered level as its number, 0 for the lowest."""
    return f"list_position({_texts(map(plain, column.levels))}, {key(cell)})::double - 1"


def label(column: Column, cell: str) -> str:
    """SQL: a category as it is most often spelled."""
    keys = _texts(map(plain, column.levels))
    return f"coalesce({_texts(column.levels)}[list_position({keys}, {key(cell)})], trim({cell}))"


def merge(cell: str, odd: Iterable[str], other: str, usual: str) -> str:
    """SQL: a category, or the other one where its level is odd."""
    return f"case when {key(cell)} in {_tuple(sorted(odd))} then {quote(other)} else {usual} end"


def yes_no(column: Column, cell: str) -> str:
    """SQL: ``yes`` or ``no``, null for anything else; where only yes is ever written, a blank is no."""
    words = key(f"{cell}::varchar")
    if column.levels == ("yes",):
        return f"case when {words} in {_tuple(YES)} then 'yes' else 'no' end"
    return f"case when {words} in {_tuple(YES)} then 'yes' when {words} in {_tuple(NO)} then 'no' end"


def plain(text: str) -> str:
    """What :func:`key` makes of a text.

    Examples
    --------
    >>> plain(" Customer  Service "), plain("2.0")
    ('customer service', '2')
    """
    tidy = " ".join(text.split()).lower()
    whole, _, rest = tidy.partition(".")
    return whole if rest and not rest.strip("0") and whole.lstrip("-").isdigit() else tidy


def odd(levels: Iterable[Level], rows: int) -> list[Level]:
    """Levels so rare that they are slips or jokes, where nearly everybody has another one.

    Examples
    --------
    >>> levels = [Level("single", "Single", 995, 0), Level("married", "Married", 1000, 0), Level("yolo", "YOLO", 2, 0)]
    >>> [level.label for level in odd(levels, 1997)]
    ['YOLO']
    """
    every = list(levels)
    rare = [level for level in every if level.count < ODD_SHARE * rows]
    together = sum(level.count for level in rare)
    usual = len(every) - len(rare)
    return rare if rows >= ODD_LEAST_ROWS and usual >= 2 and together <= ODD_TOGETHER * rows else []


def separator(cursor: duckdb.DuckDBPyConnection, raw: str, cell: str) -> str:
    """What stands between several choices."""
    counts = ", ".join(f"count_if(contains({cell}, {quote(mark)}))" for mark in SEPARATORS)
    found = cursor.execute(f"select {counts} from {raw}").fetchall()[0]
    return next((mark for mark, often in zip(SEPARATORS, found, strict=True) if often), SEPARATORS[0])


def choices(cursor: duckdb.DuckDBPyConnection, raw: str, column: Column) -> tuple[str, list[Level]]:
    """The separator of a several-choices column and its single choices, the most frequent first."""
    cell = name(column.slug)
    mark = separator(cursor, raw, cell)
    each = f"(select unnest(string_split({cell}, {quote(mark)})) as choice from {raw} where {cell} is not null)"
    return mark, [level for level in count(cursor, each, "choice", MOST_CHOICES) if level.key]


def chosen(cell: str, mark: str, choice: str) -> str:
    """SQL: whether a choice is among the several of a cell."""
    each = f"list_transform(string_split({cell}, {quote(mark)}), lambda each: {key('each')})"
    found = f"list_contains({each}, {quote(plain(choice))})"
    return f"case when {cell} is null then null when {found} then 'yes' else 'no' end"


def choice_column(column: Column, choice: str) -> Column:
    """The yes/no column of one choice."""
    return Column(
        f"{column.name}: {choice}", "", column.label, "", "", f"{column.slug}__{slug_of(choice)}", "yes_no",
        levels=("no", "yes"), derived=f"whether {choice} is among the choices in {column.name}", enters=True,
    )  # fmt: skip


def _is_number(text: str) -> bool:
    return text.lstrip("-").isdigit()


def _texts(values: Iterable[str]) -> str:
    return "([" + ", ".join(map(quote, values)) + "]::varchar[])"


def _tuple(values: Iterable[str]) -> str:
    return "(" + ", ".join(map(quote, values)) + ")"
