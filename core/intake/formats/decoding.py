"""The first bytes of a text file as text: which encoding it has, and how that was seen."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from core.errors import InputError
from core.intake.formats import foreign

CHOSEN = "you chose it"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8 with a byte order mark"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_WORDS = {"utf-8": "UTF-8", "utf-16": "UTF-16", "iso8859-1": "Latin-1", "cp1252": "Windows-1252"}
# In cp1252 these bytes are quotes, dashes and the euro sign; in Latin-1 they are control characters that nobody types.
_CP1252_ONLY = re.compile(rb"[\x80-\x9f]")
_CONTROL = re.compile(rb"[\0-\x08\x0e-\x1b\x7f]")
# A file with more control characters than this is no text; fewer are slips.
_MOST_CONTROL = 0.003


@dataclass(frozen=True)
class Decoded:
    """Text, the encoding as Python calls it (empty: not UTF-8, all else open) and in words, and the evidence."""

    text: str
    codec: str
    words: str
    evidence: str


def decode(head: bytes, whole: bool, said: str, name: str) -> Decoded:
    """Find the encoding of a text from its first bytes.

    Parameters
    ----------
    head : bytes
    whole : bool
        Whether they are the whole file.
    said : str
        The encoding if it is known, as Python calls it.
    name : str
        What the user calls the file.

    Raises
    ------
    InputError
        If it is no text, or not in the encoding that was said.
    """
    if said:
        return _said(head, whole, said, name)
    for mark, codec, label in _MARKS:
        if head.startswith(mark):
            return Decoded(_text(head, whole, codec, name).removeprefix("\ufeff"), codec, label, "a byte order mark")
    if codec := _utf16(head):
        return Decoded(_text(head, whole, codec, name), codec, "UTF-16", "every other byte is zero")
    if len(_CONTROL.findall(head)) > max(1, len(head) * _MOST_CONTROL) and not _odd_delimiter(head):
        raise InputError(f"{name} is not a text file.", "Export it as CSV (comma separated) and try again.")
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head, final=whole)
    except UnicodeDecodeError as error:
        odd = f"the byte {head[error.start]:02X} does not occur so in UTF-8"
        if codec := foreign.guess(head):
            evidence = f"{odd}; read so, it makes words"
            return Decoded(head.decode(codec, errors="replace"), codec, words(codec), evidence)
        if _CP1252_ONLY.search(head):
            return Decoded(head.decode("cp1252", errors="replace"), "", "Windows-1252", odd)
        return Decoded(head.decode("latin-1"), "", "Latin-1", odd)
    return Decoded(text, "utf-8", "UTF-8", "plain ASCII so far" if text.isascii() else "all valid so far")


def words(codec: str) -> str:
    """An encoding as people call it."""
    return {**_WORDS, **foreign.SCRIPTS, **foreign.LATIN}.get(codec, codec.upper())


def special(text: str) -> bool:
    """Whether a text has characters that Windows-1252 has and Latin-1 lacks."""
    return _CP1252_ONLY.search(text.encode("cp1252", errors="ignore")) is not None


def _said(head: bytes, whole: bool, said: str, name: str) -> Decoded:
    try:
        codec = codecs.lookup(said).name
        "".encode(codec)
    except (LookupError, ValueError):
        raise InputError(
            f"{name} cannot be read as {said}: there is no such encoding.", "Say utf-8, utf-16, latin-1 or cp1252."
        ) from None
    codec = "utf-8" if codec == "utf-8-sig" else codec
    return Decoded(_text(head, whole, codec, name).removeprefix("\ufeff"), codec, words(codec), CHOSEN)


def _text(head: bytes, whole: bool, codec: str, name: str) -> str:
    try:
        return codecs.getincrementaldecoder(codec)().decode(head, final=whole)
    except (UnicodeError, LookupError):
        raise InputError(
            f"{name} is not valid {words(codec)}, or is cut off.", "Export it again, or choose another encoding."
        ) from None


def _utf16(head: bytes) -> str:
    """UTF-16 without a mark: zeros, as many as plain letters bring, nearly all at odd or at even places."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    codec = "utf-16-le" if odd > even else "utf-16-be"
    if max(even, odd) < len(head) * 0.2 or min(even, odd) > len(head) * 0.01:
        return ""
    text = head[:2000].decode(codec, errors="replace")
    fine = sum(character.isprintable() or character.isspace() for character in text)
    return codec if fine > 0.98 * len(text) else ""


def _odd_delimiter(head: bytes) -> bool:
    """Whether its only control character is one that databases export as delimiter."""
    return any({*_CONTROL.findall(head)} == {mark} for mark in (b"\x01", b"\x02", b"\x1f"))
