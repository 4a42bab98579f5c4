"""A segment from close up in tables: typical customers, favourites, countries, channels, shares of spend."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import html

from dashboard import words
from dashboard.components.basics import meter
from dashboard.components.tables import table
from dashboard.figures import portrait, profiles

MOST_COLUMNS, MOST_COUNTRIES = 6, 6


def typical(rows: Any, cells: Any, order: list[str], name: str, page: Callable[[str], Any], currency: str) -> html.Div:
    """The customers nearest to the centre, with their figures; ``page`` makes of an id the link to their own page."""
    told = cells.drop_duplicates("feature").set_index("feature", drop=False).loc[order[:MOST_COLUMNS]]
    values = {(row["rank"], row["feature"]): row for row in cells.to_dict("records")}
    heads = [profiles.heading(words.header(label), unit, currency) if unit == "money" else words.header(label)
             for label, unit in told[["label", "unit"]].itertuples(index=False)]  # fmt: skip
    lines = [
        [
            page(row["customer_id"]),
            *(_value(values[row["rank"], feature]) for feature in told["feature"]),
        ]
        for row in rows.to_dict("records")
    ]
    right = {place for place, unit in enumerate(told["unit"], start=1) if unit not in ("category", "level", "share")}
    return table(
        ["Customer", *heads], lines, caption=f"Typical customers: {name}", numeric=right, className="nearest-customers"
    )


def _value(row: dict[str, Any]) -> str:
    if row["said"]:
        return str(row["said"])
    if row["value"] != row["value"]:
        return words.DASH
    value = row["value"]
    if row["unit"] == "money" and abs(value) >= 1e4:
        return words.count(value / 100)
    # The figures of one customer: no places after the point where there are none.
    whole = row["unit"] not in ("money", "share", "year") and value == int(value)
    return words.count(value) if whole else profiles.bare(value, row["unit"])


def favourites(rows: Any, what: str, name: Any, *, coded: bool) -> html.Div:
    """Products or choices with their lift, and how many stand behind it."""
    strongest = max([row["lift"] for row in rows.to_dict("records")] + [1])
    lines = [
        [
            [
                html.Span(portrait.titled(row["name"])),
                html.Small(_beneath(row, coded)) if _beneath(row, coded) else None,
            ],
            html.Span(
                [meter(row["lift"] / strongest, name.colour), html.Strong(f"{row['lift']:.1f} ×")],
                className="lift-cell",
            ),
            f"{words.percent(row['share'], 0)} ({words.count(row['buyers'])})",
            f"{words.percent(row['share_all'], 0)} ({words.count(row['buyers_all'])})",
        ]
        for row in rows.to_dict("records")
    ]
    heads = [what, "Lift", "Of them", "Of all"]
    return table(heads, lines, caption=f"Favourites: {name.name}", numeric={2, 3}, className="favourites")


def _beneath(row: dict[str, Any], coded: bool) -> str:
    """A product's code, or the question that a choice answers; a category has neither."""
    return str(row["code"]) if coded else words.header(row["group"]) if row["group"] else ""


def shares(rows: Any, what: str, many: str, name: Any) -> html.Div:
    """Where they order from, or through which channels, beside everybody; ``what`` heads the column of that name."""
    lines = []
    for row in rows.head(MOST_COUNTRIES).to_dict("records"):
        marked = html.Small("more than others") if row["low"] > 1 else None
        mine = html.Span(
            [meter(row["share"], name.colour), html.Strong(words.percent(row["share"]))], className="lift-cell"
        )
        lines.append(
            [
                [html.Span(row[what.lower()]), marked],
                mine,
                words.count(row["customers"]),
                words.percent(row["share_all"]),
            ]
        )
    heads = [what, "Of them", "Customers", "Of all"]
    return table(heads, lines, caption=f"{many}: {name.name}", numeric={2, 3}, className="favourites")


def mix(rows: Any, what: str, name: Any, currency: str) -> html.Div:
    """How they divide their spend or purchases, beside everybody."""
    lines = [
        [
            words.header(row["label"]),
            html.Span(
                [meter(row["share"], name.colour), html.Strong(words.percent(row["share"]))], className="lift-cell"
            ),
            words.percent(row["share_all"]),
            f"{row['lift']:.1f} ×" if row["lift"] == row["lift"] else words.DASH,
            profiles.said(row["they"], row["unit"], currency),
        ]
        for row in rows.to_dict("records")
    ]
    heads = [what, "Of theirs", "Of all", "Lift", "Average"]
    return table(heads, lines, caption=f"{what}: {name.name}", numeric={2, 3, 4}, className="favourites")
