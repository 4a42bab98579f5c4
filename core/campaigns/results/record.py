"""The record of a campaign, as its export wrote it: who was in which arm."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from core.campaigns.results.assessing import HOLDOUT, REJECTED, TREATED
from core.errors import InputError

NEEDED = ("customer_id", "arm", "state")
# Whoever left because of an earlier file of the campaign was treated by it.
AFTERWARDS = "opted out since the last file"
_GUARDED = r"^'(?=[=+\-@\t\r])"


def check(cells: pd.DataFrame, name: str) -> pd.DataFrame:
    """The rows of a record: ``customer_id``, ``campaign``, ``segment``, ``arm``, ``state``; ``email`` where it has one.

    Parameters
    ----------
    cells : frame
        Of text, under the record's own headers.
    name : str
        What its user calls the file.

    Raises
    ------
    InputError
        If it is no record, is of several campaigns, or has a customer in both arms.
    """
    frame = cells.rename(columns=lambda header: str(header).strip().lower())
    if lacking := [column for column in NEEDED if column not in frame]:
        raise InputError(
            f"{name} is no record of a campaign: it has no column {' and no column '.join(lacking)}.",
            "Bring the record.csv that was made with the audience file.",
        )
    kept = [c for c in ("customer_id", "campaign", "segment", "arm", "state", "reason", "email") if c in frame]
    frame = frame[kept].fillna("").astype(str).apply(lambda column: column.str.strip())
    frame = frame.replace(_GUARDED, "", regex=True)
    for column in ("campaign", "segment", "reason"):
        frame[column] = frame.get(column, "")
    frame = frame[frame["customer_id"] != ""].drop_duplicates()
    if frame.empty:
        raise InputError(f"{name} holds nobody.", "Bring the record.csv that was made with the audience file.")
    if odd := sorted(set(frame["arm"]) - {TREATED, HOLDOUT}):
        raise InputError(f"{name} says {odd[0]!r} in the column arm.", f"It has to be {TREATED} or {HOLDOUT}.")
    campaigns = sorted(set(frame["campaign"]) - {""})
    if len(campaigns) > 1:
        raise InputError(
            f"{name} is of {len(campaigns)} campaigns: {', '.join(campaigns[:3])}.", "Bring one at a time."
        )
    doubled = frame["customer_id"].duplicated(keep=False)
    if frame[doubled].groupby("customer_id")["arm"].nunique().gt(1).any():
        raise InputError(f"{name} has customers in both arms.", "Bring the record as it was made.")
    after = (frame["state"] == REJECTED) & (frame["reason"] == AFTERWARDS)
    frame.loc[after, "state"] = "sent"
    rows: pd.DataFrame = frame.drop_duplicates("customer_id").drop(columns="reason").reset_index(drop=True)
    return rows


def union(tables: Sequence[pa.Table], campaign: str) -> tuple[pd.DataFrame, int]:
    """The record of a campaign of which several files were made.

    Parameters
    ----------
    tables : sequence of Table
        ``customer_id``, ``segment``, ``arm``, ``state`` of each file, in order.
    campaign : str
        Its name.

    Returns
    -------
    frame, int
        As :func:`check` makes it; and of how many customers the files do not agree in the arm, which happens where the
        share of the holdout was changed between them.

    Notes
    -----
    Whoever was sent by any file was treated. Otherwise a customer is held back if one of the files says so, in the arm
    of that file; whom all of them reject is rejected, in the arm of the first.
    """
    columns = ["customer_id", "segment", "arm", "state", "reason"]
    frame = pd.concat([each.select(columns).to_pandas() for each in tables], ignore_index=True)
    reason = frame.pop("reason").fillna("")
    frame["segment"] = frame["segment"].fillna("")
    frame.loc[(frame["state"] == REJECTED) & (reason == AFTERWARDS), "state"] = "sent"
    if len(tables) == 1:
        rows, moved = frame, 0
    else:
        moved = int(frame.drop_duplicates(["customer_id", "arm"])["customer_id"].duplicated().sum())
        rank = frame["state"].map({"sent": 0, HOLDOUT: 1}).fillna(2).to_numpy(dtype=np.int8)
        rows = frame.iloc[np.argsort(rank, kind="stable")].drop_duplicates("customer_id").sort_index()
    return rows.assign(campaign=campaign).reset_index(drop=True), moved
