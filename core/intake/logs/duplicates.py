"""Exact repeats of a row: 64-bit hashes sorted in numpy, then the few that meet compared in full.

On 10 million lines this takes a fraction of the time and memory of SELECT DISTINCT or GROUP BY.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from core.warehouse import engine

# ``others`` is a hash of the columns that are not kept.
_COLUMNS = ["order_id", "code", "description", "quantity", "ts", "price", "customer_id", "country", "others"]


def find(raw: Path) -> pd.DataFrame:
    """The row numbers of all rows that repeat an earlier one, in every column of the file.

    Parameters
    ----------
    raw : path
        Raw lines.

    Returns
    -------
    DataFrame
        One column, ``row``, counted from 0.
    """
    lines = engine.scan(raw, row=True).to_native()
    hashed = lines.project(f"file_row_number as row, {', '.join(_COLUMNS)}, hash({', '.join(_COLUMNS)}) as mark")
    marks = np.sort(hashed.project("mark").to_arrow_table()["mark"].to_numpy())
    met = np.unique(marks[1:][marks[1:] == marks[:-1]])
    if not len(met):
        return pd.DataFrame({"row": np.empty(0, "int64")})
    met = engine.lift(pd.DataFrame({"mark": met})).to_native()
    # Ordered by row, so that it is the later ones that go.
    rows: pd.DataFrame = hashed.join(met, "mark", how="semi").order("row").to_arrow_table().to_pandas()
    return rows.loc[rows.duplicated(_COLUMNS), ["row"]].reset_index(drop=True)
