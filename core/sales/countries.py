"""Where revenue comes from: every country beside the others, and one country by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from core.codec import cacheable
from core.periods import Comparison, Span
from core.sales.geography import place
from core.sales.overview import KeyFigures, key_figures
from core.sales.seasonality import Seasonality, seasonality
from core.stages import stage
from core.warehouse import engine
from core.warehouse.tables import Slice


@cacheable
@dataclass(frozen=True)
class Countries:
    """Sales by country, the largest first.

    ``rows``: country (as the log writes it), label (the usual English name), iso3 and continent (empty where the name
    is no country), revenue (cents), share, orders, customers, order_value and revenue_per_customer (cents), growth
    (current over base − 1, NaN where the base is not above zero), months (array of cents, one a month of ``months``).
    ``home`` is the country with the largest revenue, empty if nothing was sold. ``customers`` counts people once:
    ``travellers`` of them bought in more than one country. ``unmapped`` lists the names that are on no map.
    """

    rows: pd.DataFrame
    home: str
    months: list[str]
    revenue: int
    customers: int
    travellers: int
    unmapped: list[str]


@cacheable
@dataclass(frozen=True)
class Country:
    """One country: figures of the period and of the two spans compared, and its months."""

    country: str
    label: str
    iso3: str
    continent: str
    figures: KeyFigures
    current: KeyFigures | None
    base: KeyFigures | None
    months: Seasonality


@stage(version=1)
def countries(source: Slice, comparison: Comparison | None) -> Countries:
    """Compare the countries.

    Parameters
    ----------
    source : Slice
    comparison : Comparison or None
        The spans that growth is measured over.

    Notes
    -----
    The country of an order is the one its lines name. A customer counts in each country in which an order of theirs
    counts, so the column of customers can add up to more than there are people.
    """
    rows = _totals(source, source.span)
    buyers = _buyers(source)
    rows = rows.merge(buyers.groupby("country").size().rename("customers"), on="country", how="left")
    rows["customers"] = rows["customers"].fillna(0).astype("int64")
    rows = rows.sort_values(["revenue", "country"], ascending=[False, True], ignore_index=True)
    places = [place(country) for country in rows["country"]]
    names = pd.Series([found.name for found in places], dtype=str)
    rows.insert(1, "label", rows["country"].where(names.duplicated(keep=False), names))
    rows.insert(2, "iso3", [found.iso3 for found in places])
    rows.insert(3, "continent", [found.continent for found in places])
    total = int(rows["revenue"].sum())
    rows["share"] = rows["revenue"] / total if total > 0 else np.nan
    rows["order_value"] = rows["revenue"] / rows["orders"].where(rows["orders"] > 0)
    rows["revenue_per_customer"] = rows["revenue"] / rows["customers"].where(rows["customers"] > 0)
    rows["growth"] = _growth(source, comparison, rows["country"])
    months, series = _months(source, rows["country"])
    rows["months"] = pd.Series(series, dtype=object)
    visits = buyers["customer"].value_counts()
    return Countries(
        rows=rows,
        home=str(rows["country"][0]) if len(rows) else "",
        months=months,
        revenue=total,
        customers=len(visits),
        travellers=int((visits > 1).sum()),
        unmapped=list(rows["country"][rows["iso3"] == ""]),
    )


@stage(version=1)
def country(source: Slice, comparison: Comparison | None) -> Country:
    """Look at one country.

    Parameters
    ----------
    source : Slice
        Narrowed to that country.
    comparison : Comparison or None
    """
    (name,) = source.countries
    found = place(name)
    return Country(
        country=name,
        label=found.name,
        iso3=found.iso3,
        continent=found.continent,
        figures=key_figures(source, source.span),
        current=key_figures(source, comparison.current) if comparison else None,
        base=key_figures(source, comparison.base) if comparison else None,
        months=seasonality(source, "month"),
    )


def _totals(source: Slice, span: Span) -> pd.DataFrame:
    revenue, orders = nw.col("cents").sum().alias("revenue"), nw.col("counted").sum().alias("orders")
    return engine.collect(source.orders(span).group_by("country").agg(revenue, orders))


def _buyers(source: Slice) -> pd.DataFrame:
    """Each customer once per country in which they ordered."""
    counted = source.orders().filter(nw.col("counted") == 1)
    return engine.collect(counted.select("country", "customer").unique())


def _growth(source: Slice, comparison: Comparison | None, names: pd.Series) -> Any:
    if comparison is None:
        return np.nan
    current, base = (
        _totals(source, span).set_index("country")["revenue"].reindex(names, fill_value=0).to_numpy(dtype=float)
        for span in (comparison.current, comparison.base)
    )
    return np.divide(current - base, base, out=np.full(len(base), np.nan), where=base > 0)


def _months(source: Slice, names: pd.Series) -> tuple[list[str], list[np.ndarray]]:
    """The names of the months of the period, and each country's revenue in them."""
    sums = engine.collect(source.orders().group_by("country", "month").agg(nw.col("cents").sum()))
    months = pd.period_range(source.span.start, source.span.end, freq="M")
    table = sums.pivot(index="country", columns="month", values="cents")
    table = table.reindex(index=names, columns=months.year * 12 + months.month - 1).fillna(0).astype("int64")
    return [str(month) for month in months], list(table.to_numpy())
