"""The inbox: a folder of the server where other programs put files, which are read and otherwise left alone.

``inbox.json`` in CLIENTELE_HOME notes by name, size and time which files were looked at and which were brought in.
"""

from __future__ import annotations

import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from core.errors import ExpiredError

SEEN, TAKEN, DONE = "seen", "taken", "done"


@dataclass(frozen=True)
class Found:
    """A file in the inbox; ``state`` is empty until it was looked at, then ``seen``, ``taken`` or ``done``."""

    name: str
    path: Path
    bytes: int
    changed: int
    state: str = ""


class Inbox:
    """What stands in the folder.

    Parameters
    ----------
    folder : path, optional
        CLIENTELE_INBOX; None where there is no inbox.
    home : path
        CLIENTELE_HOME.
    """

    def __init__(self, folder: Path | None, home: Path) -> None:
        self.folder = folder
        self.notes = home / "inbox.json"
        self._lock = FileLock(home / "inbox.lock")

    def files(self) -> list[Found]:
        """The plain files right in the folder that were not brought in yet, the oldest first.

        Links, hidden files and folders are passed over: nothing outside the folder can be reached through it.
        """
        return [found for found in self._all(self._read()) if found.state != DONE]

    def get(self, name: str) -> Found:
        """One file by its name.

        Raises
        ------
        ExpiredError
            If no such file stands in the inbox; a path is no name.
        """
        for found in self._all(self._read()):
            if found.name == name:
                return found
        raise ExpiredError(f"{name[-120:]} is not in the inbox.", "Put the file there, or reload the page.")

    def note(self, found: Found, state: str) -> None:
        """Write down how far a file is; another file of the same name is a new one."""
        with self._lock:
            notes = {each.name: _note(each, each.state) for each in self._all(self._read()) if each.state}
            notes[found.name] = _note(found, state)
            aside = self.notes.with_suffix(".new")
            aside.write_text(json.dumps(notes, ensure_ascii=False), encoding="utf-8")
            os.replace(aside, self.notes)

    def _all(self, notes: dict[str, dict[str, object]]) -> list[Found]:
        if self.folder is None:
            return []
        found = []
        try:
            with os.scandir(self.folder) as entries:
                for entry in entries:
                    said = entry.stat(follow_symlinks=False)
                    if stat.S_ISREG(said.st_mode) and not entry.name.startswith("."):
                        each = Found(entry.name, self.folder / entry.name, said.st_size, said.st_mtime_ns)
                        note = notes.get(entry.name, {})
                        state = str(note.get("state", "")) if note == _note(each, str(note.get("state", ""))) else ""
                        found.append(Found(each.name, each.path, each.bytes, each.changed, state))
        except OSError:
            return []
        return sorted(found, key=lambda each: (each.changed, each.name))

    def _read(self) -> dict[str, dict[str, object]]:
        try:
            notes = json.loads(self.notes.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return notes if isinstance(notes, dict) else {}


def _note(found: Found, state: str) -> dict[str, object]:
    return {"bytes": found.bytes, "changed": found.changed, "state": state}
