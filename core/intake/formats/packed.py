"""Files inside gzip and zip: looked into without unpacking, and unpacked within bounds."""

from __future__ import annotations

import errno
import gzip
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import IO, cast

from core.errors import InputError
from core.intake.formats.source import Source, damaged
from core.intake.understanding import Question, QuestionError

BLOCK = 1 << 20
MOST_TIMES = 200
LEAST_TO_REFUSE = 1 << 30
MOST_ENTRIES = 10_000
MOST_UNPACKED = 64 << 30
_ENDINGS = ".csv .tsv .txt .tab .psv .json .jsonl .ndjson .parquet .xlsx .xlsm .xlsb .xls .ods"
# The first that is found in the name of an entry decides.
_OFFICE = {"xl/vbaProject.bin": "XLSM", "xl/workbook.bin": "XLSB", "xl/": "XLSX"}
_ERRORS = (
    EOFError,
    OSError,
    zlib.error,
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    ValueError,
    LookupError,
    OverflowError,
    struct.error,
)


def kind(head: bytes) -> str:
    """``gzip``, ``zip`` or ``none``, from the first bytes."""
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    return "zip" if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")) else "none"


def entries(path: Path, name: str) -> list[zipfile.ZipInfo]:
    """What a zip holds, from its directory alone.

    Raises
    ------
    InputError
        If it is damaged, has a password, holds too much for its size, or names that lead out of its folder.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            found = [entry for entry in archive.infolist() if entry.filename]
    except _ERRORS as error:
        raise damaged(name, error) from None
    if len(found) > MOST_ENTRIES:
        raise InputError(f"{name} holds {len(found):,} files.", "Unpack it and bring the one with the table.")
    size, packed = sum(entry.file_size for entry in found), path.stat().st_size
    if size > MOST_UNPACKED or size > max(MOST_TIMES * packed, LEAST_TO_REFUSE):
        raise too_large(name)
    for entry in found:
        inside = PurePosixPath(entry.filename.replace("\\", "/"))
        if inside.is_absolute() or ".." in inside.parts or entry.filename[1:2] == ":":
            raise InputError(f"{name} holds a file whose name leads out of its folder.", "Pack it again yourself.")
    if any(entry.flag_bits & 1 for entry in found):
        raise InputError(f"{name} is protected with a password.", "Unpack it and bring the table inside.")
    return found


def choose(found: list[zipfile.ZipInfo], said: str, name: str) -> tuple[str, tuple[str, ...]]:
    """The entry with the table, and all that could be meant; what systems add to zips is passed over."""
    names = [entry.filename for entry in found if not entry.is_dir() and not _added(entry.filename)]
    tables = tuple([entry for entry in names if entry.lower().endswith(tuple(_ENDINGS.split()))] or names)
    if said:
        if match := next((entry for entry in names if said in (entry, PurePosixPath(entry).name)), ""):
            return match, tables
        if len(tables) != 1:
            raise InputError(f"{name} holds no file {said!r}.", f"It holds: {_list(names)}.")
    if not names:
        raise InputError(f"{name} holds no file.", "Pack it again, with the table inside.")
    if len(tables) > 1:
        raise QuestionError(
            Question(
                "sheet",
                f"{name} holds {len(tables):,} files: which one is to be read?",
                f"It holds: {_list(tables)}.",
                tuple((entry, PurePosixPath(entry).name) for entry in tables),
            )
        )
    return tables[0], tables


def workbook(source: Source, found: list[zipfile.ZipInfo]) -> str:
    """What kind of workbook a zip is; empty for any other zip.

    Raises
    ------
    InputError
        If it is another kind of document.
    """
    names = {entry.filename for entry in found}
    if "[Content_Types].xml" in names:
        kind = next((kind for name, kind in _OFFICE.items() if any(name in entry for entry in names)), "")
        if not kind:
            raise InputError(f"{source.name} is an Office document that holds no sheet.", "Bring its table as XLSX.")
        return kind
    if "mimetype" in names and "content.xml" in names:
        mimetype = head(replace(source, compression="zip", entry="mimetype"), 200)
        if b"spreadsheet" not in mimetype:
            raise InputError(f"{source.name} is a document that holds no sheet.", "Bring its table as ODS or XLSX.")
        return "ODS"
    if any(entry.endswith(".iwa") for entry in names):
        raise InputError(f"{source.name} is a Numbers document.", "Export it as XLSX or CSV and bring that.")
    return ""


def head(source: Source, size: int) -> bytes:
    """The first unpacked bytes of a file."""
    with opened(source) as (file, _):
        return file.read(size)


@contextmanager
def opened(source: Source) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """The unpacked bytes of a file, and the file itself, whose position tells how much of it is done."""
    try:
        with source.path.open("rb") as file:
            if source.compression == "zip":
                with zipfile.ZipFile(file) as archive, archive.open(source.entry) as inside:
                    yield inside, file
            elif source.compression == "gzip":
                with gzip.GzipFile(fileobj=file) as text:
                    yield cast(IO[bytes], text), file
            else:
                yield file, file
    except PermissionError:
        raise InputError(f"{source.name} may not be read by this program.", "Change its permissions.") from None
    except _ERRORS as error:
        # A place outside the file is an invalid argument; a full disk or a file that is gone are not the file's fault.
        if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
            raise
        raise damaged(source.name, error) from None


def unpack(source: Source, target: Path, tell: Callable[[float], None]) -> Source:
    """Unpack a file: zlib is faster at it than DuckDB, which then reads the text in several threads.

    Raises
    ------
    InputError
        If the file is cut off or damaged, or would fill the disk.
    """
    packed, size = source.path.stat().st_size, 0
    with opened(source) as (text, file), target.open("wb") as out:
        while block := text.read(BLOCK):
            size += out.write(block)
            if size > max(MOST_TIMES * packed, LEAST_TO_REFUSE):
                raise too_large(source.name)
            tell(min(file.tell() / packed, 1.0))
    return replace(source, path=target)


def too_large(name: str) -> InputError:
    """A file that would fill the disk or the memory."""
    return InputError(
        f"{name} unpacks to more than {MOST_TIMES} times its size.",
        "Unpack it yourself and bring the table inside, if that is as it should be.",
    )


def _added(entry: str) -> bool:
    parts = PurePosixPath(entry.replace("\\", "/")).parts
    return any(part.startswith((".", "__MACOSX")) for part in parts) or parts[-1] in ("Thumbs.db", "desktop.ini")


def _list(names: list[str] | tuple[str, ...]) -> str:
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    return ", ".join(PurePosixPath(entry).name[:60] for entry in names[:10]) + more
