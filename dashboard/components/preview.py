"""The first rows as they will be stored, and what the rules take of them, before anything is stored."""

from __future__ import annotations

from typing import Any

from dash import html

from core.pipeline import Checked, Preview
from dashboard import words
from dashboard.components.cards import card, empty
from dashboard.components.tables import table
from dashboard.errors import banner


def rows_card(checked: Checked, preview: Preview | None) -> Any:
    """The canonical table, as far as its first rows go."""
    if preview is None:
        return card(
            "How your rows will look",
            empty("The first rows stand here once the question above is answered.", "Nothing else is asked."),
        )
    if not preview.lines:
        said = banner("These rows cannot be read yet.", preview.problem, "") if preview.problem else None
        return card("How your rows will look", said or empty("No row is left.", "Check what the columns are read as."))
    lines = [list(line) for line in preview.lines]
    body = table(list(preview.head), lines, caption="The first rows as they are stored", numeric=set(preview.numeric),
                 className="rows")  # fmt: skip
    sub = f"The first {words.in_words(len(lines))} of {preview.rows:,} rows that were read of {checked.waiting.file}"
    return card("Your first rows, as they will be stored", body, sub=sub)


def receipt_card(checked: Checked, preview: Preview | None) -> Any:
    """The receipt of the sample."""
    if preview is None or (preview.problem and not preview.lines):
        return card(
            "The receipt of the first rows",
            empty(
                "What would be left out stands here before anything is stored.",
                "It needs the answer above." if preview is None else "It needs rows that can be read.",
            ),
        )
    sub = f"Of the first {preview.rows:,} rows only; the receipt of the whole file follows once it is in"
    if preview.receipt is None:
        return _people(preview, sub)
    made, currency = preview.receipt, checked.answers.currency or _currency(checked)
    rows: list[list[Any]] = [["Revenue in", "every row", f"{made.rows_in:,}", words.exact(made.cents_in)]]
    for step in preview.steps:
        if step.on and (step.rows or step.orders):
            taken = f"−{step.rows:,}" if step.rows else f"{step.orders:,} orders"
            rows.append([step.label, step.explains, taken, _signed(-step.cents)])
    rows.append(["Revenue analysed", "", f"{made.rows:,}", words.exact(made.cents)])
    body = table(["Rule", "What it takes", "Rows", f"Money, {currency}"], rows, caption="The receipt of the first rows",
                 numeric={2, 3}, strong=len(rows) - 1, className="sample")  # fmt: skip
    headline = f"{made.rows:,} of the first {made.rows_in:,} rows would be analysed"
    note = [html.P(preview.problem, className="bring-note")] if preview.problem else []
    return card(headline, [body, *note], sub=sub)


def _people(preview: Preview, sub: str) -> Any:
    taking = [each for each in preview.switches if each.on and (each.rows or each.cells)]
    made = [each.label for each in preview.switches if each.on and not (each.rows or each.cells)]
    headline = f"{preview.kept:,} of the first {preview.rows:,} rows would be analysed"
    body: list[Any] = []
    if taking:
        rows = [[each.label, each.effect or each.explains, f"{each.rows or each.cells:,}"] for each in taking]
        head = ["Switch", "What it does", "Takes"]
        body.append(table(head, rows, caption="Switches over the first rows", numeric={2}, className="sample"))
    else:
        body.append(html.P("Every row that was read stays as it is.", className="bring-note"))
    if made:
        body.append(html.P([html.Strong("Made from other columns: "), f"{', '.join(made)}."], className="made-note"))
    return card(headline, body, sub=sub)


def _signed(cents: int) -> str:
    return f"+{words.exact(cents)}" if cents > 0 else words.exact(cents)


def _currency(checked: Checked) -> str:
    return next((note.found for note in checked.notes if note.slug == "currency"), "")
