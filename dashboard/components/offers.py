"""The bodies of the cards on what to offer: pairs, next products, prices, columns of days, hours and months."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import words
from dashboard.components.basics import link, meter, swatch
from dashboard.components.tables import table
from dashboard.figures import offers as figures
from dashboard.figures.portrait import titled
from dashboard.state import Look

MOST_PAIRS, MOST_NEXT, MOST_LIKES = 8, 8, 3
WIDER = "Choose a longer period, or more customers."


def picker(names: list[Any], look: Look) -> html.Div:
    """All customers, or one segment of them."""
    chosen = look.view.segments
    mark = {"aria-current": "true"}
    alone = [link(html.Span("All customers"), look.href(segments=(), customer=None),
                  className="" if chosen else "on", **({} if chosen else mark))]  # fmt: skip
    items = [
        link([swatch(name.colour), html.Span(name.name)], look.href(segments=(name.id,), customer=None),
             className="on" if name.id in chosen else "", **(mark if name.id in chosen else {}))
        for name in names
    ]  # fmt: skip
    return html.Div([*alone, *items], className="segment-picker", role="group", **{"aria-label": "Segment"})


def product(name: str, code: str) -> list[Any]:
    """A product's name with its code beneath."""
    return [html.Span(titled(name)), html.Small(code) if code != name else None]


def pairs(rows: Any, whose: str) -> html.Div:
    """Pairs with how many orders stand behind each."""
    lines = [
        [
            product(row["name"], row["code"]),
            product(row["then_name"], row["then_code"]),
            html.Span(
                [meter(row["confidence"]), html.Strong(words.percent(row["confidence"], 0))], className="lift-cell"
            ),
            f"{words.count(row['baskets'])} of {words.count(row['baskets_first'])}",
            f"{words.decimal(row['lift'])} ×",
        ]
        for row in rows.head(MOST_PAIRS).to_dict("records")
    ]
    heads = ["Orders with", "also hold", "How often", "Orders", "Lift"]
    return table(heads, lines, caption=f"Bought together: {whose}", numeric={3, 4}, className="favourites offers")


def following(rows: Any, whose: str, *, single: bool = False) -> html.Div:
    """Next products, each with what stands behind it; of one customer without the number of customers."""
    most = max([row.get("customers", 0) for row in rows.to_dict("records")] + [1])
    lines = []
    for row in rows.head(MOST_NEXT).to_dict("records"):
        why = html.Span(
            [figures.reason(row), html.Small(f"lift {words.decimal(row['lift'])} ×")], className="offer-why"
        )
        bar = [] if single else [meter(row["customers"] / most), html.Strong(words.count(row["customers"]))]
        many = [html.Span(bar, className="lift-cell")] if bar else []
        lines.append([product(row["name"], row["code"]), *many, why])
    heads = ["Product", *([] if single else ["New for"]), "Because"]
    return table(heads, lines, caption=f"What next: {whose}", className="favourites offers")


def liked_by_each(rows: Any, names: list[Any], look: Look) -> html.Div:
    """The surest favourites of every segment, for who looks at all customers."""
    lines = []
    for name in names:
        mine = rows[rows["id"] == name.id].head(MOST_LIKES).to_dict("records")
        told = [
            html.Span([titled(row["name"]), html.Small(f"{words.count(row['buyers'])} buyers, {row['lift']:.1f} ×")],
                      className="offer-why")
            for row in mine
        ]  # fmt: skip
        face = link([swatch(name.colour), name.name], look.href(segments=(name.id,), customer=None))
        lines.append(
            [face, html.Div(told, className="offer-likes") if told else html.Span("nothing clearly more than others")]
        )
    return table(["Segment", "Like more than others"], lines, caption="Favourites of each segment",
                 className="favourites offers")  # fmt: skip


def prices(rows: Any, look: Look, *, beside: bool) -> html.Div:
    """Lower quarter, middle and upper quarter of price and order value, beside everybody's."""
    labels = {"piece": "Price of a piece", "order": "Value of an order"}
    lines = []
    for row in rows.to_dict("records"):
        for who, prefix in (("", ""), *((("of all", "all_"),) if beside else ())):
            head = html.Span([labels[row["what"]], html.Small(who)] if who else labels[row["what"]])
            lines.append(
                [head, *(words.money(row[f"{prefix}{each}"], look.currency) for each in ("low", "middle", "high"))]
            )
    heads = ["What is paid", "Lower quarter", "Middle", "Upper quarter"]
    return table(heads, lines, caption="Price band", numeric={1, 2, 3}, className="wrapped favourites")


def columns(rows: list[dict[str, Any]], value: str, told: str, ticks: list[str], *, line: float = 0) -> html.Div:
    """Small columns, the best in full colour; ``line`` is drawn across, ``told`` says it in words."""
    top = max([row[value] for row in rows] + [line, 1e-9])
    bars = [
        html.Div(
            html.Div(
                className="offer-bar best" if row["best"] else "offer-bar",
                style={"height": f"{100 * row[value] / top:.1f}%"},
            ),
            className="offer-place",
        )
        for row in rows
    ]
    across = [html.Div(className="offer-across", style={"bottom": f"{100 * line / top:.1f}%"})] if line else []
    labels = html.Div([html.Span(tick) for tick in ticks], className="offer-ticks")
    drawn = [html.Div([*across, *bars], className="offer-bars"), labels]
    return html.Div(
        [html.Div(drawn, className="little-columns", **{"aria-hidden": "true"}),
         html.P(told, className="visually-hidden")]
    )  # fmt: skip


def one_customer(pipeline: Any, some: list[str], look: Look) -> html.P:
    """Customers for whom it can be looked up what is next."""
    links = []
    for id in some:
        links += [link(pipeline.customer_label(id), look.href(customer=pipeline.customer_key(id))), ", "]
    return html.P(["For one customer: ", *links[:-1]], className="one-customer")


def customer_face(key: str, look: Look) -> list[Any]:
    """Whose next products these are, and the way back."""
    who = "This customer" if key.startswith("~") else f"Customer {key}"
    return [link(who, look.href("customer", customer=key)), "; ", link("back to all", look.href(customer=None))]


def orders(number: int) -> str:
    """A number of orders in words."""
    return "1 order" if number == 1 else f"{words.count(number)} orders"


def every(number: int) -> str:
    """How many were drawn: nothing where all were."""
    return f" (one in {number}, by chance)" if number > 1 else ""
