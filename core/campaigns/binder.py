"""The folder of a shop's own playbooks: what serves now, saving with every earlier version kept, and undo."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from filelock import FileLock

from core.campaigns.own import LARGEST, Own, merge, parse
from core.campaigns.playbook import shipped
from core.campaigns.strategies import Playbook
from core.campaigns.words import KNOWN
from core.errors import ExpiredError, InputError, ParameterError

DRAFTS = 20
KEPT = 100
TOKEN = re.compile(r"[0-9a-f]{16}")
WITHOUT = re.compile(r"^[ \t]*without[ \t]*=[ \t]*\[[^\]]*\][ \t]*(?:#.*)?\n?", re.MULTILINE)


@dataclass(frozen=True)
class Binder:
    """Own playbooks under the data folder: ``playbooks/<kind>.toml`` is edited on the page, other files by hand."""

    home: Path

    @property
    def folder(self) -> Path:
        return self.home / "playbooks"

    def serving(self, kind: str) -> Playbook:
        """The playbook for a kind of dataset, as the files are at this moment.

        Raises
        ------
        InputError
            If an own file would not work; the message names it, with strategy and key.
        """
        return _merged(kind, self._texts())

    def text(self, kind: str) -> str:
        """The own playbook of a kind; empty where there is none."""
        return dict(self._texts()).get(self._path(kind).name, "")

    def seen(self, kind: str) -> str:
        """A digest of that text: who saves says by it which one they changed."""
        return digest(self.text(kind))

    def check(self, kind: str, text: str) -> Playbook:
        """The playbook that would serve were the text saved; nothing is.

        Raises
        ------
        InputError
            If it would not work.
        """
        name = self._path(kind).name
        return _merged(kind, (*(pair for pair in self._texts() if pair[0] != name), (name, text)))

    def save(self, kind: str, text: str, seen: str | None = None) -> Playbook:
        """Keep a text as the own playbook of a kind, and what it was before in its history.

        Parameters
        ----------
        seen : str, optional
            The digest of the text that was changed.

        Raises
        ------
        InputError
            If it would not work: nothing is saved then.
        ParameterError
            If somebody else saved another one meanwhile.
        """
        text = text.replace("\r\n", "\n")
        with self._lock():
            book = self.check(kind, text)
            if seen is not None and seen != self.seen(kind):
                raise ParameterError("Somebody else saved another playbook meanwhile.",
                                     "Copy your text, open the page again, and bring the two together.")  # fmt: skip
            if text != self.text(kind):
                self._keep(kind)
                self._write(kind, text)
        return book

    def undo(self, kind: str) -> Playbook:
        """Put the version before the last change back; what is taken back stays in the history, marked as undone."""
        with self._lock():
            versions = self.versions(kind)
            if not versions:
                raise ParameterError("There is no change to take back.", "Every saved change appears here.")
            self._keep(kind, "undone")
            text = versions[0].read_text(encoding="utf-8")
            self._write(kind, text)
            versions[0].unlink()
        return self.serving(kind)

    def versions(self, kind: str) -> list[Path]:
        """Earlier texts, the latest first, named by the moment they were replaced."""
        return sorted(self._history(kind).glob("*Z.toml"), reverse=True)

    def switch(self, kind: str, slug: str, *, on: bool) -> Playbook:
        """Switch a shipped strategy off or on again, in the own playbook.

        Raises
        ------
        ParameterError
            If there is none of that name, or the text says otherwise elsewhere.
        """
        if slug not in {each.slug for each in shipped(kind).strategies}:
            raise ParameterError(f"No shipped strategy is called {slug[:60]!r}.", "Take one from the list.")
        text = self.text(kind)
        own = parse(text, self._path(kind).name)
        off = [each for each in own.without if each != slug] + ([] if on else [slug])
        changed = _with_line(text, kind, off)
        if slug in parse(changed, self._path(kind).name).without or any(
            slug in file.without for file in self._others(kind)
        ):
            if on:
                raise ParameterError(
                    f"{slug!r} is switched off by hand.", "Take it out of the text, or out of its file."
                )
        elif not on:
            raise ParameterError(f"The text has no place to switch {slug!r} off.", f'Write without = ["{slug}"] in it.')
        return self.save(kind, changed, digest(text))

    def draft(self, kind: str, text: str) -> str:
        """Put a text that was checked aside; answers with its name. The latest twenty are kept."""
        self.check(kind, text)
        folder = self.folder / "drafts"
        folder.mkdir(parents=True, exist_ok=True)
        token = digest(f"{kind} {text}")
        _write(folder / f"{kind}-{token}.toml", text.replace("\r\n", "\n"))
        drafts = sorted(folder.glob("*.toml"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in drafts[DRAFTS:]:
            path.unlink(missing_ok=True)
        return token

    def drafted(self, kind: str, token: str) -> str:
        """A text that was put aside."""
        path = self.folder / "drafts" / f"{kind}-{token}.toml"
        if kind not in KNOWN or not TOKEN.fullmatch(token) or not path.is_file():
            raise ExpiredError("This draft is no longer here.", "Check the text again.")
        return path.read_text(encoding="utf-8")

    def _texts(self) -> tuple[tuple[str, str], ...]:
        return tuple((path.name, _read(path)) for path in sorted(self.folder.glob("*.toml")))

    def _others(self, kind: str) -> list[Own]:
        texts = [pair for pair in self._texts() if Path(pair[0]).stem not in KNOWN]
        return [file for file in (parse(text, name) for name, text in texts) if file.kind == kind]

    def _path(self, kind: str) -> Path:
        if kind not in KNOWN:
            raise ParameterError(f"There is no playbook for {kind[:40]!r}.", f"Choose one of {', '.join(KNOWN)}.")
        return self.folder / f"{kind}.toml"

    def _history(self, kind: str) -> Path:
        return self.folder / "history" / self._path(kind).stem

    def _keep(self, kind: str, mark: str = "") -> None:
        folder = self._history(kind)
        folder.mkdir(parents=True, exist_ok=True)
        moment = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H-%M-%S.%fZ")
        _write(folder / (f"{moment}.{mark}.toml" if mark else f"{moment}.toml"), self.text(kind))
        for path in sorted(folder.glob("*.toml"), reverse=True)[KEPT:]:
            path.unlink(missing_ok=True)

    def _write(self, kind: str, text: str) -> None:
        if text.strip():
            _write(self._path(kind), text)
        else:
            self._path(kind).unlink(missing_ok=True)

    def _lock(self) -> FileLock:
        self.folder.mkdir(parents=True, exist_ok=True)
        return FileLock(self.folder / ".lock")


def digest(text: str) -> str:
    """A short name of a text."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


