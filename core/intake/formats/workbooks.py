"""Workbooks (XLSX, XLSM, XLSB, XLS, ODS): turned into CSV by a child with limits, for they may be bombs."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.errors import InputError
from core.intake.answers import Answers
from core.intake.formats import remarks
from core.intake.formats.source import Fact, Source, damaged

MEMORY = 1536 << 20
SECONDS = 300
_POLL = 0.05
_ROOT = Path(__file__).parents[2]


def inspect(source: Source, kind: str, answers: Answers) -> Source:
    """Find the table in a workbook; what was found stays in memory as long as the file is the same.

    Raises
    ------
    InputError
        If it is damaged, has a password, needs too much memory or time, or lacks the sheet that was asked for.
    """
    about = source.path.stat()
    found = _look(source.path, about.st_size, about.st_mtime_ns, source.name, answers.sheet, answers.header)
    rows = ", ".join(f"{sheet} ({count:,} rows)" for sheet, count in found["rows"].items())
    return replace(
        source,
        form="workbook",
        format=f"{kind} workbook",
        encoding="",
        delimiter="",
        columns=tuple(found["columns"]),
        sample=tuple(map(tuple, found["sample"])),
        header=found["header"],
        width=found["width"],
        sheet=found["sheet"],
        sheets=tuple(found["sheets"]),
        facts=_facts(found),
        evidence=(
            ("header", found["why"]),
            ("sheet", "you chose it" if answers.sheet else f"of {rows[:200]} the largest table"),
        ),
    )


def convert(source: Source, target: Path, tell: Callable[[float], None]) -> Source:
    """Write the sheet that was chosen as CSV; ``tell`` hears the share done and may raise to cancel."""
    order = _order(source.path, source.name, source.sheet, "yes" if source.header else "no")
    found = _run([order, str(target)], source.name, tell)
    return replace(source, path=target, form="text", delimiter=",", facts=_facts(found))


def _facts(found: dict[str, Any]) -> tuple[Fact, ...]:
    return (
        *remarks.titles(found["titles"]),
        *remarks.headers(found["columns"]),
        *remarks.repeated(found["skipped"], found["sheet"]),
        *remarks.hidden(found["hidden"]),
        *remarks.lost(found["lost"], "in it"),
    )


@functools.lru_cache(maxsize=8)
def _look(path: Path, size: int, changed: int, name: str, sheet: str, header: str) -> dict[str, Any]:
    return _run([_order(path, name, sheet, header)], name, lambda share: None)


def _order(path: Path, name: str, sheet: str, header: str) -> str:
    order = {"path": str(path), "name": name, "sheet": sheet, "header": header, "memory": MEMORY, "seconds": SECONDS}
    return json.dumps(order)


def _run(arguments: list[str], name: str, tell: Callable[[float], None]) -> dict[str, Any]:
    """Start the child and wait for its last line."""
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    command = [sys.executable, "-m", "core.intake.formats.sheets", *arguments]
    with tempfile.TemporaryFile("w+b") as out:
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL, env=environment
        )
        begun = time.monotonic()
        try:
            while child.poll() is None:
                if time.monotonic() - begun > SECONDS:
                    raise _too_much(name, f"{SECONDS} seconds")
                tell(_share(out.fileno()))
                time.sleep(_POLL)
        finally:
            child.kill()
            child.wait()
        out.seek(0)
        lines = out.read().splitlines()
    answer: dict[str, Any] = json.loads(lines[-1]) if lines and lines[-1].startswith(b"{") else {}
    if "columns" in answer:
        return answer
    if "message" in answer:
        raise InputError(answer["message"], answer["hint"])
    if "password" in answer:
        raise InputError(f"{name} is protected with a password.", "Remove the password, save it and bring it again.")
    if "memory" in answer or child.returncode in (-6, -9, -24):
        raise _too_much(name, f"{MEMORY >> 20:,} MiB of memory")
    raise damaged(name, answer.get("damaged", "it cannot be read as a workbook"))


def _share(handle: int) -> float:
    """The last share that the child told."""
    size = os.fstat(handle).st_size
    told = [line for line in os.pread(handle, 64, max(size - 64, 0)).split(b"\n")[:-1] if line[:2] in (b"0.", b"1.")]
    return float(told[-1]) if told else 0.0


def _too_much(name: str, what: str) -> InputError:
    return InputError(f"{name} needs more than {what} to be read.", "Save its sheet as CSV and bring that.")
