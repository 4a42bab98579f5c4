"""What a forest loses when features are shuffled: nothing where there is nothing, and twice as much where two share."""

import numpy as np
import pandas as pd
import pytest

from core.segments.describing.importance import explain
from core.segments.describing.permuting import Shuffled, related
from core.segments.inputs.matrix import Feature, assemble


def table(**columns):
    frame = pd.DataFrame(columns)
    return assemble(frame, [Feature(name, name, "number", "", "") for name in columns])


def noise(seed, customers=600, columns=4):
    rng = np.random.default_rng(seed)
    return table(**{f"f{n}": rng.normal(size=customers) for n in range(columns)})


@pytest.mark.parametrize("seed", range(8))
def test_with_permuted_labels_importance_spans_nothing(seed):
    rng = np.random.default_rng(seed)
    given = noise(seed)
    labels = np.where(given.rows[:, 0] > 0.3, 1, np.where(given.rows[:, 1] > 0, 2, 3))
    told = explain(given, rng.permutation(labels), seed)
    assert (told.rows["permutation"].abs() <= 2 * told.rows["permutation_sd"]).all()
    assert told.accuracy < told.baseline + 0.1


@pytest.mark.parametrize("seed", range(3))
def test_with_permuted_labels_no_segment_is_told_against_the_rest(seed):
    given = noise(seed)
    labels = np.random.default_rng(seed).permutation(np.repeat([1, 2, 3], 200))
    told = explain(given, labels, seed).per_segment
    within = told["importance"].abs() <= 2 * told["sd"]
    assert within.mean() >= 0.9


def test_true_labels_have_importance_beyond_their_spread():
    given = noise(1)
    told = explain(given, np.where(given.rows[:, 0] > 0, 1, 2), 1).rows.set_index("feature")
    assert told.loc["f0", "permutation"] > 0.3 > 5 * told.loc["f0", "permutation_sd"]
    assert told["permutation"].drop("f0").max() < 0.05


def test_what_tells_one_segment_from_the_rest_need_not_tell_another():
    given = noise(2)
    labels = np.where(given.rows[:, 0] > 0.5, 1, np.where(given.rows[:, 1] > 0, 2, 3))
    told = explain(given, labels, 2).per_segment.pivot(index="id", columns="feature", values="importance")
    assert told.loc[1, "f0"] > 0.3
    assert abs(told.loc[1, "f1"]) < 0.05
    assert told.loc[2, "f1"] > 0.2


def test_features_that_say_the_same_are_named_and_missed_only_together():
    rng = np.random.default_rng(3)
    signal = rng.normal(size=800)
    spend, orders = (signal + 0.1 * rng.normal(size=800) for _ in range(2))
    twins = {"spend": spend, "orders": orders, "age": rng.normal(size=800)}
    told = explain(table(**twins), np.where(signal > 0, 1, 2), 3)
    assert len(told.pairs) == 1
    pair = told.pairs.iloc[0]
    assert {pair["first"], pair["second"]} == {"spend", "orders"}
    assert pair["correlation"] > 0.95
    assert pair["together"] > 0.35
    assert pair["together"] > 1.3 * max(pair["alone_first"], pair["alone_second"])


def test_independent_features_are_no_pair():
    assert related(noise(4).rows, np.arange(4)) == []


def test_a_category_goes_with_what_one_of_its_levels_goes_with():
    rng = np.random.default_rng(5)
    level = rng.integers(0, 3, 300)
    rows = np.column_stack([level == 0, level == 1, level == 2, (level == 1) + 0.01 * rng.normal(size=300)])
    (pair,) = related(rows.astype(float), np.array([0, 0, 0, 1]))
    assert pair[:2] == (0, 1)


def test_balanced_accuracy_weighs_members_and_others_alike():
    truth, told = np.array([1, 2, 2, 2]), np.array([1, 2, 2, 2])
    blind = np.array([[[2, 2, 2, 2], [1, 1, 2, 2]]])
    lost, _ = Shuffled(truth, told, blind).lost_of(1)
    assert lost[0] == pytest.approx((0.5 + 0.5 / 3) / 2)
    assert Shuffled(truth, told, blind).known(1) == (1, 1.0, 1.0)


def test_a_segment_of_one_does_not_stop_the_forest():
    labels = np.array([1] * 199 + [2])
    assert len(explain(noise(6, 200), labels, 6).known) == 2
