"""The datasets that are stored here: what they hold and take, and what can be done to each as a whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from dash import html

from core.pipeline import Dataset
from dashboard import words
from dashboard.components.basics import icon, link, menu, menu_item
from dashboard.components.cards import card
from dashboard.components.door import post, size
from dashboard.components.tables import table
from dashboard.state import Look
from dashboard.tab import KINDS

TRASH_DAYS = "It is kept for seven days, and what was made of it with it."


def shelf_card(look: Look, datasets: list[Dataset], disk: Mapping[str, int], held: Mapping[str, str]) -> Any:
    """Every dataset, a line each.

    Parameters
    ----------
    disk : mapping
        fingerprint -> bytes that it takes here.
    held : mapping
        fingerprint -> its period, or how many columns it has, in words.
    """
    earlier = {dataset.previous for dataset in datasets}
    tables = [dataset for dataset in datasets if dataset.kind != "transactions"]
    rows = [
        [
            _name(dataset, dataset.fingerprint == look.view.dataset, earlier),
            KINDS.get(dataset.kind, dataset.kind).capitalize(),
            f"{dataset.rows:,}",
            held.get(dataset.fingerprint, ""),
            size(disk.get(dataset.fingerprint, 0)),
            words.day(dt.date.fromisoformat(dataset.added[:10])),
            _ways(look, dataset, tables),
        ]
        for dataset in datasets
    ]
    total = size(sum(disk.values()))
    headline = "One dataset is stored here" if len(datasets) == 1 else (
        f"{words.in_words(len(datasets)).capitalize()} datasets are stored here"
    )  # fmt: skip
    body = table(["Name", "Kind", "Rows", "Holds", "On disk", "Added", "What you can do"], rows,
                 caption="Datasets stored here", numeric={2, 4}, className="datasets")  # fmt: skip
    return card(f"{headline}, {total} on disk", body, sub="Each opens on every page; names and deletions can be undone")


def trash_card(trashed: list[Dataset]) -> Any:
    """What was deleted and can still come back."""
    if not trashed:
        return None
    rows = [
        [
            dataset.name,
            KINDS.get(dataset.kind, dataset.kind).capitalize(),
            f"{dataset.rows:,}",
            html.Div(
                [
                    post("Put back", f"/datasets/{dataset.fingerprint}/restore", className="take"),
                    post("Delete for good now", f"/datasets/{dataset.fingerprint}/purge", className="take warn"),
                ],
                className="row-ways",
            ),
        ]
        for dataset in trashed
    ]
    headline = "One dataset is in the trash" if len(rows) == 1 else (
        f"{words.in_words(len(rows)).capitalize()} datasets are in the trash"
    )  # fmt: skip
    body = table(["Name", "Kind", "Rows", "What you can do"], rows, caption="Deleted datasets", numeric={2},
                 className="datasets")  # fmt: skip
    return card(headline, body, sub="After seven days every trace of the people in it is removed by itself")


def gone_banner(dataset: Dataset) -> html.Div:
    """What was just deleted, and how to undo it."""
    return html.Div(
        [
            icon("trash3"),
            html.P([html.Strong(f"{dataset.name} is in the trash."), f" {TRASH_DAYS}"]),
            post("Undo", f"/datasets/{dataset.fingerprint}/restore", className="button decide"),
        ],
        className="banner calm",
        role="status",
    )


def news_card(news: list[str]) -> Any:
    """What a later file brought and changed."""
    if not news:
        return None
    return card("What the last file brought and changed", html.Ul([html.Li(each) for each in news], className="news"))


def joined_note(dataset: Dataset) -> Any:
    """Of a join: the share that was matched."""
    met, of = dataset.facts.get("matched"), dataset.facts.get("of")
    if not of:
        return None
    said = f"{met:,} of {of:,} customers ({words.percent(met / of)}) were found in the customer table."
    return html.Div([icon("link-45deg"), html.P([html.Strong("Joined. "), said])], className="banner calm", role="note")


def join_card(log: Dataset, table_: Dataset, met: int, of: int) -> Any:
    """How many customers an order log and a customer table share, before they are joined."""
    share = f"{met:,} of {of:,} customers of {log.name} are in {table_.name}"
    body = [
        html.P(
            "Joined, segments can use the columns of both, and exports have contact details. Both datasets stay as "
            "they are; the join is a new one."
            if met
            else "Check which column is the customer in both: the ids have to be the same."
        ),
        html.Div(
            [
                link("Not now", f"/data?data={log.fingerprint}", className="button"),
                *([post("Join them", f"/datasets/{log.fingerprint}/join/{table_.fingerprint}",
                        className="button primary")] if met else []),
            ],
            className="arrival-ways",
        ),
    ]  # fmt: skip
    return card(f"{share}, {words.percent(met / of if of else 0)}", body, className="join-card")


def _name(dataset: Dataset, now: bool, earlier: set[str]) -> html.Div:
    version = f"{len(dataset.parts)} files" if len(dataset.parts) > 1 else ""
    if dataset.fingerprint in earlier:
        version = "the version before"
    mark = {"aria-current": "true"} if now else {}
    return html.Div(
        [
            link(dataset.name, f"/data?data={dataset.fingerprint}", className="shelf-name", **mark),
            html.Span(version, className="version") if version else None,
            html.Div(className="rename-place", key=f"{dataset.fingerprint}-{dataset.name}"),
        ],
        className="rename",
    )


def _ways(look: Look, dataset: Dataset, tables: list[Dataset]) -> html.Div:
    path = f"/datasets/{dataset.fingerprint}"
    joins = [
        menu_item(other.name, f"/data?data={dataset.fingerprint}&join={other.fingerprint}", note=f"{other.rows:,} rows")
        for other in tables
    ]
    ways = [
        html.Button("Rename", type="button", className="take",
                    **{"data-rename": f"{path}/rename", "data-name": dataset.name,
                       "aria-label": f"Rename {dataset.name}"}),
        html.Button("Add a later export", type="button", className="take",
                    **{"data-append": dataset.fingerprint, "aria-label": f"Add a later export to {dataset.name}"}),
        menu("Join with", joins, className="join") if joins and dataset.kind == "transactions" else None,
        post("Delete", f"{path}/delete", className="take", **{"aria-label": f"Delete {dataset.name}"}),
    ]  # fmt: skip
    return html.Div([way for way in ways if way is not None], className="row-ways")
