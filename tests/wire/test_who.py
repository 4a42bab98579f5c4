"""The audience builder over the wire: every link leads to the customers that it promises, and wrong ones are told."""

import json
import re
from urllib.parse import urlencode

import pandas as pd
import pytest

from core.campaigns.ranges import Range
from core.campaigns.targeting.who import Part, Who
from core.pipeline import Pipeline, View
from tests.wire.conftest import write_log

FULL = {"k": "3", "prepare": "standard", "rules": "notebook"}


def words(part):
    return json.dumps(part, ensure_ascii=False)


def nodes(part):
    """Every component in the tree."""
    if isinstance(part, dict):
        if "namespace" in part:
            yield part
        for value in part.values():
            yield from nodes(value)
    elif isinstance(part, list):
        for each in part:
            yield from nodes(each)


def text(part):
    if isinstance(part, dict):
        return text(part.get("props", {}).get("children"))
    if isinstance(part, list):
        return "".join(map(text, part))
    return "" if part is None else str(part)


def of_class(part, name):
    return [node for node in nodes(part) if name in str(node["props"].get("className", "")).split()]


def total(card):
    """The count of the headline."""
    said = text(of_class(card, "who-total")[0]).replace(",", "")
    return 0 if said.startswith("Nobody") else int(re.search(r"\d+", said)[0])


@pytest.fixture
def build(draw, fingerprint):
    """The card of a link."""

    def run(data="", **options):
        search = urlencode({"data": data or fingerprint, **({} if data else FULL), **options})
        return draw(f"/planner?{search}", "planner-answer")["planner-audience"]["children"]

    return run


@pytest.fixture(scope="module")
def bought(tmp_path_factory):
    """The lines of the small shop that count, read from its file."""
    rows = pd.read_csv(write_log(tmp_path_factory.mktemp("again") / "small.csv"), dtype={"StockCode": str})
    rows = rows.drop_duplicates().dropna(subset=["CustomerID"])
    return rows[(rows["Quantity"] > 0) & (rows["UnitPrice"] > 0)]


def of(part):
    return Who((part,)).text


def test_without_a_choice_it_is_for_everybody(build, bought):
    card = build()
    assert total(card) == bought["CustomerID"].nunique()
    assert "Everybody whom the filters above leave" in text(card)
    assert "Narrow down" in text(card)


def test_every_choice_promises_the_customers_that_its_link_leads_to(build, open_page, draw):
    choices = of_class(build(part="in0"), "who-choice")
    assert len(choices) > 12
    for choice in choices:
        promised = int(text(choice["props"]["children"][-1]).replace(",", ""))
        led = draw(choice["props"]["href"], "planner-answer")
        assert total(led["planner-audience"]["children"]) == promised
        assert promised == 0 or f"{promised:,} customers" in text(led["planner-answer"]["children"])


def test_groups_are_united_and_those_left_out_are_taken_away(build, bought):
    code = bought["StockCode"].mode()[0]
    orders = bought.groupby("CustomerID")["InvoiceNo"].nunique()
    french = set(bought.loc[bought["Country"] == "France", "CustomerID"])
    buyers = set(bought.loc[bought["StockCode"] == code, "CustomerID"])
    often = set(orders[orders >= 8].index)
    who = Who((Part(countries=("France",)), Part(products=(code,), orders=Range(high=9))), (Part(orders=Range(8)),))
    card = build(who=who.text)
    few = {one for one in buyers if orders[one] <= 9}
    assert total(card) == len((french | few) - often)
    counts = [text(each["props"]["children"][1]) for each in of_class(card, "who-part")]
    assert counts[0] == f"{len(french)} customers"
    assert counts[1] == f"{len(few)} customers"
    assert counts[2].startswith(f"{len(often)} customers, {len((french | few) & often)} of them taken away")
    assert f"bought PRODUCT {code}" in text(card)
    assert [text(each) for each in of_class(card, "who-join")] == ["or", "but not"]


