"""How many threads numerical libraries may start."""

from __future__ import annotations

import functools
from contextlib import AbstractContextManager
from typing import Any

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
