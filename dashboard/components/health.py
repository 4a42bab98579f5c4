"""Health of a saved segmentation: the verdict, the sizes then and now, the drift of features, the stability."""

from __future__ import annotations

import math
from typing import Any

from dash import html

from dashboard import words
from dashboard.components.basics import icon, link, meter, swatch
from dashboard.components.cards import card
from dashboard.components.saving import at
from dashboard.components.tables import table
from dashboard.figures import profiles
from dashboard.state import Look

FACES = {"refit": "exclamation-triangle", "watch": "eye", "keep": "check2"}
SAID = {"refit": "speaks for a refit", "watch": "worth watching", "keep": "as it was"}
# Shares that differ by less are called the same.
ALIKE = 0.01
BANDS = {"steady": "steady", "moved": "moved a little", "shifted": "another crowd"}
ADVICE = {
    "unstable": "too shaky to build on: do not read much into it",
    "doubtful": "a pattern is there, its borders are not sure",
    "stable": "can be relied on",
    "highly stable": "comes back whoever happens to be there",
}
# A segment that is stable on average, but not in each of twenty draws.
MOSTLY, LOW = "comes back in most draws, though not in every one", 0.6


def verdict_card(look: Look, saved: Any, found: Any) -> html.Div:
    """Keep or refit, with everything that was looked at."""
    headline = "Refit it" if found.refit else "Keep it as it is"
    signs = [
        html.Li(
            [
                icon(FACES[sign.level]),
                html.Div(
                    [html.H3([sign.what, html.Span(f": {SAID[sign.level]}", className="visually-hidden")]),
                     html.P(sign.words)]
                ),
            ],
            className=f"health-sign {sign.level}",
        )
        for sign in found.signs
    ]  # fmt: skip
    show = "See what a refit would change"
    refit = link(show, at(look, saved.view.but(dataset=look.view.dataset), "saved"),
                 className="button primary" if found.refit else "button")  # fmt: skip
    return card(
        headline,
        html.Ul(signs, className="health-signs"),
        sub=f"{saved.name}, saved of {words.customers(found.customers_then)}; its rules applied to the "
        f"{words.count(found.customers_now)} of now",
        controls=refit,
        how="A refit is advised where a feature is spread otherwise (population stability index from .25 on), where "
        "5 % of customers or more lie far from every centre and that is three times as many as then, where the "
        "silhouette fell by .1, or where a segment is empty. Nothing is refitted by itself.",
        className="verdict",
    )


def sizes_card(look: Look, found: Any) -> html.Div:
    """How large each segment was, and is by its saved rules."""
    rows = found.sizes.to_dict("records")
    most = max((max(row["then"], row["now"]) for row in rows), default=1) or 1
    biggest = max(rows, key=lambda row: abs(row["now"] - row["then"]))
    goes = "grew" if biggest["now"] > biggest["then"] else "fell"
    change = f"from {words.percent(biggest['then'])} to {words.percent(biggest['now'])}"
    same = abs(biggest["now"] - biggest["then"]) < ALIKE
    body = [
        [
            html.Span([swatch(row["colour"]), row["name"]], className="health-named"),
            _pair(row, most),
            words.count(row["customers_then"]),
            words.count(row["customers_now"]),
            words.percent(row["far"]),
        ]
        for row in rows
    ]
    moved = words.percent(found.moved / found.common if found.common else 0)
    return card(
        "Every segment has the share that it had" if same else f"The share of {biggest['name']} {goes} {change}",
        table(["Segment", "Share then and now", "Then", "Now", "Far off"], body, caption="Sizes then and now",
              numeric={2, 3, 4}, className="health-sizes"),
        sub=f"By the saved rules; of the {words.customers(found.common)} in both, {moved} changed their segment",
        how="Upper bar: when it was saved; lower bar: the customers of now, placed by the saved rules without any "
        "refit. Far off: share of a segment's customers who lie farther from its middle than 99 in 100 of those whom "
        "it was learned from; about 1 % is usual.",
        csv=look.download("sizes"),
    )  # fmt: skip


def drift_card(look: Look, found: Any) -> html.Div:
    """How each feature is spread now against then."""
    rows = found.drift.to_dict("records")
    first = rows[0]
    if first["band"] == "steady":
        headline = "Everything is spread as it was"
    else:
        apart = [words.header(row["label"]) for row in rows if row["band"] != "steady"]
        headline = f"{apart[0]} moved most" if len(apart) == 1 else f"{len(apart)} features moved, {apart[0]} most"
    body = [
        [
            html.Span(words.header(row["label"]), className="health-named"),
            _spread(found.bins[found.bins["feature"] == row["feature"]]),
            _middle(row, look.currency),
            [f"{row['psi']:.2f} ", html.Span(BANDS[row["band"]], className=f"tag {row['band']}")],
        ]
        for row in rows
    ]
    return card(
        headline,
        table(["Feature", "Spread then and now", "In the middle", "Index"], body, caption="Drift of the features",
              className="health-drift"),
        sub="Each pair of bars is a tenth of the customers of then, or a category: outlined then, filled now",
        how="Population stability index: the sum over the tenths of then of (share now − share then) × ln(share now / "
        "share then). Under .1 steady, from .25 on another crowd (Siddiqi 2006). What chance alone may do with so few "
        "customers (95 % quantile, Yurdakul 2018) counts as steady. Of categories every one has a pair of bars, and "
        "the most frequent is named.",
        csv=look.download("drift"),
    )  # fmt: skip


