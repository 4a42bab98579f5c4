"""Finding one customer: the search box, who was found, and customers to begin with."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from dashboard import words
from dashboard.components.basics import icon, link, swatch
from dashboard.components.cards import card, empty
from dashboard.state import Look


def search() -> html.Form:
    """The search box; assets/customer.js puts what is typed into the link."""
    return html.Form(
        [
            html.Label("Find a customer", htmlFor="customer-find"),
            dcc.Input(id="customer-find", name="find", type="search", autoComplete="off", maxLength=120,
                      className="field", placeholder="Customer id or its beginning"),
            html.Button([icon("search"), "Find"], type="submit", className="button primary"),
        ],
        className="customer-search", role="search", method="get", **{"data-find": "customer"},
    )  # fmt: skip


def matches(found: Any, text: str, look: Look) -> html.Div:
    """Who was found, as links; with nobody the ids that are spelled alike, and why."""
    if found.how in ("id", "start", "contact"):
        shown = len(found.rows)
        more = f", the first {shown} of them" if found.total > shown else ""
        what = "with exactly that" if found.how == "contact" else f"whose id begins with “{text}”"
        head = f"{words.customers(found.total)} {what}{more}" if found.how != "id" else f"“{text}” stands for several"
        return card(head, _links(found.rows, look), sub="Choose one")
    return card(f"No customer “{text}”", [unknown(found, look)], className="customer-none")


def unknown(found: Any, look: Look) -> html.Div:
    """Why there is no such customer, and who is spelled alike."""
    said: list[Any] = []
    if found.aside:
        rows = f"{words.in_words(found.aside).capitalize()} line{'s' * (found.aside != 1)}"
        has = "has" if found.aside == 1 else "have"
        said.append(
            html.P(
                [f"{rows} of your file {has} this id, but cleaning leaves nothing of them to analyse: what was bought "
                 "was taken back, or the lines were left out. ",
                 link("See what was left out", look.href("data")),
                 *([" or ", link("look before returns", look.href(rules="notebook"))]
                   if look.view.rules == "net" else []),
                 "."]
            )
        )  # fmt: skip
    else:
        said.append(
            html.P("An id is found by its beginning, in any case; an e-mail or a full name only where it is exact.")
        )
    if found.rows:
        said += [html.H3("Spelled alike"), _links(found.rows, look)]
    return html.Div(said, className="customer-unknown")


def _links(rows: list[Any], look: Look) -> html.Ul:
    return html.Ul([_link(row.key, row.label, row.segment, look) for row in rows], className="customer-links")


def _link(key: str, label: str, segment: Any, look: Look, note: Any = None) -> html.Li:
    face = _named(segment) if segment else html.Span("in no segment")
    inside = [html.Strong(label), html.Span(note or face, className="customer-face"), icon("chevron-right")]
    return html.Li(link(inside, look.href(customer=key, find=None)))


def _named(segment: Any) -> html.Span:
    """A name that stays with its swatch when the line breaks."""
    return html.Span([swatch(segment.colour), html.Span(segment.name)], className="named")


def beginnings(found: Any, names: dict[int, Any], key: Any, look: Look) -> html.Div:
    """Customers to begin with: the most typical of each segment, and some between two."""
    typical = [_link(key(row["customer_id"]), row["label"], names[row["segment"]], look) for row in found["typical"]]
    between = [
        _link(
            key(row["customer_id"]), row["label"], None, look,
            [_named(names[row["segment"]]), html.Span("or", className="or"), _named(names[row["runner_up"]])],
        )
        for row in found["between"]
    ]  # fmt: skip
    among = f", in a sample of {words.count(found['sampled'])}" if found["sampled"] else ""
    return html.Div(
        [
            html.Div(
                card("The most typical customer of each segment", html.Ul(typical, className="customer-links"),
                     sub=f"Nearest to the centre{among}"),
                className="half card-slot",
            ),
            html.Div(
                card("On the border of two segments", html.Ul(between, className="customer-links") if between else
                     empty("Nobody stands on a border.", "There is one segment alone."),
                     sub="A small change would move them"),
                className="half card-slot",
            ),
        ],
        className="grid",
    )  # fmt: skip
