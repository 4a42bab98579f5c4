"""Which columns of a customer table or survey segments are learned from, unless somebody chooses: named choices."""

from __future__ import annotations

import re
from collections.abc import Iterable

from core.errors import ParameterError
from core.warehouse.columns import MEASURED, Column
from core.warehouse.people import People

# One column for each of these says most of what a table of behaviour says.
SUMMARY = ("age", "income", "total_spend", "web_purchases", "store_purchases", "web_visits", "recency")
DEMOGRAPHICS = ("age", "gender", "education", "marital", "income")
ONLINE = ("income", "total_spend", "web_purchases", "web_visits")
CHANNELS = ("web_purchases", "store_purchases", "catalog_purchases", "deal_purchases", "web_visits")
ANSWERS = ("purchase_frequency", "browsing_frequency", "review_reliance", "satisfaction")
# A choice stands in for all columns where these are too many to look at, and it covers enough.
TOO_MANY, ENOUGH = 10, 4
LABELS = {
    "summary": "Summary",
    "demographics": "Demographics",
    "spend": "Spending",
    "online": "Income, spending and the web",
    "channels": "Channels",
    "answers": "Answers",
    "all": "All columns",
}


def presets(people: People) -> dict[str, tuple[str, ...]]:
    """Named choices of columns: name of :data:`LABELS` -> slugs; only those with two columns or more."""
    return choices(people.columns)


def default_features(people: People) -> tuple[str, ...]:
    """The columns that segments are learned from unless somebody chooses others."""
    return usual(people.columns)


def usual(columns: Iterable[Column]) -> tuple[str, ...]:
    """The usual choice: all that may enter; of many behaviours the summary, of many answers those with more and less.

    Examples
    --------
    >>> usual([Column("Age", "age", "", "", "", "age", "number", enters=True)])
    ('age',)
    """
    every = tuple(columns)
    entering = tuple(column.slug for column in every if column.enters and column.scale in MEASURED)
    if len(entering) <= TOO_MANY:
        return entering
    if len(summary := _with_roles(every, SUMMARY)) >= ENOUGH:
        return summary
    directed = tuple(
        column.slug for column in every if column.slug in entering and column.scale != "nominal" and not _choice(column)
    )
    return directed if len(directed) >= ENOUGH else entering


def choices(columns: Iterable[Column]) -> dict[str, tuple[str, ...]]:
    """The same as :func:`presets`, for bare columns."""
    every = tuple(columns)
    entering = [column for column in every if column.enters and column.scale in MEASURED]
    personal = {*_with_roles(every, DEMOGRAPHICS), "children", "tenure"}
    found = {
        "summary": _with_roles(every, SUMMARY),
        "demographics": (*_with_roles(every, DEMOGRAPHICS), *_with_slugs(every, "children")),
        "spend": tuple(column.slug for column in every if column.role == "spend" and column.scale in MEASURED),
        "online": _with_roles(every, ONLINE),
        "channels": _with_roles(every, CHANNELS),
        "answers": tuple(column.slug for column in entering if _answer(column) and column.slug not in personal),
        "all": tuple(column.slug for column in entering),
    }
    return {name: slugs for name, slugs in found.items() if len(slugs) >= 2}


def resolve(people: People, names: Iterable[str]) -> tuple[str, ...]:
    """Slugs of columns that are named as somebody types them: by slug or header, whatever the case and blanks.

    Raises
    ------
    ParameterError
        If no column has the name, or its scale cannot be measured.
    """
    by_name = {_squeeze(column.name): column for column in reversed(people.columns)}
    by_name.update({_squeeze(column.slug): column for column in reversed(people.columns)})
    by_name.update({column.slug: column for column in people.columns})
    found = []
    for name in names:
        column = by_name.get(name) or by_name.get(_squeeze(name))
        if column is None or column.scale not in MEASURED:
            known = ", ".join(each.slug for each in people.columns if each.scale in MEASURED)
            why = "does not exist" if column is None else "cannot be measured"
            raise ParameterError(f"The column {name[:60]!r} {why}.", f"Choose among {known[:400]}.")
        found.append(column.slug)
    return tuple(dict.fromkeys(found))


def _answer(column: Column) -> bool:
    return (column.scale in ("ordinal", "yes_no") and not _choice(column)) or (
        column.role in ANSWERS and column.scale == "number"
    )


def _choice(column: Column) -> bool:
    return column.scale == "yes_no" and bool(column.derived)


def _with_roles(columns: tuple[Column, ...], roles: tuple[str, ...]) -> tuple[str, ...]:
    first = {column.role: column.slug for column in reversed(columns) if column.scale in MEASURED}
    return tuple(first[role] for role in roles if role in first)


def _with_slugs(columns: tuple[Column, ...], *slugs: str) -> tuple[str, ...]:
    there = {column.slug for column in columns}
    return tuple(slug for slug in slugs if slug in there)


def _squeeze(name: str) -> str:
    return re.sub(r"[^0-9a-z]+", "", name.lower())
