"""The Planner over the wire: the margin is asked for, sums agree with the audience, wrong settings are told."""

import csv
import io
import json

import pytest

from core.pipeline import Pipeline, View

FULL = "k=3&prepare=standard"


def words(part):
    return json.dumps(part, ensure_ascii=False)


def rows(client, fingerprint, search):
    answer = client.get(f"/download/planner/segments.csv?data={fingerprint}&{search}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_the_margin_is_asked_for_but_the_test_is_there_without(draw, fingerprint):
    drawn = draw(f"/planner?data={fingerprint}&{FULL}", "planner-answer")
    assert "Give the margin" in words(drawn["planner-answer"])
    assert "The margin is missing" in words(drawn["planner-worth"])
    assert "Held out" in words(drawn["planner-segments"])
    assert "Expected profit" not in words(drawn["planner-segments"]["children"]["props"]["children"][1])


def test_the_segments_of_the_plan_add_up_to_the_audience(client, settings, fingerprint):
    found = rows(client, fingerprint, f"{FULL}&margin=40&country=Germany&orders=2..")
    view = View(fingerprint, k=3, prepare="standard").but(countries=("Germany",), orders="2..")
    assert sum(int(row["customers"]) for row in found) == Pipeline(settings).audience(view).customers > 0
    assert all(int(row["treated"]) + int(row["holdout"]) == int(row["customers"]) for row in found)


def test_break_even_is_cost_by_contribution(client, fingerprint):
    for row in rows(client, fingerprint, f"{FULL}&margin=40&order=50&cost=1"):
        assert float(row["break_even_response"]) == pytest.approx(1 / (50 * 0.4))
        assert float(row["cost"]) == int(row["treated"])


def test_what_cannot_be_shown_is_red_and_something_is_offered(draw, fingerprint):
    drawn = draw(f"/planner?data={fingerprint}&{FULL}&margin=40&base=5", "planner-test")
    assert "nothing below +" in words(drawn["planner-segments"])
    assert "planner-red" in words(drawn["planner-segments"])
    assert "Nothing below +" in words(drawn["planner-test"])
    assert "read=pooled" in words(drawn["planner-test"])
    # Of 120 customers no holdout is enough; the table says 8,158 an arm.
    assert "16,316 customers" in words(drawn["planner-test"])


def test_read_as_one_the_table_has_one_row(draw, fingerprint):
    page = draw(f"/planner?data={fingerprint}&{FULL}&margin=40&read=pooled", "planner-segments")
    drawn = words(page["planner-segments"])
    assert "All together" in drawn
    assert drawn.count('"scope": "row"') == 1


def test_a_discount_of_the_whole_margin_never_breaks_even(draw, fingerprint):
    drawn = draw(f"/planner?data={fingerprint}&{FULL}&margin=20&discount=20", "planner-answer")
    assert "never breaks even" in words(drawn["planner-answer"])


@pytest.mark.parametrize("wrong", ["margin=0", "margin=-5", "holdout=0", "holdout=100", "cost=cheap", "base=150"])
def test_a_setting_that_does_not_fit_is_told_and_left_out(open_page, fingerprint, wrong):
    page = open_page(f"/planner?data={fingerprint}&{wrong}")
    assert "It is left out" in words(page["banner"])
    assert wrong not in words(page["view"])


def test_nobody_is_told_in_words(draw, fingerprint):
    drawn = draw(f"/planner?data={fingerprint}&{FULL}&margin=40&orders=9999..", "planner-answer")
    assert "Nobody fits" in words(drawn["planner-answer"])


def test_a_customer_table_plans_too(draw, client, customers):
    drawn = draw(f"/planner?data={customers}&margin=40&order=30", "planner-answer")
    assert "expected from a campaign" in words(drawn["planner-answer"])
    assert {row["response_without"] for row in rows(client, customers, "margin=40&order=30")} == {"0.05"}
