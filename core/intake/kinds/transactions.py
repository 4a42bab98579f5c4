"""Order logs with one row a line: the columns of UCI Online Retail, and the canonical raw lines they become."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import InputError
from core.intake.reading import DELIMITERS, Source

# Canonical name -> the headers that mean it, compared without case, blanks and underscores.
HEADERS = {
    "order_id": ("invoiceno", "invoice"),
    "code": ("stockcode",),
    "description": ("description",),
    "quantity": ("quantity",),
    "ts": ("invoicedate",),
    "price": ("unitprice", "price"),
    "customer_id": ("customerid",),
    "country": ("country",),
}


@dataclass(frozen=True)
class Kind:
    """A kind of table: how it is recognised, and the SQL that makes it canonical."""

    slug: str
    label: str

    def columns(self, source: Source) -> dict[str, str]:
        """Which column of the file stands for which canonical one.

        Raises
        ------
        InputError
            If a column is missing; the message names it and what was found.
        """
        plain = {"".join(c for c in name.lower() if c.isalnum()): i for i, name in reversed([*enumerate(source.columns)])}
        found = {role: next((plain[h] for h in names if h in plain), None) for role, names in HEADERS.items()}
        if missing := [names[0] for role, names in HEADERS.items() if found[role] is None]:
            have = ", ".join(source.columns[:12])
            raise InputError(
                f"{source.name} lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)}.",
                f"It was read with {DELIMITERS[source.delimiter]} as separator and has: {have}.",
            )
        return {role: f"c{index}" for role, index in found.items()}

    def select(self, source: Source) -> str:
        """SQL: the raw lines, typed, and a 64-bit hash of the whole row for the search for duplicates."""
        c = self.columns(source)
        every = ", ".join(f"c{i}" for i in range(len(source.columns)))
        customer = f"trim({c['customer_id']})"
        return f"""
            select *, epoch(ts)::bigint // 86400 as epoch_day from (
            select nullif(trim({c["order_id"]}), '') as order_id,
                coalesce(trim({c["code"]}), '') as code,
                nullif(trim({c["description"]}), '') as description,
                try_cast({c["quantity"]} as double) as quantity,
                try_cast({c["ts"]} as timestamp) as ts,
                try_cast({c["price"]} as double) as price,
                nullif(case when ends_with({customer}, '.0') then left({customer}, -2) else {customer} end, '')
                    as customer_id,
                coalesce(nullif(trim({c["country"]}), ''), 'Unspecified') as country,
                hash({every}) as fingerprint
            from {{relation}})"""


KIND = Kind("transactions", "Order log")
