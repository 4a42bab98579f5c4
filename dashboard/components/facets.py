"""Filters with a count beside each choice, and from–to fields; assets/export.js listens to the fields."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from dashboard import words
from dashboard.components.basics import link


def facet(title: str, choices: list[Any], *, open_: bool, chosen: int, clear: str) -> html.Details:
    """A filter that folds: its choices, how many are chosen, and a link that lets go of them."""
    face = [html.H3(title), html.Span(f"{chosen} chosen" if chosen else "any", className="facet-state")]
    let_go = link(["Any", html.Span(f" {title}", className="visually-hidden")], clear, className="facet-clear")
    return html.Details(
        [html.Summary(face), html.Ul([html.Li(choice) for choice in choices], className="facet-list"),
         let_go if chosen else None],
        className="facet on" if chosen else "facet",
        open=open_,
    )  # fmt: skip


def choice(face: Any, customers: int, href: str, *, chosen: bool) -> html.A:
    """One line of a facet; a click takes it in or out."""
    mark = {"aria-current": "true"} if chosen else {}
    return link(
        [
            html.Span(className="box", **{"aria-hidden": "true"}),
            html.Span(face, className="facet-name"),
            html.Span([words.count(customers), html.Span(" customers", className="visually-hidden")],
                      className="facet-count"),
        ],
        href,
        className="facet-choice on" if chosen else "facet-choice",
        **mark,
    )  # fmt: skip


def limits(prefix: str, name: str, title: str, unit: str) -> html.Fieldset:
    """Two fields, from and to, and a place for what is wrong with them."""
    ends = [
        html.Div(
            [
                html.Label([html.Span(f"{title} ", className="visually-hidden"), end],
                           htmlFor=f"{prefix}-{name}-{end}"),
                dcc.Input(id=f"{prefix}-{name}-{end}", type="text", inputMode="decimal", autoComplete="off",
                          className="limit"),
            ],
            className="limit-end",
        )
        for end in ("from", "to")
    ]  # fmt: skip
    return html.Fieldset(
        [
            html.Legend([html.Span(title, className="limits-title"), html.Span(unit, id=f"{prefix}-{name}-unit")]),
            *ends,
            html.P(id=f"{prefix}-{name}-note", className="limits-note", role="status"),
        ],
        id=f"{prefix}-{name}-limits",
        className="limits",
    )


def funnel(steps: list[tuple[str, int]]) -> html.Ol:
    """How filter after filter leaves fewer: a bar each, hatched where the filter took somebody."""
    largest = max(steps[0][1], 1)
    rows = []
    for (label, left), before in zip(steps, [steps[0][1], *(n for _, n in steps)], strict=False):
        bar = html.Div(
            [
                html.Div(className="kept", style={"width": f"{100 * left / largest:.2f}%"}),
                html.Div(className="gone", style={"width": f"{100 * (before - left) / largest:.2f}%"}),
            ],
            className="funnel-bar",
            **{"aria-hidden": "true"},
        )
        lost = f"−{before - left:,}" if before > left else ""
        rows.append(
            html.Li(
                [
                    html.Span(label, className="funnel-label"),
                    bar,
                    html.Strong(words.count(left)),
                    html.Span(lost, className="funnel-lost"),
                ]
            )
        )
    return html.Ol(rows, className="funnel")
