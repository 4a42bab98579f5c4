"""Twelve months of campaigns over the shop's seasons and public holidays, and which of them run at the same time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dash import html

from dashboard import words
from dashboard.components.cards import card, empty
from dashboard.components.tables import table

STRONG, WEAK = 1.15, 0.85
# Of many campaigns at one time every pair overlaps: so many are told by name.
MOST = 5


def days(start: dt.date | None, end: dt.date | None) -> str:
    """When a campaign runs, in words.

    Examples
    --------
    >>> days(dt.date(2026, 9, 1), dt.date(2026, 9, 30)), days(None, None)
    ('1 Sep 2026 to 30 Sep 2026', 'no days yet')
    """
    said = [words.day(day) for day in (start, end) if day]
    return " to ".join(said) or "no days yet"


def calendar_card(months: list[Any], overlaps: list[Any], *, csv: str = "", plan: Any = None) -> Any:
    """A row a month; ``plan`` is the campaign that is planned on the page, where it is one of them."""
    if not any(month.campaigns or month.holidays or month.index is not None for month in months):
        nothing = empty("No campaign has days yet", "One that has stands here, month by month, beside the others.")
        return card("The next twelve months", nothing)
    strong = max((m for m in months if m.index is not None), key=lambda m: m.index, default=None)
    head = f"Your strongest month of the next twelve is {words.MONTHS[strong.first.month - 1]}" if strong else (
        "The next twelve months")  # fmt: skip
    lines = _overlaps(overlaps, plan)
    said = [html.Li(line) for line in lines[:MOST]]
    if more := len(lines) - len(said):
        said.append(html.Li(f"So do {words.count(more)} more{' pairs' if plan is None else ''}; the months show them."))
    if plan is not None and not said:
        said = [html.Li("No other campaign runs at the same time.")]
    seasons, holidays = strong is not None, any(month.holidays for month in months)
    runs = any(month.campaigns for month in months)
    shown = {"Season": seasons, "Campaigns": runs, "Public holidays": holidays}
    body = [
        html.Ul(said, className="plan-overlaps") if said else None,
        table(["Month", *(name for name, there in shown.items() if there)],
              [_row(month, plan, shown) for month in months],
              caption="Calendar of campaigns", numeric={1} if seasons else set(), className="wrapped plan-calendar"),
    ]  # fmt: skip
    sub = "Season is the month's seasonal index: 1 is an average month of this shop" if seasons else (
        "The campaigns that are planned, month by month")  # fmt: skip
    off = "Holidays are those of the whole country, of the up to three countries with the most customers. "
    how = f"{off if holidays else ''}Campaigns without days are not in the calendar; one without a last day counts on "
    return card(head, body, sub=sub, how=f"{how}its first day alone.", csv=csv)


def _overlaps(overlaps: list[Any], plan: Any) -> list[list[Any]]:
    lines = []
    for one, other, first, last in overlaps:
        if plan is None:
            names = [html.Strong(one.name), " and ", html.Strong(other.name), " run at the same time"]
        elif plan in (one, other):
            names = ["It runs at the same time as ", html.Strong((other if one is plan else one).name)]
        else:
            continue
        lines.append([*names, f", {days(first, last if last != first else None)}."])
    return lines


def _row(month: Any, plan: Any, shown: dict[str, bool]) -> list[Any]:
    season = "" if month.index is None else f"{month.index:.2f}"
    mark = "" if month.index is None else "strong" if month.index >= STRONG else "weak" if month.index < WEAK else ""
    free: dict[str, list[str]] = {}
    for day, holiday, country in month.holidays:
        free.setdefault(f"{day.day} {holiday}", []).append(country)
    runs = [
        html.Li([html.Strong(each.name), f", {days(each.brief.start, each.brief.end)}"],
                className="planned" if each is plan else "")
        for each in month.campaigns
    ]  # fmt: skip
    off = [html.Li(f"{what} ({', '.join(where)})") for what, where in free.items()]
    cells = {
        "Season": html.Span(season, className=mark) if mark else season,
        "Campaigns": html.Ul(runs, className="plan-days") if runs else "–",
        "Public holidays": html.Ul(off, className="plan-days") if off else "–",
    }
    name = f"{words.MONTHS[month.first.month - 1][:3]} {month.first.year}"
    return [name, *(cells[column] for column, there in shown.items() if there)]
