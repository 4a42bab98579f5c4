"""The RFM rules tab over the wire."""

import csv
import io
import json
from urllib.parse import quote

import pytest

OWN = "own:BBAAABBAAABBAAABBAAABBBBB;Keep~A;Let go~K"


def words(response):
    return json.dumps(response, ensure_ascii=False)


def rows(client, href):
    answer = client.get(href)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))


def test_the_usual_map_is_shown_with_its_proof(draw):
    page = words(draw("/rfm-rules", "rfm-rules-grid"))
    assert "25 of 25" in page
    assert "rfm-grid" in page
    assert "These are the usual rules" in words(draw("/rfm-rules", "rfm-rules-changes")["rfm-rules-changes"])


def test_every_cell_is_a_link_to_the_map_with_that_cell_painted(draw):
    page = words(draw("/rfm-rules?paint=lost", "rfm-rules-grid")["rfm-rules-grid"])
    assert page.count("Give this cell to Lost") == 25
    assert page.count("rfm_map=own") == 25


def test_another_map_names_its_groups_and_tells_who_changes(draw, client, fingerprint):
    page = draw("/rfm-rules?rfm_map=three", "rfm-rules-grid")
    assert "Gold" in words(page["rfm-rules-palette"])
    assert "a group of another name" in words(page["rfm-rules-changes"])
    moved = rows(client, f"/download/rfm-rules/changes.csv?data={fingerprint}&rfm_map=three")
    assert {row["now"] for row in moved} <= {"Gold", "Silver", "Bronze"}


def test_an_own_map_goes_everywhere_with_the_link(draw, client, fingerprint):
    own = quote(OWN)
    scores = rows(client, f"/download/rfm-rules/scores.csv?data={fingerprint}&rfm_map={own}")
    assert {row["group"] for row in scores} == {"Keep", "Let go"}
    keep = sum(row["group"] == "Keep" for row in scores)
    groups = rows(client, f"/download/segments/groups.csv?data={fingerprint}&show=rfm&rfm_map={own}")
    assert [row["label"] for row in groups] == ["Keep", "Let go"]
    assert int(groups[0]["customers"]) == keep
    audience = rows(client, f"/export/customers.csv?data={fingerprint}&rfm_map={own}&group=keep")
    assert len(audience) == keep
    assert {row["rfm_group"] for row in audience} == {"Keep"}
    campaigns = words(draw(f"/campaigns?by=groups&rfm_map={own}", "campaigns-answer"))
    assert "Let go" in campaigns


def test_a_filter_by_a_group_of_an_own_map_is_called_by_its_label(open_page):
    page = open_page(f"/segments?rfm_map={quote(OWN)}&group=let-go")
    assert "Let go" in words(page["filters"])
    assert page["banner"]["children"] == []


def test_a_map_that_does_not_fit_is_told_and_the_usual_one_stays(open_page, draw):
    page = words(open_page("/rfm-rules?rfm_map=own:AAA;All~A")["banner"])
    assert "3 cells" in page
    assert "25 of 25" in words(draw("/rfm-rules?rfm_map=own:AAA;All~A", "rfm-rules-grid"))


def test_a_group_of_another_map_is_told(open_page):
    assert "There is no group" in words(open_page("/segments?rfm_map=three&group=champions")["banner"])


def test_own_thresholds_stand_on_the_axes(draw, client, fingerprint):
    href = "/rfm-rules?rfm_edges=" + quote("recency:30,90,180,365;orders:2,3,5,10")
    page = words(draw(href, "rfm-rules-levels")["rfm-rules-levels"])
    assert "under 30 days" in page
    assert "10 orders or more" in page
    levels = rows(client, f"/download{href.replace('?', '/levels.csv?')}&data={fingerprint}")
    assert sum(int(row["customers"]) for row in levels if row["letter"] == "r") == 120


@pytest.mark.parametrize("text", ["recency:7,30", "age:1,2,3,4", "orders:5,4,3,2", "%"])
def test_thresholds_that_do_not_fit_are_told(open_page, text):
    assert "The default is shown instead" in words(open_page(f"/rfm-rules?rfm_edges={quote(text)}")["banner"])


@pytest.mark.parametrize("name", ["map", "groups", "levels", "scores"])
def test_every_picture_can_be_taken_along(client, fingerprint, name):
    assert rows(client, f"/download/rfm-rules/{name}.csv?data={fingerprint}")
