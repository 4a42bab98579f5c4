"""A known error becomes a banner with a hint; anything else a reference number and a line in the log."""

from __future__ import annotations

import logging
import uuid
from typing import Any

from dash import html, set_props

from core.errors import ClienteleError
from dashboard import ids
from dashboard.components.basics import icon

log = logging.getLogger("clientele")


def banner(title: str, message: str, hint: str = "") -> html.Div:
    """A warning above the page."""
    return html.Div(
        [
            icon("exclamation-triangle"),
            html.Div([html.Strong(title), html.Span(f" {message} "), html.Span(hint)]),
        ],
        className="banner",
        role="alert",
    )


def show_error(error: Exception) -> None:
    """Dash's ``on_error``: says what happened and leaves what is on the page as it is."""
    set_props(ids.BANNER, {"children": describe(error)})


def describe(error: Exception) -> Any:
    """The banner for an error."""
    if isinstance(error, ClienteleError):
        return banner(error.title + ".", error.message, error.hint)
    reference = uuid.uuid4().hex[:8]
    log.exception("reference %s", reference, exc_info=error)
    return banner(
        "Something went wrong on our side.",
        f"Reference {reference}.",
        "Your data are as they were. Try again; if it stays, send this number to whoever runs Clientele.",
    )
