"""Whatever arrives, the message says what, where and what to do; nothing is stored halfway; what was there stays."""

import errno
import gzip
import io
import os
import random
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path

import duckdb
import pytest

from core.errors import CancelledError, ClienteleError, InputError, NotEnoughDataError, ParameterError
from core.intake import arrival
from core.intake.formats import loading, packed
from core.intake.logs import duplicates
from core.warehouse import engine
from core.warehouse.store import Dataset, Store
from tests.core.logs import HEADER, row, text, write


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "home")


@pytest.fixture
def earlier(store: Store, tmp_path: Path) -> Dataset:
    """A dataset that was there before."""
    return arrival.receive(
        write(tmp_path, text([row(order=1, customer=1), row(order=2, customer=2)]), "earlier.csv"), store
    )


def many(rows: int) -> str:
    dice = random.Random(1)
    return text(row(order=i, price=dice.randint(1, 9999) / 100, customer=dice.randint(1, 99)) for i in range(rows))


def zipped(files: dict[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in files.items():
            archive.writestr(name, inside)
    return content.getvalue()


def locked() -> bytes:
    content = bytearray(zipped({"orders.csv": "a,b\n1,2\n"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


BAD = {
    "empty": (b"", "bad.csv is empty", "holds rows"),
    "blank lines only": (b"\n\n  \n", "bad.csv is empty", "holds rows"),
    "an empty gzip": (gzip.compress(b""), "bad.csv is empty", "holds rows"),
    "header only": (text([]).encode(), "a header and no rows", "holds rows"),
    "header without line end": (",".join(HEADER).encode(), "a header and no rows", "holds rows"),
    "no row fits": (text([row()[:7], row()[:6]]).encode(), "None of the 2 rows of bad.csv has 8 fields", "separator"),
    "binary junk": (random.Random(3).randbytes(100_000), "is not a text file", "CSV"),
    "junk without zero bytes": (random.Random(3).randbytes(100_000).replace(b"\0", b"x"), "is not a text file", "CSV"),
    "UTF-16 cut off": (text([row()]).encode("utf-16")[:-1], "is not valid UTF-16", "another encoding"),
    "a PDF document": (b"%PDF-1.7\n" + bytes(99), "is a PDF document, not a table", "Export"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(99), "is a picture, not a table", "Export"),
    "a program": (b"\x7fELF" + bytes(99), "is a program, not a table", "Export"),
    "a database": (b"SQLite format 3\0" + bytes(99), "is a database, not a table", "Export"),
    "an archive of another kind": (b"7z\xbc\xaf\x27\x1c" + bytes(99), "is a 7z archive", "Unpack"),
    "a web page saved as a workbook": (b"\r\n<!DOCTYPE html>\n<html><table><tr><td>1", "is a web page (HTML)", "XLSX"),
    "a table cut out of a web page": ("<table>\n<tr><td>1".encode("utf-16"), "is a web page (HTML)", "XLSX"),
    "Excel's old XML": (
        b'<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
        "is Excel's old XML",
        "XLSX",
    ),
    "other XML": (b"<orders>\n<order>1</order></orders>", "is XML, not a table", "CSV"),
    "a zip with a password": (locked(), "is protected with a password", "Unpack"),
    "a zip with a name that leads out of it": (
        zipped({"../../etc/cron.d/x.csv": "a,b\n1,2\n"}),
        "leads out",
        "Pack it",
    ),
    "a zip in a zip": (zipped({"a.csv": zipped({"b.csv": "a,b\n1,2\n"})}), "is packed twice", "Unpack"),
    "a zip of nothing": (zipped({}), "holds no file", "Pack it again"),
    "a zip of very many files": (zipped({f"{i}.csv": "" for i in range(10_001)}), "holds 10,001 files", "the table"),
    "a zip of two tables": (zipped({"a.csv": "a\n1\n", "b.csv": "b\n1\n"}), "holds 2 files", "a.csv, b.csv"),
    "half a zip": (b"PK\x03\x04" + bytes(100), "is cut off or damaged", "again"),
    "a gzip cut off early": (gzip.compress(many(2000).encode())[:200], "bad.csv is cut off or damaged", "again"),
    "a gzip cut off late": (gzip.compress(many(30_000).encode())[:-400], "bad.csv is cut off or damaged", "again"),
    "a gzip with a wrong checksum": (gzip.compress(many(9000).encode())[:-8] + bytes(8), "cut off or damaged", "again"),
    "an open quote": ((text([row()]) + '"x,1\n' + text([row()] * 500)).encode(), "line 3 is never closed", "Remove it"),
    "ten thousand columns and more": (b",".join(b"c%d" % i for i in range(10_001)), "10,001 columns", "10,000"),
}


@pytest.mark.parametrize(("content", "message", "hint"), BAD.values(), ids=BAD)
def test_a_bad_file_gets_a_message_and_leaves_no_trace(store, tmp_path, earlier, content, message, hint):
    with pytest.raises(InputError) as caught:
        arrival.receive(write(tmp_path, content, "bad.csv"), store)
    assert message in caught.value.message
    assert hint in caught.value.hint
    assert "bad.csv" in caught.value.message
    assert "DuckDB" not in str(caught.value)
    assert_whole(store, earlier)


def assert_whole(store: Store, earlier: Dataset) -> None:
    assert store.all() == [earlier]
    assert list(store.aside.iterdir()) == []
    assert arrival.tables(store, earlier.fingerprint, "net").meta.customers == 2


@pytest.mark.parametrize("wrap", [gzip.compress, lambda content: zipped({"bomb.csv": content})])
def test_what_unpacks_to_far_more_than_its_size_is_stopped(store, tmp_path, earlier, monkeypatch, wrap):
    monkeypatch.setattr(packed, "LEAST_TO_REFUSE", 1 << 20)
    content = ("a,b,c\n" + "1,2,3\n" * 9 + "0,0,0\n" * 2_000_000).encode()
    with pytest.raises(InputError, match=r"bad\.csv unpacks to more than 200 times its size"):
        arrival.receive(write(tmp_path, wrap(content), "bad.csv"), store)
    assert_whole(store, earlier)


def test_a_folder_is_no_file(store, tmp_path):
    with pytest.raises(InputError, match="is a folder"):
        arrival.receive(tmp_path, store)


def test_a_file_that_is_not_there(store, tmp_path):
    with pytest.raises(InputError, match=r"gone\.csv does not exist"):
        arrival.receive(tmp_path / "gone.csv", store)


def test_a_pipe_is_no_file(store, tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(InputError, match=r"pipe\.csv is not a file"):
        arrival.receive(tmp_path / "pipe.csv", store)


def test_a_file_that_may_not_be_read(store, tmp_path, monkeypatch):
    path = write(tmp_path, text([row()]))

    def refuse(*args, **kwargs):
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match="may not be read by this program"):
        arrival.receive(path, store)


def test_a_file_over_the_limit_is_refused_before_it_is_read(store, tmp_path):
    with pytest.raises(InputError, match=r"orders\.csv has 0\.0 MB; at most 0\.0 MB are read.*CLIENTELE_UPLOAD_MIB"):
        arrival.receive(write(tmp_path, many(100)), store, limit=1000)


def test_a_file_that_vanishes_while_it_is_read(store, tmp_path, earlier, monkeypatch):
    path = write(tmp_path, many(2000))
    inspect = loading.load

    def vanish(source, *args):
        path.unlink()
        return inspect(source, *args)

    monkeypatch.setattr(loading, "load", vanish)
    with pytest.raises(InputError, match=r"orders\.csv vanished"):
        arrival.receive(path, store)
    assert_whole(store, earlier)


def test_a_file_that_changes_while_it_is_read(store, tmp_path, earlier, monkeypatch):
    path = write(tmp_path, many(2000))
    load = loading.load

    def grow(*args):
        with path.open("a") as file:
            file.write(many(1))
        return load(*args)

    monkeypatch.setattr(loading, "load", grow)
    with pytest.raises(InputError, match=r"orders\.csv changed while it was read"):
        arrival.receive(path, store)
    assert_whole(store, earlier)


FULL = "No space left on device"


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, FULL), duckdb.IOException(f"IO Error: Could not write: {FULL}")]
)
def test_a_full_disk_says_so(store, tmp_path, earlier, monkeypatch, error):
    def fill(raw):
        raise error

    monkeypatch.setattr(duplicates, "find", fill)
    with pytest.raises(InputError, match=r"The disk that holds .* is full.*CLIENTELE_HOME"):
        arrival.receive(write(tmp_path, many(10)), store)
    assert_whole(store, earlier)


def test_a_disk_that_is_full_in_earnest_while_storing_and_while_cleaning(tmp_path):
    """In a process of its own that may write no file beyond 64 kB: what fits stays, what does not leaves no trace."""
    write(tmp_path, many(30_000))
    script = """
        import resource, signal, sys
        from pathlib import Path
        from core.errors import InputError
        from core.intake import arrival
        from core.warehouse.store import Store
        folder = Path(sys.argv[1])
        store = Store(folder / "home")
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        def limit(size):
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        def refused(act):
            limit(65536)
            try:
                act()
            except InputError as error:
                assert "is full" in error.message, error
            else:
                raise SystemExit("it went through")
            limit(resource.RLIM_INFINITY)
            assert list(store.aside.iterdir()) == []
        refused(lambda: arrival.receive(folder / "orders.csv", store))
        assert store.all() == []
        dataset = arrival.receive(folder / "orders.csv", store)
        refused(lambda: arrival.tables(store, dataset.fingerprint, "net"))
        assert arrival.tables(store, dataset.fingerprint, "net").meta.receipt.adds_up
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_too_little_memory_names_the_setting(store, tmp_path, monkeypatch):
    def fill(raw):
        raise duckdb.OutOfMemoryException("Out of Memory Error: failed to allocate")

    monkeypatch.setattr(duplicates, "find", fill)
    with pytest.raises(ParameterError, match=r"memory do not suffice.*CLIENTELE_MEMORY_MIB"):
        arrival.receive(write(tmp_path, many(10)), store)


def test_cancelling_interrupts_the_reading(store, tmp_path, earlier):
    path = write(tmp_path, many(300_000))

    def cancel(words: str, share: float) -> None:
        if words == "Reading the lines":
            raise CancelledError("Cancelled.")

    with pytest.raises(CancelledError):
        arrival.receive(path, store, progress=cancel)
    assert_whole(store, earlier)


def test_an_interrupted_query_ends_at_once():
    def cancel(share: float) -> None:
        raise CancelledError("Cancelled.")

    with engine.open_cursor() as cursor, pytest.raises(CancelledError):
        engine.run(cursor, "select count(*) from range(1000000000000) where range % 7 = 3", cancel)


def test_progress_is_told_in_words_and_never_goes_back(store, tmp_path):
    told: list[tuple[str, float]] = []
    arrival.receive(write(tmp_path, many(200_000)), store, progress=lambda words, share: told.append((words, share)))
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert all(words for words, _ in told)


def test_rows_that_do_not_fit_the_header_are_counted_and_never_guessed(store, tmp_path):
    rows = [row(order=1), row(order=2)[:7], (*row(order=3), "more", "and more"), row(order=4), ("", *[""] * 7)]
    dataset = arrival.receive(write(tmp_path, text(rows)), store)
    receipt = arrival.tables(store, dataset.fingerprint, "notebook").meta.receipt
    taken = {entry.rule: (entry.rows, entry.cents) for entry in receipt.entries if entry.rows}
    assert taken == {"misfit": (2, 0)}
    assert (dataset.rows, dataset.misfit, receipt.rows_in, receipt.rows) == (4, 2, 4, 2)
    assert receipt.adds_up


def nothing_left(store: Store, tmp_path: Path, *rows: tuple[str, ...], rules: str = "net") -> str:
    dataset = arrival.receive(write(tmp_path, text(rows)), store)
    with pytest.raises(NotEnoughDataError) as caught:
        arrival.tables(store, dataset.fingerprint, rules)
    assert list(store.aside.iterdir()) == []
    return str(caught.value)


def test_a_file_without_any_customer_id_says_which_rule_took_its_rows(store, tmp_path):
    message = nothing_left(store, tmp_path, row(customer=""), row(customer="", order=2))
    assert "No customer id: 2" in message


def test_a_file_of_returns_only_says_so(store, tmp_path):
    rows = [row(quantity=-1, order="C1"), row(quantity=-2, order="C2", customer=2)]
    assert "Customers that net to nothing: 2" in nothing_left(store, tmp_path, *rows)
    assert "Cancelled or returned lines: 2" in nothing_left(store, tmp_path, *rows, rules="notebook")


def test_a_file_without_readable_numbers_says_so(store, tmp_path):
    assert "Not readable: 1" in nothing_left(store, tmp_path, row(price="cheap"))


@pytest.mark.parametrize("rules", ["net", "notebook", "none"])
@pytest.mark.parametrize("rows", [[row()], [row(), row(code=2)], [row(order=i) for i in range(5)]])
def test_one_customer_or_one_order_is_enough_to_clean(store, tmp_path, rules, rows):
    dataset = arrival.receive(write(tmp_path, text(rows)), store)
    meta = arrival.tables(store, dataset.fingerprint, rules).meta
    assert (meta.customers, meta.orders) == (1, len({line[0] for line in rows}))


def test_numbers_beyond_all_reason_are_unreadable_and_break_no_sum(store, tmp_path):
    prices = ["1e300", "nan", "inf", "-inf", "99999999999999", "1"]
    dataset = arrival.receive(write(tmp_path, text([row(order=i, price=p) for i, p in enumerate(prices)])), store)
    receipt = arrival.tables(store, dataset.fingerprint, "net").meta.receipt
    assert (receipt.rows, receipt.cents, receipt.adds_up) == (1, 600, True)


def test_a_home_that_cannot_be_written_to_names_the_setting(tmp_path):
    write(tmp_path, "", "file")
    with pytest.raises(ParameterError, match=r"CLIENTELE_HOME=.*cannot be used"):
        Store(tmp_path / "file" / "home")


def test_every_message_ends_with_what_to_do():
    assert issubclass(InputError, ClienteleError)
    assert str(InputError("What happened.", "What to do.")) == "What happened. What to do."
