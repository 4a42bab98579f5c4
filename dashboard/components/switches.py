"""The receipt of a customer table or survey: switches, each with whom it sets aside or what it changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dash import html

from dashboard.components.basics import switch


def switch_table(switches: Sequence[Any], rows_in: int, customers: int, href: Callable[[str], str]) -> html.Div:
    """Draw it: from the rows of the file to the customers analysed.

    Parameters
    ----------
    switches
        See core.intake.tables.switches.Switch.
    href : callable
        slug -> the link that moves that switch.
    """
    head = {"": "", "Switch": "", "What it does": "takes-what", "Rows": "num", "Cells": "num", "Effect": "takes-what"}
    return html.Div(
        html.Table(
            [
                html.Caption("The receipt: each switch, and what it did", className="visually-hidden"),
                html.Thead(html.Tr([html.Th(each, scope="col", className=name) if each else html.Td()
                                    for each, name in head.items()])),
                html.Tbody([
                    _total("Rows of the file", "", rows_in),
                    *(_row(each, href(each.slug)) for each in switches),
                    _total("Customers analysed", "one row each", customers, last=True),
                ]),
            ],
            className="plain receipt-table switch-table",
        ),
        className="table-scroll",
        tabIndex=0,
        role="region",
        **{"aria-label": "The receipt"},
    )  # fmt: skip


def _row(each: Any, href: str) -> html.Tr:
    rows = f"−{each.rows:,}" if each.on and each.rows else f"{each.rows:,} kept" if each.rows else ""
    return html.Tr(
        [
            html.Td(html.Span("always", className="always") if each.locked else switch(each.label, each.on, href)),
            html.Th(each.label, scope="row"),
            html.Td(each.explains, className="takes-what"),
            html.Td(rows, className="num"),
            html.Td(f"{each.cells:,}" if each.cells else "", className="num"),
            html.Td(each.effect, className="takes-what"),
        ],
        className="" if each.on else "off",
    )


def _total(label: str, explains: str, rows: int, *, last: bool = False) -> html.Tr:
    return html.Tr(
        [html.Td(), html.Th(label, scope="row"), html.Td(explains, className="takes-what"),
         html.Td(f"{rows:,}", className="num"), html.Td(), html.Td(className="takes-what")],
        className="total last" if last else "total",
    )  # fmt: skip
