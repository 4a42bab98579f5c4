"""What a segment likes more than others, when and where it orders, who is typical of it; counted by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from core.periods import Span
from core.segments.explaining.categories import categories
from core.segments.explaining.channels import channels
from core.segments.explaining.favourites import FEWEST, favourites, rank, wilson
from core.segments.explaining.habits import habits, mix
from core.segments.explaining.typical import nearest
from core.segments.inputs.features import Recipe
from tests.core.little_shop import Line, shop
from tests.core.little_table import table

LEARNED = (Recipe(), 2, 42)
LABELS = np.repeat([1, 4], 40)


def lines():
    """Eighty customers who all buy product 0; product 1 is bought by 30 of the first forty and 2 of the others."""
    made = []
    for customer in range(80):
        early = customer < 40
        day, country = ("2024-01-08", "Germany") if early else ("2024-06-15", "EIRE")
        made.append(Line(f"A{customer}", customer, day, country=country, hour=9 if early else 20))
        if customer < 30 or customer > 77:
            made.append(Line(f"A{customer}", customer, day, product=1, country=country, hour=9 if early else 20))
            made.append(Line(f"B{customer}", customer, day, product=1, country=country, hour=9 if early else 20))
        if customer < 4:
            made.append(Line(f"A{customer}", customer, day, product=2, country=country, hour=9))
        if 40 <= customer < 60:
            made.append(Line(f"C{customer}", customer, day, product=3, quantity=-1, country=country, hour=20))
    return made


def test_affinity_is_the_share_of_the_segments_buyers_by_that_of_all(tmp_path):
    found = favourites(shop(tmp_path, lines()), *LEARNED, labels=LABELS)
    (liked,) = found.rows.to_dict("records")
    assert (liked["id"], liked["rank"], liked["code"], liked["name"]) == (1, 1, "P1", "Product 1")
    assert (liked["buyers"], liked["buyers_all"]) == (30, 32)
    assert liked["share"] == 30 / 40
    assert liked["lift"] == pytest.approx((30 / 40) / (32 / 80))
    assert 1 < liked["low"] < liked["lift"]
    assert found.bases.to_dict("list") == {"id": [0, 1, 4], "buyers": [80, 40, 40]}


def test_a_handful_of_buyers_is_no_favourite(tmp_path):
    rows = favourites(shop(tmp_path, lines()), *LEARNED, labels=LABELS).rows
    assert "P2" not in set(rows["code"])
    assert FEWEST > 4


def test_what_was_only_returned_was_not_bought(tmp_path):
    assert "P3" not in set(favourites(shop(tmp_path, lines()), *LEARNED, labels=LABELS).rows["code"])


def test_only_the_period_counts(tmp_path):
    source = shop(tmp_path, lines())
    later = replace(source, span=Span(source.span.start.replace(month=5), source.span.end))
    assert favourites(later, *LEARNED, labels=LABELS).bases["buyers"].tolist() == [40, 0, 40]


def test_by_chance_nothing_becomes_a_favourite():
    rng = np.random.default_rng(1)
    counts = rng.binomial(200, 0.1, size=(3_000, 3))
    names = pd.Series([f"P{n}" for n in range(3_000)])
    assert len(rank(np.arange(1, 4), counts, np.full(3, 200), names, names, names.to_numpy()).rows) <= 2


def test_the_surer_favourite_comes_first():
    counts, names = np.array([[12, 0], [150, 30]]), pd.Series(["rare", "common"])
    found = rank(np.array([1, 2]), counts, np.array([200, 200]), names, names, np.array(["", ""])).rows
    assert found[found["id"] == 1]["name"].tolist() == ["common", "rare"]
    assert found[found["id"] == 1]["lift"].is_monotonic_increasing


def test_more_comparisons_ask_for_more_certainty():
    assert wilson(np.array([30]), 100, 1000)[0] < wilson(np.array([30]), 100)[0] < 0.3


def test_choices_of_a_survey_are_favourites_too(tmp_path):
    liked = ["yes"] * 36 + ["no"] * 4 + ["yes"] * 8 + ["no"] * 32
    frame = pd.DataFrame({"Likes": ["a;b"] * 80, "Likes__Beauty": liked})
    people = table(tmp_path, frame, {"Likes": "text", "Likes__Beauty": "yes_no"}, derived=["Likes__Beauty"])
    several, choice = people.columns
    named = (replace(several, scale="multiple"), replace(choice, slug="likes__beauty", name="Likes: beauty"))
    people.frame().rename(columns={choice.slug: "likes__beauty"}).to_parquet(tmp_path / "people.parquet")
    people = replace(people, meta=replace(people.meta, columns=named))
    (row,) = favourites(people, *LEARNED, labels=LABELS).rows.to_dict("records")
    assert (row["id"], row["name"], row["group"], row["buyers"], row["buyers_all"]) == (1, "beauty", "Likes", 36, 44)


def with_column(source, table, column, values):
    """The shop with a column more in one of its tables."""
    path = source.tables.folder / f"{table}.parquet"
    pd.read_parquet(path).assign(**{column: values}).to_parquet(path)
    return source


def test_a_category_is_liked_by_buyers_of_any_of_its_products_each_counted_once(tmp_path):
    # Products 1 and 2 are toys: customers 0 to 29 bought the first, 0 to 3 both, 78 and 79 the first.
    source = with_column(shop(tmp_path, lines()), "products", "category", ["Food", "Toys", "Toys", "Books"])
    found = categories(source, *LEARNED, labels=LABELS)
    (liked,) = found.rows.to_dict("records")
    assert (liked["id"], liked["name"], liked["buyers"], liked["buyers_all"]) == (1, "Toys", 30, 32)
    assert (liked["share"], liked["share_all"]) == (30 / 40, 32 / 80)
    assert liked["lift"] == pytest.approx((30 / 40) / (32 / 80))
    assert 1 < liked["low"] < liked["lift"]
    # Books were only ever returned; nobody is a buyer of them.
    assert found.tested == 2
    assert found.bases.to_dict("list") == {"id": [0, 1, 4], "buyers": [80, 40, 40]}


def test_products_of_no_category_make_buyers_but_no_favourite(tmp_path):
    source = with_column(shop(tmp_path, lines()), "products", "category", ["Food", None, None, None])
    found = categories(source, *LEARNED, labels=LABELS)
    assert found.rows.empty
    assert (found.tested, found.bases["buyers"].tolist()) == (1, [80, 40, 40])


def test_a_log_without_categories_or_channels_has_none_to_show(tmp_path):
    source = shop(tmp_path, lines())
    found, ways = categories(source, *LEARNED, labels=LABELS), channels(source, *LEARNED, labels=LABELS)
    assert (found.tested, len(found.rows), len(ways.rows)) == (0, 0, 0)
    assert ways.bases["customers"].tolist() == [0, 0, 0]


def test_channels_are_set_against_everybody_and_who_uses_two_counts_in_each(tmp_path):
    # Orders A of customers 0 to 79, B of 0 to 29 and 78 to 79, C returns of 40 to 59, in order of number.
    source = shop(tmp_path, lines())
    orders = pd.read_parquet(tmp_path / "orders.parquet")
    customer, kind = orders["customer"], orders["order_id"].str[0]
    said = np.where(kind == "B", "app", np.where(kind == "C", "fair", np.where(customer < 60, "web", "shop"))).astype(
        object
    )
    said[(customer == 79) & (kind == "A")] = None
    found = channels(with_column(source, "orders", "channel", said), *LEARNED, labels=LABELS)
    assert found.rows[["id", "channel", "customers", "customers_all"]].values.tolist() == [
        [1, "web", 40, 60], [1, "app", 30, 32], [4, "web", 20, 60], [4, "shop", 19, 19], [4, "app", 2, 32],
    ]  # fmt: skip
    assert found.rows["share"].tolist() == [1, 0.75, 0.5, 19 / 40, 0.05]
    assert found.rows["lift"].tolist() == pytest.approx([80 / 60, 0.75 / 0.4, 0.5 / 0.75, 2, 0.05 / 0.4])
    assert found.bases["customers"].tolist() == [80, 40, 40]


def test_times_and_countries_are_set_against_everybody(tmp_path):
    found = habits(shop(tmp_path, lines()), *LEARNED, labels=LABELS)
    at = found.times.set_index(["id", "part", "place"])
    assert at.loc[(1, "month", 1), "share"] == 1
    assert at.loc[(1, "weekday", 0), "orders"] == 70
    everybody = at.loc[(1, "hour", 9), "share_all"]
    assert at.loc[(1, "hour", 9), "index"] == pytest.approx(1 / everybody)
    assert at.loc[(4, "month", 6), "label"] == "June"
    assert found.seen == [1, 6]
    assert found.countries[["id", "country", "customers"]].values.tolist() == [[1, "Germany", 40], [4, "EIRE", 40]]
    assert found.countries["lift"].tolist() == [2.0, 2.0]
    for _, part in found.times.groupby(["id", "part"]):
        assert part["share"].sum() == pytest.approx(1)


def test_a_segment_that_ordered_nothing_in_the_period_has_no_habits(tmp_path):
    source = shop(tmp_path, lines())
    later = replace(source, span=Span(source.span.start.replace(month=5), source.span.end))
    found = habits(later, *LEARNED, labels=LABELS)
    assert found.bases["orders"].tolist() == [42, 0, 42]
    assert set(found.countries["id"]) == {4}


def test_a_mix_divides_averages_by_their_sum():
    rows = pd.DataFrame(
        {
            "id": [1, 1, 1], "feature": ["web", "shop", "age"], "label": ["Web", "Shop", "Age"],
            "role": ["web_purchases", "store_purchases", "age"], "unit": "number", "what": "",
            "they": [6.0, 2.0, 40.0], "all": [4.0, 4.0, 41.0],
        }
    )  # fmt: skip
    found = mix(rows, ("web_purchases", "store_purchases"))
    assert found["feature"].tolist() == ["web", "shop"]
    assert found["share"].tolist() == [0.75, 0.25]
    assert found["lift"].tolist() == [1.5, 0.5]
    assert mix(rows, ("web_purchases",)).empty


def test_typical_customers_lie_nearest_to_the_average_and_ties_go_by_number():
    values = np.array([[0.0], [2.0], [1.0], [1.0], [10.0]])
    found = nearest(values, np.array([3, 3, 3, 3, 8]), most=2)
    assert found.to_dict("list") == {"id": [3, 3, 8], "rank": [1, 2, 1], "customer": [2, 3, 4],
                                     "distance": [0.0, 0.0, 0.0]}  # fmt: skip
