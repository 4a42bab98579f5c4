"""The Choose k tab over the wire."""

import csv
import io
import json
from types import SimpleNamespace

import pandas as pd

from core.pipeline import View
from core.segments.dividing import clusterer
from dashboard.components import choosing, verdict
from dashboard.state import Look


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


def later(call, drawn):
    """What the second callback adds once the first has drawn."""
    answer = call("choose-k-stability", {"choose-k-drawn.data": drawn["choose-k-drawn"]["data"]})
    assert answer.status_code == 200
    return answer.json["response"]


def test_stability_comes_after_the_charts_and_joins_the_reasons(call, draw):
    drawn = draw("/choose-k?k=3", "choose-k-answer")
    assert "…" in words(drawn["choose-k-why"])
    added = later(call, drawn)
    why = next(part for name, part in added.items() if name.startswith("choose-k-why"))
    assert "Weakest overlap" in words(why)
    assert "resamples" in words(added["choose-k-stability"])
    assert "Zappia" in words(added["choose-k-splits"])


def test_the_verdict_is_the_same_before_and_after_stability(call, draw):
    drawn = draw("/choose-k", "choose-k-answer")
    why = next(part for name, part in later(call, drawn).items() if name.startswith("choose-k-why"))
    for number in ("two", "three", "four", "five", "six"):
        assert (f"Why {number}" in words(drawn["choose-k-why"])) == (f"Why {number}" in words(why))


def test_all_criteria_can_be_taken_along(client, fingerprint):
    found = rows(client, f"/download/choose-k/criteria.csv?data={fingerprint}&range=1:5&k=3")
    assert [int(row["k"]) for row in found] == [1, 2, 3, 4, 5]
    columns = ("calinski_harabasz", "davies_bouldin", "stability_least", "stability_mean", "band")
    assert all(row[column] for row in found[1:] for column in columns)
    assert not any(found[0][column] for column in columns)
    own = rows(client, f"/download/choose-k/stability.csv?data={fingerprint}&range=1:5&k=3")
    least = min(float(row["jaccard"]) for row in own)
    assert float(found[2]["stability_least"]) == least


def test_streams_lead_from_every_number_to_the_next(client, fingerprint):
    streams = rows(client, f"/download/choose-k/streams.csv?data={fingerprint}&range=1:5&k=3")
    assert {int(row["k"]) for row in streams} == {1, 2, 3, 4}
    groups = rows(client, f"/download/choose-k/groups.csv?data={fingerprint}&range=1:5&k=3")
    assert [int(row["k"]) for row in groups if row["used"] == "True"] == [3, 3, 3]


def test_where_a_method_finds_no_groups_it_says_so_and_leads_to_others(draw):
    drawn = draw("/choose-k?method=hdbscan", "choose-k-answer")
    assert "finds no groups" in words(drawn["choose-k-answer"])
    assert "/methods?" in words(drawn["choose-k-bar"])
    assert drawn["choose-k-drawn"]["data"] is None


def test_a_method_that_finds_the_number_itself_has_no_stepper():
    look, method = Look("choose-k", View("f", method="hdbscan")), clusterer.of("hdbscan")
    bar = str(choosing.bar(look, 5, {"log": "Log"}, "log", method))
    assert "found by HDBSCAN" in bar
    assert "One segment more" not in bar


def test_of_a_method_that_stands_in_no_number_is_in_use():
    criteria = ("silhouette", "calinski_harabasz", "davies_bouldin", "explained", "smallest_share")
    rows = pd.DataFrame({"k": [2, 3], "smallest": [20, 30], **{name: [0.5, 0.4] for name in criteria}})
    sweep = SimpleNamespace(rows=rows, sampled=0)
    assert "className='on'" in str(verdict.by_k(sweep, 2))
    assert "className='on'" not in str(verdict.by_k(sweep, 2, waits=False))


def test_features_and_methods_are_chosen_on_their_own_pages(draw):
    bar = words(draw("/choose-k", "choose-k-answer")["choose-k-bar"])
    assert "/features?" in bar
    assert "/methods?" in bar


def test_a_table_and_a_survey_have_the_same_page(call, draw, customers, survey):
    for dataset in (customers, survey):
        added = later(call, draw(f"/choose-k?data={dataset}", "choose-k-answer"))
        assert "resamples" in words(added["choose-k-stability"])