def test_a_chip_takes_its_condition_away_and_the_last_one_the_group(build):
    who = Who((Part(countries=("France",), orders=Range(2)),))
    chips = of_class(build(who=who.text), "remove")
    assert [chip["props"]["aria-label"] for chip in chips] == [
        "Customers: take away “in France”", "Customers: take away “at least 2 orders”",
    ]  # fmt: skip
    assert urlencode({"who": of(Part(orders=Range(2)))}) in chips[0]["props"]["href"]
    (last,) = of_class(build(who=of(Part(countries=("France",))), part="in0"), "remove")
    assert "who=" not in last["props"]["href"]
    assert "part=" not in last["props"]["href"]


def test_a_choice_that_is_taken_again_is_let_go(build):
    who = of(Part(countries=("France", "Germany")))
    on = of_class(build(who=who, part="in0"), "who-choice")
    on = {text(each): each["props"] for each in on if each["props"].get("aria-current") == "true"}
    assert len(on) == 2
    href = next(props["href"] for face, props in on.items() if face.startswith("France"))
    assert urlencode({"who": of(Part(countries=("Germany",)))}) in href


def test_a_product_is_found_by_a_part_of_its_name_or_code(build, bought):
    card = build(part="in0", find="product 100")
    (listed,) = of_class(card, "who-found")
    codes = [c for c in bought["StockCode"].unique() if "100" in c]
    assert len(of_class(listed, "who-choice")) == min(12, len(codes))
    code = bought["StockCode"].mode()[0]
    (one,) = of_class(of_class(build(part="in0", find=code), "who-found")[0], "who-choice")
    buyers = bought.loc[bought["StockCode"] == code, "CustomerID"].nunique()
    assert text(one) == f"PRODUCT {code}{code}{buyers}"
    assert "Nothing is called “zeppelin”" in text(build(part="in0", find="zeppelin"))
    assert not of_class(build(part="in0", find="  "), "who-found")


def test_the_filters_of_the_page_come_first(build, bought):
    card = build(country="Germany", who=of(Part(orders=Range(3))))
    german = bought[bought["Country"] == "Germany"]
    orders = bought.groupby("CustomerID")["InvoiceNo"].nunique()
    inside = german["CustomerID"].unique()
    assert text(of_class(card, "who-total")[0]) == f"{(orders[inside] >= 3).sum()} of {len(inside)} customers"


def test_nobody_is_told_in_words(build):
    assert "Nobody of 120 customers" in text(build(who=of(Part(orders=Range(900)))))


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"who": "in=colour%3Dred"}, "colour=red"),
        ({"who": "out=segment%3D1"}, "is no part of an audience"),
        ({"who": "in="}, "holds no condition"),
        ({"who": of(Part(segments=(17,)))}, "no segment '17'"),
        ({"who": of(Part(products=("GONE",)))}, "no product 'GONE'"),
        ({"who": of(Part(countries=("Atlantis",)))}, "no country 'Atlantis'"),
        ({"who": of(Part(groups=("kings",)))}, "no RFM group 'kings'"),
        ({"who": of(Part(consent="yes"))}, "nothing says who agreed"),
        ({"part": "out3"}, "no group 'out3'"),
    ],
)
def test_a_link_that_asks_for_what_there_is_not_is_told_and_left_out(open_page, fingerprint, options, told):
    page = open_page(f"/planner?{urlencode({'data': fingerprint, **FULL, **options})}")
    assert told in words(page["banner"])
    assert "who=" not in page["view"]["data"]["search"]
    assert "part=" not in page["view"]["data"]["search"]


def test_of_a_table_only_what_it_tells_can_be_asked_for(build, customers, settings):
    card = build(customers, part="in0")
    titles = [text(node) for node in nodes(card) if node["type"] == "H4"]
    assert titles == ["Segment", "How they buy"]
    for segment in Pipeline(settings).segment_names(View(customers)):
        assert total(build(customers, who=of(Part(segments=(segment.id,))))) == segment.customers


def test_the_card_stays_small_enough_to_answer_at_once(build):
    parts = tuple(Part(countries=(place,), orders=Range(2)) for place in ("France", "Germany", "EIRE"))
    card = build(who=Who(parts[:2], parts[2:]).text, part="in1", find="product")
    assert sum(1 for _ in nodes(card)) < 280
