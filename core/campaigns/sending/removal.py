"""Who was sent before and may not be any more, in the destination's own format: upload it there to remove them."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import duckdb
import pyarrow as pa

from core.campaigns.sending import writing
from core.campaigns.sending.deciding import decide, sent_before
from core.campaigns.sending.task import Sending
from core.intake.formats.reading import quote

# Reasons that are their own wish or the shop's; who lacks an address now cannot be named to the tool at all.
UNWILLING = "outcome = 'rejected' and reason not in ('no contact') and coalesce(email, phone) is not null"


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
    decide(cursor, before, dataclasses.replace(sending, holdout=0.0), rows)
    query = f"select count(*) from read_parquet({quote(str(rows / '*.parquet'))}) where {UNWILLING}"
    found = int(cursor.sql(query).fetchall()[0][0])
    if found:
        writing.write(cursor, rows, sending.destination, path, UNWILLING)
    return found
