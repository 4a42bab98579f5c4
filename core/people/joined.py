"""The customers of an order log with what a table says of them: what they bought stands beside who they are."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pandas as pd

from core.warehouse.beside import Beside
from core.warehouse.columns import Column

# Column of the customers' table -> what it is called here.
BOUGHT = {
    "cents": Column("Spend in the order log", "total_spend", "", "", "", slug="log_spend", scale="amount",
                    derived="sum of all orders"),
    "frequency": Column("Orders in the order log", "orders", "", "", "", slug="log_orders", scale="number",
                        derived="orders that count"),
    "recency_days": Column("Days since last order", "recency", "", "", "", slug="log_recency", scale="number",
                           derived="to the end of the order log"),
}  # fmt: skip


@dataclass(frozen=True)
class Joined(Beside):
    """A table beside the customers of a log, with their figures from the log."""

    bought: pd.DataFrame | None = field(default=None, compare=False, repr=False)

    def frame(self) -> pd.DataFrame:
        if self.members is not None:
            # Members are customers of the log, not rows of the table.
            some = replace(self, members=None).frame()[self.members]
            return some.assign(customer=range(len(some))).reset_index(drop=True)
        frame = super().frame()
        bought = self.bought if self.bought is not None else pd.DataFrame(index=frame.index)
        return frame.assign(**{str(name): bought[name] for name in bought})


def beside(laid: Beside, people: pd.DataFrame, key: str) -> Joined:
    """Add what customers bought.

    Parameters
    ----------
    laid : Beside
        The table, laid beside the customers of the log.
    people : frame
        The customers of the log, in the same order.
    key : str
        Names both in full.
    """
    named = {column.slug: column for column in laid.columns}
    columns = [column for column in BOUGHT.values() if column.slug not in named]
    bought = pd.DataFrame({column.slug: people[name].astype(float) for name, column in BOUGHT.items()})
    bought["log_spend"] /= 100
    meta = replace(laid.meta, columns=(*laid.columns, *columns), customers=len(people))
    return Joined(laid.folder, key, meta, log=laid.log, bought=bought)
