"""Datasets on disk: whole or not there, and the same for every process."""

from __future__ import annotations

import errno
import json
import os
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import ExpiredError, ParameterError
from core.intake import arrival
from core.warehouse import engine
from core.warehouse.store import Dataset, Store
from tests.core.logs import row, text, write


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "home")


@pytest.fixture
def shop(store: Store, tmp_path: Path) -> Dataset:
    return arrival.receive(write(tmp_path, text([row(order=i, customer=i) for i in range(9)])), store, name="Shop")


def test_what_was_stored_is_found_by_another_store_of_the_same_folder(store, shop):
    assert Store(store.home).get(shop.fingerprint) == shop


def test_datasets_are_listed_newest_first(store, shop, tmp_path):
    older = replace(shop, fingerprint="0" * 16, added="2001-01-01T00:00:00+00:00")
    with store.workspace() as folder:
        store.add(older, folder)
    assert store.all() == [shop, older]


@pytest.mark.parametrize("fingerprint", ["0" * 16, "../../etc", "", "x" * 1000])
def test_an_unknown_dataset_is_expired_whatever_it_is_called(store, fingerprint):
    with pytest.raises(ExpiredError, match="is not stored here"):
        store.get(fingerprint)


def test_a_name_and_a_currency_can_be_changed_and_figures_stay(store, shop):
    before = arrival.tables(store, shop.fingerprint, "net").meta
    changed = store.relabel(shop.fingerprint, name="Neuer Name – €", currency="EUR")
    assert store.get(shop.fingerprint) == changed
    assert (changed.name, changed.currency) == ("Neuer Name – €", "EUR")
    assert ("Currency", "EUR", "you chose it; the file has none") in changed.notes
    assert replace(changed, name=shop.name, currency=shop.currency, notes=shop.notes) == shop
    assert arrival.tables(store, shop.fingerprint, "net").meta == before


def test_changing_one_label_leaves_the_other(store, shop):
    store.relabel(shop.fingerprint, currency="USD")
    assert store.relabel(shop.fingerprint, name="Other").currency == "USD"


def test_labels_of_an_unknown_dataset_cannot_be_changed(store):
    with pytest.raises(ExpiredError):
        store.relabel("0" * 16, name="x")


def test_a_dataset_that_is_already_there_stays(store, shop):
    with store.workspace() as folder:
        store.add(replace(shop, name="Second"), folder)
    assert store.get(shop.fingerprint).name == "Shop"
    assert list(store.aside.iterdir()) == []


def test_a_damaged_dataset_is_left_out_and_the_others_stay(store, shop, caplog):
    broken = store.datasets / ("f" * 16)
    broken.mkdir()
    for content in ("{", json.dumps({"name": "x"}), ""):
        (broken / "dataset.json").write_text(content)
        assert store.all() == [shop]
    assert "damaged" in caplog.text


def test_a_description_of_an_earlier_version_is_still_read(store, shop):
    path = store.datasets / shop.fingerprint / "dataset.json"
    fields = json.loads(path.read_text())
    for later in ("misfit", "columns_found"):
        fields.pop(later)
    path.write_text(json.dumps(fields))
    assert store.get(shop.fingerprint) == replace(shop, columns_found=())


def test_what_fails_in_a_workspace_leaves_nothing(store):
    def fail() -> None:
        with store.workspace() as folder:
            (folder / "half").write_text("x")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list(store.aside.iterdir()) == []


def test_leftovers_of_a_killed_process_are_swept_after_a_day(store):
    old, new = store.aside / "old", store.aside / "new"
    old.mkdir()
    new.mkdir()
    yesterday = time.time() - 25 * 3600
    os.utime(old, (yesterday, yesterday))
    Store(store.home)
    assert list(store.aside.iterdir()) == [new]


def test_tables_are_built_once_however_many_ask(store, shop, monkeypatch):
    calls = []
    clean = arrival.cleaning.clean
    monkeypatch.setattr(arrival.cleaning, "clean", lambda *args: (calls.append(args), clean(*args))[1])
    threads = [threading.Thread(target=arrival.tables, args=(store, shop.fingerprint, "net")) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(calls) == 1


def test_each_set_of_rules_has_its_own_tables(store, shop):
    folders = {arrival.tables(store, shop.fingerprint, rules).folder for rules in ("net", "notebook", "none")}
    assert len(folders) == 3
    assert arrival.tables(store, shop.fingerprint, "customer_missing+duplicate").folder not in folders


def test_a_build_that_fails_is_tried_again(store, shop, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(arrival.cleaning, "clean", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            arrival.tables(store, shop.fingerprint, "net")
    assert arrival.tables(store, shop.fingerprint, "net").meta.customers == 9


def test_a_home_without_permission_names_the_setting(store, shop, monkeypatch):
    def refuse(path: Path, **options: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(ParameterError, match="cannot be written to"), store.workspace():
        pass


def test_limits_can_be_set_again_after_the_first_query(tmp_path):
    before = dict(engine._limits)
    try:
        for megabytes in (512, 700):
            engine.limit(megabytes * 1024**2, 1, tmp_path / "spill")
            setting = engine.connection().sql("select current_setting('memory_limit'), current_setting('threads')")
            assert setting.fetchall() == [(f"{megabytes}.0 MiB", 1)]
    finally:
        engine.limit(int(before["memory_limit"].removesuffix("MiB")) * 1024**2, before["threads"], tmp_path / "spill")


def test_each_thread_has_a_cursor_of_its_own():
    mine, others = engine.connection(), []
    thread = threading.Thread(target=lambda: others.append(engine.connection()))
    thread.start()
    thread.join()
    assert engine.connection() is mine
    assert others[0] is not mine
