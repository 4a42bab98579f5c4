"""Order logs with one row a line: the columns of UCI Online Retail (I and II), and the raw lines they become."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import InputError
from core.intake.cells import Cells
from core.intake.reading import DELIMITERS, Source, relation

# Canonical name -> what it is called on the page, and the headers that mean it, without case, blanks and underscores.
COLUMNS = {
    "order_id": ("Order", ("invoiceno", "invoice")),
    "code": ("Product code", ("stockcode",)),
    "description": ("Product name", ("description",)),
    "quantity": ("Quantity", ("quantity",)),
    "ts": ("Order date", ("invoicedate",)),
    "price": ("Price of one", ("unitprice", "price")),
    "customer_id": ("Customer", ("customerid",)),
    "country": ("Country", ("country",)),
}
# More than this on one line is no price but a slip; it keeps sums of cents within 64 bits.
_MOST_CENTS = 10**14


@dataclass(frozen=True)
class Kind:
    """A kind of table: how it is recognised, and the SQL that makes it canonical."""

    slug: str
    label: str

    def columns(self, source: Source) -> dict[str, int]:
        """Canonical name -> position of the column that stands for it.

        Raises
        ------
        InputError
            If a column is missing; the message names it and what was found.
        """
        plain = {_plain(name): i for i, name in reversed([*enumerate(source.columns)])}
        found = {role: next((plain[h] for h in headers if h in plain), -1) for role, (_, headers) in COLUMNS.items()}
        if missing := [COLUMNS[role][1][0] for role, position in found.items() if position < 0]:
            have = ", ".join(name.strip()[:40] or "(blank)" for name in source.columns[:12])
            more = f" and {len(source.columns) - 12} more" if len(source.columns) > 12 else ""
            raise InputError(
                f"{source.name} lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)}.",
                f"Its first line was read with {DELIMITERS[source.delimiter]} as separator and has: {have}{more}.",
            )
        return found

    def select(self, source: Source, roles: dict[str, int], cells: Cells) -> str:
        """SQL: the raw lines, typed, and a hash of the columns that are not kept for the search for duplicates.

        Descriptions stay as they are: they are tidied where products are named, a few thousand instead of millions.
        """
        c = {role: f"c{position}" for role, position in roles.items()}
        others = ", ".join(f"c{i}" for i in range(len(source.columns)) if i not in roles.values())
        whole = "ends_with(customer, '.0') and try_cast(customer as double) is not null"
        return f"""
            select order_id, code, description, quantity, ts, price,
                nullif(case when {whole} then left(customer, -2) else customer end, '') as customer_id, country,
                ts::date - date '1970-01-01' as day, (year(ts) * 12 + month(ts) - 1)::integer as month,
                case when abs(quantity * price) < {_MOST_CENTS // 100}
                    then round(quantity * price * 100)::bigint end as cents,
                others
            from (select nullif(trim({c["order_id"]}), '') as order_id,
                coalesce(trim({c["code"]}), '') as code,
                {c["description"]} as description,
                {cells.number(c["quantity"])} as quantity,
                {cells.moment(c["ts"])} as ts,
                {cells.number(c["price"])} as price,
                trim({c["customer_id"]}) as customer,
                coalesce(nullif(trim({c["country"]}), ''), 'Unspecified') as country,
                {f"hash({others})" if others else "0::ubigint"} as others
            from {relation(source)})"""


def _plain(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum())


KIND = Kind("transactions", "Order log")
