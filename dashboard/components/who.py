"""Whom a campaign is for: the groups of customers that are united and those left out, each condition a chip."""

from __future__ import annotations

import re
from typing import Any

from dash import html

from core.errors import ClienteleError, ParameterError
from core.pipeline import Pipeline, read_who
from dashboard import words
from dashboard.components.basics import icon, link, meter
from dashboard.components.cards import card, empty
from dashboard.components.who_choices import EMPTY, panel
from dashboard.state import Look

MOST_PARTS = 20
EVERYBODY = "Everybody whom the filters above leave."
ASK = "Narrow them down by segment, by where and what they bought, when and how much, or by consent."
ASK_TABLE = "Narrow them down by segment, and by whatever else the table tells of them."
HOW = (
    "All conditions of a group hold. Within one condition any choice is enough: Germany or France, one product or "
    "the other. Groups are put together; whoever is in several is counted once. Those left out are taken away last.",
    "A country is that of any order that counts. A product counts for whoever bought it, returned or not. Days since "
    "the last order, orders and spend are those of the whole history; both ends of a range count. Whoever was never "
    "asked did not agree to be written to.",
    "The filters at the top of the page come first: every figure here is of the customers whom they leave.",
)


def _place(text: str) -> tuple[str, int]:
    """The group that is being changed: ``in0`` is the first that is included, ``not1`` the second that is left out."""
    found = re.fullmatch(r"(in|not)(\d{1,2})", text, re.ASCII)
    if not found:
        raise ParameterError(f"There is no group {text[:40]!r} in an audience.", "Choose one on the page.")
    return found[1], int(found[2])


# What the tab that shows the builder has to allow in a link.
OPTIONS = {"who": read_who, "part": _place, "find": None}


def builder(pipeline: Pipeline, look: Look) -> html.Div:
    """The card: how many customers it is for, group by group, and ways to change that; all of it links."""
    try:
        who, found = pipeline.who(look.view), pipeline.audience_parts(look.view)
    except ClienteleError as error:
        return card(error.title, empty(error.message, error.hint))
    said = dict(zip(("in", "not"), pipeline.who_conditions(look.view, who), strict=True))
    counts = {"in": found.include, "not": found.exclude}
    opened = _opened(look, who)
    rows: list[Any] = []
    for side in ("in", "not"):
        for number, part in enumerate(said[side]):
            if side == "not" and not number:
                rows.append(html.P("but not", className="who-join"))
            elif number:
                rows.append(html.P("or", className="who-join"))
            taken = found.taken[number] if side == "not" else None
            title = _title(side, number, len(said[side]))
            opens = opened == (side, number)
            rows.append(_part(look, who, side, number, title, part, counts[side][number], found.of, taken, opens))
            if opens:
                rows.append(panel(pipeline, look, who, side, number, title))
        if side == "in" and not said["in"]:
            ask = "" if said["not"] else ASK_TABLE if pipeline.has_people(look.view) else ASK
            rows.append(html.P(f"{EVERYBODY} {ask}", className="who-everybody"))
    fresh = _new(look, said, opened) if len(who.include) + len(who.exclude) < MOST_PARTS else None
    begun = opened is not None and opened[1] == len(said[opened[0]])
    if begun:
        title = "To leave out" if opened[0] == "not" else "Another group" if who.include else "Whom it is for"
        fresh = [fresh, panel(pipeline, look, who, *opened, title)]
    again = link("Start again", look.href(who=None, part=None, find=None), className="button") if who.text else None
    return card(
        _headline(found, bool(who.text)),
        html.Div([*rows, *(fresh if isinstance(fresh, list) else [fresh])], className="who"),
        sub="Whom it is for: groups are put together, those left out are taken away; the count follows every click",
        controls=again,
        how=[html.P(line) for line in HOW],
        className="who-card",
    )


def _headline(found: Any, narrowed: bool) -> html.Span:
    count = words.count(found.customers) if found.customers else "Nobody"
    said = [html.Strong(count if narrowed else f"All {count}"), f" of {words.customers(found.of)}" if narrowed else
            f" customer{'' if found.customers == 1 else 's'}"]  # fmt: skip
    return html.Span(said, className="who-total", **{"aria-live": "polite"})


def _opened(look: Look, who: Any) -> tuple[str, int] | None:
    if not (text := look.view.option("part")):
        return None
    side, number = _place(text)
    return side, min(number, len(who.side(side)))


def _title(side: str, number: int, of: int) -> str:
    name = "Group" if side == "in" else "Left out"
    return f"{name} {number + 1}" if of > 1 else "Customers" if side == "in" else name


def _part(
    look: Look, who: Any, side: str, number: int, title: str, said: dict[str, str], count: int, of: int,
    taken: int | None, opens: bool,
) -> html.Div:  # fmt: skip
    # Without its last condition a group goes, and with it what was open.
    closed: dict[str, Any] = {"part": None, "find": None}
    chips: list[Any] = []
    for field, text in said.items():
        if chips:
            chips.append(html.Span("and", className="who-and"))
        less = who.but(side, number, **{field: EMPTY[field]}).text or None
        away = link(icon("x-lg"), look.href(who=less, **(closed if len(said) == 1 else {})), className="remove",
                    **{"aria-label": f"{title}: take away “{text}”"})  # fmt: skip
        chips.append(html.Span([html.Span(text, className="chip"), away], className="filter on"))
    whom = html.Span(f": {title}", className="visually-hidden")
    at = closed if opens else {"part": f"{side}{number}", "find": None}
    ways = [
        link(["Change", whom], look.href(**at), **{"aria-expanded": str(opens).lower()}),
        link(["Remove", whom], look.href(who=who.but(side, number, **EMPTY).text or None, **closed)),
    ]
    lost = f", {words.count(taken)} of them taken away" if taken is not None and taken < count else ""
    line = html.Div([html.H3(title), *chips, html.Span(ways, className="who-ways")], className="who-line")
    counted = html.Div([html.P([html.Strong(words.customers(count)), lost]), meter(count / of if of else 0)])
    return html.Div([line, counted], className=f"who-part {side}{' open' if opens else ''}")


def _new(look: Look, said: dict[str, list[Any]], opened: tuple[str, int] | None) -> html.Div:
    """Ways to begin a group."""
    faces = {"in": ("plus-lg", "Add another group" if said["in"] else "Narrow down"), "not": ("dash-lg", "Leave out a "
             "group")}  # fmt: skip
    ways = []
    for side, (sign, face) in faces.items():
        number = len(said[side])
        opens = opened == (side, number)
        ways.append(
            link([icon(sign), face], look.href(part=None if opens else f"{side}{number}", find=None),
                 className="button on" if opens else "button", **{"aria-expanded": str(opens).lower()})
        )  # fmt: skip
    return html.Div(ways, className="who-new")
