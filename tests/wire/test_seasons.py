"""The Seasons tab over the wire."""

import json

import pytest


def words(response):
    return json.dumps(response, ensure_ascii=False)


def test_the_tab_answers_its_question(draw):
    drawn = draw("/seasons?rules=notebook", "seasons-answer")
    assert "month" in words(drawn["seasons-answer"])
    assert "brought most" in words(drawn["seasons-steps"])
    assert "Hour of the day" in words(drawn["seasons-hours"])
    assert "average month" in words(drawn["seasons-index"])


@pytest.mark.parametrize("grain", ["day", "week", "month", "quarter"])
@pytest.mark.parametrize("measure", ["revenue", "orders", "customers"])
def test_every_step_and_measure_draws(draw, grain, measure):
    drawn = draw(f"/seasons?grain={grain}&measure={measure}&cell={measure}", "seasons-answer")
    assert f"by {grain}" in words(drawn["seasons-steps"])


def test_an_unknown_step_is_reported(open_page):
    assert "decade" in words(open_page("/seasons?grain=decade")["banner"])


def test_a_period_before_the_first_order_is_empty_and_no_error(draw):
    drawn = draw("/seasons?period=2019", "seasons-answer")
    assert "No orders in this period" in words(drawn["seasons-steps"])


def test_the_csv_holds_the_steps_that_are_drawn(client, fingerprint):
    text = client.get(f"/download/seasons/steps.csv?data={fingerprint}&grain=quarter").text
    head, first, *_ = text.lstrip("\ufeff").splitlines()
    assert head.startswith("label,start,end,unfinished,revenue,orders,customers")
    assert first.startswith("Q1 2023")


@pytest.mark.parametrize("name", ["hours", "index"])
def test_every_picture_has_its_csv(client, fingerprint, name):
    assert client.get(f"/download/seasons/{name}.csv?data={fingerprint}").status_code == 200
