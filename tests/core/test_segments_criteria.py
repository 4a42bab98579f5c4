import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score

from core.segments.choosing import selection
from core.segments.choosing.criteria import criteria


@settings(max_examples=25, deadline=None)
@given(st.integers(8, 60), st.integers(2, 6), st.integers(1, 5), st.integers(0, 1000))
def test_both_criteria_are_those_of_scikit_learn(rows, k, columns, seed):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(rows, columns))
    labels = np.concatenate([np.arange(k), rng.integers(0, k, rows - k)])
    found = criteria(values, labels)
    assert found.calinski_harabasz == pytest.approx(calinski_harabasz_score(values, labels))
    assert found.davies_bouldin == pytest.approx(davies_bouldin_score(values, labels))


def test_four_customers_by_hand():
    # Centres 1 and 11; each customer 1 from its own: between 100, within 4; (1 + 1) / 10.
    found = criteria(np.array([[0.0], [2.0], [10.0], [12.0]]), np.array([0, 0, 1, 1]))
    assert found.calinski_harabasz == pytest.approx((100 / 1) / (4 / 2))
    assert found.davies_bouldin == pytest.approx(0.2)


def test_customers_without_a_group_do_not_count():
    values, labels = np.array([[0.0], [2.0], [10.0], [12.0], [500.0]]), np.array([0, 0, 1, 1, -1])
    assert criteria(values, labels) == criteria(values[:4], labels[:4])


@pytest.mark.parametrize("labels", [[0, 0, 0, 0], [0, 1, 2, 3], [-1, -1, -1, -1], [0, 0, 1, 1]])
def test_where_a_criterion_is_undefined_it_is_missing(labels):
    alike = np.array([[1.0], [1.0], [5.0], [5.0]])
    assert np.isnan(criteria(alike, np.array(labels))).all()


def test_every_number_of_the_sweep_has_both_but_one():
    rng = np.random.default_rng(1)
    rows = selection.study(np.concatenate([rng.normal(c, 1, (80, 2)) for c in (0, 9, 18)]), (1, 6), 42).rows
    assert rows["calinski_harabasz"].isna().tolist() == [True] + [False] * 5
    assert int(rows["k"][rows["calinski_harabasz"].idxmax()]) == 3
    assert int(rows["k"][rows["davies_bouldin"].idxmin()]) == 3
