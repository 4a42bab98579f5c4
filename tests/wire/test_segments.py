"""The Segments tab over the wire."""

import csv
import io
import json

import pytest


def words(response):
    return json.dumps(response, ensure_ascii=False)


def rows(client, href):
    answer = client.get(href)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))


def test_every_segment_has_a_card_with_a_link_to_its_campaign(draw):
    part = words(draw("/segments?k=3", "segments-part")["segments-part"])
    assert part.count("card segment-card") == 3
    assert part.count("/campaigns?") == 3
    assert part.count("What sets them apart") == 3


def test_the_picture_stands_on_all_customers_whatever_the_period(draw, client, fingerprint):
    whole = rows(client, f"/download/segments/map.csv?data={fingerprint}&k=3")
    assert whole == rows(client, f"/download/segments/map.csv?data={fingerprint}&k=3&period=2023-05")


def test_shares_are_those_of_the_period_and_countries(client, draw, fingerprint):
    whole = rows(client, f"/download/segments/segments.csv?data={fingerprint}&k=3")
    part = rows(client, f"/download/segments/segments.csv?data={fingerprint}&k=3&period=2023-05&country=Germany")
    assert sum(int(row["customers"]) for row in part) < sum(int(row["customers"]) for row in whole)
    assert sum(float(row["share"]) for row in part) == pytest.approx(1)
    assert "period and countries chosen" in words(draw("/segments?k=3&period=2023-05", "segments-switch"))


def test_a_chosen_segment_shows_its_own_card_alone(draw):
    part = words(draw("/segments?k=3&segment=2", "segments-part")["segments-part"])
    assert part.count("card segment-card") == 1


def test_box_plots_come_on_demand(draw):
    assert "box-panel" not in words(draw("/segments?k=3", "segments-part"))
    assert "box-panel" in words(draw("/segments?k=3&profile=boxes", "segments-part"))


def test_the_grid_has_25_cells_that_filter_by_their_group(draw, client, fingerprint):
    part = words(draw("/segments?show=rfm", "segments-part")["segments-part"])
    assert "rfm-grid" in part
    assert "group=champions" in part
    cells = rows(client, f"/download/segments/grid.csv?data={fingerprint}&show=rfm")
    assert len(cells) == 25
    named = rows(client, f"/download/segments/groups.csv?data={fingerprint}&show=rfm")
    assert len(named) == 11
    assert sum(int(row["customers"]) for row in named) == sum(int(row["customers"]) for row in cells)


@pytest.mark.parametrize("name", ["segments", "map", "spend", "heat", "boxes", "grid", "groups"])
def test_every_picture_can_be_taken_along(client, fingerprint, name):
    assert rows(client, f"/download/segments/{name}.csv?data={fingerprint}&k=3")
