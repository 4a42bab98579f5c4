"""Countries, continents and the map, drawn and said."""

import numpy as np
import pandas as pd
import pytest

from dashboard.figures import countries
from dashboard.theme import LIGHT

HOME = "United Kingdom"


@pytest.fixture
def rows():
    return pd.DataFrame({
        "country": [HOME, "EIRE", "Germany", "Japan", "Unspecified"],
        "label": [HOME, "Ireland", "Germany", "Japan", "Unspecified"],
        "iso3": ["GBR", "IRL", "DEU", "JPN", ""],
        "continent": ["Europe", "Europe", "Europe", "Asia", ""],
        "revenue": [80_000_00, 9_000_00, 6_000_00, 4_000_00, 1_000_00],
        "share": [0.8, 0.09, 0.06, 0.04, 0.01],
        "customers": [800, 9, 60, 4, 1],
        "orders": 5, "order_value": 100_00.0, "revenue_per_customer": 100_00.0, "growth": 0.1,
        "months": [np.array([100, 200])] * 5,
        "href": "/countries?data=x",
    })  # fmt: skip


def test_the_home_market_stands_apart(rows):
    assert HOME not in set(countries.listed(rows, HOME, apart=True)["country"])
    assert len(countries.listed(rows, HOME, apart=False)) == 5


def test_the_headline_counts_the_fewest_countries_that_bring_most(rows):
    abroad = countries.listed(rows, HOME, apart=True)
    assert countries.headline(abroad, HOME, apart=True) == "Abroad, two countries bring 75 % of revenue"
    assert countries.headline(rows, HOME, apart=False) == "The United Kingdom brings 80.0 % of revenue"


def test_continents_add_up_and_names_on_no_map_come_last(rows):
    found = countries.continents(countries.listed(rows, HOME, apart=True))
    assert found["continent"].tolist() == ["Europe", "Asia", "On no map"]
    assert found["share"].tolist() == [0.75, 0.2, 0.05]
    assert countries.continent_headline(found, apart=True) == "Of the rest, 75 % comes from Europe"
    assert countries.near(found) == "Europe"


def test_no_continent_is_shown_large_where_none_brings_most(rows):
    spread = rows.assign(revenue=100_00, continent=["Europe", "Asia", "Africa", "Oceania", ""])
    assert countries.near(countries.continents(spread)) == ""


def test_the_home_market_does_not_stretch_the_colours(rows):
    assert countries.edges(rows, HOME) == [500, 2000, 5000, 10_000]


def test_the_map_draws_each_country_with_a_code_and_links_it(rows):
    figure = countries.world(rows, LIGHT, "GBP", home=HOME, chosen=("Germany",), box="Europe")
    drawn = figure.data[0]
    assert list(drawn.locations) == ["GBR", "IRL", "DEU", "JPN"]
    assert list(drawn.z) == [4, 3, 5, 2]
    assert drawn.customdata[1][3] == "/countries?data=x"
    assert figure.layout.geo.resolution == 50


def test_parts_of_one_country_are_added_up_on_the_map(rows):
    parts = rows.assign(iso3=["GBR", "GBR", "DEU", "JPN", ""])
    figure = countries.world(parts, LIGHT, "GBP", home=HOME)
    assert list(figure.data[0].locations) == ["GBR", "DEU", "JPN"]
    assert figure.data[0].customdata[0][1] == "£89,000.00"


def test_names_from_data_are_text_on_the_map(rows):
    figure = countries.world(rows.assign(label="<b>x</b>"), LIGHT, "GBP", home=HOME)
    assert figure.data[0].customdata[0][0] == "&lt;b&gt;x&lt;/b&gt;"


def test_nothing_sold_makes_a_designed_empty_map(rows):
    figure = countries.world(rows.iloc[:0], LIGHT, "GBP")
    assert figure.layout.annotations[0].text == "No country to show on a map"


def test_the_table_holds_money_in_units_and_a_column_a_month(rows):
    table = countries.table(rows.drop(columns="href"), ["2023-01", "2023-02"])
    assert table["revenue"].tolist()[0] == 80_000
    assert table["2023-02"].tolist() == [2] * 5


def test_the_mix_names_the_segment_that_is_over_represented():
    class Name:
        def __init__(self, id, name):
            self.id, self.name, self.colour = id, name, id

    here = pd.DataFrame({"id": [1, 2], "share": [0.26, 0.74]})
    everywhere = pd.DataFrame({"id": [1, 2], "share": [0.16, 0.84]})
    mix = countries.mix(here, everywhere, [Name(1, "Champions"), Name(2, "Others")])
    assert countries.mix_headline("Germany", mix, 94) == "Germany: 26 % are Champions, 16 % overall"
    same = countries.mix(everywhere, everywhere, [Name(1, "Champions"), Name(2, "Others")])
    assert countries.mix_headline("Germany", same, 94) == "Germany: much the same mix of customers as everywhere"
    assert countries.mix_headline("Germany", countries.mix(None, None, []), 94) == "Germany"
    assert "one customer, too few" in countries.mix_headline("Singapore", mix, 1)
