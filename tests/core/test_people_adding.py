"""A later export is added to a customer table or a survey."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.intake import appending, arrival
from core.warehouse import engine
from core.warehouse.store import Store

HEADER = "CustomerID,Email,Age,Annual Income,Education\n"
LEVELS = ("Basic", "Bachelor", "Master")


def _customers(folder: Path, name: str, numbers: range, income: int) -> Path:
    rows = [f"{n},c{n}@example.com,{20 + n * 7 % 40},{income + n * 7 % 61},{LEVELS[n % 3]}" for n in numbers]
    return _write(folder, name, HEADER + "\n".join(rows))


def _write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "home")


def test_a_customer_of_both_files_counts_once_as_the_later_has_them(store, tmp_path):
    first = arrival.receive(_customers(tmp_path, "may.csv", range(41), 30_000), store)
    made = appending.append(store, first.fingerprint, _customers(tmp_path, "june.csv", range(31, 61), 50_000))
    frame = arrival.people(store, made.fingerprint, "net").frame().set_index("customer_id")
    assert len(frame) == 61
    assert (frame.loc["30", "annual_income"], frame.loc["31", "annual_income"]) == (
        30_000 + 30 * 7 % 61,
        50_000 + 31 * 7 % 61,
    )


def test_columns_are_described_over_the_rows_of_both(store, tmp_path):
    first = arrival.receive(_customers(tmp_path, "may.csv", range(41), 30_000), store)
    made = appending.append(store, first.fingerprint, _customers(tmp_path, "june.csv", range(41, 61), 50_000))
    evidence = {column.slug: column.evidence for column in made.columns_found}["annual_income"]
    assert f"30,000 to {50_000 + max(n * 7 % 61 for n in range(41, 61)):,}" in evidence
    assert evidence.count(" to ") == 1


def test_contacts_are_those_of_both(store, tmp_path):
    first = arrival.receive(_customers(tmp_path, "may.csv", range(41), 30_000), store)
    made = appending.append(store, first.fingerprint, _customers(tmp_path, "june.csv", range(31, 61), 50_000))
    contacts = engine.collect(engine.scan(store.raw(made.fingerprint).with_name("contacts.parquet")))
    assert contacts["email"].nunique() == len(contacts) == 61


def test_answers_without_an_id_are_added_and_the_same_row_is_not_added_twice(store, tmp_path):
    often = ("Never", "Rarely", "Often")
    rows = [f"{20 + n * 7 % 40},{often[n % 3]},{often[n // 3 % 3]},{often[n // 9 % 3]},{n % 5 + 1}" for n in range(40)]
    header = "age,Browsing frequency,Saves for later,Leaves reviews,Shopping satisfaction\n"
    first = arrival.receive(_write(tmp_path, "may.csv", header + "\n".join(rows[:30])), store)
    assert first.facts["key"] == "row"
    made = appending.append(store, first.fingerprint, _write(tmp_path, "june.csv", header + "\n".join(rows[25:])))
    frame = arrival.people(store, made.fingerprint, "net").frame()
    assert sorted(frame["age"]) == [20 + n for n in range(40)]
    assert frame["customer_id"].tolist() == [str(n + 1) for n in range(40)]
