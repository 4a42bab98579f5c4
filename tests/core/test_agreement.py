"""Methods side by side: criteria and agreement against reference implementations and hand-made cases."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score, calinski_harabasz_score, davies_bouldin_score, silhouette_score

from core import codec
from core.errors import NotEnoughDataError
from core.segments.dividing import agreeing
from core.segments.dividing.agreement import agreement, alike, criteria
from core.segments.dividing.segmentation import segmentation
from core.segments.inputs import features
from core.segments.inputs.features import Recipe
from tests.core.little_table import table
from tests.core.shops import Source, crowd

SHOP = Source(crowd(400))


def compare(source, recipe=Recipe(), k=4):  # noqa: B008
    def divided(slug):
        other = Recipe(recipe.columns, recipe.how, method=slug, outliers=recipe.outliers)
        return segmentation(source, other, k, 42)

    return agreement(source, recipe, k, 42, divided=divided), divided


@pytest.fixture(scope="module")
def found():
    return compare(SHOP)


@pytest.fixture(scope="module")
def rows(found):
    return found[0].methods.set_index("method")


def test_every_method_stands_with_its_figures_or_with_its_reason(rows):
    assert {"kmeans", "gaussian", "ward", "hdbscan", "medoids"} <= set(rows.index)
    for _, row in rows.iterrows():
        assert bool(row["reason"]) != (row["segments"] > 1)


def test_criteria_are_those_of_scikit_learn(found, rows):
    _, divided = found
    values = features.values(SHOP, Recipe())
    for slug in ("kmeans", "gaussian", "ward", "medoids"):
        labels = divided(slug).labels
        assert rows.at[slug, "silhouette"] == pytest.approx(silhouette_score(values, labels))
        assert rows.at[slug, "calinski_harabasz"] == pytest.approx(calinski_harabasz_score(values, labels))
        assert rows.at[slug, "davies_bouldin"] == pytest.approx(davies_bouldin_score(values, labels))


def test_who_has_no_group_enters_no_criterion():
    values = np.array([[0.0], [1.0], [10.0], [11.0], [500.0]])
    with_stranger = criteria(values, np.array([1, 1, 2, 2, 0]))
    assert with_stranger == criteria(values[:4], np.array([1, 1, 2, 2]))


def test_one_group_has_no_criteria():
    assert all(np.isnan(value) for value in criteria(np.arange(5.0)[:, None], np.ones(5, dtype=int)).values())


def test_agreement_is_the_adjusted_rand_index_of_each_pair(found):
    made, divided = found
    for pair in made.pairs.to_dict("records"):
        wanted = adjusted_rand_score(divided(pair["a"]).labels, divided(pair["b"]).labels)
        assert pair["rand"] == pytest.approx(wanted)


def test_agreement_by_hand():
    # Six customers, two against three groups: 3 pairs together in both of 6 and 4, of 15 in all (Hubert and Arabie).
    mine, theirs = [0, 0, 0, 1, 1, 1], [0, 0, 0, 1, 1, 2]
    expected = 6 * 4 / 15
    assert adjusted_rand_score(mine, theirs) == pytest.approx((4 - expected) / ((6 + 4) / 2 - expected))


def test_sizes_add_up_to_everybody(found):
    made, _ = found
    assert (made.segments.groupby("method")["customers"].sum() == 400).all()
    assert made.segments.groupby("method")["share"].sum().to_numpy() == pytest.approx(1)


def test_within_a_method_every_colour_is_given_once(found):
    segments = found[0].segments
    assert not segments[~segments["apart"]].duplicated(["method", "colour"]).any()


def test_the_one_in_use_keeps_its_own_colours(found):
    made, divided = found
    mine = made.segments[made.segments["method"] == "kmeans"]
    assert mine["colour"].tolist() == [name.colour for name in divided("kmeans").names]


def test_like_colours_mean_the_same_customers():
    theirs = np.array([1] * 5 + [2] * 5 + [3] * 5)
    mine = np.array([9] * 5 + [7] * 4 + [8] * 6)
    assert alike(mine, theirs, {1: 4, 2: 0, 3: 6}) == {7: 0, 8: 6, 9: 4}


def test_a_group_that_is_like_none_gets_a_colour_of_its_own():
    mine, theirs = np.array([1, 1, 2, 3]), np.array([5, 5, 5, 5])
    given = alike(mine, theirs, {5: 0})
    assert given[1] == 0
    assert len(set(given.values())) == 3


def test_points_carry_a_segment_of_each_method(found):
    made, divided = found
    assert len(made.points) == 400
    assert (made.points["ward"].to_numpy() == divided("ward").labels).all()


def test_the_result_can_be_kept(found):
    again = codec.loads(codec.dumps(found[0]))
    pd.testing.assert_frame_equal(again.methods, found[0].methods)
    assert again.answer == found[0].answer


def test_a_method_that_finds_no_groups_says_so_and_does_not_stop_the_others(tmp_path):
    noise = pd.DataFrame(np.random.default_rng(1).normal(size=(600, 4)), columns=list("abcd"))
    made, _ = compare(table(tmp_path, noise), Recipe(how="standard"), 3)
    rows = made.methods.set_index("method")
    assert "finds no groups" in rows.at["hdbscan", "reason"]
    assert rows.drop("hdbscan")["silhouette"].notna().all()
    assert "HDBSCAN finds no groups." in made.answer


def test_where_the_one_in_use_cannot_work_the_first_that_can_stands_in(tmp_path):
    noise = pd.DataFrame(np.random.default_rng(1).normal(size=(600, 4)), columns=list("abcd"))
    made, _ = compare(table(tmp_path, noise), Recipe(how="standard", method="hdbscan"), 3)
    assert made.base == "kmeans"
    assert made.methods.set_index("method").at["kmeans", "rand"] == 1


def test_too_few_customers_are_refused_in_words():
    with pytest.raises(NotEnoughDataError, match="too few"):
        compare(Source(crowd(6)))


def test_those_who_were_set_aside_count_against_no_method():
    values = crowd(400)
    values.loc[0, ["cents", "frequency"]] = [10**11, 3]
    made, _ = compare(Source(values), Recipe(how="standard", outliers="aside"))
    rows = made.methods.set_index("method")
    assert rows.at["kmeans", "alone"] == 0
    assert made.segments.query("method == 'kmeans' and apart")["customers"].sum() >= 1


def methods(**silhouettes):
    rows = [
        {"method": name, "label": name.capitalize(), "in_use": name == "first", "reason": "", "alone": 0,
         "alone_share": 0.0, "segments": 4, "silhouette": value}
        for name, value in silhouettes.items()
    ]  # fmt: skip
    return pd.DataFrame(rows)


def test_a_method_that_is_clearly_better_is_recommended():
    lead, text = agreeing.suits(methods(first=0.3, second=0.45))
    assert lead == "Second would suit them better."
    assert "0.450" in text
    assert "First, in use, comes to 0.300" in text


def test_the_one_in_use_stays_where_another_is_hardly_better():
    lead, text = agreeing.suits(methods(first=0.44, second=0.45))
    assert lead == "Keep First."
    assert "hardly clearer" in text


def test_where_no_method_finds_groups_it_says_so():
    lead, text = agreeing.suits(methods(first=0.11, second=0.1))
    assert lead == "None stands out: keep First."
    assert "No method finds distinct groups" in text


def test_where_nothing_is_distinct_nobody_is_sent_to_another_method():
    lead, text = agreeing.suits(methods(first=0.09, second=0.12))
    assert lead == "None stands out: keep First."
    assert "the clearest, Second, has a silhouette of 0.120" in text


def test_who_leaves_out_the_doubtful_ones_is_not_recommended_for_it():
    rows = methods(first=0.3, second=0.6)
    rows.loc[1, ["alone", "alone_share"]] = [50, 0.3]
    lead, text = agreeing.suits(rows)
    assert lead == "Keep First."
    assert "Second finds four dense groups and leaves the other 30\u00a0% of customers on their own." in text


def test_what_agrees_and_what_does_not_is_said_by_name():
    rows = methods(first=0.3, second=0.3, third=0.3)
    pairs = pd.DataFrame(
        {"a": ["first", "first", "second"], "b": ["second", "third", "third"], "rand": [0.85, 0.5, 0.3]}
    )
    assert agreeing.agrees(rows, pairs) == (
        "First and Second make nearly the same groups; Second and Third are the least alike"
    )
    assert agreeing.agrees(rows, pairs.assign(rand=0.95)).startswith("All make almost the same groups")
    assert agreeing.agrees(rows, pairs.assign(rand=0.2)).startswith("No two make the same groups")


def test_who_is_in_no_crowd_is_on_their_own_also_where_others_were_set_aside():
    values = crowd(400)
    values.loc[0, ["cents", "frequency"]] = [10**11, 3]
    for outliers in ("keep", "aside"):
        found = segmentation(Source(values), Recipe(how="standard", method="hdbscan", outliers=outliers), 0, 42)
        assert {name.id: name.name for name in found.names}[found.apart] == "On their own"
