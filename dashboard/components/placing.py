"""A customer who is entered: the form, where they belong and how sure that is, and those whom they would join."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from dash import html

from dashboard import words
from dashboard.components.basics import icon, link, swatch
from dashboard.components.tables import table
from dashboard.figures import profiles
from dashboard.state import Look

CONFIDENCES = {"clear": "Clear", "rather": "Rather sure", "border": "On the border", "apart": "In no group"}
UNITS = {"number": "", "level": "", "category": "", "share": ""}


def label(field: Any) -> str:
    """What a field is called on the page."""
    return words.header(field.label)


def form(fields: Any, values: Mapping[str, str], look: Look) -> html.Div:
    """A control a field. Numbers become a slider and an input in assets/predict.js, which keeps them in the link."""
    rows = [_row(n, field, values.get(field.slug, ""), look) for n, field in enumerate(fields)]
    return html.Div(rows, className="place-form", role="group", **{"aria-label": "The customer"})


def _row(number: int, field: Any, value: str, look: Look) -> html.Div:
    id = f"predict-field-{number}"
    control = _number(id, field, value, look) if field.numeric else _levels(id, field, value)
    head = html.Div([html.Label(label(field), htmlFor=id), html.Span(_usual(field, look))], className="place-label")
    return html.Div([head, control], className="place-row", key=f"{look.view.dataset}-{field.slug}")


def _number(id: str, field: Any, value: str, look: Look) -> html.Div:
    default = shown(field.middle, whole=field.whole)
    said: dict[str, Any] = {
        "data-place-number": field.slug, "data-id": id, "data-value": value or default, "data-default": default,
        "data-low": repr(field.low), "data-high": repr(field.high), "data-middle": repr(field.middle),
        "data-whole": "yes" if field.whole else "", "data-label": label(field),
        "data-floor": repr(field.floor) if math.isfinite(field.floor) else "",
        "data-ceiling": repr(field.ceiling) if math.isfinite(field.ceiling) else "",
        "data-unit": words.symbol(look.currency).strip() if field.unit == "money" and look.currency else "",
    }  # fmt: skip
    return html.Div(className="place-number", **said)


def _levels(id: str, field: Any, value: str) -> html.Select:
    chosen = value or field.usual
    levels = field.levels if chosen in field.levels else (*field.levels, chosen)
    options = [html.Option(words.header(level), value=level, selected=level == chosen) for level in levels]
    return html.Select(
        options, id=id, className="field", key=f"{field.slug}-{chosen}",
        **{"data-place-level": field.slug, "data-default": field.usual},
    )  # fmt: skip


def _usual(field: Any, look: Look) -> str:
    """The range that most customers lie in, or how many levels there are."""
    if not field.numeric:
        return ""
    low, high = (entry(field, end, look.currency) for end in (field.low, field.high))
    unit = field.unit if field.unit not in (*UNITS, "money", "year") else ""
    return f"usually {low} to {high} {unit}".strip()


def shown(value: float, *, whole: bool = False) -> str:
    """A number as it stands in an input: with as many places as it needs, at most two from 1 up.

    >>> shown(51381.5), shown(2.0), shown(0.123456), shown(51.0, whole=True)
    ('51381.5', '2', '0.1235', '51')
    """
    places = 0 if whole and value == int(value) else 2 if abs(value) >= 1 else 4
    text = f"{value:.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def entry(field: Any, value: Any, currency: str) -> str:
    """A value of a field as people read it."""
    if isinstance(value, tuple):
        level, share = value
        return f"{words.header(level)}, {words.percent(share, 0)}".replace(" %", "\u00a0%")
    if isinstance(value, str):
        return words.header(value)
    if value is None:
        return words.DASH
    if field.whole and value == int(value) and field.unit not in ("money", "year"):
        return words.count(value)
    if field.unit == "money":
        return profiles.said(100 * value, "money", currency)
    return profiles.said(value, field.unit, currency)


def starts(fields: Any, segments: Mapping[int, Any], look: Look) -> html.Div:
    """Links that fill the form: the median of all, or those who are typical of a segment."""
    now = look.view.option("values")
    items = [_start("The median", None, not now, look)]
    for segment in segments.values():
        given = {}
        for field in fields:
            value = segment.averages.get(field.slug)
            if isinstance(value, tuple):
                given[field.slug] = value[0]
            elif value is not None:
                given[field.slug] = shown(round(value) if field.whole else value, whole=field.whole)
        text = urlencode(given)
        items.append(_start([swatch(segment.colour), segment.name], text, now == text, look))
    return html.Div(
        [html.Span("Begin with"), *items], className="place-starts", role="group", **{"aria-label": "Begin with"}
    )


def _start(face: Any, values: str | None, on: bool, look: Look) -> html.A:
    mark = {"aria-current": "true"} if on else {}
    return link(face, look.href(values=values), className="place-start on" if on else "place-start", **mark)


def sure(row: Mapping[str, Any]) -> list[Any]:
    """How sure the answer is, in words: how much farther the next segment is."""
    if row["confidence"] == "apart":
        return [html.Strong("They resemble no group."), f" The nearest is {row['runner_up_name']}."]
    if not row["runner_up"]:
        return [html.Strong("There is only this segment.")]
    margin = row["margin"]
    if margin <= 0:
        return [
            html.Strong("On the border."),
            f" The centre of {row['runner_up_name']} is no farther away, but those most alike are in this segment.",
        ]
    times = 1 / max(1 - margin, 0.01)
    far = f"{times:.1f} times as far away" if times < 20 else "more than 20 times as far away"
    if row["confidence"] == "border":
        far = f"only {max(100 * (times - 1), 1):.0f} % farther away"
    lead = {"clear": "Clear.", "rather": "Rather sure.", "border": "On the border."}[row["confidence"]]
    return [html.Strong(lead), f" The centre of {row['runner_up_name']}, the next, is {far}."]


def gauge(row: Mapping[str, Any], colour: int) -> html.Div:
    """The margin from 0 to 1 above its three bands."""
    share = min(max(row["margin"], 0), 1) if row["confidence"] != "apart" else 0
    said = f"Confidence: {CONFIDENCES[row['confidence']].lower()}, a margin of {share:.2f} of 1"
    fill = html.Div(className=f"fill s{colour % 11}", style={"width": f"{100 * share:.1f}%"})
    marks = [html.Span(className="cut", style={"left": f"{100 * at}%"}) for at in (0.2, 0.5)]
    bands = [html.Span(name, className="on" if key == row["confidence"] else "") for key, name in
             (("border", "border"), ("rather", "rather sure"), ("clear", "clear"))]  # fmt: skip
    return html.Div(
        [html.Div([fill, *marks], className="track", role="img", **{"aria-label": said}),
         html.Div(bands, className="bands", **{"aria-hidden": "true"})],
        className="gauge",
    )  # fmt: skip


def remarks(notes: Any, problems: Mapping[str, Any]) -> Any:
    """What cannot be, and what is worth knowing; that a field stands at its median is seen in the form."""
    wrong = [f"{problem.message} {problem.hint} Until then its default stands for it." for problem in problems.values()]
    items = [html.Li([icon("exclamation-triangle"), html.Span(text)], className="wrong") for text in wrong]
    items += [html.Li([icon("info-circle"), html.Span(note.text)]) for note in notes if note.kind != "missing"]
    return html.Ul(items, className="place-notes") if items else None


def against(fields: Any, entered: Mapping[str, Any], mine: Any, runner_up: Any, look: Look) -> html.Div:
    """What was entered beside the averages of the segment and of the runner-up."""
    others = [each for each in (mine, runner_up) if each is not None]
    rows = [
        [label(field), html.Strong(entry(field, entered[field.slug], look.currency)),
         *(entry(field, each.averages.get(field.slug), look.currency) for each in others)]
        for field in fields
    ]  # fmt: skip
    return table(
        ["Feature", "This customer", *(each.name for each in others)], rows, className="wrapped placed",
        caption="This customer beside the averages of the segments", numeric=set(range(1, 2 + len(others))),
    )  # fmt: skip


def advice(segment: Any, look: Look) -> html.Div:
    """What to do with a customer of a segment; each leads to its plan."""
    items = [
        link(
            [html.Span([html.Strong(one.title), html.Span(one.reason)]), icon("chevron-right")],
            look.href("campaigns", idea=f"{segment.slug}.{one.strategy}"),
            className="idea",
        )
        for one in segment.advice
    ]
    return html.Div(items, className="place-ideas")
