"""The Methods tab over the wire, and every other tab under every method."""

import csv
import io
import json
import re

import pytest

from core.segments.dividing import clusterer

WAYS = clusterer.every()


def words(response):
    return json.dumps(response, ensure_ascii=False)


def rows(client, href):
    answer = client.get(href)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))


@pytest.fixture(params=["fingerprint", "customers", "survey"])
def data(request):
    """An order log, a customer table and a survey."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def page(draw, data):
    return draw(f"/methods?data={data}&k=3", "methods-answer")


def test_every_method_stands_side_by_side_with_its_reason_where_it_cannot(page):
    side = words(page["methods-side"])
    for way in WAYS.values():
        assert way.label in side
    assert side.count("in use") == 1
    assert side.count("Use this") == len(WAYS) - 1 - side.count("not here")


def test_the_answer_names_one_of_them_or_says_that_none_stands_out(page):
    said = words(page["methods-answer"])
    assert any(f"Keep {way.label}." in said for way in WAYS.values()) or "suit them better" in said or "None" in said


def test_using_one_keeps_the_number_that_it_was_compared_at(draw, data):
    side = words(draw(f"/methods?data={data}&k=3", "methods-answer")["methods-side"])
    assert re.search(r"/methods\?[^\"]*method=ward[^\"]*k=3", side)


def test_who_needs_neighbours_for_new_customers_is_named(page):
    assert "Ward and HDBSCAN cannot place a new customer" in words(page["methods-side"])


def test_weights_that_change_nothing_are_said(draw, fingerprint):
    side = words(draw("/methods?k=3&weight=frequency:3", "methods-answer")["methods-side"])
    assert "Gaussian mixture and Medoids bring every feature to a scale of their own" in side
    assert "weights change" not in words(draw("/methods?k=3", "methods-answer")["methods-side"])


def test_there_is_a_map_for_each_that_works_with_its_segments_by_name(page):
    side, maps = words(page["methods-side"]), words(page["methods-maps"])
    assert maps.count('"dcc.Graph"') + maps.count('"Graph"') == len(WAYS) - side.count("not here")


@pytest.mark.parametrize("name", ["methods", "segments", "agreement", "points"])
def test_every_picture_can_be_taken_along(client, data, name):
    assert rows(client, f"/download/methods/{name}.csv?data={data}&k=3")


def test_sizes_of_a_method_add_up_to_everybody(client, fingerprint):
    found = rows(client, f"/download/methods/segments.csv?data={fingerprint}&k=3")
    totals = {slug: sum(int(row["customers"]) for row in found if row["method"] == slug) for slug in WAYS}
    assert len({total for total in totals.values() if total}) == 1


def test_an_unknown_method_is_named_with_those_there_are(open_page, fingerprint):
    page = open_page("/methods?method=magic")
    assert "There is no method 'magic'" in words(page["banner"])
    assert "ward" in words(page["banner"])


@pytest.mark.parametrize("method", [slug for slug in WAYS if slug != "kmeans"])
@pytest.mark.parametrize("slug", ["choose-k", "segments", "drivers", "campaigns", "methods"])
def test_every_tab_answers_under_every_method(draw, data, slug, method):
    drawn = draw(f"/{slug}?data={data}&method={method}&k=3&outliers=aside", f"{slug}-answer")
    assert f"{slug}-answer" in drawn
    assert not re.search(r"\bnan\b", words(drawn), re.IGNORECASE)


def test_a_filter_by_segment_is_left_out_where_a_method_finds_none(open_page, survey):
    page = open_page(f"/overview?data={survey}&method=hdbscan&segment=1")
    assert "HDBSCAN finds no groups" in words(page["banner"])
    assert "segment=" not in page["view"]["data"]["search"]
