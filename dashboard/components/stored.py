"""A stored dataset: the file that it was read from, and its receipt with switches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import html

from core.currencies import SYMBOLS
from core.pipeline import PRESET_LABELS, Dataset
from dashboard import words
from dashboard.components.basics import icon, segmented
from dashboard.components.cards import card
from dashboard.components.decision import decision
from dashboard.components.door import size
from dashboard.components.receipt import equation, waterfall
from dashboard.components.switches import switch_table
from dashboard.state import Look

CURRENCIES = tuple(SYMBOLS)


def file_facts(dataset: Dataset, holds: str) -> list[Any]:
    """The file that a dataset was read from."""
    facts = f"{size(dataset.bytes)}, {words.count(dataset.rows)} rows, {dataset.columns} columns, {holds}"
    whole = [icon("check2"), "Read completely"]
    if dataset.misfit:
        whole = [icon("exclamation-triangle"), f"{words.count(dataset.misfit)} rows do not fit the header"]
    codes = dict.fromkeys([dataset.currency, *CURRENCIES])
    currency = html.Label(
        [
            html.Span("Currency"),
            html.Select(
                [html.Option(c, value=c) for c in codes], className="field",
                key=f"{dataset.fingerprint}-{dataset.currency}", **{"data-relabel": dataset.fingerprint},
            ),
        ],
        className="currency",
    )  # fmt: skip
    return [
        html.Span(icon("file-earmark-text"), className="file-icon"),
        html.Div([html.H2(dataset.file), html.P(facts)], className="file-facts"),
        html.Span(whole, className="read-whole"),
        currency,
    ]


def switches_card(meta: Any, switches: Any, look: Look, toggle: Callable[[str], str]) -> Any:
    """The receipt of a customer table or survey with its switches."""
    aside = meta.rows_in - meta.customers
    some = "One row is set aside" if aside == 1 else f"{words.count(aside)} rows are set aside"
    return card(
        f"{some if aside else 'Every row stays'}; each switch can be moved",
        switch_table(switches, meta.rows_in, meta.customers, lambda rule: look.href(rules=toggle(rule))),
        sub="What is set aside, changed, merged or made from other columns",
        how=html.P(
            "A switch that is on is applied, in this order; one that is off shows what it would do. Columns that are "
            "made from others are as of the newest date in the file, not of today."
        ),
        csv=look.download("receipt"),
        className="receipt-card",
    )


def receipt_card(meta: Any, steps: Any, example: Any, look: Look, toggle: Callable[[str], str]) -> Any:
    """The receipt of an order log with its switches.

    Parameters
    ----------
    example
        A purchase that was undone, where returns are left out: see core.sales.undone.
    toggle : callable
        slug -> the rules with that switch moved.
    """
    made = meta.receipt
    of = f"{words.count(meta.customers)} customers, {words.count(meta.orders)} orders"
    drawn = waterfall(made, steps, look.currency, of, lambda rule: look.href(rules=toggle(rule)))
    presets = {preset: label.capitalize() for preset, label in PRESET_LABELS.items()}
    return card(
        "The receipt adds up to the penny" if made.adds_up else "The receipt does not add up",
        [drawn, decision(made, steps, example, look)],
        sub=[html.Span(equation(made, steps), className="equation"), html.Span(f" {look.currency}")],
        controls=segmented(look, "rules", presets, "Cleaning"),
        how=[
            html.P(
                "Revenue in is quantity × price of every row of the file. Each row is taken by the first rule that "
                "claims it, in this order, so that no row and no penny is counted twice. A rule that is off shows what "
                "it would take after those that are on."
            ),
            html.P(
                "Returns are negative money. “Net of returns” counts each signed line at its own date; an order that "
                "was wholly returned no longer counts as an order, and customers that net to nothing go aside. “As "
                "in most notebooks” drops the returns and keeps the purchases that they undid."
            ),
        ],
        csv=look.download("receipt"),
        className="receipt-card",
    )
