"""Finding a customer by id, by its beginning, or by a contact given in full."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import ParameterError
from core.segments.customers.searching import find, of_token, token
from core.warehouse import engine

IDS = ["12347", "12348", "17850", "17851", "AB-7", "ann@example.org", "00042"]


@pytest.fixture(scope="module")
def people():
    return engine.lift(pd.DataFrame({"customer": range(len(IDS)), "customer_id": IDS}))


@pytest.fixture(scope="module")
def contacts(tmp_path_factory):
    path = tmp_path_factory.mktemp("contacts") / "contacts.parquet"
    rows = {"customer_id": ["12347", "17850"], "email": ["emil@example.org", "anouk@example.org"],
            "first_name": ["Emil", "Anouk"], "last_name": ["Gill", None],
            "phone": ["+44 20 7946 0958", None]}  # fmt: skip
    pd.DataFrame(rows).to_parquet(path)
    return (path,)


def ids(found):
    return found.rows["customer_id"].tolist()


@pytest.mark.parametrize("text", ["17850", " 17850 ", "17850.0", "17850.00"])
def test_an_id_is_found_as_a_spreadsheet_writes_it(people, text):
    found = find(people, text)
    assert (found.how, ids(found)) == ("id", ["17850"])


def test_case_does_not_matter(people):
    assert ids(find(people, "ab-7")) == ["AB-7"]


def test_a_beginning_finds_all_that_begin_so_in_order_and_says_how_many(people):
    found = find(people, "1", most=3)
    assert (found.how, found.total, ids(found)) == ("start", 4, ["12347", "12348", "17850"])


def test_leading_zeros_count(people):
    assert find(people, "42").how != "id"
    assert ids(find(people, "00042")) == ["00042"]


def test_an_id_that_is_an_address_is_found_in_full_alone(people):
    assert find(people, "ann@example.org").how == "id"
    assert ids(find(people, "ann")) == []


def test_a_slip_of_the_keyboard_names_ids_that_are_spelled_alike(people):
    found = find(people, "17580")
    assert found.how == "near"
    assert ids(found)[0] == "17850"


@pytest.mark.parametrize("text", ["emil@example.org", "EMIL@example.org", "emil gill", "Emil  Gill", "442079460958"])
def test_a_contact_in_full_finds_its_customer(people, contacts, text):
    found = find(people, text, contacts)
    assert (found.how, ids(found)) == ("contact", ["12347"])


@pytest.mark.parametrize("text", ["emil", "example.org", "emil@", "@", "%"])
def test_a_part_of_a_contact_finds_nobody(people, contacts, text):
    assert find(people, text, contacts).how == ""


def test_nobody_is_looked_for_without_a_text(people):
    assert find(people, "   ").total == 0


def test_an_endless_text_is_refused_in_words(people):
    with pytest.raises(ParameterError, match="500 characters"):
        find(people, "x" * 500)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_value_and_never_a_query(people, text):
    found = find(people, text)
    assert set(ids(found)) <= set(IDS)
    assert len(find(people, "17850").rows) == 1


def test_a_token_leads_back_to_its_customer_without_holding_the_id(people):
    made = token("ann@example.org")
    assert "ann" not in made
    assert of_token(people, made)["customer_id"].tolist() == ["ann@example.org"]
    assert of_token(people, "~0000000000000000").empty
