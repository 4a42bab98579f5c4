"""A stage is a function whose result is kept: name, version and parameters are its key."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Stage(Generic[P, R]):
    """A function with a name and a version. Raise the version when its results change."""

    def __init__(self, function: Callable[P, R], version: int) -> None:
        self.function = function
        self.name = f"{function.__module__.removeprefix('core.')}.{function.__name__}"
        self.version = version
        functools.update_wrapper(self, function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        return self.function(*args, **kwargs)

    def key(self, source: str, parameters: Any) -> str:
        """The text under which a result is kept."""
        return f"{self.name}/{self.version} {source} {parameters!r}"


def stage(version: int) -> Callable[[Callable[P, R]], Stage[P, R]]:
    """Declare a stage. Its parameters beside the source must be scalars or tuples of them."""
    return lambda function: Stage(function, version)
