"""Where datasets live: one folder each by fingerprint, written aside and then renamed, never changed.

``datasets/<fingerprint>/`` holds ``raw.parquet`` (the file's lines, typed), ``duplicates.parquet`` and
``dataset.json``; ``cleaned/<fingerprint>/<rules>/`` the three grains of one set of cleaning rules.
"""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import os
import re
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb
from filelock import FileLock

from core.errors import ExpiredError, InputError, ParameterError
from core.warehouse import engine
from core.warehouse.columns import Column
from core.warehouse.tables import Tables

log = logging.getLogger(__name__)
FORMAT = 2
STALE = 24 * 3600
_FULL = {errno.ENOSPC: "No space left on device", errno.EDQUOT: "Disk quota exceeded", errno.EFBIG: "File too large"}


@dataclass(frozen=True)
class Dataset:
    """What is known of a stored file.

    ``rows`` counts all of its rows, ``misfit`` those among them that do not fit the header; ``notes`` holds
    (what, found, evidence) about the file, ``columns_found`` the same about each column. ``facts`` is what the kind of
    table needs to know when cleaning, ``answers`` what was said or assumed about the file. A version that grew out of
    another names it in ``previous``, and the files it is made of in ``parts``.
    """

    fingerprint: str
    name: str
    file: str
    kind: str
    rows: int
    columns: int
    bytes: int
    currency: str
    added: str
    notes: tuple[tuple[str, str, str], ...] = ()
    misfit: int = 0
    columns_found: tuple[Column, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    answers: str = ""
    previous: str = ""
    parts: tuple[str, ...] = ()


class Store:
    """The folder of datasets.

    Parameters
    ----------
    home : path
        CLIENTELE_HOME.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self.datasets = home / "datasets"
        self.cleaned = home / "cleaned"
        self.aside = home / "aside"
        try:
            for folder in (self.datasets, self.cleaned, self.aside, home / "locks"):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ParameterError(
                f"CLIENTELE_HOME={home} cannot be used: {error.strerror}.", "Set it to a folder that can be written to."
            ) from error
        self._sweep()

    def all(self) -> list[Dataset]:
        """Every stored dataset, the newest first; a damaged one is left out."""
        found = []
        for path in self.datasets.glob("*/dataset.json"):
            try:
                found.append(read_dataset(path))
            except (OSError, ValueError, TypeError, KeyError):
                log.warning("%s is damaged and left out", path)
        return sorted(found, key=lambda d: (d.added, d.fingerprint), reverse=True)

    def get(self, fingerprint: str) -> Dataset:
        """One dataset.

        Raises
        ------
        ExpiredError
            If it is not stored here.
        """
        path = self.datasets / fingerprint / "dataset.json"
        if not re.fullmatch(r"[0-9a-f]{16}", fingerprint) or not path.exists():
            raise ExpiredError(
                f"The dataset {fingerprint[:40]!r} is not stored here.",
                "Choose another one, or bring the file again.",
            )
        return read_dataset(path)

    def raw(self, fingerprint: str) -> Path:
        """The file's lines, typed."""
        self.get(fingerprint)
        return self.datasets / fingerprint / "raw.parquet"

    def contacts(self, fingerprint: str) -> Path | None:
        """How the customers of an order log can be reached, one row each; None where its file did not say."""
        path = self.raw(fingerprint).with_name("contacts.parquet")
        return path if path.exists() else None

    def relabel(self, fingerprint: str, *, name: str = "", currency: str = "") -> Dataset:
        """Change a dataset's name or currency; its figures stay what they are."""
        dataset = self.get(fingerprint)
        currency = currency or dataset.currency
        notes = tuple((what, currency if what == "Currency" else found, why) for what, found, why in dataset.notes)
        dataset = replace(dataset, name=name or dataset.name, currency=currency, notes=notes)
        return self._describe(dataset)

    def _describe(self, dataset: Dataset) -> Dataset:
        path = self.datasets / dataset.fingerprint / "dataset.json"
        with self.workspace() as folder:
            (folder / path.name).write_text(json.dumps(asdict(dataset)), encoding="utf-8")
            (folder / path.name).replace(path)
        return dataset

    def note(self, fingerprint: str, **facts: Any) -> Dataset:
        """Write down more facts about a dataset; its figures stay what they are."""
        dataset = self.get(fingerprint)
        return self._describe(replace(dataset, facts={**dataset.facts, **facts}))

    def add(self, dataset: Dataset, folder: Path) -> None:
        """Move a finished folder into place; a dataset that is already there stays."""
        (folder / "dataset.json").write_text(json.dumps(asdict(dataset)), encoding="utf-8")
        _move(folder, self.datasets / dataset.fingerprint)

    def remove(self, fingerprint: str) -> None:
        """Forget a dataset and all that was cleaned from it."""
        self.get(fingerprint)
        with self.workspace() as folder:
            for place in (self.datasets, self.cleaned):
                if (place / fingerprint).exists():
                    os.rename(place / fingerprint, folder / place.name)

    def clean(self, fingerprint: str, rules: str, build: Callable[[Path], Tables]) -> Tables:
        """The cleaned tables for a set of rules, built once however many ask."""
        return Tables.open(self.built(fingerprint, rules, build, "meta.bin"))

    def built(self, fingerprint: str, rules: str, build: Callable[[Path], Any], last: str) -> Path:
        """The folder cleaned by a set of rules, built once however many ask; ``last`` is the file written last."""
        self.get(fingerprint)
        name = hashlib.blake2b(f"{FORMAT} {rules}".encode(), digest_size=8).hexdigest()
        target = self.cleaned / fingerprint / name
        if not (target / last).exists():
            with FileLock(self.home / "locks" / f"{fingerprint}-{name}.lock"):
                if not (target / last).exists():
                    with self.workspace() as folder:
                        build(folder)
                        target.parent.mkdir(exist_ok=True)
                        _move(folder, target)
        return target

    @contextmanager
    def workspace(self) -> Iterator[Path]:
        """A folder to build in, removed whatever happens; a full disk becomes a clear error."""
        folder = self.aside / uuid.uuid4().hex
        try:
            folder.mkdir(parents=True)
            yield folder
        except (OSError, duckdb.Error) as error:
            if clear := self._explain(error):
                raise clear from error
            raise
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _explain(self, error: OSError | duckdb.Error) -> InputError | ParameterError | None:
        log.info("while building in %s", self.aside, exc_info=error)
        if getattr(error, "errno", None) in _FULL or any(words in str(error) for words in _FULL.values()):
            return InputError(
                f"The disk that holds {self.home} is full.",
                "Free some space, or set CLIENTELE_HOME to another disk. Nothing was changed.",
            )
        inside = str(getattr(error, "filename", None) or "").startswith(str(self.home))
        if isinstance(error, PermissionError) and inside:
            return ParameterError(f"CLIENTELE_HOME={self.home} cannot be written to.", "Change its permissions.")
        return engine.explain(error) if isinstance(error, duckdb.Error) else None

    def _sweep(self) -> None:
        """Remove what a process that was killed left behind."""
        for folder in self.aside.iterdir():
            try:
                if folder.stat().st_mtime < time.time() - STALE:
                    shutil.rmtree(folder, ignore_errors=True)
            except FileNotFoundError:
                continue


def read_dataset(path: Path) -> Dataset:
    """A dataset's description from its file."""
    fields = json.loads(path.read_text(encoding="utf-8"))
    return Dataset(
        **{
            **fields,
            "notes": tuple(tuple(note) for note in fields["notes"]),
            "parts": tuple(fields.get("parts", ())),
            "columns_found": tuple(map(Column.of, fields.get("columns_found", ()))),
        }
    )


def _move(folder: Path, target: Path) -> None:
    try:
        os.rename(folder, target)
    except OSError as error:
        # Somebody stored the same file in the meantime.
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
