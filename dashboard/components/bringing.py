"""Bringing what came of a campaign: a results file, the orders of a log, and what was brought so far."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from dashboard import words
from dashboard.components.cards import card
from dashboard.components.kept import send
from dashboard.components.results import ROLES

LABELS = {role: words.header(label.split(" (")[0]) for role, label in ROLES.items()}


def bring_card(campaign: Any, logs: list[Any], has: bool) -> html.Div:
    """Two ways: a file, or a log that knows the customers."""
    file = html.Div(
        [
            html.H3("A results file"),
            html.P("A row a customer, with who ordered or what they spent, under any column names: CSV, Excel, "
                   "Parquet, packed or not. Customers by their number or e-mail address. The same file counts once, "
                   "and several files add up.", className="hint"),
            html.Div(**{"data-results-file": campaign.id}),
        ],
        className="results-way",
    )  # fmt: skip
    return card(
        "Bring more" if has else "Bring what came of it",
        html.Div(
            [
                html.Div([file, _log(campaign, logs)], className="results-ways"),
                html.Div(className="results-outcome", **{"data-results-outcome": "yes"}),
            ]
        ),
        sub="A results file, or the orders of the shop",
        how="A mail tool knows nobody of the holdout, so its orders are no comparison; take them from the shop. Orders "
        "of a log come before those of a file, and of several logs the one that was taken last counts. Nothing that is "
        "brought changes the datasets.",
    )


def _log(campaign: Any, logs: list[Any]) -> html.Div:
    head = html.H3("The orders of a log")
    if not logs:
        return html.Div(
            [head, html.P("No order log that is stored here knows these customers. Bring the newer orders of your shop "
                          "on the Data page, then take them here.", className="hint")], className="results-way",
        )  # fmt: skip
    options = [
        html.Option(
            f"{dataset.name}, up to {words.day(span.end)}: knows {words.customers(known)}", value=dataset.fingerprint
        )
        for dataset, span, known in logs
    ]
    start, end = campaign.brief.start, campaign.brief.end
    return html.Div(
        [
            head,
            html.P("Orders on the days of the campaign, both included; returns on those days are taken off."
                   + ("" if start and end else " The plan names no days: say on which orders count."),
                   className="hint"),
            html.Form(
                [
                    html.Label([html.Span("Log"), html.Select(options, name="dataset", className="field")],
                               className="labelled wide"),
                    _day("First day", "start", start),
                    _day("Last day", "end", end),
                    html.Button("Take the orders", type="submit", className="button primary"),
                    html.P(className="form-said", role="alert"),
                ],
                className="results-log", key=f"{campaign.id}-{start}-{end}",
                **{"data-send": f"/campaigns/{campaign.id}/results/log"},
            ),
        ],
        className="results-way",
    )  # fmt: skip


def _day(label: str, name: str, day: Any) -> html.Label:
    control = dcc.Input(name=name, value=str(day or ""), type="text", maxLength=10, autoComplete="off",
                        placeholder="2027-03-01")  # fmt: skip
    return html.Label([html.Span(label), control], className="labelled")


def brought_card(campaign: Any, brought: list[Any]) -> Any:
    """What was brought, the latest first, each with what was understood of it."""
    if not brought:
        return None
    logs = [each.number for each in brought if each.kind == "log" and not each.dropped]
    counting = sum(not each.dropped and (each.kind == "file" or each.number == logs[-1]) for each in brought)
    items = [_item(campaign, each, stale=each.number in logs[:-1]) for each in reversed(brought)]
    return card(
        f"{words.in_words(counting).capitalize()} of {words.in_words(len(brought))} counts"
        if len(brought) > 1 and counting < len(brought)
        else "What was brought",
        [html.P(className="form-said", role="alert"), html.Ul(items, className="results-brought")],
        sub="Taking a file back keeps it here, out of the figures",
    )


def _item(campaign: Any, each: Any, *, stale: bool) -> html.Li:
    way, label = ("restore", "Put back") if each.dropped else ("drop", "Take back")
    by = f" by {each.who}" if each.who else ""
    if each.kind == "log":
        read = (f"Orders from {each.about['start']} to {each.about['end']}; the log knows "
                f"{words.count(each.about['known'])} of {words.count(each.about['of'])} customers.")  # fmt: skip
    else:
        columns = each.about.get("columns", {})
        read = "Read as " + ", ".join(f"{LABELS[role].lower()}: {header}" for role, header in columns.items()) + "."
    state = (
        f"Taken back on {each.dropped[:10]}." if each.dropped else "A log that was taken later counts." if stale else ""
    )
    button = send(label, f"/campaigns/{campaign.id}/results/{each.number}/{way}", f"{label}: {each.name}")
    return html.Li(
        [
            html.Div([html.Strong(each.name), html.Span(f"brought on {each.made[:10]}{by}", className="hint"),
                      html.P(" ".join(filter(None, [state, read, *each.told])))]),
            button,
        ],
        className="undone" if each.dropped or stale else "",
    )  # fmt: skip
