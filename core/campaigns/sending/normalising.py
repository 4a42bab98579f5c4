"""How destinations want their cells, as SQL over one row a person.

A row has ``customer_id``, ``segment``, ``cents``, ``campaign``, ``email`` (lower case), ``phone`` (E.164 with its +),
``first_name``, ``last_name``, ``street``, ``zip``, ``city``, ``state`` (of a country) and ``land`` (its two
capital letters); what is not known is null.
"""

from __future__ import annotations


def lowered(cell: str) -> str:
    """Trimmed and in lower case.

    >>> lowered("email")
    'lower(trim(email))'
    """
    return f"lower(trim({cell}))"


def letters(cell: str) -> str:
    """Only a to z in lower case; an accent is dropped, its letter stays."""
    return f"regexp_replace(lower(strip_accents({cell})), '[^a-z]', '', 'g')"


def digits(cell: str) -> str:
    """Only digits: a telephone with its country and without a +."""
    return f"regexp_replace({cell}, '[^0-9]', '', 'g')"


def before_dash(cell: str) -> str:
    """A postcode up to its dash, in lower case and without blanks."""
    return f"regexp_replace(lower(split_part({cell}, '-', 1)), '\\s', '', 'g')"


def hashed(cell: str) -> str:
    """SHA-256 in hexadecimal; what is blank stays blank, as a hash of nothing would be one more false match."""
    return f"sha256(nullif({cell}, ''))"


def units(cents: str) -> str:
    """Money with two decimals."""
    return f"({cents} / 100)::decimal(18, 2)"


def guard(cell: str) -> str:
    """``'`` before text that a spreadsheet would run; see :func:`core.spreadsheets.guard`."""
    return f"case when regexp_matches({cell}, '^[=+\\-@\\t\\r]') then '''' || {cell} else {cell} end"


def unguard(cell: str) -> str:
    """What :func:`guard` was given."""
    return f"case when regexp_matches({cell}, '^''[=+\\-@\\t\\r]') then substr({cell}, 2) else {cell} end"
