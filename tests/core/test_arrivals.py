"""Files that wait: kept with what was said about them, changed only by what fits, swept after a day."""

import os
import time
from contextlib import suppress

import pytest

from core.errors import ExpiredError, InputError, ParameterError
from core.inbox import DONE, SEEN, Inbox
from core.intake import checking, previewing
from core.intake.answers import Answers
from core.intake.arrivals import KEPT, Arrivals
from core.intake.understanding import Question, QuestionError
from core.warehouse.store import Store

LOG = (
    "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
    "536365,85123A,CUP,6,2024-01-13 08:26:00,2.55,ann@example.org,France\n"
    "536366,85123A,CUP,2,2024-02-14 09:26:00,2.55,17851,France\n"
    "536367,85123A,CUP,1,2024-03-15 09:26:00,2.55,,France\n"
)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "home")


@pytest.fixture
def arrivals(store):
    return Arrivals(store)


def arrive(arrivals, text=LOG, name="orders.csv", **said):
    with arrivals.place() as folder:
        (folder / "upload").write_text(text)
        return arrivals.add(folder, folder / "upload", name, **said)[0]


def check(arrivals, waiting):
    return checking.check(waiting, arrivals.understand(waiting), "GBP")


def test_a_file_waits_with_what_was_said_about_it(arrivals):
    waiting = arrive(arrivals, answers=Answers(currency="EUR"))
    assert arrivals.get(waiting.id) == waiting
    assert arrivals.all() == [waiting]
    assert waiting.answers.currency == "EUR"


def test_a_file_that_is_no_table_does_not_wait(arrivals):
    with pytest.raises(InputError):
        arrive(arrivals, text="\0\1\2" * 4000, name="holiday.csv")
    assert not list(arrivals.folder.iterdir())


def test_an_upload_that_breaks_off_leaves_nothing(arrivals):
    with suppress(KeyboardInterrupt), arrivals.place() as folder:
        (folder / "upload").write_text("half")
        raise KeyboardInterrupt
    assert not list(arrivals.folder.iterdir())


def test_a_change_counts_up_and_forgets_the_problem_before(arrivals):
    waiting = arrive(arrivals)
    arrivals.failed(waiting.id, InputError("No day is a date.", "Look at the dates."))
    assert arrivals.get(waiting.id).problem == ("This file cannot be read as it is", "No day is a date.",
                                                "Look at the dates.")  # fmt: skip
    changed = arrivals.change(waiting.id, answers=Answers(currency="EUR"))
    assert changed == arrivals.get(waiting.id)
    assert (changed.version, changed.problem) == (2, None)


def test_a_question_over_the_whole_file_is_asked_on_the_page(arrivals):
    waiting = arrive(arrivals)
    choices = (("dmy", "day first"), ("mdy", "month first"))
    question = Question("date_order", "orders.csv: dates such as 03/04/2011?", "Say --date-order dmy.", choices)
    arrivals.failed(waiting.id, QuestionError(question))
    (asked,) = check(arrivals, arrivals.get(waiting.id)).questions
    assert asked.words == "Is 03/04/2011 the 3rd of April or the 4th of March?"
    assert "--" not in asked.why
    assert [value for value, _ in asked.choices] == ["dmy", "mdy"]


def test_discarding_leaves_nothing_here_and_a_file_elsewhere_alone(arrivals, tmp_path):
    waiting = arrive(arrivals)
    arrivals.discard(waiting.id)
    path = tmp_path / "elsewhere.csv"
    path.write_text(LOG)
    with arrivals.place() as folder:
        other, _ = arrivals.add(folder, path, "elsewhere.csv")
    arrivals.discard(other.id)
    assert path.exists()
    assert not list(arrivals.folder.iterdir())
    with pytest.raises(ExpiredError):
        arrivals.get(waiting.id)


@pytest.mark.parametrize("id", ["", "..", "../datasets", "0" * 32, "x" * 32])
def test_what_is_no_waiting_file_is_gone(arrivals, id):
    with pytest.raises(ExpiredError):
        arrivals.get(id)
    with pytest.raises(ExpiredError):
        arrivals.discard(id)


