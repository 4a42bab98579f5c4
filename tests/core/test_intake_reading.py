"""Files as shops export them: separators, encodings, line ends, headers, ids."""

import gzip
from pathlib import Path

import pandas as pd
import pytest

from core.errors import InputError, ParameterError
from core.intake import arrival
from core.intake.answers import Answers
from core.warehouse import engine
from core.warehouse.store import Dataset, Store
from tests.core.logs import HEADER, row, text, write


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "home")


def lines(store: Store, dataset: Dataset) -> list[dict[str, object]]:
    return engine.collect(engine.scan(store.raw(dataset.fingerprint))).to_dict("records")


def note(dataset: Dataset, what: str) -> tuple[str, str]:
    return next((found, why) for name, found, why in dataset.notes if name == what)


@pytest.mark.parametrize(("mark", "word"), [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "bar")])
def test_any_of_four_separators_is_found_and_named(store, tmp_path, mark, word):
    dataset = arrival.receive(write(tmp_path, text([row(name="A, b; c\td|e")], delimiter=mark)), store)
    assert note(dataset, "Separator")[0] == word
    assert lines(store, dataset)[0]["description"] == "A, b; c\td|e"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_systems_are_read(store, tmp_path, end):
    dataset = arrival.receive(write(tmp_path, text([row(), row(order=2)], end=end)), store)
    assert [line["order_id"] for line in lines(store, dataset)] == ["536365", "2"]


def test_mixed_line_ends_are_read_through_a_plain_copy(store, tmp_path):
    content = text([row(order=1)], end="\r\n") + text([row(order=2), row(order=3)]).split("\n", 1)[1]
    dataset = arrival.receive(write(tmp_path, content), store)
    assert sorted(line["order_id"] for line in lines(store, dataset)) == ["1", "2", "3"]


def test_a_line_end_inside_quotes_is_part_of_the_text(store, tmp_path):
    content = text([row(name="two\nlines"), row(order=2)], end="\r\n")
    dataset = arrival.receive(write(tmp_path, content), store)
    assert (dataset.rows, dataset.misfit) == (2, 0)
    assert lines(store, dataset)[0]["description"] == "two\nlines"


def test_a_header_over_two_lines_loses_no_row(store, tmp_path):
    header = (*HEADER[:2], "Description\nof the goods", *HEADER[3:])
    dataset = arrival.receive(write(tmp_path, text([row(), row(order=2)], header=header, end="\r\n")), store)
    assert (dataset.rows, dataset.misfit) == (2, 0)


def test_a_byte_order_mark_is_not_part_of_the_header(store, tmp_path):
    dataset = arrival.receive(write(tmp_path, b"\xef\xbb\xbf" + text([row(name="Café")]).encode()), store)
    assert note(dataset, "Encoding")[0] == "UTF-8 with a byte order mark"
    assert lines(store, dataset)[0]["description"] == "Café"


def test_blank_lines_above_the_header_and_between_rows_are_skipped(store, tmp_path):
    dataset = arrival.receive(
        write(tmp_path, "\n\n" + text([row()]) + "\n\n" + text([row(order=2)]).split("\n", 1)[1]), store
    )
    assert (dataset.rows, dataset.misfit) == (2, 0)


@pytest.mark.parametrize(
    ("encoding", "name", "found"),
    [
        ("latin-1", "Crème brûlée", "Latin-1"),
        ("cp1252", "Crème – 5 €", "Windows-1252"),
        ("utf-8", "Crème – 5 €", "UTF-8"),
    ],
)
@pytest.mark.parametrize("before", [0, 60_000])
@pytest.mark.parametrize("zipped", [False, True])
def test_an_odd_byte_is_decoded_wherever_it_stands(store, tmp_path, encoding, name, found, before, zipped):
    content = text([*[row()] * before, row(order=2, name=name)]).encode(encoding)
    assert not before or content[: 3 << 20].isascii()
    dataset = arrival.receive(write(tmp_path, gzip.compress(content, 1) if zipped else content), store)
    assert note(dataset, "Encoding")[0] == found
    assert lines(store, dataset)[-1]["description"] == name
    assert (dataset.rows, dataset.misfit) == (before + 1, 0)


def test_bytes_that_windows_leaves_undefined_are_read_as_latin_1(store, tmp_path):
    content = text([row(name="Crème"), row(order=2, name="odd X")]).encode("latin-1").replace(b"X", b"\x81")
    dataset = arrival.receive(write(tmp_path, content), store)
    assert note(dataset, "Encoding")[0] == "Latin-1"
    assert lines(store, dataset)[0]["description"] == "Crème"


def test_a_gzip_of_several_members_is_read_whole(store, tmp_path):
    first, second = text([row()]), text([row(order=2)]).split("\n", 1)[1]
    dataset = arrival.receive(write(tmp_path, gzip.compress(first.encode()) + gzip.compress(second.encode())), store)
    assert dataset.rows == 2
    assert note(dataset, "Format")[0] == "CSV inside gzip"


