"""What was found in a file and what its columns mean: as words for a stored one, as menus for one that waits."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from dash import html

from core.pipeline import SCALES, Checked, Dataset
from dashboard import words
from dashboard.components.cards import card, empty
from dashboard.components.door import choice
from dashboard.components.tables import table

MOST_ROWS = 120
EXAMPLES = 3


def found_card(dataset: Dataset) -> Any:
    """What was found in a stored file."""
    if not dataset.notes:
        return card("What was found", empty("Nothing was written down.", "Bring the file again to see how it is read."))
    rows = [[what, found, why] for what, found, why in dataset.notes]
    body = table(["What", "Found", "Evidence"], rows, caption="What was found in the file", className="found")
    return card("How the file was read", body, sub="What was found, and how it can be told")


def found_menus(checked: Checked) -> Any:
    """What was found in a waiting file, changeable where there are choices."""
    path, version = f"/arrivals/{checked.waiting.id}/answers", checked.waiting.version
    rows = []
    for note in checked.notes:
        found: Any = note.found
        if note.choices:
            now = note.value
            known = dict(note.choices)
            pairs = note.choices if now in known else ((now, note.found), *note.choices)
            found = choice(path, note.slug, pairs, now, note.label, version=version, className="field small")
        rows.append([note.label, found, note.evidence])
    if not rows:
        return card("What was found", empty("Nothing can be said of the file itself.", "Its columns stand below."))
    chosen = sum(1 for note in checked.notes if note.choices)
    headline = f"Read from the file; {words.in_words(chosen)} things can be changed" if chosen else "Read from the file"
    body = table(
        ["What", "Found", "Evidence"], rows, caption="What was found in the file", className="found found-menus"
    )
    return card(headline, body, sub="What was found, and how it can be told")


def columns_card(dataset: Dataset, columns: Iterable[Any] = (), used: Collection[str] = ()) -> Any:
    """The columns of a stored file; ``columns`` after cleaning, and which of them segments are learned from."""
    every = list(columns) or list(dataset.columns_found)
    if not every:
        return card(
            "Your columns", empty("Nothing was written down.", "Bring the file again to see how its columns are read.")
        )
    if dataset.kind == "transactions":
        rows = [
            [html.Code(c.name), c.label or html.Span("not used", className="faint"), html.Code(c.first), c.evidence]
            for c in every
        ]
        head = ["Your column", "Read as", "First value", "What speaks for it"]
        sub = "What each column is taken to mean"
    else:
        rows = [[html.Code(c.name), _meaning(c), _levels(c), _enters(c, used), c.derived or c.evidence] for c in every]
        head = ["Your column", "Read as", "Levels or values", "In segments", "What speaks for it"]
        sub = "What each column is taken to mean, and whether segments are learned from it"
    name = "found columns" if dataset.kind == "transactions" else "found columns people-columns"
    body = table(head, rows[:MOST_ROWS], caption="Columns of the file", className=name)
    return card(_headline(every), [body, _more(rows)], sub=sub)


def mapping_card(checked: Checked) -> Any:
    """The columns of a waiting file, each with a menu of what it can mean."""
    path, version, typed = (
        f"/arrivals/{checked.waiting.id}/answers",
        checked.waiting.version,
        checked.kind != "transactions",
    )
    roles = (("", "Not used" if not typed else "Nothing special"), *checked.roles)
    rows = []
    for column in checked.columns[:MOST_ROWS]:
        row: list[Any] = [
            html.Code(column.name),
            choice(path, f"column:{column.name}", roles, column.role, f"{column.name} is read as", version=version,
                   className="field small"),
            _sure(column),
            html.Code(" · ".join((column.examples or (column.first,))[:EXAMPLES])),
        ]  # fmt: skip
        if typed:
            scale = choice(path, f"scale:{column.name}", checked.scales, column.scale, f"{column.name} measures",
                           version=version, className="field small")  # fmt: skip
            row += [scale, "yes" if column.enters else html.Span("no", className="faint")]
        rows.append([*row, [column.evidence, html.Span(f"; {column.aside}" if column.aside else "")]])
    head = ["Your column", "Read as", "How sure", "Values", *(["Measures", "In segments"] if typed else []),
            "What speaks for it"]  # fmt: skip
    body = table(
        head, rows, caption="Columns of the file", className=f"found columns mapping {'typed' if typed else ''}".strip()
    )
    doubtful = [column.name for column in checked.columns if column.role and _words(column) == "a guess"]
    headline = _headline(checked.columns)
    if doubtful:
        headline += f"; {words.in_words(len(doubtful))} worth a look"
    sub = "Change a meaning and everything is read again; contact details are shown masked"
    return card(headline, [body, _more(checked.columns)], sub=sub)


def _headline(columns: Iterable[Any]) -> str:
    every = list(columns)
    used = sum(1 for column in every if column.role)
    left = len(every) - used
    headline = f"{words.in_words(len(every)).capitalize()} columns, {words.in_words(used)} meanings"
    return f"{headline}; {words.in_words(left)} without" if left and used else headline


def _words(column: Any) -> str:
    return "sure" if column.confidence >= 0.9 else "likely" if column.confidence >= 0.6 else "a guess"


def _sure(column: Any) -> Any:
    if not column.role:
        return html.Span("–", className="faint")
    said = _words(column)
    return html.Span(said, className=f"sure {'guess' if said == 'a guess' else ''}".strip())


def _meaning(column: Any) -> Any:
    scale = SCALES.get(column.scale, column.scale)
    return [column.label, html.Br(), html.Span(scale, className="faint")] if column.label else scale


def _levels(column: Any) -> Any:
    shown = column.levels or column.examples or (column.first,)
    joint = " < " if column.scale == "ordinal" else " · "
    return html.Code(joint.join(shown[:8]) + (" …" if len(shown) > 8 else ""))


def _enters(column: Any, used: Collection[str]) -> Any:
    if column.slug in used:
        return "yes"
    return html.Span(column.aside or ("may be chosen" if column.enters else "no"), className="faint")


def _more(rows: Any) -> Any:
    left = len(rows) - MOST_ROWS
    return html.P(f"and {left:,} more columns, read alike", className="bring-note") if left > 0 else None
