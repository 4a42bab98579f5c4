"""The name under which a file is stored: a hash of its bytes, taken while it is read."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

BLOCK = 1 << 20


@contextmanager
def hashing(path: Path, salt: str) -> Iterator[Future[str]]:
    """Hash a file in a thread of its own; hashing leaves the interpreter free for whoever reads it meanwhile.

    Parameters
    ----------
    path : path
    salt : str
        What else the fingerprint stands for: the reader's version and settings.
    """
    stop = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        try:
            yield pool.submit(_hash, path, salt, stop)
        finally:
            stop.set()


def _hash(path: Path, salt: str, stop: threading.Event) -> str:
    digest = hashlib.blake2b(salt.encode(), digest_size=8)
    with path.open("rb") as file:
        while (block := file.read(BLOCK)) and not stop.is_set():
            digest.update(block)
    return digest.hexdigest()
