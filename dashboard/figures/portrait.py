"""A segment from close up: its rules, its differences and its year in words, and its orders by time as a picture."""

from __future__ import annotations

import math
from string import capwords
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import words
from dashboard.figures import base
from dashboard.figures.profiles import low
from dashboard.theme import Theme

PARTS = {"month": "calendar month", "weekday": "weekday", "hour": "hour of the day"}
# So many standard errors away from everybody's share are no chance among a dozen or two.
MARKED = 3.0


def of(frame: pd.DataFrame, segment: int) -> pd.DataFrame:
    """The rows of one segment."""
    return frame[frame["id"] == segment].reset_index(drop=True)


def currency_of(text: str, currency: str) -> str:
    """Words with the sign of the currency where an amount stands.

    >>> currency_of("spend over ¤3,000", "EUR")
    'spend over €3,000'
    """
    return text.replace("¤", words.symbol(currency).strip())


def without_sign(frame: pd.DataFrame) -> pd.DataFrame:
    """Rules to take along, amounts without a sign."""
    return frame.assign(words=frame["words"].str.replace("¤", ""))


def one_line(rules: pd.DataFrame, told: str, currency: str) -> str:
    """The rule that describes most of a segment, in a line."""
    if rules.empty:
        return "No short rule describes them"
    first = dict(rules.iloc[0])
    part = "" if told != "hardly" else ", and that is all rules can tell"
    return f"{words.percent(first['coverage'], 0)}: {currency_of(first['words'], currency)}{part}"


def rules_headline(rules: pd.DataFrame, fidelity: dict[str, Any], name: str, currency: str) -> str:
    """What the rules say of a segment, or that they say little."""
    if rules.empty:
        return f"No short rule describes {name}"
    if fidelity["told"] == "hardly":
        return f"Rules hardly tell {name}: together they find {words.percent(fidelity['coverage'], 0)} of them"
    first = dict(rules.iloc[0])
    return f"{words.percent(first['coverage'], 0)} of {name}: {currency_of(first['words'], currency)}"


def differences(cells: pd.DataFrame, segment: int, most: int = 8) -> pd.DataFrame:
    """A segment beside everybody, the largest difference first: label, unit, they, all, effect, said, said_all.

    Parameters
    ----------
    cells : DataFrame
        As of :class:`core.segments.profiles.Heat`; id 0 is all customers.
    """
    cells = cells.assign(said=cells.get("said", ""))
    usual = cells[cells["id"] == 0].set_index("feature")
    mine = cells[(cells["id"] == segment) & cells["mean"].notna()]
    rows = mine[["feature", "label", "unit"]].assign(
        they=mine["mean"], all=mine["feature"].map(usual["mean"]), effect=mine["z"], said=mine["said"],
        said_all=mine["feature"].map(usual["said"]),
    )  # fmt: skip
    order = rows["effect"].abs().sort_values(ascending=False, kind="stable").index
    return rows.loc[order].head(most).reset_index(drop=True)


