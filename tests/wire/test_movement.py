"""The Movement tab over the wire."""

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


@pytest.mark.parametrize("by", ["segments", "groups"])
@pytest.mark.parametrize("edges", ["frozen", "own"])
def test_both_divisions_are_shown_under_both_rules(draw, by, edges):
    page = draw(f"/movement?k=3&by={by}&edges={edges}", "movement-answer")
    assert "moved to another segment" in words(page["movement-answer"])
    assert "movement-matrix" in words(page["movement-matrix"])
    assert "sankey" in words(page["movement-flow"])
    assert "do not apply" in words(page["movement-moves"])


def test_a_chosen_segment_lists_those_who_joined_or_left_it(draw, client, fingerprint):
    page = words(draw("/movement?by=groups&of=1", "movement-movers")["movement-movers"])
    assert "joined or left Champions" in page
    listed = rows(client, f"/download/movement/movers.csv?data={fingerprint}&by=groups&of=1")
    assert all("Champions" in (row["from"], row["to"]) and row["from"] != row["to"] for row in listed)
    every = rows(client, f"/download/movement/movers.csv?data={fingerprint}&by=groups")
    assert len(every) > len(listed) > 0


def test_a_mover_leads_to_their_own_page(draw):
    page = words(draw("/movement?by=groups", "movement-movers")["movement-movers"])
    assert "/customer?" in page
    assert "&customer=" in page


def test_the_files_agree_with_one_another(client, fingerprint):
    view = f"data={fingerprint}&by=groups&since=2023-09-01&until=2024-02-01"
    cells, segments, movers = (
        rows(client, f"/download/movement/{name}.csv?{view}") for name in ("matrix", "segments", "movers")
    )
    moved = sum(int(row["customers"]) for row in cells if row["from"] != row["to"])
    assert moved == len(movers)
    assert sum(int(row["customers"]) for row in cells) == sum(int(row["after"]) for row in segments)


def test_the_movement_stands_on_all_customers_whatever_the_period(client, fingerprint):
    whole = rows(client, f"/download/movement/matrix.csv?data={fingerprint}&k=3")
    assert whole == rows(client, f"/download/movement/matrix.csv?data={fingerprint}&k=3&period=2023-05")


@pytest.mark.parametrize("since", ["1999-01-01", "2031-01-01"])
def test_days_outside_of_the_log_are_told_on_the_page(draw, since):
    page = draw(f"/movement?since={since}", "movement-flow")
    assert "is not a way through this log" in words(page["movement-flow"])
    assert "Show the last quarter" in words(page["movement-flow"])


@pytest.mark.parametrize("since", ["soon", "2023-02-31"])
def test_what_is_no_day_is_left_out(open_page, since):
    assert "It is left out" in words(open_page(f"/movement?since={since}")["banner"])
