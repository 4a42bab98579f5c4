"""Countries as a table with bars, the key of the map, and what one country is like."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import words
from dashboard.components.basics import link, swatch
from dashboard.components.keyfigures import delta, sparkline
from dashboard.components.tables import table
from dashboard.state import Look


def country_table(rows: Any, look: Look, *, unfinished: bool) -> html.Div:
    """A row a country, the whole row a link that filters by it.

    Parameters
    ----------
    rows : DataFrame
        As in :class:`core.sales.countries.Countries`.
    """
    sign, longest = words.symbol(look.currency).strip(), max(float(rows["revenue"].max()), 1.0)
    lines, strong = [], -1
    for n, row in enumerate(rows.to_dict("records")):
        chosen = row["country"] in look.view.countries
        strong = n if chosen else strong
        same = row["label"].casefold() == row["country"].casefold()
        name = [row["label"], *([] if same else [html.Small(f" {row['country']}")])]
        mark = {"aria-current": "true"} if chosen else {}
        growth = row["growth"]
        lines.append([
            link(name, look.href(countries=() if chosen else (row["country"],)), className="place", **mark),
            amount_bar(row["revenue"] / longest, row["revenue"]),
            words.percent(row["share"]),
            words.count(row["customers"]),
            words.count(row["revenue_per_customer"] / 100),
            words.count(row["order_value"] / 100),
            sparkline(tuple(float(v) for v in row["months"]), look.theme, unfinished=unfinished, width=56),
            delta(growth, places=0) if growth == growth else words.DASH,
        ])  # fmt: skip
    head = [
        "Country",
        f"Revenue, {sign}",
        "Share",
        "Customers",
        f"{sign} each",
        f"{sign} an order",
        "By month",
        "Change",
    ]
    return table(head, lines, caption="Countries by revenue", numeric={2, 3, 4, 5, 7}, strong=strong,
                 className="places")  # fmt: skip


def amount_bar(share: float, cents: float) -> html.Div:
    """A bar from zero with its amount at the end."""
    return _bar(share, f"{cents / 100:,.0f}".replace("-", "−"))


def count_bar(share: float, count: int) -> html.Div:
    """A bar from zero with a number at the end."""
    return _bar(share, words.count(count))


def _bar(share: float, text: str) -> html.Div:
    width = f"calc({min(max(share, 0), 1):.4f} * (100% - 84px))"
    return html.Div([html.Span(className="amount", style={"width": width}), html.Strong(text)], className="amount-bar")


def home_strip(row: Any, next_: float, look: Look) -> html.Div:
    """The home market in words, so that its bar does not flatten the others."""
    times = [f", {words.decimal(row['revenue'] / next_)} × the longest bar"] if next_ > 0 else []
    return html.Div(
        [
            html.Span([link(row["label"], look.href(countries=(row["country"],))), *times]),
            html.Strong(words.whole_money(row["revenue"], look.currency)),
            html.Span(f"{words.count(row['customers'])} customers"),
            html.Strong(words.percent(row["share"])),
        ],
        className="home-strip",
    )


def map_key(edges: list[float], look: Look) -> html.Div:
    """What the five colours of the map stand for."""
    sign = words.symbol(look.currency)
    amounts = [f"{sign}{words.short(edge)}".replace(".00 ", " ").replace(".0 ", " ") for edge in edges]
    said = [*(f"to {amount}" for amount in amounts), f"over {amounts[-1]}"]
    return html.Div(
        [
            html.Span([html.Span(className="dot", style={"background": colour}), text])
            for colour, text in zip(look.theme.amounts, said, strict=True)
        ],
        className="map-key",
    )


def key_line(items: list[tuple[str, Any]]) -> html.Dl:
    """A few figures in a line."""
    return html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in items], className="key-line")


def segment_mix(mix: Any) -> html.Div:
    """Shares of the segments here beside those of all, as a table and as two bars."""
    rows = [
        [html.Span([swatch(row.colour), row.name], className="mix-name"), html.Strong(words.percent(row.here, 0)),
         words.percent(row.all, 0)]
        for row in mix.itertuples()
    ]  # fmt: skip
    bars = [
        html.Div(
            [
                html.Span(label),
                html.Div(
                    [html.Span(className=f"s{row.colour % 11}", style={"flexGrow": getattr(row, column)})
                     for row in mix.itertuples() if getattr(row, column) > 0],
                    className="mix-bar", **{"aria-hidden": "true"},
                ),
            ],
            className="mix-row",
        )
        for label, column in (("Here", "here"), ("All", "all"))
    ]  # fmt: skip
    return html.Div(
        [
            table(["Segments", "Here", "All"], rows, caption="Customers by segment", numeric={1, 2}, className="mix"),
            *bars,
        ]
    )
