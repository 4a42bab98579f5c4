"""Features in use, one below the other: how customers are spread, how each is prepared, and how much it counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dash import html

from dashboard import words
from dashboard.components import spreads
from dashboard.components.basics import icon, link, menu, menu_item, meter
from dashboard.figures.preparing import part
from dashboard.state import Look

SHORT = {"amount": "Amount", "ordinal": "Levels", "nominal": "Categories", "yes_no": "Yes or no"}
STEPS = {0.5: "½", 1.0: "1", 2.0: "2", 3.0: "3"}
REMEDIES = {
    "out": "Take it out", "scale": "Bring all to one scale", "once": "Let it count once", "log": "Prepare it as a log",
    "rank": "Prepare it as ranks",
}  # fmt: skip
MARKS = {"constant": "exclamation-triangle", "dominates": "exclamation-triangle"}


def without(pairs: Iterable[tuple[str, Any]], feature: Any) -> tuple[tuple[str, Any], ...]:
    """What a link says of all features but one, which it may name by slug or header."""
    mine = {feature.slug.casefold(), feature.label.casefold()}
    return tuple((name, value) for name, value in pairs if name.casefold() not in mine)


def taken_out(look: Look, feature: Any, features: list[Any]) -> str:
    """The link to the same view without a feature; empty where it is the last one."""
    rest = tuple(each.slug for each in features if each.slug != feature.slug)
    own, weights = without(look.view.own, feature), without(look.view.weights, feature)
    return look.href(features=rest, own=own, weights=weights) if rest else ""


def prepared(look: Look, feature: Any, how: str) -> str:
    """The link that prepares one feature otherwise; with an empty ``how`` like all others."""
    own = without(look.view.own, feature)
    return look.href(own=(*own, (feature.slug, how)) if how else own)


def weighed(look: Look, feature: Any, weight: float) -> str:
    """The link that lets one feature count that many times."""
    weights = without(look.view.weights, feature)
    return look.href(weights=weights if weight == 1 else (*weights, (feature.slug, weight)))


def remedy(look: Look, kind: str, feature: Any, features: list[Any]) -> Any:
    """The link that mends what is wrong with a feature; None where nothing does."""
    if kind in ("log", "rank"):
        href = prepared(look, feature, kind)
    elif kind == "once":
        href = weighed(look, feature, 1)
    elif kind == "scale":
        own = without(look.view.own, feature)
        href = look.href(own=own) if own != look.view.own else look.href(prepare="auto")
    else:
        href = taken_out(look, feature, features) if kind == "out" else ""
    return link(REMEDIES[kind], href, className="remedy") if href else None


def listing(look: Look, found: Any, features: list[Any], gaps: dict[str, int], ways: dict[str, str], all_: str) -> Any:
    """A row a feature.

    Parameters
    ----------
    found : Diagnosis
    features : list of Feature
        In use, in the order of ``found.rows``.
    gaps : dict
        Customers who lack a feature, by slug.
    ways : dict
        Preparations: value -> words.
    all_ : str
        The preparation of all numbers that have none of their own.
    """
    bars: dict[str, list[dict[str, Any]]] = {}
    for bar in found.bars.to_dict("records"):
        bars.setdefault(bar["slug"], []).append(bar)
    remarks: dict[str, list[Any]] = {}
    for remark in found.remarks:
        remarks.setdefault(remark.slug, []).append(remark)
    head = ["Feature", "Customers are spread", "Prepared", "Counts", "Share of all distances", ""]
    rows = [
        html.Li(_row(look, row, feature, features, bars.get(feature.slug, []), remarks.get(feature.slug, []),
                     gaps.get(feature.slug, 0), ways, all_))
        for row, feature in zip(found.rows.to_dict("records"), features, strict=True)
    ]  # fmt: skip
    return html.Div(
        [html.Div([html.Span(each) for each in head], className="fx-head", **{"aria-hidden": "true"}),
         html.Ul(rows, className="fx-rows")]
    )  # fmt: skip


def _row(
    look: Look, row: dict[str, Any], feature: Any, features: list[Any], bars: list[dict[str, Any]], remarks: list[Any],
    gaps: int, ways: dict[str, str], all_: str,
) -> list[Any]:  # fmt: skip
    label = words.header(feature.label)
    out = taken_out(look, feature, features)
    name = [
        html.H3(label, title=feature.label),
        html.P([html.Span(SHORT.get(feature.scale, "Number")), spreads.usual(row, look.currency)]),
        html.P(f"{words.customers(gaps)} without it", className="fx-gaps") if gaps else None,
    ]
    cells = [
        html.Div(name, className="fx-name"),
        html.Div(spreads.spread(row, bars, look.currency, label), className="fx-spread"),
        html.Div(_preparation(look, row, feature, ways, all_, label), className="fx-how"),
        html.Div(_weights(look, row, feature, label), className="fx-weight"),
        html.Div([html.Span("of all distances", className="visually-hidden"), meter(row["share"]),
                  html.Strong(part(row["share"]))], className="fx-share"),
        html.Div(link(icon("x-lg"), out, className="button bare", title=f"Take {label} out",
                      **{"aria-label": f"Take {label} out"}) if out else None, className="fx-out"),
    ]  # fmt: skip
    notes = [
        html.P([icon(MARKS.get(remark.kind, "info-circle")),
                html.Span([remark.text, " ", remedy(look, remark.remedy, feature, features)])],
               className=f"fx-remark {remark.kind}")
        for remark in remarks
    ]  # fmt: skip
    return [html.Div(cells, className="fx-row"), *notes]


def _preparation(look: Look, row: dict[str, Any], feature: Any, ways: dict[str, str], all_: str, label: str) -> Any:
    if feature.scale not in ("number", "amount", "ordinal"):
        told = "A column a category, scaled" if feature.scale == "nominal" else "Scaled"
        return html.Span(told, className="fx-fixed")
    usual = all_ if feature.scale != "ordinal" else "standard"
    own = without(look.view.own, feature) != tuple(look.view.own)
    items = [menu_item(f"Like all others: {ways[usual].lower()}", prepared(look, feature, ""), chosen=not own)]
    items += [
        menu_item(words_, prepared(look, feature, how), chosen=own and how == row["how"])
        for how, words_ in ways.items()
        if how != usual
    ]
    face = html.Strong(ways[row["how"]]) if own and row["how"] != usual else ways[row["how"]]
    return menu(face, items, label=f"Preparation of {label}")


def _weights(look: Look, row: dict[str, Any], feature: Any, label: str) -> html.Div:
    now = row["weight"]
    steps = dict(sorted({**STEPS, now: STEPS.get(now, f"{now:g}")}.items()))
    items = [
        link([face, html.Span(" times" if weight != 1 else " time", className="visually-hidden")],
             weighed(look, feature, weight), className="on" if weight == now else "",
             **({"aria-current": "true"} if weight == now else {}))
        for weight, face in steps.items()
    ]  # fmt: skip
    return html.Div(items, className="segmented", role="group", **{"aria-label": f"How often {label} counts"})
