"""Jobs: taken once, told, cancelled, and taken up again where a worker died."""

import threading
import time

import pytest

from core import jobbook
from core.errors import ExpiredError, InputError
from core.jobbook import BUSY, GONE, MOST_TRIES, NO_WORKER, Book
from core.jobs import Jobs


@pytest.fixture
def book(tmp_path):
    return Book(tmp_path / "jobs.db")


@pytest.fixture
def clock(monkeypatch):
    """A clock that tests move."""

    class Clock:
        now = 1_000_000.0

        def time(self):
            return self.now

    clock = Clock()
    monkeypatch.setattr(jobbook, "time", clock)
    return clock


def immediate(home, handler):
    return Jobs(home, {"work": handler}, immediate=True)


def test_a_job_ends_with_what_its_handler_made(tmp_path):
    jobs = immediate(tmp_path, lambda parameters, tell: parameters["word"].upper())
    job = jobs.get(jobs.put("work", {"word": "ready"}))
    assert (job.state, job.result, job.share, job.error) == ("done", "READY", 1.0, None)


def test_progress_in_words_and_share_is_written_down_while_the_job_runs(tmp_path):
    seen = []

    def handler(parameters, tell):
        tell("Half way", 0.5)
        seen.append(next(iter(known())))
        return ""

    jobs = immediate(tmp_path, handler)

    def known():
        with jobs.book._open() as db:
            return [jobs.get(row["id"]) for row in db.execute("select id from jobs")]

    jobs.put("work", {})
    assert (seen[0].state, seen[0].words, seen[0].share) == ("running", "Half way", 0.5)


def test_an_input_error_reaches_the_reader_with_its_hint(tmp_path):
    def handler(parameters, tell):
        raise InputError("orders.csv is empty.", "Export it again.")

    jobs = immediate(tmp_path, handler)
    job = jobs.get(jobs.put("work", {}))
    assert job.state == "failed"
    assert job.error == {
        "title": "This file cannot be read as it is",
        "message": "orders.csv is empty.",
        "hint": "Export it again.",
    }


def test_a_fault_of_ours_shows_a_reference_and_nothing_of_the_program(tmp_path):
    def handler(parameters, tell):
        raise RuntimeError("secret detail")

    jobs = immediate(tmp_path, handler)
    error = jobs.get(jobs.put("work", {})).error
    assert "Reference" in error["message"]
    assert "secret" not in str(error)


@pytest.mark.parametrize("ending", ["well", "badly"])
def test_the_files_of_a_job_go_once_it_is_over(tmp_path, ending):
    folder = tmp_path / "upload"
    folder.mkdir()
    (folder / "file").write_text("x")

    def handler(parameters, tell):
        assert (folder / "file").exists()
        return "" if ending == "well" else 1 / 0

    immediate(tmp_path / "home", handler).put("work", {}, folder)
    assert not folder.exists()


def test_cancelling_a_waiting_job_ends_it_at_once_and_removes_its_files(tmp_path):
    folder = tmp_path / "upload"
    folder.mkdir()
    jobs = Jobs(tmp_path / "home", {})
    number = jobs.put("work", {}, folder)
    assert jobs.cancel(number).state == "cancelled"
    assert not folder.exists()


def test_cancelling_a_running_job_stops_it_at_its_next_sign_of_progress(tmp_path):
    started, folder, steps = threading.Event(), tmp_path / "upload", []
    folder.mkdir()

    def handler(parameters, tell):
        for step in range(1000):
            tell("Counting", step / 1000)
            steps.append(step)
            started.set()
            time.sleep(0.005)
        return "never"

    jobs = Jobs(tmp_path / "home", {"work": handler})
    number = jobs.put("work", {}, folder)
    runner = threading.Thread(target=jobs.run, args=(number,))
    runner.start()
    assert started.wait(5)
    assert jobs.cancel(number).words == "Stopping"
    runner.join(5)
    assert jobs.get(number).state == "cancelled"
    assert len(steps) < 1000
    assert not folder.exists()


def test_two_workers_never_do_the_same_job(book):
    number = book.add("work", {"a": 1}, None)
    assert book.claim(number, "first") == ("work", {"a": 1})
    assert book.claim(number, "second") is None


def test_a_job_that_nobody_took_says_that_the_worker_is_not_running(book, clock):
    number = book.add("work", {}, None)
    assert book.get(number).words == "Waiting to start"
    clock.now += 6
    assert book.get(number).words == NO_WORKER


def test_a_job_behind_another_says_that_it_waits_its_turn(book, clock):
    number = book.add("work", {}, None)
    clock.now += 6
    book.beat("alive")
    assert book.get(number).words == BUSY


def test_a_job_whose_worker_died_says_so_and_is_taken_up_again(book, clock):
    number = book.add("work", {}, None)
    book.claim(number, "first")
    book.tell(number, "first", "Half way", 0.5)
    clock.now += 16
    assert book.get(number).words == GONE
    assert book.recover() == ([], [number])
    assert book.claim(number, "second") is not None
    assert not book.tell(number, "first", "Still here", 0.6)
    assert book.get(number).share == 0


def test_a_job_whose_worker_is_alive_is_left_alone_however_long_it_takes(book, clock):
    number = book.add("work", {}, None)
    book.claim(number, "first")
    for _ in range(60):
        clock.now += 10
        book.beat("first")
    assert book.recover() == ([], [])
    assert book.get(number).state == "running"


def test_a_job_that_keeps_killing_its_worker_is_given_up_with_a_reason(book, clock):
    number = book.add("work", {}, None)
    for worker in range(MOST_TRIES):
        assert book.claim(number, str(worker)) is not None
        clock.now += 16
        given_up, again = book.recover()
    assert (given_up, again) == ([number], [])
    job = book.get(number)
    assert job.state == "failed"
    assert "memory" in job.error["hint"]


def test_a_cancelled_job_whose_worker_died_does_not_come_back(book, clock):
    number = book.add("work", {}, None)
    book.claim(number, "first")
    book.cancel(number)
    clock.now += 16
    assert book.recover() == ([number], [])
    assert book.get(number).state == "cancelled"


def test_a_job_that_the_queue_lost_is_queued_again(book, clock):
    number = book.add("work", {}, None)
    clock.now += 16
    assert book.recover() == ([], [number])


def test_a_worker_that_stops_in_good_order_gives_its_job_back_without_counting_the_try(book, clock):
    number = book.add("work", {}, None)
    for worker in range(MOST_TRIES + 1):
        assert book.claim(number, str(worker)) is not None
        assert book.leave(str(worker)) == [number]
    assert book.get(number).state == "waiting"


def test_what_is_cancelled_stays_so_when_the_worker_finishes_all_the_same(book):
    number = book.add("work", {}, None)
    book.cancel(number)
    assert not book.end(number, "", "done", words="Done", result="late")
    assert book.get(number).state == "cancelled"


def test_an_unknown_job_is_expired(book):
    with pytest.raises(ExpiredError, match="no longer known"):
        book.get("nothing")


def test_messages_in_the_queue_are_no_pickles(tmp_path):
    jobs = Jobs(tmp_path, {})
    number = jobs.put("work", {})
    with jobs.huey.storage.db() as cursor:
        (data,) = cursor.execute("select data from task").fetchone()
    assert bytes(data).startswith(b"[")
    assert jobs.huey.dequeue().args == [number]
