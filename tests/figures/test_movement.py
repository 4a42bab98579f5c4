"""Movement as a flow, in words and as a table."""

from types import SimpleNamespace

import pandas as pd
import pytest

from dashboard.figures import movement
from dashboard.theme import DARK, LIGHT

NAMES = pd.DataFrame({"id": [0, 1, 2], "name": ["Not yet a customer", "Best", "Gone <b>"], "colour": [-1, 0, 3]})
CELLS = pd.DataFrame(
    [(1, 1, 6, 900, 5000), (1, 2, 4, 0, 800), (2, 1, 1, 300, 400), (2, 2, 3, 0, 100), (0, 1, 2, 700, 700)],
    columns=["before", "after", "customers", "cents", "total"],
)
ROWS = pd.DataFrame(
    {
        "id": [1, 2], "before": [10, 4], "after": [9, 7], "kept": [6, 3], "joined": [3, 4], "fresh": [2, 0],
        "left": [4, 1], "kept_share": [0.6, 0.75], "cents_before": [4900, 200], "cents_after": [6100, 900],
    }
)  # fmt: skip
FOUND = SimpleNamespace(names=NAMES, cells=CELLS, rows=ROWS, known=14, moved=5, fresh=2, told=[])
NOTHING = SimpleNamespace(names=NAMES, cells=CELLS[:0], rows=ROWS[:0], known=0, moved=0, fresh=0, told=[])


def test_every_pair_is_a_band_as_wide_as_its_customers():
    trace = movement.sankey(FOUND, LIGHT, ("1 Jan", "1 Apr")).data[0]
    labels = list(trace.node.label)
    assert labels == ["Best", "Gone &lt;b&gt;", "Not yet a customer", "Best", "Gone &lt;b&gt;"]
    bands = list(zip(trace.link.source, trace.link.target, trace.link.value, strict=True))
    assert bands == [(0, 3, 6), (0, 4, 4), (1, 3, 1), (1, 4, 3), (2, 3, 2)]


def test_who_stayed_is_fainter_than_who_moved():
    colours = movement.sankey(FOUND, DARK, ("1 Jan", "1 Apr")).data[0].link.color
    assert colours[0].endswith("0.16)")
    assert colours[1].endswith("0.5)")


def test_a_segment_keeps_its_colour_on_both_sides():
    colours = movement.sankey(FOUND, LIGHT, ("1 Jan", "1 Apr")).data[0].node.color
    assert colours[0] == colours[3] != colours[1] == colours[4]


def test_without_anybody_the_figure_says_so():
    figure = movement.sankey(NOTHING, LIGHT, ("1 Jan", "1 Apr"))
    assert not figure.data
    assert figure.layout.annotations[0].text == "Nobody had ordered by the earlier day"
    assert movement.headline(NOTHING) == "Nobody had ordered by the earlier day"
    assert movement.leaving(NOTHING) == movement.joining(NOTHING) == []
    assert movement.matrix_headline(NOTHING, "GBP") == "Everybody is new"


def test_nodes_of_the_flow_stay_within_the_picture_whatever_their_number():
    sizes = [1.0, 30.0, 500.0, *[40.0] * 8]
    share = (1 - movement.PAD * 10) / sum(sizes)
    middles = movement._heights(sizes, 11)
    assert middles[-1] + share * sizes[-1] / 2 <= 1 + 1e-9
    above = [middle + share * size / 2 for middle, size in zip(middles, sizes, strict=True)]
    below = [middle - share * size / 2 for middle, size in zip(middles, sizes, strict=True)]
    assert all(lower >= upper for upper, lower in zip(above[1:], below[2:], strict=False))


def test_the_moves_are_told_in_words():
    assert movement.headline(FOUND) == "5 of 14 customers are elsewhere now, 36 %"
    assert movement.leaving(FOUND) == [
        (1, "4 of 10 left Best; 4 are in Gone <b> now."),
        (2, "1 of 4 left Gone <b>; 1 is in Best now."),
    ]
    assert movement.joining(FOUND, 1) == [(1, "3 joined Best; 2 of them had not ordered before.")]
    assert movement.matrix_headline(FOUND, "GBP") == (
        "Gone <b> kept 75 % of their customers, Best 60 %; those who moved spent £3.00"
    )


def test_the_table_holds_what_is_drawn():
    rows = movement.table(FOUND)
    assert rows.columns.tolist() == ["from", "to", "customers", "share", "bought_between", "total"]
    assert rows.groupby("from")["share"].sum().tolist() == pytest.approx([1, 1, 1])
    assert rows.loc[0, ["bought_between", "total"]].tolist() == [9, 50]
    assert movement.summary(FOUND)["spend_after"].tolist() == [61, 9]
