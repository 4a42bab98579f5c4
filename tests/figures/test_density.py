"""Cells instead of points."""

import pandas as pd

from core.segments.dividing.segmentation import SegmentName
from dashboard.figures import density, people
from dashboard.theme import THEMES

NAMES = [SegmentName(1, "Loyal", "loyal", 1, 30), SegmentName(7, "Lost <b>", "lost", 3, 9)]
CELLS = pd.DataFrame(
    {
        "x": [0.0, 1.0, 3.0],
        "y": [0.0, 1.0, 0.0],
        "segment": [1, 1, 7],
        "customers": [20, 10, 9],
        "share": [1.0, 0.9, 0.5],
    }
)
NO_POINTS = pd.DataFrame({"x": [0.0], "y": [0.0], "segment": [1], "orders": [1.0], "cents": [100.0]})


def test_each_segment_has_its_cells_on_one_regular_grid() -> None:
    figure = people.chart(NO_POINTS, NAMES, THEMES["light"], explained=(0.5, 0.2), axes=("a", "b"), cells=CELLS)
    first, second = figure.data
    assert first.type == second.type == "heatmap"
    assert list(first.x) == list(second.x) == [0.0, 1.0, 2.0, 3.0]
    assert (~pd.isna(first.z)).sum() == 2
    assert (~pd.isna(second.z)).sum() == 1
    assert second.name == "Lost &lt;b&gt;"


def test_a_cell_tells_how_many_and_of_which_share() -> None:
    figure = people.chart(NO_POINTS, NAMES, THEMES["dark"], explained=(0.5, 0.2), axes=("a", "b"), cells=CELLS)
    assert figure.data[1].customdata[0][3].tolist() == [9, 0.5]


def test_orders_and_spend_keep_readable_ticks() -> None:
    figure = people.spend(NO_POINTS, NAMES, THEMES["light"], "GBP", cells=CELLS)
    assert "1" in figure.layout.xaxis.ticktext
    assert list(figure.layout.yaxis.ticktext) == ["1", "10"]


def test_heavy_cells_weigh_more_where_a_label_is_placed() -> None:
    middles = density.centres(CELLS)
    assert (middles["x"] == 0.0).sum() == 100
    assert (middles["x"] == 3.0).sum() == 45
