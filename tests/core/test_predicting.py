"""New customers: their values are read, checked and completed, and they are placed beside those who are like them."""

import json
from contextlib import suppress
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import codec
from core.errors import InputError, ParameterError
from core.pipeline import Pipeline, View
from core.segments.dividing import placements
from core.segments.inputs import features
from core.segments.inputs.matrix import MOST_LEVELS, Feature, assemble
from core.segments.placing import entering, predicting
from core.segments.placing.fields import Field, read
from core.settings import Settings
from tests import people_tables
from tests.wire.conftest import write_log

HEADERS = {"Age": "Age", "Education": "Education", "Income": "Income", "Marital": "Marital"}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return Pipeline(Settings(home=tmp_path_factory.mktemp("predicting")))


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    table = people_tables.write(folder / "people.csv", people_tables.customers(), people_tables.CUSTOMERS)
    return SimpleNamespace(folder=folder, log=write_log(folder / "log.csv"), table=table)


@pytest.fixture(scope="module")
def log(home, files):
    return View(home.receive(files.log).fingerprint, k=3)


@pytest.fixture(scope="module")
def table(home, files):
    return View(
        home.receive(files.table).fingerprint, k=3, features=("age", "education", "marital", "income", "accepted")
    )


def field(home, view, slug):
    return next(each for each in home.prediction_fields(view) if each.slug == slug)


def save(folder, frame, name="new.csv", **how):
    path = folder / name
    frame.to_csv(path, index=False, **how)
    return path


@pytest.mark.parametrize("kind", ["log", "table"])
@pytest.mark.parametrize("prepare", ["log", "standard", "rank"])
def test_those_whom_segments_were_learned_from_get_their_own_segment(home, request, kind, prepare):
    view = request.getfixturevalue(kind).but(prepare=prepare)
    found, frame = home.segmentation(view), features.frame(home._everybody(view))
    assert predicting.place(found.model, frame)["segment"].tolist() == found.labels.tolist()


def test_a_file_of_the_same_customers_gives_the_same_segments_in_any_order_of_columns_and_rows(home, table, files):
    frame = pd.read_csv(files.table, dtype=str).sample(frac=1, random_state=1)
    shuffled = frame[frame.columns[::-1]]
    placed = home.predict_file(table, save(files.folder, shuffled))
    everybody = home._everybody(table).frame()
    own = dict(zip(everybody["customer_id"], home.segmentation(table).labels, strict=True))
    told = dict(zip(placed.frame["ID"], placed.frame["segment"], strict=True))
    assert {id: told[id] for id in own} == own
    assert len(placed.frame) == len(frame)
    assert placed.frame[shuffled.columns.tolist()].fillna("").values.tolist() == shuffled.fillna("").values.tolist()


def test_the_orders_of_a_log_place_its_customers_where_they_are(home, log, files):
    placed = home.predict_file(log, files.log)
    people = home.customer_table(log)
    kept = placed.frame[placed.frame["segment"].notna()]
    assert dict(zip(kept["customer_id"], kept["segment"], strict=True)) == dict(
        zip(people["customer_id"], people["segment"], strict=True)
    )
    assert placed.told[0].startswith("Their orders are counted to ")


def test_orders_that_end_earlier_are_counted_to_the_day_of_the_log(home, log, files):
    frame = pd.read_csv(files.log, dtype=str)
    early = frame[frame["InvoiceDate"] < "2023-06-01"]
    placed = home.predict_file(log, save(files.folder, early, "early.csv"))
    assert placed.frame["recency_days"].dropna().min() > 200


def test_features_of_a_log_can_be_given_as_a_table(home, log, files):
    path = files.folder / "rfm.csv"
    path.write_text("Days since last order;ORDERS;monetary;who\n3;9;1.250,50;Ann\n300;1;20,00;Bob\n", encoding="utf-8")
    placed = home.predict_file(log, path)
    same = home.predict(
        log,
        [
            {"recency_days": 3, "frequency": 9, "monetary": 1250.5},
            {"recency_days": 300, "frequency": 1, "monetary": 20},
        ],
    )
    assert placed.frame["segment"].tolist() == same.rows["segment"].tolist()
    assert placed.frame["who"].tolist() == ["Ann", "Bob"]


