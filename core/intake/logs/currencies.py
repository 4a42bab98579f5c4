"""Several currencies in one file: they are never added. One is analysed, the rest is converted or set aside."""

from __future__ import annotations

import duckdb

from core.intake.answers import Answers
from core.intake.columns.written import SIGNS
from core.intake.formats.reading import quote

Cursor = duckdb.DuckDBPyConnection


def code(column: str) -> str:
    """SQL: a column of currencies as three letters."""
    cases = " ".join(f"when {quote(sign.upper())} then '{letters}'" for sign, letters in SIGNS.items())
    return f"case upper({column}) {cases} else upper({column}) end"


def apart(cursor: Cursor, frame: str, answers: Answers) -> tuple[str, str, dict[str, list[int]]]:
    """SQL: the rows with ``other_currency`` where they are in another currency, whose money is 0 there.

    Returns
    -------
    tuple
        The rows; the currency that is analysed; rows and cents of each currency that occurs, the commonest first.
    """
    counts = cursor.execute(
        f"""select currency, count(*), coalesce(sum(cents), 0)::bigint from ({frame}) where currency is not null
        group by currency order by 2 desc, 1"""
    ).fetchall()
    found = {currency: [rows, cents] for currency, rows, cents in counts}
    if not found:
        return f"select *, false as other_currency from ({frame})", answers.currency, {}
    rates = {currency.upper(): rate for currency, rate in answers.rates if rate > 0}
    wanted = answers.currency.upper()
    main = wanted if wanted in found or found.keys() & rates.keys() else next(iter(found))
    rates = {currency: rate for currency, rate in rates.items() if currency in found and currency != main}
    cases = " ".join(f"when {quote(currency)} then {rate!r}" for currency, rate in rates.items())
    rate = f"case currency {cases} else 1 end" if cases else "1"
    same = ", ".join(map(quote, (main, *rates)))
    other_currency = f"coalesce(currency not in ({same}), false)"
    return (
        f"""select * replace (case when {other_currency} then 0 else round(cents * {rate})::bigint end as cents,
            price * {rate} as price), {other_currency} as other_currency from ({frame})""",
        main,
        found,
    )


def words(main: str, found: dict[str, list[int]], answers: Answers) -> str:
    """What was done with the currencies of a file.

    Examples
    --------
    >>> words("EUR", {"EUR": [90, 900000], "USD": [10, 123456]}, Answers())
    '90 rows; set aside and not added: 10 rows with 1,234.56 USD'
    """
    rates = {currency.upper(): rate for currency, rate in answers.rates}
    rest = {currency: counts for currency, counts in found.items() if currency != main}
    turned = [f"{c} at {rates[c]:g} {main}" for c in rest if c in rates]
    aside = [f"{_rows(rows)} with {cents / 100:,.2f} {c}" for c, (rows, cents) in rest.items() if c not in rates]
    parts = [_rows(found[main][0]) if main in found else ""]
    parts += [f"converted: {', '.join(turned)}" if turned else ""]
    parts += [f"set aside and not added: {', '.join(aside)}" if aside else ""]
    return "; ".join(filter(None, parts))


def _rows(number: int) -> str:
    return f"{number:,} row{'s' * (number != 1)}"
