"""One pass over a file's bytes beside the reading of it: fingerprint, unpacked size, and whether a gzip is whole."""

from __future__ import annotations

import gzip
import hashlib
import io
import threading
import zlib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from core.errors import CancelledError
from core.intake.reading import Source, damaged

BLOCK = 1 << 20


@dataclass(frozen=True)
class Survey:
    """``size`` is that of the unpacked text."""

    fingerprint: str
    size: int


@contextmanager
def surveying(source: Source, salt: str) -> Iterator[Future[Survey]]:
    """Survey a file in a thread of its own (hashing and unpacking leave the interpreter free) while it is read.

    Parameters
    ----------
    source : Source
    salt : str
        What else the fingerprint stands for: the reader's version and settings.
    """
    stop = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        try:
            yield pool.submit(_survey, source, salt, stop)
        finally:
            stop.set()


def _survey(source: Source, salt: str, stop: threading.Event) -> Survey:
    size = 0
    with source.path.open("rb") as file:
        hashing = _Hashing(file, salt)
        try:
            for block in _blocks(hashing, source.compression == "gzip"):
                if stop.is_set():
                    raise CancelledError("The file was not read to its end.")
                size += len(block)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise damaged(source.name, error) from None
    return Survey(hashing.digest.hexdigest(), size)


class _Hashing(io.RawIOBase):
    """A file that hashes what is read from it."""

    def __init__(self, file: Any, salt: str) -> None:
        self.file = file
        self.digest = hashlib.blake2b(salt.encode(), digest_size=8)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        block: bytes = self.file.read(size)
        self.digest.update(block)
        return block


def _blocks(file: _Hashing, zipped: bool) -> Iterator[bytes]:
    reader = gzip.GzipFile(fileobj=file, mode="rb") if zipped else file
    while block := reader.read(BLOCK):
        yield block
