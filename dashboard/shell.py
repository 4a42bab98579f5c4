"""What stands around every tab: navigation, top bar, filter row, receipt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import dcc, html

from core.pipeline import PRESET_LABELS, Dataset, Frame, Pipeline
from dashboard import ids, words
from dashboard.components.basics import icon, link, menu, menu_item
from dashboard.state import Look
from dashboard.tab import GROUPS, KINDS, Tab

TABLE_LABELS = {"net": "usual cleaning"}
_UNFIT = html.Span(", not for this dataset", className="visually-hidden")


def layout() -> html.Div:
    """The frame, without data."""
    return html.Div(
        [
            dcc.Location(id=ids.URL, refresh="callback-nav"),
            dcc.Store(id=ids.VIEW),
            dcc.Store(id=ids.THEME),
            dcc.Store(id=ids.SHOWN),
            dcc.Store(id=ids.AGAIN),
            html.A("Skip to the content", href="#main", className="skip"),
            html.Aside(
                [
                    html.Div([html.Span(className="logo"), "Clientele"], className="brand"),
                    html.Nav(id=ids.NAV, **{"aria-label": "Pages"}),
                    html.Div(id=ids.RECEIPT),
                ],
                className="side",
            ),
            html.Header(id=ids.BAR, className="bar"),
            html.Div(id=ids.FILTERS, className="filters", role="region", **{"aria-label": "Filters"}),
            html.Main(
                [html.Div(id=ids.BANNER, **{"aria-live": "polite"}), html.Div(id=ids.CONTENT)],
                id="main",
                tabIndex=-1,
            ),
        ],
        className="frame",
    )


def navigation(tabs: Mapping[str, Tab], look: Look, knows: tuple[str, ...]) -> list[Any]:
    """The pages, in groups; on a phone the groups are a bar at the bottom.

    Pages that make no sense for the dataset stay where they are, dimmed: they say why.
    """
    groups = []
    for group, (words_, face) in GROUPS.items():
        mine = [tab for tab in tabs.values() if tab.group == group]
        if not mine:
            continue
        open_ = any(tab.slug == look.slug for tab in mine)
        items = [
            link(
                [icon(tab.icon), tab.label, *([] if tab.fits(knows) else [_UNFIT])],
                look.href(tab.slug),
                className=f"nav-item{' on' if tab.slug == look.slug else ''}{'' if tab.fits(knows) else ' unfit'}",
                **({"aria-current": "page"} if tab.slug == look.slug else {}),
            )
            for tab in mine
        ]
        short = link([icon(face), words_], look.href(mine[0].slug), className="nav-short on" if open_ else "nav-short")
        groups.append(
            html.Div(
                [html.Div(words_, className="nav-title"), short, html.Div(items, className="nav-items")],
                className="nav-group open" if open_ else "nav-group",
            )
        )
    return groups


def bar(look: Look, frame: Frame, datasets: list[Dataset]) -> list[Any]:
    """Which shop, which time, which money, which cleaning; of a table its kind, its size and its day."""
    dataset = frame.dataset
    shops = [
        menu_item(d.name, f"/{look.slug}?data={d.fingerprint}", chosen=d.fingerprint == dataset.fingerprint,
                  note=f"{d.rows:,} rows")
        for d in datasets
    ] + [link("Bring your own file", look.href("data"), className="menu-item strong")]  # fmt: skip
    timed = frame.span is not None
    cleaning = [
        menu_item(label.capitalize(), look.href(rules=preset), chosen=look.view.rules == preset)
        for preset, label in (PRESET_LABELS if timed else TABLE_LABELS).items()
    ] + [link("See and change each rule", look.href("data"), className="menu-item strong")]
    rules = (PRESET_LABELS if timed else TABLE_LABELS).get(look.view.rules, "own rules")
    return [
        menu([icon("database"), html.Span(dataset.name)], shops, className="shop", label="Dataset"),
        html.Span(className="divider"),
        *_about(frame),
        menu(rules, cleaning, className="quiet", label="Cleaning"),
        html.Span(className="push"),
        html.Button([icon("link-45deg"), html.Span("Share")], type="button", className="button", id="share",
                    **{"data-copy": "link"}),
        html.Button(icon("moon" if look.theme_name == "light" else "sun"), type="button", className="button bare",
                    **{"data-theme-toggle": "true", "aria-label": "Change between light and dark"}),
    ]  # fmt: skip


def _about(frame: Frame) -> list[Any]:
    dataset = frame.dataset
    if frame.span is not None:
        money = dataset.currency if frame.money else "no money"
        return [
            html.Span([icon("calendar"), words.days(frame.span.start, frame.span.end)], className="plain-word dates"),
            html.Span(money, className="plain-word"),
        ]
    said = [f"{KINDS[dataset.kind].capitalize()}, {dataset.rows:,} rows"]
    day = f"as of {words.day(frame.as_of)}" if frame.as_of else ""
    dates = [html.Span([icon("calendar"), day], className="plain-word dates")] if day else []
    return [html.Span(said, className="plain-word"), *dates]


def receipt(look: Look, frame: Frame, pipeline: Pipeline) -> html.Div:
    """The promise in the corner: what was read and what is analysed."""
    if frame.span is None:
        adds_up, read, analysed = _rows(look, frame, pipeline)
    else:
        made = pipeline.tables(look.view).meta.receipt
        adds_up = made.adds_up
        read, analysed = words.exact(made.cents_in, look.currency), words.exact(made.cents, look.currency)
        if not look.money:
            read, analysed = f"{made.rows_in:,} rows", f"{made.rows:,}"
    return html.Div(
        [
            html.Div([icon("check2"), "Receipt adds up"] if adds_up else "The receipt does not add up",
                     className="receipt-title"),
            html.Div(f"{read} read"),
            html.Div(f"{analysed} analysed"),
            link("See what was left out", look.href("data")),
        ],
        className="receipt",
    )  # fmt: skip


def _rows(look: Look, frame: Frame, pipeline: Pipeline) -> tuple[bool, str, str]:
    """A table's receipt is of rows: those of the file, and those that the segments are learned from."""
    meta = pipeline.people(look.view).meta
    aside = sum(taken.rows for taken in meta.entries if taken.on)
    learned = sum(name.customers for name in frame.segments) or meta.customers
    return meta.rows_in - aside in (meta.customers, learned), f"{meta.rows_in:,} rows", f"{learned:,}"
