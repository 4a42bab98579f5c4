"""Saving what the page shows: the form of a first time, and what a refit changed with the ways to keep it."""

from __future__ import annotations

import dataclasses
from typing import Any

from dash import dcc, html

from core.pipeline import View
from dashboard.components.basics import link, swatch
from dashboard.components.cards import card
from dashboard.components.kept import send
from dashboard.state import Look


def save_form(name: str, who: str, segments: list[Any], *, button: str = "Save") -> html.Form:
    """What is asked before the segments on the page are saved."""
    chips = [html.Span([swatch(each.colour), each.name], className="saved-segment") for each in segments]
    return html.Form(
        [
            html.Div(chips, className="saved-segments"),
            html.Div(
                [
                    field("Name", "name", name, most=120),
                    field("Your name, if you like", "who", who, most=80),
                    field("Note, if you like", "note", "", most=2000, className="wide"),
                    html.Button(button, type="submit", className="button primary"),
                ],
                className="save-fields",
            ),
            html.P(className="form-said", role="alert"),
        ],
        className="save-form", key=f"save-{name}-{len(segments)}", **{"data-send": "/saved"},
    )  # fmt: skip


def news_card(look: Look, saved: Any, news: list[str], other_data: bool, form: Any) -> html.Div:
    """What a refit changed against what was saved, and what to do with it."""
    headline, rest = (news[0], news[1:]) if news else ("Nothing changed against what was saved", [])
    what = "these later customers" if other_data else "these other settings"
    return card(
        headline.rstrip("."),
        [
            html.Ul([html.Li(each) for each in rest], className="saved-news") if rest else None,
            html.Div(
                [
                    send(f"Keep this refit as version {max(saved.versions) + 1}", f"/saved/{saved.id}/refit",
                         className="button primary"),
                    link("Back to what was saved", at(look, saved.view, "saved"), className="button"),
                    html.Details([html.Summary("Save it as another one", className="take"), form]),
                ],
                className="saved-ways",
            ),
            html.P(className="form-said", role="alert"),
        ],
        sub=f"{saved.name}, version {saved.current.number}, refitted on {what}. Nothing of it is kept until you say so",
        how="A segment keeps its number, name and colour where it shares at least half of its customers with a saved "
        "one: the Jaccard index over the customers who are in both, paired by the Hungarian method. Every other "
        "segment is new and gets a number that was never used, also where the saved rules would draw much the same "
        "with other customers. Split: two or more segments have at least half of their customers from one; "
        "merged: one holds at least half of two or more.",
    )  # fmt: skip


def field(label: Any, name: str, value: str, *, most: int, className: str = "") -> html.Label:
    """A field of a form with its label."""
    return html.Label(
        [html.Span(label), dcc.Input(type="text", name=name, value=value, maxLength=most, className="field")],
        className=f"labelled {className}".strip(),
    )


def at(look: Look, view: View, slug: str) -> str:
    """A link to a view of its own on a page."""
    return dataclasses.replace(look, view=view).href(slug)
