"""How many customers a slice leaves: the count beside the filters."""

from __future__ import annotations

import narwhals as nw

from core.stages import stage
from core.warehouse import engine
from core.warehouse.tables import Slice


@stage(version=1)
def customers(source: Slice) -> int:
    """Customers with an order that counts in the slice."""
    counted = source.orders().filter(nw.col("counted") == 1)
    # Narwhals adds up distinct values: over no rows that sum is null, not 0.
    return int(engine.collect(counted.select(nw.col("customer").n_unique().fill_null(0)))["customer"][0])


@stage(version=1)
def countries(source: Slice) -> list[tuple[str, int]]:
    """Each country with the customers who ordered from it, the most customers first."""
    counted = source.orders().filter(nw.col("counted") == 1).group_by("country")
    found = engine.collect(counted.agg(nw.col("customer").n_unique().alias("customers")))
    found = found.sort_values(["customers", "country"], ascending=[False, True])
    return list(zip(found["country"].tolist(), found["customers"].tolist(), strict=True))
