"""The segment that comes next for a customer, and the smallest change that would lead there; what they bought."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import words
from dashboard.components import customer_words
from dashboard.components.basics import icon, swatch
from dashboard.components.cards import empty
from dashboard.components.tables import table
from dashboard.figures import profiles
from dashboard.figures.portrait import titled
from dashboard.figures.timeline import KINDS
from dashboard.state import Look

# The browser takes seconds to lay out a hundred lines of them; the CSV holds all.
SHOWN = 25


def headline(found: Any, names: dict[int, Any], currency: str) -> str:
    """What would move them."""
    if found.moves is None or found.moves.target not in names:
        return "There is no other segment to move to"
    target = names[found.moves.target].name
    if found.moves.already:
        return f"A new customer like this one would already be placed in {target}"
    if not found.moves.moves:
        return f"No change within reach leads to {target}"
    said = customer_words.change(found.moves.moves[0], found.moves.usual, currency)
    return f"{said[:1].upper()}{said[1:]} would move them to {target}"


def body(found: Any, names: dict[int, Any], currency: str) -> html.Div:
    """What changes with it, other ways, and what was not tried."""
    way = found.moves
    if way is None or way.target not in names:
        return empty("Everybody is in one segment.", "Choose more segments on Choose k.")
    target = names[way.target]
    parts: list[Any] = [
        html.P([html.Span("Next for them" if found.why.sureness != "apart" else "Nearest to them"),
                swatch(target.colour), html.Strong(target.name)], className="next-name")
    ]  # fmt: skip
    if way.moves:
        parts.append(_changes(way.moves[0], currency))
        further = [customer_words.change(each, way.usual, currency) for each in way.moves[1:]]
        if further:
            items = [html.Li(f"{each[:1].upper()}{each[1:]}") for each in further]
            parts += [html.H3("So would one of these"), html.Ul(items, className="next-also")]
    elif not way.already:
        parts.append(
            html.P(f"{words.count(way.tried)} changes were tried, one and two at a time, and none of them leads "
                   "there within what other customers have.", className="note")
        )  # fmt: skip
    for labels, why in ((way.fixed, "nobody can bring that about"),
                        (way.linked, "these columns are made from one another, so none can change alone")):  # fmt: skip
        if labels:
            said = ", ".join(words.header(each) for each in labels)
            parts.append(html.P(f"Not tried: {said}; {why}.", className="note"))
    return html.Div(parts, className="customer-next")


def _changes(move: Any, currency: str) -> html.Table:
    lines = []
    for row in move.changes.to_dict("records"):
        before, after = (
            row[f"said_{side}"] or _figure(row[side], row["unit"], currency) for side in ("before", "after")
        )
        arrow = [icon("arrow-right"), html.Span(" to ", className="visually-hidden")]
        lines.append(
            html.Tr([html.Th(words.header(row["label"]), scope="row"), html.Td(before), html.Td(arrow),
                     html.Td(html.Strong(after))])
        )  # fmt: skip
    return html.Table(
        [html.Caption("What changes", className="visually-hidden"), html.Tbody(lines)], className="next-changes"
    )


def _figure(value: float, unit: str, currency: str) -> str:
    whole = unit != "money" and value == value and value == round(value)
    return words.DASH if value != value else words.count(value) if whole else profiles.said(value, unit, currency)


def orders(found: Any, look: Look) -> html.Div:
    """The last orders, the newest first."""
    rows = []
    for row in found.timeline.orders.iloc[::-1].head(SHOWN).to_dict("records"):
        mark = KINDS[row["kind"]].removeprefix(", ")
        gap = "" if row["gap"] != row["gap"] else "same day" if row["gap"] < 1 else f"{row['gap']:,.0f}"
        line = [words.day(row["ts"].date()), row["order_id"], html.Span(mark, className="order-mark") if mark else "",
                words.count(row["items"])]  # fmt: skip
        line += [words.exact(row["cents"]), words.exact(row["sum_cents"])] if look.money else []
        rows.append([*line, gap])
    sign = words.symbol(look.currency).strip() if look.money else ""
    heads = ["Date", "Order", "", "Items", *([f"Amount, {sign}", f"So far, {sign}"] if look.money else []),
             "Days since the one before"]  # fmt: skip
    heads[2] = "Mark"
    return table(heads, rows, caption="Orders, the newest first", numeric=set(range(3, len(heads))),
                 className="customer-orders")  # fmt: skip


def products(found: Any, look: Look) -> html.Div:
    """The products that brought most."""
    rows = [
        [titled(row["name"] or row["code"]), words.count(row["orders"]), words.count(row["quantity"]),
         *([words.exact(row["cents"])] if look.money else [])]
        for row in found.timeline.products.to_dict("records")
    ]  # fmt: skip
    sign = words.symbol(look.currency).strip() if look.money else ""
    heads = ["Product", "Orders", "Items", *([f"Amount, {sign}"] if look.money else [])]
    return table(
        heads,
        rows,
        caption="Products that brought most",
        numeric=set(range(1, len(heads))),
        className="customer-products",
    )


def orders_sub(found: Any) -> str:
    """How many stand there, and how many of them count."""
    every = len(found.timeline.orders)
    first = f"the newest {SHOWN} of {words.count(every)} entries" if every > SHOWN else f"{words.count(every)} entries"
    back = found.timeline.taken_back
    marked = f"; {words.count(back)} cancelled, returned or free" if back else ""
    return f"{first[:1].upper()}{first[1:]}{marked}"
