"""Saved segmentations: kept with all that they were made with, changed without loss, refitted without losing names."""

from __future__ import annotations

import io
import json
import os
import pickle
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import text

from core.errors import ExpiredError, ParameterError
from core.pipeline import Pipeline, View
from core.segments.keeping import holding, model_file
from core.segments.keeping.saved import unpack_members
from core.settings import Settings
from core.warehouse.book import Book
from tests import people_tables
from tests.wire.conftest import write_log

HERE = Path(__file__).parents[2]
# A PostgreSQL database that may be emptied; SQLite in the home of the test without one.
ELSEWHERE = os.environ.get("CLIENTELE_TEST_POSTGRES", "")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A home with a shop, a later version of it and a customer table."""
    folder = tmp_path_factory.mktemp("saved")
    pipeline = Pipeline(Settings(home=folder / "home", database_url=ELSEWHERE))
    shop = pipeline.receive(write_log(folder / "shop.csv", customers=90), name="Shop")
    later = pipeline.append(shop.fingerprint, write_log(folder / "later.csv", customers=130, seed=8))
    table = people_tables.write(folder / "customers.csv", people_tables.customers(), people_tables.CUSTOMERS)
    return pipeline, shop.fingerprint, later.fingerprint, pipeline.receive(table).fingerprint


@pytest.fixture
def pipeline(made):
    yield made[0]
    for saved in made[0].kept():
        made[0].delete_kept(saved.id)
    for saved in made[0].kept_in_trash():
        made[0].purge_kept(saved.id)


@pytest.fixture
def view(made):
    return View(made[1], k=4)


def rows_of(pipeline):
    """Everything that the database holds."""
    with pipeline.archive.database.read() as connection:
        return [
            connection.execute(text(f"SELECT * FROM {name} ORDER BY 1, 2")).all()
            for name in ("segmentations", "segmentation_versions", "segmentation_events")
        ]


def test_what_is_saved_comes_back_whole(pipeline, view):
    saved = pipeline.keep(view.but(period="2023", countries=("Germany",)), "  Spring\nplan ", "Ana", "For the mailing")
    again = pipeline.archive.get(saved.id)
    assert again == saved
    assert (saved.name, saved.who, saved.note) == ("Spring plan", "Ana", "For the mailing")
    assert saved.view == view.but(saved=saved.id)
    found, held = pipeline.segmentation(view), pipeline.segmentation(saved.view)
    assert found.names == held.names
    assert np.array_equal(found.labels, held.labels)
    assert held.news == []


def test_the_definition_holds_every_parameter_that_decides_who_is_where(pipeline, view):
    other = view.but(k=3, seed=7, prepare="rank", own=(("frequency", "log"),), weights=(("monetary", 2.0),),
                     outliers="clip", as_of="2024-06-01", features=("recency_days", "frequency", "monetary"),
                     rules="notebook")  # fmt: skip
    assert pipeline.keep(other, "All of it").view.but(saved="") == other


def test_a_model_survives_the_way_through_skops(pipeline, view):
    model = pipeline.segmentation(view).model
    again = model_file.loads(model_file.dumps(model))
    values = np.random.default_rng(1).normal(size=(50, 3))
    first, second = model.place(values), again.place(values)
    for name in ("segment", "runner_up", "distance", "far"):
        assert np.array_equal(getattr(first, name), getattr(second, name))
    assert again.encoding == model.encoding


@pytest.mark.parametrize("method", ["gaussian", "ward", "hdbscan", "medoids"])
def test_models_of_every_method_survive_it(pipeline, view, method):
    from core.segments.dividing import clusterer

    if method not in clusterer.every():
        pytest.skip(f"there is no {method}")
    model = pipeline.segmentation(view.but(method=method, k=3)).model
    again = model_file.loads(model_file.dumps(model))
    values = np.random.default_rng(1).normal(size=(50, 3))
    assert np.array_equal(model.place(values).segment, again.place(values).segment)


@pytest.mark.parametrize(
    "data", [b"", b"no archive", pickle.dumps({"format": 1}), b"PK\x05\x06" + bytes(18)], ids=range(4)
)
def test_what_is_no_model_is_refused(data):
    with pytest.raises(ParameterError, match="The saved model"):
        model_file.loads(data)


def test_a_model_file_with_a_program_in_it_is_refused(pipeline, view):
    from skops import io as skops

    data = skops.dumps({"format": 1, "model": np.random.default_rng(1).normal})
    with pytest.raises(ParameterError, match="The saved model"):
        model_file.loads(data)
    names = zipfile.ZipFile(io.BytesIO(model_file.dumps(pipeline.segmentation(view).model))).namelist()
    assert all(name.endswith((".json", ".npy")) for name in names)


def test_another_seed_and_shuffled_customers_keep_names_numbers_and_colours(pipeline, view):
    saved = pipeline.keep(view, "Spring plan")
    for seed in (1, 7, 99):
        again = pipeline.segmentation(saved.view.but(seed=seed))
        kept = [(each.id, each.name, each.colour) for each in again.names]
        assert kept == [(each.id, each.name, each.colour) for each in saved.current.living]


@pytest.mark.parametrize("method", ["kmeans", "gaussian", "ward", "medoids"])
def test_a_table_with_shuffled_rows_and_another_seed_keeps_numbers_names_colours_and_members(
    pipeline, made, tmp_path, method
):
    frame = people_tables.customers()
    file = people_tables.write(tmp_path / "other.csv", frame.sample(frac=1, random_state=3), people_tables.CUSTOMERS)
    shuffled = pipeline.receive(file).fingerprint
    view = View(made[3], k=3, method=method, features=("Income", "Kids", "Store purchases", "Web visits"))
    saved = pipeline.keep(view, "By what they are")
    again = saved.view.but(dataset=shuffled, seed=7)
    assert shuffled != made[3]
    for one in (view, again):
        kept = [(each.id, each.name, each.colour) for each in pipeline.segmentation(one).names]
        assert kept == [(each.id, each.name, each.colour) for each in saved.current.living]
    members = unpack_members(pipeline.archive.contents(saved.id, 1).members)
    now = pipeline.customer_table(again).set_index("customer_id")["segment"]
    assert now.loc[members.index].tolist() == members.tolist()


def test_one_more_segment_keeps_the_others_and_takes_no_name_number_or_colour_of_theirs(pipeline, view):
    saved = pipeline.keep(view, "Spring plan")
    for k in (2, 3, 5, 6, 8):
        found = pipeline.segmentation(saved.view.but(k=k))
        names, ids = [each.name for each in found.names], [each.id for each in found.names]
        assert len(set(names)) == len(set(ids)) == len(ids) == k
        assert set(found.labels) == set(ids)
        before = {each.id: each for each in saved.current.living}
        for each in found.names:
            if each.id in before:
                assert (each.name, each.colour) == (before[each.id].name, before[each.id].colour)
            else:
                assert each.id > 4
                assert each.name not in {one.name for one in before.values()}
                assert each.colour not in {one.colour for one in before.values()}
        assert set(found.model.ids) == set(ids)
        placed = found.model.place(found.model.values(pipeline.customer_table(saved.view))).segment
        assert (placed == found.labels).mean() > 0.95


def test_a_name_that_somebody_gave_is_never_overwritten(pipeline, view, made):
    saved = pipeline.keep(view, "Spring plan")
    pipeline.rename_segment(saved.id, 2, "Anna's favourites", "Ana")
    for other in (view.but(seed=5), view.but(k=5), view.but(dataset=made[2])):
        names = {each.id: each.name for each in pipeline.segmentation(other.but(saved=saved.id)).names}
        assert names.get(2, "Anna's favourites") == "Anna's favourites"
    refit = pipeline.refit_kept(saved.id, view.but(seed=5))
    assert next(each for each in refit.current.living if each.id == 2).named
    assert pipeline.profiles(refit.view).of(2)["name"] == "Anna's favourites"
    assert "Anna's favourites" in [one.name for one in pipeline.campaigns(refit.view).segments]


def test_two_segments_never_have_one_name(pipeline, view):
    saved = pipeline.keep(view, "Spring plan")
    other = saved.current.living[1].name
    with pytest.raises(ParameterError, match="Another segment"):
        pipeline.rename_segment(saved.id, 1, other.upper())
    with pytest.raises(ParameterError, match="no segment 17"):
        pipeline.rename_segment(saved.id, 17, "Nobody")


def test_a_later_version_of_the_dataset_is_told_from_the_saved_one_and_can_be_kept(pipeline, view, made):
    saved = pipeline.keep(view, "Spring plan")
    assert [each.fingerprint for each in pipeline.later(saved)] == [made[2]]
    refitted = saved.view.but(dataset=made[2])
    assert pipeline.differs(refitted)
    assert not pipeline.differs(saved.view)
    news = pipeline.segmentation(refitted).news
    assert "customers who are in both" in news[0]
    kept = pipeline.refit_kept(saved.id, refitted, "Ben")
    assert (kept.current.number, kept.versions, kept.current.dataset) == (2, (1, 2), made[2])
    assert list(kept.current.news) == news
    assert not pipeline.differs(kept.view)
    assert pipeline.segmentation(kept.view).names == pipeline.segmentation(kept.view.but(saved=saved.id)).names


def test_a_number_is_never_given_twice(pipeline, view):
    saved = pipeline.keep(view, "Spring plan")
    more = pipeline.refit_kept(saved.id, view.but(k=8))
    highest = max(each.id for each in more.current.segments)
    back = pipeline.undo_kept(saved.id)
    assert back.current.number == 1
    again = pipeline.refit_kept(saved.id, view.but(k=8))
    assert again.current.number == 3
    fresh = {each.id for each in again.current.living} - {each.id for each in saved.current.living}
    assert min(fresh) > highest


def test_retired_segments_stay_known_and_their_names_are_not_given_away(pipeline, view):
    saved = pipeline.keep(view, "Spring plan")
    fewer = pipeline.refit_kept(saved.id, view.but(k=2))
    retired = {each.name for each in fewer.current.segments if each.retired}
    assert len(retired) >= 2
    assert len(fewer.current.living) == 2
    names = {each.name for each in pipeline.segmentation(fewer.view.but(k=6)).names}
    assert not names & retired


def test_changes_are_undone_one_by_one_in_reverse(pipeline, view):
    saved = pipeline.keep(view, "Spring plan", note="One")
    pipeline.rename_kept(saved.id, "Summer plan", "Ben")
    pipeline.note_kept(saved.id, "Two")
    pipeline.rename_segment(saved.id, 1, "The best")
    pipeline.refit_kept(saved.id, view.but(seed=3))
    assert pipeline.undo_kept(saved.id).current.number == 1
    assert pipeline.undo_kept(saved.id).current.living[0].name == saved.current.living[0].name
    assert not pipeline.archive.get(saved.id).current.living[0].named
    assert pipeline.undo_kept(saved.id).note == "One"
    last = pipeline.undo_kept(saved.id)
    assert (last.name, last.undoable) == ("Spring plan", None)
    assert [(each.what, each.undone) for each in last.history] == [
        ("refitted", True), ("segment renamed", True), ("noted", True), ("renamed", True), ("saved", False),
    ]  # fmt: skip
    with pytest.raises(ParameterError, match="Nothing was changed"):
        pipeline.undo_kept(saved.id)


def test_names_on_the_pages_follow_a_rename_and_its_undo(pipeline, view):
    saved = pipeline.keep(view, "Spring plan")
    before = pipeline.segmentation(saved.view).names
    pipeline.rename_segment(saved.id, 1, "The best")
    assert pipeline.segmentation(saved.view).names[0].name == "The best"
    assert pipeline.customer_table(saved.view)["segment_name"].eq("The best").any()
    pipeline.undo_kept(saved.id)
    assert pipeline.segmentation(saved.view).names == before


def test_the_trash_gives_back_what_was_deleted_until_it_is_removed_for_good(pipeline, view):
    saved = pipeline.keep(view, "Spring plan")
    with pytest.raises(ParameterError, match="not in the trash"):
        pipeline.purge_kept(saved.id)
    pipeline.delete_kept(saved.id)
    assert [each.id for each in pipeline.kept_in_trash()] == [saved.id]
    assert pipeline.kept() == []
    checked, problems = pipeline.check(saved.view)
    assert (checked.saved, "was deleted" in problems[0].message) == ("", True)
    assert pipeline.restore_kept(saved.id).current == saved.current
    assert pipeline.check(saved.view) == (saved.view, [])
    pipeline.delete_kept(saved.id)
    pipeline.purge_kept(saved.id)
    assert [len(rows) for rows in rows_of(pipeline)] == [0, 0, 0]
    with pytest.raises(ExpiredError):
        pipeline.restore_kept(saved.id)


def test_what_waited_in_the_trash_too_long_is_removed(pipeline, view):
    saved = pipeline.keep(view, "Spring plan")
    pipeline.delete_kept(saved.id)
    with pipeline.archive.database.write() as connection:
        connection.execute(text("UPDATE segmentations SET deleted = '2020-01-01T00:00:00+00:00'"))
    assert pipeline.kept_in_trash() == []
    assert rows_of(pipeline)[0] == []


def test_two_who_look_at_the_trash_at_once_both_see_it(pipeline, view, monkeypatch):
    saved = pipeline.keep(view, "Spring plan")
    pipeline.delete_kept(saved.id)
    with pipeline.archive.database.write() as connection:
        connection.execute(text("UPDATE segmentations SET deleted = '2020-01-01T00:00:00+00:00'"))
    purge = Book.purge

    def late(*given):
        purge(*given)
        purge(*given)

    monkeypatch.setattr(Book, "purge", late)
    assert pipeline.kept_in_trash() == []


def test_nothing_is_overwritten_when_anything_fails(pipeline, view, monkeypatch):
    saved = pipeline.keep(view, "Spring plan")
    before = rows_of(pipeline)

    def fail(*given, **named):
        raise RuntimeError("the lights went out")

    monkeypatch.setattr(Book, "tell", fail)
    for change in (
        lambda: pipeline.keep(view, "Another"),
        lambda: pipeline.rename_kept(saved.id, "Summer plan"),
        lambda: pipeline.rename_segment(saved.id, 1, "The best"),
        lambda: pipeline.refit_kept(saved.id, view.but(seed=3)),
        lambda: pipeline.delete_kept(saved.id),
    ):
        with pytest.raises(RuntimeError):
            change()
    assert rows_of(pipeline) == before


def test_a_refit_of_what_somebody_else_changed_meanwhile_is_not_kept(pipeline, view):
    saved = pipeline.keep(view, "Spring plan")
    version, contents = pipeline._version(saved.view.but(seed=3), "Ana")
    pipeline.rename_segment(saved.id, 1, "The best")
    with pytest.raises(ParameterError, match="changed in the meantime"):
        pipeline.archive.add_version(saved.id, version, contents, token=saved.token)
    assert pipeline.archive.get(saved.id).versions == (1,)


def test_a_name_given_while_a_refit_is_learned_is_not_overwritten(pipeline, view, monkeypatch):
    saved = pipeline.keep(view, "Spring plan")
    learn = pipeline._version

    def slowly(*given):
        version = learn(*given)
        pipeline.rename_segment(saved.id, 1, "The best")
        return version

    monkeypatch.setattr(pipeline, "_version", slowly)
    with pytest.raises(ParameterError, match="changed in the meantime"):
        pipeline.refit_kept(saved.id, view.but(seed=3))
    assert pipeline.archive.get(saved.id).current.living[0].name == "The best"


def test_undoing_a_rename_puts_back_the_name_and_nothing_else(tmp_path):
    pipeline = Pipeline(Settings(home=tmp_path / "home"))
    view = View(pipeline.receive(write_log(tmp_path / "shop.csv", customers=90), name="Shop").fingerprint, k=4)
    saved = pipeline.keep(view, "Spring plan")
    more = pipeline.append(view.dataset, write_log(tmp_path / "more.csv", customers=3, seed=8)).fingerprint
    refit = pipeline.refit_kept(saved.id, view.but(dataset=more))
    both = {each.id for each in saved.current.living} & {each.id for each in refit.current.living}
    pipeline.rename_segment(saved.id, min(both), "The best")
    pipeline.archive.forget([more])
    before = pipeline.archive.get(saved.id)
    assert (before.current.number, refit.current.number) == (1, 2)
    assert pipeline.undo_kept(saved.id).current.segments == saved.current.segments


def test_those_set_aside_for_another_reason_do_not_take_the_name(pipeline, view):
    gaps = view.but(features=("recency_days", "days_between", "monetary"), missing="drop", k=3)
    saved = pipeline.keep(gaps, "Rhythm")
    assert "Not enough known" in [each.name for each in saved.current.living]
    again = pipeline.segmentation(saved.view.but(seed=9))
    assert {each.id: each.name for each in again.names}[again.apart] == "Not enough known"
    far = pipeline.segmentation(saved.view.but(missing="median", outliers="aside"))
    assert far.apart not in {each.id for each in saved.current.living}


@pytest.mark.parametrize("name", ["", " \n ", "x" * 121])
def test_a_name_that_is_none_is_refused(pipeline, view, name):
    with pytest.raises(ParameterError, match="needs a name"):
        pipeline.keep(view, name)
    assert pipeline.kept() == []


def test_a_dataset_that_lacks_the_columns_says_which_and_nothing_is_changed(pipeline, made):
    view = View(made[3], k=3, features=("Age", "Income"))
    saved = pipeline.keep(view, "By age and income")
    before = rows_of(pipeline)
    other = replace(saved.view, dataset=made[1])
    checked, problems = pipeline.check(other)
    assert checked.saved == ""
    assert "another kind of table" in problems[0].message
    assert rows_of(pipeline) == before


def test_a_table_without_a_saved_column_is_named(pipeline, made, tmp_path):
    saved = pipeline.keep(View(made[3], k=3, features=("Age", "Income")), "By age and income")
    columns = tuple(column for column in people_tables.CUSTOMERS if column.slug != "income")
    file = people_tables.write(tmp_path / "less.csv", people_tables.customers().drop(columns="income"), columns)
    less = pipeline.receive(file).fingerprint
    checked, problems = pipeline.check(saved.view.but(dataset=less))
    assert checked.saved == ""
    assert "was learned from Income, which this dataset does not have" in problems[0].message
    assert "What was saved stays as it was" in problems[0].hint


@pytest.mark.parametrize("id", ["nothing0", "'; DROP TABLE segmentations; --", "x" * 4000])
def test_a_link_to_what_is_not_saved_is_a_problem_and_the_page_stays(pipeline, view, id):
    checked, problems = pipeline.check(view.but(saved=id))
    assert checked == view
    assert "no saved segmentation" in problems[0].message
    assert len(problems[0].message) < 200


def test_members_are_small_and_come_back_in_order(pipeline, view):
    saved = pipeline.keep(view, "Spring plan")
    data = pipeline.archive.contents(saved.id, 1).members
    members = unpack_members(data)
    assert members.index.tolist() == holding.customer_ids(pipeline.slice(view.whole())).tolist()
    assert members.tolist() == pipeline.segmentation(view).labels.tolist()


def test_deleting_a_dataset_for_good_erases_what_was_saved_of_it(tmp_path):
    pipeline = Pipeline(Settings(home=tmp_path / "home"))
    shop = pipeline.receive(write_log(tmp_path / "shop.csv", customers=60), name="Shop").fingerprint
    other = pipeline.receive(write_log(tmp_path / "other.csv", customers=70, seed=3), name="Other").fingerprint
    gone, stays = pipeline.keep(View(shop, k=3), "Gone"), pipeline.keep(View(other, k=3), "Stays")
    pipeline.delete(shop)
    assert {each.name for each in pipeline.kept()} == {"Gone", "Stays"}
    assert pipeline.restore(shop).fingerprint == shop
    pipeline.delete(shop)
    pipeline.purge(shop)
    assert [each.name for each in pipeline.kept()] == ["Stays"]
    assert pipeline.archive.get(stays.id) == stays
    database = b"".join(path.read_bytes() for path in (tmp_path / "home").glob("clientele.db*"))
    assert gone.id.encode() not in database
    assert stays.id.encode() in database


def test_two_processes_that_rename_at_once_both_have_their_line_in_the_history(pipeline, view):
    saved = pipeline.keep(view, "Spring plan")
    program = (
        "import sys; from core.pipeline import Pipeline; from core.settings import Settings\n"
        "pipeline = Pipeline(Settings.from_env())\n"
        "for n in range(8): pipeline.rename_kept(sys.argv[1], f'{sys.argv[2]} {n}', sys.argv[2])\n"
    )
    env = {
        **os.environ,
        "CLIENTELE_HOME": str(pipeline.settings.home),
        "PYTHONPATH": os.pathsep.join([str(HERE), *sys.path]),
    }
    env["CLIENTELE_DATABASE_URL"] = ELSEWHERE
    running = [subprocess.Popen([sys.executable, "-c", program, saved.id, who], env=env) for who in ("Ana", "Ben")]
    assert [process.wait(120) for process in running] == [0, 0]
    after = pipeline.archive.get(saved.id)
    assert after.revision == saved.revision + 16
    assert sum(each.what == "renamed" for each in after.history) == 16


def test_the_command_line_saves_lists_refits_and_undoes(pipeline, made, monkeypatch, capsys):
    from core.__main__ import main

    monkeypatch.setenv("CLIENTELE_HOME", str(pipeline.settings.home))
    monkeypatch.setenv("CLIENTELE_DATABASE_URL", ELSEWHERE)
    assert main(["save", "--data", made[1], "--name", "Spring plan", "--k", "4", "--who", "Ana"]) == 0
    saved = pipeline.kept()[0]
    assert saved.view == View(made[1], k=4, saved=saved.id)
    assert main(["save", "--refit", "--saved", saved.id, "--who", "Ben"]) == 0
    assert "customers who are in both" in capsys.readouterr().out
    assert pipeline.archive.get(saved.id).current.dataset == made[2]
    first = pipeline.archive.get(saved.id).current.living[0].id
    assert main(["saved", saved.id, "--segment", f"{first}=The best"]) == 0
    assert main(["saved", "--json"]) == 0
    told = json.loads(capsys.readouterr().out.split("\n[", 1)[-1].join(["[", ""]))
    assert told[0]["segments"][0]["name"] == "The best"
    assert main(["saved", saved.id, "--undo"]) == 0
    assert main(["saved", saved.id, "--delete"]) == 0
    assert main(["saved"]) == 0
    assert "Nothing is saved yet." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["save", "--k", "4"], "needs a name"),
        (["save", "--refit"], "--refit needs"),
        (["save", "--name", "X", "--saved", "nothing0"], "no saved segmentation"),
        (["saved", "nothing0"], "no saved segmentation"),
        (["saved", "--undo"], "which one"),
        (["save", "--name", "X", "--k", "99"], "k is 99"),
    ],
)
def test_the_command_line_refuses_in_one_line(pipeline, monkeypatch, capsys, arguments, said):
    from core.__main__ import main

    monkeypatch.setenv("CLIENTELE_HOME", str(pipeline.settings.home))
    monkeypatch.setenv("CLIENTELE_DATABASE_URL", ELSEWHERE)
    assert main(arguments) == 2
    line = capsys.readouterr().err
    assert said in line
    assert line.count("\n") == 1
