"""What stands around every tab: navigation, top bar, filter row, receipt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from dash import dcc, html

from core.pipeline import COMPARISONS, PRESET_LABELS, Dataset, Pipeline, Span
from dashboard import ids, words
from dashboard.components.basics import icon, link, menu, menu_item, swatch
from dashboard.state import Look
from dashboard.tab import GROUPS, Tab


def layout() -> html.Div:
    """The frame, without data."""
    return html.Div(
        [
            dcc.Location(id=ids.URL, refresh="callback-nav"),
            dcc.Store(id=ids.VIEW),
            dcc.Store(id=ids.THEME),
            dcc.Store(id=ids.SHOWN),
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


def navigation(tabs: Mapping[str, Tab], look: Look) -> list[Any]:
    """The pages, in groups; on a phone the groups are a bar at the bottom."""
    groups = []
    for group, (words_, face) in GROUPS.items():
        mine = [tab for tab in tabs.values() if tab.group == group]
        if not mine:
            continue
        open_ = any(tab.slug == look.slug for tab in mine)
        items = [
            link(
                [icon(tab.icon), tab.label],
                look.href(tab.slug),
                className="nav-item on" if tab.slug == look.slug else "nav-item",
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


def bar(look: Look, dataset: Dataset, datasets: list[Dataset], span: Span) -> list[Any]:
    """Which shop, which time, which money, which cleaning."""
    shops = [
        menu_item(d.name, f"/{look.slug}?data={d.fingerprint}", chosen=d.fingerprint == dataset.fingerprint,
                  note=f"{d.rows:,} rows")
        for d in datasets
    ] + [link("Bring your own file", look.href("data"), className="menu-item strong")]  # fmt: skip
    cleaning = [
        menu_item(label.capitalize(), look.href(rules=preset), chosen=look.view.rules == preset)
        for preset, label in PRESET_LABELS.items()
    ] + [link("See and change each rule", look.href("data"), className="menu-item strong")]
    return [
        menu([icon("database"), html.Span(dataset.name)], shops, className="shop", label="Dataset"),
        html.Span(className="divider"),
        html.Span([icon("calendar"), words.days(span.start, span.end)], className="plain-word dates"),
        html.Span(dataset.currency, className="plain-word"),
        menu(PRESET_LABELS.get(look.view.rules, "own rules"), cleaning, className="quiet", label="Cleaning"),
        html.Span(className="push"),
        html.Button([icon("link-45deg"), html.Span("Share")], type="button", className="button", id="share",
                    **{"data-copy": "link"}),
        html.Button(icon("moon" if look.theme_name == "light" else "sun"), type="button", className="button bare",
                    **{"data-theme-toggle": "true", "aria-label": "Change between light and dark"}),
    ]  # fmt: skip


def filters(
    look: Look, whole: Span, countries: list[tuple[str, int]], segments: list[Any], left: int, of: int
) -> list[Any]:
    """The chips: period with comparison, country, segment; and how many customers they leave."""
    view = look.view
    period = _chip("Period", _said(view.period), look.href(period="all"), view.period != "all",
                   period_items(look, whole), className="period")  # fmt: skip
    compared = menu(
        ["against ", html.Strong(COMPARISONS[view.compare])],
        [menu_item(label, look.href(compare=how), chosen=view.compare == how) for how, label in COMPARISONS.items()],
    )
    country_items = [
        menu_item(name, look.href(countries=() if name in view.countries else (name,)),
                  chosen=name in view.countries, note=f"{n:,}")
        for name, n in countries
    ]  # fmt: skip
    country = _chip("Country", ", ".join(view.countries) or "any", look.href(countries=()), bool(view.countries),
                    country_items)  # fmt: skip
    names = {s.id: s for s in segments}
    chosen = ", ".join(names[i].name for i in view.segments if i in names)
    segment_choices = [
        menu_item([swatch(s.colour), s.name], look.href(segments=() if s.id in view.segments else (s.id,)),
                  chosen=s.id in view.segments, note=f"{s.customers:,}")
        for s in segments
    ]  # fmt: skip
    segment = _chip("Segment", chosen or "any", look.href(segments=()), bool(view.segments), segment_choices)
    group = (
        [_chip("RFM group", ", ".join(view.groups).replace("-", " "), look.href(groups=()), True, None)]
        if view.groups
        else []
    )
    return [
        icon("filter", "lead"),
        period,
        compared, country, segment, *group,
        html.Span(className="push"),
        html.Span(
            [html.Strong(f"{left:,}"), f" of {words.customers(of)}"], className="left", **{"aria-live": "polite"}
        ),
    ]  # fmt: skip


def period_items(look: Look, whole: Span) -> list[Any]:
    """Every year, quarter and month that the data touch, and the last days."""
    view = look.view

    def item(words_: str, period: str) -> Any:
        return menu_item(words_, look.href(period=period), chosen=view.period == period)

    years = range(whole.end.year, whole.start.year - 1, -1)
    months = [
        (y, m) for y in years for m in range(12, 0, -1)
        if (whole.start.year, whole.start.month) <= (y, m) <= (whole.end.year, whole.end.month)
    ]  # fmt: skip
    quarters = list(dict.fromkeys((y, (m + 2) // 3) for y, m in months))
    own = html.Div(
        [
            html.Label("From", htmlFor="own-from"),
            dcc.Input(id="own-from", type="text", value=whole.start.isoformat(), className="date"),
            html.Label("to", htmlFor="own-to"),
            dcc.Input(id="own-to", type="text", value=whole.end.isoformat(), className="date"),
            html.Button(
                "Show", type="button", className="button", **{"data-own": look.href(period="1001-01-01..2999-12-31")}
            ),
        ],
        className="own-period",
    )
    return [
        item("All of it", "all"),
        *[item(f"Last {n} days", f"last-{n}") for n in (30, 90, 365) if n < whole.days],
        *[item(str(y), str(y)) for y in years],
        html.Div("Own dates", className="menu-title"),
        own,
        html.Div("Quarters", className="menu-title"),
        *[item(f"{y}, quarter {q}", f"{y}-Q{q}") for y, q in quarters],
        html.Div("Months", className="menu-title"),
        *[item(f"{words.MONTHS[m - 1]} {y}", f"{y}-{m:02d}") for y, m in months],
    ]


def receipt(look: Look, pipeline: Pipeline) -> html.Div:
    """The promise in the corner: what was read and what is analysed."""
    made = pipeline.tables(look.view).meta.receipt
    return html.Div(
        [
            html.Div([icon("check2"), "Receipt adds up"] if made.adds_up else "The receipt does not add up",
                     className="receipt-title"),
            html.Div(f"{words.exact(made.cents_in, look.currency)} read"),
            html.Div(f"{words.exact(made.cents, look.currency)} analysed"),
            link("See what was left out", look.href("data")),
        ],
        className="receipt",
    )  # fmt: skip


def _said(period: str) -> str:
    """A period as a chip says it."""
    if period == "all":
        return "all of it"
    if period.startswith("last-"):
        return f"last {period[5:]} days"
    start, _, end = period.partition("..")
    return f"{words.day(dt.date.fromisoformat(start))} – {words.day(dt.date.fromisoformat(end))}" if end else period


def _chip(
    label: str, value: str, clear: str, active: bool, items: list[Any] | None, *, className: str = ""
) -> html.Div:
    face = [f"{label}: ", html.Strong(value)]
    body = menu(face, items) if items is not None else html.Span(face, className="chip")
    remove = (
        [link(icon("x-lg"), clear, className="remove", **{"aria-label": f"Remove the filter {label}"})]
        if active
        else []
    )
    return html.Div([body, *remove], className=f"filter {'on' if active else ''} {className}".strip())
