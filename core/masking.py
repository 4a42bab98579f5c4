"""Personal cells as a screen shows them unless asked for more: enough to recognise, too little to reach anybody.

Files hold what they were asked for; what stands on a page goes through here first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

import pandas as pd
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

# Columns of contacts that tell a person; town, state, country and consent tell many.
PERSONAL = frozenset({"email", "phone", "name", "first_name", "last_name", "street", "zip"})
DOTS = "•••"

_ADDRESS = re.compile(r"([^@\s])[^@\s]*@([^@\s])[^@\s]*?(\.[A-Za-z]{2,})?")
_PHONE = re.compile(r"\+?[\d\s()./-]{6,}")
_ABROAD = re.compile(r"\+\d[\d\s()./-]{5,}\d")
_DAY = re.compile(r"(\d{4})[-./]\d\d?[-./]\d\d?|\d\d?[-./]\d\d?[-./](\d{4})")
_NAMES = re.compile(r"[^\W\d_][\w'’.-]*(\s+[^\W\d_][\w'’.-]*)+")
_WITHIN = re.compile(r"[^\s@<>()\"“”',;:]+@[^\s@<>()\"“”',;:]+\.[A-Za-z]{2,}|" + _ABROAD.pattern)


def mask(text: str) -> str:
    """A personal cell: the first letter of each word, an address's ending, a number's country and end, a day's year.

    Examples
    --------
    >>> mask("ann.smith@example.org"), mask("Ann Smith"), mask("12 High Street")
    ('a•••@e•••.org', 'A••• S•••', '1••• H••• S•••')
    >>> mask("+44 20 7946 0958"), mask("020 7946 0958"), mask("1984-05-17"), mask("17.05.1984")
    ('+44 •••• 58', '•••• 58', '1984-••-••', '1984-••-••')
    """
    text = text.strip()
    if found := _ADDRESS.fullmatch(text):
        return f"{found[1]}{DOTS}@{found[2]}{DOTS}{found[3] or ''}"
    if found := _DAY.match(text):
        return without_days(found[0])
    digits = re.sub(r"\D", "", text)
    if len(digits) >= 6 and _PHONE.fullmatch(text):
        return f"{_country(digits) if text[0] == '+' else ''}•{DOTS} {digits[-2:]}"
    return " ".join(f"{word[0]}{DOTS}" for word in text.split())


def without_days(text: str) -> str:
    """A text with no more than the years of the days in it.

    Examples
    --------
    >>> without_days("such as 1984-05-17")
    'such as 1984-••-••'
    """
    return _DAY.sub(lambda found: f"{found[1] or found[2]}-••-••", text)


def is_personal(role: str, scale: str = "") -> bool:
    """Whether the cells of a column tell a person: contacts, and the exact day of a birth.

    Examples
    --------
    >>> is_personal("email"), is_personal("city", "contact"), is_personal("birth_year", "date"), is_personal("income")
    (True, True, True, False)
    """
    return role in PERSONAL or scale == "contact" or (role == "birth_year" and scale == "date")


def looks_like_contact(text: str) -> bool:
    """Whether a value is an address or a number although nobody said so.

    Examples
    --------
    >>> looks_like_contact("a@b.org"), looks_like_contact("+442079460958"), looks_like_contact("17850")
    (True, True, False)
    """
    return bool(_ADDRESS.fullmatch(text.strip()) or _ABROAD.fullmatch(text.strip()))


def tells_who(id: str) -> bool:
    """Whether an id is a contact or a name: shops without customer numbers know people by these.

    Examples
    --------
    >>> tells_who("ann smith"), tells_who("ann@example.org"), tells_who("17850"), tells_who("AB-12")
    (True, True, False, False)
    """
    return looks_like_contact(id) or bool(_NAMES.fullmatch(id.strip()))


def label(id: str) -> str:
    """An id as it may be shown.

    Examples
    --------
    >>> label("ann smith"), label("17850")
    ('a••• s•••', '17850')
    """
    return mask(id) if tells_who(id) else id


def shown(text: str) -> str:
    """A cell of any other column, or a message that quotes one: addresses and numbers in it are masked.

    Examples
    --------
    >>> shown("'ann@example.org' is no date"), shown("WHITE METAL LANTERN")
    ("'a•••@e•••.org' is no date", 'WHITE METAL LANTERN')
    """
    return _WITHIN.sub(lambda found: mask(found[0]), text)


def examples(texts: Iterable[str], role: str, scale: str = "") -> tuple[str, ...]:
    """Cells of a column as they may be shown.

    Examples
    --------
    >>> examples(("Ann", "Bob"), "first_name"), examples(("Leeds", "York"), "city", "nominal")
    (('A•••', 'B•••'), ('Leeds', 'York'))
    """
    return tuple(map(mask if is_personal(role, scale) else label if role == "customer" else shown, texts))


def masked(rows: pd.DataFrame, names: Collection[str] = PERSONAL) -> pd.DataFrame:
    """Rows as they may be shown: columns with these names masked, and ids that tell a person.

    Examples
    --------
    >>> rows = pd.DataFrame({"customer_id": ["17850"], "email": ["ann@example.org"], "city": ["Leeds"]})
    >>> masked(rows).iloc[0].tolist()
    ['17850', 'a•••@e•••.org', 'Leeds']
    """
    made = {name: rows[name].map(mask, na_action="ignore") for name in rows.columns if name in names}
    if "customer_id" in rows:
        made["customer_id"] = rows["customer_id"].map(lambda id: label(id) if isinstance(id, str) else id)
    return rows.assign(**{str(name): cells.astype(object) for name, cells in made.items()})


def _country(digits: str) -> str:
    """The code of a number's country; no code begins like another."""
    codes = (digits[:length] for length in (1, 2, 3))
    return next((f"+{code} " for code in codes if int(code) in COUNTRY_CODE_TO_REGION_CODE), "+")
