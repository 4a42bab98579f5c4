"""Files that have arrived and wait to be checked: what was said about each is kept beside it for a day."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from filelock import FileLock

from core.errors import ClienteleError, ExpiredError, InputError
from core.intake import inspecting
from core.intake.answers import Answers
from core.intake.understanding import Question, QuestionError, Understanding
from core.warehouse.store import Store

KEPT = 24 * 3600
_SAID = "arrival.json"


@dataclass(frozen=True)
class Waiting:
    """A file that waits.

    ``answers`` is what was said about it; ``append_to`` the dataset that it is to be added to; ``version`` counts the
    changes; ``job`` is the import that was last started. ``question`` and ``problem`` (title, message, hint) are what
    that import met in the whole file.
    """

    id: str
    file: str
    path: Path
    bytes: int
    added: str
    answers: Answers = field(default_factory=Answers)
    append_to: str = ""
    version: int = 0
    job: str = ""
    question: Question | None = None
    problem: tuple[str, str, str] | None = None


class Arrivals:
    """The folder of waiting files, ``arrivals/<id>/``; one without its description is still on its way.

    Parameters
    ----------
    store : Store
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.folder = store.home / "arrivals"
        self.folder.mkdir(exist_ok=True)
        self.sweep()

    @contextmanager
    def place(self) -> Iterator[Path]:
        """A folder for a file that comes in: it stays once :meth:`add` has taken it, and goes otherwise."""
        folder = self.folder / uuid.uuid4().hex
        folder.mkdir()
        try:
            yield folder
        finally:
            if not (folder / _SAID).exists():
                shutil.rmtree(folder, ignore_errors=True)

    def add(
        self, folder: Path, path: Path, file: str, *, answers: Answers | None = None, append_to: str = ""
    ) -> tuple[Waiting, Understanding]:
        """Let a file wait, once its first rows have been understood.

        Parameters
        ----------
        folder : path
            A :meth:`place`.
        path : path
            The file, in that folder or elsewhere; elsewhere it is left alone.
        file : str
            What it is called where it comes from.

        Raises
        ------
        InputError
            If it is no table that can be read; it does not wait then.
        """
        if append_to:
            self.store.get(append_to)
        added = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        waiting = Waiting(folder.name, file, path, path.stat().st_size, added, answers or Answers(), append_to)
        understood = self.understand(waiting)
        self._write(waiting)
        return waiting, understood

    def get(self, id: str) -> Waiting:
        """One waiting file.

        Raises
        ------
        ExpiredError
            If it no longer waits.
        """
        if re.fullmatch(r"[0-9a-f]{32}", id):
            try:
                waiting = _read(self.folder / id / _SAID)
            except (OSError, ValueError, KeyError, TypeError):
                pass
            else:
                if waiting.path.is_file():
                    return waiting
        raise ExpiredError("This file no longer waits here.", "Bring it again; a file waits for a day.")

    def all(self) -> list[Waiting]:
        """Every waiting file, the newest first."""
        found = []
        for folder in self.folder.iterdir():
            try:
                found.append(self.get(folder.name))
            except ExpiredError:
                continue
        return sorted(found, key=lambda each: (each.added, each.id), reverse=True)

    def understand(self, waiting: Waiting) -> Understanding:
        """What its first rows and the answers tell."""
        return inspecting.understand(waiting.path, waiting.file, waiting.answers, self.store.home)

    def change(self, id: str, **changes: Any) -> Waiting:
        """Write down other answers, or another dataset to add to; what does not fit changes nothing.

        Raises
        ------
        ExpiredError, InputError, ParameterError
            If the file is gone, or cannot be read with these answers.
        """
        with self._held(id):
            before = self.get(id)
            after = replace(before, **changes, version=before.version + 1, problem=None)
            if after.append_to:
                self.store.get(after.append_to)
            if after.answers != before.answers:
                self.understand(after)
            self._write(after)
        return after

    def started(self, id: str, job: str) -> None:
        """Its import has been asked for."""
        with self._held(id):
            self._write(replace(self.get(id), job=job))

    def failed(self, id: str, error: ClienteleError) -> None:
        """Its import met a question or a problem in the whole file: the page asks and tells."""
        with self._held(id):
            waiting = self.get(id)
            if isinstance(error, QuestionError):
                changed = replace(waiting, question=error.question, version=waiting.version + 1)
            else:
                said = (error.title, error.message, error.hint)
                changed = replace(waiting, problem=said, version=waiting.version + 1)
            self._write(changed)

    def discard(self, id: str) -> None:
        """Forget a waiting file; one that lies elsewhere stays there."""
        self.get(id)
        shutil.rmtree(self.folder / id, ignore_errors=True)

    def sweep(self) -> None:
        """Remove what has waited for too long."""
        for folder in self.folder.iterdir():
            try:
                if max(path.stat().st_mtime for path in (folder, *folder.iterdir())) < time.time() - KEPT:
                    shutil.rmtree(folder, ignore_errors=True)
            except OSError:
                continue

    def _held(self, id: str) -> FileLock:
        if not re.fullmatch(r"[0-9a-f]{32}", id):
            self.get(id)
        return FileLock(self.store.home / "locks" / f"arrival-{id}.lock")

    def _write(self, waiting: Waiting) -> None:
        said = {**asdict(waiting), "path": str(waiting.path), "answers": waiting.answers.to_json()}
        target = self.folder / waiting.id / _SAID
        aside = target.with_suffix(".new")
        try:
            aside.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
            os.replace(aside, target)
        except OSError as error:
            raise InputError(f"{waiting.file} could not be kept: {error.strerror}.", "Bring it again.") from error


def _read(path: Path) -> Waiting:
    said = json.loads(path.read_text(encoding="utf-8"))
    question, problem = said["question"], said["problem"]
    plain: dict[str, Any] = {
        "path": Path(said["path"]),
        "answers": Answers.from_json(said["answers"]),
        "question": Question(**{**question, "choices": tuple(map(tuple, question["choices"]))}) if question else None,
        "problem": tuple(problem) if problem else None,
    }
    return Waiting(**{**said, **plain})
