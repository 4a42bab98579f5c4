"""The overview of a customer table or a survey: what stands in it, how each column is spread, what is missing."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import words
from dashboard.components import columns
from dashboard.components.basics import icon, link
from dashboard.components.cards import card, empty
from dashboard.state import Look

QUESTIONS = {"customers": "Who is in the table?", "survey": "Who answered, and what?"}
FEW = 6


def answer(found: Any, rows: list[dict[str, Any]], kind: str, look: Look) -> list[Any]:
    """How many, of what, and the middle of the main measures."""
    people = words.customers(found.customers) if kind == "customers" else f"{words.count(found.customers)} answers"
    measured = [row for row in rows if row["measured"]]
    said: list[Any] = [html.Strong(people), f" and {words.count(len(measured))} columns to divide them by. "]
    numbers = {row["slug"]: row for row in measured if row["scale"] in ("number", "amount")}
    for slug in [slug for slug in found.main if slug in numbers][:2]:
        row = numbers[slug]
        middle = html.Strong(columns.said(row["median"], row["unit"], look.currency))
        said += [f"{words.header(row['label'])}: half have ", middle, " or less. "]
    gaps = columns.gaps(found.missing, found.cells)
    said.append(f"{words.count(found.missing)} cells are empty, {gaps}." if found.missing else "No cell is empty.")
    return said


def figures(found: Any, rows: list[dict[str, Any]], kind: str, look: Look) -> html.Div:
    """The size of the table, what is missing, and its main measures."""
    by_slug = {row["slug"]: row for row in rows}
    measured = sum(row["measured"] for row in rows)
    derived = sum(bool(row["derived"]) for row in rows)
    made = f", {derived} of them derived" if derived else ""
    items = [
        columns.key_figure("Customers" if kind == "customers" else "Answers", words.count(found.customers),
                           "one row each"),
        columns.key_figure("Columns", words.count(len(rows)), f"{measured} can be measured{made}"),
        columns.key_figure("Empty cells", words.count(found.missing),
                           f"{columns.gaps(found.missing, found.cells)} of all"),
    ]  # fmt: skip
    for slug in found.main[:3]:
        row = by_slug[slug]
        if row["scale"] in ("number", "amount"):
            low, middle, high = (columns.said(row[c], row["unit"], look.currency) for c in ("lower", "median", "upper"))
            items.append(columns.key_figure(words.header(row["label"]), middle, f"median; half: {low} to {high}"))
        else:
            share = columns.percent(row["top_share"])
            items.append(columns.key_figure(words.header(row["label"]), row["top"], f"most often, {share}"))
    return html.Div(items, className="figures plain-figures")


def families(found: Any, rows: list[dict[str, Any]], look: Look) -> list[html.Div]:
    """A card for each family of columns, each column as a small picture."""
    bars: dict[str, list[dict[str, Any]]] = {}
    for bar in found.bars.to_dict("records"):
        bars.setdefault(bar["slug"], []).append(bar)
    made = []
    for family, title in columns.FAMILIES.items():
        mine = [row for row in rows if row["family"] == family and row["measured"]]
        if not mine:
            continue
        panels = [columns.panel(row, bars.get(row["slug"], []), look.currency) for row in mine]
        made.append(
            card(
                columns.headline(mine, look.currency),
                html.Div(panels, className="column-panels"),
                sub=f"{title}: {len(mine)} columns; the line marks the median"
                if len(mine) > 1
                else f"{title}; the line marks the median",
                how="Bars are shares of the customers of whom the value is known. Histograms run from the 1st to the "
                "99th percentile in round steps; paler bars at the ends hold everything beyond. Ordered levels stand "
                "in their order, categories by frequency; from the thirteenth on they are counted together.",
                csv=look.download("distributions"),
            )
        )
    return made or [
        card("Nothing to draw", empty("No column can be measured.", "Change their scales on the Data page."))
    ]


def listing(rows: list[dict[str, Any]], switches: Any, look: Look) -> html.Div:
    """What each column is, and what was set aside."""
    lacking = [row for row in rows if row["missing"]]
    worst = max(lacking, key=lambda row: row["missing"], default=None)
    aside = [row for row in rows if row["aside"]]
    have = "has" if len(lacking) == 1 else "have"
    headline = f"{words.count(len(lacking))} of {words.count(len(rows))} columns {have} gaps" if lacking else "No gaps"
    if worst:
        headline += f": {words.header(worst['label'])} lacks {words.count(worst['missing'])}"
    taken = [
        html.Li([html.Strong(each.label), f": {each.effect or each.explains}"])
        for each in switches if each.on and (each.rows or each.cells)
    ]  # fmt: skip
    body: list[Any] = (
        [html.Div([html.H3("What cleaning did"), html.Ul(taken)], className="taken-list")] if taken else []
    )
    few = sorted(lacking, key=lambda row: -row["missing"])[:FEW]
    if few and len(few) < len(rows):
        body.append(columns.listing(few, "Columns with gaps"))
    unfold = html.Summary([f"All {len(rows)} columns, and why some are set aside", icon("chevron-right")])
    body.append(
        html.Details([unfold, columns.listing(rows)], className="counted all-columns", open=not few and not taken)
    )
    return card(
        headline,
        body,
        sub=f"Every column, as it was understood; {words.count(len(aside))} are set aside, with the reason",
        how="A column enters the segments if it can be measured and says something of its own: identifiers, contacts, "
        "columns that are always the same, copies of another and outcomes of a model do not. Each can be changed.",
        csv=look.download("columns"),
        more=link("Change what a column is", look.href("data")),
    )
