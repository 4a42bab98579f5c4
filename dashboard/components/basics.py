"""Small pieces that every tab uses: icons, links that navigate, groups of choices, menus."""

from __future__ import annotations

from typing import Any

from dash import html

from core.pipeline import Pipeline
from dashboard.state import Look


def icon(name: str, className: str = "") -> html.I:
    """A Bootstrap icon; decoration only, hidden from screen readers."""
    return html.I(className=f"bi bi-{name} {className}".strip(), **{"aria-hidden": "true"})


def link(children: Any, href: str, **properties: Any) -> html.A:
    """A link inside the dashboard: assets/navigate.js follows it without loading the page again."""
    return html.A(children, href=href, **{"data-nav": "true", **properties})


def customer_link(pipeline: Pipeline, id: str, look: Look) -> html.A:
    """A customer who is listed leads to their own page; an address is masked, and never stands in the link."""
    return link(pipeline.customer_label(id), look.href("customer", customer=pipeline.customer_key(id)))


def segmented(look: Look, name: str, choices: dict[str, str], label: str, *, now: str = "", **fixed: Any) -> html.Div:
    """A row of alternatives, one of them chosen; each is a link to the same view with another value.

    Parameters
    ----------
    name : str
        The parameter or option that the choice sets.
    choices : dict
        value -> words.
    label : str
        What is chosen, for screen readers.
    now : str
        The value in use, where the link does not name it.
    """
    known = hasattr(look.view, name)
    now = now or (str(getattr(look.view, name)) if known else look.view.option(name, next(iter(choices))))
    items = [
        link(words, look.href(**{name: value}, **fixed), className="on" if value == now else "",
             **({"aria-current": "true"} if value == now else {}))
        for value, words in choices.items()
    ]  # fmt: skip
    return html.Div(items, className="segmented", role="group", **{"aria-label": label})


def menu(face: Any, items: list[Any], *, className: str = "", label: str = "") -> html.Details:
    """A button that opens a list; closed by Escape, a click elsewhere or a choice (assets/navigate.js)."""
    named = [html.Span(f"{label}: ", className="visually-hidden")] if label else []
    return html.Details(
        [
            html.Summary([*named, html.Span(face, className="face"), icon("chevron-down")], className="chip"),
            html.Div(items, className="menu-list"),
        ],
        className=f"menu {className}".strip(),
    )


def menu_item(words: Any, href: str, *, chosen: bool = False, note: Any = None) -> html.A:
    """One line of a menu."""
    inside = [html.Span(words)] + ([html.Span(note, className="note")] if note is not None else [])
    mark = {"aria-current": "true"} if chosen else {}
    return link(inside, href, className="menu-item on" if chosen else "menu-item", **mark)


def switch(label: str, on: bool, href: str) -> html.A:
    """A switch: a link to the same view with it moved (assets/switch.js)."""
    return link(
        html.Span(className="knob"), href, className="switch on" if on else "switch", role="switch",
        **{"aria-checked": "true" if on else "false", "aria-label": label},
    )  # fmt: skip


def swatch(slot: int) -> html.Span:
    """The coloured shape of a segment; the name in ink follows it."""
    return html.Span(className=f"swatch s{slot % 11} shape{slot % 4}", **{"aria-hidden": "true"})


def meter(share: float, slot: int | None = None) -> html.Div:
    """A thin bar from 0 to 1, filled in a segment's colour or the colour of data."""
    fill = "fill" if slot is None else f"fill s{slot % 11}"
    return html.Div(html.Div(className=fill, style={"width": f"{100 * min(max(share, 0), 1):.2f}%"}), className="meter")
