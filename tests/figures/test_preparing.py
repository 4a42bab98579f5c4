"""Sentences on features, and the picture of what is done with the few."""

from types import SimpleNamespace

import pandas as pd
import pytest

from dashboard.figures import preparing
from dashboard.theme import DARK, LIGHT, SEGMENT_COLOURS

NAMES = [SimpleNamespace(id=1, name="Best <b>", colour=0), SimpleNamespace(id=2, name="Rest", colour=3)]


def compared(handful=13, far=43, sampled=0, share=0.186):
    rows = pd.DataFrame({
        "treatment": ["keep", "clip", "aside"], "segments": [2, 2, 2], "smallest": [13, 80, 140],
        "largest": [987, 920, 817], "largest_share": [0.987, 0.92, 0.817], "silhouette": [0.6, 0.5, 0.4],
        "agreement": [1.0, 0.8, 0.3], "told": ["", "", ""],
    })  # fmt: skip
    sizes = [
        ("keep", 0, 2, False, 987, 0.987, 1 - share), ("keep", 1, 1, False, 13, 0.013 if not handful else 0.003, share),
        ("clip", 0, 2, False, 920, 0.92, 0.6), ("clip", 1, 1, False, 80, 0.08, 0.4),
        ("aside", 0, 2, False, 817, 0.817, 0.4), ("aside", 1, 0, False, 140, 0.14, 0.3),
        ("aside", 2, 0, True, 43, 0.043, 0.3),
    ]  # fmt: skip
    columns = ["treatment", "position", "id", "apart", "customers", "share", "spend_share"]
    return SimpleNamespace(
        rows=rows, sizes=pd.DataFrame(sizes, columns=columns), in_use="keep", far=far, far_share=0.316,
        top_share=0.3184, handful=handful, handful_share=share, customers=1000, sampled=sampled,
    )  # fmt: skip


def shares(**of):
    return pd.DataFrame({"label": list(of), "share": list(of.values())})


@pytest.mark.parametrize(("rows", "said"), [
    (shares(Spend=1.0), "Spend alone divides the customers"),
    (shares(Spend=0.0, Orders=0.0), "Nothing here tells customers apart"),
    (shares(Spend=0.334, Orders=0.333, Age=0.333), "All three count alike"),
    (shares(Spend=0.99995, Orders=0.00005), "Spend counts most, over 99.9 % of all distances"),
    (shares(Spend=0.5, Orders=0.25, Age=0.25), "Spend counts most, 50 % of all distances"),
])  # fmt: skip
def test_the_headline_says_whether_all_count_alike(rows, said):
    assert preparing.headline(rows) == said


def test_a_handful_is_said_with_what_would_be_without_it():
    said = preparing.outliers_headline(compared()).replace("\u00a0", " ")
    assert said == (
        "13 customers of 1,000 make a segment of their own; without the 43 farthest the largest holds 82 % instead "
        "of 99 %"
    )


def test_one_customer_makes_a_segment_of_its_own():
    assert "1 customer of 1,000 makes a segment of its own" in preparing.outliers_headline(compared(handful=1))


def test_where_nobody_lies_far_that_is_said():
    said = preparing.outliers_headline(compared(handful=0, far=0))
    assert said.startswith("Prepared like this, nobody lies far from all others")


def test_without_a_handful_it_is_said_how_much_the_segments_change():
    assert "without them the segments are others" in preparing.outliers_headline(compared(handful=0))


def test_a_sample_is_called_one():
    assert "43 customers of the sample lie far" in preparing.outliers_headline(compared(sampled=500))


def test_what_they_bring_is_said_where_spend_is_known():
    found = compared()
    assert preparing.spend_sentence(found) == (
        "The 1 % who spend most bring 31.8 % of all spend; those who lie far bring 31.6 %."
    )
    found.top_share = float("nan")
    assert preparing.spend_sentence(found) == ""


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_each_treatment_is_a_bar_of_all_customers(theme):
    figure = preparing.treatments(compared(), NAMES, theme)
    parts = [(y, x) for bar in figure.data for y, x in zip(bar.y, bar.x, strict=True)]
    sums = pd.DataFrame(parts).groupby(0)[1].sum()
    assert list(sums.index) == ["A segment of their own", "Clip at 99 %", "Keep them"]
    assert sums.to_numpy() == pytest.approx(100, abs=2)
    assert min(x for _, x in parts) >= 1
    assert figure.layout.xaxis.title.text == "Share of all customers, %"
    assert [note.text for note in figure.layout.annotations][-1] == "Keep them: 987, 13"


def test_parts_have_the_colour_of_the_segment_in_use_and_names_are_text():
    figure = preparing.treatments(compared(), NAMES, LIGHT)
    first = figure.data[0]
    assert first.marker.color[0] == SEGMENT_COLOURS[3]
    hovers = [hover for bar in figure.data for hover in bar.customdata]
    assert any(hover.startswith("Best &lt;b&gt;: 13 customers") for hover in hovers)
    assert any(hover.startswith("Set aside: 43 customers, 4.3 %, 30.0 % of spend") for hover in hovers)


def test_without_segments_the_picture_says_so():
    found = compared()
    found.sizes = found.sizes.head(0)
    assert preparing.treatments(found, NAMES, LIGHT).layout.annotations[0].text == "No segments can be made"


def test_two_features_that_say_the_same_are_a_sentence():
    row = {"a": "m", "b": "d", "spearman": -0.9, "pearson": float("nan")}
    assert preparing.pair(row, {"m": "Spend", "d": "Debt"}) == (
        "Spend and debt say much the same, turned round: together they count twice"
    )


def test_money_is_taken_along_in_units():
    rows = pd.DataFrame({"unit": ["money", "days"], "median": [250.0, 30.0]})
    assert preparing.in_units(rows)["median"].tolist() == [2.5, 30.0]
