"""The Features tab over the wire."""

import csv
import io
import json

import pytest


def words(response):
    return json.dumps(response, ensure_ascii=False).replace("\u00a0", " ")


def rows(client, href):
    answer = client.get(href)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))


def page(draw, query=""):
    return draw(f"/features{query}", "features-answer")


def test_the_page_names_the_features_and_how_they_count(draw):
    drawn = page(draw)
    assert "Days since last order, orders and spend" in words(drawn["features-answer"])
    assert "All three count alike" in words(drawn["features-used"])
    assert words(drawn["features-used"]).count('fx-row"') == 3


def test_named_choices_are_links_to_their_features(draw):
    drawn = words(page(draw)["features-choices"])
    assert "RFM and behaviour" in drawn
    assert "feature=recency_days&feature=frequency&feature=monetary&feature=order_value" in drawn


def test_a_feature_is_taken_out_with_what_was_said_of_it(draw):
    used = words(page(draw, "?own=monetary:rank&weight=monetary:2&weight=frequency:3")["features-used"])
    assert "feature=recency_days&feature=frequency&weight=frequency%3A3" in used


def test_preparation_and_weight_of_one_feature_are_links(draw):
    used = words(page(draw)["features-used"])
    assert "own=monetary%3Arank" in used
    assert "weight=monetary%3A2" in used
    changed = words(page(draw, "?own=monetary:rank&weight=monetary:2")["features-used"])
    assert "Spend counts most, 50 % of all distances" in changed


def test_without_a_scale_the_page_says_that_spend_is_all_that_counts(draw):
    drawn = page(draw, "?prepare=none")
    assert "Spend carries 9" in words(drawn["features-answer"])
    assert "Bring all to one scale" in words(drawn["features-used"])


def test_what_is_not_in_use_can_be_taken_in(draw):
    drawn = page(draw)
    assert "8 more could be taken in" in words(drawn["features-more"])
    assert "feature=recency_days&feature=frequency&feature=monetary&feature=country" in words(drawn["features-more"])


def test_the_treatments_of_the_few_are_side_by_side_and_links(draw):
    few = words(page(draw, "?prepare=standard&k=4")["features-few"])
    assert "Keep them" in few
    assert "outliers=clip" in few
    assert "outliers=aside" in few
    assert "outliers=keep" not in few
    assert "Agreement" in few


def test_the_treatment_in_use_is_marked(draw):
    few = words(page(draw, "?prepare=standard&k=4&outliers=aside")["features-few"])
    assert '"A segment of their own", {"props": {"children": " in use"}' in few
    assert "outliers=clip" in few


def test_what_is_missing_is_counted_and_can_be_dealt_with(draw):
    gaps = words(page(draw, "?feature=recency_days&feature=frequency&feature=days_between")["features-gaps"])
    assert "lack something, and are filled in with the middle" in gaps
    assert "missing=drop" in gaps
    assert "missing=level" in gaps
    assert "Not enough known" in gaps


@pytest.mark.parametrize(("query", "said"), [
    ("?feature=shoe_size", "no feature 'shoe_size'"), ("?own=shoe_size:log", "no feature 'shoe_size'"),
    ("?weight=shoe_size:2", "no feature 'shoe_size'"), ("?own=monetary:cube", "preparation 'cube' is unknown"),
    ("?weight=monetary:0", "weight of monetary is 0"), ("?weight=monetary:11", "up to 10"),
    ("?weight=monetary:much", "is not a number"), ("?weight=monetary:nan", "weight of monetary is nan"),
    ("?outliers=burn", "choice for outliers 'burn' is unknown"),
    ("?missing=guess", "choice for missing values 'guess' is unknown"),
])  # fmt: skip
def test_a_link_that_does_not_fit_is_told_in_words_and_the_page_stands(open_page, draw, query, said):
    banner = words(open_page(f"/features{query}")["banner"])
    assert said in banner
    assert "Traceback" not in banner
    assert "All three count alike" in words(page(draw, query)["features-used"])


def test_one_wrong_weight_leaves_the_right_feature_alone(open_page):
    opened = open_page("/features?feature=monetary&feature=frequency&weight=shoe_size:2")
    assert "feature=monetary&feature=frequency" in opened["view"]["data"]["search"]
    assert words(opened["banner"]).count("shoe_size") == 1


def test_a_weight_of_a_feature_that_is_not_in_use_changes_nothing(draw):
    plain, said = (page(draw, query)["features-few"] for query in ("?k=4", "?k=4&weight=price:3&own=price:rank"))
    assert words(said).replace("&own=price%3Arank&weight=price%3A3", "") == words(plain)


def test_a_single_feature_is_enough(draw):
    drawn = page(draw, "?feature=monetary&k=3")
    assert "Spend alone divides the customers" in words(drawn["features-used"])
    assert "One feature cannot repeat another" in words(drawn["features-same"])


def test_what_is_drawn_can_be_taken_along(client, fingerprint):
    query = f"data={fingerprint}&k=4"
    features = rows(client, f"/download/features/features.csv?{query}")
    assert [row["slug"] for row in features] == ["recency_days", "frequency", "monetary"]
    assert sum(float(row["share"]) for row in features) == pytest.approx(1)
    assert {row["treatment"] for row in rows(client, f"/download/features/outliers.csv?{query}")} == {
        "keep", "clip", "aside",
    }  # fmt: skip
    assert rows(client, f"/download/features/distributions.csv?{query}")
    assert rows(client, f"/download/features/missing.csv?{query}")
    assert client.get(f"/download/features/pairs.csv?{query}").status_code == 200


def test_a_customer_table_is_asked_the_same(draw, customers):
    drawn = page(draw, f"?data={customers}")
    assert "Usual" in words(drawn["features-choices"])
    assert "Income" in words(drawn["features-used"])
    assert "lack something, and are left out" in words(drawn["features-gaps"])


def test_a_survey_is_asked_the_same(draw, survey):
    drawn = page(draw, f"?data={survey}")
    assert "Levels" in words(drawn["features-used"])
    assert "A column a category, scaled" in words(drawn["features-used"])
