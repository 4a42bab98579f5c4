"""New customers elsewhere than in the form: as a file, on the command line, over HTTP."""

from __future__ import annotations

import shlex
from typing import Any

from dash import html

from dashboard import words
from dashboard.components.basics import icon
from dashboard.components.cards import card
from dashboard.components.placing import label
from dashboard.state import Look, query


def file_card(fields: Any, look: Look, *, orders: bool) -> html.Div:
    """A file of new customers: what it may be, a template, and what became of it (assets/predict.js)."""
    named = ", ".join(label(field) for field in fields[:4])
    named += f" and {words.in_words(len(fields) - 4)} more" if len(fields) > 4 else ""
    also = (
        " Or the orders of new customers, in any order log: they are counted as those of this log were."
        if orders
        else " Or a file like the one that the segments were learned from."
    )
    template = html.A(
        [icon("download"), "Template"], href=look.download("template", values=None), className="button", download=""
    )
    body = [
        html.P(f"A table with a row a customer and columns such as {named}.{also}", className="place-say"),
        html.Div([html.Div(className="place-bring", **{"data-place-file": query(look.view.whole())}), template],
                 className="place-ways"),
        html.Div(className="place-outcome", **{"data-place-outcome": "yes"}),
    ]  # fmt: skip
    return card(
        "A file of new customers",
        body,
        sub="CSV, Excel, Parquet and more: it comes back with a segment for everybody, and is not stored here",
        how="Columns are matched by name, whatever the capitals, blanks and underscores; all others are kept as they "
        "are. A blank cell stands at the median, and the note of its row says so. A row with a value that cannot be "
        "understood is not placed: it stays in the file, with the reason.",
    )


def elsewhere_card(example: str, look: Look, host: str) -> html.Div:
    """The same with the command line and over HTTP, to copy."""
    plain = look.view.whole()
    shell = f"python -m core predict new_customers.csv --data {plain.dataset}{_flags(plain)} --out placed.csv"
    return card(
        "The same for other programs",
        html.Div([_command("Command line", shell), _command("HTTP", example)], className="place-commands"),
        sub="With this dataset and these segments",
        how=f"GET {host}api/v1/predict describes all fields. Up to 10,000 customers and 2 MiB at once; where a "
        "password is set, it is needed there too (curl -u :PASSWORD).",
    )


def _flags(view: Any) -> str:
    """The flags of the command line that give the same segments."""
    pairs = [
        ("--preset", view.rules, "net"), ("--as-of", view.as_of, ""), ("--features", ",".join(view.features), ""),
        ("--prepare", view.prepare, "auto"), ("--outliers", view.outliers, "keep"), ("--missing", view.missing, "auto"),
        ("--method", view.method, "kmeans"), ("--k", str(view.k), "0"),
        ("--k-range", "{}:{}".format(*view.k_range), "1:10"),
        ("--seed", str(view.seed), "42"), ("--saved", view.saved, ""),
        *(("--own", f"{slug}={how}", "") for slug, how in view.own),
        *(("--weight", f"{slug}={weight:g}", "") for slug, weight in view.weights),
    ]  # fmt: skip
    return "".join(f" {flag} {shlex.quote(value)}" for flag, value, usual in pairs if value != usual)


def _command(title: str, text: str) -> html.Div:
    copy = html.Button([icon("copy"), html.Span("Copy")], type="button", className="take", **{"data-copy-text": text})
    code = html.Pre(html.Code(text), tabIndex=0, role="region", **{"aria-label": title})
    return html.Div([html.Div([html.H3(title), copy], className="command-head"), code], className="command")