def stability_card(look: Look, found: Any, names: list[Any], *, refit: bool) -> html.Div:
    """How well each segment comes back; ``refit`` where they are not those that were saved."""
    known = {row["id"]: row for row in found.rows.to_dict("records")}
    shown = [(name, known[name.id]) for name in names if name.id in known and not math.isnan(known[name.id]["jaccard"])]
    body = [
        [
            html.Span([swatch(name.colour), name.name], className="health-named"),
            html.Div(
                [meter(row["jaccard"], name.colour), html.Strong(f"{row['jaccard']:.2f}")], className="health-steady"
            ),
            f"{row['low']:.2f} – {row['high']:.2f}",
            [
                html.Span(row["band"], className=f"tag {row['band'].replace(' ', '-')}"),
                html.Span(f" {_means(row)}", className="means"),
            ],
        ]
        for name, row in shown
    ]
    often = "mostly " if any(_means(row) == MOSTLY for _, row in shown) else ""
    shaky = [name.name for name, row in shown if row["band"] in ("unstable", "doubtful")]
    headline = (
        f"Every segment {often}comes back when other customers are drawn" if not shaky
        else f"{shaky[0]} does not come back reliably" if len(shaky) == 1
        else f"{words.in_words(len(shaky)).capitalize()} segments do not come back reliably"
    )  # fmt: skip
    sampled = f"a seeded sample of {words.count(found.sampled)}" if found.sampled else "all"
    return card(
        headline,
        table(["Segment", "Stability", "9 in 10 draws", "What that means"], body, caption="Stability of each segment",
              className="health-stability"),
        sub=f"Stability of each segment over {found.resamples} draws from {sampled} of "
        f"{words.customers(found.customers)}{'; the segments are those of a refit' if refit else ''}",
        how="As many customers as there are, drawn with replacement, are divided again; the stability of a segment is "
        "the mean Jaccard overlap with the most similar group of each draw (Hennig 2007): under .60 unstable, under "
        ".75 doubtful, under .85 stable, above that highly stable. It says whether a group is there, not whether it is "
        "useful.",
        csv=look.download("stability"),
    )  # fmt: skip


def _means(row: dict[str, Any]) -> str:
    """What a band means.

    >>> _means({"band": "highly stable", "low": 0.9}), _means({"band": "highly stable", "low": 0.24})
    ('comes back whoever happens to be there', 'comes back in most draws, though not in every one')
    """
    return MOSTLY if "stable" in row["band"].split() and row["low"] < LOW else ADVICE[row["band"]]


def _pair(row: dict[str, Any], most: float) -> html.Div:
    said = f"{words.percent(row['then'], 0)} then, {words.percent(row['now'], 0)} now"
    bars = [
        html.Div(className=f"{which} s{row['colour'] % 11}", style={"width": f"{100 * row[which] / most:.1f}%"})
        for which in ("then", "now")
    ]
    return html.Div([html.Div(bars, className="bars"), html.Span(said)], className="health-pair")


def _spread(bins: Any) -> html.Div:
    """Small bars, a pair a bin."""
    rows = bins.to_dict("records")
    most = max((max(row["then"], row["now"]) for row in rows), default=1) or 1
    pairs = [
        html.Span(
            [
                html.Span(className=which, style={"height": f"{100 * row[which] / most:.0f}%"})
                for which in ("then", "now")
            ],
            title=f"{words.percent(row['then'])} then, {words.percent(row['now'])} now",
        )
        for row in rows
    ]  # fmt: skip
    return html.Div(pairs, className="health-spread", **{"aria-hidden": "true"})


def _middle(row: dict[str, Any], currency: str) -> str:
    if not row["numeric"]:
        then, now = row["often_then"] or words.DASH, row["often_now"] or words.DASH
        return then if then == now else f"{then}, now {now}"
    then, now = (_value(row[which], row["unit"], currency) for which in ("then", "now"))
    return f"{then}, as it was" if then == now else f"{then}, now {now}"


def _value(value: float, unit: str, currency: str) -> str:
    """A median: of what is counted in whole numbers it is one."""
    if math.isnan(value):
        return words.DASH
    if unit == "money":
        return profiles.said(100 * value, unit, currency)
    return (
        words.count(value)
        if value == round(value) and unit not in ("share", "year")
        else profiles.said(value, unit, currency)
    )
