"""The receipt: a table of switches, each with what its rule takes and where that stands between 0 and revenue in."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import Any

from dash import html

from dashboard import words
from dashboard.components.basics import switch

HEAD = {
    "On": "",
    "Rule": "",
    "What it takes": "takes-what",
    "Rows": "num",
    "Money": "num",
    "Left": "num left-over",
}


def waterfall(made: Any, steps: Sequence[Any], currency: str, of: str, href: Callable[[str], str]) -> html.Div:
    """Draw it.

    Parameters
    ----------
    made
        The receipt: ``rows_in``, ``cents_in``, ``rows``, ``cents``.
    steps
        Its rules, in order: see core.intake.logs.waterfall.Step.
    of : str
        What is analysed, in words: "4,338 customers, 18,532 orders".
    href : callable
        slug -> the link that moves that switch.
    """
    low, high = _scale([0, made.cents_in, made.cents, *(step.left for step in steps)])
    place = _Place(low, high)
    ends = f"From {_end(low, currency)} to {_end(high, currency)}"
    before, rows = made.cents_in, []
    for step in steps:
        rows.append(_row(step, before, place, href(step.slug)))
        before = step.left
    start = _total("Revenue in", "every row: quantity × price", made.rows_in, made.cents_in, place)
    final = _total("Revenue analysed", of, made.rows, made.cents, place, last=True)
    head = [html.Th(h, scope="col", className=HEAD[h]) for h in HEAD]
    return html.Div(
        html.Table(
            [
                html.Caption("The receipt: each cleaning rule, and what it took", className="visually-hidden"),
                html.Thead(html.Tr([*head, html.Th(ends, scope="col", className="place")])),
                html.Tbody([start, *rows, final]),
            ],
            className="plain receipt-table",
        ),
        className="table-scroll",
        tabIndex=0,
        role="region",
        **{"aria-label": "The receipt"},
    )


def equation(made: Any, steps: Sequence[Any]) -> str:
    """9,747,747.93 − 1,447,682.12 + … = 8,887,208.89, over the rules that took rows."""
    parts = [words.exact(made.cents_in)]
    for step in steps:
        if step.on and step.rows:
            parts.append(f"{'−' if step.cents >= 0 else '+'} {words.exact(abs(step.cents))}")
    return f"{' '.join(parts)} = {words.exact(made.cents)}"


class _Place:
    """From cents to per cent of the bar's width."""

    def __init__(self, low: float, high: float) -> None:
        self.low, self.width = low, (high - low) or 1.0

    def __call__(self, cents: float) -> float:
        return 100 * (cents - self.low) / self.width

    def bar(self, start: float, end: float, kind: str) -> html.Div:
        left, right = sorted((self(start), self(end)))
        style = {"left": f"{left:.3f}%", "width": f"{right - left:.3f}%"}
        return html.Div(className=f"fall {kind}", style=style)

    def thread(self, cents: float, kind: str) -> html.Div:
        """Half of the line that leads from the end of one bar to the start of the next."""
        return html.Div(className=f"thread {kind}", style={"left": f"{self(cents):.3f}%"})


def _row(step: Any, before: int, place: _Place, href: str) -> html.Tr:
    raised = step.on and step.cents < 0
    kind = "raised" if raised and step.grain == "line" else "taken" if step.on else "kept"
    start, end = (before, step.left) if step.on else (step.left, step.left - step.cents)
    bars = [place.thread(before, "from"), place.thread(step.left, "to")]
    if step.cents or (step.on and step.rows):
        bars.append(place.bar(start, end, kind))
    money = words.exact(-step.cents) if step.cents <= 0 else f"−{words.exact(step.cents)}"
    money = f"+{money}" if raised else money if step.on else f"{words.exact(step.cents)} kept"
    left = words.exact(step.left) if step.on else ""
    return html.Tr(
        [
            html.Td(_switch(step, href)),
            html.Th(step.label, scope="row"),
            html.Td(_takes(step), className="takes-what"),
            html.Td(_rows(step), className="num"),
            html.Td(
                money if step.rows or step.cents else "",
                className="num warn" if raised and step.grain == "line" else "num",
            ),
            html.Td(left, className="num left-over"),
            html.Td(html.Div(bars, className="falls"), className="place"),
        ],
        className="" if step.on else "off",
    )


def _switch(step: Any, href: str) -> Any:
    if step.locked:
        return html.Span("always", className="always")
    return switch(step.label, step.on, href)


def _rows(step: Any) -> str:
    if step.grain == "order":
        return f"{step.orders:,} orders" if step.on else ""
    if not step.on:
        return f"{step.rows:,} kept" if step.rows or step.grain == "line" else ""
    return f"−{step.rows:,}" if step.rows else "0"


def _takes(step: Any) -> str:
    """What the rule says, and whom it set aside."""
    if step.grain != "customer" or not step.customers:
        return step.explains
    return f"{step.customers:,} customers who {step.explains}"


def _total(label: str, explains: str, rows: int, cents: int, place: _Place, *, last: bool = False) -> html.Tr:
    return html.Tr(
        [
            html.Td(),
            html.Th(label, scope="row"),
            html.Td(explains, className="takes-what"),
            html.Td(f"{rows:,}", className="num"),
            html.Td(words.exact(cents), className="num"),
            html.Td(className="left-over"),
            html.Td(
                html.Div(
                    [place.thread(cents, "from" if last else "to"), place.bar(0, cents, "whole")], className="falls"
                ),
                className="place",
            ),
        ],
        className="total last" if last else "total",
    )


def _scale(values: list[int]) -> tuple[float, float]:
    """Round ends for the bars, zero always among them."""
    return -_up(-min(values)), _up(max(values))


def _up(value: float) -> float:
    if value <= 0:
        return 0.0
    unit = 10 ** math.floor(math.log10(value))
    return float(next(step for step in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if step * unit >= value) * unit)


def _end(cents: float, currency: str) -> str:
    amount = re.sub(r"[.]0+(?= |$)", "", words.short(abs(cents) / 100))
    return f"{'−' if cents < 0 else ''}{words.symbol(currency)}{amount}"
