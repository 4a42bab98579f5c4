"""Results to bytes and back."""

import dataclasses
import datetime as dt
import math
import pickle
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import codec
from core.codec import cacheable, dumps, loads

scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(allow_nan=False), st.text(),
    st.dates(), st.datetimes().map(lambda moment: moment.replace(fold=0)),
)  # fmt: skip
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(st.one_of(st.text(), st.integers(), st.tuples(st.integers(), st.text())), inner, max_size=4),
    ),
    max_leaves=12,
)


@cacheable
@dataclass(frozen=True)
class Result:
    frame: pd.DataFrame
    members: np.ndarray
    more: object = None


@dataclass(frozen=True)
class Undeclared:
    value: int = 1


@settings(max_examples=100, deadline=None)
@given(values)
def test_what_goes_in_comes_out_with_its_types(value):
    back = loads(dumps(value))
    assert back == value
    assert repr(back) == repr(value)


def test_frames_arrays_and_dataclasses_come_back():
    frame = pd.DataFrame(
        {"cents": [1, 2], "share": [0.5, np.nan], "name": ["a", None], "ts": pd.to_datetime(["2011-01-01", None])},
        index=pd.Index(["x", "y"], name="key"),
    )
    result = Result(frame, np.array([[1.5, np.inf], [0, -1]]), [Result(frame.iloc[:0], np.array([True]))])
    back = loads(dumps(result))
    pd.testing.assert_frame_equal(back.frame, frame)
    np.testing.assert_array_equal(back.members, result.members)
    pd.testing.assert_frame_equal(back.more[0].frame, frame.iloc[:0])


def test_numbers_of_numpy_become_plain_ones():
    assert loads(dumps([np.int32(4), np.float64(0.5), np.bool_(True)])) == [4, 0.5, True]


def test_numbers_that_json_does_not_know_survive():
    back = loads(dumps([math.inf, -math.inf, math.nan]))
    assert back[:2] == [math.inf, -math.inf]
    assert math.isnan(back[2])


@pytest.mark.parametrize("value", [Undeclared(), object(), {1, 2}, b"bytes", lambda: None, [Undeclared()]])
def test_what_was_not_declared_is_not_stored(value):
    with pytest.raises(TypeError, match="cannot be stored"):
        dumps(value)


def test_an_array_of_objects_is_refused():
    with pytest.raises(ValueError, match="allow_pickle"):
        dumps(np.array([Undeclared()], dtype=object))


@pytest.mark.parametrize("data", [b"", b"CLT", b"CLT1", pickle.dumps({"a": 1}), dumps({"a": 1})[:-3], dumps([1])[4:]])
def test_damaged_bytes_are_a_value_error(data):
    with pytest.raises(ValueError):  # noqa: PT011
        loads(data)


@given(st.binary(max_size=60))
def test_any_bytes_are_either_decoded_or_refused(data):
    with pytest.raises(ValueError):  # noqa: PT011
        loads(b"CLT1" + data)


def test_a_type_that_is_no_longer_declared_is_refused(monkeypatch):
    data = dumps(Result(pd.DataFrame(), np.array([])))
    monkeypatch.delitem(codec._types, f"{Result.__module__}:Result")
    with pytest.raises(ValueError, match="not an encoded result"):
        loads(data)


def test_dates_keep_their_kind():
    assert type(loads(dumps(dt.date(2011, 1, 1)))) is dt.date
    assert loads(dumps(dt.datetime(2011, 1, 1, 12, tzinfo=dt.UTC))).tzinfo is not None
    assert dataclasses.is_dataclass(Result)
