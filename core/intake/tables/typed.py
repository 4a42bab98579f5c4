"""The rows of a customer table or survey as they are stored: each column typed by its scale, under its slug.

``customer_id`` names the customer: the column of that role, where it is blank or there is none the e-mail address, and
null where there is neither. ``unread`` lists the columns of numbers and dates whose cell is neither in this row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import chain, count

from core.intake.formats.reading import quote
from core.warehouse.columns import Column

# What the cleaned table calls its own columns.
KEY = "customer_id"
UNREAD = "unread"
RESERVED = ("customer", KEY, UNREAD, "row", "file_row_number")
# Scales whose cells may fail to be read.
READ = ("number", "amount", "date")
_BLANK = ("", "na", "n/a", "#n/a", "nan", "null", "<na>")
_NOTHING = (*_BLANK, "none", "-", "--", "–", ".", "?")
Read = Callable[[str], str]


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
        slug = next(each for each in chain([stem], (f"{stem}_{n}" for n in count(2))) if each not in taken)
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


def expression(column: Column, cell: str, read: Read) -> str:
    """SQL: a cell as its scale reads it, null where it is blank or cannot be read so.

    Levels stay as they were typed: spellings of one level are brought together, and counted, when cleaning.
    """
    match column.scale:
        case "number" | "amount" | "date":
            return read(cell)
        case "identifier":
            return identifier(cell)
    return f"case when not {_among(cell, _blank(column))} then {cell} end"


def identifier(cell: str) -> str:
    """SQL: an id as text: leading zeros stay, a ``.0`` that a spreadsheet put there goes."""
    plain = f"regexp_replace(trim({cell}), '^(\\d+)\\.0+$', '\\1')"
    return f"case when not {_among(plain, _NOTHING)} then {plain} end"


def select(columns: tuple[Column, ...], reads: tuple[Read, ...], relation: str) -> str:
    """SQL: the rows of an opened file, typed.

    Parameters
    ----------
    columns, reads : tuples
        One for each column of the file; ``read(cell)`` is the SQL of its number or date.
    relation : str
        SQL: the table of text with columns c0, c1, …
    """
    places = range(len(columns))
    typed = ", ".join(f"{expression(columns[i], f'c{i}', reads[i])} as t{i}" for i in places)
    keys = [f"t{i}" for i in places if columns[i].slug == KEY]
    emails = [f"nullif(lower(trim(c{i})), '')" for i in places if columns[i].role == "email"]
    unread = ", ".join(
        f"case when t{i} is null and not {_among(f'c{i}', _NOTHING)} then {quote(columns[i].slug)} end"
        for i in places
        if columns[i].scale in READ
    )
    fields = [
        f"coalesce({', '.join((*keys, *emails[:1], 'null'))})::varchar as {KEY}",
        *(f"t{i} as {name(columns[i].slug)}" for i in places if columns[i].slug != KEY),
        f"concat_ws(',', {unread or 'null'}) as {UNREAD}",
    ]
    return f"select {', '.join(fields)} from (select *, {typed} from {relation})"


def key(columns: tuple[Column, ...]) -> str:
    """What names a customer: ``customer``, ``email`` or, where nothing does, ``row``."""
    roles = {column.role for column in columns}
    return next((role for role in ("customer", "email") if role in roles), "row")


def customer(found: str, row: str) -> str:
    """SQL: who a row is: by what names customers where it does, else by the row's number in the file, from 1.

    ``found`` is what :func:`key` says.
    """
    own = f"({row} + 1)::varchar" if found == "row" else f"'row ' || ({row} + 1)"
    return f"coalesce({KEY}, {own})"


def name(slug: str) -> str:
    """A slug as an SQL name."""
    return '"' + slug.replace('"', '""') + '"'


def _blank(column: Column) -> tuple[str, ...]:
    # Namibia is a country; "None" may be an answer.
    return ("",) if column.role == "country" else _BLANK


def _among(cell: str, words: tuple[str, ...]) -> str:
    """SQL: whether a cell is one of some words. Hundreds of columns with a list to IN each would take gigabytes."""
    return f"contains({quote('|'.join(('', *words, '')))}, '|' || lower(trim({cell})) || '|')"
