"""The bar with which segments are chosen, the reasons for a number, and the criteria by number."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import words
from dashboard.components.basics import icon, link, menu, menu_item, segmented
from dashboard.state import Look

FEWEST, MOST = 2, 20
RANGES = ((1, 8), (1, 10), (1, 15), (1, 20), (2, 8), (2, 10))


def bar(look: Look, in_use: int, preparations: dict[str, str], prepared: str) -> html.Div:
    """Preparation, number of segments and range of the comparison; all of them are links.

    Parameters
    ----------
    prepared : str
        The preparation in use.
    """
    low, high = look.view.k_range
    ranges = [
        menu_item(f"{first} to {last}", look.href(k_range=(first, last)), chosen=(first, last) == (low, high))
        for first, last in RANGES
    ]
    by_hand = {"className": ""} if look.view.k else {"className": "on", "aria-current": "true"}
    face = ["auto", html.Span(": the verdict chooses", className="visually-hidden")]
    auto = html.Div(link(face, look.href(k=0), title="The verdict chooses", **by_hand), className="segmented")
    return html.Div(
        [
            _control("Prepare", segmented(look, "prepare", preparations, "Preparation", now=prepared)),
            _control("Segments", stepper(look, in_use), auto),
            _control("Compare", menu(f"{low} to {high}", ranges, label=f"Range of k: {low} to {high}")),
            html.Span(className="push"),
            html.Span([icon("check2"), " Used on every tab"]),
        ],
        className="k-bar",
    )


def features(look: Look, chosen: list[Any], known: list[Any], presets: list[tuple[str, tuple[str, ...]]]) -> html.Div:
    """What the segments are learned from: named choices, and every column to take in or out.

    Parameters
    ----------
    chosen, known : list of Feature
        Those in use, and all that could be.
    presets : list of (name, slugs)
        The first, without slugs, is the usual choice.
    """
    slugs = tuple(feature.slug for feature in chosen)
    named = next((name for name, want in presets if set(want or ()) == set(slugs)), "")
    face = named or (presets[0][0] if not look.view.features else f"{len(slugs)} of your own")
    items = [menu_item(name, look.href(features=want), chosen=name == face, note=len(want) or None)
             for name, want in presets]  # fmt: skip
    chips = [_feature(look, feature, slugs) for feature in known]
    inside = [
        html.Div(
            [html.Span("Learned from"), menu([html.Strong(face)], items, label="Named choices of features"),
             html.Span(said_features(chosen), className="learned")],
            className="feature-line",
        ),
        html.Details(
            [html.Summary([f"Choose among {len(known)} features", icon("chevron-right")]),
             html.Ul([html.Li(chip) for chip in chips], className="feature-chips")],
            className="counted",
        ),
    ]  # fmt: skip
    return html.Div(inside, className="k-features")


def said_features(chosen: list[Any], most: int = 7) -> str:
    """The features in a few words."""
    labels = [words.header(feature.label) for feature in chosen]
    return (
        ", ".join(labels)
        if len(labels) <= most
        else f"{', '.join(labels[: most - 1])} and {len(labels) - most + 1} more"
    )


def _feature(look: Look, feature: Any, slugs: tuple[str, ...]) -> Any:
    on = feature.slug in slugs
    rest = tuple(slug for slug in slugs if slug != feature.slug)
    if on and not rest:
        return html.Span(
            [icon("check2"), words.header(feature.label)], className="feature on alone", title="The last one stays in"
        )
    said = html.Span(", in use: take it out" if on else ", not in use: take it in", className="visually-hidden")
    return link([icon("check2" if on else "plus"), words.header(feature.label), said],
                look.href(features=rest if on else (*slugs, feature.slug)), className="feature on" if on else "feature",
                **({"aria-current": "true"} if on else {}))  # fmt: skip


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


def why(sweep: Any, in_use: int) -> html.Div:
    """The reasons of the verdict beside the criteria by number."""
    marks = {"for": ("check2", "For: "), "against": ("dash-lg", "Against: ")}
    items = [
        html.Li(
            [
                icon(marks[reason.kind][0]),
                html.Span(
                    [html.Span(marks[reason.kind][1], className="visually-hidden"), html.Strong(reason.lead), " ",
                     reason.text]
                ),
            ]
        )
        for reason in sweep.reasons
    ]  # fmt: skip
    own = [html.P(f"You work with {words.in_words(in_use)}.")] if in_use != sweep.chosen else []
    note = [html.P(sweep.note)] if sweep.note else []
    title = f"Why the verdict is {words.in_words(sweep.chosen)}" if own else f"Why {words.in_words(sweep.chosen)}"
    reasons = html.Div([html.H2(title), html.Ul(items), *own, *note], className="reasons")
    return html.Div([reasons, html.Div(by_k(sweep, in_use), className="by-k")], className="card why")


def by_k(sweep: Any, in_use: int) -> html.Div:
    """A column a number of segments; the one in use is stressed."""
    rows = sweep.rows[sweep.rows["k"] > 1]
    said = "Criteria by number of segments"
    part = ", in the sample" if sweep.sampled else ""
    lines = {
        "Mean silhouette": [f"{value:.3f}".replace("-", "−") for value in rows["silhouette"]],
        "Spread explained": [words.percent(value, 0) for value in rows["explained"]],
        f"Smallest segment{part}": [words.count(value) for value in rows["smallest"]],
        "… of all customers": [words.percent(value) for value in rows["smallest_share"]],
    }
    columns = [{"className": "on"} if k == in_use else {} for k in rows["k"]]
    head = [html.Th(str(k), scope="col", **column) for k, column in zip(rows["k"], columns, strict=True)]
    body = [
        html.Tr(
            [html.Th(name, scope="row"), *(html.Td(v, **column) for v, column in zip(values, columns, strict=True))]
        )
        for name, values in lines.items()
    ]
    made = html.Table(
        [
            html.Caption(said, className="visually-hidden"),
            html.Thead(html.Tr([html.Th("Segments, k", scope="col"), *head])),
            html.Tbody(body),
        ]
    )
    return html.Div(made, className="table-scroll", tabIndex=0, role="region", **{"aria-label": said})
