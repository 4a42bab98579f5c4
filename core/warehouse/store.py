"""Where datasets live: one folder each by fingerprint, written aside and then renamed, never changed.

``datasets/<fingerprint>/`` holds ``raw.parquet`` (the file's lines, typed), ``duplicates.parquet`` and ``dataset.json``;
``cleaned/<fingerprint>/<rules>/`` the three grains of one set of cleaning rules.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from filelock import FileLock

from core.errors import ExpiredError, InputError
from core.warehouse.tables import Tables

FORMAT = 1


@dataclass(frozen=True)
class Dataset:
    """What is known of a stored file."""

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
        for folder in (self.datasets, self.cleaned, self.aside, home / "locks"):
            folder.mkdir(parents=True, exist_ok=True)

    def all(self) -> list[Dataset]:
        """Every stored dataset, the newest first."""
        found = [self._read(path) for path in self.datasets.glob("*/dataset.json")]
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
                f"The dataset {fingerprint[:40]!r} is not stored here.", "Choose another one, or bring the file again."
            )
        return self._read(path)

    def raw(self, fingerprint: str) -> Path:
        """The file's lines, typed."""
        self.get(fingerprint)
        return self.datasets / fingerprint / "raw.parquet"

    def relabel(self, fingerprint: str, **changes: str) -> Dataset:
        """Change a dataset's name or currency; its figures stay what they are."""
        dataset = replace(self.get(fingerprint), **changes)  # type: ignore[arg-type]
        path = self.datasets / fingerprint / "dataset.json"
        aside = path.with_suffix(f".{uuid.uuid4().hex}")
        aside.write_text(json.dumps(asdict(dataset)))
        aside.replace(path)
        return dataset

    def add(self, dataset: Dataset, folder: Path) -> None:
        """Move a finished folder into place; a dataset that is already there stays."""
        (folder / "dataset.json").write_text(json.dumps(asdict(dataset)))
        _move(folder, self.datasets / dataset.fingerprint)

    def clean(self, fingerprint: str, rules: str, build: Callable[[Path], Tables]) -> Tables:
        """The cleaned tables for a set of rules, built once however many ask."""
        self.get(fingerprint)
        name = hashlib.blake2b(f"{FORMAT} {rules}".encode(), digest_size=8).hexdigest()
        target = self.cleaned / fingerprint / name
        if not (target / "meta.bin").exists():
            with FileLock(self.home / "locks" / f"{fingerprint}-{name}.lock"):
                if not (target / "meta.bin").exists():
                    with self.workspace() as folder:
                        build(folder)
                        target.parent.mkdir(exist_ok=True)
                        _move(folder, target)
        return Tables.open(target)

    @contextmanager
    def workspace(self) -> Iterator[Path]:
        """A folder to build in, removed whatever happens; a full disk becomes a clear error."""
        folder = self.aside / uuid.uuid4().hex
        folder.mkdir()
        try:
            yield folder
        except Exception as error:
            if _disk_full(error):
                raise InputError(
                    f"The disk that holds {self.home} is full.",
                    "Free some space, or set CLIENTELE_HOME to another disk. Nothing was changed.",
                ) from error
            raise
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _read(self, path: Path) -> Dataset:
        fields = json.loads(path.read_text())
        return Dataset(**{**fields, "notes": tuple(tuple(note) for note in fields["notes"])})


def _move(folder: Path, target: Path) -> None:
    try:
        os.rename(folder, target)
    except OSError as error:
        # Somebody stored the same file in the meantime.
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise


def _disk_full(error: Exception) -> bool:
    return getattr(error, "errno", None) == errno.ENOSPC or "No space left on device" in str(error)
