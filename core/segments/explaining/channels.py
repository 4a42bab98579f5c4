"""Through which channels a segment orders, against everybody."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.codec import cacheable
from core.segments.explaining.habits import spread
from core.segments.inputs.features import Recipe, Source
from core.stages import stage
from core.warehouse.people import People


@cacheable
@dataclass(frozen=True)
class Channels:
    """``rows``: id, channel, customers (of the segment who ordered through it), share, customers_all, share_all, lift,
    low (at the least, at 95 %); most customers first, none where the log names no channels. ``bases``: id (0 is all),
    customers (who ordered through a known channel).
    """

    rows: pd.DataFrame
    bases: pd.DataFrame


@stage(version=1)
def channels(source: Source, recipe: Recipe, k: int, seed: int, *, labels: np.ndarray) -> Channels:
    """Share of each segment's customers by channel, beside that of everybody.

    Parameters
    ----------
    source : Slice
        What is looked at: its period and countries count.
    recipe, k, seed
        Name the segmentation that ``labels`` come from.
    labels : int array
        Segment of each customer.

    Notes
    -----
    Only orders that count, of a known channel. A customer who orders through two channels counts in each.
    """
    assert not isinstance(source, People)
    ids = [int(segment) for segment in np.unique(labels)]
    if "channel" in source.orders().collect_schema().names():
        people, rows = spread(source, labels, "channel")
    else:
        columns = ["id", "channel", "customers", "share", "customers_all", "share_all", "lift", "low"]
        people, rows = pd.Series(dtype=int), pd.DataFrame(columns=columns)
    heads = people.reindex(ids, fill_value=0).astype(int)
    return Channels(rows, pd.DataFrame({"id": [0, *ids], "customers": [int(heads.sum()), *heads]}))
