"""One column against another: levels with bars, spend by category, answers by answers, what goes with spend."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import words
from dashboard.components.basics import link, menu, menu_item
from dashboard.components.columns import FAMILIES, level, percent, said
from dashboard.components.tables import heat_cell, table
from dashboard.state import Look

# Epsilon squared and V have the same words here: shares of what could be explained.
BOUNDS = ((0.01, "nothing"), (0.06, "a little"), (0.14, "clearly"), (2.0, "much"))
V_BOUNDS = ((0.05, "nothing"), (0.15, "a little"), (0.3, "clearly"), (2.0, "much"))
FEW = 10


def choice(look: Look, option: str, chosen: str, choices: list[Any], label: str) -> html.Div:
    """A menu of columns, in families."""
    items: list[Any] = []
    for family, title in FAMILIES.items():
        mine = [each for each in choices if each.family == family]
        if mine:
            items.append(html.Div(title, className="menu-title"))
            items += [menu_item(words.header(each.label), look.href(**{option: each.slug}), chosen=each.slug == chosen)
                      for each in mine]  # fmt: skip
    face = next((words.header(each.label) for each in choices if each.slug == chosen), chosen)
    return menu([f"{label} ", html.Strong(face)], items, label=label)


def strength(found: Any) -> str:
    """How much a link explains, in words; what chance would give as well is nothing."""
    if found.strength != found.strength or found.chance > 0.05:
        return "nothing"
    bounds = BOUNDS if found.measure == "ranks" else V_BOUNDS
    return next(word for bound, word in bounds if found.strength < bound)


def spread(found: Any, by: str, unit: str, look: Look) -> html.Div:
    """A row a level: customers, the median as a bar beside everybody's, the middle half, the mean."""
    rows = found.rows.to_dict("records")
    longest = max((row["upper"] for row in rows if row["upper"] == row["upper"]), default=1) or 1
    usual = next(row["median"] for row in rows if row["level"] < 0)
    lines = []
    for row in rows:
        share = words.DASH if row["total_share"] != row["total_share"] else words.percent(row["total_share"], 0)
        lines.append([
            _label(row, look), words.count(row["customers"]), percent(row["share"]),
            _box(row, usual, longest, unit, look), said(row["mean"], unit, look.currency), share,
        ])  # fmt: skip
    return table(
        [by, "Customers", "Share", "Median, and the middle half", "Mean", "Of the sum"], lines,
        caption=f"By {by}", numeric={1, 2, 4, 5}, strong=len(rows) - 1, className="by-level",
    )  # fmt: skip


def crossed(found: Any, by: str, look: Look) -> html.Div:
    """Answers by level: shares of each level's customers, coloured by their distance from everybody's."""
    cells = found.cells
    heads = cells[cells["level"] < 0].sort_values("answer")
    usual = dict(zip(heads["answer"], heads["share"], strict=True))
    lines = []
    for row in found.rows.to_dict("records"):
        mine = dict(cells[cells["level"] == row["level"]][["answer", "share"]].itertuples(index=False))
        boxes = [
            heat_cell(mine[answer], usual[answer], 0.25, percent(mine[answer]))
            if row["level"] >= 0 and row["customers"] >= FEW
            else html.Span(percent(mine.get(answer, 0.0)), className="heat-cell plain")
            for answer in heads["answer"]
        ]
        lines.append([_label(row, look), words.count(row["customers"]), *boxes])
    return table([by, "Customers", *heads["label"]], lines, caption=f"Answers by {by}", numeric={1},
                 strong=len(lines) - 1, className="crossed")  # fmt: skip


def mixed(found: Any, by: str, look: Look, *, shares: bool) -> html.Div:
    """Means of several amounts by level, or their shares of one another, coloured by the ratio to everybody's."""
    cells = found.cells
    heads = cells[cells["level"] < 0]
    usual = dict(zip(heads["slug"], heads["share"], strict=True))
    lines = []
    for row in found.rows[found.rows["customers"] > 0].to_dict("records"):
        boxes = []
        for cell in cells[cells["level"] == row["level"]].to_dict("records"):
            text = percent(cell["share"]) if shares else said(cell["mean"], cell["unit"], look.currency)
            # Twice as much, or half, is full colour; of shares a quarter more or less.
            value, middle, span = (cell["share"], usual[cell["slug"]], 0.15) if shares else (cell["ratio"], 1.0, 1.0)
            plain = row["level"] < 0 or row["customers"] < FEW or value != value
            boxes.append(
                html.Span(text, className="heat-cell plain") if plain else heat_cell(value, middle, span, text)
            )
        lines.append([_label(row, look), words.count(row["customers"]), *boxes])
    head = [by, "Customers", *map(words.header, heads["label"])]
    said_ = f"{'Shares' if shares else 'Averages'} by {by}"
    return table(head, lines, caption=said_, numeric={1}, strong=len(lines) - 1, className="crossed")


def ranking(rows: list[dict[str, Any]], by: str, unit: str, look: Look) -> html.Ol:
    """What goes with the measure, strongest first; each line is a link that divides by it."""
    strongest = max((row["strength"] for row in rows), default=1) or 1
    items = []
    for row in rows:
        on = row["slug"] == by
        ends = [f"{level(row[end], look.currency)}: {_value(row, end, unit, look)}" for end in ("best", "worst")]
        bar = html.Span(html.Span(style={"width": f"{100 * row['strength'] / strongest:.1f}%"}), className="level-bar")
        strong = html.Span(words.decimal(row["strength"], 2), className="rank-value")
        face = [html.Strong(words.header(row["label"])), bar, strong,
                html.Span(f"{ends[0]}; {ends[1]}", className="rank-ends")]  # fmt: skip
        mark = {"aria-current": "true"} if on else {}
        items.append(html.Li(link(face, look.href(by=row["slug"]), className="rank on" if on else "rank", **mark)))
    return html.Ol(items, className="ranks")


def chance(value: float) -> str:
    """How often chance alone would give it.

    >>> chance(0.0001), chance(0.03), chance(0.4)
    ('less than one in a thousand times', 'about 3 in 100 times', 'about 40 in 100 times')
    """
    return "less than one in a thousand times" if value < 0.001 else f"about {max(100 * value, 1):.0f} in 100 times"


def _value(row: dict[str, Any], end: str, unit: str, look: Look) -> str:
    value = row[f"{end}_value"]
    return said(value, unit, look.currency) if row["measure"] == "ranks" else words.percent(value, 0)


def _label(row: dict[str, Any], look: Look) -> Any:
    few, named = 0 < row["customers"] < FEW, level(row["label"], look.currency)
    return [named, html.Small(" few")] if few else named


def _box(row: dict[str, Any], usual: float, longest: float, unit: str, look: Look) -> html.Span:
    at = {cut: min(max(100 * row[cut] / longest, 0), 100) for cut in ("lower", "median", "upper")}
    low, middle, high = (said(row[cut], unit, look.currency) for cut in ("lower", "median", "upper"))
    marks = [
        html.Span(className="fill", style={"width": f"{at['median']:.1f}%"}),
        html.Span(
            className="half", style={"left": f"{at['lower']:.1f}%", "width": f"{at['upper'] - at['lower']:.1f}%"}
        ),
        html.Span(className="usual", style={"left": f"{min(100 * usual / longest, 100):.1f}%"}),
    ]
    title = f"Median {middle}; half lie between {low} and {high}"
    return html.Span(
        [html.Span(marks, className="level-track", **{"aria-hidden": "true"}), html.Strong(middle)],
        className="level-box",
        title=title,
    )
