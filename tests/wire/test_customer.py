"""One customer over the wire: found, explained, moved, and told of when they are nobody."""

import csv
import io
import json
import re

import pytest

from core.pipeline import Pipeline, View


def words(response):
    return json.dumps(response, ensure_ascii=False)


def text(node):
    """What stands on the page, without its structure."""
    if isinstance(node, dict):
        return text(node.get("props", node).get("children")) if "props" in node else " ".join(map(text, node.values()))
    if isinstance(node, list):
        return "".join(map(text, node))
    return "" if node is None else str(node)


def answer(response):
    return text(response["customer-answer"])


@pytest.fixture(scope="module")
def example(settings, fingerprint):
    found, names = Pipeline(settings).customer_examples(View(fingerprint, k=3))
    one = found.typical.iloc[0]
    return str(one["customer_id"]), names[int(one["segment"])].name


def test_without_a_customer_there_are_some_to_begin_with(draw):
    page = draw("/customer?k=3", "customer-answer")
    part = words(page["customer-part"])
    assert "The most typical customer of each segment" in part
    assert part.count("customer=") >= 3 + 1
    assert page["customer-find"]["value"] == ""


def test_a_customer_is_explained(draw, example):
    id, segment = example
    page = draw(f"/customer?k=3&customer={id}", "customer-answer")
    said, part = answer(page), text(page["customer-part"])
    assert said.startswith(f"Customer {id} ")
    assert segment in said
    assert "typical of" in said
    for title in ("Their place is", "Speaks for", "RFM scores and group", "They brought", "What else is known of them"):
        assert title in part


def test_a_whole_id_that_is_searched_for_opens_the_customer(draw, example):
    page = draw(f"/customer?k=3&find={example[0]}.0", "customer-answer")
    assert answer(page).startswith(f"Customer {example[0]} ")
    assert page["customer-find"]["value"] == f"{example[0]}.0"


def test_the_beginning_of_an_id_lists_who_begins_so(draw):
    page = draw("/customer?k=3&find=120", "customer-answer")
    assert "100 customers found" in answer(page)
    assert "the first 12 of them" in text(page["customer-part"])
    assert len(re.findall(r"customer=120\d\d", words(page["customer-part"]))) >= 12


def test_an_unknown_id_names_those_that_are_spelled_alike(draw):
    page = draw("/customer?k=3&customer=99999", "customer-answer")
    assert "There is no customer “99999”" in answer(page)
    page = draw("/customer?k=3&find=12O01", "customer-answer")
    assert "Spelled alike" in text(page["customer-part"])


@pytest.mark.parametrize("typed", ["%27%3B+drop+table+x%3B--", "%3Cscript%3E", "%25", "~", "~0"])
def test_nothing_that_is_typed_does_harm(draw, typed):
    assert "no customer" in answer(draw(f"/customer?k=3&find={typed}", "customer-answer"))
    assert "no customer" in answer(draw(f"/customer?k=3&customer={typed}", "customer-answer"))


def test_an_endless_id_is_left_out_and_said(open_page):
    page = open_page(f"/customer?k=3&customer={'9' * 300}")
    assert "too long" in words(page["banner"])


@pytest.mark.parametrize("how", ["months", "total"])
def test_the_orders_can_be_drawn_otherwise(draw, example, how):
    page = draw(f"/customer?k=3&customer={example[0]}&draw={how}", "customer-answer")
    assert "customer-timeline" in words(page["customer-part"])


@pytest.mark.parametrize("name", ["features", "others", "orders", "months", "products"])
def test_every_picture_can_be_taken_along(client, fingerprint, example, name):
    reply = client.get(f"/download/customer/{name}.csv?data={fingerprint}&k=3&customer={example[0]}")
    rows = list(csv.DictReader(io.StringIO(reply.get_data(as_text=True).lstrip("\ufeff"))))
    assert rows
    if name == "orders":
        assert {"order", "date", "kind", "amount", "total_so_far"} <= set(rows[0])


def test_a_download_of_nobody_says_so(client, fingerprint):
    reply = client.get(f"/download/customer/orders.csv?data={fingerprint}&customer=nobody")
    assert reply.status_code == 422
    assert "no customer" in reply.get_data(as_text=True)


def test_the_parts_of_the_difference_are_taken_along_and_add_up(client, settings, fingerprint, example):
    reply = client.get(f"/download/customer/features.csv?data={fingerprint}&k=3&customer={example[0]}")
    rows = list(csv.DictReader(io.StringIO(reply.get_data(as_text=True).lstrip("\ufeff"))))
    why = Pipeline(settings).customer(View(fingerprint, k=3), example[0]).why
    assert sum(float(row["pull"]) for row in rows) == pytest.approx(why.next_distance**2 - why.distance**2, rel=1e-4)


@pytest.mark.parametrize("kind", ["customers", "survey"])
def test_tables_explain_their_customers_too(draw, request, settings, kind):
    data = request.getfixturevalue(kind)
    found, _ = Pipeline(settings).customer_examples(View(data, k=3))
    id = found.typical["customer_id"].iloc[0]
    page = draw(f"/customer?data={data}&k=3&customer={id}", "customer-answer")
    assert answer(page).startswith(f"Customer {id} ")
    part = text(page["customer-part"])
    assert "Speaks for" in part
    assert "RFM scores" not in part


@pytest.mark.parametrize("method", ["gaussian", "hdbscan"])
def test_methods_without_centres_are_explained_beside_averages(draw, example, method):
    said = answer(draw(f"/customer?k=3&method={method}&customer={example[0]}", "customer-answer"))
    assert said.startswith(f"Customer {example[0]} ")
