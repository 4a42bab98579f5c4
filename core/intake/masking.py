"""Contact details as they may be shown: enough to recognise the column, too little to reach anybody."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"([^@\s])[^@\s]*@([^@\s])[^@\s]*?(\.[A-Za-z]{2,})?$")


def mask(text: str) -> str:
    """Keep the first letter of each word, and an address's ending.

    Examples
    --------
    >>> mask("ann.smith@example.org"), mask("Ann Smith"), mask("+44 20 7946 0958")
    ('a…@e….org', 'A… S…', '+… 2… 7… 0…')
    """
    found = _ADDRESS.fullmatch(text.strip())
    if found:
        return f"{found[1]}…@{found[2]}…{found[3] or ''}"
    return " ".join(f"{word[0]}…" for word in text.split())


def looks_like_contact(text: str) -> bool:
    """Whether a value is an address although nobody said so.

    Examples
    --------
    >>> looks_like_contact("a@b.org"), looks_like_contact("17850")
    (True, False)
    """
    return bool(_ADDRESS.fullmatch(text.strip()))
