"""What people typed, as it is kept: a line without breaks and without what cannot be seen."""

from __future__ import annotations

from core.errors import ParameterError


def one_line(text: str) -> str:
    """Text as one line.

    Examples
    --------
    >>> one_line(" Spring\\n plan\\x00 ")
    'Spring plan'
    """
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def name(text: str, what: str, most: int = 120) -> str:
    """The name of something, such as a ``dataset``.

    Raises
    ------
    ParameterError
        If nothing is left of it, or too much.
    """
    plain = one_line(text)
    if not 0 < len(plain) <= most:
        raise ParameterError(f"A {what} needs a name of at most {most} characters.", "Give it one.")
    return plain