def test_derived_columns_are_made_of_the_columns_of_a_new_file(home, files):
    view = View(home.receive(files.table).fingerprint, k=3, features=("total_spending", "income"))
    fresh = pd.DataFrame({"MntWines": [10, 900], "MntFruits": [5, 300], "MntMeat": [1, 500], "Income": [20000, 90000]})
    placed = home.predict_file(view, save(files.folder, fresh, "parts.csv"))
    same = home.predict(view, [{"total_spending": 16, "income": 20000}, {"total_spending": 1700, "income": 90000}])
    assert placed.frame["segment"].tolist() == same.rows["segment"].tolist()
    assert not placed.told


def test_nothing_of_a_file_is_lost_and_what_cannot_be_placed_says_why(home, table, files):
    path = files.folder / "gaps.csv"
    path.write_text("Age,Income,segment\n40,abc,mine\n,50000,yours\n-1,1,x\n", encoding="utf-8")
    placed = home.predict_file(table, path)
    assert [row for row, _ in placed.refused] == [1, 3]
    assert "Income “abc” is not a number" in placed.refused[0][1]
    assert "Age -1 is below 0" in placed.refused[1][1]
    assert placed.frame["segment"].tolist() == ["mine", "yours", "x"]
    assert placed.frame["new_segment"].isna().tolist() == [True, False, True]
    assert "the median, stands for it" in placed.frame["note"][1]
    assert any(told.startswith("No column for Education") for told in placed.told)


def test_a_file_without_any_known_column_is_refused_with_the_names(home, table, log, files):
    path = files.folder / "foreign.csv"
    path.write_text("colour,shape\nred,round\nblue,square\n", encoding="utf-8")
    for view in (table, log):
        with pytest.raises(InputError, match=r"No column of foreign\.csv"):
            home.predict_file(view, path)


def test_who_is_not_known_stands_at_the_median_and_it_is_said(home, table):
    empty, given = (
        home.predict(table, [record]) for record in ({}, {f.slug: f.default for f in home.prediction_fields(table)})
    )
    assert empty.rows.drop(columns="id").to_dict() == given.rows.drop(columns="id").to_dict()
    assert {note.kind for note in empty.notes[0]} == {"missing"}
    assert not given.notes[0]


def test_a_category_that_nobody_had_stands_with_the_rare_ones_or_with_none():
    def predicted(levels):
        frame = pd.DataFrame({"city": np.resize(np.array(levels, dtype=object), 300)})
        made = assemble(frame, [Feature("city", "City", "category", "", "", scale="nominal")])
        fields = predicting.fields(made.encoding, frame)
        entries = entering.enter(fields, {"city": ["Atlantis"]}, 1)
        return made.encoding.rows(entries.frame), entries.notes[0][0]

    row, note = predicted([f"Town {n}" for n in range(MOST_LEVELS + 3)])
    assert row.sum() == 1
    assert (note.kind, "with the rare ones" in note.text) == ("unseen", True)
    row, note = predicted(["Oslo", "Lyon"])
    assert row.sum() == 0
    assert "“Atlantis” was nobody’s so far" in note.text


def test_a_rare_category_that_somebody_had_is_no_news():
    towns = [f"Town {n:02}" for n in range(MOST_LEVELS + 3)]
    frame = pd.DataFrame({"city": np.resize(np.array(towns, dtype=object), 300)})
    made = assemble(frame, [Feature("city", "City", "category", "", "", scale="nominal")])
    entries = entering.enter(predicting.fields(made.encoding, frame), {"city": [towns[-1]]}, 1)
    assert entries.notes == [[]]


def test_levels_are_given_by_name_or_place(home, table):
    education = field(home, table, "education")
    assert (
        read(education, " phd ") == read(education, education.levels.index("PhD") + 1) == education.levels.index("PhD")
    )
    with pytest.raises(
        ParameterError, match=r"Education “Kindergarten” is not one of its levels\. Give one of .*or its place"
    ):
        read(education, "Kindergarten")


