"""Exact repeats of a row: 64-bit hashes sorted in numpy, then the few that meet compared in full.

On 10 million lines this takes a fraction of the time and memory of SELECT DISTINCT.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from core.warehouse import engine

_COLUMNS = ["order_id", "code", "description", "quantity", "ts", "price", "customer_id", "country", "fingerprint"]


def find(raw: Path) -> pd.DataFrame:
    """The row numbers of all rows that repeat an earlier one.

    Parameters
    ----------
    raw : path
        Raw lines with their ``fingerprint``: a hash over every column of the file, also those not kept.

    Returns
    -------
    DataFrame
        One column, ``row``, counted from 0.
    """
    name = str(raw).replace("'", "''")
    hashes = engine.connection().sql(f"select fingerprint from read_parquet('{name}')").fetchnumpy()["fingerprint"]
    ordered = np.sort(hashes)
    met = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    if not len(met):
        return pd.DataFrame({"row": np.empty(0, "int64")})
    candidates = pd.DataFrame({"row": np.flatnonzero(np.isin(hashes, met, kind="sort"))})
    rows = engine.collect(
        engine.scan(raw, row=True).rename({"file_row_number": "row"}).join(engine.lift(candidates), on="row", how="semi")
    ).sort_values("row")
    return rows.loc[rows.duplicated(_COLUMNS), ["row"]].reset_index(drop=True)
