"""The largest order that its customer took back: the example against dropping returns and keeping their purchases."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import narwhals as nw

from core.codec import cacheable
from core.stages import stage
from core.warehouse import engine
from core.warehouse.tables import Slice

# The largest returns are few; a purchase of the same amount is looked for among these.
MOST = 1000


@cacheable
@dataclass(frozen=True)
class Undone:
    """An order and the return that took all of it back; ``cents`` is what it was worth."""

    customer_id: str
    cents: int
    bought: dt.datetime
    returned: dt.datetime

    @property
    def minutes(self) -> int:
        """How long it stood."""
        return round((self.returned - self.bought).total_seconds() / 60)


@stage(version=1)
def largest(source: Slice) -> Undone | None:
    """Find it.

    Parameters
    ----------
    source : Slice
        Of tables in which returns are lines like others (rule ``returned`` off).

    Returns
    -------
    Undone or None
        None where no order was taken back as a whole.

    Notes
    -----
    A return undoes an order where the same customer gives back exactly its amount at the same time or later; of
    several such orders, the latest before the return.
    """
    orders = source.orders().select("order_id", "customer", "cents", "ts")
    returns = orders.filter(nw.col("cents") < 0).sort("cents", "ts", "order_id").head(MOST)
    returns = returns.select("customer", amount=-nw.col("cents"), returned=nw.col("ts"))
    pairs = orders.filter(nw.col("cents") > 0).join(
        returns, left_on=["customer", "cents"], right_on=["customer", "amount"], how="inner"
    )
    found = engine.collect(pairs.filter(nw.col("returned") >= nw.col("ts")))
    if found.empty:
        return None
    order = ["cents", "returned", "ts", "order_id"]
    top = found.sort_values(order, ascending=[False, True, False, True]).iloc[0]
    names = source.customers().filter(nw.col("customer") == int(top["customer"])).select("customer_id")
    name = str(engine.collect(names)["customer_id"].iloc[0])
    return Undone(name, int(top["cents"]), top["ts"].to_pydatetime(), top["returned"].to_pydatetime())
