"""The close-up over the wire: order logs, customer tables and surveys; cards of segments that lead there."""

import csv
import io
import json

import pytest

from core.pipeline import Pipeline
from tests.wire.conftest import write_log

HEADS = ("Category", "Channel")


def words(response):
    return json.dumps(response, ensure_ascii=False)


def test_the_segment_with_most_revenue_comes_first_and_all_others_are_a_click_away(draw, fingerprint):
    made = draw("/portrait?k=3", "portrait-answer")
    part = words(made["portrait-part"])
    assert part.count("&one=") == 3
    assert '"aria-current": "true"' in part
    for said in ("Customers", "Revenue", "Difference", "typical customer", "told from the rest", "Lift", "Country"):
        assert said in part
    assert "portrait-times-graph" in part


def test_the_answer_says_what_they_differ_in_and_a_typical_customer_leads_to_their_page(draw):
    made = draw("/portrait?k=3", "portrait-answer")
    assert " differ most in " in words(made["portrait-answer"])
    assert " of all customers. " in words(made["portrait-answer"])
    assert "&customer=" in words(made["portrait-part"])


def test_a_rule_stands_with_what_it_finds_and_how_often_it_is_right(draw):
    part = words(draw("/portrait?k=3", "portrait-answer")["portrait-part"])
    assert "of this segment (" in part
    assert "are in it." in part
    assert "¤" not in part


def test_the_filter_of_segments_chooses_and_the_own_choice_comes_before_it(draw):
    first, second = (
        words(draw(f"/portrait?k=3&segment=2{own}", "portrait-answer")["portrait-answer"]) for own in ("", "&one=3")
    )
    assert first != second


def test_a_segment_that_does_not_exist_is_refused_in_words(call, open_page):
    data = open_page("/portrait?k=3&one=99")["view"]["data"]
    said = words(call("portrait-answer", {"view.data": data}).json)
    assert "There is no segment" in said
    assert "Choose one of" in said


@pytest.mark.parametrize("when", ["weekday", "hour"])
def test_orders_are_shown_by_other_times_as_well(draw, when):
    part = words(draw(f"/portrait?k=3&when={when}", "portrait-answer")["portrait-part"])
    assert {"weekday": "Weekday", "hour": "Hour"}[when] in part


@pytest.mark.parametrize("kind", ["customers", "survey"])
def test_tables_are_portrayed_by_their_columns(draw, request, kind):
    part = words(draw(f"/portrait?data={request.getfixturevalue(kind)}&k=3", "portrait-answer")["portrait-part"])
    assert "typical customer" in part
    assert "Difference" in part
    assert "portrait-times-graph" not in part


@pytest.mark.parametrize("name", ["rules", "differences", "typical", "drivers", "favourites", "countries", "times"])
def test_everything_can_be_taken_along(client, fingerprint, name):
    answer = client.get(f"/download/portrait/{name}.csv?data={fingerprint}&k=3").get_data(as_text=True)
    rows = list(csv.DictReader(io.StringIO(answer.lstrip("\ufeff"))))
    assert rows or name == "favourites"
    assert "¤" not in answer
    assert len({row["id"] for row in rows if "id" in row}) <= 1


@pytest.fixture(scope="module")
def told(settings, fingerprint, tmp_path_factory):
    """The log with a category of each product and a channel of each order, stored before the log itself."""
    folder = tmp_path_factory.mktemp("told")
    with write_log(folder / "plain.csv").open(newline="") as file:
        header, *rows = csv.reader(file)
    path = folder / "told.csv"
    # Twenty categories of two products each, so that who buys a lot buys from more of them than others do.
    more = [[f"Kind {int(row[1]) % 20}", ("shop", "app", "web")[number(row) % 3]] for row in rows]
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([[*header, "Category", "Channel"], *map(list.__add__, rows, more)])
    pipeline = Pipeline(settings)
    made = pipeline.receive(path, name="Told shop").fingerprint
    described = pipeline.store.datasets / made / "dataset.json"
    described.write_text(json.dumps({**json.loads(described.read_text()), "added": "2019-01-01T00:00:00+00:00"}))
    return made


def number(row):
    """The number of the customer, so that the kind of customer decides the channel."""
    return int(float(row[6] or 0))


def test_categories_and_channels_stand_beside_everybodys_where_the_log_names_them(draw, told):
    part = words(draw(f"/portrait?data={told}&k=3", "portrait-answer")["portrait-part"])
    for head in HEADS:
        assert f'"children": "{head}"' in part
    assert "customers by channel, beside that of all" in part
    assert "who bought from a category" in part
    assert "/download/portrait/categories.csv" in part
    assert "/download/portrait/channels.csv" in part


def test_a_log_that_names_none_has_no_card_of_them(draw, fingerprint):
    part = words(draw(f"/portrait?data={fingerprint}&k=3", "portrait-answer")["portrait-part"])
    assert "by channel" not in part
    assert "from a category" not in part


@pytest.mark.parametrize(("name", "column"), [("categories", "name"), ("channels", "channel")])
def test_categories_and_channels_can_be_taken_along(client, told, name, column):
    answer = client.get(f"/download/portrait/{name}.csv?data={told}&k=3").get_data(as_text=True)
    rows = list(csv.DictReader(io.StringIO(answer.lstrip("\ufeff"))))
    assert rows
    assert {row[column].split()[0] for row in rows} <= {"Kind", "shop", "app", "web"}


def test_cards_of_segments_lead_to_the_close_up(draw):
    part = words(draw("/segments?k=3", "segments-answer")["segments-part"])
    assert part.count("segment-rule") == 3
    assert part.count("/portrait?data=") == 3


def test_drivers_name_what_shares_its_importance(draw, client, fingerprint):
    told = words(draw("/drivers?k=3", "drivers-answer")["drivers-told"])
    assert "rank correlation" in told
    assert client.get(f"/download/drivers/pairs.csv?data={fingerprint}&k=3").status_code == 200