def test_yes_and_no_are_read_in_many_spellings(home, table):
    accepted = field(home, table, "accepted")
    assert [read(accepted, value) for value in (True, 1, "Y", 0, "no", False)] == ["yes"] * 3 + ["no"] * 3
    with pytest.raises(ParameterError, match="neither yes nor no"):
        read(accepted, "perhaps")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("12,5", "is not a number"), ("abc", "is not a number"), (float("nan"), "is not a number"),
        ("inf", "is too large"),
        (True, "is not a number"), ([1], "is no single value"), (1e300, "is too large"), (-5, "is below 0"),
        ("1" * 400, "is too large"),
    ],
)  # fmt: skip
def test_what_is_no_number_is_named_with_its_field(home, table, value, words):
    with pytest.raises(ParameterError, match=f"^Income .*{words}"):
        read(field(home, table, "income"), value)


def test_a_number_beyond_all_that_was_seen_is_placed_and_said(home, table):
    found = home.predict(table, [{"income": 9e9}])
    assert {note.kind for note in found.notes[0]} >= {"outside", "far"}
    assert found.rows["far"].tolist() == [True]


def test_a_field_that_does_not_exist_is_named_and_those_there_are(home, table):
    with pytest.raises(ParameterError, match=r"no field “incme”.*age, education"):
        home.predict(table, [{"incme": 4, "id": "a"}])


def test_problems_keep_their_row_and_field(home, table):
    found = home.predict(table, [{"id": "a"}, {"id": "b", "age": "x", "education": "?"}])
    assert {row: set(problems) for row, problems in found.problems.items()} == {1: {"age", "education"}}


def test_confidence_is_clear_where_the_next_is_twice_as_far(home, table):
    found = home.segmentation(table)
    rows = predicting.place(found.model, features.frame(home._everybody(table)))
    values = found.model.values(features.frame(home._everybody(table)))
    away = np.sort(np.linalg.norm(values[:, None] - found.model.fit.centres[None], axis=2), axis=1)
    clear = away[:, 1] >= 2 * away[:, 0]
    assert (rows["confidence"] == "clear").tolist() == clear.tolist()
    assert (rows["runner_up"] != rows["segment"]).all()


def test_segments_are_portrayed_with_averages_and_advice(home, table):
    for one in home.portrayed(table).values():
        assert one.portrait
        assert one.advice
        assert isinstance(one.averages["income"], float)
        assert one.averages["education"][0] in field(home, table, "education").levels
    assert sum(one.share for one in home.portrayed(table).values()) == pytest.approx(1)


def test_the_template_can_be_brought_back(home, table, log, files):
    for view in (table, log):
        placed = home.predict_file(view, save(files.folder, home.template(view), "template.csv"))
        assert placed.placed == 1
        assert not placed.told
        assert placed.frame["segment"][0] == home.predict(view, [{}]).rows["segment"][0]


def test_fields_survive_the_cache(home, table):
    sheet = home.prediction_sheet(table)
    assert codec.loads(codec.dumps(sheet)).fields == sheet.fields


json_values = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.lists(st.none())


@given(value=json_values)
@settings(max_examples=100, deadline=None)
def test_any_json_value_is_read_or_refused_in_words(home, table, value):
    for each in home.prediction_fields(table):
        with suppress(ParameterError):
            cell = read(each, value)
            assert cell is None or json.dumps(cell)


def test_headers_match_by_any_spelling_then_by_role(home, table):
    fields = home.prediction_fields(table)
    found = placements.match(fields, ["AGE", "edu level", "in_come"], {"edu level": "education", "AGE": "age"})
    assert found == {"age": "AGE", "education": "edu level", "income": "in_come"}


def test_a_place_in_small_figures_is_refused_in_words():
    grade = Field("e", "Grade", "", "level", "ordinal", "", 0, 2, 0, 2, 0, 2, True, 1, "B", ("A", "B", "C"))
    for value in ("²", "4", True, 10**400):
        with pytest.raises(ParameterError, match="is not one of its levels"):
            read(grade, value)
