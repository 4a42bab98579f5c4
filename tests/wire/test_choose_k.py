"""The Choose k tab over the wire."""

import csv
import io
import json


def words(response):
    return json.dumps(response, ensure_ascii=False)


def rows(client, href):
    answer = client.get(href)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))


def test_the_page_answers_with_a_number_and_its_reasons(draw):
    drawn = draw("/choose-k", "choose-k-answer")
    assert "Why " in words(drawn["choose-k-why"])
    assert "The elbow is at" in words(drawn["choose-k-inertia"])
    assert "silhouette is highest at" in words(drawn["choose-k-silhouette"])
    assert "exact" in words(drawn["choose-k-silhouette"])


def test_a_number_of_ones_own_is_told_from_the_verdict(draw):
    assert "Seven, by your choice." in words(draw("/choose-k?k=7", "choose-k-answer")["choose-k-answer"])


def test_one_step_is_a_link_that_every_tab_follows(draw):
    bar = words(draw("/choose-k?k=3", "choose-k-answer")["choose-k-bar"])
    assert "k=2" in bar
    assert "k=4" in bar
    assert words(draw("/segments?k=5", "segments-part")).count("card segment-card") == 5


def test_there_is_no_step_below_two_segments(draw):
    bar = words(draw("/choose-k?k=2", "choose-k-answer")["choose-k-bar"])
    assert "One segment fewer" not in bar
    assert "One segment more" in bar


def test_one_range_moves_both_charts(client, fingerprint):
    swept = rows(client, f"/download/choose-k/selection.csv?data={fingerprint}&range=1:8")
    assert [int(row["k"]) for row in swept] == list(range(1, 9))
    assert [bool(row["silhouette"]) for row in swept] == [False] + [True] * 7


def test_another_preparation_changes_the_figures(client, fingerprint):
    log, plain = (
        rows(client, f"/download/choose-k/selection.csv?data={fingerprint}&prepare={how}")
        for how in ("log", "standard")
    )
    assert log != plain


def test_silhouettes_can_be_taken_along(client, fingerprint):
    points = rows(client, f"/download/choose-k/silhouettes.csv?data={fingerprint}&k=3")
    assert {row["id"] for row in points} == {"1", "2", "3"}
