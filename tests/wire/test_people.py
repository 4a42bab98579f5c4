"""The pages of customer tables and surveys over the wire, and of logs that lack something."""

import csv
import json

import pytest

from core.pipeline import Pipeline


def words(response):
    return json.dumps(response, ensure_ascii=False)


def test_a_table_has_no_period_and_no_country_to_filter_by(open_page, customers):
    page = open_page(f"/overview?data={customers}")
    assert "Period" not in words(page["filters"])
    assert "Country" not in words(page["filters"])
    assert "Segment" in words(page["filters"])
    assert "Customer table" in words(page["bar"])
    assert "160 rows read" in words(page["receipt"])


def test_filters_of_a_log_are_left_out_and_said_so(open_page, customers):
    page = open_page(f"/overview?data={customers}&period=2023&country=Germany")
    assert "They are left out" in words(page["banner"])
    assert "period" not in page["view"]["data"]["search"]


def test_seasons_say_why_there_are_none_and_where_to_go(open_page, customers, fingerprint):
    page = words(open_page(f"/seasons?data={customers}")["content"])
    assert "has no dates of orders" in page
    assert f"/seasons?data={fingerprint}" in page


def test_a_log_says_what_demographics_need(open_page):
    assert "one row a customer" in words(open_page("/demographics")["content"])


def test_from_a_log_to_a_table_the_same_tab_gets_its_own_skeleton(open_page, customers, fingerprint):
    shown = open_page(f"/overview?data={fingerprint}")["shown"]["data"]
    page = open_page(f"/overview?data={customers}", shown=shown)
    assert "overview-table" in words(page["content"])
    assert "content" not in open_page(f"/overview?data={customers}&segment=1", shown=page["shown"]["data"])


def test_the_overview_names_the_middle_of_the_main_measures(draw, customers):
    drawn = draw(f"/overview?data={customers}", "overview-table-answer")
    assert "160 customers" in words(drawn["overview-table-answer"])
    assert "Income" in words(drawn["overview-families"])
    assert "the same for everybody" in words(drawn["overview-columns"])


def test_spend_is_set_against_any_column_of_the_link(draw, customers):
    drawn = draw(f"/demographics?data={customers}&by=kids", "demographics-answer")
    assert "Kids tells much" in words(drawn["demographics-levels"])
    assert "by=education" in words(drawn["demographics-ranking"]) or "by=income" in words(drawn["demographics-ranking"])


def test_a_column_that_does_not_exist_is_said_and_the_usual_is_shown(draw, customers):
    drawn = draw(f"/demographics?data={customers}&by=shoe-size", "demographics-answer")
    assert "shoe-size" in words(drawn["demographics-answer"])
    assert "tells" in words(drawn["demographics-levels"])


def test_answers_are_set_against_answers(draw, survey):
    drawn = draw(f"/demographics?data={survey}&by=browsing&of=reviews", "demographics-answer")
    assert "Who answers what?" in words(drawn["demographics-title"])
    assert "Cramér" in words(drawn["demographics-levels"])


def test_features_can_be_taken_in_and_out(draw, customers):
    page = words(draw(f"/features?data={customers}&feature=age&feature=income", "features-answer"))
    assert "feature=age&feature=income&feature=kids" in page
    assert "?data=" + customers + '&feature=income"' in page
    alone = words(draw(f"/features?data={customers}&feature=age", "features-answer")["features-used"])
    assert "Take Age out" not in alone


def test_an_order_log_learns_from_recency_orders_and_spend_unless_one_chooses(draw):
    page = words(draw("/features", "features-answer"))
    assert "Recency, orders and spend" in page
    assert "feature=recency_days" in page


def test_a_segment_of_a_table_is_portrayed_against_everyone(draw, survey):
    part = words(draw(f"/segments?data={survey}&k=3", "segments-part")["segments-part"])
    assert "Each segment against everyone" in part
    assert "Revenue" not in part


def test_a_file_of_a_table_holds_its_features(client, customers):
    answer = client.get(f"/export/customers.csv?data={customers}&feature=age&feature=income&k=2")
    head = next(csv.reader(answer.text.lstrip("\ufeff").splitlines()))
    assert head == ["customer_id", "segment", "age", "income"]


@pytest.fixture(scope="session")
def unpaid(settings, fingerprint, tmp_path_factory):
    """An order log that says nothing of money, products or countries."""
    path = tmp_path_factory.mktemp("unpaid") / "orders.csv"
    lines = [
        f"O{n:04d},C{n % 40:03d},2023-{1 + n % 11:02d}-{1 + n % 27:02d}" for n in range(300) if n % 40 < 30 or n < 120
    ]
    path.write_text("\n".join(["Order ID,Customer ID,Order Date", *lines]) + "\n")
    stored = Pipeline(settings).receive(path, name="Unpaid").fingerprint
    file = Pipeline(settings).store.datasets / stored / "dataset.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "added": "2020-01-01T00:00:00+00:00"}))
    return stored


@pytest.mark.parametrize("slug", ["overview", "seasons", "segments", "campaigns", "export", "choose-k", "drivers"])
def test_a_log_without_money_claims_none(open_page, call, unpaid, slug):
    page = open_page(f"/{slug}?data={unpaid}")
    assert "No money in this log" in words(page["filters"])
    drawn = words(call(f"{slug}-answer", {"view.data": page["view"]["data"]}).json["response"])
    assert "£0" not in drawn
    assert "of revenue." not in drawn


def test_a_log_without_money_counts_orders(draw, unpaid):
    assert "orders are counted" in words(draw(f"/overview?data={unpaid}", "overview-answer")["overview-answer"])
    assert "Orders by month" in words(draw(f"/overview?data={unpaid}", "overview-answer")["overview-months"])
    seasons = draw(f"/seasons?data={unpaid}", "seasons-answer")
    assert "orders are counted" in words(seasons["seasons-answer"])
    assert "had most orders" in words(seasons["seasons-steps"])


def test_a_log_without_products_or_countries_says_so(open_page, unpaid):
    assert "name no products" in words(open_page(f"/products?data={unpaid}")["content"])
    assert "name no countries" in words(open_page(f"/countries?data={unpaid}")["content"])


@pytest.fixture(scope="session")
def joined(settings, fingerprint, tmp_path_factory):
    """The log together with a table of most of its customers."""
    path = tmp_path_factory.mktemp("cards") / "cards.csv"
    people = [f"{12000 + n},{20 + n % 45},{('Female', 'Male')[n % 2]},{25000 + 400 * n}" for n in range(100)]
    path.write_text("\n".join(["CustomerID,Age,Gender,Income", *people]) + "\n")
    pipeline = Pipeline(settings)
    table = pipeline.receive(path, name="Cards").fingerprint
    stored = pipeline.join(fingerprint, table).fingerprint
    for name in (table, stored):
        file = pipeline.store.datasets / name / "dataset.json"
        file.write_text(json.dumps({**json.loads(file.read_text()), "added": "2020-01-01T00:00:00+00:00"}))
    return stored


def test_a_joined_log_sets_its_own_spend_against_who_people_are(draw, open_page, joined):
    page = open_page(f"/demographics?data={joined}&by=age")
    assert "Period" in words(page["filters"])
    drawn = draw(f"/demographics?data={joined}&by=age&segment=1", "demographics-answer")
    assert "Who spends what?" in words(drawn["demographics-title"])
    assert "about Spend in the order log" in words(drawn["demographics-levels"])
    assert "Correlations" not in words(page["banner"])
    assert "Income" in words(draw(f"/correlations?data={joined}", "correlations-answer")["correlations-map"])
