"""Whom a campaign is for: parts and exceptions select whom they say."""

import datetime as dt

import pandas as pd
import pytest

from core.campaigns.ranges import Range
from core.campaigns.targeting import members
from core.campaigns.targeting.who import Part, Who
from core.pipeline import Pipeline, View
from core.settings import Settings
from core.warehouse import engine
from tests import people_tables
from tests.core import logs

FIRST = dt.datetime(2024, 1, 2, 10)
PLACES = ("Germany", "France", "Italy")
TEA, CAKE = "T1", "C1"


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """60 customers; number n orders n % 4 + 1 times from its country, the even ones tea and the odd ones cake."""
    folder, rows, number = tmp_path_factory.mktemp("targets"), [], 1
    for n in range(60):
        for turn in range(n % 4 + 1):
            day = (FIRST + dt.timedelta(days=5 * n + turn)).isoformat(sep=" ")
            code = CAKE if n % 2 else TEA
            much, price, place = 1 + n % 3, 2 + n, PLACES[n % 3]
            rows.append(
                logs.row(
                    order=number, customer=1000 + n, date=day, quantity=much, price=price, country=place, code=code
                )
            )
            number += 1
    pipeline = Pipeline(Settings(home=folder / "home"))
    stored = pipeline.receive(logs.write(folder, logs.text(rows)), name="Little shop")
    return pipeline, View(stored.fingerprint, rules="notebook", k=3, prepare="standard")


def chosen(shop, who, contacts=()):
    pipeline, view = shop
    frame = members.of_log(pipeline.slice(view.whole()), who, pipeline._marks(view), contacts)
    return set(engine.collect(frame)["customer_id"])


def ids(wanted):
    return {str(1000 + n) for n in range(60) if wanted(n)}


def test_without_parts_everybody_is_in(shop):
    assert chosen(shop, Who()) == ids(lambda n: True)


def test_conditions_of_a_part_all_hold_and_of_several_values_any(shop):
    part = Part(countries=("France", "Italy"), orders=Range(low=3))
    assert chosen(shop, Who((part,))) == ids(lambda n: n % 3 in (1, 2) and n % 4 >= 2)


def test_parts_are_united_and_exceptions_taken_away(shop):
    who = Who((Part(products=(TEA,)), Part(countries=("France",))), (Part(orders=Range(high=1)),))
    assert chosen(shop, who) == ids(lambda n: (n % 2 == 0 or n % 3 == 1) and n % 4 + 1 > 1)


def test_a_segment_is_the_segment_of_every_other_page(shop):
    pipeline, view = shop
    labels = pipeline.segmentation(view).labels
    for one in pipeline.segmentation(view).names:
        found = engine.collect(
            members.of_log(pipeline.slice(view.whole()), Who((Part(segments=(one.id,)),)), pipeline._marks(view))
        )
        assert len(found) == (labels == one.id).sum() == one.customers
        assert set(found["segment"]) == {one.id}


def test_what_nobody_bought_leaves_nobody(shop):
    assert chosen(shop, Who((Part(products=("none such",)),))) == set()


def test_consent_asks_the_first_file_that_knows(shop, tmp_path):
    one, two = tmp_path / "a.parquet", tmp_path / "b.parquet"
    pd.DataFrame({"customer_id": ["1000", "1001", "1002"], "consent": ["yes", "no", None]}).to_parquet(one)
    pd.DataFrame({"customer_id": ["1001", "1002", "1003"], "consent": ["yes", "yes", "no"]}).to_parquet(two)
    assert chosen(shop, Who((Part(consent="yes"),)), (one, two)) == {"1000", "1002"}
    assert chosen(shop, Who((Part(consent="asked"),)), (one, two)) == {"1000", "1001", "1002", "1003"}
    assert chosen(shop, Who((Part(consent="yes"),))) == set()


def test_of_a_table_parts_and_exceptions_select_alike(tmp_path):
    pipeline = Pipeline(Settings(home=tmp_path / "home"))
    table = people_tables.write(tmp_path / "c.csv", people_tables.customers(), people_tables.CUSTOMERS)
    view = View(pipeline.receive(table).fingerprint)
    roster = pipeline._roster(view)
    everybody = members.of_table(roster, Who())
    first = members.of_table(roster, Who((Part(segments=(1,)),)))
    rest = members.of_table(roster, Who((), (Part(segments=(1,)),)))
    assert 0 < len(first) < len(everybody) == len(first) + len(rest)
    assert set(first["segment"]) == {1}
    assert members.of_table(roster, Who((Part(countries=("France",)),))).empty
