"""The bar with which segments are chosen."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import words
from dashboard.components.basics import icon, link, menu, menu_item, segmented
from dashboard.state import Look

FEWEST, MOST = 2, 20
RANGES = ((1, 8), (1, 10), (1, 15), (1, 20), (2, 8), (2, 10))


def bar(look: Look, in_use: int, preparations: dict[str, str], prepared: str, method: Any) -> html.Div:
    """Preparation, number of segments and range of the comparison; all of them are links.

    Parameters
    ----------
    prepared : str
        The preparation in use.
    method : Clusterer
        The algorithm in use; of one that finds the number itself there is no number to choose.
    """
    low, high = look.view.k_range
    ranges = [
        menu_item(f"{first} to {last}", look.href(k_range=(first, last)), chosen=(first, last) == (low, high))
        for first, last in RANGES
    ]
    by_hand = {"className": ""} if look.view.k else {"className": "on", "aria-current": "true"}
    face = ["auto", html.Span(": the verdict chooses", className="visually-hidden")]
    auto = html.Div(link(face, look.href(k=0), title="The verdict chooses", **by_hand), className="segmented")
    number = [stepper(look, in_use), auto]
    if method.chooses_k:
        number = [html.Strong(str(in_use)), html.Span(f"found by {method.label}")]
    return html.Div(
        [
            _control("Prepare", segmented(look, "prepare", preparations, "Preparation", now=prepared)),
            _control("Segments", *number),
            _control("Compare", menu(f"{low} to {high}", ranges, label=f"Range of k: {low} to {high}")),
        ],
        className="k-bar",
    )


def learned_from(look: Look, chosen: list[Any], method: Any) -> html.Div:
    """What the segments are learned from and by which algorithm, and where to change either."""
    features = [
        html.Span("Learned from"),
        html.Strong(said_features(chosen), className="learned"),
        link(["Choose features", icon("chevron-right")], look.href("features"), className="k-link"),
    ]
    by = [
        html.Span("by"),
        html.Strong(method.label, className="learned"),
        link(["Compare methods", icon("chevron-right")], look.href("methods"), className="k-link"),
    ]
    lines = [html.Div(line, className="feature-line") for line in (features, by)]
    return html.Div([*lines, html.Span([icon("check2"), " Used on every tab"], className="everywhere")],
                    className="k-features")  # fmt: skip


def said_features(chosen: list[Any], most: int = 7) -> str:
    """The features in a few words."""
    labels = [words.header(feature.label) for feature in chosen]
    return (
        ", ".join(labels)
        if len(labels) <= most
        else f"{', '.join(labels[: most - 1])} and {len(labels) - most + 1} more"
    )


def _control(label: str, *parts: Any) -> html.Div:
    return html.Div([html.Span(label), *parts], className="k-control")


def stepper(look: Look, in_use: int) -> html.Div:
    """One fewer, the number, one more."""

    def step(sign: str, k: int, name: str) -> Any:
        if FEWEST <= k <= MOST:
            return link(sign, look.href(k=k), **{"aria-label": name})
        return html.Span(sign, className="off", **{"aria-hidden": "true"})

    inside = [
        step("−", in_use - 1, "One segment fewer"),
        html.Strong(str(in_use), **{"aria-live": "polite"}),
        step("+", in_use + 1, "One segment more"),
    ]
    return html.Div(inside, className="stepper", role="group", **{"aria-label": "Number of segments"})
