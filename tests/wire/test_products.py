"""The Products tab over the wire."""

import json

import pytest


def words(response):
    return json.dumps(response, ensure_ascii=False)


def test_the_tab_answers_its_question(draw):
    drawn = draw("/products", "products-answer")
    assert "of revenue" in words(drawn["products-answer"])
    assert "Product 10" in words(drawn["products-best"])
    assert "of units come back" in words(drawn["products-returns"])


@pytest.mark.parametrize("rank", ["revenue", "quantity", "buyers"])
def test_every_rank_draws(draw, rank):
    assert "leads by" in words(draw(f"/products?rank={rank}&show=100", "products-answer")["products-best"])


def test_returns_that_the_rules_dropped_are_said_to_be_missing(draw):
    drawn = draw("/products?rules=notebook", "products-answer")
    assert "Returns are left out" in words(drawn["products-returns"])


def test_a_period_without_sales_is_empty_and_no_error(draw):
    assert "Nothing was sold" in words(draw("/products?period=2019", "products-answer")["products-best"])


@pytest.mark.parametrize("name", ["best", "classes", "seasons", "returns"])
def test_every_picture_has_its_csv(client, fingerprint, name):
    assert client.get(f"/download/products/{name}.csv?data={fingerprint}").status_code == 200
