"""Columns of a customer table: their distributions as small pictures, their key figures, what is missing."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import words
from dashboard.components.basics import meter
from dashboard.components.tables import table

FAMILIES = {
    "person": "Who they are",
    "spend": "What they spend on",
    "buying": "How they buy",
    "opinion": "How they respond",
    "other": "Other columns",
}
SCALES = {
    "number": "number", "amount": "amount of money", "ordinal": "ordered levels", "nominal": "categories",
    "yes_no": "yes or no", "multiple": "several choices", "date": "date", "identifier": "identifier",
    "contact": "contact", "consent": "consent", "constant": "always the same", "text": "free text",
}  # fmt: skip
LONG = 12


def said(value: float, unit: str, currency: str) -> str:
    """A value of a column as people read it; money comes in cents.

    >>> said(5138150.0, "money", "GBP"), said(1970.0, "year", "GBP"), said(0.25, "share", "GBP")
    ('£51.4 k', '1970', '25 %')
    """
    if value != value:
        return words.DASH
    if unit == "money":
        return words.money(value, currency)
    if unit == "share":
        return words.percent(value, 0)
    if unit == "year":
        return f"{value:.0f}"
    return words.count(value) if value == round(value) or abs(value) >= 100 else words.decimal(value)


def level(label: str, currency: str) -> str:
    """A level in words, with the sign of the currency where it speaks of money.

    >>> level("¤20,000 to ¤40,000", "EUR")
    '€20,000 to €40,000'
    """
    return label.replace("¤", words.symbol(currency).strip())


def percent(share: float) -> str:
    """A share of people: a few of many are not none.

    >>> percent(0.0008), percent(0.503)
    ('<\xa01\xa0%', '50 %')
    """
    return "<\u00a01\u00a0%" if 0 < share < 0.005 else words.percent(share, 0)


def gaps(missing: int, cells: int) -> str:
    """The share of cells that are empty.

    >>> gaps(2, 100_000), gaps(24, 1000)
    ('under 0.1 %', '2.4 %')
    """
    share = missing / cells if cells else 0.0
    return "under 0.1 %" if 0 < share < 0.0005 else words.percent(share)


def key_figure(label: str, value: str, note: str) -> html.Div:
    """One figure with a word on it below; a level in words is set smaller."""
    size = "value" if value[:1] in "−£$€" or value[:1].isdigit() else "value wordy"
    return html.Div(
        [html.Div(label, className="label"), html.Div(value, className=size), html.Div(note, className="note")],
        className="figure",
    )


def panel(row: dict[str, Any], bars: list[dict[str, Any]], currency: str) -> html.Div:
    """A column: its name, what half of the customers have, and how it is spread.

    Parameters
    ----------
    row, bars
        Of :class:`core.people.overview.Overview`.
    """
    lacking = f"{words.count(row['missing'])} missing" if row["missing"] else ""
    if row["scale"] in ("number", "amount"):
        known, picture = f"median {said(row['median'], row['unit'], currency)}", _histogram(row, bars, currency)
    elif row["scale"] == "yes_no":
        known, picture = f"{percent(row['mean'])} yes", meter(row["mean"] if row["known"] else 0)
    else:
        known, picture = f"most often {row['top']}", _levels(bars)
    notes = [html.Span(known), html.Span(lacking, className="lacking") if lacking else None]
    made = {"title": row["derived"]} if row["derived"] else {}
    return html.Div([html.H3(words.header(row["label"]), **made), html.P(notes), picture], className="column-panel")


def headline(rows: list[dict[str, Any]], currency: str) -> str:
    """What a family of columns says: the middle half of its first number, the commonest of its first category."""
    parts = []
    numbers = [row for row in rows if row["scale"] in ("number", "amount") and row["unit"] != "year" and row["known"]]
    if numbers:
        numbers.sort(key=lambda row: (row["role"] not in ("income", "total_spend", "orders"), bool(row["derived"])))
        low, high = (said(numbers[0][cut], numbers[0]["unit"], currency) for cut in ("lower", "upper"))
        parts.append(f"{words.header(numbers[0]['label'])}: half lie between {low} and {high}")
    kinds = [row for row in rows if row["scale"] in ("ordinal", "nominal") and row["known"]]
    for row in kinds[: 2 - len(parts)]:
        parts.append(f"{words.header(row['label'])}: most often {row['top']}, {percent(row['top_share'])}")
    agreed = [row for row in rows if row["scale"] == "yes_no" and row["known"]]
    if agreed and not parts:
        best = max(agreed, key=lambda row: row["mean"])
        parts.append(f"Most often yes: {words.header(best['label'])}, {percent(best['mean'])}")
    return "; ".join(parts) or "Nothing is known here"


def listing(rows: list[dict[str, Any]], caption: str = "Columns of the table") -> html.Div:
    """Every column with its scale, whether segments may be learned from it, and what is missing."""
    lines = []
    for row in rows:
        enters = "yes" if row["enters"] else row["aside"] or "no"
        share = html.Span([meter(row["missing_share"]), html.Span(_missing(row))], className="in-cell")
        share = share if row["missing"] else html.Span("none", className="column-none")
        name = [words.header(row["label"]), *([html.Small(" derived", title=row["derived"])] if row["derived"] else [])]
        lines.append([html.Span(name), SCALES.get(row["scale"], row["scale"]), share, enters])
    return table(["Column", "Measured as", "Missing", "May enter the segments"], lines,
                 caption=caption, className="columns-table")  # fmt: skip


def _missing(row: dict[str, Any]) -> str:
    return f"{words.count(row['missing'])} · {words.percent(row['missing_share'])}" if row["missing"] else "none"


def _histogram(row: dict[str, Any], bars: list[dict[str, Any]], currency: str) -> html.Div:
    if not bars:
        return html.P("No value is known.", className="column-none")
    unit, first, last = row["unit"], bars[0], bars[-1]
    tallest = max(bar["share"] for bar in bars) or 1
    columns = []
    for bar in bars:
        span = f"{_end(bar['low'], unit, currency)} to {_end(bar['high'], unit, currency)}"
        beyond = " and beyond" if bar["open"] else ""
        title = f"{span}{beyond}: {words.count(bar['customers'])} customers, {words.percent(bar['share'])}"
        height = f"{max(100 * bar['share'] / tallest, 1 if bar['customers'] else 0):.1f}%"
        columns.append(html.Span(className="open" if bar["open"] else "", style={"height": height}, title=title))
    width = last["high"] - first["low"] or 1
    # Values of whole numbers fill their bar: the mark of 4 stands in the middle of the bar from 4 to 5.
    shift = 0.5 if unit != "money" and first["high"] - first["low"] == 1 else 0
    at = min(max((row["median"] + shift - first["low"]) / width, 0), 1)
    start, end = (first["high"] if first["open"] else first["low"]), (last["low"] if last["open"] else last["high"])
    ends = [("under " if first["open"] else "") + _end(start, unit, currency),
            _end(end, unit, currency) + (" or more" if last["open"] else "")]  # fmt: skip
    described = f"Half have {said(row['median'], unit, currency)} or less; a quarter less than "
    described += f"{said(row['lower'], unit, currency)}, a quarter more than {said(row['upper'], unit, currency)}"
    return html.Div(
        [
            html.Div([*columns, html.Span(className="hist-median", style={"left": f"{100 * at:.1f}%"})],
                     className="hist", role="img", **{"aria-label": described}),
            html.Div([html.Span(end) for end in ends], className="hist-ends", **{"aria-hidden": "true"}),
        ]
    )  # fmt: skip


def _end(value: float, unit: str, currency: str) -> str:
    return words.whole_money(value, currency) if unit == "money" and abs(value) < 1e6 else said(value, unit, currency)


def _levels(bars: list[dict[str, Any]]) -> html.Ul:
    widest = max((bar["share"] for bar in bars), default=1) or 1
    return html.Ul(
        [
            html.Li(
                [
                    html.Span(bar["label"], className="level-name", title=bar["label"]),
                    html.Span(html.Span(style={"width": f"{100 * bar['share'] / widest:.1f}%"}), className="level-bar"),
                    html.Span(percent(bar["share"]), className="level-share"),
                ]
            )
            for bar in bars
        ],
        className="levels",
    )
