"""What is no table, told by its first bytes or words: what it is, and what to do about it."""

from __future__ import annotations

import mmap
import re
from pathlib import Path

from core.errors import InputError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UNPACK = "Unpack it and bring the table inside."
_EXPORT = "Export the table as CSV or XLSX and bring that."
_MAGIC = (
    (b"%PDF", "a PDF document", "Export the table itself as CSV or XLSX."),
    (b"\x89PNG", "a picture", _EXPORT),
    (b"\xff\xd8\xff", "a picture", _EXPORT),
    (b"GIF8", "a picture", _EXPORT),
    (b"\x7fELF", "a program", _EXPORT),
    (b"MZ\x90\0", "a program", _EXPORT),
    (b"Rar!\x1a", "a RAR archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"BZh91AY", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\0", "an xz archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", _UNPACK),
    (b"SQLite format 3\0", "a database", _EXPORT),
    (b"ARROW1", "an Arrow file", "Save it as Parquet or CSV."),
    (b"ORC", "an ORC file", "Save it as Parquet or CSV."),
    (b"Obj\x01", "an Avro file", "Save it as Parquet or CSV."),
)
_PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|div)\b", re.I | re.S)
_XML = re.compile(r"\s*<\?xml\b|\s*<[A-Za-z][\w:.-]*(?:\s[^<>]*)?>\s*<", re.S)


def refuse_bytes(head: bytes, name: str) -> None:
    """Refuse what its first bytes tell to be something else."""
    for magic, what, hint in _MAGIC:
        if head.startswith(magic) and (not magic.isalpha() or b"\0" in head):
            raise InputError(f"{name} is {what}, not a table.", hint)


def refuse_words(text: str, name: str) -> None:
    """Refuse web pages and XML, whatever the file's name says."""
    if _PAGE.match(text):
        raise InputError(
            f"{name} is a web page (HTML), whatever its name says.",
            "Open it in a spreadsheet and save it as XLSX, or export CSV; if it asks for a password, log in first.",
        )
    if _XML.match(text):
        excel = "Excel's old XML" if "urn:schemas-microsoft-com:office:spreadsheet" in text[:4000] else "XML"
        raise InputError(f"{name} is {excel}, not a table.", "Open it in a spreadsheet and save it as XLSX or CSV.")


def refuse_ole(path: Path, name: str) -> None:
    """Refuse compound files that are no old Excel workbook: those with a password, and other documents."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:

        def holds(stream: str) -> bool:
            return content.find(stream.encode("utf-16-le")) >= 0

        if holds("EncryptedPackage"):
            raise InputError(
                f"{name} is protected with a password.", "Open it, remove the password, save it and bring it again."
            )
        if not holds("Workbook") and not holds("Book"):
            raise InputError(f"{name} is an Office document that holds no sheet.", _EXPORT)
