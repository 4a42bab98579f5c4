"""Segments as cards: who they are, how large, their rule in one line, what sets them apart, what to do."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import words
from dashboard.components.basics import icon, link, meter, swatch
from dashboard.components.segments import difference_table
from dashboard.figures import portrait
from dashboard.state import Look

WIDE = {2: 2, 6: 3, 7: 4, 8: 4, 9: 3, 10: 5}


def of_all(
    rows: list[dict[str, Any]], sizes: Any, apart: Any, told: Any, ideas: dict[str, str], look: Look, *, money: str
) -> html.Div:
    """A card for each segment.

    Parameters
    ----------
    rows : list of dict
        id, name, colour, portrait.
    sizes, apart : DataFrame
        What is looked at of each, and what sets them apart, the strongest first.
    told : Thresholds
    ideas : dict
        id -> title of the first strategy.
    money : str
        What the share of money is of; empty where nobody knows any.
    """
    counted = {row["id"]: row for row in sizes.to_dict("records")}
    fits = told.fidelity.set_index("id")["told"]
    made = []
    for row in rows:
        id, name = row["id"], row["name"]
        made.append(
            segment_card(
                row,
                counted[id],
                difference_table(apart[apart["id"] == id].head(3), name, look.currency),
                rule(portrait.one_line(told.of(id), fits[id], look.currency), look.href("portrait", one=id), name),
                action(ideas.get(id, "What to do with them"), look.href("campaigns", segments=(id,)), name),
                money=money.capitalize(),
            )
        )
    return cards(made)


def cards(items: list[html.Div]) -> html.Div:
    """Cards side by side, in rows of equal length where that works out."""
    columns = WIDE.get(len(items), min(max(len(items), 3), 5))
    return html.Div(items, className="segment-cards", style={"--columns": columns})


def segment_card(
    row: dict[str, Any], size: dict[str, Any], differences: Any, rule: Any, action: Any, *, money: str = "Revenue"
) -> html.Div:
    """A segment: who they are, how large, what sets them apart, what to do.

    Parameters
    ----------
    row : dict
        name, colour, portrait.
    size : dict
        customers, share and, where money is known, revenue_share in what is looked at.
    money : str
        What that share is of.
    differences, rule, action
        A table, the rule in one line, and the link at the foot.
    """
    shares = [("Customers", size["share"]), *([(money, size["revenue_share"])] if money else [])]
    meters = [
        html.Div(
            [html.Span(label), meter(share, row["colour"]), html.Strong(words.percent(share))], className="share-row"
        )
        for label, share in shares
    ]
    count = [words.count(size["customers"]), html.Span(" customers", className="visually-hidden")]
    return html.Div(
        [
            html.Div([html.H2([swatch(row["colour"]), row["name"]]), html.Strong(count)], className="segment-head"),
            html.P(row["portrait"], className="portrait"),
            html.Div(meters, className="shares"),
            rule,
            differences,
            action,
        ],
        className="card segment-card",
    )


def rule(line: str, href: str, name: str) -> html.A:
    """The rule that finds most of a segment, and a link to its close-up."""
    said = html.Span([line, html.Span(f" ({name} from close up)", className="visually-hidden")])
    return link([icon("zoom-in"), said, icon("chevron-right")], href, className="segment-rule")


def action(title: str, href: str, name: str) -> html.A:
    """The link at the foot of a card."""
    return link(
        [icon("send"), html.Span([title, html.Span(f" ({name})", className="visually-hidden")]), icon("chevron-right")],
        href,
        className="segment-action",
    )
