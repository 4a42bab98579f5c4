"""Deleting datasets with undo: they wait in the trash for a while, and then nothing of the people in them is left.

What was made of a dataset (a later version, a join) holds the same people: it is deleted with it and comes back
with it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from core.errors import ExpiredError
from core.warehouse.book import KEPT_DAYS
from core.warehouse.store import Dataset, Store, read_dataset


class Trash:
    """The deleted datasets of a store.

    Parameters
    ----------
    store : Store
    forget : callable
        Removes every kept result of an analysis, and what was saved of datasets; called with the fingerprints of what
        is about to be gone for good.
    """

    def __init__(self, store: Store, forget: Callable[[set[str]], None]) -> None:
        self.store = store
        self.forget = forget
        self.folder = store.home / "trash"
        self.folder.mkdir(exist_ok=True)

    def delete(self, fingerprint: str) -> list[Dataset]:
        """Put a dataset, its earlier versions and all that was made of them into the trash.

        Returns
        -------
        list of Dataset
            Everything that went, the dataset itself first.
        """
        family = self.family(fingerprint)
        target = self.folder / fingerprint
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        (target / "deleted.json").write_text(json.dumps({"at": time.time()}), encoding="utf-8")
        for dataset in family:
            for place in (self.store.datasets, self.store.cleaned):
                if (place / dataset.fingerprint).exists():
                    (target / place.name).mkdir(exist_ok=True)
                    os.rename(place / dataset.fingerprint, target / place.name / dataset.fingerprint)
        return family

    def family(self, fingerprint: str) -> list[Dataset]:
        """A dataset and all others that hold the same people because one was made of the other."""
        everything = {dataset.fingerprint: dataset for dataset in self.store.all()}
        first = self.store.get(fingerprint)
        older, found = first, [first]
        while (older := everything.get(older.previous, first)) not in found:
            found.append(older)
        sources = {dataset.fingerprint for dataset in found}
        while more := [d for d in everything.values() if d not in found and sources & made_of(d)]:
            found += more
            sources |= {dataset.fingerprint for dataset in more}
        return found

    def list(self) -> list[Dataset]:
        """What can be brought back, the latest deletion first; what has waited too long is removed on the way."""
        found = []
        for folder in self.folder.iterdir():
            try:
                deleted = json.loads((folder / "deleted.json").read_text(encoding="utf-8"))["at"]
                dataset = read_dataset(folder / "datasets" / folder.name / "dataset.json")
            except (OSError, ValueError, KeyError, TypeError):
                continue
            if deleted < time.time() - KEPT_DAYS * 24 * 3600:
                self.purge(folder.name)
            else:
                found.append((deleted, dataset))
        return [dataset for _, dataset in sorted(found, key=lambda each: each[0], reverse=True)]

    def restore(self, fingerprint: str) -> Dataset:
        """Bring back a dataset and whatever went with it.

        Raises
        ------
        ExpiredError
            If it is not in the trash.
        """
        target = self._target(fingerprint)
        for place in (self.store.datasets, self.store.cleaned):
            for folder in sorted((target / place.name).glob("*")):
                # Brought again in the meantime: the same bytes are already there.
                if not (place / folder.name).exists():
                    os.rename(folder, place / folder.name)
        shutil.rmtree(target, ignore_errors=True)
        return self.store.get(fingerprint)

    def purge(self, fingerprint: str) -> None:
        """Remove it for good, with every kept result: no trace of the people in it is left.

        Raises
        ------
        ExpiredError
            If it is not in the trash.
        """
        target = self._target(fingerprint)
        there = {dataset.fingerprint for dataset in self.store.all()}
        # First, so that nothing is left should it fail: what is in the trash can be removed once more.
        self.forget({folder.name for folder in (target / "datasets").glob("*")} - there)
        shutil.rmtree(target)

    def _target(self, fingerprint: str) -> Path:
        target = self.folder / fingerprint
        if not re.fullmatch(r"[0-9a-f]{16}", fingerprint) or not target.exists():
            raise ExpiredError(f"The dataset {fingerprint[:40]!r} is not in the trash.", "Bring the file again.")
        return target


def made_of(dataset: Dataset) -> set[str]:
    """The fingerprints of the datasets whose people a dataset holds."""
    return {dataset.previous, str(dataset.facts.get("joined", "")), str(dataset.facts.get("log", ""))} - {""}


def bytes_on_disk(store: Store, fingerprint: str) -> int:
    """What a dataset and all that was cleaned from it take on disk, in bytes."""
    folders = [place / fingerprint for place in (store.datasets, store.cleaned)]
    return sum(path.stat().st_size for folder in folders for path in folder.rglob("*") if path.is_file())
