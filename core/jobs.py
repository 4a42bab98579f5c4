"""Long work: a queue of jobs that the server's worker takes one after the other.

huey carries a job's id from whoever asks to the worker (SQLite, or Redis by URL); the book of jobs, in SQLite under
CLIENTELE_HOME, says what each is doing. A worker writes once a second that it is alive, so that everybody can tell a
job that is worked on from one whose worker died.
"""

from __future__ import annotations

import json
import logging
import shutil
import threading
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from huey import Huey, RedisHuey, SqliteHuey
from huey.registry import Message
from huey.serializer import Serializer

from core.errors import CancelledError, ClienteleError
from core.jobbook import Book, Job

log = logging.getLogger(__name__)
Progress = Callable[[str, float], None]
Handler = Callable[[Mapping[str, Any], Progress], str]


class _Plain(Serializer):  # type: ignore[misc]
    """Messages as JSON: a planted queue file must not run as a pickle would."""

    def _serialize(self, data: Message) -> bytes:
        return json.dumps(data).encode()

    def _deserialize(self, data: bytes) -> Message:
        return Message(*json.loads(data))


class Jobs:
    """The queue, for those who ask and for those who work.

    Parameters
    ----------
    home : path
        CLIENTELE_HOME.
    handlers : mapping
        kind -> function(parameters, progress) that does the work and returns what it made, as text.
    url : str
        ``redis://…`` to carry the queue in Redis; SQLite otherwise.
    immediate : bool
        Run each job where it is put, for tests and scripts.
    """

    def __init__(self, home: Path, handlers: Mapping[str, Handler], *, url: str = "", immediate: bool = False) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self.book = Book(home / "jobs.db")
        self.handlers = dict(handlers)
        self.name = uuid.uuid4().hex
        options: dict[str, Any] = {"results": False, "immediate": immediate, "serializer": _Plain()}
        self.huey: Huey = (
            RedisHuey("clientele", url=url, **options)
            if url.startswith("redis")
            else SqliteHuey("clientele", filename=str(home / "queue.db"), **options)
        )
        self._enqueue = self.huey.task(name="run")(self.run)

    def put(self, kind: str, parameters: Mapping[str, Any], folder: Path | None = None) -> str:
        """Ask for work.

        Parameters
        ----------
        kind : str
            One of the handlers.
        parameters : mapping
            What the handler needs, as JSON.
        folder : path, optional
            Files that belong to the job: removed once it is over, however it ends.

        Returns
        -------
        str
            The job's id.
        """
        number = self.book.add(kind, parameters, folder)
        self._enqueue(number)
        return number

    def get(self, number: str) -> Job:
        """How a job stands; raises ExpiredError for one that is not known."""
        return self.book.get(number)

    def cancel(self, number: str) -> Job:
        """Stop a job: at once where nobody has taken it, at its next sign of progress where it runs."""
        if self.book.cancel(number):
            self._sweep(number)
        return self.book.get(number)

    def run(self, number: str) -> None:
        """Do a job, unless somebody else has taken it or it is over."""
        claimed = self.book.claim(number, self.name)
        if claimed is None:
            return
        kind, parameters = claimed

        def tell(words: str, share: float) -> None:
            if not self.book.tell(number, self.name, words, share):
                raise CancelledError("The job was cancelled.", "Nothing was stored.")

        try:
            result = self.handlers[kind](parameters, tell)
        except CancelledError:
            over = self.book.end(number, self.name, "cancelled", words="Cancelled; nothing was kept")
        except Exception as error:
            over = self.book.end(number, self.name, "failed", words="Failed", error=_explain(error))
        else:
            over = self.book.end(number, self.name, "done", words="Done", result=result)
        if over:
            self._sweep(number)

    def work(self, stop: threading.Event) -> None:
        """Beat once a second while this process works, and take up again what a dead worker left."""
        while not stop.is_set():
            try:
                self.book.beat(self.name)
                given_up, again = self.book.recover()
                for number in given_up:
                    self._sweep(number)
                for number in again:
                    self._enqueue(number)
            except Exception:
                log.exception("the worker could not write down that it is alive")
            stop.wait(1)

    def leave(self) -> None:
        """This worker stops: what it was doing goes back to the queue."""
        for number in self.book.leave(self.name):
            self._enqueue(number)

    def _sweep(self, number: str) -> None:
        folder = self.book.folder(number)
        if folder:
            shutil.rmtree(folder, ignore_errors=True)


def _explain(error: Exception) -> dict[str, str]:
    if isinstance(error, ClienteleError):
        return {"title": error.title, "message": error.message, "hint": error.hint}
    reference = uuid.uuid4().hex[:8]
    log.error("reference %s", reference, exc_info=error)
    return {
        "title": "Something went wrong on our side",
        "message": f"Reference {reference}.",
        "hint": "Your data are as they were. Try again; if it stays, send this number to whoever runs Clientele.",
    }
