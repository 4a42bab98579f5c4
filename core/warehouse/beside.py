"""A customer table laid beside an order log: a row for each customer of the log, missing where the table has none."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path

import numpy as np
import pandas as pd

from core.warehouse import engine
from core.warehouse.people import People


@dataclass(frozen=True)
class Beside(People):
    """The rows of a table in the order of the customers of a log; ``log`` is the folder of its cleaned tables."""

    log: Path = field(default=Path(), compare=False, repr=False)

    def frame(self) -> pd.DataFrame:
        table = super().frame().drop_duplicates("customer_id").set_index("customer_id")
        customers = engine.collect(engine.scan(self.log / "customers.parquet").sort("customer"))
        aligned = table.reindex(customers["customer_id"]).rename_axis("customer_id").reset_index()
        return aligned.assign(customer=np.arange(len(aligned), dtype="int32"))


def lay(people: People, log: Path) -> Beside:
    """Lay a table beside the customers of a log.

    Parameters
    ----------
    people : People
        The joined table.
    log : path
        The folder of the log's cleaned tables.
    """
    whole = {each.name: getattr(people, each.name) for each in fields(People)}
    return Beside(**{**whole, "needs": (), "members": None}, log=log)
