"""The 5 × 5 grid as the map of itself, and the groups as a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import html

from dashboard import words
from dashboard.components.basics import link, meter, swatch
from dashboard.components.cards import card
from dashboard.components.tables import table
from dashboard.figures.groups import days, headline
from dashboard.state import Look

Paint = Callable[[int, int], tuple[str, str]]
FIFTHS = (
    "by percentile among all customers, in fifths; equal customers get equal scores, so the fifths are not exactly "
    "equal"
)


def how(look: Look, groups: int) -> str:
    """How scores and groups are counted."""
    scored = (
        "by your own thresholds where you gave some, else in fifths of customers" if look.view.rfm_edges else FIFTHS
    )
    return (
        f"Recency, orders and spend are each scored from 1 to 5 {scored}. Orders and spend together are the rounded "
        f"mean of their two scores. Each of the 25 cells belongs to exactly one of {groups} groups."
    )


def cards(scored: Any, cells: Any, rows: Any, drawn: Any, ideas: dict[str, str], look: Look) -> html.Div:
    """The grid and the table of the groups.

    Parameters
    ----------
    scored : Rfm
    cells, rows : DataFrame
        See :func:`grid` and :func:`group_table`.
    drawn : Map
        The map of groups.
    ideas : dict
        slug -> title of the first strategy.
    """
    sentences = [html.P(sentence, className="empty-scores") for sentence in scored.empty]
    groups, counted = {group.slug: group for group in drawn.groups}, how(look, len(drawn.groups))
    reached = days(scored.edges["recency_days"])
    rules = link("Change the rules: other groups, other thresholds", look.href("rfm-rules"))
    return html.Div(
        [
            card(
                headline(rows),
                [grid(cells, groups, reached, look), *sentences],
                sub="Square: customers. Below their number: share of revenue. Choose a cell to look at its group alone",
                how=counted,
                csv=look.download("grid"),
                more=rules,
            ),
            card(
                "What each group is, and what to do first",
                group_table(rows, ideas, look),
                sub="Customers and revenue in the period; strategies from the Campaigns tab",
                how=counted,
                csv=look.download("groups"),
            ),
        ],
        className="stack",
    )


def grid(
    cells: Any, groups: dict[str, Any], reached: dict[int, str], look: Look, paint: Paint | None = None
) -> html.Div:
    """Recency downwards, orders and spend to the right; the square grows with the customers, a click filters.

    Parameters
    ----------
    cells : DataFrame
        r, fm, group, customers, revenue_share.
    groups : dict
        slug -> group.
    reached : dict
        Recency score -> the days it stands for.
    paint : callable, optional
        R and FM -> the link of a cell and what following it does; a cell filters by its group if omitted.
    """
    most = int(cells["customers"].max()) or 1
    placed = {(row.r, row.fm): row for row in cells.itertuples(index=False)}
    head = [html.Th("Days since last order", scope="col", className="corner")]
    head += [html.Th([html.Span("Orders and spend "), html.Strong(str(fm))], scope="col") for fm in range(1, 6)]
    body = []
    for r in range(5, 0, -1):
        first = html.Th([html.Strong(str(r)), html.Span(reached[r])], scope="row")
        body.append(html.Tr([first, *(_cell(placed[r, fm], groups, most, look, paint) for fm in range(1, 6))]))
    said = "Customers by recency score and by score for orders and spend"
    made = html.Table(
        [html.Caption(said, className="visually-hidden"), html.Thead(html.Tr(head)), html.Tbody(body)],
        className="rfm-grid",
    )
    return html.Div(made, className="table-scroll", tabIndex=0, role="region", **{"aria-label": said})


def _cell(row: Any, groups: dict[str, Any], most: int, look: Look, paint: Paint | None) -> html.Td:
    group = groups[row.group]
    chosen = not paint and row.group in look.view.groups
    side = f"{100 * (row.customers / most) ** 0.5:.1f}%"
    faint = not paint and bool(look.view.groups) and not chosen
    inside = [
        html.Span(html.Span(style={"width": side, "height": side}), className="area", **{"aria-hidden": "true"}),
        html.Span([html.Strong(words.count(row.customers)), html.Span(" customers", className="visually-hidden")],
                  className="people"),
        html.Span([words.percent(row.revenue_share), html.Span(" of revenue", className="visually-hidden")],
                  className="money"),
        html.Span([swatch(group.colour), html.Span(group.label)], className="name"),
    ]  # fmt: skip
    face = f"s{group.colour % 11}{' on' if chosen else ''}{' faint' if faint else ''}"
    href, title = look.href(groups=() if chosen else (row.group,)), f"{group.label}: {group.meaning}"
    if paint:
        href, title = paint(row.r, row.fm)
    return html.Td(link(inside, href, className=face, title=title))


def group_table(rows: Any, ideas: dict[str, str], look: Look) -> html.Div:
    """The groups in the order of the map, with the first idea for each.

    Parameters
    ----------
    rows : DataFrame
        group, label, colour, meaning, customers, cents, share, revenue_share.
    ideas : dict
        slug -> title of the first strategy.
    """
    lines = []
    for row in rows.itertuples(index=False):
        chosen = row.group in look.view.groups
        name = link(
            [swatch(row.colour), row.label], look.href(groups=() if chosen else (row.group,)),
            className="group-name on" if chosen else "group-name", **({"aria-current": "true"} if chosen else {}),
        )  # fmt: skip
        share = html.Span([meter(row.revenue_share, row.colour), words.percent(row.revenue_share)], className="in-cell")
        idea = link(ideas[row.group], look.href("campaigns", groups=(row.group,), by="groups")) if row.group in ideas \
            else words.DASH  # fmt: skip
        lines.append([name, words.count(row.customers), words.percent(row.share), words.money(row.cents, look.currency),
                      share, html.Span(row.meaning, className="meaning"), idea])  # fmt: skip
    head = ["Group", "Customers", "Share", "Revenue", "Share of revenue", "Who they are", "What to do first"]
    return table(head, lines, caption="The RFM groups", numeric={1, 2, 3}, className="groups")
