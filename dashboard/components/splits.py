"""The card that shows how customers split as the number of segments grows."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import words
from dashboard.components.basics import swatch
from dashboard.components.cards import card, graph
from dashboard.figures import clustree as figures
from dashboard.state import Look

HOW = (
    "After clustree (Zappia and Oshlack 2018). Each row divides the same customers into one group more. A mark is a "
    "group, as large as it has customers (its radius by the root of the share); a stream is as wide as it has "
    "customers, and the fainter the less of the group below it makes up. Streams under 5 % of both their groups are "
    "left out; the CSV has them all. In the row in use groups are the segments; elsewhere a group has the colour of "
    "the segment that most of its customers are in. Groups stand where the fewest streams cross. A group that many "
    "thin streams run into is an unstable one: too many segments look like that."
)


def splits(found: Any, names: list[Any], look: Look, in_use: int, method: Any, id: str) -> html.Div:
    """The picture with its sentence and the names of the colours.

    Parameters
    ----------
    found : Clustree
    method : Clusterer
        Of one that finds the number itself no row is in use.
    """
    row = 0 if method.chooses_k else in_use
    headline = figures.headline(found.nodes, found.edges, names, row)
    told = figures.sentence(found.nodes, found.edges, names, row)
    figure = figures.tree(found.nodes, found.edges, names, look.theme, in_use=row)
    swept = "K-Means, standing in," if method.chooses_k else method.label
    part = f", a seeded sample of {words.count(found.sampled)}" if found.sampled else ""
    listed = html.Ul([html.Li([swatch(name.colour), name.name]) for name in names], className="tree-names")
    height = max(260, 48 * int(found.nodes["k"].nunique()) + 40)
    body = [html.P(told) if told else None, graph(id, figure, height=height, describe=f"{headline}. {told}"), listed]
    first, last = int(found.nodes["k"].min()), int(found.nodes["k"].max())
    return card(
        headline,
        html.Div(body, className="tree"),
        sub=f"{swept} with {first} to {last} groups of {words.count(found.customers)} customers{part}",
        how=HOW,
        csv=look.download("streams"),
        png=id,
        more=html.A("Groups as CSV", href=look.download("groups"), download=""),
    )
