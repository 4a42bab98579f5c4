"""The people in files that keep them out of another campaign, quick for twenty files of a million each.

Records are a few bytes a customer, so they are laid on disk and asked together; memory does not grow with them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from core.campaigns.ledger.made import Made
from core.campaigns.ledger.touched import Touch
from core.campaigns.sending.reasons import SHARING
from core.campaigns.sending.task import APART
from core.intake.formats.reading import quote
from core.warehouse import engine

# A file of another dataset counts if so many of its people are customers here: the next export of the same shop is
# another dataset, with the same people in it.
SHARED = 0.5
# Of several customers with one address one is in a file, and stands for the others: what came to them, came to all.
_DOUBLE, _BESIDE = (quote(reason) for _, reason, _ in SHARING)
SENT = f"(state = 'sent' or reason = {_DOUBLE})"
HELD = f"(state = 'holdout' or reason in ({_DOUBLE}, {_BESIDE}))"


def people(
    found: Sequence[Touch], dataset: str, here: Callable[[], pa.Array], packed: Callable[[Made], bytes], home: Path
) -> pa.Table:
    """Whom the files keep out: one row a customer, with the first reason that keeps them out.

    Parameters
    ----------
    found : sequence of Touch
        The latest campaign first.
    dataset : str
        Fingerprint of the customers who are planned for.
    here : callable
        Their ids, asked for only where a file is of another dataset.
    packed : callable
        File -> its record as it is kept.
    home : Path
        Where it may write meanwhile.

    Returns
    -------
    Table
        What :attr:`core.campaigns.sending.task.Sending.apart` wants.
    """
    with tempfile.TemporaryDirectory(dir=home) as aside, engine.open_cursor() as cursor:
        records: dict[Made, str] = {}
        for file in dict.fromkeys(file for touch in found for file in touch.files):
            path = Path(aside) / f"{len(records)}.parquet"
            path.write_bytes(packed(file))
            records[file] = f"read_parquet({quote(str(path))})"
        same = {file for file in records if file.dataset == dataset}
        if len(same) < len(records):
            cursor.register("here", pa.table({"customer_id": here()}))
            same |= {file for file in records if file not in same and _shared(cursor, records[file]) >= SHARED}
        # Written to comes before held back, as in a funnel; of either the latest campaign says why.
        order = sorted(found, key=lambda touch: touch.kind != "recent")
        queries = [
            f"select {rank} as rank, customer_id from ({_sent(files) if touch.kind == 'recent' else _held(files)})"
            for rank, touch in enumerate(order)
            if (files := [records[file] for file in touch.files if file in same])
        ]
        if not queries:
            return APART.empty_table()
        told = {"rank": range(len(order)), "kind": [t.kind for t in order], "reason": [t.reason for t in order]}
        cursor.register("told", pa.table({name: list(values) for name, values in told.items()}))
        first = f"select customer_id, min(rank) as rank from ({' union all '.join(queries)}) group by customer_id"
        query = f"select customer_id, kind, reason from ({first}) join told using (rank)"
        return cursor.sql(query).to_arrow_table().cast(APART)


def _shared(cursor: duckdb.DuckDBPyConnection, record: str) -> float:
    known = f"select count(*) from {record} semi join here using (customer_id)"
    return float(cursor.sql(f"select ({known}) / greatest(count(*), 1) from {record}").fetchall()[0][0])


def _sent(records: Sequence[str]) -> str:
    return " union all ".join(f"select customer_id from {record} where {SENT}" for record in records)


def _held(records: Sequence[str]) -> str:
    """Whoever a later file leaves out for another reason was held back all the same; whoever it sends, no longer is."""
    if len(records) == 1:
        return f"select customer_id from {records[0]} where {HELD}"
    rows = " union all ".join(
        f"select customer_id, {HELD} as held, {age} as age from {record} where {HELD} or state = 'sent'"
        for age, record in enumerate(records)
    )
    return f"select customer_id from ({rows}) group by customer_id having arg_min(held, age)"
