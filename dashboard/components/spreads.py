"""How customers are spread over a feature, in a few words and as small pictures."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import words
from dashboard.components.basics import icon
from dashboard.components.columns import said

# Preparations after which the picture is another.
BENT = ("log", "rank", "clip")

# Units that are said behind a figure.
COUNTED = ("days", "orders", "items", "products", "years")


def usual(row: dict[str, Any], currency: str) -> str:
    """What half of the customers have."""
    if not row["known"]:
        return ""
    if row["scale"] in ("number", "amount"):
        low, middle, high = (said(row[cut], row["unit"], currency) for cut in ("lower", "median", "upper"))
        counted = f" {row['unit']}" if row["unit"] in COUNTED else ""
        return f": half {low} to {high}{counted}, median {middle}"
    top, share = words.header(str(row["top"])), words.percent(row["top_share"], 0)
    return f": {row['distinct']}, most often “{top}”, {share}" if row["distinct"] > 2 else f": {share} {top}"


def spread(row: dict[str, Any], bars: list[dict[str, Any]], currency: str, label: str) -> list[Any]:
    """The histogram of a feature as it is, and once prepared where that bends it; of levels how many have each."""
    raw, ready = ([bar for bar in bars if bool(bar["prepared"]) is is_ready] for is_ready in (False, True))
    if not raw:
        return [html.Span("nothing known", className="fx-none")]
    if row["scale"] not in ("number", "amount"):
        return [_hist(raw, f"{label}: how many have each", levels=True, currency=currency, unit=row["unit"])]
    ends = f"{said(row['low'], row['unit'], currency)} to {said(row['high'], row['unit'], currency)}"
    first = _hist(raw, f"{label} as it is, from {ends}", currency=currency, unit=row["unit"])
    if row["how"] not in BENT:
        return [first]
    return [first, icon("arrow-right"), _hist(ready, f"{label} once prepared", ready=True, currency="", unit="")]


def _hist(
    bars: list[dict[str, Any]], described: str, *, currency: str, unit: str, ready: bool = False, levels: bool = False
) -> html.Div:
    tallest = max(bar["share"] for bar in bars) or 1
    spans = []
    for bar in bars:
        height = max(100 * bar["share"] / tallest, 4 if bar["share"] else 0)
        who = words.percent(bar["share"])
        told = bar["label"] if levels else "" if ready else (
            f"{said(bar['low'], unit, currency)} to {said(bar['high'], unit, currency)}"
        )  # fmt: skip
        spans.append(html.Span(style={"height": f"{height:.0f}%"}, title=f"{told}: {who}" if told else who))
    kind = "fx-hist levels" if levels else "fx-hist ready" if ready else "fx-hist"
    return html.Div(spans, className=kind, role="img", **{"aria-label": described})
