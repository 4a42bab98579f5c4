"""When to write: the weekday and the hour of a segment's own orders, and the months of its own season."""

from __future__ import annotations

import calendar
import math
from dataclasses import dataclass

import narwhals as nw
import pandas as pd

from core.codec import cacheable
from core.sales.peaks import SeasonalIndex
from core.stages import stage
from core.warehouse import engine
from core.warehouse.tables import Slice

# Fewer orders say nothing of a weekday or an hour.
FEWEST = 50
YEAR = 12
STRONG = 1.1
# A difference of two shares that is not chance, at 95 %.
SURE = 1.96
PARTS = {"weekday": 7, "hour": 24}


@cacheable
@dataclass(frozen=True)
class Sending:
    """``times``: part (``weekday`` or ``hour``), place (0 is Monday; 0 to 23), label, orders, share, best (the most
    orders, or not told from the most). ``refused``: part and why, in words, where nothing can be said of it.
    """

    times: pd.DataFrame
    orders: int
    refused: pd.DataFrame

    def why(self, part: str) -> str:
        """Why nothing is said of weekdays, or of hours; empty where something is."""
        found = self.refused.loc[self.refused["part"] == part, "why"]
        return str(found.iloc[0]) if len(found) else ""

    def best(self, part: str) -> list[str]:
        """Labels of the best weekdays or hours, the one with most orders first; none where that is refused."""
        rows = self.times[(self.times["part"] == part) & self.times["best"]]
        return list(rows.sort_values("orders", ascending=False, kind="stable")["label"])


@stage(version=1)
def sending(source: Slice) -> Sending:
    """Weekday and hour with the most orders that count.

    Notes
    -----
    Beside the one with most orders those are best too that are not told from it: whose difference is under 1.96 times
    √(orders of the one + orders of the other), the standard error of a difference of two counts. When somebody orders
    is no proof of when they read; it is what a log of orders can tell.
    """
    counted = source.orders().filter(nw.col("counted") == 1)
    found = engine.collect(counted.group_by("weekday", "hour").agg(nw.len().alias("orders")))
    total, refused, parts = int(found["orders"].sum()), [], []
    for part, size in PARTS.items():
        counts = found.groupby(part)["orders"].sum().reindex(range(size), fill_value=0)
        why = _refusal(part, total, found)
        if why:
            refused.append((part, why))
        top = int(counts.max())
        near = [bool(n) and (n == top or top - n < SURE * math.sqrt(top + n)) for n in counts]
        labels = list(calendar.day_name) if part == "weekday" else [f"{hour}:00" for hour in range(size)]
        rows = {"part": part, "place": counts.index, "label": labels, "orders": counts.to_numpy()}
        share = counts.to_numpy() / max(total, 1)
        parts.append(pd.DataFrame(rows).assign(share=share, best=[not why and each for each in near]))
    return Sending(pd.concat(parts, ignore_index=True), total, pd.DataFrame(refused, columns=["part", "why"]))


def _refusal(part: str, orders: int, found: pd.DataFrame) -> str:
    if orders < FEWEST:
        few = "1 order is" if orders == 1 else f"{orders} orders are"
        return f"{few} too few to tell a {part}; it takes {FEWEST}."
    if part == "hour" and found["hour"].nunique() < 2:
        return "The log holds no time of day: every order is of the same hour."
    return ""


def best_months(index: SeasonalIndex) -> tuple[pd.DataFrame, str]:
    """Months of which the seasonal index is a tenth above an average month or more, the strongest first.

    Parameters
    ----------
    index : SeasonalIndex
        Of the segment's own orders.

    Returns
    -------
    frame, str
        month, label, index, years, best (of all twelve, in order of month; empty where refused); and why nothing can
        be said, empty where something can.
    """
    rows = index.rows[["month", "label", "index", "years"]]
    if index.full_months < YEAR or rows["index"].isna().any():
        seen = f"{index.full_months} full month{'s' if index.full_months != 1 else ''}"
        return rows.head(0).assign(best=False), f"The log holds {seen}; a season takes all twelve."
    return rows.assign(best=rows["index"] >= STRONG), ""
