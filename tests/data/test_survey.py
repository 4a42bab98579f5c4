"""The demo survey has ordered answers, several choices and free text, and groups as weak as those of real surveys."""

import gzip

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score

from data import survey
from data.questions import IMPROVE, ORDERED, RANGES


@pytest.fixture(scope="module")
def answers() -> pd.DataFrame:
    return pd.read_csv(survey.OUT, dtype=str)


@pytest.fixture(scope="module")
def levels(answers) -> pd.DataFrame:
    """The ordered answers as places, 0 for the lowest."""
    places = {question.header: {answer: place for place, answer in enumerate(question.answers)} for question in ORDERED}
    return pd.DataFrame({header: answers[header].map(place) for header, place in places.items()})


def test_the_shipped_file_is_what_the_generator_makes():
    assert gzip.decompress(survey.OUT.read_bytes()) == survey.csv(survey.generate())


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(tmp_path):
    one, two, other = (survey.write(tmp_path / name, seed) for name, seed in [("a", 7), ("b.gz", 7), ("c", 8)])
    assert one.read_bytes() == two.read_bytes() != other.read_bytes()


def test_the_file_is_small_enough_to_ship():
    assert 10_000 < survey.OUT.stat().st_size < 150_000


def test_each_sheet_has_its_number_and_its_minute(answers):
    assert len(answers) == 600
    assert answers["Respondent"].is_unique
    assert answers["Answered at"].is_monotonic_increasing


def test_every_ordered_answer_is_one_that_may_be_given_and_none_is_never_given(answers, levels):
    for question in ORDERED:
        assert set(answers[question.header].dropna()) == set(question.answers)
    assert levels.isna().sum().sum() == 3


def test_groups_are_weak(levels):
    values = levels.fillna(levels.median())
    values = ((values - values.mean()) / values.std()).to_numpy()
    labels = KMeans(4, n_init=10, random_state=42).fit(values).labels_
    assert 0.07 < silhouette_score(values, labels) < 0.16


def test_several_choices_stand_in_one_cell(answers):
    chosen = answers["Ranges bought"].str.split(";")
    assert set(np.concatenate(chosen.to_list())) == set(RANGES)
    assert (chosen.str.len() > 1).mean() > 0.4


def test_the_discontent_ask_for_an_answer_and_the_keen_for_speed(answers, levels):
    def share(area: str, who: pd.Series) -> float:
        return (answers.loc[who, "Area to improve"] == area).mean()

    content, often = levels["Overall satisfaction"], levels["Purchase frequency"]
    assert share("Service responsiveness", content <= 1) > 1.4 * share("Service responsiveness", content >= 3)
    assert share("Shipping speed and reliability", often >= 3) > 1.3 * share(
        "Shipping speed and reliability", often <= 1
    )
    assert set(answers["Area to improve"]) - set(IMPROVE) == {"nothing, keep going"}


def test_a_third_add_words_of_their_own(answers):
    words = answers["Anything else?"].dropna()
    assert len(words) / len(answers) == pytest.approx(0.35, abs=0.06)
    assert words.nunique() > 60
