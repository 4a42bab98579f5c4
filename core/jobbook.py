"""The book of jobs: one SQLite file that the web workers and the worker of jobs write and read."""

from __future__ import annotations

import json
import sqlite3
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import ExpiredError

UNTAKEN = 5.0
DEAD = 15.0
MOST_TRIES = 3
KEPT = 30 * 24 * 3600.0
NO_WORKER = "The worker is not running, so nobody has taken this yet. Whoever runs Clientele can restart the server."
GONE = "The worker stopped in the middle of this. It is taken up again as soon as the worker is back."
BUSY = "Waiting for the job before this one"
OVER = ("done", "failed", "cancelled")

_TABLES = """
create table if not exists jobs (
    id text primary key, kind text, parameters text, folder text, state text, words text, share real, result text,
    error text, worker text, tries integer, unwanted integer, changed real);
create table if not exists workers (id text primary key, beat real);
"""


@dataclass(frozen=True)
class Job:
    """How a job stands.

    ``state`` is waiting, running, done, failed or cancelled; ``share`` what is done, from 0 to 1; ``error`` holds
    title, message and hint.
    """

    id: str
    kind: str
    state: str
    words: str
    share: float
    result: str
    error: dict[str, str] | None

    @property
    def over(self) -> bool:
        return self.state in OVER


class Book:
    """Every change is one statement that also says under which condition it holds, so nobody overwrites anybody."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._open() as db:
            db.execute("pragma journal_mode = wal")
            db.executescript(_TABLES)

    def add(self, kind: str, parameters: Mapping[str, Any], folder: Path | None) -> str:
        number = uuid.uuid4().hex
        with self._open() as db:
            db.execute("delete from jobs where changed < ?", (time.time() - KEPT,))
            db.execute(
                "insert into jobs values (?, ?, ?, ?, 'waiting', 'Waiting to start', 0, '', '', '', 0, 0, ?)",
                (number, kind, json.dumps(dict(parameters)), str(folder or ""), time.time()),
            )
        return number

    def get(self, number: str) -> Job:
        """One job; what stands in its words also tells whether anybody works on it."""
        with self._open() as db:
            row = db.execute("select * from jobs where id = ?", (number,)).fetchone()
            newest = db.execute("select max(beat) from workers").fetchone()[0] or 0.0
            mine = row and db.execute("select beat from workers where id = ?", (row["worker"],)).fetchone()
        if row is None:
            raise ExpiredError("This job is no longer known here.", "Bring the file again.")
        words, now = row["words"], time.time()
        if row["state"] == "waiting" and now - row["changed"] > UNTAKEN:
            words = BUSY if now - newest < DEAD else NO_WORKER
        if row["state"] == "running" and now - (mine["beat"] if mine else row["changed"]) > DEAD:
            words = GONE
        error = json.loads(row["error"]) if row["error"] else None
        return Job(row["id"], row["kind"], row["state"], words, row["share"], row["result"], error)

    def folder(self, number: str) -> Path | None:
        with self._open() as db:
            row = db.execute("select folder from jobs where id = ?", (number,)).fetchone()
        return Path(row["folder"]) if row and row["folder"] else None

    def claim(self, number: str, worker: str) -> tuple[str, dict[str, Any]] | None:
        """Take a waiting job; None where somebody was faster."""
        rows = self._change(
            "update jobs set state = 'running', worker = ?, tries = tries + 1, share = 0, words = 'Starting' "
            "where id = ? and state = 'waiting' returning kind, parameters", worker, number,
        )  # fmt: skip
        self.beat(worker)
        return (rows[0]["kind"], json.loads(rows[0]["parameters"])) if rows else None

    def tell(self, number: str, worker: str, words: str, share: float) -> bool:
        """Write down progress; False where the job is no longer wanted, or no longer this worker's."""
        rows = self._change(
            "update jobs set words = iif(unwanted, words, ?), share = ? "
            "where id = ? and worker = ? and state = 'running' "
            "returning unwanted", words, min(max(share, 0.0), 1.0), number, worker,
        )  # fmt: skip
        return bool(rows) and not rows[0]["unwanted"]

    def end(
        self, number: str, worker: str, state: str, *, words: str, result: str = "", error: dict[str, str] | None = None
    ) -> bool:
        """Write down how a job ended; False where it is no longer this worker's."""
        return bool(self._change(
            "update jobs set state = ?, words = ?, result = ?, error = ?, share = case ? when 'done' then 1 else share "
            "end where id = ? and worker = ? and state = 'running' returning id",
            state, words, result, json.dumps(error) if error else "", state, number, worker,
        ))  # fmt: skip

    def cancel(self, number: str) -> bool:
        """Whether the job is over with that: a running one stops at its next sign of progress."""
        self._change("update jobs set unwanted = 1, words = 'Stopping' where id = ? and state = 'running'", number)
        return bool(self._change(
            "update jobs set state = 'cancelled', words = 'Cancelled' where id = ? and state = 'waiting' returning id",
            number,
        ))  # fmt: skip

    def beat(self, worker: str) -> None:
        now = time.time()
        self._change("delete from workers where beat < ?", now - 24 * 3600)
        self._change("insert or replace into workers values (?, ?)", worker, now)

    def recover(self) -> tuple[list[str], list[str]]:
        """Jobs whose worker died: those that are given up, and those to queue again.

        A job that keeps killing its worker is given up after a few tries. One that waits although nobody is busy was
        lost on its way and is queued again.
        """
        dead = "worker not in (select id from workers where beat >= ?) and state = 'running'"
        oldest = time.time() - DEAD
        error = {
            "title": "The worker stopped in the middle of this",
            "message": f"It was tried {MOST_TRIES} times and the worker was ended each time.",
            "hint": "Most often memory ran out: bring a shorter period, or give the server more memory.",
        }
        unwanted = self._change(f"update jobs set state = 'cancelled', words = 'Cancelled' where {dead} and unwanted "
                                "returning id", oldest)  # fmt: skip
        failed = self._change(
            f"update jobs set state = 'failed', words = 'Failed', error = ? where {dead} and tries >= ? returning id",
            json.dumps(error), oldest, MOST_TRIES,
        )  # fmt: skip
        again = self._change(
            f"update jobs set state = 'waiting', worker = '', words = 'Taken up again', changed = ? where {dead} "
            "returning id", time.time(), oldest,
        )  # fmt: skip
        lost = self._change(
            "update jobs set changed = ? where state = 'waiting' and changed < ? "
            "and not exists (select 1 from jobs where state = 'running') returning id", time.time(), oldest,
        )  # fmt: skip
        return [row["id"] for row in [*unwanted, *failed]], [row["id"] for row in [*again, *lost]]

    def leave(self, worker: str) -> list[str]:
        """A worker stops in good order: its jobs wait again, and the try does not count."""
        rows = self._change(
            "update jobs set state = 'waiting', worker = '', tries = tries - 1, words = 'Waiting to start', "
            "changed = ? where state = 'running' and worker = ? returning id", time.time(), worker,
        )  # fmt: skip
        self._change("delete from workers where id = ?", worker)
        return [row["id"] for row in rows]

    def _change(self, statement: str, *values: Any) -> list[sqlite3.Row]:
        with self._open() as db:
            return db.execute(statement, values).fetchall()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self.path, timeout=10, isolation_level=None)
        db.row_factory = sqlite3.Row
        try:
            yield db
        finally:
            db.close()