def test_ids_that_became_decimals_are_whole_again(store, tmp_path):
    rows = [row(customer=c, order=i) for i, c in enumerate(["17850.0", "17850", " 17850 ", "v1.0", "0017", ""])]
    dataset = arrival.receive(write(tmp_path, text(rows)), store)
    ids = [line["customer_id"] for line in lines(store, dataset)]
    assert ids[:-1] == ["17850", "17850", "17850", "v1.0", "0017"]
    assert pd.isna(ids[-1])
    customer = next(column for column in dataset.columns_found if column.role == "customer")
    assert (customer.first, customer.evidence) == ("17850.0 → 17850", "3 different, 1 blank")


@pytest.mark.parametrize(
    "header",
    [
        ("Invoice", "StockCode", "Description", "Quantity", "InvoiceDate", "Price", "Customer ID", "Country"),
        (
            " INVOICE_NO ",
            "stock code",
            "DESCRIPTION",
            "quantity ",
            "Invoice Date",
            "unit price",
            "customer_id",
            "COUNTRY",
        ),
    ],
)
def test_headers_are_recognised_whatever_their_case_and_blanks(store, tmp_path, header):
    dataset = arrival.receive(write(tmp_path, text([row()], header=header)), store)
    assert [column.role for column in dataset.columns_found] == [
        "order", "code", "product", "quantity", "date", "price", "customer", "country",
    ]  # fmt: skip


def test_columns_may_stand_in_any_order_and_others_between_them(store, tmp_path):
    header = tuple(reversed(HEADER))
    rows = [(*reversed(row()), "note")]
    dataset = arrival.receive(write(tmp_path, text(rows, header=(*header, "Remark"))), store)
    assert lines(store, dataset)[0]["cents"] == 1530
    assert dataset.columns_found[-1].evidence == "looked at for exact duplicates only"


def test_rows_that_differ_in_an_unused_column_are_no_duplicates(store, tmp_path):
    rows = [(*row(), "a"), (*row(), "b"), (*row(), "b")]
    dataset = arrival.receive(write(tmp_path, text(rows, header=(*HEADER, "Remark"))), store)
    receipt = arrival.tables(store, dataset.fingerprint, "net").meta.receipt
    assert next(entry.rows for entry in receipt.entries if entry.rule == "duplicate") == 1


def test_three_hundred_columns_are_no_obstacle(store, tmp_path):
    extra = tuple(f"extra {i}" for i in range(292))
    rows = [(*row(order=i), *("1" for _ in extra)) for i in range(3)]
    dataset = arrival.receive(write(tmp_path, text(rows, header=(*HEADER, *extra))), store)
    assert (dataset.rows, dataset.columns, dataset.misfit) == (3, 300, 0)


@pytest.mark.parametrize(("price", "cents"), [("2,55", 1530), ("1.234,50", 740700), ("3", 1800)])
def test_a_decimal_comma_is_read_where_the_column_shows_it(store, tmp_path, price, cents):
    rows = [row(order=1, price="0,5"), row(order=2, price=price)]
    dataset = arrival.receive(write(tmp_path, text(rows, delimiter=";")), store)
    assert lines(store, dataset)[1]["cents"] == cents
    assert note(dataset, "Decimal mark")[0] == "comma"


def test_points_stay_decimal_points_under_semicolons_where_a_number_shows_it(store, tmp_path):
    rows = [row(price="1.234"), row(price="0.5", order=2)]
    dataset = arrival.receive(write(tmp_path, text(rows, delimiter=";")), store)
    assert lines(store, dataset)[0]["price"] == 1.234


def test_a_file_that_mixes_decimal_marks_is_refused(store, tmp_path):
    rows = [row(price="0,5"), row(price="0.5")]
    with pytest.raises(InputError, match="UnitPrice mixes decimal commas"):
        arrival.receive(write(tmp_path, text(rows, delimiter=";")), store)


def test_the_same_file_is_stored_once_and_takes_a_new_name(store, tmp_path):
    path = write(tmp_path, text([row()]))
    first = arrival.receive(path, store)
    again = arrival.receive(path, store, name="Shop", answers=Answers(currency="eur"))
    assert (first.name, first.currency, again.name, again.currency) == ("orders", "GBP", "Shop", "EUR")
    assert store.all() == [again]
    assert note(again, "Currency") == ("EUR", "you chose it; the file has none")
    assert arrival.receive(path, store) == again


def test_a_stored_file_keeps_its_currency_whatever_is_usual(store, tmp_path):
    path = write(tmp_path, text([row()]))
    assert arrival.receive(path, store, usual_currency="SEK").currency == "SEK"
    assert arrival.receive(path, store, usual_currency="USD").currency == "SEK"


def test_an_uploaded_file_is_called_what_it_was_called_at_home(store, tmp_path):
    dataset = arrival.receive(write(tmp_path, text([row()]), "tmp8f3a"), store, file="Shop 2011.csv.gz")
    assert (dataset.file, dataset.name) == ("Shop 2011.csv.gz", "Shop 2011")


def test_a_currency_is_three_letters(store, tmp_path):
    with pytest.raises(ParameterError, match="£ is not a currency code"):
        arrival.receive(write(tmp_path, text([row()])), store, answers=Answers(currency="£"))
