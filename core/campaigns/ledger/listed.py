"""How many customers stand on the lists of those never to be written to: whether a list met anybody."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from core.intake.formats.reading import quote
from core.warehouse import engine

ADDRESSES = {"email": "lower(trim(email))", "phone": "trim(phone)"}


def count(ids: pa.Array, contacts: Sequence[Path], digests: pa.Table) -> int:
    """Customers whose number, e-mail or telephone has one of the digests.

    Parameters
    ----------
    ids : Array
        Of all customers.
    contacts : sequence of Path
        Files of contacts.
    digests : Table
        Of :meth:`core.campaigns.ledger.suppressions.Suppressions.entries`.

    Examples
    --------
    >>> import hashlib
    >>> digest = hashlib.sha256(b"C1").hexdigest()
    >>> count(pa.array(["C1", "C2"]), [], pa.table({"kind": ["hash"], "value": [digest]}))
    1
    """
    with engine.open_cursor() as cursor:
        cursor.register("customers", pa.table({"customer_id": ids}))
        cursor.register("listed", digests)
        cells = ["select customer_id, customer_id as cell from customers"]
        for source in (f"read_parquet({quote(str(path))})" for path in contacts):
            there = cursor.sql(f"from {source}").columns
            cells += [
                f"select customer_id::varchar, {text} from {source} where {name} is not null"
                for name, text in ADDRESSES.items()
                if name in there
            ]
        query = f"""select count(distinct customer_id) from ({" union all ".join(cells)})
            where sha256(cell) in (select value from listed) and customer_id in (select customer_id from customers)"""
        return int(cursor.sql(query).fetchall()[0][0])
