"""Where revenue comes from: the rows of a table, the continents, a map, and what they say."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import words
from dashboard.figures import base
from dashboard.theme import Theme

# West, east, south and north of what is shown of a continent.
BOXES = {
    "Europe": (-25, 43, 35, 64.5), "Asia": (26, 148, -11, 56), "Africa": (-20, 54, -36, 38),
    "North America": (-130, -55, 8, 62), "South America": (-84, -33, -56, 14), "Oceania": (112, 180, -48, -2),
}  # fmt: skip
THE = ("Netherlands", "Philippines", "Maldives", "Bahamas", "Gambia", "Isle of Man", "Czech Republic", "USA", "UK")
MOSTLY = 0.6
ENOUGH = 20


def the(name: str) -> str:
    """A country inside a sentence: the United Kingdom, Germany."""
    return (
        f"the {name}" if name.startswith("United ") or name.endswith(("Islands", "Republic")) or name in THE else name
    )


def listed(rows: pd.DataFrame, home: str, *, apart: bool) -> pd.DataFrame:
    """The rows to list: all, or those other than the home market."""
    return rows[rows["country"] != home].reset_index(drop=True) if apart else rows


def headline(rows: pd.DataFrame, home: str, *, apart: bool) -> str:
    """How few countries bring most of what is listed."""
    total = rows["revenue"].clip(lower=0).sum()
    if not total:
        return "Nothing was sold abroad" if apart else "No orders in this period"
    if not apart:
        first = rows.iloc[0]
        name = the(str(first["label"]))
        return f"{name[0].upper()}{name[1:]} brings {words.percent(first['share'])} of revenue"
    reached = rows["revenue"].clip(lower=0).cumsum() / total
    count = int((reached < 0.7).sum()) + 1
    noun = "country brings" if count == 1 else "countries bring"
    return f"Abroad, {words.in_words(count)} {noun} {words.percent(reached.iloc[count - 1], 0)} of revenue"


def continents(rows: pd.DataFrame) -> pd.DataFrame:
    """continent, revenue (cents), countries, share: the largest first; names that are no country last."""
    groups = rows.assign(continent=rows["continent"].replace("", "On no map")).groupby("continent")
    found = groups.agg(revenue=("revenue", "sum"), countries=("country", "size")).reset_index()
    total = found["revenue"].sum()
    found["share"] = found["revenue"] / total if total > 0 else float("nan")
    found["lost"] = found["continent"] == "On no map"
    return found.sort_values(["lost", "revenue"], ascending=[True, False], ignore_index=True).drop(columns="lost")


def continent_headline(found: pd.DataFrame, *, apart: bool) -> str:
    """Where the largest part lies."""
    if found.empty or not found["revenue"].max() > 0:
        return "Nothing to map in this period"
    best = found.loc[found["revenue"].idxmax()]
    return f"{'Of the rest, ' if apart else ''}{words.percent(best['share'], 0)} comes from {best['continent']}"


def near(found: pd.DataFrame) -> str:
    """The continent that brings most of it, to be shown large; empty where none does."""
    best = found.iloc[0] if len(found) else None
    return str(best["continent"]) if best is not None and best["share"] >= MOSTLY and best["continent"] in BOXES else ""


def edges(rows: pd.DataFrame, home: str) -> list[float]:
    """Round amounts, in units, between the five colours of the map; the home market does not stretch them."""
    rest = rows.loc[(rows["country"] != home) & (rows["revenue"] > 0), "revenue"]
    largest = float(rest.max() if len(rest) else rows["revenue"].max()) / 100
    return [_round(largest / part) for part in (30, 6, 2, 1)]


def world(
    rows: pd.DataFrame, theme: Theme, currency: str, *, home: str = "", chosen: tuple[str, ...] = (), box: str = ""
) -> go.Figure:
    """A map of revenue in five steps, the chosen country in the colour of what can be pressed.

    Parameters
    ----------
    rows : DataFrame
        country, label, iso3, revenue (cents), customers, href: where a click on the country leads.
    box : str
        The continent to show large; empty for the world.
    """
    shown = rows[(rows["iso3"] != "") & (rows["revenue"] > 0)]
    if shown.empty:
        return base.empty(theme, "No country to show on a map")
    steps = edges(rows, home)
    shown = shown.assign(chosen=shown["country"].isin(chosen))
    # Parts of one country share its shape.
    places = shown.groupby("iso3", sort=False).agg(
        label=("label", "first"), revenue=("revenue", "sum"), customers=("customers", "sum"),
        href=("href", "first"), chosen=("chosen", "max"),
    )  # fmt: skip
    levels = [5 if row.chosen else sum(row.revenue / 100 > edge for edge in steps) for row in places.itertuples()]
    colours = [*theme.amounts, theme.accent]
    figure = base.blank(theme)
    figure.add_choropleth(
        locations=list(places.index),
        z=levels,
        zmin=-0.5,
        zmax=5.5,
        colorscale=[[(i + end) / 6, colour] for i, colour in enumerate(colours) for end in (0, 1)],
        showscale=False,
        marker={"line": {"color": theme.surface, "width": 0.5}},
        customdata=[
            [base.escape(r.label), words.exact(r.revenue, currency), words.count(r.customers), r.href]
            for r in places.itertuples()
        ],
        hovertemplate="%{customdata[0]}<br>%{customdata[1]}<br>%{customdata[2]} customers<extra></extra>",
    )
    west, east, south, north = BOXES.get(box, (-170, 180, -56, 80))
    figure.update_geos(
        resolution=50, fitbounds=False, bgcolor="rgba(0,0,0,0)", showframe=False, showcoastlines=False,
        showland=True, landcolor=theme.sunk, showcountries=False, showlakes=False, showocean=False,
        projection_type="mercator" if box else "natural earth",
        lonaxis_range=[west, east], lataxis_range=[south, north],
    )  # fmt: skip
    figure.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0})
    return figure


def table(rows: pd.DataFrame, months: list[str]) -> pd.DataFrame:
    """Every country with its months, money in units."""
    money = ["revenue", "order_value", "revenue_per_customer"]
    plain = rows.drop(columns="months").assign(**{name: rows[name] / 100 for name in money})
    course = pd.DataFrame(rows["months"].tolist(), columns=months, index=rows.index) / 100
    return plain.join(course)


def mix(here: pd.DataFrame | None, everywhere: pd.DataFrame | None, names: list[Any]) -> pd.DataFrame:
    """Each segment's share of the customers here and of all: id, name, colour, here, all."""
    shares = {
        label: {} if rows is None else dict(zip(rows["id"], rows["share"], strict=True))
        for label, rows in (("here", here), ("all", everywhere))
    }
    return pd.DataFrame(
        [(s.id, s.name, s.colour, shares["here"].get(s.id, 0.0), shares["all"].get(s.id, 0.0)) for s in names],
        columns=["id", "name", "colour", "here", "all"],
    )


def mix_headline(label: str, found: pd.DataFrame, customers: int) -> str:
    """The segment that is most over-represented here; shares of a few customers say nothing."""
    gap = found["here"] - found["all"]
    if found.empty or not found["here"].sum():
        return label
    if customers < ENOUGH:
        return f"{label}: {words.in_words(customers)} customer{'s' if customers > 1 else ''}, too few to speak of a mix"
    if gap.max() < 0.03:
        return f"{label}: much the same mix of customers as everywhere"
    top = found.loc[gap.idxmax()]
    return f"{label}: {words.percent(top['here'], 0)} are {top['name']}, {words.percent(top['all'], 0)} overall"


def _round(value: float) -> float:
    """Up to the next 1, 2 or 5 of its size."""
    if not value > 0:
        return 1.0
    size = 10.0 ** math.floor(math.log10(value))
    return next(step * size for step in (1, 2, 5, 10) if value <= step * size * (1 + 1e-9))
