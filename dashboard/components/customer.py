"""One customer on the page: who they are, how surely they belong, and their scores."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import words
from dashboard.components import customer_words
from dashboard.components.basics import icon, link, swatch
from dashboard.state import Look

SCALE = ("half-way to the next segment", "at the centre of their own")
HOW_SURE = (
    "How much farther the centre of the next segment lies than that of their own: (next − own) / the larger of both. "
    "Under 0.20 a customer stands on the border; from 0.50 on the next centre is at least twice as far away, and where "
    "the silhouette is 0.25 or more too, their place is clear; below 0 it is the border. The silhouette (Rousseeuw "
    "1987) compares the mean distance to the members of their segment with that to the nearest other: 1 is at home, 0 "
    "in between, below 0 nearer to others. Distances are taken on the scale that segments are learned from."
)
HOW_MOVES = (
    "Every change that somebody could bring about is tried: in whole numbers or amounts of two figures, within what "
    "other customers have, one change first, then two at once; and the model that placed everybody says where it "
    "leads. The smallest is the shortest way on the scale that segments are learned from. What was bought stays "
    "bought, so orders and spend only grow; a more recent order is one more order, and brings its spend and its items "
    "with it. All figures that are derived of one another change together."
)
SCORES = {"r": "Recency", "f": "Orders", "m": "Spend"}


def head(found: Any, names: dict[int, Any], look: Look) -> html.Div:
    """Who this is: id, segment, how surely they belong."""
    pills = []
    if found.segment:
        pills.append(
            link([swatch(found.segment.colour), found.segment.name],
                 look.href("segments", segments=(found.segment.id,)), className="pill",
                 title="See this segment")
        )  # fmt: skip
    if found.group:
        pills.append(html.Span([html.Span("RFM group", className="of"), found.group.label], className="pill quiet"))
    body = html.Div(
        [
            html.Div([html.H2(["Customer ", html.Span(found.label)]), html.Div(pills, className="pills")]),
            _meter(found.why, names) if found.why is not None else html.Div(),
        ],
        className="customer-head",
    )
    counted = html.Details(
        [html.Summary(["How this is counted", icon("chevron-right")]), html.Div(HOW_SURE, className="how")],
        className="counted",
    )
    foot = html.Div([html.Div(counted, className="foot-left"), html.Div(className="takes")], className="card-foot")
    return html.Div([body, foot] if found.why is not None else body, className="card customer-card")


def _meter(why: Any, names: dict[int, Any]) -> html.Div:
    if why.sureness == "apart" or not why.runner_up:
        alone = "In no group: there is no centre to be near to." if why.runner_up else "There is no other segment."
        return html.Div(html.P(alone, className="note"), className="sureness")
    said = customer_words.SURE[why.sureness]
    times = why.next_distance / why.distance if why.distance > 0 else 0
    next_ = names[why.runner_up].name
    if why.margin < 0:
        far = f"{next_} is nearer by its centre."
    elif 0 < times < 1.05:
        far = f"The centre of {next_} is about as near."
    elif times:
        far = f"The centre of {next_} is {times:.1f} times as far away."
    else:
        far = f"They stand at the very centre; the next is {next_}."
    sample = "" if why.compared >= why.of - 1 else f", measured against a sample of {words.count(why.compared)}"
    width = "" if why.silhouette is None else f" Silhouette {words.decimal(why.silhouette, 2)}{sample}."
    at = f"{100 * min(max(why.margin, 0), 1):.1f}%"
    return html.Div(
        [
            html.Div([html.Span("Their place is"), html.Strong(said)], className="sure-line"),
            html.Div(
                [html.Span(className="border"), html.Span(className="rather"), html.Span(className="clear"),
                 html.I(style={"left": at})],
                className="sure-track", role="img",
                **{"aria-label": f"{said}: margin {why.margin:.2f} on a scale from 0, {SCALE[0]}, to 1, {SCALE[1]}"},
            ),
            html.Div([html.Span(each) for each in SCALE], className="sure-ends", **{"aria-hidden": "true"}),
            html.P(f"{far}{width}", className="note"),
        ],
        className="sureness",
    )  # fmt: skip


def scores(found: Any, look: Look) -> html.Div:
    """Recency, orders and spend from 1 to 5, and the group that they make."""
    told, past = found.scores, found.timeline
    spent = words.money(int(past.orders["cents"].sum()), look.currency) if look.money else "not known"
    from_orders = "no order counts" if not past.count else f"{words.count(past.count)} order{'s' * (past.count != 1)}"
    facts = {"r": _days(past.since), "f": from_orders, "m": spent}
    rows = [
        html.Li(
            [
                html.Span(label),
                html.Span(
                    [html.I(className="on" if n < told[slug] else "") for n in range(5)], className="dots",
                    **{"aria-hidden": "true"},
                ),
                html.Strong([f"{int(told[slug])}", html.Span(" of 5", className="visually-hidden")]),
                html.Span(facts[slug], className="note"),
            ]
        )
        for slug, label in SCORES.items()
    ]  # fmt: skip
    group = found.group
    about = [html.P([html.Strong(f"{group.label}. "), group.meaning], className="group-meaning")] if group else []
    return html.Div([html.Ul(rows, className="score-list"), *about])


def _days(since: int) -> str:
    return "no order counts" if since < 0 else f"last order {since:,} day{'' if since == 1 else 's'} ago"
