"""Who is left out for comparison: the arm of a customer is a hash of campaign and customer, so it never changes."""

from __future__ import annotations

import hashlib

from core.errors import ParameterError

TREATED, HOLDOUT = "treated", "holdout"
# Thirteen hexadecimal digits are 52 bits: exact in Python, in SQL and in a double.
DIGITS = 13
_SCALE = 1 << 4 * DIGITS


def check_holdout(holdout: float) -> float:
    """The holdout itself where a test can be made of it.

    Raises
    ------
    ParameterError
        If nobody or everybody would be left out.
    """
    if not 0 < holdout < 1:
        why = "nobody is left to compare with" if holdout <= 0 else "nobody is left to send to"
        raise ParameterError(
            f"A holdout of {100 * holdout:g} % makes no test: {why}.", "Give a share above 0 % and below 100 %."
        )
    return holdout


def fraction(salt: str, customer_id: str) -> float:
    """Where a customer stands between 0 and 1, evenly spread and the same for ever."""
    return _number(salt, customer_id) / _SCALE


def arm(salt: str, customer_id: str, holdout: float) -> str:
    """The arm of a customer.

    Parameters
    ----------
    salt : str
        The campaign's own: another campaign deals anew.
    customer_id : str
    holdout : float
        Share left out, above 0 and below 1.

    Returns
    -------
    str
        ``treated`` or ``holdout``.

    Raises
    ------
    ParameterError
        If the holdout is no share.

    Notes
    -----
    SHA-256 of ``salt:customer_id``; who is held out at one share is held out at every larger one.

    Examples
    --------
    >>> arm("winter", "12347", 0.1), arm("winter", "12347", 0.9)
    ('treated', 'holdout')
    """
    return HOLDOUT if _number(salt, customer_id) < _limit(holdout) else TREATED


def arm_sql(salt: str, column: str, holdout: float) -> str:
    """The same arm as an expression of DuckDB over a column with customer ids.

    Examples
    --------
    >>> print(arm_sql("winter", "id", 0.5)[:60])
    CASE WHEN ('0x' || substr(sha256('winter:' || CAST("id" AS V
    """
    text, name = salt.replace("'", "''"), column.replace('"', '""')
    number = f"""('0x' || substr(sha256('{text}:' || CAST("{name}" AS VARCHAR)), 1, {DIGITS}))::BIGINT"""
    return f"CASE WHEN {number} < {_limit(holdout)} THEN '{HOLDOUT}' ELSE '{TREATED}' END"


def _number(salt: str, customer_id: str) -> int:
    return int(hashlib.sha256(f"{salt}:{customer_id}".encode()).hexdigest()[:DIGITS], 16)


def _limit(holdout: float) -> int:
    return round(check_holdout(holdout) * _SCALE)