def test_a_day_later_it_is_swept(arrivals, store):
    waiting, fresh = arrive(arrivals), arrive(arrivals, name="fresh.csv")
    old = time.time() - KEPT - 10
    folder = arrivals.folder / waiting.id
    for path in (*folder.iterdir(), folder):
        os.utime(path, (old, old))
    assert Arrivals(store).all() == [fresh]


def test_a_column_takes_a_role_and_whoever_had_it_loses_it(arrivals):
    checked = check(arrivals, arrive(arrivals))
    answers = checking.answered(checked, "column:StockCode", "product")
    assert ("product", "StockCode") in answers.roles
    again = arrivals.understand(arrive(arrivals, answers=answers))
    assert [column.role for column in again.columns[:2]] == ["order", "product"]
    assert again.columns[2].role != "product"


def test_a_column_that_is_not_used_has_no_role(arrivals):
    answers = checking.answered(check(arrivals, arrive(arrivals)), "column:Country", "")
    assert arrivals.understand(arrive(arrivals, answers=answers)).columns[-1].role == ""


@pytest.mark.parametrize(
    ("slug", "value"),
    [("column:Nothing", "customer"), ("column:StockCode", "king"), ("scale:StockCode", "huge"), ("currency", "XXX"),
     ("roles", "x"), ("path", "/etc/passwd"), ("role:customer", "Nothing")],
)  # fmt: skip
def test_an_answer_that_nobody_offered_is_refused(arrivals, slug, value):
    with pytest.raises(ParameterError):
        checking.answered(check(arrivals, arrive(arrivals)), slug, value)


def test_the_first_rows_are_shown_as_they_will_be_stored_with_their_receipt(arrivals, store):
    made = previewing.preview(arrivals.understand(arrive(arrivals)), store)
    assert made.rows == 3
    assert made.lines[0][made.head.index("Amount")] == "15.30"
    assert made.receipt.rows_in == 3
    assert made.receipt.rows == 2
    assert not list(store.aside.iterdir())
    assert not store.all()


def test_addresses_are_masked_wherever_they_are_shown(arrivals, store):
    waiting = arrive(arrivals)
    checked, made = check(arrivals, waiting), previewing.preview(arrivals.understand(waiting), store)
    assert "ann@example.org" not in f"{checked.columns} {made.lines}"
    assert made.lines[0][made.head.index("Customer")] == "a•••@e•••.org"


@pytest.fixture
def inbox(tmp_path, store):
    folder = tmp_path / "inbox"
    folder.mkdir()
    return Inbox(folder, store.home)


def test_only_plain_files_right_in_the_inbox_are_seen(inbox, tmp_path):
    (tmp_path / "secret.csv").write_text("x")
    (inbox.folder / "orders.csv").write_text(LOG)
    (inbox.folder / ".hidden.csv").write_text(LOG)
    (inbox.folder / "folder").mkdir()
    (inbox.folder / "link.csv").symlink_to(tmp_path / "secret.csv")
    assert [found.name for found in inbox.files()] == ["orders.csv"]
    for name in ("link.csv", "../secret.csv", "folder", ".hidden.csv", "..", str(tmp_path / "secret.csv")):
        with pytest.raises(ExpiredError):
            inbox.get(name)


def test_what_was_brought_in_is_noted_until_it_changes(inbox):
    path = inbox.folder / "orders.csv"
    path.write_text(LOG)
    inbox.note(inbox.get("orders.csv"), SEEN)
    assert inbox.get("orders.csv").state == SEEN
    inbox.note(inbox.get("orders.csv"), DONE)
    assert inbox.files() == []
    assert path.read_text() == LOG
    path.write_text(LOG + LOG.splitlines()[1])
    assert [found.state for found in inbox.files()] == [""]


def test_without_an_inbox_nothing_waits_there(store):
    assert Inbox(None, store.home).files() == []


def test_damaged_notes_are_as_good_as_none(inbox):
    (inbox.folder / "orders.csv").write_text(LOG)
    inbox.notes.write_text("{")
    assert [found.state for found in inbox.files()] == [""]
