"""Who of a customer table is taken along: counts, rows, and contacts only on wish and with consent."""

from pathlib import Path
from typing import cast

import numpy as np
import pandas as pd
import pytest

from core.campaigns import roster, table_audience
from core.campaigns.audience import Filters
from core.campaigns.contacts import Contacts
from core.campaigns.ranges import Range
from core.campaigns.roster import Roster
from core.errors import ParameterError
from core.segments.dividing.model import Model
from core.segments.dividing.segmentation import Segmentation
from core.warehouse import people
from core.warehouse.columns import Column
from core.warehouse.people import People, PeopleMeta

COLUMNS = (
    Column("Spend", "total_spend", "", "", "", slug="spend", scale="amount"),
    Column("Days", "recency", "", "", "", slug="days", scale="number"),
    Column("Reads", "review_reliance", "", "", "", slug="reads", scale="ordinal", levels=("Never", "Often")),
    Column("E-mail", "email", "", "", "", slug="e_mail", scale="contact"),
)
NAMES = pd.DataFrame({"id": [1, 2], "name": ["VIPs", "Others"], "slug": ["v", "o"], "colour": [3, 5]})
ALL = Filters()


@pytest.fixture
def source(tmp_path: Path) -> People:
    frame = pd.DataFrame(
        {
            "customer": np.arange(4, dtype="int32"), "customer_id": ["9", "10", "11", "12"],
            "spend": [50.0, 200.0, None, 10.5], "days": [3.0, 40.0, 7.0, 90.0], "reads": [1.0, 0.0, 1.0, None],
            "e_mail": ["a@example.com", "b@example.com", "c@example.com", "d@example.com"],
        }
    )  # fmt: skip
    people.write(frame, PeopleMeta(4, 4, None, COLUMNS, ()), tmp_path)
    return People.open(tmp_path, "four")


def everybody(source: People) -> Roster:
    learned = People(source.folder, "known", source.meta, ("spend",))
    found = Segmentation(2, np.array([2, 1, 2]), NAMES.assign(customers=[1, 2]), 0.0, 0.0, 0, "", 0, cast(Model, None))
    return roster.roster(source, learned, found, ("spend", "reads"))


def test_who_lacks_a_value_is_in_no_segment_but_still_in_the_table(source: People) -> None:
    frame = everybody(source).frame
    assert frame["segment"].tolist() == [2, 1, 0, 2]
    assert frame["segment_name"].tolist() == ["Others", "VIPs", "", "Others"]


def test_the_steps_lead_from_everybody_to_the_audience(source: People) -> None:
    filters = Filters(segments=(2,), spend=Range(low=2000))
    found = table_audience.table_audience(source, filters, "", people=everybody(source))
    assert found.steps == [("everybody", 4), ("segments", 2), ("spend", 1)]
    assert (found.customers, found.cents, found.of, found.of_cents) == (1, 5000, 4, 26050)
    assert found.segments == {1: 1, 2: 1}
    assert found.bounds == {"recency": (3, 90), "spend": (1050, 20000)}


def test_a_filter_on_a_figure_that_the_table_does_not_know_leaves_nobody(source: People) -> None:
    found = table_audience.table_audience(source, Filters(orders=Range(low=1)), "", people=everybody(source))
    assert found.customers == 0


def test_rows_hold_the_features_in_words_by_spend_falling(source: People) -> None:
    page = table_audience.page(everybody(source), ALL, offset=0, limit=10)
    assert list(page) == ["customer_id", "segment", "spend", "reads", "colour"]
    assert page["customer_id"].tolist() == ["10", "9", "12", "11"]
    assert page["reads"].tolist() == ["Never", "Often", None, "Often"]


def test_pages_follow_one_another_and_sort_by_any_column(source: People) -> None:
    one, two = (table_audience.page(everybody(source), ALL, offset=n, limit=2, sort="reads") for n in (0, 2))
    assert [*one["customer_id"], *two["customer_id"]] == ["9", "11", "10", "12"]
    ids = table_audience.page(everybody(source), ALL, offset=0, limit=4, sort="customer_id", descending=False)
    assert ids["customer_id"].tolist() == ["9", "10", "11", "12"]


def test_there_is_no_sorting_by_a_column_that_is_not_shown(source: People) -> None:
    with pytest.raises(ParameterError, match="no column 'e_mail'"):
        table_audience.page(everybody(source), ALL, offset=0, limit=4, sort="e_mail")


def contacts(folder: Path, **fields: list[str | None]) -> Path:
    path = folder / f"{'-'.join(fields)}.parquet"
    pd.DataFrame({"customer_id": ["9", "10", "11", "12"], **fields}).to_parquet(path)
    return path


def test_contacts_stand_beside_the_rows_of_those_who_agreed(source: People, tmp_path: Path) -> None:
    mails = ["a@example.com", "b@example.com", "c@example.com", "d@example.com"]
    found = Contacts((contacts(tmp_path, email=mails, consent=["yes", "no", None, "yes"]),))
    rows = found.beside(table_audience.page(everybody(source), ALL, offset=0, limit=4))
    assert dict(zip(rows["customer_id"], rows["email"], strict=True)) == {
        "10": None, "9": "a@example.com", "12": "d@example.com", "11": None,
    }  # fmt: skip
    assert [column.name for column in found.columns(roster.columns(everybody(source)))] == ["email", "consent"]


def test_what_one_file_does_not_say_of_a_customer_the_next_one_does(source: People, tmp_path: Path) -> None:
    first = contacts(tmp_path, email=["a@example.com", None, None, None])
    second = contacts(tmp_path, email=["z@example.com", "b@example.com", None, None], phone=["+49", None, None, None])
    rows = Contacts((first, second)).beside(pd.DataFrame({"customer_id": ["9", "10", "77"]}))
    assert rows["email"].tolist() == ["a@example.com", "b@example.com", None]
    assert rows["phone"].tolist() == ["+49", None, None]


def test_no_rows_have_the_columns_of_contacts_too(tmp_path: Path) -> None:
    rows = Contacts((contacts(tmp_path, email=["a", "b", "c", "d"]),)).beside(
        pd.DataFrame({"customer_id": []}, dtype=str)
    )
    assert (list(rows), len(rows)) == (["customer_id", "email"], 0)


def test_where_nobody_was_asked_to_agree_contacts_stand_as_they_are(source: People, tmp_path: Path) -> None:
    found = Contacts((contacts(tmp_path, email=["a", "b", "c", "d"], country=["UK", "UK", "UK", "UK"]),))
    rows = found.beside(pd.DataFrame({"customer_id": ["12", "9"], "country": ["France", "France"]}))
    assert rows["email"].tolist() == ["d", "a"]
    assert rows["country"].tolist() == ["France", "France"]


def test_the_file_has_every_row_once_and_a_header_even_without_rows(source: People) -> None:
    parts = list(table_audience.chunks(everybody(source), ALL, size=3))
    assert [len(part) for part in parts] == [3, 1]
    (none,) = table_audience.chunks(everybody(source), Filters(segments=(9,)))
    assert list(none) == ["customer_id", "segment", "spend", "reads"]
    assert none.empty


def test_whole_numbers_are_written_without_a_point(source: People) -> None:
    learned = People(source.folder, "known", source.meta)
    shown = roster.roster(source, learned, None, ("days", "spend"))
    assert table_audience.page(shown, ALL, offset=0, limit=1)["days"].tolist() == [40]
    assert [(column.name, column.kind) for column in roster.columns(shown)][2:] == [
        ("spend", "money"),
        ("days", "whole"),
    ]
