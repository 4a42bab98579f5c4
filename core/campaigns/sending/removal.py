"""Who was sent before and may not be any more, in the destination's own format: upload it there to remove them."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import duckdb
import pyarrow as pa

from core.campaigns.sending import writing
from core.campaigns.sending.deciding import decide, sent_before
from core.campaigns.sending.task import APART, Sending
from core.intake.formats.reading import quote

# Their own wish or the shop's, not that another campaign was quicker; who lacks an address cannot be named to the tool.
UNWILLING = "kind in ('consent', 'asked', 'suppressed')"


def write(cursor: duckdb.DuckDBPyConnection, sending: Sending, path: Path, aside: Path) -> int:
    """Write the removal file; no file where there is nobody.

    Parameters
    ----------
    sending : Sending
        With the record of the earlier file; its campaign, contacts and suppression list are those of now.
    path : Path
    aside : Path
        A folder to work in.

    Returns
    -------
    int
        How many are in it.
    """
    if sending.earlier is None:
        return 0
    query = f"select customer_id, '' as segment, 0 as cents from ({sent_before(sending.earlier)})"
    before: pa.Table = cursor.sql(query).to_arrow_table()
    rows = aside / "before"
    now = dataclasses.replace(sending, holdout=0.0, needed=(), apart=APART.empty_table())
    decide(cursor, before, now, rows)
    query = f"select count(*) from read_parquet({quote(str(rows / '*.parquet'))}) where {UNWILLING}"
    found = int(cursor.sql(query).fetchall()[0][0])
    if found:
        writing.write(cursor, rows, sending.destination, path, UNWILLING)
    return found
