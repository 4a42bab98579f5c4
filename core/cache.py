"""Results by key, each computed once however many threads and workers ask.

flask-caching's backends are the store (files, or Redis by URL). Its ``memoize`` is not used: its keys come
from a shortened repr, so frames that differ get the same result, and it has no lock.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, TypeVar
from urllib.parse import urlsplit

from filelock import FileLock
from flask_caching.backends.base import BaseCache
from flask_caching.backends.filesystemcache import FileSystemCache

from core import codec

log = logging.getLogger(__name__)
T = TypeVar("T")
MOST_FILES = 20_000


class _Serializer:
    """What the backends call to write and read: our codec instead of their pickle."""

    def dump(self, value: Any, f: BinaryIO) -> None:
        f.write(codec.dumps(value))

    def load(self, f: BinaryIO) -> Any:
        return self.loads(f.read())

    def dumps(self, value: Any) -> bytes:
        return codec.dumps(value)

    def loads(self, data: bytes | None) -> Any:
        if data is None:
            return None
        try:
            return codec.loads(data)
        except ValueError:
            log.warning("a cached result is damaged and is computed again")
            return None


class FileBackend(FileSystemCache):
    """flask-caching's file store, without pickle."""

    serializer = _Serializer()  # type: ignore[assignment]


class Cache:
    """A store of results with one computation a key.

    Parameters
    ----------
    folder : path
        Where files and locks live.
    url : str
        Empty for files, ``redis://host:port/db`` for Redis.
    """

    def __init__(self, folder: Path, url: str = "") -> None:
        self.locks = folder / "locks"
        self.locks.mkdir(parents=True, exist_ok=True)
        self.backend = _backend(folder / "results", url)
        self._threads: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    def get_or_compute(self, key: str, compute: Callable[[], T]) -> T:
        """Return the result under ``key``, computing it at most once.

        An exception is passed on and not stored.

        Parameters
        ----------
        key : str
            Stage, version, fingerprint and parameters, in full.
        compute : callable
            Makes the result; its value must be encodable by :mod:`core.codec`.
        """
        found = self._look(key)
        if found is None:
            name = hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
            with self._thread_lock(name), FileLock(self.locks / f"{name}.lock"):
                found = self._look(key)
                if found is None:
                    found = {"value": compute()}
                    self.backend.set(key, found, timeout=0)
        result: T = found["value"]
        return result

    def has(self, key: str) -> bool:
        """Whether there is a result under ``key``."""
        return self._look(key) is not None

    def clear(self) -> None:
        """Forget every result."""
        self.backend.clear()

    def _look(self, key: str) -> dict[str, Any] | None:
        # The envelope lets None be a value.
        found = self.backend.get(key)
        return found if isinstance(found, dict) and "value" in found else None

    def _thread_lock(self, name: str) -> threading.Lock:
        with self._guard:
            return self._threads.setdefault(name, threading.Lock())


def _backend(folder: Path, url: str) -> BaseCache:
    if not url:
        return FileBackend(str(folder), threshold=MOST_FILES, default_timeout=0)
    from flask_caching.backends.rediscache import RedisCache

    class RedisBackend(RedisCache):
        serializer = _Serializer()  # type: ignore[assignment]

    parts = urlsplit(url)
    return RedisBackend(
        host=parts.hostname or "localhost",
        port=parts.port or 6379,
        password=parts.password,
        db=int(parts.path.strip("/") or 0),
        default_timeout=0,
        key_prefix="clientele:",
    )
