"""Ways of dividing side by side: the map of each in the same colours, and what the comparison says in words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard import words
from dashboard.figures import base
from dashboard.theme import Theme, segment_colour, shape

MARGIN = {"l": 2, "r": 2, "t": 2, "b": 2}
# Criterion -> what it is called, whether more is better, places after the point.
CRITERIA = {
    "silhouette": ("Mean silhouette", True, 3),
    "calinski_harabasz": ("Calinski–Harabasz", True, 0),
    "davies_bouldin": ("Davies–Bouldin", False, 2),
}


def picture(points: pd.DataFrame, segments: pd.DataFrame, method: str, theme: Theme) -> go.Figure:
    """Customers on the two principal components in the segments of one method; small, so without ticks.

    Parameters
    ----------
    points : DataFrame
        x, y, and the id of the segment in a column a method.
    segments : DataFrame
        method, id, colour, apart.
    """
    if points.empty or method not in points:
        return base.empty(theme, "Nothing to show")
    figure = base.blank(theme, margin=MARGIN)
    for row in segments[segments["method"] == method].sort_values("apart", ascending=False).to_dict("records"):
        mine = points[points[method] == row["id"]]
        x, y = (mine[axis].clip(*base.ends(points[axis])).to_numpy(dtype=np.float32) for axis in ("x", "y"))
        face: dict[str, Any] = {"size": 4, "color": segment_colour(row["colour"]), "symbol": shape(row["colour"])}
        if row["apart"]:
            face = {"size": 4, "color": theme.axis, "symbol": "circle-open", "line": {"width": 1}}
        figure.add_scatter(
            x=x, y=y, mode="markers", marker=face, name=base.escape(row["name"]),
            hovertemplate="%{fullData.name}<extra></extra>",
        )  # fmt: skip
    for axis, column in ((figure.update_xaxes, "x"), (figure.update_yaxes, "y")):
        low, high = base.ends(points[column])
        room = 0.04 * (high - low)
        axis(showticklabels=False, showgrid=False, showline=True, linecolor=theme.line, mirror=True,
             automargin=False, range=[low - room, high + room])  # fmt: skip
    return figure


def best(methods: pd.DataFrame) -> dict[str, str]:
    """By criterion the method that does best among those that divide everybody; of equals the first."""
    rows = methods[(methods["reason"] == "") & (methods["alone"] == 0)]
    found = {}
    for criterion, (_, more, _) in CRITERIA.items():
        told = rows[rows[criterion].notna()]
        if len(told) > 1:
            place = told[criterion].argmax() if more else told[criterion].argmin()
            found[criterion] = str(told["method"].iloc[int(place)])
    return found


def headline(methods: pd.DataFrame) -> str:
    """Who leads by how many criteria."""
    leaders = pd.Series(best(methods)).value_counts()
    if leaders.empty:
        return "Only one method divides these customers"
    labels = dict(zip(methods["method"], methods["label"], strict=True))
    told, of = [labels[slug] for slug in leaders.index], len(CRITERIA)
    if methods["alone"].gt(0).any():
        told[0] = f"Of the methods that place everybody, {told[0]}"
    if len(told) == 1:
        return f"{told[0]} leads by all three criteria"
    if leaders.iloc[0] > 1:
        return f"{told[0]} leads by {words.in_words(int(leaders.iloc[0]))} of {words.in_words(of)} criteria"
    return f"Each criterion points elsewhere: {', '.join(told[:-1])} and {told[-1]}"


def colours(segments: pd.DataFrame, base_label: str) -> str:
    """What the colours of the maps mean.

    Parameters
    ----------
    segments : DataFrame
        method, apart.
    """
    alone = " Hollow grey: on their own or set aside." if segments["apart"].any() else ""
    return f"The same colour means mostly the same people as with {base_label}.{alone}"


def refused(methods: pd.DataFrame) -> list[dict[str, Any]]:
    """Methods that cannot work on these customers."""
    rows: list[dict[str, Any]] = methods[methods["reason"] != ""].to_dict("records")
    return rows


def matrix(methods: pd.DataFrame, pairs: pd.DataFrame) -> list[tuple[str, list[float | None]]]:
    """Adjusted Rand index of every method with every other, None with itself: a row a method."""
    rows = methods[methods["reason"] == ""]
    known = {frozenset((row["a"], row["b"])): float(row["rand"]) for row in pairs.to_dict("records")}
    slugs = rows["method"].tolist()
    return [
        (label, [None if a == b else known[frozenset((a, b))] for b in slugs])
        for a, label in zip(slugs, rows["label"], strict=True)
    ]
