"""Drawing own RFM groups and thresholds: everything is a link, for the link holds the whole map."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from dashboard import words
from dashboard.components.basics import icon, link, menu, menu_item, meter, swatch
from dashboard.components.tables import table
from dashboard.state import Look

# assets/rfm-rules.js puts what was typed in where these stand in a link.
NAMED, EDGES = "TYPED-NAME", "TYPED-EDGES"
FIELDS = {
    "recency": ("Recency, days", "30, 90, 180, 365"),
    "orders": ("Orders", "2, 3, 5, 10"),
    "spend": ("Spend", "50, 100, 250, 1000"),
}


def maps(shipped: list[Any], drawn: Any, look: Look) -> html.Div:
    """Which map is in use."""
    items = [*shipped, *([drawn] if drawn.slug == "own" else [])]
    return html.Div(
        [
            link(each.label, look.href(rfm_map=each.text, groups=(), paint=None), title=each.says,
                 className="on" if each.text == drawn.text else "",
                 **({"aria-current": "true"} if each.text == drawn.text else {}))
            for each in items
        ],
        className="segmented wrap", role="group", **{"aria-label": "Map of groups"},
    )  # fmt: skip


def painter(drawn: Any, picked: Any, look: Look) -> Any:
    """R and FM -> a link to the same map with that cell given to the picked group."""

    def paint(r: int, fm: int) -> tuple[str, str]:
        href = look.href(rfm_map=drawn.paint(r, fm, picked.slug), groups=(), paint=picked.slug)
        return href, f"Give this cell to {picked.label}"

    return paint


def palette(drawn: Any, rows: Any, picked: Any, usual: Any, look: Look) -> html.Div:
    """The groups to paint with, and what can be done with the picked one."""
    lines = []
    for row in rows.itertuples(index=False):
        on = row.group == picked.slug
        face = link(
            [swatch(row.colour), html.Span(row.label)], look.href(paint=row.group, groups=()),
            className="pick on" if on else "pick", **({"aria-current": "true"} if on else {}),
        )  # fmt: skip
        lines.append([face, words.count(row.customers), words.percent(row.share), words.percent(row.revenue_share)])
    groups = table(["Paint with", "Customers", "Share", "Revenue"], lines, caption="Groups of the map",
                   numeric={1, 2, 3}, className="palette")  # fmt: skip
    return html.Div([groups, _adding(drawn, look), _picked(drawn, picked, usual, look)], className="stack tight")


def _adding(drawn: Any, look: Look) -> html.Div:
    taken = {group.label for group in drawn.groups}
    name = next(n for n in ("New group", *(f"New group {i}" for i in range(2, 20))) if n not in taken)
    text = drawn.add(name)
    add = (
        link([icon("plus-lg"), "Add a group"], look.href(rfm_map=text, groups=(), paint=name.lower().replace(" ", "-")),
             className="button")
        if text
        else html.Span("A map holds eleven groups at most.", className="rule-hint")
    )  # fmt: skip
    reset = link("Back to the usual map", look.href(rfm_map="", groups=(), paint=None), className="button")
    return html.Div([add, reset if drawn.text else None], className="row-of-buttons")


def _picked(drawn: Any, picked: Any, usual: Any, look: Look) -> html.Div:
    like = picked.like or picked.slug
    others = "|".join(group.label for group in drawn.groups if group is not picked)
    rename = look.href(rfm_map=drawn.change(picked.slug, label=NAMED), groups=(), paint=NAMED)
    likes = [
        menu_item([swatch(each.colour), each.label],
                  look.href(rfm_map=drawn.change(picked.slug, like=each.slug), groups=(), paint=picked.slug),
                  chosen=each.slug == like)
        for each in usual.groups
    ]  # fmt: skip
    idle = picked in drawn.idle
    gone = link([icon("trash"), "Remove it"], look.href(rfm_map=drawn.drop(picked.slug), groups=(), paint=None),
                className="button") if idle and len(drawn.groups) > 1 else None  # fmt: skip
    return html.Div(
        [
            html.H3([swatch(picked.colour), picked.label]),
            html.P("No cell yet: choose one on the grid." if idle else picked.meaning, className="rule-hint"),
            html.Div(
                [
                    html.Label("Name", htmlFor="rfm-rules-name"),
                    dcc.Input(id="rfm-rules-name", type="text", value=picked.label, maxLength=40, className="field"),
                    html.Button("Rename", type="button", className="button",
                                **{"data-rfm-name": rename, "data-taken": others}),
                ],
                className="rfm-form",
            ),
            html.P(id="rfm-rules-name-note", className="field-note", **{"aria-live": "polite"}),
            html.Div([menu(["Treated like ", html.Strong(usual.group(like).label)], likes), gone],
                     className="row-of-buttons"),
        ],
        className="rule-picked",
    )  # fmt: skip


def thresholds(typed: dict[str, str], rows: Any, look: Look) -> html.Div:
    """The rule of each score with the customers that have it, and the fields to change them."""
    letters = [letter for letter in ("r", "f", "m") if look.money or letter != "m"]
    placed = {(row.letter, row.score): row for row in rows.itertuples(index=False)}
    most = max(int(rows["share"].max() * 1000) / 1000, 0.001)
    lines = []
    for score in range(5, 0, -1):
        cells: list[Any] = [html.Strong(str(score))]
        for letter in letters:
            row = placed[letter, score]
            sizes = html.Span([meter(row.share / most), words.count(row.customers)], className="in-cell")
            cells.append(html.Div([html.Span(row.rule), sizes], className="level"))
        lines.append(cells)
    head = ["Score", "Recency: last order ago", "Orders", *(["Spend"] if look.money else [])]
    drawn = table(
        head, lines, caption="What each score stands for, and customers that have it", className="score-levels"
    )
    return html.Div([drawn, _fields(typed, look)], className="stack tight")


def _fields(typed: dict[str, str], look: Look) -> html.Div:
    fields = []
    for name, (label, example) in FIELDS.items():
        if name == "spend" and not look.money:
            continue
        unit = f", {look.currency}" if name == "spend" else ""
        fields.append(
            html.Div(
                [
                    html.Label(f"{label}{unit}", htmlFor=f"rfm-rules-{name}"),
                    dcc.Input(id=f"rfm-rules-{name}", type="text", value=typed[name], className="field",
                              placeholder=f"fifths, or {example}", maxLength=80),
                ],
                className="rfm-field",
            )
        )  # fmt: skip
    apply = html.Button("Apply", type="button", className="button primary",
                        **{"data-rfm-edges": look.href(rfm_edges=EDGES, groups=())})  # fmt: skip
    usual = link("Back to fifths", look.href(rfm_edges="", groups=()), className="button")
    hint = (
        "Four rising numbers: where the score changes. With % they are shares of customers from the lowest score on, "
        "such as 10 %, 30 %, 60 %, 80 %. Leave a field empty for fifths."
    )
    return html.Div(
        [
            html.H3("Your own thresholds"),
            html.P(hint, className="rule-hint"),
            html.Div(
                [*fields, html.Div([apply, usual if look.view.rfm_edges else None], className="row-of-buttons")],
                className="rfm-fields",
            ),
        ],
        className="rule-picked",
    )


def proof(drawn: Any) -> html.P:
    """Each code has exactly one group: shown, for many published maps do not."""
    placed = len(drawn.cells)
    idle = f" {words.in_words(len(drawn.idle)).capitalize()} without a cell yet." if drawn.idle else ""
    return html.P(
        [icon("check2-circle"), html.Strong(f"{placed} of 25"), f" codes have exactly one group.{idle}"],
        className="proof",
    )


def changes(rows: Any, most: int = 10) -> html.Div:
    """From the usual group to the one in use, the most customers first."""
    lines = [
        [row.usual, html.Span([swatch(row.colour), row.now], className="group-name"), words.count(row.customers)]
        for row in rows.head(most).itertuples(index=False)
    ]
    return table(["On the usual map", "With your rules", "Customers"], lines, caption="Who is called otherwise",
                 numeric={2}, className="groups")  # fmt: skip
