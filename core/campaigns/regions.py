"""Where the customers of each segment are, and where one is worth most."""

from __future__ import annotations

import narwhals as nw
import numpy as np
import pandas as pd

from core.sales.geography import place
from core.stages import stage
from core.warehouse import engine
from core.warehouse.tables import Slice

FEWEST = 5
WITH_ARTICLE = ("United ", "Netherlands", "Czech Republic", "Philippines", "Channel Islands", "Bahamas", "Maldives")


@stage(version=1)
def regions(source: Slice, by: str, *, labels: np.ndarray) -> pd.DataFrame:
    """Customers and revenue of each segment and country.

    Parameters
    ----------
    source : Slice
        Its members are looked at, over their whole history.
    by : str
        Names what ``labels`` come from; results are kept under it.
    labels : int array
        Segment of each customer.

    Returns
    -------
    DataFrame
        ``segment``, ``country``, ``customers``, ``cents``.
    """
    members = pd.DataFrame({"customer": np.arange(len(labels), dtype="int32"), "segment": labels.astype("int64")})
    rows = source.customers().join(engine.lift(members), on="customer", how="inner")
    sums = rows.group_by("segment", "country").agg(nw.len().alias("customers"), nw.col("cents").sum())
    return engine.collect(sums.sort("segment", "country")).astype({"customers": "int64", "cents": "int64"})


def home_of(rows: pd.DataFrame) -> str:
    """The country with most customers; of equals the first by name."""
    return str(rows.groupby("country")["customers"].sum().idxmax()) if len(rows) else ""


def region_facts(rows: pd.DataFrame, home: str) -> dict[str, float | str]:
    """The country away from home where a customer of a segment spends most.

    Parameters
    ----------
    rows : DataFrame
        ``country``, ``customers``, ``cents``; a country may stand in several rows.
    home : str
        See :func:`home_of`.

    Returns
    -------
    dict
        ``home``, ``home_monetary``; ``region``, ``region_customers``, ``region_monetary``, ``region_ratio`` (spend of
        a customer there ÷ at home) where a country has at least five customers: one large buyer makes no region.
        A name that stands for no country, such as "Unspecified", is none either.
    """
    sums = rows.groupby("country")[["customers", "cents"]].sum()
    facts: dict[str, float | str] = {"home": spoken(home)} if home else {}
    spend = sums["cents"] / sums["customers"]
    if home in spend.index:
        facts["home_monetary"] = float(spend[home])
    away = [name for name in sums.index[sums["customers"] >= FEWEST] if name != home and place(str(name)).iso3]
    if away:
        best = str(spend[away].idxmax())
        facts |= {"region": spoken(best), "region_customers": float(sums["customers"][best])}
        facts["region_monetary"] = float(spend[best])
        if float(facts.get("home_monetary", 0)) > 0:
            facts["region_ratio"] = float(spend[best]) / float(facts["home_monetary"])
    return facts


def spoken(country: str) -> str:
    """A country's usual name as it stands in a sentence.

    Examples
    --------
    >>> spoken("EIRE"), spoken("Netherlands")
    ('Ireland', 'the Netherlands')
    """
    name = place(country).name
    return f"the {name}" if name.startswith(WITH_ARTICLE) else name