def times(rows: pd.DataFrame, theme: Theme, colour: str) -> go.Figure:
    """Shares of a segment's orders by time as columns; those of everybody as a line of ticks.

    Parameters
    ----------
    rows : DataFrame
        label, orders, share, share_all, index of one part of :class:`core.segments.habits.Habits`.
    """
    if rows.empty or not rows["orders"].any():
        return base.empty(theme, "Nobody of this segment ordered in this period")
    short = rows["label"].str.slice(0, 3) if rows["part"].iloc[0] != "hour" else rows["label"].str.replace(":00", "")
    axis = {"month": "Month", "weekday": "Weekday", "hour": "Hour"}[rows["part"].iloc[0]]
    figure = base.blank(theme, x=axis, y="Share of orders, %")
    says = [
        f"{base.escape(row['label'])}: {words.percent(row['share'])} of theirs ({words.count(row['orders'])} orders), "
        f"{words.percent(row['share_all'])} of everybody’s"
        for row in rows.to_dict("records")
    ]
    figure.add_bar(
        x=short, y=100 * rows["share"], marker={"color": colour, "cornerradius": 2}, customdata=says,
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    figure.add_scatter(
        x=short, y=100 * rows["share_all"], mode="markers", hoverinfo="skip",
        marker={"symbol": "line-ew", "size": 18, "line": {"color": theme.ink, "width": 2}},
    )  # fmt: skip
    top = 118 * max(float(rows["share"].max()), float(rows["share_all"].max()))
    figure.update_xaxes(type="category", showgrid=False)
    return figure.update_yaxes(range=[0, top])


def times_headline(rows: pd.DataFrame, name: str) -> str:
    """When a segment orders more, or less, than everybody."""
    orders = int(rows["orders"].sum()) if len(rows) else 0
    if not orders:
        return f"{name} ordered nothing in this period"
    part = rows["part"].iloc[0]
    error = (rows["share_all"] * (1 - rows["share_all"]) / orders).map(math.sqrt)
    away = ((rows["share"] - rows["share_all"]) / error.where(error > 0)).fillna(0.0)
    if away.abs().max() < MARKED:
        return f"{name} order by {PARTS[part]} as everybody does"
    row = dict(rows.loc[away.abs().idxmax()])
    when = (
        f"at {row['label']}" if part == "hour" else f"on {row['label']}s" if part == "weekday" else f"in {row['label']}"
    )
    return (
        f"{name} order {'more' if row['index'] > 1 else 'less'} {when}: {words.percent(row['share'])} of their orders, "
        f"{words.percent(row['share_all'])} of all"
    )


def places_headline(rows: pd.DataFrame, name: str) -> str:
    """Where a segment orders from, and which country it is that stands out."""
    if rows.empty:
        return f"{name} ordered from nowhere in this period"
    first, more = dict(rows.iloc[0]), rows[rows["low"] > 1]
    part, usual = words.percent(first["share"], 0), words.percent(first["share_all"], 0)
    said = f"{part} of {name} order from {first['country']}, {usual} of all"
    if len(more) and more.iloc[0]["country"] != first["country"]:
        said += f"; {more.iloc[0]['country']} is {words.decimal(more.iloc[0]['lift'])} times as frequent as among all"
    return said


def likes_headline(rows: pd.DataFrame, name: str, *, product: bool) -> str:
    """What a segment likes beyond all others."""
    if rows.empty:
        return f"{name} {'buy no product' if product else 'make no choice'} clearly more than others do"
    first = dict(rows.iloc[0])
    times = f"{words.decimal(first['lift'])} times the share of all {'buyers' if product else 'answers'}"
    return f"{name} like {titled(first['name'])}: {times}"


def titled(name: str) -> str:
    """Names in capitals are easier to read as words.

    >>> titled("CHILDREN'S JUMBO BAG"), titled("Home and Kitchen")
    ("Children's Jumbo Bag", 'Home and Kitchen')
    """
    return capwords(name.lower()) if name.isupper() else name


def mix_headline(rows: pd.DataFrame, name: str, what: str) -> str:
    """What a segment puts more of its spend or purchases into than others do."""
    if rows.empty:
        return f"{name}: no {what}"
    first = dict(rows.iloc[0])
    return (
        f"{name}: {words.percent(first['share'], 0)} of {what} go to {low(words.header(first['label']))}, "
        f"{words.percent(first['share_all'], 0)} of all customers’"
    )


def drivers_headline(rows: pd.DataFrame, name: str) -> str:
    """What a segment is told from the rest by.

    Parameters
    ----------
    rows : DataFrame
        label, importance, sd; the largest importance first.
    """
    if rows.empty or rows.iloc[0]["importance"] <= 2 * rows.iloc[0]["sd"]:
        return f"No single feature tells {name} from the rest"
    first = dict(rows.iloc[0])
    return f"{name} are told from the rest above all by {low(words.header(first['label']))}"


def pair_said(row: dict[str, Any]) -> str:
    """What two features that go together share: loss of accuracy alone and together.

    >>> pair_said({"first": "Orders", "second": "Spend", "correlation": 0.81, "alone_first": 0.26,
    ...            "alone_second": 0.36, "together": 0.53, "together_sd": 0.01})
    'Orders and spend go together (rank correlation 0.81): shuffled alone they cost 26 and 36 points, together 53.'
    """
    first, second = words.header(row["first"]), low(words.header(row["second"]))
    alone = [words.count(max(100 * row[side], 0)) for side in ("alone_first", "alone_second")]
    together = words.count(max(100 * row["together"], 0))
    hidden = row["together"] - max(row["alone_first"], 0) - max(row["alone_second"], 0)
    said = (
        f"{first} and {second} go together (rank correlation {words.decimal(row['correlation'], 2)}): shuffled alone "
        f"they cost {alone[0]} and {alone[1]} points, together {together}."
    )
    if hidden > 2 * row["together_sd"]:
        said += " Each hides what the other is worth."
    return said


def typical_table(found: Any) -> pd.DataFrame:
    """Typical customers to take along: a row a customer and feature, money in units of the currency."""
    rows = found.rows.merge(found.cells, on=["id", "rank"])
    return rows.assign(value=rows["value"].where(rows["unit"] != "money", rows["value"] / 100))
