"""The grid that stands for many points."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.segments.describing import density


@given(st.integers(1, 3000), st.integers(0, 9))
@settings(max_examples=25, deadline=None)
def test_every_customer_is_counted_in_one_cell(many: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    found = density.cells(rng.normal(size=many), rng.exponential(size=many), rng.integers(1, 5, many))
    assert found["customers"].sum() == many
    assert not found.duplicated(["x", "y"]).any()
    assert found["share"].between(0, 1).all()


def test_who_lies_far_outside_stands_at_the_edge_and_does_not_stretch_the_grid() -> None:
    x = np.r_[np.linspace(0, 1, 5000), 1e6]
    found = density.cells(x, x, np.ones(len(x), dtype=int))
    assert found["x"].max() < 2
    assert found["customers"].sum() == len(x)


def test_customers_who_are_all_the_same_share_a_cell() -> None:
    found = density.cells(np.ones(5), np.ones(5), np.array([1, 1, 1, 2, 2]))
    assert found[["segment", "customers", "share"]].values.tolist() == [[1, 5, 0.6]]


def test_nobody_makes_no_cells() -> None:
    assert density.cells(np.empty(0), np.empty(0), np.empty(0, dtype=int)).empty
