"""Which features to take: named choices, and every one that is not in use."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import words
from dashboard.components.basics import icon, link
from dashboard.state import Look


def addable(look: Look, groups: list[tuple[str, list[Any]]], features: list[Any], names: dict[str, str]) -> Any:
    """Features that are not in use, by what they tell of; a click takes one in."""
    slugs = tuple(each.slug for each in features)
    parts = []
    for family, members in groups:
        others = [each for each in members if each.slug not in slugs]
        if not others:
            continue
        chips = [
            html.Li(
                link([icon("plus"), words.header(each.label), html.Span(": take it in", className="visually-hidden")],
                     look.href(features=(*slugs, each.slug)), className="fx-chip")
            )
            for each in others
        ]  # fmt: skip
        parts.append(html.Div([html.H3(names.get(family, "Other columns")), html.Ul(chips, className="fx-chips")]))
    return html.Div(parts, className="fx-groups") if parts else None


def presets(look: Look, choices: list[Any], features: list[Any]) -> html.Div:
    """Named choices as chips; the one in use is marked."""
    slugs = {each.slug for each in features}
    chips = []
    for number, choice in enumerate(choices):
        on = set(choice.slugs) == slugs if choice.slugs else not look.view.features
        on = on and not any(set(other.slugs) == slugs for other in choices[:number])
        mark = {"aria-current": "true"} if on else {}
        face = [html.Strong(choice.label), html.Span(choice.says)]
        kind = "fx-choice on" if on else "fx-choice"
        chips.append(html.Li(link(face, look.href(features=choice.slugs), className=kind, **mark)))
    return html.Ul(chips, className="fx-choices")
