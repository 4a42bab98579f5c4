"""A segment from close up in words: its rules, its differences, what it likes and what tells it from the rest."""

from __future__ import annotations

from string import capwords
from typing import Any

import pandas as pd

from dashboard import words
from dashboard.figures.profiles import low

# A headline of two lines, and a difference that is large (Cohen 1988).
LONG, LARGE = 110, 0.8


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
    said = f"{words.percent(first['coverage'], 0)} of {name}: {currency_of(first['words'], currency)}"
    if len(said) <= LONG:
        return said
    many = "One rule finds" if len(rules) == 1 else f"{words.in_words(len(rules)).capitalize()} rules together find"
    return f"{many} {words.percent(fidelity['coverage'], 0)} of {name}"


def differences(cells: pd.DataFrame, segment: int, most: int = 8) -> pd.DataFrame:
    """A segment beside everybody, the largest difference first: label, unit, they, all, effect, said, said_all.

    Parameters
    ----------
    cells : DataFrame
        As of :class:`core.segments.describing.profiles.Heat`; id 0 is all customers.
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


def as_shown(rows: pd.DataFrame) -> pd.DataFrame:
    """Portraits whose differences have the sign of what is shown: more of a level, or less of it."""
    side = (rows["they"] < rows["all"]).map({True: -1.0, False: 1.0})
    return rows.assign(effect=rows["effect"].where(rows["what"] == "", rows["effect"].abs() * side))


def effects_headline(rows: pd.DataFrame) -> str:
    """How many differences are large."""
    large = int((rows["effect"].abs().round(2) >= LARGE).sum())
    many = "One large difference" if large == 1 else f"{words.in_words(large).capitalize()} large differences"
    return f"{many} from all customers"


def likes_headline(rows: pd.DataFrame, name: str, *, product: bool, category: bool = False) -> str:
    """What a segment likes beyond all others."""
    if rows.empty:
        does = "buy from no category" if category else "buy no product" if product else "make no choice"
        return f"{name} {does} clearly more than others do"
    first = dict(rows.iloc[0])
    times = f"{words.decimal(first['lift'])} times the share of all {'buyers' if product else 'answers'}"
    return f"{name} like {titled(first['name'])}: {times}"


def titled(name: str) -> str:
    """Names in capitals are easier to read as words.

    >>> titled("CHILDREN'S JUMBO BAG"), titled("Home and Kitchen")
    ("Children's Jumbo Bag", 'Home and Kitchen')
    """
    return capwords(name.lower()) if name.isupper() else name


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


def typical_table(found: Any) -> pd.DataFrame:
    """Typical customers to take along: a row a customer and feature, money in units of the currency."""
    rows = found.rows.merge(found.cells, on=["id", "rank"])
    return rows.assign(value=rows["value"].where(rows["unit"] != "money", rows["value"] / 100))
