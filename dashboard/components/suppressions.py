"""Those who are never to be written to, on the page of campaign plans: how many, bringing a list, taking one away."""

from __future__ import annotations

from typing import Any

from dash import html

from core.pipeline import Pipeline
from dashboard import words
from dashboard.components.cards import card
from dashboard.components.kept import gone_banner, send
from dashboard.state import Look

KINDS = {
    "email": ("e-mail address", "e-mail addresses"), "phone": ("telephone", "telephones"),
    "customer": ("customer number", "customer numbers"), "hash": ("hash", "hashes"),
}  # fmt: skip
BRING = (
    "A CSV with columns named e-mail, phone or customer, or a text with one of them a line; SHA-256 will do. A "
    "number on a line alone is taken for a customer and for a telephone with its country code."
)
HOW = [
    html.P(
        "Whoever stands on a list is left out of every file of every campaign, of every dataset, also on the command "
        "line, and is counted in the funnel as its last step."
    ),
    html.P(
        "Of each entry only its SHA-256 is kept: no address can be read here. That is no anonymity: who has an address "
        "can compute its hash."
    ),
    html.P(
        "The lists are wishes of people and stay when a dataset is deleted. One that is taken away can be put back "
        "for seven days."
    ),
]


def never_card(pipeline: Pipeline, look: Look) -> html.Div:
    """The card: the lists that count, whom of this dataset they met, and those that were taken away."""
    lists, away = pipeline.suppressions.all(), pipeline.suppressions.all(removed=True)
    size = sum(each.size for each in lists)
    head = f"Never to be written to: {words.count(size)} {'entry' if size == 1 else 'entries'}" if lists else (
        "Nobody is on your list of those never to be written to")  # fmt: skip
    gone = next((each for each in away if str(each.id) == look.view.option("unlisted")), None)
    rows = [*map(_row, lists), *(_row(each) for each in away if each is not gone)]
    body = [
        gone_banner(f"{gone.name} no longer counts.", f"/suppressions/{gone.id}/restore") if gone else None,
        html.Ul(rows, className="files-list", **{"aria-label": "Lists of those never to be written to"})
        if rows
        else None,
        html.P(_met(pipeline, look)) if lists else None,
        html.Div([html.Div(**{"data-suppress": "yes"}), html.P(BRING, className="hint")], className="never-bring"),
        html.P(className="form-said", role="alert"),
    ]
    sub = "Those who refused, complained or asked to be left alone, in whatever tool they said so"
    return card(head, body, sub=sub, how=HOW, className="never")


def _met(pipeline: Pipeline, look: Look) -> str:
    name, met = pipeline.dataset(look.view).name, pipeline.listed_customers(look.view)
    if not met:
        return f"No customer of {name} stands on it."
    return f"{words.customers(met)} of {name} {'stands' if met == 1 else 'stand'} on it."


def _row(each: Any) -> html.Li:
    holds = ", ".join(f"{n:,} {said[n != 1]}" for kind, said in KINDS.items() if (n := each.entries.get(kind)))
    way, label = ("restore", "Put back") if each.removed else ("remove", "Take away")
    by = f" by {each.who}" if each.who else ""
    state = f"Taken away on {each.removed[:10]}, kept for seven days" if each.removed else (
        f"Brought on {each.made[:10]}{by}")  # fmt: skip
    button = send(label, f"/suppressions/{each.id}/{way}", f"{label} the list {each.name}")
    name = html.Div([html.Strong(each.name), html.P(state, className="files-note")])
    return html.Li([name, html.P(holds), button], className="away" if each.removed else "")
