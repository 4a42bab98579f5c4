"""The rows of a customer table or survey as they are stored: each column typed by its scale, under its slug.

``customer_id`` names the customer: the column of that role, where it is blank or there is none the e-mail address, and
null where there is neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from core.intake.cells import Cells
from core.warehouse.columns import Column

# What the cleaned table calls its own columns.
KEY = "customer_id"
RESERVED = ("customer", KEY, "row", "file_row_number")
_BLANK = "('', 'na', 'n/a', '#n/a', 'nan', 'null', '<na>')"
_NUMBER = re.compile(r"\s*[-+]?\d+([.,]\d+)?\s*")


def named(columns: Iterable[Column]) -> tuple[Column, ...]:
    """The columns with slugs that differ from one another and from the table's own; the key is ``customer_id``.

    Examples
    --------
    >>> [c.slug for c in named([Column("Id", "customer", "", "", ""), Column("Row, Nr.", "", "", "", "")])]
    ['customer_id', 'row_nr']
    """
    taken: set[str] = set(RESERVED)
    found: list[Column] = []
    for column in columns:
        if column.role == "customer" and not any(other.role == "customer" for other in found):
            found.append(replace(column, slug=KEY, scale="identifier"))
            continue
        stem = column.slug or slug_of(column.name)
        slug = next(each for each in (stem, *(f"{stem}_{n}" for n in range(2, 10**6))) if each not in taken)
        taken.add(slug)
        found.append(replace(column, slug=slug))
    return tuple(found)


def slug_of(name: str) -> str:
    """A name as it can stand in a link.

    Examples
    --------
    >>> slug_of("Beauty and Personal Care"), slug_of("満足度")
    ('beauty_and_personal_care', 'column')
    """
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") or "column"


def expression(column: Column, cell: str, cells: Cells) -> str:
    """SQL: a cell as its scale reads it, null where it is blank or cannot be read so.

    Levels stay as they were typed: spellings of one level are brought together, and counted, when cleaning.
    """
    match column.scale:
        case "number" | "amount":
            return cells.number(cell)
        case "constant" if _NUMBER.fullmatch(column.first):
            return cells.number(cell)
        case "date":
            return cells.moment(cell)
        case "identifier":
            return identifier(cell)
    return f"case when lower(trim({cell})) not in {_blank(column)} then {cell} end"


def identifier(cell: str) -> str:
    """SQL: an id as text: leading zeros stay, a ``.0`` that a spreadsheet put there goes."""
    return f"nullif(regexp_replace(trim({cell}), '^(\\d+)\\.0+$', '\\1'), '')"


def select(columns: tuple[Column, ...], cells: tuple[Cells, ...], relation: str) -> str:
    """SQL: the rows of an opened file; those that are blank throughout are no rows.

    Parameters
    ----------
    columns, cells : tuples
        One for each column of the file.
    relation : str
        SQL: the table of text with columns c0, c1, …
    """
    typed = [
        (column, expression(column, f"c{place}", how))
        for place, (column, how) in enumerate(zip(columns, cells, strict=True))
    ]
    emails = [f"nullif(lower(trim(c{place})), '')" for place, column in enumerate(columns) if column.role == "email"]
    keys = [words for column, words in typed if column.slug == KEY]
    key = f"coalesce({', '.join((*keys, *emails[:1], 'null'))})::varchar as {KEY}"
    fields = ", ".join([key, *(f"{words} as {name(column.slug)}" for column, words in typed if column.slug != KEY)])
    anything = ", ".join(f"c{place}" for place in range(len(columns)))
    return f"select {fields} from {relation} where trim(concat({anything})) <> ''"


def key(columns: tuple[Column, ...]) -> str:
    """What names a customer: ``customer``, ``email`` or, where nothing does, ``row``."""
    roles = {column.role for column in columns}
    return next((role for role in ("customer", "email") if role in roles), "row")


def name(slug: str) -> str:
    """A slug as an SQL name."""
    return '"' + slug.replace('"', '""') + '"'


def _blank(column: Column) -> str:
    # Namibia is a country; "None" may be an answer.
    return "('')" if column.role == "country" else _BLANK
