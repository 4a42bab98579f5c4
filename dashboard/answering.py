"""What all routes that the scripts of a page ask have in common: what was filled in, by whom, and errors in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from flask import Response, request

from core.errors import ClienteleError, ExpiredError
from dashboard.uploads import problem

Answer = Response | tuple[Response, int]


def filled() -> dict[str, str]:
    """What was filled in, with the query of the page that asks as ``search``."""
    given = request.get_json(silent=True)
    return {str(name): str(value) for name, value in given.items()} if isinstance(given, dict) else {}


def person(said: Mapping[str, str]) -> str:
    """Who does it: the name that was given, or the one that the browser signed in with."""
    signed_in = request.authorization.username if request.authorization else ""
    return said.get("who", "").strip() or (signed_in or "")


def telling(route: Callable[..., Answer]) -> Callable[..., Answer]:
    """A known error becomes words for the page."""

    @wraps(route)
    def run(**values: Any) -> Answer:
        try:
            return route(**values)
        except ExpiredError as error:
            return problem(error, 404)
        except ClienteleError as error:
            return problem(error)

    return run
