"""Datasets are renamed, added to, joined, deleted, brought back and forgotten."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from core.errors import ExpiredError, InputError, ParameterError
from core.pipeline import Pipeline, View
from core.settings import Settings
from core.warehouse import engine
from core.warehouse.store import Dataset
from tests.core.logs import row, text, write


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    return Pipeline(Settings(home=tmp_path / "home"))


@pytest.fixture
def shop(pipeline: Pipeline, tmp_path: Path) -> Dataset:
    rows = [row(order=i, customer=i % 5, date=f"2011-01-{i + 1:02d} 10:00") for i in range(10)]
    return pipeline.receive(write(tmp_path, text(rows), "january.csv"), name="Shop")


def stored_bytes(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())


def test_a_later_export_that_overlaps_counts_each_order_once(pipeline, shop, tmp_path):
    # Orders 8 and 9 again, order 9 with a larger quantity by now, and two new ones.
    later = [row(order=8, customer=3, date="2011-01-09 10:00"), row(order=9, customer=4, quantity=7),
             row(order=10, customer=4), row(order=11, customer=77)]  # fmt: skip
    made = pipeline.append(shop.fingerprint, write(tmp_path, text(later), "february.csv"))
    whole = pipeline.tables(View(made.fingerprint)).meta
    assert (whole.orders, whole.customers) == (12, 6)
    lines = engine.collect(engine.scan(pipeline.store.raw(made.fingerprint)))
    assert lines.loc[lines["order_id"] == "9", "quantity"].tolist() == [7]
    assert made.parts == ("january.csv", "february.csv")
    assert made.previous == shop.fingerprint
    news = " ".join(made.facts["news"])
    assert "2 orders that were not there" in news
    assert "2 orders were there already" in news
    assert "customers from 5 to 6" in news
    assert pipeline.tables(View(shop.fingerprint)).meta.orders == 10


def test_the_same_export_added_again_changes_no_figure(pipeline, shop, tmp_path):
    made = pipeline.append(shop.fingerprint, tmp_path / "january.csv")
    before, after = (pipeline.tables(View(d.fingerprint)).meta for d in (shop, made))
    assert (before.cents, before.orders, before.customers) == (after.cents, after.orders, after.customers)


def test_another_currency_is_never_added(pipeline, shop, tmp_path):
    from core.pipeline import Answers

    path = write(tmp_path, text([row(order=20)]), "abroad.csv")
    with pytest.raises(InputError, match="USD"):
        pipeline.append(shop.fingerprint, path, answers=Answers(currency="USD"))
    assert pipeline.datasets() == [shop]


def test_a_name_is_given_and_an_empty_one_refused(pipeline, shop):
    assert pipeline.rename(shop.fingerprint, "  Our\nshop ").name == "Our shop"
    with pytest.raises(ParameterError, match="needs a name"):
        pipeline.rename(shop.fingerprint, " \n ")


def test_what_was_deleted_comes_back_whole(pipeline, shop):
    before = pipeline.tables(View(shop.fingerprint)).meta
    assert pipeline.delete(shop.fingerprint) == [shop]
    assert pipeline.datasets() == []
    assert pipeline.trashed() == [shop]
    assert pipeline.restore(shop.fingerprint) == shop
    assert pipeline.tables(View(shop.fingerprint)).meta == before
    assert pipeline.trashed() == []


def test_deleting_takes_along_what_holds_the_same_people(pipeline, shop, tmp_path):
    made = pipeline.append(shop.fingerprint, write(tmp_path, text([row(order=50)]), "more.csv"))
    gone = pipeline.delete(shop.fingerprint)
    assert {d.fingerprint for d in gone} == {shop.fingerprint, made.fingerprint}
    pipeline.restore(shop.fingerprint)
    assert {d.fingerprint for d in pipeline.datasets()} == {shop.fingerprint, made.fingerprint}


def test_after_purging_no_trace_of_a_customer_is_left(pipeline, tmp_path):
    # Ids that no compression shortens.
    ids = [hashlib.sha256(str(i).encode()).hexdigest() for i in range(40)]
    rows = [row(order=i, customer=ids[i], date=f"2011-01-{i % 28 + 1:02d} 10:00") for i in range(40)]
    secret = pipeline.receive(write(tmp_path, text(rows), "secret.csv"))
    pipeline.overview(View(secret.fingerprint))
    pipeline.customer_table(View(secret.fingerprint, k=2))
    assert ids[7].encode() in stored_bytes(pipeline.store.home)
    pipeline.delete(secret.fingerprint)
    pipeline.purge(secret.fingerprint)
    left = stored_bytes(pipeline.store.home)
    assert ids[7].encode() not in left
    assert not [p for p in pipeline.store.home.rglob(f"*{secret.fingerprint}*") if p.is_dir() or p.suffix != ".lock"]
    with pytest.raises(ExpiredError, match="not in the trash"):
        pipeline.restore(secret.fingerprint)


def test_a_week_in_the_trash_is_the_end(pipeline, shop, monkeypatch):
    pipeline.delete(shop.fingerprint)
    monkeypatch.setattr("core.warehouse.trash.KEPT_DAYS", -1)
    assert pipeline.trashed() == []
    with pytest.raises(ExpiredError):
        pipeline.restore(shop.fingerprint)


def test_the_size_on_disk_is_that_of_its_files(pipeline, shop):
    before = pipeline.disk_bytes(shop.fingerprint)
    assert before == sum(p.stat().st_size for p in (pipeline.store.datasets / shop.fingerprint).iterdir())
    pipeline.tables(View(shop.fingerprint))
    assert pipeline.disk_bytes(shop.fingerprint) > before


@pytest.fixture
def table(pipeline: Pipeline) -> Dataset:
    """A customer table as the store holds it: ids 0 to 3 of the shop, and a stranger."""
    said = Dataset("f" * 16, "People", "people.csv", "customers", 5, 2, 100, "GBP", "2011-01-01T00:00:00+00:00")
    with pipeline.store.workspace() as folder:
        frame = pd.DataFrame({"row": range(5), "customer_id": ["0", "1", "2", "3", "x"], "age": [20.0, 30, 40, 50, 60]})
        engine.write(engine.lift(frame), folder / "raw.parquet")
        pipeline.store.add(said, folder)
    return said


def test_a_join_says_how_many_customers_were_found(pipeline, shop, table):
    assert pipeline.matched(shop.fingerprint, table.fingerprint) == (4, 5)
    joined = pipeline.join(shop.fingerprint, table.fingerprint)
    assert (joined.facts["matched"], joined.facts["of"]) == (4, 5)
    assert pipeline.tables(View(joined.fingerprint)).meta.orders == 10
    assert pipeline.join(shop.fingerprint, table.fingerprint).fingerprint == joined.fingerprint


def test_a_join_without_a_common_customer_is_refused(pipeline, shop, table):
    with pipeline.store.workspace() as folder:
        frame = pd.DataFrame({"row": [0], "customer_id": ["nobody"]})
        engine.write(engine.lift(frame), folder / "raw.parquet")
        pipeline.store.add(replace(table, fingerprint="e" * 16), folder)
    with pytest.raises(ParameterError, match="None of the 5 customers of Shop"):
        pipeline.join(shop.fingerprint, "e" * 16)
    with pytest.raises(ParameterError, match="is an order log"):
        pipeline.join(shop.fingerprint, shop.fingerprint)


def test_deleting_a_table_takes_the_join_along(pipeline, shop, table):
    joined = pipeline.join(shop.fingerprint, table.fingerprint)
    gone = {d.fingerprint for d in pipeline.delete(table.fingerprint)}
    assert gone == {table.fingerprint, joined.fingerprint}
    assert pipeline.datasets() == [shop]


@pytest.mark.parametrize("header", ["Order ID,Order Date,Email,Full Name,Total", "Email,Full Name,Age,City,Visits"])
def test_what_is_shown_of_a_dataset_gives_nobody_away(pipeline, tmp_path, header):
    people = [f"jane.doe{i}@example.com,Jane Doe{i}" for i in range(30)]
    logs = header.startswith("Order")
    rows = [f"{i},2024-03-{i % 28 + 1:02d},{each},12.50" if logs else f"{each},{20 + i},Leeds,{i % 4}"
            for i, each in enumerate(people)]  # fmt: skip
    path = write(tmp_path, "\n".join([header, *rows]), "people.csv")
    stored = pipeline.receive(path)
    later = pipeline.append(stored.fingerprint, write(tmp_path, "\n".join([header, *rows[:9]]), "later.csv"))
    for dataset in (stored, later):
        said = (pipeline.store.datasets / dataset.fingerprint / "dataset.json").read_text()
        assert "jane.doe" not in said
        assert "Jane" not in said
