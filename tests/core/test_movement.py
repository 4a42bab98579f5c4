"""Movement between two days of little logs: who joins, leaves and moves, and what is frozen."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import NotEnoughDataError, ParameterError
from core.pipeline import Pipeline, View
from core.segments.scores import standings
from core.segments.scores.dated import dated
from core.segments.scores.movement import movement, movers, pair
from core.segments.scores.standings import Standing
from core.settings import Settings
from tests.core import logs
from tests.core.shops import Source
from tests.wire.conftest import write_log

# Orders: customer, day, pieces of 10.00. Ann stays away, Bob comes back, Cem is new, Dee orders on.
ORDERS = [
    ("ann", "2024-01-10", 9), ("ann", "2024-01-20", 9), ("bob", "2024-01-05", 1), ("dee", "2024-01-30", 5),
    ("bob", "2024-03-28", 20), ("cem", "2024-03-20", 2), ("dee", "2024-03-30", 5), ("eve", "2024-01-15", 1),
]  # fmt: skip
FIXED = "recency:15,30,60,90;orders:2,3,4,5;spend:20,50,100,150"


def pipeline_of(tmp_path, rows):
    pipeline = Pipeline(Settings(home=tmp_path / "home"))
    path = logs.write(tmp_path, logs.text(rows))
    return pipeline, View(pipeline.receive(path, answers=logs.SAID).fingerprint)


def sold(orders):
    return [
        logs.row(order=600000 + n, customer=who, date=f"{day} 12:00:00", quantity=pieces, price="10.00")
        for n, (who, day, pieces) in enumerate(orders)
    ]


@pytest.fixture
def shop(tmp_path):
    return pipeline_of(tmp_path, sold(ORDERS))


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    folder = tmp_path_factory.mktemp("movement")
    pipeline = Pipeline(Settings(home=folder / "home"))
    return pipeline, View(pipeline.receive(write_log(folder / "log.csv", customers=90), name="Crowd").fingerprint)


def of(found, before, after):
    cells = found.cells[(found.cells["before"] == before) & (found.cells["after"] == after)]
    return cells.iloc[0] if len(cells) else None


def test_figures_are_those_of_then(shop):
    pipeline, view = shop
    then = dated(pipeline.slice(view), dt.date(2024, 1, 31), {"products", "country"}).then.set_index("customer")
    ids = pipeline.rfm_scores(view)["customer_id"].tolist()
    assert [ids[number] for number in then.index] == ["ann", "bob", "dee", "eve"]
    # From 20 January, 12:00, to 1 February, 12:00.
    assert then["recency_days"].tolist() == [12, 27, 2, 17]
    assert then["frequency"].tolist() == [2, 1, 1, 1]
    assert then["cents"].tolist() == [18000, 1000, 5000, 1000]
    assert then["items"].tolist() == [18, 1, 5, 1]


def test_who_stays_away_who_comes_back_and_who_is_new(shop):
    pipeline, view = shop
    view = view.but(rfm_edges=FIXED, rfm_map="three", by="groups", since="2024-01-31", until="2024-03-30")
    rows = pipeline.movers(view).set_index("customer_id")
    groups = {row.name: (row["from"], row["to"]) for _, row in rows.iterrows()}
    # ann: R5 FM4 -> R2 FM4; bob: R4 FM1 -> R5 FM4; cem: none -> R5 FM2; dee: R5 FM2 -> R5 FM3; eve: R4 FM1 -> R2 FM1.
    assert groups == {
        "ann": ("Gold", "Silver"), "bob": ("Bronze", "Gold"), "cem": ("Not yet a customer", "Silver"),
    }  # fmt: skip
    assert rows.loc["bob", ["orders_then", "spend_then", "orders_now", "spend_now", "bought"]].tolist() == [
        1, 10, 2, 210, 200,
    ]  # fmt: skip
    assert rows["orders_then"].isna().to_dict() == {"ann": False, "bob": False, "cem": True}
    found = pipeline.movement(view)
    names = dict(zip(found.names["name"], found.names["id"], strict=True))
    assert (found.known, found.moved, found.fresh) == (4, 2, 1)
    new = of(found, 0, names["Silver"])
    assert (new["customers"], new["cents"], new["total"]) == (1, 2000, 2000)
    assert of(found, names["Bronze"], names["Bronze"])["customers"] == 1


def test_a_return_counts_on_its_own_day(tmp_path):
    back = logs.row(order="C600099", customer="ann", date="2024-03-01 12:00:00", quantity=-4, price="10.00")
    pipeline, view = pipeline_of(tmp_path, [*sold(ORDERS), back])
    source = pipeline.slice(view)
    assert dated(source, dt.date(2024, 2, 29)).then["cents"][0] == 18000
    assert dated(source, dt.date(2024, 3, 1)).then["cents"][0] == 14000


@pytest.mark.parametrize("edges", ["frozen", "own"])
@pytest.mark.parametrize("rules", [{}, {"rfm_map": "six", "rfm_edges": "recency:30,90,180,365;spend:%50,75,90,97"}])
def test_the_last_day_gives_the_very_groups_of_today(crowd, edges, rules):
    pipeline, view = crowd
    view = view.but(by="groups", edges=edges, **rules)
    _, last = pipeline.movement_days(view)
    now, scored = pipeline.standing(view, last), pipeline.rfm(view)
    slugs = [group.slug for group in pipeline.rfm_map(view).groups]
    assert now.people["customer"].tolist() == scored.scores["customer"].tolist()
    assert [slugs[number - 1] for number in now.people["id"]] == scored.scores["group"].tolist()


@pytest.mark.parametrize("edges", ["frozen", "own"])
@pytest.mark.parametrize("changes", [{}, {"outliers": "aside"}, {"features": ("recency_days", "price", "country")}])
def test_the_last_day_gives_the_very_segments_of_today(crowd, edges, changes):
    pipeline, view = crowd
    view = view.but(k=3, edges=edges, **changes)
    _, last = pipeline.movement_days(view)
    assert pipeline.standing(view, last).people["id"].tolist() == pipeline.segmentation(view).labels.tolist()


def test_the_figures_of_the_last_day_are_those_of_the_dataset(crowd):
    pipeline, view = crowd
    source = pipeline.slice(view)
    _, last = pipeline.movement_days(view)
    then, now = dated(source, last, {"products", "country"}).then, pipeline.tables(view).scan("customers").collect()
    now = now.to_native().to_pandas().sort_values("customer", ignore_index=True)
    for column in ("customer", "cents", "frequency", "bought_cents", "items", "lines", "products", "country"):
        assert then[column].tolist() == now[column].tolist(), column
    for column in ("recency_days", "tenure_days"):
        assert then[column].fillna(-1).tolist() == now[column].fillna(-1).tolist()


def test_the_model_places_todays_customers_where_they_are(crowd):
    pipeline, view = crowd
    found = pipeline.segmentation(view.but(k=3))
    day = pipeline.movement_days(view)[1]
    # The same model and the same day by the longer way: placing, as on any earlier day.
    past = dated(pipeline.slice(view), day)
    recipe = pipeline._learned(view.but(k=3))[0]
    assert standings._placed(past, recipe, found).tolist() == found.labels.tolist()


def test_frozen_edges_are_those_of_today_and_own_ones_are_not(crowd):
    pipeline, view = crowd
    view = view.but(by="groups")
    day = pipeline.movement_days(view)[0]
    then = dated(pipeline.slice(view), day).then
    frozen, own = (pipeline.standing(view.but(edges=edges), day).people for edges in ("frozen", "own"))
    assert frozen["customer"].tolist() == own["customer"].tolist() == then["customer"].tolist()
    assert (frozen["id"] != own["id"]).any()


def test_refitted_segments_keep_their_ids_where_they_are_the_same(crowd):
    pipeline, view = crowd
    view = view.but(k=3, edges="own")
    names = {name.id for name in pipeline.segment_names(view)}
    standing = pipeline.standing(view, pipeline.movement_days(view)[0])
    fresh = set(standing.names["id"]) - names
    assert set(standing.people["id"]) <= names | fresh
    assert len(standing.told) == len(fresh)
    assert standing.names["name"].is_unique


def test_a_log_of_days_says_that_it_is_too_short(tmp_path):
    pipeline, view = pipeline_of(tmp_path, sold([("ann", "2024-01-01", 1), ("bob", "2024-01-09", 2)]))
    with pytest.raises(NotEnoughDataError, match="covers 9 days") as error:
        pipeline.movement_days(view)
    assert error.value.hint


@pytest.mark.parametrize(
    ("since", "until"), [("2024-03-01", "2024-02-01"), ("2020-01-01", ""), ("2024-01-31", "2030-01-01"), ("soon", ""),
                       ("quarter", "0001-01-01"), ("", "0001-01-01")],
)  # fmt: skip
def test_days_outside_of_the_log_are_told(shop, since, until):
    pipeline, view = shop
    with pytest.raises(ParameterError) as error:
        pipeline.movement_days(view.but(since=since, until=until))
    assert error.value.hint


def test_what_is_no_segment_lists_everybody_who_moved(shop):
    pipeline, view = shop
    assert pipeline.movement_presets(view.but(until="0001-01-01")) == []
    groups = view.but(by="groups")
    assert len(pipeline.movers(groups.but(of="²"))) == len(pipeline.movers(groups))


def test_a_log_shorter_than_half_a_year_is_looked_at_from_its_middle(shop):
    pipeline, view = shop
    assert pipeline.movement_presets(view) == []
    assert pipeline.movement_days(view)[0] == dt.date(2024, 1, 5) + dt.timedelta(days=42)


def standing(ids, known):
    people = pd.DataFrame({"customer": np.flatnonzero(known), "id": np.array(ids)[known]})
    people = people.assign(recency_days=1, frequency=people["customer"] + 1, cents=100 * (people["customer"] + 1))
    return Standing(people, pd.DataFrame({"id": [1, 2, 3], "name": ["One", "Two", "Three"], "colour": [0, 1, 2]}))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3), st.booleans()), min_size=1, max_size=40))
def test_everybody_is_counted_once_and_who_joined_less_who_left_is_the_difference(people):
    before, after, known = (list(column) for column in zip(*people, strict=True))
    then, now = standing(before, np.array(known)), standing(after, np.ones(len(people), dtype=bool))
    found = movement(Source(pd.DataFrame({"customer": [0], "cents": [1]})), ("test",), then=then, now=now)
    assert found.cells["customers"].sum() == len(people)
    assert found.cells["total"].sum() == now.people["cents"].sum()
    assert found.cells["cents"].sum() == now.people["cents"].sum() - then.people["cents"].sum()
    rows = found.rows
    assert (rows["after"] - rows["before"]).tolist() == (rows["joined"] - rows["left"]).tolist()
    assert (found.known, found.fresh) == (sum(known), len(people) - sum(known))
    listed = movers(pair(then, now), found.names, pd.Series([f"c{n}" for n in range(len(people))]))
    assert len(listed) == found.moved + found.fresh
