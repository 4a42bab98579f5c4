"""How many threads numerical libraries may start."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sklearn.exceptions import ConvergenceWarning
from threadpoolctl import ThreadpoolController


@functools.cache
def _libraries() -> ThreadpoolController:
    # Looking for the libraries takes milliseconds, as long as a small fit.
    import sklearn.cluster  # noqa: F401

    return ThreadpoolController()


def limited(most: int | None) -> AbstractContextManager[Any]:
    """At most so many threads inside; None for as many as there are processors."""
    limit: AbstractContextManager[Any] = _libraries().limit(limits=most)
    return limit


@contextmanager
def pool(threads: int) -> Iterator[ThreadPoolExecutor]:
    """Threads that each divide customers; numerical libraries start none of their own meanwhile."""
    with warnings.catch_warnings(), limited(1), ThreadPoolExecutor(threads) as found:
        # Filters are common to all threads: one that ends must not take them from those that go on.
        warnings.simplefilter("ignore", ConvergenceWarning)
        yield found
