"""The Countries tab over the wire."""

import json
from pathlib import Path

import pytest

SHAPES = Path(__file__).parents[2] / "assets" / "topojson" / "world_50m.json"


def words(response):
    return json.dumps(response, ensure_ascii=False)


def test_the_tab_answers_its_question(draw):
    drawn = draw("/countries?rules=notebook", "countries-answer")
    assert "of revenue comes from" in words(drawn["countries-answer"])
    assert "United Kingdom" in words(drawn["countries-list"])
    assert "Europe" in words(drawn["countries-continents"])


def test_a_row_filters_by_its_country_and_leaves_the_others_in_the_list(draw):
    drawn = words(draw("/countries?country=Germany", "countries-answer"))
    assert "country=France" in drawn
    assert "All about Germany" in drawn


def test_the_home_market_can_be_listed_with_the_others(draw):
    assert "home-strip" in words(draw("/countries", "countries-answer")["countries-list"])
    assert "home-strip" not in words(draw("/countries?home=with", "countries-answer")["countries-list"])


@pytest.mark.parametrize("search", ["period=2019", "country=Germany&period=2019", "map=world", "rows=all"])
def test_every_setting_draws(draw, search):
    assert "countries-map" in draw(f"/countries?{search}", "countries-answer")


def test_the_shapes_of_the_map_come_from_here_and_hold_small_countries(client):
    with client.get("/assets/topojson/world_50m.json") as answer:
        assert answer.status_code == 200
    codes = {shape.get("id") for shape in json.loads(SHAPES.read_text())["objects"]["countries"]["geometries"]}
    assert {"GBR", "SGP", "MLT", "BHR", "JEY", "GGY", "HKG"} <= codes


@pytest.mark.parametrize("name", ["countries", "continents", "months"])
def test_every_picture_has_its_csv(client, fingerprint, name):
    answer = client.get(f"/download/countries/{name}.csv?data={fingerprint}&country=Germany")
    assert answer.status_code == 200
    assert "revenue" in answer.text.splitlines()[0]
