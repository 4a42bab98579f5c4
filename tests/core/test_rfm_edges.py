"""Own thresholds of the RFM scores."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import ParameterError
from core.segments.scores import rfm_edges
from core.segments.scores.rfm import edges, rfm, score
from core.segments.scores.rfm_edges import FIFTHS, read, write
from tests.core.shops import Source, crowd, people

VALUES = st.lists(st.integers(0, 400), min_size=1, max_size=60)


def test_fixed_thresholds_score_by_days_orders_and_money():
    frame = people([1, 7, 30, 90, 180], [1, 2, 3, 5, 8], [4999, 5000, 10000, 25000, 100000])
    scored = rfm(Source(frame), "", "recency:7,30,90,180;orders:2,3,5,8;spend:50,100,250,1000")
    assert scored.scores["r"].tolist() == [5, 4, 3, 2, 1]
    assert scored.scores["f"].tolist() == [1, 2, 3, 4, 5]
    assert scored.scores["m"].tolist() == [1, 2, 3, 4, 5]
    assert scored.edges["recency_days"] == [180, 90, 30, 7]


def test_shares_of_customers_other_than_fifths():
    values = np.arange(10.0)
    cuts = edges(values, at=(0.1, 0.3, 0.6, 0.8))
    assert score(values, cuts).tolist() == [1, 2, 2, 3, 3, 3, 4, 4, 5, 5]
    scored = rfm(Source(people(range(10), [1] * 10, range(100, 1100, 100))), "", "recency:%10,30,60,80")
    assert scored.scores["r"].tolist() == [5, 5, 4, 4, 3, 3, 3, 2, 2, 1]


def test_what_is_not_named_stays_in_fifths():
    source = Source(crowd(200))
    own, plain = rfm(source, "", "orders:2,3,5,8"), rfm(source)
    for column in ("r", "m"):
        assert own.scores[column].equals(plain.scores[column])
    assert own.edges["monetary"] == plain.edges["monetary"]
    assert read("")["monetary"] == FIFTHS


def test_fifths_that_are_written_out_are_the_usual_ones():
    assert write(read("recency:%20,40,60,80; orders:%20,40,60,80")) == ""
    assert write(read("spend:50,99.50,250,1000")) == "spend:50,99.5,250,1000"


def test_a_score_that_no_customer_reaches_is_stated():
    found = rfm(Source(people([5] * 6, [1] * 6, range(100, 700, 100))), "", "orders:2,3,5,8").empty
    assert "Nobody has scores 2, 3, 4 and 5 for orders: no customer lies between those thresholds of yours." in found


@settings(max_examples=25, deadline=None)
@given(VALUES, st.lists(st.integers(1, 99), min_size=4, max_size=4, unique=True), st.booleans(), st.booleans())
def test_scores_never_fall_as_values_get_better_and_ties_are_equal(values, numbers, relative, falling):
    column = np.array(values, dtype=float)
    mark, slug = "%" if relative else "", "recency_days" if falling else "frequency"
    text = f"{'recency' if falling else 'orders'}:{mark}{','.join(map(str, sorted(numbers)))}"
    cuts = read(text)[slug].edges(column, slug)
    scores = score(column, cuts, falling=falling)
    better = np.argsort(-column if falling else column, kind="stable")
    assert (np.diff(scores[better]) >= 0).all()
    assert pd.Series(scores).groupby(column).nunique().max() == 1
    assert read(write(read(text))) == read(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("age:1,2,3,4", "no RFM threshold for 'age'"),
        ("recency", "no RFM threshold for 'recency'"),
        ("recency:7,30,90", "Recency has 3 thresholds"),
        ("recency:7,30,90,180,365", "Recency has 5 thresholds"),
        ("recency:7,30,30,180", "do not rise"),
        ("recency:180,90,30,7", "do not rise"),
        ("recency:0,30,90,180", "is 0"),
        ("orders:1.5,2,3,4", "not whole"),
        ("orders:a,2,3,4", "'a' of orders is not a number"),
        ("orders:-1,2,3,4", "'-1' of orders is not a number"),
        ("orders:nan,2,3,4", "is not a number"),
        ("spend:1e9,2,3,4", "is not a number"),
        ("spend:٣,4,5,6", "is not a number"),
        ("recency:%0,30,60,80", "between 0 and 100"),
        ("recency:%10,30,60,100", "between 0 and 100"),
        ("recency:7,30,90,180;recency:7,30,90,180", "twice"),
    ],
)
def test_thresholds_that_do_not_fit_say_why(text, words):
    with pytest.raises(ParameterError, match=words) as error:
        read(text)
    assert error.value.hint


def test_the_hint_shows_how_to_write_them():
    with pytest.raises(ParameterError) as error:
        rfm_edges.read("recency:1,2")
    assert "recency:7,30,90,180" in error.value.hint
