"""The smallest change that moves a customer: it really leads there, and nothing changes that cannot."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.segments.customers import levers, moves
from core.segments.customers.column_levers import nice
from core.segments.dividing.segmentation import segmentation
from core.segments.inputs import features
from core.segments.inputs.features import Recipe
from tests.core.little_table import table
from tests.core.shops import Source, crowd

BEHAVIOUR = ("recency_days", "frequency", "monetary", "order_value", "products", "days_between", "country")


def learned(columns=("recency_days", "frequency", "monetary"), k=4):
    source, recipe = Source(crowd()), Recipe(columns=columns)
    return source, features.frame(source), segmentation(source, recipe, k, 42)


@pytest.fixture(scope="module", params=[BEHAVIOUR[:3], BEHAVIOUR], ids=["rfm", "behaviour"])
def shop(request):
    return learned(request.param)


def replayed(shop, customer, move):
    """The features after the steps, computed from the customer's own row."""
    source, frame, found = shop
    known = levers.levers(source, frame, found.model.encoding.features, customer)
    rows = known.row
    for step in move.steps:
        lever = next(each for each in known.all if (each.kind, each.feature) == (step.kind, step.feature))
        rows = lever.change(rows, np.array([step.by]))
    return known.finish(rows)


@settings(max_examples=25, deadline=None)
@given(customer=st.integers(0, 399))
def test_the_stated_change_really_leads_there(shop, customer):
    source, frame, found = shop
    model = found.model
    target = int(model.place(model.values(frame.iloc[[customer]])).runner_up[0])
    way = moves.moves(source, frame, model, customer, target)
    for move in way.moves:
        after = replayed(shop, customer, move)
        assert int(model.place(model.values(after)).segment[0]) == target
        told = move.changes.set_index("feature")["after"]
        if "frequency" in told:
            assert told["frequency"] == after["frequency"].iloc[0] == round(told["frequency"])
    lengths = [move.length for move in way.moves]
    assert lengths == sorted(lengths)


@settings(max_examples=25, deadline=None)
@given(customer=st.integers(0, 399))
def test_figures_that_are_derived_change_with_what_they_are_derived_from(customer):
    shop = learned(BEHAVIOUR)
    source, frame, found = shop
    target = int(found.model.place(found.model.values(frame.iloc[[customer]])).runner_up[0])
    for move in moves.moves(source, frame, found.model, customer, target).moves:
        after = replayed(shop, customer, move).iloc[0]
        assert after["order_value"] == pytest.approx(after["monetary"] / after["frequency"])
        if after["frequency"] > 1:
            rhythm = (after["tenure_days"] - after["recency_days"]) / (after["frequency"] - 1)
            assert after["days_between"] == pytest.approx(rhythm)
        assert after["country"] == frame["country"].iloc[customer]


@settings(max_examples=25, deadline=None)
@given(customer=st.integers(0, 399))
def test_what_was_bought_stays_bought_and_nothing_leaves_the_range_of_others(customer):
    shop = learned()
    source, frame, found = shop
    target = int(found.model.place(found.model.values(frame.iloc[[customer]])).runner_up[0])
    for move in moves.moves(source, frame, found.model, customer, target).moves:
        after, before = replayed(shop, customer, move).iloc[0], frame.iloc[customer]
        assert after["frequency"] >= before["frequency"]
        assert after["monetary"] >= before["monetary"] - 1e-9
        assert after["recency_days"] <= frame["recency_days"].max()
        if after["recency_days"] < before["recency_days"]:
            assert after["frequency"] > before["frequency"]


def test_no_smaller_number_of_orders_would_do():
    shop = learned()
    source, frame, found = shop
    model = found.model
    seen = 0
    for customer in range(0, 400, 7):
        target = int(model.place(model.values(frame.iloc[[customer]])).runner_up[0])
        for move in moves.moves(source, frame, model, customer, target).moves:
            if [step.kind for step in move.steps] == ["silence"] and move.steps[0].by > 1:
                seen += 1
                less = frame.iloc[[customer]].assign(
                    recency_days=lambda f, m=move: f["recency_days"] + m.steps[0].by - 1
                )
                assert int(model.place(model.values(less)).segment[0]) != target
    assert seen


def spenders(folder, **more):
    rng = np.random.default_rng(3)
    rich = rng.random(150) < 0.5
    frame = pd.DataFrame(
        {
            "Age": np.where(rich, 60.0, 30.0) + rng.integers(0, 5, 150), "Visits": rng.integers(0, 9, 150) * 1.0,
            "Wine": np.where(rich, 500.0, 50.0) + rng.integers(0, 40, 150), "Fish": rng.integers(10, 60, 150) * 1.0,
        }
    )  # fmt: skip
    return frame.assign(**{name: column(frame) for name, column in more.items()})


def test_age_is_never_offered_and_is_named_as_fixed(tmp_path):
    people = table(tmp_path, spenders(tmp_path), {"Wine": "amount"}, {"Age": "age", "Wine": "spend"})
    found, frame = segmentation(people, Recipe(how="standard"), 2, 42), features.frame(people)
    for customer in range(0, 150, 15):
        target = 3 - int(found.labels[customer])
        way = moves.moves(people, frame, found.model, customer, target)
        assert way.fixed == ["Age"]
        assert not {step.feature for move in way.moves for step in move.steps} & {"age"}
        for move in way.moves:
            changed = frame.iloc[[customer]].assign(**{step.feature: step.by for step in move.steps})
            assert int(found.model.place(found.model.values(changed)).segment[0]) == target
            assert all(step.by > frame["wine"].iloc[customer] for step in move.steps if step.feature == "wine")


def test_columns_that_are_made_of_one_another_do_not_change_alone(tmp_path):
    frame = spenders(tmp_path, Total=lambda f: f["Wine"] + f["Fish"])
    people = table(tmp_path, frame, {"Wine": "amount", "Total": "amount"})
    made = [
        column
        if column.slug != "total"
        else type(column)(**{**column.__dict__, "derived": "Wine + Fish; a blank is 0"})
        for column in people.columns
    ]
    people = type(people)(people.folder, people.key, type(people.meta)(150, 150, None, tuple(made), ()))
    known = levers.levers(people, features.frame(people), features.known(people), 0)
    assert known.linked == ["Wine", "Fish", "Total"]
    assert {lever.feature for lever in known.all} == {"age", "visits"}


def test_where_nothing_leads_there_nothing_is_stated(tmp_path):
    people = table(tmp_path, spenders(tmp_path)[["Age"]], {}, {"Age": "age"})
    found, frame = segmentation(people, Recipe(how="standard"), 2, 42), features.frame(people)
    way = moves.moves(people, frame, found.model, 0, 3 - int(found.labels[0]))
    assert way.moves == []
    assert way.tried == 0


def test_amounts_have_two_figures_and_stay_within_the_limit():
    amounts = nice(123456)
    assert amounts.max() == 120000
    assert all(float(f"{each:.1e}") == pytest.approx(each) for each in amounts)
    assert (np.diff(amounts) > 0).all()
