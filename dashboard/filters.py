"""The filter row: chips for period, country, segment and group, and how many customers they leave."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dash import dcc, html

from core.pipeline import COMPARISONS, Frame, Span
from dashboard import words
from dashboard.components.basics import icon, link, menu, menu_item, swatch
from dashboard.state import Look


def filters(look: Look, frame: Frame) -> list[Any]:
    """The chips, and how many customers they leave. A table without orders has no period and no country."""
    timed = [] if frame.whole is None else [*_period(look, frame.whole), _country(look, frame.countries)]
    left = html.Span(
        [html.Strong(f"{frame.left:,}"), f" of {words.customers(frame.of)}"], className="left",
        **{"aria-live": "polite"},
    )  # fmt: skip
    money = [] if frame.money else [html.Span("No money in this log: orders are counted", className="no-money")]
    return [icon("filter", "lead"), *money, *timed, _segment(look, frame.segments), *_group(look, frame),
            html.Span(className="push"), left]  # fmt: skip


def held(look: Look, saved: Any, *, offers: bool) -> Any:
    """Whose names the segments keep, and a way to let go of them; else, where segments are made, a way to save them."""
    if saved is not None:
        face = link([icon("bookmark-fill"), html.Strong(saved.name)], look.href("saved"), className="chip",
                    **{"aria-label": f"Saved segmentation: {saved.name}"})  # fmt: skip
        away = link(icon("x-lg"), look.href(saved=""), className="remove", **{"aria-label": f"Let go of {saved.name}"})
        return html.Div([face, away], className="filter on held")
    words_ = html.Span("Save these segments")
    return link([icon("bookmark"), words_], look.href("saved"), className="button keep") if offers else None


def _period(look: Look, whole: Span) -> list[Any]:
    view = look.view
    period = _chip("Period", _said(view.period), look.href(period="all"), view.period != "all",
                   period_items(look, whole), className="period")  # fmt: skip
    compared = menu(
        ["against ", html.Strong(COMPARISONS[view.compare])],
        [menu_item(label, look.href(compare=how), chosen=view.compare == how) for how, label in COMPARISONS.items()],
    )
    return [period, compared]


def _country(look: Look, countries: list[tuple[str, int]]) -> html.Div:
    chosen = look.view.countries
    items = [
        menu_item(name, look.href(countries=() if name in chosen else (name,)), chosen=name in chosen, note=f"{n:,}")
        for name, n in countries
    ]
    return _chip("Country", ", ".join(chosen) or "any", look.href(countries=()), bool(chosen), items)


def _segment(look: Look, segments: list[Any]) -> html.Div:
    view, names = look.view, {s.id: s for s in segments}
    chosen = ", ".join(names[i].name for i in view.segments if i in names)
    items = [
        menu_item([swatch(s.colour), s.name], look.href(segments=() if s.id in view.segments else (s.id,)),
                  chosen=s.id in view.segments, note=f"{s.customers:,}")
        for s in segments
    ]  # fmt: skip
    return _chip("Segment", chosen or "any", look.href(segments=()), bool(view.segments), items)


def _group(look: Look, frame: Frame) -> list[Any]:
    said = ", ".join(group.label for group in frame.groups if group.slug in look.view.groups)
    return [_chip("RFM group", said, look.href(groups=()), True, None)] if said else []


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
