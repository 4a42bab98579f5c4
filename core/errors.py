"""The errors that a user can act on: the message names their own file, column or setting, the hint says what to do."""

from __future__ import annotations


class ClienteleError(Exception):
    """A problem that is the input's, not the program's.

    Parameters
    ----------
    message : str
        What happened, to which file, column or setting.
    hint : str
        What to do about it.
    """

    title = "That did not work"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class InputError(ClienteleError):
    """The file cannot be used as it is."""

    title = "This file cannot be read as it is"


class ParameterError(ClienteleError):
    """A setting, a flag or a part of a link is out of range."""

    title = "This setting does not fit"


class NotEnoughDataError(ClienteleError):
    """The question is fine, but too few customers or orders are left to answer it."""

    title = "Too little data to answer that"


class ExpiredError(ClienteleError):
    """A dataset or a job that a link speaks of is no longer here."""

    title = "This is no longer here"


class CancelledError(ClienteleError):
    """The user cancelled the job."""

    title = "Cancelled"
