"""What holds for every tab that is discovered, present and future."""

import json
import re
from pathlib import Path

import pytest

import dashboard.tabs
from core.registry import discover
from dashboard.tab import GROUPS

TABS = discover(dashboard.tabs, "TAB")
LOG = ("transactions", "money", "products", "countries")
ASSETS = Path(__file__).parents[2] / "assets"


def ids_of(component):
    found = [component.id] if getattr(component, "id", None) else []
    children = getattr(component, "children", None)
    for child in children if isinstance(children, list | tuple) else [children]:
        if hasattr(child, "to_plotly_json"):
            found += ids_of(child)
    return found


@pytest.fixture(params=TABS.values(), ids=TABS.keys())
def tab(request):
    return request.param


def test_a_tab_stands_in_a_group_and_asks_a_question(tab):
    assert tab.group in GROUPS
    assert tab.question.endswith("?")
    assert tab.label


def test_orders_are_unique():
    assert len({tab.order for tab in TABS.values()}) == len(TABS)


def test_its_icon_is_in_the_vendored_font(tab):
    assert f".bi-{tab.icon}::before" in (ASSETS / "vendor" / "bootstrap-icons.min.css").read_text()


def test_its_ids_are_its_own(tab):
    assert all(str(i).startswith(f"{tab.slug}-") for i in ids_of(tab.layout()))


def test_its_options_do_not_hide_parameters_of_the_view(tab):
    known = {
        "data",
        "rules",
        "as_of",
        "period",
        "compare",
        "prepare",
        "country",
        "segment",
        "group",
        "feature",
        "k",
        "range",
        "seed",
    }
    assert not known & set(tab.options)


def test_every_table_can_be_taken_along(tab, client, fingerprint, customers):
    for name in tab.tables:
        answer = client.get(f"/download/{tab.slug}/{name}.csv?data={fingerprint}")
        if answer.status_code == 422 and "is an order log" in answer.text:
            answer = client.get(f"/download/{tab.slug}/{name}.csv?data={customers}")
        if answer.status_code == 422:
            # A page of one customer has nothing to take along before one is chosen.
            assert "Choose one on the page" in answer.text, f"{name}: {answer.text[:200]}"
            continue
        assert answer.status_code == 200, f"{name}: {answer.text[:200]}"
        assert answer.data.startswith(b"\xef\xbb\xbf"), name
        assert "," in answer.text.splitlines()[0], name


def drawn_by(call, open_page, tab, href):
    response = call(first_output(tab), {"view.data": open_page(href)["view"]["data"]})
    assert response.status_code == 200
    return response.json["response"]


def first_output(tab):
    return next(i for i in ids_of(tab.layout()) if i.endswith("-answer"))


@pytest.mark.parametrize(
    "search", ["", "period=2023-05", "period=1999", "country=Germany", "segment=1", "rules=notebook", "compare=none"]
)
def test_it_answers_whatever_the_filters_leave(tab, call, open_page, search):
    drawn = json.dumps(drawn_by(call, open_page, tab, f"/{tab.slug}?{search}"))
    assert "Something went wrong" not in drawn
    assert "Reference" not in drawn
    assert not re.search(r"\bnan\b", drawn, re.IGNORECASE)


@pytest.fixture(params=["customers", "survey"])
def people(request):
    """A dataset that is no order log."""
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("search", ["", "segment=1", "k=3", "feature=age", "rules=none"])
def test_a_table_or_a_survey_has_an_answer_or_a_reason(tab, call, open_page, people, search):
    page = open_page(f"/{tab.slug}?data={people}&{search}")
    if not tab.fits(("customers", "survey")):
        said = json.dumps(page["content"], ensure_ascii=False)
        assert tab.question in said
        assert "/overview?" in said
        return
    skeleton = tab.skeleton("customers")
    own = next(i for i in ids_of(skeleton) if i.endswith("-answer"))
    response = call(own, {"view.data": page["view"]["data"]})
    assert response.status_code == 200, response.text[:300]
    drawn = json.dumps(response.json["response"])
    assert "Something went wrong" not in drawn
    assert "Reference" not in drawn
    assert not re.search(r"\bnan\b", drawn, re.IGNORECASE)


def test_a_table_that_is_no_log_is_not_spoken_of_as_one(tab, call, open_page, people):
    if not tab.fits(("customers", "survey")):
        return
    own = next(i for i in ids_of(tab.skeleton("customers")) if i.endswith("-answer"))
    drawn = json.dumps(call(own, {"view.data": open_page(f"/{tab.slug}?data={people}")["view"]["data"]}).json)
    assert "RFM group" not in drawn
    assert "recency, orders and spend" not in drawn


def test_what_makes_no_sense_is_dimmed_and_stays_in_its_place(open_page, customers, fingerprint):
    log, table = (json.dumps(open_page(f"/overview?data={data}")["nav"]) for data in (fingerprint, customers))
    assert "Seasons" in table
    assert table.count("not for this dataset") == sum(not tab.fits(("customers",)) for tab in TABS.values())
    assert log.count("not for this dataset") == sum(not tab.fits(LOG) for tab in TABS.values())


def test_every_table_of_people_can_be_taken_along(tab, client, people):
    if not tab.fits(("customers", "survey")):
        return
    for name in tab.tables:
        answer = client.get(f"/download/{tab.slug}/{name}.csv?data={people}")
        assert answer.status_code in (200, 422), f"{name}: {answer.text[:200]}"
        if answer.status_code == 422:
            assert "is no order log" in answer.text or "Choose one on the page" in answer.text, name


def test_it_speaks_of_segments_by_name(tab, call, open_page):
    drawn = json.dumps(drawn_by(call, open_page, tab, f"/{tab.slug}?"))
    assert not re.search(r"\bcluster \d", drawn, re.IGNORECASE)
