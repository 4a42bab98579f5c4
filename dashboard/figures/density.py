"""Many customers on two axes: cells in the colour of the segment of which most of them are, darker where more lie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.figures import base
from dashboard.theme import Theme, segment_colour

FAINTEST = 0.25


def add(
    figure: go.Figure, cells: pd.DataFrame, names: Sequence[Any], theme: Theme, chosen: tuple[int, ...] = ()
) -> None:
    """Draw the cells: one trace a segment.

    Parameters
    ----------
    cells : DataFrame
        x, y, segment, customers, share; of a regular grid the cells that hold anybody.
    chosen : tuple of int
        Segments to show in colour; empty means all.
    """
    across, up = np.sort(cells["x"].unique()), np.sort(cells["y"].unique())
    across, up = _regular(across), _regular(up)
    most = float(np.log10(cells["customers"].max() + 1))
    for name in sorted(names, key=lambda name: -name.customers):
        mine = cells[cells["segment"] == name.id]
        if mine.empty:
            continue
        colour = segment_colour(name.colour) if not chosen or name.id in chosen else theme.mark_soft
        places = (
            np.abs(mine["y"].to_numpy()[:, None] - up).argmin(1),
            np.abs(mine["x"].to_numpy()[:, None] - across).argmin(1),
        )
        depth, said = np.full((len(up), len(across)), np.nan), np.zeros((len(up), len(across), 2))
        depth[places] = np.log10(mine["customers"] + 1)
        said[places] = mine[["customers", "share"]]
        figure.add_trace(
            go.Heatmap(
                x=across.round(4), y=up.round(4), z=depth.round(3), zmin=0, zmax=most, customdata=said.round(3),
                colorscale=[[0, _faint(colour, FAINTEST)], [1, _faint(colour, 1.0)]], showscale=False,
                hoverongaps=False, name=base.escape(name.name),
                hovertemplate=f"{base.escape(name.name)}<br>%{{customdata[0]:,.0f}} customers here, "
                "%{customdata[1]:.0%} of them of this segment<extra></extra>",
            )
        )  # fmt: skip


def centres(cells: pd.DataFrame) -> pd.DataFrame:
    """Segments as points, for labels: a point for each cell, as often as it is heavy up to a hundred times."""
    heavy = np.ceil(100 * cells["customers"] / cells["customers"].max()).astype(int)
    return cells.loc[cells.index.repeat(heavy), ["x", "y", "segment"]].reset_index(drop=True)


def _regular(middles: np.ndarray) -> np.ndarray:
    """All middles of the grid, those of empty cells too."""
    if len(middles) < 2:
        return middles
    step = np.diff(middles).min()
    return np.linspace(middles[0], middles[-1], round((middles[-1] - middles[0]) / step) + 1)


def _faint(colour: str, share: float) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share})"
