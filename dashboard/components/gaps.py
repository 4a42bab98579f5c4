"""Outliers, features that say the same, and missing values: what each way of dealing with them does."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import words
from dashboard.components.basics import icon, link
from dashboard.components.columns import said
from dashboard.components.preparing import taken_out, without
from dashboard.components.tables import table
from dashboard.figures import preparing as sentences
from dashboard.state import Look

POLICIES = {"drop": "Leave them out", "median": "Fill in the middle", "level": "A level of its own"}


def treatment_table(look: Look, found: Any, treatments: dict[str, str]) -> Any:
    """The three treatments as rows, the one in use marked, the others a link."""
    rows, strong = [], -1
    for number, row in enumerate(found.rows.to_dict("records")):
        name = treatments[row["treatment"]]
        on = row["treatment"] == found.in_use
        strong = number if on else strong
        face = html.Span([name, html.Small(" in use")]) if on else link(name, look.href(outliers=row["treatment"]))
        if not row["segments"]:
            rows.append([face, words.DASH, words.DASH, words.DASH, words.DASH])
            continue
        mine = found.sizes[found.sizes["treatment"] == row["treatment"]]
        sizes = " · ".join(words.count(n) for n in mine[~mine["apart"].astype(bool)]["customers"])
        aside = mine[mine["apart"].astype(bool)]["customers"].sum()
        sizes = [sizes, html.Small(f" and {words.count(aside)} aside")] if aside else sizes
        rows.append([
            face, html.Span(sizes), words.percent(row["largest_share"]),
            words.decimal(row["silhouette"], 3), "in use" if on else words.decimal(row["agreement"], 2),
        ])  # fmt: skip
    head = ["Treatment", "Customers in each segment", "Largest", "Silhouette", "Agreement"]
    return table(head, rows, caption="Segments under each treatment of outliers", numeric={2, 3, 4}, strong=strong,
                 className="fx-treatments")  # fmt: skip


def pairs(look: Look, found: Any, features: list[Any], *, most: int = 8) -> html.Ul:
    """Pairs that say much the same, with ways out."""
    by, items = {each.slug: each for each in features}, []
    labels = {slug: each.label for slug, each in by.items()}
    for row in found.pairs.head(most).to_dict("records"):
        a, b = by[row["a"]], by[row["b"]]
        half = tuple((each.slug, 0.5) for each in (a, b))
        weights = (*without(without(look.view.weights, a), b), *half)
        ways = [(f"Without {words.header(each.label)}", taken_out(look, each, features)) for each in (b, a)]
        ways.append(("Let each count half", look.href(weights=weights)))
        remedies = [link(face, href, className="remedy") for face, href in ways if href]
        halved = dict(zip(found.rows["slug"], found.rows["weight"], strict=True))
        done = halved[a.slug] <= 0.5 and halved[b.slug] <= 0.5
        text = f"{sentences.pair(row, labels)}{', but each counts half' if done else ''}."
        rank, line = (words.decimal(row[each], 2) for each in ("spearman", "pearson"))
        told = [html.Strong(text), html.Small(f"Correlation of ranks {rank}, of prepared values {line}")]
        items.append(html.Li([html.Div(told), html.Div(remedies[:2] if done else remedies, className="remedies")]))
    return html.Ul(items, className="fx-pairs")


def policies(look: Look, found: Any, currency: str, *, table_kind: bool) -> Any:
    """What each way of dealing with gaps does, with counts; the one in use is marked."""
    kept = found.customers - found.lacking
    effects = {
        "drop": f"{words.customers(found.lacking)} {_are(found.lacking)} not divided, {words.count(kept)} are"
        if table_kind
        else f"{words.customers(found.lacking)} become{'s' if found.lacking == 1 else ''} a segment of their own, "
        f"“Not enough known”; {words.count(kept)} are divided",
        "median": f"{words.count(found.cells)} {'gap is' if found.cells == 1 else 'gaps are'} filled, "
        f"all {words.count(found.customers)} are divided",
        "level": f"“Not known” counts as an answer; all {words.count(found.customers)} are divided",
    }
    items = []
    for name, label in {**POLICIES, **({} if table_kind else {"drop": "Set them aside"})}.items():
        on, usual = name == found.in_use, name == found.usual
        face = [html.Strong(label), html.Span(" as usual", className="fx-usual") if usual else None]
        inside = [html.Span(face), html.Span(effects[name])]
        mark = {"aria-current": "true"} if on else {}
        href = look.href(missing="auto" if usual else name)
        items.append(html.Li(link(inside, href, className="fx-choice on" if on else "fx-choice", **mark)))
    lines = []
    for row in found.rows[found.rows["missing"] > 0].to_dict("records"):
        fill = row["level"] or said(row["fill"], row["unit"], currency)
        lines.append([words.header(row["label"]), words.count(row["missing"]), words.percent(row["share"]), fill])
    gaps = table(["Feature", "Without it", "Of all", "The middle"], lines,
                 caption="What is missing of each feature", numeric={1, 2}, className="fx-gaps-table")  # fmt: skip
    return [html.Ul(items, className="fx-choices three"), gaps]


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def all_well(text: str) -> html.P:
    """Nothing to see to."""
    return html.P([icon("check2"), html.Span(text)], className="fx-well")
