"""How customers split as the number of segments grows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import words
from dashboard.figures import base
from dashboard.theme import Theme, segment_colour, shape

# Streams that are less than that of both groups they join are not drawn.
THIN = 0.05
# A group that no segment has half of belongs to none by colour.
HALF = 0.5
ORDINALS = ("", "", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def tree(nodes: pd.DataFrame, edges: pd.DataFrame, names: Sequence[Any], theme: Theme, *, in_use: int) -> go.Figure:
    """A row a number of groups, a mark a group, a stream to each group that its customers go to.

    Parameters
    ----------
    nodes, edges : DataFrame
        As of :class:`core.segments.choosing.clustree.Clustree`.
    names : sequence of SegmentName
    in_use : int
        The number in use; its row is stressed.
    """
    if nodes.empty:
        return base.empty(theme, "No groups to follow")
    figure = base.blank(theme, y="Number of segments, k")
    by = {name.id: name for name in names}
    across = {(k, g): (g + 0.5) / size for k, size in nodes.groupby("k").size().items() for g in range(size)}
    mainly = nodes["id"].where(nodes["purity"] >= HALF, 0)
    colours = {(k, g): _colour(by.get(i), theme) for k, g, i in zip(nodes["k"], nodes["group"], mainly, strict=True)}
    total = nodes.groupby("k")["customers"].sum().max()
    if in_use in set(nodes["k"]):
        figure.add_hrect(y0=in_use - 0.5, y1=in_use + 0.5, fillcolor=theme.accent_soft, line_width=0, layer="below")
    drawn = edges[(edges["share_source"] >= THIN) | (edges["share_target"] >= THIN)]
    figure.update_layout(shapes=[*figure.layout.shapes, *(_stream(row, across, colours, total)
                                                          for row in drawn.itertuples())])  # fmt: skip
    figure.add_scatter(
        x=[across[key] for key in zip(nodes["k"], nodes["group"], strict=True)], y=nodes["k"], mode="markers",
        marker={
            "size": (9 + 27 * nodes["share"] ** 0.5).round(1), "opacity": 1,
            "color": [colours[key] for key in zip(nodes["k"], nodes["group"], strict=True)],
            "symbol": [shape(by[i].colour) if i in by else "circle" for i in mainly],
            "line": {"width": 1.5, "color": theme.surface},
        },
        text=[_hover(row, by) for row in nodes.itertuples()], hovertemplate="%{text}<extra></extra>",
        cliponaxis=False,
    )  # fmt: skip
    first, last = int(nodes["k"].min()), int(nodes["k"].max())
    ticks = [f"<b>{k}</b>" if k == in_use else str(k) for k in range(first, last + 1)]
    figure.update_xaxes(visible=False, range=[0, 1])
    figure.update_yaxes(range=[last + 0.6, first - 0.6], showgrid=False, tickvals=list(range(first, last + 1)),
                        ticktext=ticks)  # fmt: skip
    figure.update_layout(margin={"l": 8, "r": 8, "t": 8, "b": 8})
    return figure


def headline(nodes: pd.DataFrame, edges: pd.DataFrame, names: Sequence[Any], in_use: int) -> str:
    """Which segment came up last."""
    new = _newest(nodes, edges, in_use - 1)
    called = _called(nodes, names, in_use)
    if in_use == 2 or new is None or new not in called:
        return f"From {nodes['k'].min()} to {nodes['k'].max()} groups: where their customers go"
    return f"From {words.in_words(in_use - 1)} to {words.in_words(in_use)}: {called[new]} come up"


def sentence(nodes: pd.DataFrame, edges: pd.DataFrame, names: Sequence[Any], in_use: int) -> str:
    """Where the customers of the newest segment were before, and whom one more would be drawn from."""
    called, said = _called(nodes, names, in_use), []
    new = _newest(nodes, edges, in_use - 1)
    if in_use == 2 and len(called) == 2:
        one, other = (called[group] for group in sorted(called))
        said.append(f"The first cut parts {one} from {other}.")
    elif new is not None and new in called:
        before = edges[edges["k"] == in_use - 1]
        goes_on = {row.source: called[row.target] for row in before[before["heir"]].itertuples()}
        told = _drawn_from(before, new, {source: f"what stays {name}" for source, name in goes_on.items()})
        said.append(f"With {words.in_words(in_use)} segments {called[new]} come up, out of {told}.")
    after = _newest(nodes, edges, in_use)
    if after is not None and called:
        mine = edges[edges["k"] == in_use]
        count = int(mine.loc[mine["target"] == after, "customers"].sum())
        nth = ORDINALS[in_use + 1] if in_use + 1 < len(ORDINALS) else "further"
        said.append(f"A {nth} would take its {words.count(count)} customers from {_drawn_from(mine, after, called)}.")
    return " ".join(said)


def _drawn_from(edges: pd.DataFrame, target: int, called: dict[Any, str]) -> str:
    mine = edges[(edges["target"] == target) & (edges["share_target"] >= THIN)].sort_values("share_target")[::-1]
    parts = [f"{called.get(row.source, 'others')} ({words.percent(row.share_target, 0)})" for row in mine.itertuples()]
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _newest(nodes: pd.DataFrame, edges: pd.DataFrame, k: int) -> int | None:
    """The group of k + 1 that goes on from none of k."""
    mine, below = edges[edges["k"] == k], nodes[nodes["k"] == k + 1]
    new = set(below["group"]) - set(mine.loc[mine["heir"], "target"])
    return int(new.pop()) if len(new) == 1 and len(mine) else None


def _called(nodes: pd.DataFrame, names: Sequence[Any], in_use: int) -> dict[Any, str]:
    """Names of the groups that are the segments in use."""
    by = {name.id: name.name for name in names}
    used = nodes[nodes["used"] & (nodes["k"] == in_use)]
    return {row.group: by[row.id] for row in used.itertuples() if row.id in by}


def _colour(name: Any, theme: Theme) -> str:
    return segment_colour(name.colour) if name else theme.mark


def _hover(row: Any, by: dict[int, Any]) -> str:
    said = f"{words.count(row.customers)} customers, {words.percent(row.share)}"
    if row.id not in by:
        return said
    name = base.escape(by[row.id].name)
    return f"<b>{name}</b><br>{said}" if row.used else f"{said}<br>{words.percent(row.purity, 0)} of them: {name}"


def _stream(row: Any, across: dict[Any, float], colours: dict[Any, str], total: int) -> dict[str, Any]:
    """A smooth line as wide as it has customers, the fainter the less of its target it makes up."""
    x0, x1, half = across[row.k, row.source], across[row.k + 1, row.target], row.k + 0.5
    path = f"M {x0:.4f} {row.k} C {x0:.4f} {half} {x1:.4f} {half} {x1:.4f} {row.k + 1}"
    return {
        "type": "path", "layer": "below", "path": path,
        "line": {"color": colours[row.k + 1, row.target], "width": round(1 + 15 * row.customers / total, 1)},
        "opacity": round(0.2 + 0.4 * row.share_target, 2), "fillcolor": "rgba(0,0,0,0)",
    }  # fmt: skip
