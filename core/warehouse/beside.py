"""A customer table laid beside an order log: a row for each customer of the log, missing where the table has none."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

import numpy as np
import pandas as pd

from core.warehouse.people import People


@dataclass(frozen=True)
class Beside(People):
    """The rows of a table in the order of the customers whose ``ids`` are given."""

    ids: tuple[str, ...] = field(default=(), compare=False, repr=False)

    def frame(self) -> pd.DataFrame:
        table = super().frame().drop_duplicates("customer_id").set_index("customer_id")
        aligned = table.reindex(list(self.ids)).rename_axis("customer_id").reset_index()
        return aligned.assign(customer=np.arange(len(aligned), dtype="int32"))


def lay(people: People, ids: pd.Series) -> Beside:
    """Lay a table beside customers.

    Parameters
    ----------
    people : People
        The joined table.
    ids : series of text
        The customers of the log, in order of their number.
    """
    whole = {each.name: getattr(people, each.name) for each in fields(People)}
    return Beside(**{**whole, "needs": (), "members": None}, ids=tuple(ids))
