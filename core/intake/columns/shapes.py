"""What was answered for one file answers for the next of its shape: same headers, as many columns, same format."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from core.errors import InputError
from core.intake.answers import Answers
from core.intake.columns.headers import words
from core.intake.columns.values import Contents
from core.intake.formats.source import Source
from core.intake.understanding import Understanding

# What each file may show for itself; the last one's stands where it does not.
_SHOWN = ("date_order", "decimal", "currency")
# What is settled once for all files of a shape.
_SETTLED = ("kind", "money")


@dataclass(frozen=True)
class Known:
    """What is known of a shape: what stands, and what stands where a file does not show it."""

    said: Answers
    shown: Answers


def shape(source: Source) -> str:
    """The shape of a file: its names in any case, and numbers or text where it has none.

    Examples
    --------
    >>> from pathlib import Path
    >>> a, b = (Source(Path("a"), "a", columns=columns) for columns in [("Order ID", "Total"), ("order_id", "total")])
    >>> shape(a) == shape(b)
    True
    """
    names = [" ".join(words(name)) or name for name in source.columns] if source.header else _sorts(source)
    text = "\n".join([source.form, str(len(source.columns)), *names])
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def remember(home: Path, understanding: Understanding) -> None:
    """Keep what is known of a file for the next of its shape; names of columns and choices only, no value of a row."""
    notes = {note.slug: note.value for note in understanding.notes}
    roles = tuple((column.role, column.name) for column in understanding.columns)
    settled = {name: getattr(understanding.answers, name) for name in _SETTLED}
    off = tuple(pair for pair in understanding.answers.roles if not pair[1])
    said = understanding.said.but(**settled, roles=(*roles, *off))
    shown = Answers().but(**{name: notes.get(name, "") for name in _SHOWN})
    target = _path(home, understanding.shape)
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_suffix(f".{os.getpid()}")
    aside.write_text(json.dumps({"said": said.to_json(), "shown": shown.to_json()}), encoding="utf-8")
    aside.replace(target)


def recall(home: Path, shape: str) -> Known | None:
    """What is known of files of a shape; None where nothing is, or it cannot be read."""
    try:
        kept = json.loads(_path(home, shape).read_text(encoding="utf-8"))
        return Known(Answers.from_json(kept["said"]), Answers.from_json(kept["shown"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def forget(home: Path, shape: str) -> bool:
    """Ask again for files of a shape; whether anything was known."""
    try:
        _path(home, shape).unlink()
    except FileNotFoundError:
        return False
    return True


def known(home: Path) -> list[str]:
    """All shapes that are remembered."""
    return sorted(path.stem for path in (home / "shapes").glob("*.json"))


def _path(home: Path, shape: str) -> Path:
    if not (shape.isalnum() and shape.isascii()):
        raise InputError("There is no such shape of a file.", "Choose one of those that are remembered.")
    return home / "shapes" / f"{shape}.json"


def _sorts(source: Source) -> list[str]:
    columns = zip(*source.sample[:50], strict=True) if source.sample else []
    seen = [Contents.of(column) for column in columns]
    return ["number" if each.numeric > 0.8 else "text" for each in seen]