@lru_cache(maxsize=64)
def _merged(kind: str, texts: tuple[tuple[str, str], ...]) -> Playbook:
    # One that is named after another kind need not be read, so that what is wrong in it stays there.
    mine = [pair for pair in texts if pair[1].strip() and Path(pair[0]).stem not in {*KNOWN} - {kind}]
    found = [file for file in (parse(text, name) for name, text in mine) if file.kind == kind]
    return merge(kind, found) if found else shipped(kind)


def _with_line(text: str, kind: str, off: list[str]) -> str:
    """The text with another list of what is switched off, above its first strategy."""
    line = f"without = {json.dumps(off)}\n" if off else ""
    first = re.search(r"^[ \t]*\[", text, re.MULTILINE)
    head, rest = (text[: first.start()], text[first.start() :]) if first else (text, "")
    if not WITHOUT.search(head):
        head = f"{head}\n" if head and not head.endswith("\n") else head
        lines = head.splitlines(keepends=True) or [f'kind = "{kind}"\n']
        place = next((n + 1 for n, each in enumerate(lines) if re.match(r"\s*kind\s*=", each)), 0)
        return "".join([*lines[:place], line, *lines[place:], rest])
    return WITHOUT.sub(line, head, count=1) + rest


def _read(path: Path) -> str:
    if path.stat().st_size > LARGEST:
        raise InputError(f"{path.name} has more than {LARGEST // 1024} KB.", "A playbook is a page or two: shorten it.")
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name} is not UTF-8 text: {error}.", "Save it as UTF-8.") from error


def _write(path: Path, text: str) -> None:
    aside = path.with_name(f".{path.name}.{os.getpid()}.new")
    aside.write_text(text, encoding="utf-8", newline="\n")
    os.replace(aside, path)
