"""Movement between two days as tables: the matrix with heat, the segments, who moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from dash import dcc, html

from dashboard import words
from dashboard.components.basics import link, menu, menu_item, meter, segmented, swatch
from dashboard.components.tables import table
from dashboard.figures.movement import NOBODY
from dashboard.state import Look

BY = {"segments": "Segments", "groups": "RFM groups"}
EDGES = {"frozen": "Rules of today", "own": "Found anew at each day"}
AGO = {"quarter": "A quarter ago", "half": "Half a year ago", "year": "A year ago"}
SHOW = {"customers": "Customers", "revenue": "Revenue"}
LISTED = 15


def controls(presets: list[str], days: tuple[dt.date, dt.date], look: Look) -> html.Div:
    """What is compared: which division, which days, which rules."""
    since = look.view.option("since", "quarter")
    choices = {name: label for name, label in AGO.items() if name in presets}
    chosen = since if since in choices else "own"
    dates = segmented(look, "since", choices, "Earlier day", now=chosen, until=None, of=None) if choices else None
    own = menu(
        ["From ", html.Strong(words.day(days[0])), " to ", html.Strong(words.day(days[1]))],
        [
            *[menu_item(label, look.href(since=name, until=None, of=None), chosen=name == chosen)
              for name, label in choices.items()],
            html.Div("Own dates", className="menu-title"),
            html.Div(
                [
                    html.Label("From", htmlFor="movement-from"),
                    dcc.Input(id="movement-from", type="text", value=days[0].isoformat(), className="date"),
                    html.Label("to", htmlFor="movement-to"),
                    dcc.Input(id="movement-to", type="text", value=days[1].isoformat(), className="date"),
                    html.Button("Show", type="button", className="button",
                                **{"data-own": look.href(since="1001-01-01", until="2999-12-31", of=None)}),
                ],
                className="own-period",
            ),
        ],
        label="Days",
    )  # fmt: skip
    return html.Div(
        [
            segmented(look, "by", BY, "Divide by", of=None),
            dates,
            own,
            segmented(look, "edges", EDGES, "Rules", of=None),
        ],
        className="movement-controls",
    )


def matrix(found: Any, days: tuple[str, str], look: Look) -> html.Div:
    """From downwards, to the right; the heat is the share of a row."""
    money = look.view.option("show", "customers") == "revenue" and look.money
    column = "cents" if money else "customers"
    names = found.names.set_index("id")
    rows = [int(i) for i in [*names.index[names.index != NOBODY], NOBODY] if (found.cells["before"] == i).any()]
    tops = [int(i) for i in names.index if (found.cells["after"] == i).any()]
    placed = {(row.before, row.after): row for row in found.cells.itertuples(index=False)}
    head = [html.Th([f"{days[0]} ↓", html.Br(), f"{days[1]} →"], scope="col", className="corner")]
    head += [html.Th(_face(names.loc[i]), scope="col") for i in tops]
    body = []
    for before in rows:
        mine = [placed.get((before, after)) for after in tops]
        total = sum(max(getattr(cell, column), 0) for cell in mine if cell) or 1
        cells = [
            _cell(cell, column, total, kept=before == after, currency=look.currency)
            for cell, after in zip(mine, tops, strict=True)
        ]
        body.append(html.Tr([html.Th(_face(names.loc[before]), scope="row"), *cells]))
    said = f"{'Revenue between the days' if money else 'Customers'} by segment at both days"
    made = html.Table(
        [html.Caption(said, className="visually-hidden"), html.Thead(html.Tr(head)), html.Tbody(body)],
        className="movement-matrix",
        style={"--columns": len(tops)},
    )
    return html.Div(made, className="table-scroll", tabIndex=0, role="region", **{"aria-label": said})


def _face(row: Any) -> html.Span:
    mark = [swatch(int(row["colour"]))] if row["colour"] >= 0 else []
    return html.Span([*mark, html.Span(row["name"])], className="face")


def _cell(cell: Any, column: str, total: int, *, kept: bool, currency: str) -> html.Td:
    if cell is None:
        return html.Td(words.DASH, className="none")
    value = getattr(cell, column)
    share = max(value, 0) / total
    shown = words.money(value, currency) if column == "cents" else words.count(value)
    return html.Td(
        [html.Strong(shown), html.Span(words.percent(share, 0))],
        className="kept" if kept else "", style={"--heat": f"{100 * share:.0f}%"},
    )  # fmt: skip


def segments(found: Any, look: Look) -> html.Div:
    """Before, after, who joined and who left; a name lists those."""
    faces = found.names.set_index("id")
    of = look.view.option("of")
    lines = []
    for row in found.rows.itertuples(index=False):
        if not row.before + row.after:
            continue
        on = of == str(row.id)
        face = faces.loc[row.id]
        name = link(
            [swatch(int(face["colour"])), face["name"]], look.href(of=None if on else row.id),
            className="group-name on" if on else "group-name", **({"aria-current": "true"} if on else {}),
        )  # fmt: skip
        kept = html.Span([meter(row.kept_share if row.before else 0, int(face["colour"])),
                          words.percent(row.kept_share, 0)], className="in-cell")  # fmt: skip
        lines.append([name, words.count(row.before), words.count(row.after), kept, words.count(row.joined),
                      words.count(row.fresh), words.count(row.left)])  # fmt: skip
    head = ["Segment", "Then", "Now", "Kept", "Joined", "Of them new", "Left"]
    return table(head, lines, caption="Who joined and who left each segment", numeric={1, 2, 4, 5, 6},
                 className="groups")  # fmt: skip


def movers(rows: Any, page: Callable[[str], Any], look: Look) -> html.Div:
    """The movers who spent most; ``page`` makes of an id the link to their own page."""
    lines = [
        [
            page(row["customer_id"]), row["from"], row["to"],
            f"{words.count(_known(row['orders_then']))} → {words.count(row['orders_now'])}",
            *([f"{_spend(row['spend_then'], look)} → {_spend(row['spend_now'], look)}", _spend(row["bought"], look)]
              if look.money else []),
            f"{words.count(_known(row['recency_then']))} → {words.count(row['recency_now'])}",
        ]
        for row in rows.head(LISTED).to_dict("records")
    ]  # fmt: skip
    head = ["Customer", "From", "To", "Orders", *(["Spend", "Bought between"] if look.money else []), "Days silent"]
    return table(head, lines, caption="Customers who moved", numeric=set(range(3, len(head))), className="movers")


def _known(value: Any) -> float | None:
    return None if value is None or value != value or str(value) == "<NA>" else float(value)


def _spend(value: float, look: Look) -> str:
    return words.money(None if value != value else round(100 * value), look.currency)
