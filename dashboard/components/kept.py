"""What is alike of all that people keep: buttons that change it, folds, its history, and the trash."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from typing import Any

from dash import html

from dashboard import words
from dashboard.components.basics import icon
from dashboard.components.cards import card
from dashboard.components.tables import table

TRASH = "It is kept for seven days."


def send(face: Any, path: str, label: str = "", *, className: str = "take") -> html.Button:
    """A button that asks the server for something; ``label`` names it where its face alone does not."""
    named = {"aria-label": label} if label else {}
    return html.Button(face, type="button", className=className, **{"data-send": path, **named})


def fold(face: Any, inside: Any, label: str = "") -> html.Details:
    """What opens below its line."""
    named = {"aria-label": label} if label else {}
    summary = html.Summary(face, className="take", **named)
    return html.Details([summary, html.Div(inside, className="fold")], className="folded")


def history(events: Collection[Any]) -> html.Ol:
    """What happened, the latest first."""
    return html.Ol([_event(each) for each in events], className="saved-history")


def _event(event: Any) -> html.Li:
    said = html.Span(event.words, className="undone") if event.undone else event.words
    who, back = f" by {event.who}" if event.who else "", " (taken back)" if event.undone else ""
    return html.Li([html.Span(day(event.when), className="hint"), " ", said, who, back])


def gone_banner(said: str, back: str) -> html.Div:
    """What was just deleted, and the path that undoes it."""
    return html.Div(
        [icon("trash3"), html.P([html.Strong(said), f" {TRASH}"]), send("Undo", back, className="button")],
        className="banner calm", role="status",
    )  # fmt: skip


def trash_card(
    trashed: list[Any],
    path: str,
    columns: dict[str, Callable[[Any], str]],
    *,
    caption: str,
    sub: str,
    numeric: Collection[int] = (),
) -> Any:
    """What was deleted and can still come back.

    Parameters
    ----------
    path : str
        Under which each is put back and purged by its id.
    columns : dict
        Head of the table -> what stands below it.
    """
    if not trashed:
        return None
    rows = [
        [
            each.name,
            *(cell(each) for cell in columns.values()),
            day(each.deleted),
            _ways(f"{path}/{each.id}", each.name),
        ]
        for each in trashed
    ]
    count = "One is" if len(rows) == 1 else f"{words.in_words(len(rows)).capitalize()} are"
    heads = ["Name", *columns, "Deleted", "What you can do"]
    body = [table(heads, rows, caption=caption, numeric=set(numeric)), html.P(className="form-said", role="alert")]
    return card(f"{count} in the trash", body, sub=sub)


def _ways(path: str, name: str) -> html.Div:
    back = send("Put back", f"{path}/restore", f"Put back {name}")
    purge = send("Delete for good now", f"{path}/purge", f"Delete for good now {name}", className="take warn")
    return html.Div([back, purge], className="row-ways")


def day(moment: str) -> str:
    """A moment as a day."""
    return words.day(dt.date.fromisoformat(moment[:10]))
