"""Saved segmentations as cards: what each is, what it was made with, what can be done to it."""

from __future__ import annotations

from typing import Any

from dash import html

from core.pipeline import Dataset, View
from dashboard import words
from dashboard.components import kept
from dashboard.components.basics import icon, link, swatch
from dashboard.components.kept import day, fold, send
from dashboard.components.saving import at, field
from dashboard.state import Look


def saved_card(look: Look, saved: Any, method: str, there: bool, later: list[Dataset], *, in_use: bool) -> html.Div:
    """A saved segmentation.

    Parameters
    ----------
    method : str
        What its algorithm is called.
    there : bool
        Whether its dataset is stored here.
    later : list of Dataset
        Datasets that grew out of it, the latest first.
    """
    version = saved.current
    mark = html.Span("in use here", className="tag on") if in_use else None
    number = html.Span(f"version {version.number}", className="tag") if len(saved.versions) > 1 else None
    head = html.Div([html.H2(saved.name), mark, number], className="saved-title")
    opens = html.Div(
        [
            link("Open", at(look, saved.view, "segments"), className="button",
                 **{"aria-label": f"Open {saved.name} on Segments"}),
            link("Does it still fit?", at(look, _newest(saved, later), "health"), className="button",
                 **{"aria-label": f"Does it still fit? {saved.name}"}),
        ] if there else [html.Span("Its dataset is in the trash: put that back on the Data page", className="hint")],
        className="saved-opens",
    )  # fmt: skip
    return html.Div(
        [
            html.Div([html.Div([head, html.P(_made(saved, method))]), opens], className="card-head"),
            html.Div(
                [
                    html.P(saved.note, className="saved-note") if saved.note else None,
                    _segments(version),
                    _later(look, saved, later),
                    html.P(className="form-said", role="alert"),
                ],
                className="card-body",
            ),
            _ways(saved),
        ],
        className=f"card saved{' on' if in_use else ''}",
    )


def gone_banner(saved: Any, *, held: bool) -> html.Div:
    """What was just deleted, and how to undo it; ``held`` where it held what the page shows."""
    back = f"/saved/{saved.id}/restore{'?held' if held else ''}"
    return kept.gone_banner(f"{saved.name} is in the trash.", back)


def trash_card(trashed: list[Any]) -> Any:
    """What was deleted and can still come back."""
    return kept.trash_card(
        trashed,
        "/saved",
        {
            "Dataset": lambda each: each.current.dataset_name,
            "Customers": lambda each: words.count(each.current.customers),
        },
        caption="Deleted segmentations",
        sub="After seven days they are removed by themselves, with the list of who was in which segment",
        numeric={2},
    )


def features_in_words(version: Any) -> str:
    """What a version was learned from: recency, orders and spend."""
    labels = [words.header(label) for _, label in version.features]
    labels = [label[:1].lower() + label[1:] for label in labels]
    if len(labels) > 4:
        return f"{', '.join(labels[:3])} and {len(labels) - 3} more"
    return " and ".join([", ".join(labels[:-1]), labels[-1]] if len(labels) > 1 else labels)


def _made(saved: Any, method: str) -> str:
    version = saved.current
    who = f" by {saved.who}" if saved.who else ""
    count = f"{words.in_words(len(version.living))} segments of {words.customers(version.customers)}"
    return f"{version.dataset_name}: {count} · {method} on {features_in_words(version)} · saved {day(saved.made)}{who}"


def _newest(saved: Any, later: list[Dataset]) -> View:
    return saved.view.but(dataset=later[0].fingerprint) if later else saved.view


def _segments(version: Any) -> html.Ul:
    return html.Ul(
        [
            html.Li(
                [swatch(each.colour), html.Span(each.name), html.Span(words.count(each.customers), className="hint")],
                className="saved-segment",
            )
            for each in version.living
        ],
        className="saved-segments", **{"aria-label": "Segments and their customers"},
    )  # fmt: skip


def _later(look: Look, saved: Any, later: list[Dataset]) -> Any:
    if not later or (look.view.saved == saved.id and look.view.dataset == later[0].fingerprint):
        return None
    newest = later[0]
    return html.Div(
        [
            icon("arrow-repeat"),
            html.P(f"{newest.name} has a later version, of {day(newest.added)}, with {newest.rows:,} rows."),
            link("See what a refit would change", at(look, _newest(saved, later), "saved"), className="button"),
        ],
        className="saved-later",
    )


def _ways(saved: Any) -> html.Div:
    path = f"/saved/{saved.id}"
    last = saved.undoable
    undo = [icon("arrow-counterclockwise"), "Undo: ", html.Span(_short(last.words))] if last else None
    segments = [
        _value_form(f"{path}/segments/{each.id}/name", each.name, [swatch(each.colour), each.name], most=80)
        for each in saved.current.living
    ]
    return html.Div(
        [
            html.Div(
                [
                    fold("Rename", [_value_form(f"{path}/name", saved.name, "Name", most=120)]),
                    fold("Name its segments", segments),
                    fold("Note", [_value_form(f"{path}/note", saved.note, "Note", most=2000)]),
                    fold("History", kept.history(saved.history)),
                ],
                className="saved-folds",
            ),
            html.Div(
                [
                    send(undo, f"{path}/undo") if undo else None,
                    send([icon("trash3"), "Delete"], f"{path}/delete", f"Delete {saved.name}"),
                ],
                className="takes",
            ),
        ],
        className="card-foot", key=f"{saved.id}-{saved.revision}",
    )  # fmt: skip


def _value_form(path: str, value: str, label: Any, *, most: int) -> html.Form:
    return html.Form(
        [field(label, "value", value, most=most), html.Button("Save", type="submit", className="button")],
        className="value-form", **{"data-send": path},
    )  # fmt: skip


def _short(text: str, most: int = 48) -> str:
    text = text[:1].lower() + text[1:]
    return text if len(text) <= most else f"{text[: most - 1]}…"
